"""Drafts and histories that come as files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.outreach import (
    Channel,
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Touch,
    check_times,
    draft_from_text,
    touches_from_json,
)

LETTER = "Hi Ines,\n\nThank you for the call. What would you work on first?\n\nMara\n"


def test_plain_text_is_a_draft() -> None:
    assert draft_from_text(LETTER.encode()) == Draft(LETTER)


def test_lines_on_top_are_its_headers() -> None:
    top = "To: Ines Okafor <ines@tidewell.example>\nCc: Tomas\nSubject: Re: Planner\n"
    raw = f"{top}Attachment: cv.pdf, a.png\n\n{LETTER}"
    assert draft_from_text(raw.replace("\n", "\r\n").encode()) == Draft(
        LETTER,
        subject="Re: Planner",
        to=("Ines Okafor <ines@tidewell.example>",),
        cc=("Tomas",),
        attachments=("cv.pdf", "a.png"),
    )


def test_german_headers_and_words_are_known() -> None:
    text = "Guten Tag Frau Okafor,\n\nvielen Dank für das Gespräch.\n\nViele Grüße\nMara\n"
    raw = f"An: ines@tidewell.example\nBetreff: AW: Planung\n\n{text}".encode("cp1252")
    assert draft_from_text(raw) == Draft(
        text,
        subject="AW: Planung",
        to=("ines@tidewell.example",),
        kind=DraftKind.THANKS,
        language="de",
    )


def test_a_message_is_read_with_the_names_of_what_it_carries() -> None:
    message = EmailMessage()
    message["To"] = "Ines Okafor <ines@tidewell.example>, tomas@tidewell.example"
    message["Subject"] = "Re: Plänerin"
    message["MIME-Version"] = "1.0"
    message.set_content(LETTER)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="cv.pdf")
    assert draft_from_text(message.as_bytes()) == Draft(
        LETTER,
        subject="Re: Plänerin",
        to=("Ines Okafor <ines@tidewell.example>", "tomas@tidewell.example"),
        attachments=("cv.pdf",),
    )


def test_a_message_in_html_alone_is_read_as_text() -> None:
    message = EmailMessage()
    message.set_content("<p>Hi Ines,</p><p>Thanks &amp; bye</p>", subtype="html")
    assert draft_from_text(message.as_bytes()).text.strip() == "Hi Ines,\nThanks & bye"


def test_a_reminder_is_known_by_its_words() -> None:
    raw = b"Hi Ines,\n\nA short reminder of my note. Would you have a tip?\n"
    assert draft_from_text(raw).kind is DraftKind.FOLLOW_UP


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"MIME-Version: 1.0\n", b"To: \xff\n"]))
def test_any_bytes_make_a_draft(raw: bytes, top: bytes) -> None:
    draft = draft_from_text(top + raw)
    draft.text.encode("utf-8")
    assert draft.language in ("de", "en")


def test_a_history_is_a_list_of_touches() -> None:
    told = json.dumps(
        [
            {
                "at": "2026-10-01T09:00:00+02:00",
                "direction": "in",
                "person": "ines@tidewell.example",
                "employer": "Tidewell",
                "channel": "phone",
                "kind": "thanks",
            },
            {"at": "2026-10-02"},
        ]
    )
    history, circumstances, now = touches_from_json(told)
    assert history == (
        Touch(
            datetime(2026, 10, 1, 9, tzinfo=timezone(timedelta(hours=2))),
            Direction.IN,
            "ines@tidewell.example",
            "Tidewell",
            Channel.PHONE,
            DraftKind.THANKS,
        ),
        Touch(datetime(2026, 10, 2, tzinfo=UTC), Direction.OUT),
    )
    assert (circumstances, now) == (Circumstances(), None)


def test_a_history_may_tell_the_letter_and_the_time() -> None:
    told = {
        "now": "2026-10-15T09:00:00Z",
        "letter": {
            "sent_at": "2026-10-14T09:00:00+02:00",
            "sender": {"name": "Ines", "email": "ines@tidewell.example"},
            "stage": "final",
            "employer": "Tidewell",
            "reposted": True,
        },
    }
    assert touches_from_json(json.dumps(told)) == (
        (),
        Circumstances(
            letter_at=datetime(2026, 10, 14, 9, tzinfo=timezone(timedelta(hours=2))),
            letter_sender="ines@tidewell.example",
            stage="final",
            employer="Tidewell",
            reposted=True,
        ),
        datetime(2026, 10, 15, 9, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("{", "The history is not JSON: line 1, column 2 cannot be read."),
        ("", "The history is empty."),
        ("[" * 100_000, "it is too deep"),
        ('{"tuches": []}', "The history has none of letter, now, touches."),
        ('{"letter": {"reposted": "no"}}', "is 'no'; it is true or false."),
        ('[{"at": "2026-10-01T10:00 Europe/Nowhere"}]', "the time of touch 1 cannot be read"),
        ('[{"at": "2026-10-01T10:00:00+99:00"}]', "the time of touch 1 cannot be read"),
        ('[{"at": "2026-10-01", "kind": "serenade"}]', "the kind of touch 1 is 'serenade'"),
        ('[{"at": "2026-10-01", "channel": "pigeon"}]', "the channel of touch 1 is 'pigeon'"),
        ("3", "neither a list of touches nor an object"),
        ("[3]", "touch 1 is not an object"),
        ('[{"person": "x"}]', '"at" is missing'),
        ('[{"at": "soon"}]', "the time of touch 1 cannot be read: 'soon'"),
        ('[{"at": "2026-10-01", "direction": "up"}]', "known are out, in"),
        ('[{"at": "2026-10-01", "person": 7}]', "has 7 where a text belongs"),
        ('{"touches": {}}', "are not a list"),
        ('{"letter": [1]}', 'The "letter" of the history is not an object'),
        ('{"letter": {"stage": "lunch"}}', "known are application"),
    ],
)
def test_a_wrong_history_is_told_in_a_sentence(told: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        touches_from_json(told)


@pytest.mark.parametrize(
    ("touch_at", "letter_at", "sentence"),
    [
        ("2026-10-15T12:00:00Z", "2026-10-14T09:00:00Z", ""),
        ("2026-10-16T08:00:00Z", "2026-10-14T09:00:00Z", ""),  # tomorrow in another zone
        ("2027-10-01T08:00:00Z", "2026-10-14T09:00:00Z", "touch 1 lies in the future: 2027-10-01"),
        ("2026-10-01T08:00:00Z", "2027-10-14T09:00:00Z", "the letter lies in the future: 2027-10"),
    ],
)
def test_what_is_still_to_come_is_told_in_a_sentence(
    touch_at: str, letter_at: str, sentence: str
) -> None:
    now = datetime(2026, 10, 15, 9, tzinfo=UTC)
    told = json.dumps({"touches": [{"at": touch_at}], "letter": {"sent_at": letter_at}})
    touches, circumstances, _now = touches_from_json(told)
    refused = ""
    try:
        check_times(touches, circumstances, now=now)
    except ValueError as error:
        refused = str(error)
    assert sentence in refused
    assert bool(refused) == bool(sentence)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["now", "letter", "touches", "at", "person", "sent_at", "stage"]),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_json_is_a_history_or_a_value_error(told: object) -> None:
    refused = ""
    try:
        touches_from_json(json.dumps(told))
    except ValueError as error:
        refused = str(error)
    assert refused == "" or refused.endswith(".")
