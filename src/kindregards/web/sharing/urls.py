"""The only addresses that are open to readers, and the packet that its owner fetches."""

from __future__ import annotations

from django.urls import path, re_path

from kindregards.web.sharing import views

urlpatterns = [
    path("review/<str:token>/", views.review, name="sharing-review"),
    path("resumes/readers/<int:pk>/packet.html", views.packet, name="sharing-packet"),
    path("review/<str:token>/keep", views.keep, name="sharing-keep"),
    # Whatever else somebody tries there gets the same answer as a wrong link.
    re_path(r"^review/(?:[^/]+/.+)?$", views.nothing, name="sharing-nothing"),
]
