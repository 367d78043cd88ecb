"""Addresses of the mail slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.mail import sending_views, views

urlpatterns = [
    path("settings/mail/", views.listing, name="mail-list"),
    path("settings/mail/new", views.adding, name="mail-new"),
    path("settings/mail/<int:pk>/", views.page, name="mail-page"),
    path("settings/mail/<int:pk>/folders", views.folders, name="mail-folders"),
    path("settings/mail/<int:pk>/change", views.change, name="mail-change"),
    path("settings/mail/<int:pk>/check", views.check, name="mail-check"),
    path("settings/mail/<int:pk>/fetch", views.fetch_now, name="mail-fetch"),
    path("settings/mail/<int:pk>/standing", views.standing_now, name="mail-standing"),
    path("settings/mail/<int:pk>/pause", views.pause, name="mail-pause"),
    path("settings/mail/<int:pk>/resume", views.resume, name="mail-resume"),
    path("settings/mail/<int:pk>/sending", sending_views.sending, name="mail-sending"),
    path("settings/mail/<int:pk>/sending/stop", sending_views.stop, name="mail-sending-stop"),
    path("settings/mail/<int:pk>/remove", views.remove, name="mail-remove"),
]
