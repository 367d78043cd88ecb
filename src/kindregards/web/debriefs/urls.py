"""Addresses of the debriefs slice; the screens themselves are in plan/, beside the letter."""

from __future__ import annotations

from django.urls import path

from kindregards.web.debriefs import views

urlpatterns = [
    path("questions/<int:pk>/practice", views.question, name="debriefs-question"),
    path("claims/<int:pk>/judge", views.judge, name="debriefs-judge"),
    path("debriefs/<int:pk>/", views.page, name="debriefs-page"),
    path("debriefs/<int:pk>/remove", views.remove, name="debriefs-remove"),
    path("debriefs/<int:pk>/practice", views.practice, name="debriefs-practice"),
    path("debriefs/<int:pk>/intention", views.intention, name="debriefs-intention"),
    path("debriefs/<int:pk>/debrief.md", views.markdown, name="debriefs-markdown"),
    path("debriefs/<int:pk>/notes", views.notes, name="debriefs-notes"),
]
