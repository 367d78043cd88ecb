"""The sender check: forged and look-alike senders are told, honest ones never."""

from __future__ import annotations

import json
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters import parse_letter
from kindregards.core.letters.authentication import authentication_of, is_refuted
from kindregards.core.letters.known import known_words
from kindregards.core.letters.letter import Address, Letter
from kindregards.core.letters.look_alikes import imitated, mixes_alphabets
from kindregards.core.letters.sender_check import WHAT_TO_DO, Doubt, SenderDoubt, check_sender

LETTERS = Path(__file__).parents[1] / "letters"


def letter(sender: str, reply_to: str = "", authentication: str = "", **headers: str) -> Letter:
    if authentication:
        headers["authentication-results"] = authentication
    return Letter(
        text="Thank you for your application.",
        sender=Address(*parseaddr(sender)),
        reply_to=Address(*parseaddr(reply_to)),
        headers=headers,
    )


def doubt(found: SenderDoubt | None) -> Doubt | None:
    return found.doubt if found else None


# Authentication-Results -----------------------------------------------------------------------

REFUTED = [
    "mx.home.example; dmarc=fail (p=REJECT sp=REJECT dis=REJECT) header.from=brackwater.example",
    "mx.home.example; spf=fail smtp.mailfrom=x.example; dkim=none; "
    "dmarc=fail (p=QUARANTINE) header.from=brackwater.example",
    "spf=softfail (sender IP is 192.0.2.9) smtp.mailfrom=brackwater.example; dkim=none (message "
    "not signed) header.d=none;dmarc=fail action=quarantine header.from=brackwater.example;",
    "mx.home.example; dmarc=fail header.from=brackwater.example; spf=none; dkim=fail",
    "mx.home.example; spf=fail smtp.mailfrom=ines@brackwater.example; dkim=fail (bad signature)",
    "home.example; compauth=fail reason=001",
]
NOT_REFUTED = [
    "",
    "mx.home.example; none",
    "mx.home.example; dkim=pass header.d=brackwater.example; spf=pass; dmarc=pass (p=REJECT)",
    "mx.home.example; spf=fail smtp.mailfrom=brackwater.example",
    "mx.home.example; spf=fail; dkim=pass header.d=brackwater.example",
    "mx.home.example; dkim=fail (body hash did not verify) header.d=brackwater.example",
    "mx.home.example; dkim=fail header.d=a.example; dkim=pass header.d=b.example; spf=fail",
    "mx.home.example; spf=softfail; dkim=neutral; dmarc=fail (p=NONE sp=NONE dis=NONE) "
    "header.from=brackwater.example",
    "mx.home.example; dmarc=fail (p=REJECT dis=NONE) header.from=brackwater.example",
    "mx.home.example; arc=pass (i=1 spf=pass); dmarc=fail (p=REJECT) "
    "header.from=brackwater.example",
    "spf=fail; dkim=fail; dmarc=fail action=none header.from=brackwater.example;compauth=pass "
    "reason=130",
    "mx.home.example; dmarc=temperror; spf=temperror; dkim=permerror",
    "nonsense without any form ((((",
]


@pytest.mark.parametrize("header", REFUTED)
def test_a_forged_sender_is_told(header: str) -> None:
    found = check_sender(letter("Ines <ines@brackwater.example>", authentication=header))
    assert found is not None
    assert found.doubt is Doubt.REFUTED
    assert found.told == (
        "Your mail server could not confirm that it comes from brackwater.example. " + WHAT_TO_DO
    )


@pytest.mark.parametrize("header", NOT_REFUTED)
def test_forwarding_and_careless_settings_are_no_forgery(header: str) -> None:
    assert check_sender(letter("ines@brackwater.example", authentication=header)) is None


def test_only_the_topmost_result_counts() -> None:
    raw = (
        b"Authentication-Results: mx.home.example; dmarc=fail (p=reject)"
        b" header.from=brackwater.example\n"
        b"Authentication-Results: mx.forger.example; dmarc=pass header.from=brackwater.example\n"
        b"From: Ines <ines@brackwater.example>\nSubject: Offer\n\nPlease send your papers.\n"
    )
    assert doubt(check_sender(parse_letter(raw))) is Doubt.REFUTED


def test_a_mailing_list_and_what_was_checked_for_another_domain_are_passed_over() -> None:
    header = "mx.home.example; dmarc=fail (p=reject) header.from=brackwater.example"
    on_a_list = letter("ines@brackwater.example", authentication=header, **{"list-id": "<a.b>"})
    assert check_sender(on_a_list) is None
    assert check_sender(letter("ines@hazelwick.example", authentication=header)) is None


@given(st.text(max_size=300))
def test_no_header_makes_it_raise(header: str) -> None:
    assert is_refuted(authentication_of(header)) in (True, False)


