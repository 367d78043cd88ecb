"""Another site in the same browser reaches nothing; the owner sees their own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from kindregards.web.accounts.services import owner_of_this_machine
from kindregards.web.middleware import OwnerTimeZone, why_refused

OWN = "http://127.0.0.1:8642"
NAVIGATED = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}


def _refusal(method: str = "GET", host: str = "127.0.0.1:8642", **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, "/", headers={"Host": host, **named})
    return why_refused(request)


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "[::1]:8642", "127.0.0.1"])
def test_the_hosts_of_this_machine_are_answered(host: str) -> None:
    assert _refusal(host=host) == ""


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0:8642", "", "a b", "192.168.1.2"]
)
def test_a_foreign_host_is_refused(host: str) -> None:
    assert _refusal(host=host).startswith("This address is not one of Kind Regards.")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:9999",
        "http://localhost:8642",
        "https://127.0.0.1:8642",
        "",
    ],
)
def test_a_foreign_origin_is_refused_whatever_the_method(method: str, origin: str) -> None:
    assert _refusal(method, Origin=origin).startswith("Another site asked for this page.")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_our_own_origin_is_answered(method: str) -> None:
    assert _refusal(method, Origin=OWN) == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_origin_of_null_may_not_change_anything(method: str) -> None:
    assert _refusal(method, Origin="null") != ""


def test_an_origin_of_null_may_read() -> None:
    assert _refusal("GET", Origin="null") == ""


def test_a_link_that_was_followed_from_elsewhere_is_answered() -> None:
    assert _refusal("GET", **NAVIGATED) == ""


@pytest.mark.parametrize(
    ("method", "changed"),
    [
        ("POST", {}),
        ("GET", {"Sec-Fetch-Dest": "iframe"}),
        ("GET", {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}),
        ("GET", {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}),
        ("POST", {"Sec-Fetch-Site": "same-site"}),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}),
    ],
)
def test_whatever_else_another_site_sends_is_refused(method: str, changed: dict[str, str]) -> None:
    assert _refusal(method, **{**NAVIGATED, **changed}) != ""


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_our_own_pages_and_the_address_bar_are_answered(site: str) -> None:
    assert _refusal("POST", **{"Sec-Fetch-Site": site, "Origin": OWN}) == ""


@pytest.mark.django_db
def test_a_refused_request_gets_a_sentence_and_no_page() -> None:
    client = Client()
    client.force_login(owner_of_this_machine())
    answer = client.get("/", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Kind Regards answers only its own pages" in answer.content.decode()


@pytest.mark.django_db
def test_pages_are_not_kept_by_the_browser_and_not_shown_to_others() -> None:
    client = Client()
    client.force_login(owner_of_this_machine())
    answer = client.get("/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "microphone=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner_of_this_machine())
    assert client.post("/letters/new", {"text": "Hello"}).status_code == 403


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Tokyo", 18), ("Europe/Berlin", 10), ("", 9), ("No/Where", 9)]
)
@pytest.mark.django_db
def test_times_are_shown_by_the_owners_clock(zone: str, hour: int) -> None:
    owner = owner_of_this_machine()
    owner.time_zone = zone
    request = RequestFactory().get("/")
    request.user = owner
    shown: list[int] = []

    def _view(_request: HttpRequest) -> HttpResponse:
        shown.append(timezone.localtime(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)).hour)
        return HttpResponse()

    OwnerTimeZone(_view)(request)
    assert shown == [hour]
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.django_db
def test_the_address_of_a_button_opened_by_itself_shows_a_page(client: Client) -> None:
    answer = client.get("/letters/new")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Nothing was lost." in answer.content.decode()
    assert "Go to today" in answer.content.decode()
