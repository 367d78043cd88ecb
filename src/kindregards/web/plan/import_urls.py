"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from kindregards.web.plan import import_views as views

urlpatterns = [
    path("imports/", views.listing, name="imports-list"),
    path("imports/<int:pk>/", views.run_page, name="imports-page"),
    path("imports/<int:pk>/stop", views.stop, name="imports-stop"),
    path("imports/<int:pk>/go-on", views.go_on, name="imports-go-on"),
    path("imports/<int:pk>/left-out", views.left, name="imports-left"),
    path("imports/<int:pk>/forget", views.forget, name="imports-forget"),
    path("imports/<int:pk>/all-matter", views.all_matter, name="imports-all-matter"),
    path("left-out/<int:pk>/matters", views.matters, name="imports-matters"),
]
