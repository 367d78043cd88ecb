"""Addresses of reminders elsewhere."""

from __future__ import annotations

from django.urls import path

from kindregards.web.plan import reminder_views as views

urlpatterns = [
    path("settings/reminders/", views.reminders, name="plan-reminders"),
    path("settings/reminders/address", views.feed_make, name="plan-feed-make"),
    path("settings/reminders/names", views.feed_names, name="plan-feed-names"),
    path("settings/reminders/revoke", views.feed_revoke, name="plan-feed-revoke"),
    path("settings/reminders/reminders.ics", views.feed_file, name="plan-feed-file"),
    path("settings/reminders/digest", views.digest_on, name="plan-digest"),
    path("settings/reminders/digest/stop", views.digest_off, name="plan-digest-stop"),
    path("calendar/<str:token>.ics", views.feed, name="plan-feed"),
]
