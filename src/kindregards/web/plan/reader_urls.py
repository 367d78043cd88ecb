"""Addresses of pages where a resume meets all applications."""

from __future__ import annotations

from django.urls import path

from kindregards.web.plan import reader_views as views

urlpatterns = [path("versions/<int:pk>/readers/", views.readers, name="plan-readers")]
