"""Pages for what went wrong, each a sentence that says what to do."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_MANY_FILES = (
    f"Up to {settings.DATA_UPLOAD_MAX_NUMBER_FILES} letters go in at once, and none of these did. "
    "Give them in smaller heaps, or a whole folder with: kindregards import FOLDER"
)
GONE_BACK = "Nothing was lost. Go back and try once more."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be understood: too large, too many files, or broken on the way."""
    if isinstance(exception, TooManyFilesSent):
        return _page(request, 400, "That were very many files at once", TOO_MANY_FILES)
    return _page(
        request,
        400,
        "That was too much at once",
        "What was sent is larger than any letter, or it broke off on the way. "
        "Save the one message from your mail program and give that file.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page belongs to somebody else, or to nobody signed in."""
    return _page(request, 403, "This page is not open to you", "Go back to where you came from.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page among the owner's own."""
    return _page(
        request,
        404,
        "There is nothing at this address",
        "It may have been moved or put together with another. Your letters are all in the list.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """The program failed; what had been kept is kept."""
    return _page(
        request,
        500,
        "Something went wrong in the program",
        "What you had saved is safe. Go back and try once more; if it happens again, the "
        "terminal in which Kind Regards runs shows why.",
    )


def nothing_to_show(request: HttpRequest, allowed: str) -> HttpResponse:
    """An address that only takes what a button sends was opened by itself: reloaded, or kept."""
    page = _page(
        request,
        405,
        "There is no page at this address",
        "A button leads here, and it has to be pressed on its own page. Nothing was lost.",
    )
    page.headers["Allow"] = allowed
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page or a browser that keeps no cookies."""
    return _page(
        request,
        403,
        "This page had become too old",
        f"The program was started again since you opened it, or cookies are off. {GONE_BACK}",
    )


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "sentence": sentence}, status=status)
