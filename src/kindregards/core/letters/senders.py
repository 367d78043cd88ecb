"""Senders that speak for somebody else: applicant-tracking systems, job boards, mail providers."""

from __future__ import annotations

from functools import cache

from kindregards.core.letters.known import known_words

LINKEDIN_TEMPLATES = {
    "email_jobs_application_rejected_01": "rejection",
    "email_application_confirmation_with_nba_01": "acknowledgement",
    "jobs_applicant_applied": "acknowledgement",
    "email_jobs_job_application_viewed_01": "acknowledgement",
    "email_job_alert_digest_01": "job_alert",
    "email_career_insights_01": "other",
    "email_editorial_suggested_top_conversations_01": "other",
    "invite_guest_59": "other",
    "connection_suggestion_email": "other",
}
"""X-LinkedIn-Template → kind; evidence.md, appendix B."""


def site_of(email: str) -> str:
    """The name of the sender's site: `jobs@mail.acme.co.uk` → `acme`."""
    labels = email.rpartition("@")[2].lower().split(".")
    if len(labels) < 2:
        return ""
    last = -3 if len(labels) > 2 and labels[-2] in known_words("senders", "endings") else -2
    return labels[last]


def sends_for_others(email: str) -> bool:
    """Whether a system, a job board or a mail provider sends: its domain names no employer."""
    return site_of(email) in _speakers()


@cache
def _speakers() -> frozenset[str]:
    lists = (known_words("senders", of) for of in ("systems", "boards", "providers"))
    return frozenset().union(*lists)


def takes_no_replies(email: str) -> bool:
    """Whether the address says that nobody reads it."""
    local = email.partition("@")[0].lower().replace("-", "").replace("_", "").replace(".", "")
    return "noreply" in local or "donotreply" in local or local in ("notifications", "automailer")
