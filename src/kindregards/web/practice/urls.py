"""Addresses of the practice slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.practice import (
    attempt_views,
    critique_views,
    progress_views,
    story_views,
    views,
)

urlpatterns = [
    path("practice/", views.page, name="practice-page"),
    path("practice/questions/", views.listing, name="practice-list"),
    path("practice/questions/new", views.new, name="practice-new"),
    path("practice/questions/take-in", views.take_in, name="practice-take"),
    path("practice/questions/starter", views.starter, name="practice-starter"),
    path("practice/questions/<int:pk>/", views.question, name="practice-question"),
    path("practice/questions/<int:pk>/leave", views.leave, name="practice-leave"),
    path("practice/questions/<int:pk>/remove", views.remove, name="practice-remove"),
    path("practice/questions/<int:pk>/story", story_views.answer, name="practice-answer"),
    path("practice/questions/<int:pk>/try", attempt_views.screen, name="practice-try"),
    path("practice/questions/<int:pk>/record", attempt_views.record, name="practice-record"),
    path("practice/questions/<int:pk>/bring", attempt_views.bring, name="practice-bring"),
    path("practice/progress", progress_views.page, name="practice-progress"),
    path("practice/interview", views.interview, name="practice-interview"),
    path("practice/attempts/<int:pk>/", attempt_views.page, name="practice-attempt"),
    path("practice/attempts/<int:pk>/piece", attempt_views.piece, name="practice-piece"),
    path("practice/attempts/<int:pk>/done", attempt_views.done, name="practice-done"),
    path("practice/attempts/<int:pk>/answer.wav", attempt_views.sound, name="practice-sound"),
    path("practice/attempts/<int:pk>/words", attempt_views.words, name="practice-words"),
    path("practice/attempts/<int:pk>/rate", attempt_views.rate, name="practice-rate"),
    path("practice/attempts/<int:pk>/remove", attempt_views.remove, name="practice-unattempt"),
    path("practice/attempts/<int:pk>/critique", critique_views.page, name="practice-critique"),
    path("practice/critiques/<int:pk>/remove", critique_views.remove, name="practice-uncritique"),
    path("practice/recordings/remove", attempt_views.remove_all, name="practice-unrecord"),
    path("practice/stories/", story_views.listing, name="practice-stories"),
    path("practice/stories/new", story_views.new, name="practice-story-new"),
    path("practice/stories/<int:pk>/", story_views.page, name="practice-story"),
    path("practice/stories/<int:pk>/remove", story_views.remove, name="practice-story-remove"),
]
