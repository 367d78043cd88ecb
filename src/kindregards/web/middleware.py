"""What every request passes: only from our own pages, only the owner, in the owner's time zone.

A page of another site in the same browser can send requests to this machine. None of them may
reach a view, whatever the view remembers to check.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.utils import timezone

from kindregards.web.accounts.views import stranger
from kindregards.web.errors import nothing_to_show
from kindregards.web.zones import zone_named

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# All that readers of a resume need. Everything else is there only by the names of this computer.
OPEN_TO_READERS = ("/review/", "/static/")
READING = "/review/"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # "no-referrer" would make browsers send `Origin: null` with every form.
    "Referrer-Policy": "same-origin",
}

FOREIGN_HOST = "This address is not one of Kind Regards. Open the link that the program printed."
FOREIGN_PAGE = "Another site asked for this page. Kind Regards answers only its own pages."


class OwnHostOnly:
    """Refuses a foreign Host (DNS rebinding) and requests that another site's page sends."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = why_refused(request)
        response = _refused(refusal) if refusal else self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def why_refused(request: HttpRequest) -> str:
    """Say why the request is not from one of our own pages; "" where it is."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return FOREIGN_HOST
    own_origin = f"{request.scheme}://{host}"
    if _is_readers_host(host):
        if not request.path.startswith(OPEN_TO_READERS):
            return FOREIGN_HOST
        # What makes it reachable ends the encryption, so the scheme here is another.
        own_origin = settings.SHARE_URL
    if _foreign_origin(request, own_origin) or _sent_by_another_site(request):
        return FOREIGN_PAGE
    return ""


def _is_readers_host(host: str) -> bool:
    """Whether a name is the one that only readers use."""
    name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.removesuffix(".")  # the same name, and Django lets it in as that
    return name == settings.SHARE_HOST and name not in settings.THIS_COMPUTER


def _foreign_origin(request: HttpRequest, own_origin: str) -> bool:
    origin = request.headers.get("Origin", own_origin)
    if origin == "null" and request.method in SAFE_METHODS:
        return False
    # A page without a referrer sends this with its forms. What a review takes, it takes from
    # whoever can name its secret address; no cookie counts there.
    if origin == "null" and request.path.startswith(READING):
        return False
    return origin != own_origin


def _sent_by_another_site(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        return False
    is_followed_link = (
        request.method in SAFE_METHODS
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    return not is_followed_link


def _refused(sentence: str) -> HttpResponse:
    return HttpResponseForbidden(sentence + "\n", content_type="text/plain; charset=utf-8")


class OwnerOnly(LoginRequiredMiddleware):
    """Shows strangers one page that says how to come in; no view has to remember it."""

    def handle_no_permission(  # type: ignore[override]  # a page where Django redirects
        self, request: HttpRequest, view_func: object
    ) -> HttpResponse:
        """Answer a stranger."""
        return stranger(request)


class NoEmptyPage:
    """Answers with a page where a view that only takes a form is opened by its address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return nothing_to_show(request, response.headers.get("Allow", ""))
        return response


class OwnerTimeZone:
    """Shows every time as the owner's clock does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = zone_named(str(getattr(request.user, "time_zone", "")))
        with timezone.override(zone):
            return self.get_response(request)
