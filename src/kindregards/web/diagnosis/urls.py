"""Addresses of the diagnosis slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.diagnosis import views

urlpatterns = [
    path("diagnosis/", views.page, name="diagnosis-page"),
    path("diagnosis/usual-rates", views.usual, name="diagnosis-usual"),
    path("diagnosis/market", views.market, name="diagnosis-market"),
    path("diagnosis/flow.svg", views.flow_picture, name="diagnosis-flow"),
]
