"""Addresses of the diagnosis slice."""

from __future__ import annotations

from django.urls import path

from kindregards.web.diagnosis import views

urlpatterns = [
    path("diagnosis/", views.page, name="diagnosis-page"),
    path("diagnosis/usual-rates", views.usual, name="diagnosis-usual"),
    path("diagnosis/what-people-try", views.fixes_page, name="diagnosis-fixes"),
    path("diagnosis/market", views.market, name="diagnosis-market"),
    path("diagnosis/week", views.week, name="diagnosis-week"),
    path("diagnosis/week.md", views.week_file, name="diagnosis-week-file"),
    path("diagnosis/flow.svg", views.flow_picture, name="diagnosis-flow"),
]