# Look-alikes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("linkedln.example", "linkedin"),
        ("l1nkedin.example", "linkedin"),
        ("linkdein.example", "linkedin"),
        ("linkedn.example", "linkedin"),
        ("lin\u043aedin.example", "linkedin"),
        ("xn--lnkedin-rfb.example", "linkedin"),
        ("greenhuose.example", "greenhouse"),
        ("greennhouse.example", "greenhouse"),
        ("rnyworkday.example", "myworkday"),
        ("rnicrosoft.example", "microsoft"),
        ("lndeed.example", "indeed"),
        ("hr.teamtai1or.example", "teamtailor"),
    ],
)
def test_an_imitated_system_is_told(domain: str, name: str) -> None:
    found = check_sender(letter(f"Jobs <jobs@{domain}>"))
    assert found is not None
    assert found.doubt is Doubt.LOOK_ALIKE
    assert f"looks like {name} and is not." in found.told


def test_an_imitated_employer_is_told() -> None:
    for sender in ("hr@brackwaler.example", "hr@brackvvater.example", "hr@brackw\u0430ter.example"):
        found = check_sender(letter(sender), employer_domains=["brackwater.example"])
        assert doubt(found) is Doubt.LOOK_ALIKE


@pytest.mark.parametrize(
    "name",
    [
        "brackwaters",
        "brack-water",
        "brackwater.co",
        "mail.brackwater",
        "hazelwick",
        "m\u00fcller",
        "xn--mller-kva",
        "\u044f\u0431\u043b\u043e\u043a\u043e",
        "greenhouses",
        "recruiter",
        "clever",
        "level",
        "studio2",
        "linkedinlearning",
        "glasdoor-fittings",
        "workday",
        "outlooks",
    ],
)
def test_honest_names_are_not_taken_for_imitations(name: str) -> None:
    found = check_sender(
        letter(f"jobs@{name}.example"),
        employer_domains=["brackwater.example", "studio1.example"],
    )
    assert found is None


def test_two_alphabets_in_one_name_are_told() -> None:
    assert mixes_alphabets("h\u0430zelwick")
    assert not mixes_alphabets("\u044f\u0431\u043b\u043e\u043a\u043e")
    assert doubt(check_sender(letter("jobs@h\u0430zelwick.example"))) is Doubt.LOOK_ALIKE


def test_no_known_sender_imitates_another() -> None:
    sites = set().union(*(known_words("senders", of) for of in ("systems", "boards", "providers")))
    for site in sorted(sites):
        assert imitated(site) == ""
        assert check_sender(letter(f"no-reply@{site}.com")) is None


@given(st.text(max_size=40))
def test_no_domain_makes_it_raise(domain: str) -> None:
    check_sender(Letter(text="", sender=Address("", f"a@{domain}")), employer_domains=[domain])


# Free mail ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sender",
    [
        "LinkedIn Recruiting Team <linkedin.team@gmail.com>",
        "Workday HR via myworkday <hr@outlook.com>",
        "Brackwater Mills Recruiting <brackwater.jobs@gmail.com>",
        "HR Brackwater Mills <brackwater@gmx.net>",
    ],
)
def test_a_free_mail_address_that_speaks_for_an_employer_is_told(sender: str) -> None:
    found = check_sender(letter(sender), employer="Brackwater Mills")
    assert doubt(found) is Doubt.FREE_MAIL


@pytest.mark.parametrize(
    "sender",
    [
        "Ines Halloran <ines.halloran@gmail.com>",
        "Bluebell Greenhouse <bluebell.greenhouse@gmail.com>",
        "Brackwater Mills <brackwater@gmx.net>",
        "hr@t-online.de",
    ],
)
def test_a_small_employer_may_write_from_a_free_mail_address(sender: str) -> None:
    assert check_sender(letter(sender), employer="Brackwater Mills") is None


def test_an_employer_that_wrote_from_its_own_domain_before_is_remembered() -> None:
    ines = letter("Ines Halloran <ines.halloran@gmail.com>")
    found = check_sender(ines, employer_domains=["greenhouse.io", "brackwater.example"])
    assert found is not None
    assert "Earlier letters came from brackwater.example" in found.told
    assert check_sender(ines, employer_domains=["greenhouse.io", "gmail.com"]) is None


def test_answers_that_go_to_a_free_mail_address_are_told() -> None:
    ines, private = "Ines <ines@brackwater.example>", "brackwater.hr@gmail.com"
    assert doubt(check_sender(letter(ines, private))) is Doubt.ANSWERS_ELSEWHERE
    assert check_sender(letter("Ines via Indeed <x@indeedemail.com>", private)) is None
    assert check_sender(letter(ines, "jobs@hazelwick.example")) is None


# Our own letters ------------------------------------------------------------------------------


def test_none_of_our_letters_and_no_ordinary_mail_is_doubted() -> None:
    files = [*sorted((LETTERS / "corpus").glob("*.jsonl")), LETTERS / "ordinary.jsonl"]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    sent = [row for row in rows if "@" in (row["sender"] or "")]
    assert len(sent) > 1_000
    doubted = [
        row["id"]
        for row in sent
        if check_sender(letter(row["sender"]), employer=row.get("company"))
    ]
    assert doubted == []
