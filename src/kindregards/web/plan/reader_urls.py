"""Addresses of pages where a resume meets all applications."""

from __future__ import annotations

from django.urls import path

from kindregards.web.plan import reader_views, resume_views

urlpatterns = [
    path("resumes/", resume_views.listing, name="resumes-list"),
    path("resumes/<int:pk>/", resume_views.page, name="resumes-page"),
    path("versions/<int:pk>/readers/", reader_views.readers, name="plan-readers"),
]
