"""Addresses of the applications slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.applications import views

urlpatterns = [
    path("applications/", views.listing, name="applications-list"),
    path("applications.csv", views.export, {"form": "csv"}, name="applications-csv"),
    path("applications.json", views.export, {"form": "json"}, name="applications-json"),
    path("applications/<int:pk>/remove", views.remove, name="applications-remove"),
    path("applications/sight", views.sight, name="applications-sight"),
    path("applications/<int:pk>/", views.page, name="applications-page"),
]
