"""Addresses of readers and of what they say."""

from __future__ import annotations

from django.urls import path

from kindregards.web.resumes import comment_views, reader_views

urlpatterns = [
    path("readers/<int:pk>/", reader_views.reader, name="resumes-reader"),
    path("readers/<int:pk>/link", reader_views.link_anew, name="resumes-link"),
    path("readers/<int:pk>/revoke", reader_views.link_revoke, name="resumes-revoke"),
    path("readers/<int:pk>/longer", reader_views.longer, name="resumes-longer"),
    path("readers/<int:pk>/close", reader_views.closed, name="resumes-close"),
    path("readers/<int:pk>/remove", reader_views.removed, name="resumes-reader-remove"),
    path("readers/<int:pk>/returned", reader_views.returned, name="resumes-returned"),
    path("readers/<int:pk>/thanked", reader_views.thanked, name="resumes-thanked"),
    path("readers/<int:pk>/known", reader_views.known, name="resumes-known"),
    path("versions/<int:pk>/comments/", comment_views.comments, name="resumes-comments"),
    path("versions/<int:pk>/next", comment_views.made_next, name="resumes-next"),
    path("versions/<int:pk>/tracked.docx", comment_views.tracked, name="resumes-tracked"),
    path("comments/<int:pk>/decide", comment_views.decided, name="resumes-decide"),
]
