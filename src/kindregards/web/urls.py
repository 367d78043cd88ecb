"""All addresses, slice by slice."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("kindregards.web.plan.urls")),
    path("", include("kindregards.web.plan.import_urls")),
    path("", include("kindregards.web.plan.reminder_urls")),
    path("", include("kindregards.web.plan.reader_urls")),
    path("", include("kindregards.web.letters.urls")),
    path("", include("kindregards.web.applications.urls")),
    path("", include("kindregards.web.debriefs.urls")),
    path("", include("kindregards.web.outreach.urls")),
    path("", include("kindregards.web.diagnosis.urls")),
    path("", include("kindregards.web.accounts.urls")),
    path("", include("kindregards.web.mail.urls")),
    path("", include("kindregards.web.care.urls")),
    path("", include("kindregards.web.writing.urls")),
    path("", include("kindregards.web.network.urls")),
    path("", include("kindregards.web.resumes.urls")),
    path("", include("kindregards.web.resumes.reader_urls")),
    path("", include("kindregards.web.speeches.urls")),
    path("", include("kindregards.web.sharing.urls")),
    path("", include("kindregards.web.practice.urls")),
]

handler400 = "kindregards.web.errors.bad_request"
handler403 = "kindregards.web.errors.forbidden"
handler404 = "kindregards.web.errors.not_found"
handler500 = "kindregards.web.errors.broken"
