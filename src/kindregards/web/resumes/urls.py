"""Addresses of the resumes slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.resumes import comparing_views, editing_views, views

urlpatterns = [
    path("resumes/<int:pk>/name", views.named, name="resumes-name"),
    path("resumes/<int:pk>/remove", views.removed, name="resumes-remove"),
    path("versions/<int:pk>/", views.version, name="resumes-version"),
    path("versions/<int:pk>/file", views.original, name="resumes-original"),
    path("versions/<int:pk>/resume.md", views.markdown, name="resumes-markdown"),
    path("versions/<int:pk>/pages/<int:number>.png", views.picture, name="resumes-picture"),
    path("versions/<int:pk>/edit", editing_views.page, name="resumes-edit"),
    path("versions/<int:pk>/edit/keep", editing_views.kept, name="resumes-keep"),
    path("versions/<int:pk>/edit/undo", editing_views.undone, name="resumes-undo"),
    path("versions/<int:pk>/edit/redo", editing_views.redone, name="resumes-redo"),
    path("versions/<int:pk>/edit/finish", editing_views.finished, name="resumes-finish"),
    path("versions/<int:pk>/edit/drop", editing_views.dropped, name="resumes-drop"),
    path("versions/<int:pk>/print", editing_views.printed, name="resumes-print"),
    path("resumes/<int:pk>/compare", comparing_views.compared, name="resumes-compare"),
    path("versions/<int:pk>/went-to", comparing_views.went_to, name="resumes-went"),
    path("applications/<int:pk>/resume", comparing_views.sent, name="resumes-sent"),
]
