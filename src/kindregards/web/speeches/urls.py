"""Addresses of the speeches slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.speeches import keeping_views, own_views, sound_views, views

urlpatterns = [
    path("hear/", views.page, name="speeches-page"),
    path("hear/everything/", views.everything, name="speeches-everything"),
    path("hear/begin", views.begin, name="speeches-begin"),
    path("hear/<int:pk>/", views.listening_page, name="speeches-listening"),
    path("hear/<int:pk>/mark", views.make_mark, name="speeches-mark"),
    path("hear/<int:pk>/end", views.end, name="speeches-end"),
    path("hear/<int:pk>/text", views.as_text, name="speeches-text"),
    path("hear/<int:pk>/voice/<int:number>", sound_views.voice, name="speeches-voice"),
    path("hear/marks/", views.marks, name="speeches-marks"),
    path("hear/walk/", views.walk, name="speeches-walk"),
    path("hear/kind-words/", keeping_views.kind_words, name="speeches-kind"),
    path("hear/kind-words/<int:pk>/forget", keeping_views.forget_word, name="speeches-forget-word"),
    path("hear/own/", own_views.own, name="speeches-own"),
    path("hear/own/<int:pk>/remove", own_views.remove, name="speeches-remove"),
    path("hear/own/<int:pk>/sound", sound_views.sound, name="speeches-sound"),
    path("hear/own/podcasts/<int:pk>", own_views.podcast, name="speeches-podcast"),
    path("hear/fetch", own_views.fetch, name="speeches-fetch"),
    path("hear/check", own_views.check, name="speeches-check"),
    path("hear/small/", keeping_views.small, name="speeches-small"),
]
