"""Addresses of the letters slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.letters import views

urlpatterns = [
    path("letters/", views.listing, name="letters-list"),
    path("letters/example", views.example, name="letters-example"),
    path("letters/<int:pk>/as-it-came", views.raw, name="letters-raw"),
]
