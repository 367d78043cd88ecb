"""Addresses of the accounts slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.accounts import views

urlpatterns = [
    path("enter/<str:token>", views.enter, name="accounts-enter"),
    path("settings/", views.settings, name="accounts-settings"),
    path("somebody-to-talk-to/", views.somebody, name="accounts-somebody"),
]
