"""What a single page may do that no other may: play from elsewhere, speak by a program."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from csp.constants import SELF
from django.conf import settings
from django.http import HttpResponse

# A feed names the site: what is no plain name with a port would write rules of its own.
PLAIN_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def allow_media(response: HttpResponse, address: str) -> None:
    """Let this one page play sound from the site of an address, and from where it leads to.

    Sites of podcasts lead on to other places that only they know, so every locked one is allowed.
    """
    parts = urlsplit(address)
    site = f"{parts.scheme}://{parts.netloc}"
    named = [site] if PLAIN_SITE.fullmatch(site) else []
    update = {"media-src": [SELF, *named, "https:"]}
    response._csp_update = update  # type: ignore[attr-defined]  # django-csp reads it


def may_speak() -> bool:
    """Whether a speech program of this computer may be used: only where it serves its owner."""
    return bool(settings.SPEAKS_BY_PROGRAM)
