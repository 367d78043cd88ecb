"""Addresses of the outreach slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.outreach import rest_views, sample_views, sent_views, views

urlpatterns = [
    path("settings/how-you-write/", sample_views.page, name="outreach-samples"),
    path("settings/how-you-write/<int:pk>/remove", sample_views.remove, name="outreach-unsample"),
    path("what-the-law-says/", views.rights, name="outreach-rights"),
    path("advice/<int:pk>/decide", sent_views.advice_decided, name="outreach-advice"),
    path("answers/<int:pk>/reason", sent_views.reason_corrected, name="outreach-reason"),
    path("drafts/<int:pk>/", views.page, name="outreach-draft"),
    path("drafts/<int:pk>/check", views.check, name="outreach-check"),
    path("drafts/<int:pk>/undo", views.undo, name="outreach-undo"),
    path("drafts/<int:pk>/redo", views.redo, name="outreach-redo"),
    path("drafts/<int:pk>/take-up", views.taken_up, name="outreach-take-up"),
    path("drafts/<int:pk>/posted-again", views.posted_again, name="outreach-posted-again"),
    path("drafts/<int:pk>/anew", views.anew, name="outreach-anew"),
    path("drafts/<int:pk>/tell", views.told, name="outreach-tell"),
    path("drafts/<int:pk>/letter.eml", sent_views.eml, name="outreach-eml"),
    path("drafts/<int:pk>/overrule", views.overruled, name="outreach-overrule"),
    path("drafts/<int:pk>/sent", sent_views.sent, name="outreach-sent"),
    path("drafts/<int:pk>/answered", sent_views.answered, name="outreach-answered"),
    path("drafts/<int:pk>/not-answered", sent_views.not_answered, name="outreach-not-answered"),
    path("drafts/<int:pk>/rest/", rest_views.page, name="outreach-rest"),
    path("drafts/<int:pk>/rest/add", rest_views.add, name="outreach-touch"),
    path("touches/<int:pk>/remove", rest_views.remove, name="outreach-untouch"),
    path("drafts/<int:pk>/next", sent_views.following, name="outreach-next"),
    path("drafts/<int:pk>/not-sent", sent_views.not_sent, name="outreach-not-sent"),
]
