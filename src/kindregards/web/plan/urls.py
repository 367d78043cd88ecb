"""Addresses of the pages where slices meet."""

from __future__ import annotations

from django.urls import path

from kindregards.web.plan import (
    application_views,
    debrief_views,
    letter_views,
    moving_views,
    review_views,
    sending_views,
    step_views,
    views,
    word_views,
)

urlpatterns = [
    path("", views.home, name="plan-home"),
    path("letters/new", views.put, name="plan-put"),
    path("letters/review", review_views.review, name="letters-review"),
    path("letters/<int:pk>/answer", review_views.review_answer, name="letters-answer"),
    path("letters/<int:pk>/alike", review_views.alike, name="letters-alike"),
    path("letters/<int:pk>/", letter_views.letter_page, name="letters-page"),
    path("letters/<int:pk>/correct", letter_views.letter_correct, name="letters-correct"),
    path("letters/<int:pk>/remove", letter_views.letter_remove, name="letters-remove"),
    path("letters/<int:pk>/again", letter_views.letter_again, name="letters-again"),
    path("letters/<int:pk>/undo/<slug:field>", letter_views.letter_undo, name="letters-undo"),
    path(
        "applications/<int:pk>/correct",
        application_views.application_correct,
        name="applications-correct",
    ),
    path("applications/new", application_views.application_new, name="applications-new"),
    path("applications/list", application_views.application_list, name="applications-import"),
    path("letters/<int:pk>/move", moving_views.letter_move, name="letters-move"),
    path("applications/<int:pk>/split", moving_views.application_split, name="applications-split"),
    path("applications/<int:pk>/join", moving_views.application_join, name="applications-join"),
    path("rearranged/<int:pk>/undo", moving_views.application_undo, name="applications-undo"),
    path("drafts/<int:pk>/last-look", sending_views.last_look, name="outreach-look"),
    path("drafts/<int:pk>/send", sending_views.send, name="outreach-send"),
    path("drafts/<int:pk>/settle", sending_views.settle, name="outreach-settle"),
    path("applications/<int:pk>/debrief", debrief_views.begin, name="debriefs-begin"),
    path("debriefs/<int:pk>/<slug:prompt>/", debrief_views.screen, name="debriefs-screen"),
    path(
        "debriefs/<int:pk>/<slug:prompt>/<int:of>/",
        debrief_views.screen,
        name="debriefs-numbered",
    ),
    path("people/<int:pk>/write", word_views.write, name="plan-write"),
    path("plans/<int:pk>/", views.plan_page, name="plan-page"),
    path("plans/<int:pk>/draft", step_views.begin_draft, name="plan-draft"),
    path("plans/<int:pk>/<slug:kind>/", step_views.step_page, name="plan-step"),
    path("plans/<int:pk>/<slug:kind>/decide", step_views.step_decide, name="plan-decide"),
    path("plans/<int:pk>/<slug:kind>/note", step_views.step_note, name="plan-note"),
]
