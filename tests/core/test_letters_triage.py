"""The first look keeps every refusal, and leaves most of ordinary mail out."""

from __future__ import annotations

import json
import random
import time
from email.header import Header
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.ordinary import coded, ordinary_message

from kindregards.core.letters.triage import Why, looks_like_job_mail

CORPUS = Path(__file__).parent.parent / "letters" / "corpus"
JOB_KINDS = (
    "rejection", "acknowledgement", "interview_invitation", "assessment", "offer", "on_hold",
    "recruiter_outreach", "job_alert",
)  # fmt: skip
ROBOT = {"Auto-Submitted": "auto-generated"}
LIST = {"List-Unsubscribe": "<mailto:leave@hazelwick.example>"}


def corpus() -> list[dict[str, Any]]:
    files = sorted(CORPUS.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def as_message(letter: dict[str, Any], way: int, extra: dict[str, str]) -> bytes:
    headers = {
        "From": Header(letter["sender"] or "Robin <robin@hazelwick.example>", "utf-8").encode()
    }
    if letter["subject"]:
        headers["Subject"] = Header(letter["subject"], "utf-8").encode()
    return coded({**headers, **extra}, letter["text"], way)


def machine_sent(letter: dict[str, Any]) -> bool:
    """Whether a form that a machine may send; a personal letter comes from a person."""
    return bool(letter["form"] != "personal")


def test_every_rejection_is_read_however_it_is_coded() -> None:
    rejections = [letter for letter in corpus() if letter["label"] == "rejection"]
    lost = [
        (letter["id"], way)
        for way in range(6)
        for letter in rejections
        if not looks_like_job_mail(as_message(letter, way, {})).worth_reading
    ]
    print(f"rejections: {len(rejections)}, lost: {lost}")  # noqa: T201 - the figure is to be seen
    assert len(rejections) > 500
    assert lost == []


@pytest.mark.parametrize("extra", [ROBOT, LIST])
def test_forms_are_read_even_where_everything_else_speaks_for_bulk_mail(
    extra: dict[str, str],
) -> None:
    """As if none came from a known system, and each were marked as a machine's or a list's."""
    forms = [one for one in corpus() if one["label"] == "rejection" and machine_sent(one)]
    glances = [looks_like_job_mail(as_message(form, 0, extra)) for form in forms]
    lost = [
        form["id"] for form, glance in zip(forms, glances, strict=True) if not glance.worth_reading
    ]
    told = f"forms in the guise of bulk mail: {len(forms)}, lost: {lost}"
    print(told)  # noqa: T201 - the figure is to be seen
    assert len(lost) / len(forms) <= 0.015


def test_nearly_all_other_job_mail_is_read_even_if_it_went_through_a_list() -> None:
    letters = [letter for letter in corpus() if letter["label"] in JOB_KINDS]
    plain = [looks_like_job_mail(as_message(one, 0, {})).worth_reading for one in letters]
    listed = [
        looks_like_job_mail(as_message(one, 4, LIST)).worth_reading
        for one in letters
        if machine_sent(one)
    ]
    by_list = f"{sum(listed)} of {len(listed)}"
    told = f"job mail read: {sum(plain)} of {len(plain)}; sent by a list {by_list}"
    print(told)  # noqa: T201 - the figure is to be seen
    assert sum(plain) / len(plain) >= 0.99
    assert sum(listed) / len(listed) >= 0.88


def test_most_ordinary_mail_is_left_out_quickly() -> None:
    dice = random.Random(20)
    messages = [ordinary_message(dice, number, length=1500) for number in range(3000)]
    began = time.process_time()
    glances = [looks_like_job_mail(message) for message in messages]
    seconds = time.process_time() - began
    out = sum(not one.worth_reading for one in glances) / len(glances)
    machines = [one for one in glances if one.why is not Why.PERSON]
    share = sum(not one.worth_reading for one in machines) / len(machines)
    told = f"ordinary mail left out: {out:.1%}; of what machines sent {share:.1%}"
    print(told)  # noqa: T201 - the figure is to be seen
    print(f"{len(messages) / seconds:,.0f} messages a second")  # noqa: T201 - the same
    assert out >= 0.65
    assert share >= 0.9


def test_a_letter_typed_by_a_person_is_always_read() -> None:
    glance = looks_like_job_mail(
        b"From: Lou <lou@home.example>\nSubject: hi\n\nno sorry, we are full up\n"
    )
    assert (glance.worth_reading, glance.why) == (True, Why.PERSON)


def test_what_a_hiring_system_sends_is_always_read() -> None:
    glance = looks_like_job_mail(
        b"From: Hazelwick <no-reply@mail.greenhouse.io>\nList-Unsubscribe: <a>\n\nsee the portal\n"
    )
    assert (glance.worth_reading, glance.why) == (True, Why.SENDER)


def test_what_answers_a_letter_that_is_here_is_read() -> None:
    raw = (
        b"From: Hazelwick <news@hazelwick.example>\nList-Id: <x>\nReferences: <0@a.example>\n"
        b"\t<1@a.example>\nSubject: hello\n\nthis is the news of the week and of the day\n"
    )
    assert looks_like_job_mail(raw).why is Why.ORDINARY
    assert looks_like_job_mail(raw, known_already={"<1@a.example>"}).why is Why.KNOWN
    assert looks_like_job_mail(raw, known_already={"news@hazelwick.example"}).why is Why.KNOWN


def test_what_the_person_wrote_is_left_out_unless_they_passed_it_on() -> None:
    own = b"From: Sam <Sam@ortega.example>\nTo: robin@hazelwick.example\nSubject: "
    mine = own + b"My application\n\nDear Robin, here is my application.\n"
    passed_on = own + b"Fwd: Your application\n\nWe have chosen somebody else.\n"
    assert looks_like_job_mail(mine, own={"sam@ortega.example"}).why is Why.OWN
    assert looks_like_job_mail(mine).why is Why.PERSON
    assert looks_like_job_mail(passed_on, own={"sam@ortega.example"}).worth_reading


@pytest.mark.parametrize(
    ("labels", "sent"),
    [
        ("Sent,Opened", True),
        ("Opened,Gesendet", True),
        ("=?UTF-8?Q?Messages_envoy=C3=A9s,Ouvert?=", True),
        ("Inbox,Important,Opened", False),
        ("Inbox,Sent to HR", False),
    ],
)
def test_what_an_export_of_gmail_calls_sent_is_left_out(labels: str, sent: bool) -> None:
    raw = f"X-Gmail-Labels: {labels}\nFrom: sam@ortega.example\n\nDear Robin\n".encode()
    assert (looks_like_job_mail(raw).why is Why.OWN) is sent


def test_what_is_left_out_can_be_shown_by_sender_and_subject() -> None:
    raw = (
        b"From: =?utf-8?q?M=C3=BChle?= <news@muehle.example>\nList-Id: <x>\n"
        b"Subject: =?utf-8?b?TmV1ZXMgw7xiZXI=?=\n =?utf-8?q?_Mehl?=\n\n"
        b"das Mehl der Woche ist da und die Hefe auch\n"
    )
    glance = looks_like_job_mail(raw)
    assert (glance.worth_reading, glance.bulk) == (False, True)
    assert (glance.sender, glance.subject) == ("Mühle <news@muehle.example>", "Neues über Mehl")


@pytest.mark.parametrize(
    "words",
    [
        "Köszönjük szépen, de most nem tudjuk folytatni.",
        "Вашу кандидатуру мы не выбрали.",
        "今回は見送らせていただきます。",
    ],
)
def test_a_language_that_it_does_not_know_is_read(words: str) -> None:
    headers = {"From": "news@hazelwick.example", "List-Id": "<x>"}
    assert looks_like_job_mail(coded(headers, words, 0)).why is Why.UNSURE


def test_style_sheets_and_tags_are_no_words() -> None:
    raw = (
        b"From: news@hazelwick.example\nList-Id: <x>\nContent-Type: text/html\n\n"
        b"<style>.job { position: absolute }</style><!-- application interview -->"
        b"<table role='presentation'><td>The bread of the day is here and you can have it</td>"
    )
    assert looks_like_job_mail(raw).why is Why.ORDINARY


def test_plain_words_without_headers_are_read() -> None:
    assert looks_like_job_mail(b"We have chosen somebody else. Best of luck.").worth_reading


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert isinstance(looks_like_job_mail(raw).worth_reading, bool)


@given(
    top=st.lists(
        st.sampled_from(
            ["From: a@b.example", "Subject: =?x?q?=?=", "Content-Type: multipart/mixed; boundary=x",
             "Content-Type: text/html", "Content-Transfer-Encoding: base64", "List-Id: x", " on",
             "Content-Transfer-Encoding: quoted-printable", "From: =?utf-7?b?//?= <x", "--x"]
        ),
        max_size=8,
    ),
    body=st.text(max_size=300),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_no_headers_make_it_raise(top: list[str], body: str) -> None:
    raw = ("\n".join(top) + "\n\n" + body + "\n").encode("utf-8", "replace") * 2
    assert isinstance(looks_like_job_mail(raw).subject, str)
