"""A review that comes back as a file is checked before anything of it is kept."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories import an_owner
from tests.reviewing import a_comment, a_file, a_reviewer, a_version_to_read

from kindregards.core.resumes.carried import reviews_in
from kindregards.core.resumes.packet import NOT_SIGNED
from kindregards.core.resumes.review import MARKUP, TOO_LARGE, ReviewError
from kindregards.sources.source import Source
from kindregards.web.models import Comment, Reviewer, User, Version
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.returning import keep_reviews
from kindregards.web.reviews import CLOSED, UNKNOWN, take_returned, text_for
from kindregards.web.sharing import bundle
from kindregards.web.sharing.packet_page import packet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(owner: User) -> Version:
    """A version that somebody reads."""
    return a_version_to_read(owner, timezone.now())


@pytest.fixture
def reviewer(version: Version) -> Reviewer:
    """Somebody who got it as a packet."""
    return a_reviewer(version, timezone.now(), name="Tomás Ö. Rey", carried_by="packet")


def _record(reviewer: Reviewer, **told: Any) -> dict[str, Any]:
    return {"comments": [a_comment(text_for(reviewer), "six cutters", **told)], "remarks": "Good."}


def _refusal(owner: User, raw: bytes) -> str:
    with pytest.raises(ReviewError) as refused:
        take_returned(owner=owner, raw=raw, now=timezone.now())
    assert not Comment.objects.exists()
    return str(refused.value)


def test_a_review_file_becomes_comments(owner: User, reviewer: Reviewer) -> None:
    raw = a_file(reviewer, _record(reviewer))
    back = take_returned(owner=owner, raw=raw, now=timezone.now())
    assert back == reviewer
    assert back.submitted_at is not None
    assert back.remarks == "Good."
    assert Comment.objects.get().exact == "six cutters"


def test_the_same_file_counts_once_also_after_the_review_closed(
    owner: User, reviewer: Reviewer
) -> None:
    raw = a_file(reviewer, _record(reviewer))
    for _ in range(2):
        take_returned(owner=owner, raw=raw, now=timezone.now())
    late = timezone.now() + timedelta(days=15)
    take_returned(owner=owner, raw=raw, now=late)
    assert Comment.objects.count() == 1
    with pytest.raises(ReviewError, match=CLOSED):
        take_returned(owner=owner, raw=a_file(reviewer, {"remarks": "More."}), now=late)


def test_a_file_with_another_key_is_refused(owner: User, reviewer: Reviewer) -> None:
    assert _refusal(owner, a_file(reviewer, _record(reviewer), key="00" * 32)) == NOT_SIGNED


def test_a_file_of_another_packet_is_refused(
    owner: User, version: Version, reviewer: Reviewer
) -> None:
    other = a_reviewer(version, timezone.now(), name="Oona")
    raw = a_file(reviewer, _record(reviewer)).replace(
        str(reviewer.uid).encode(), str(other.uid).encode()
    )
    assert _refusal(owner, raw) == NOT_SIGNED


def test_a_file_for_somebody_elses_program_is_refused(reviewer: Reviewer) -> None:
    assert _refusal(an_owner("ben"), a_file(reviewer, _record(reviewer))) == UNKNOWN


def test_a_file_with_markup_or_of_ten_megabytes_is_refused(owner: User, reviewer: Reviewer) -> None:
    assert _refusal(owner, a_file(reviewer, _record(reviewer, text="<b>x</b>"))) == MARKUP
    assert _refusal(owner, a_file(reviewer, _record(reviewer, text="x" * 10_000_000))) == TOO_LARGE


# The packet itself ------------------------------------------------------------------------------


def test_a_packet_holds_what_its_reader_may_see_and_loads_nothing(
    version: Version, reviewer: Reviewer
) -> None:
    a_reviewer(version, timezone.now(), name="Oona Quist", email="oona@home.example")
    page = packet_of(reviewer).decode()
    for hidden in ("ada@home.example", "Mill Lane", "Oona", version.resume.name):
        assert hidden not in page
    assert "Led a team of six cutters." in page
    assert "default-src 'none'" in page
    for loading in ("src=", "href=", "@import", "url(", "http://", "https://"):
        assert loading not in page


def test_a_packet_lets_only_its_own_script_and_style_run(reviewer: Reviewer) -> None:
    page = packet_of(reviewer).decode()
    style = page.split("<style>")[1].split("</style>")[0]
    script = page.rsplit('<script type="module">', 1)[1].rsplit("</script>", 1)[0]
    assert f"style-src '{bundle.hash_of(style)}'" in page
    assert f"script-src '{bundle.hash_of(script)}'" in page
    assert "unsafe" not in page


# On its way among letters -----------------------------------------------------------------------


def _mail(file: bytes, *, attached: bool = True, encoding: str = "base64") -> bytes:
    message = EmailMessage()
    message["From"] = "Tomas <tomas@home.example>"
    message["Subject"] = "Re: Would you read my resume?"
    message["Message-ID"] = "<back@home.example>"
    message["Date"] = "Mon, 23 Nov 2026 10:00:00 +0000"
    if attached:
        message.set_content("Here it is. I liked it.\n")
        message.add_attachment(
            file, maintype="application", subtype="json", filename="x.json", cte=encoding
        )
    else:
        message.set_content(f"Here it is.\n\n{file.decode()}\n\nTomas\n")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("attached", "encoding"), [(True, "base64"), (True, "quoted-printable"), (False, "")]
)
def test_a_review_is_found_in_a_mail(
    owner: User, reviewer: Reviewer, attached: bool, encoding: str
) -> None:
    raw = _mail(a_file(reviewer, _record(reviewer)), attached=attached, encoding=encoding)
    source = Source("back.eml", raw)
    for _ in range(2):
        (told,) = receive_sources(owner=owner, sources=[source], now=timezone.now())
        assert told.left_out
    assert Comment.objects.get().exact == "six cutters"


def test_a_forged_review_in_a_mail_is_left(owner: User, reviewer: Reviewer) -> None:
    forged = _mail(a_file(reviewer, _record(reviewer), key="00" * 32))
    receive_sources(owner=owner, sources=[Source("back.eml", forged)], now=timezone.now())
    assert not Comment.objects.exists()


@pytest.mark.parametrize("cut", [50, 400, 700, 900])
def test_a_mail_that_is_cut_off_breaks_nothing_and_nothing_of_it_is_kept(
    owner: User, reviewer: Reviewer, cut: int
) -> None:
    found = reviews_in(_mail(a_file(reviewer, _record(reviewer)))[:cut])
    assert keep_reviews(owner=owner, files=found, now=timezone.now()) == []
    assert not Comment.objects.exists()


def test_a_review_can_be_dropped_at_home(client: Client, owner: User, reviewer: Reviewer) -> None:
    file = SimpleUploadedFile("back.json", a_file(reviewer, _record(reviewer)))
    answer = client.post("/letters/new", {"files": file, "text": ""}, follow=True)
    assert "The review by" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/versions/{reviewer.version_id}/comments/"
    forged = SimpleUploadedFile("back.json", a_file(reviewer, {}, key="00" * 32))
    answer = client.post("/letters/new", {"files": forged, "text": ""})
    assert NOT_SIGNED in answer.content.decode()
