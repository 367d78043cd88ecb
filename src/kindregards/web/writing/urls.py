"""Addresses of the writing slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.writing import views

urlpatterns = [
    path("writing/", views.start, name="writing-start"),
    path("writing/begin", views.begin, name="writing-begin"),
    path("writing/sitting", views.sitting, name="writing-sitting"),
    path("writing/keep", views.keep, name="writing-keep"),
    path("writing/done", views.done, name="writing-done"),
    path("writing/after", views.after, name="writing-after"),
    path("writing/leave", views.leave, name="writing-leave"),
    path("writing/pages/", views.pages, name="writing-pages"),
    path("writing/pages/delete", views.delete_all, name="writing-delete-all"),
    path("writing/pages/<int:pk>/", views.page, name="writing-page"),
    path("writing/pages/<int:pk>/delete", views.delete, name="writing-delete"),
]
