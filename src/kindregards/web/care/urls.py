"""Addresses of the care slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.care import views

urlpatterns = [
    path("for-yourself/", views.page, name="care-page"),
    path("for-yourself/before", views.before_next, name="care-before"),
    path("for-yourself/kindness", views.kind_minutes, name="care-kindness"),
    path("for-yourself/keep", views.keep, name="care-keep"),
    path("for-yourself/forget", views.forget, name="care-forget"),
    path("for-yourself/mood", views.mood, name="care-mood"),
    path("for-yourself/rest", views.rest, name="care-rest"),
]
