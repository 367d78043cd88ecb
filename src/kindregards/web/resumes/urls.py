"""Addresses of the resumes slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.resumes import views

urlpatterns = [
    path("resumes/", views.listing, name="resumes-list"),
    path("resumes/<int:pk>/", views.page, name="resumes-page"),
    path("resumes/<int:pk>/name", views.named, name="resumes-name"),
    path("resumes/<int:pk>/remove", views.removed, name="resumes-remove"),
    path("versions/<int:pk>/", views.version, name="resumes-version"),
    path("versions/<int:pk>/file", views.original, name="resumes-original"),
    path("versions/<int:pk>/resume.md", views.markdown, name="resumes-markdown"),
    path("versions/<int:pk>/pages/<int:number>.png", views.picture, name="resumes-picture"),
]
