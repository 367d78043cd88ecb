"""Addresses of the network slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.network import merging_views, picture_views, reason_views, rhythm_views, views

urlpatterns = [
    path("people/", views.listing, name="network-list"),
    path("people/new", views.new, name="network-new"),
    path("people/take-in", views.take, name="network-take"),
    path("people.vcf", views.export, {"form": "vcf"}, name="network-vcf"),
    path("people.csv", views.export, {"form": "csv"}, name="network-csv"),
    path("people/occasions/<int:pk>/put-away", views.done_with, name="network-put-away"),
    path("people/<int:pk>/reason", reason_views.reason, name="network-reason"),
    path("people/<int:pk>/feed", reason_views.feed, name="network-feed"),
    path("people/feeds/<int:pk>/look", reason_views.look_now, name="network-look"),
    path("people/feeds/<int:pk>/forget", reason_views.forget, name="network-forget"),
    path("people/picture", picture_views.picture, name="network-picture"),
    path("people/doubles", merging_views.doubles, name="network-doubles"),
    path("people/<int:pk>/same", merging_views.same, name="network-same"),
    path("people/<int:pk>/part", merging_views.part, name="network-part"),
    path("people/<int:pk>/", views.page, name="network-page"),
    path("people/undo", rhythm_views.undone, name="network-undo"),
    path("people/<int:pk>/decide", rhythm_views.decided, name="network-decide"),
    path("people/<int:pk>/closeness", rhythm_views.closeness, name="network-closeness"),
    path("people/<int:pk>/correct", views.correct, name="network-correct"),
    path("people/<int:pk>/remove", views.remove, name="network-remove"),
]
