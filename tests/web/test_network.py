"""People: from letters, from an export, by hand; who is the same, and what is new about them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import NOW, an_owner, things_of

from kindregards.core.network.card import Card
from kindregards.core.network.vcard import cards_of
from kindregards.core.outreach.draft import Channel, Direction
from kindregards.sources.people import NoPeople, people_in
from kindregards.sources.source import Source
from kindregards.web.contacts import take_in
from kindregards.web.models import Contact, Letter, MetBy, Occasion, Touch, User
from kindregards.web.network.services import change_contact, put_in
from kindregards.web.network.taking import take_people
from kindregards.web.outreach.services import record_sent
from kindregards.web.plan.receiving import receive_sources

pytestmark = pytest.mark.django_db

HEADING = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
LINK = "https://www.linkedin.com/in/"
FIRST = (
    f"{HEADING}Ada,Berg,{LINK}ada,,Tidewell,Planner,12 Mar 2019\n"
    f"Joe,Odd,{LINK}joe,joe@odd.example,Quayside,Cook,1 Feb 2024\n"
)
SECOND = f"{HEADING}Ada,Berg,{LINK}ada,,Northlight,Head of Planning,12 Mar 2019\n"
TALKED = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
    f"1,,Ada Berg,{LINK}ada,Mara Lind,{LINK}mara,2026-01-15 14:30:00 UTC,,Hello again,INBOX\n"
    f"2,,Nobody Known,{LINK}nobody,Mara Lind,{LINK}mara,2026-01-16 14:30:00 UTC,,Hi,INBOX\n"
)


def an_export(connections: str = FIRST, **more: str) -> io.BytesIO:
    """A LinkedIn export as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writing:
        writing.writestr("Connections.csv", connections)
        writing.writestr("Profile.csv", "First Name,Last Name\nMara,Lind\n")
        for name, text in more.items():
            writing.writestr(f"{name}.csv", text)
    packed.seek(0)
    return packed


def taken(owner: User, file: io.BytesIO, **how: bool) -> dict[str, int]:
    """What came of a file: its counts."""
    done = take_people(owner=owner, people=people_in(file, **how), now=NOW)
    return {
        name: getattr(done, name)
        for name in ("new", "completed", "known", "gone", "touches")
        if getattr(done, name)
    }


def test_an_export_is_taken_in_once_however_often_it_comes(owner: User) -> None:
    assert taken(owner, an_export()) == {"new": 2}
    assert taken(owner, an_export()) == {"known": 2}
    assert list(Contact.objects.values_list("name", "works_at", "met_by").order_by("name")) == [
        ("Ada Berg", "Tidewell", "linkedin"),
        ("Joe Odd", "Quayside", "linkedin"),
    ]


def test_a_second_export_tells_new_jobs_and_who_is_gone(owner: User) -> None:
    taken(owner, an_export())
    done = take_people(owner=owner, people=people_in(an_export(SECOND)), now=NOW)
    assert [(one.contact.name, one.change.before, one.change.after) for one in done.news] == [
        ("Ada Berg", "Tidewell", "Northlight")
    ]
    joe = Contact.objects.get(name="Joe Odd")
    assert (done.gone, joe.gone_at) == (1, NOW)
    assert taken(owner, an_export()) == {"completed": 2}  # Joe is back, and Ada as she was
    joe.refresh_from_db()
    assert joe.gone_at is None


def test_what_the_person_changed_no_export_changes_back(owner: User) -> None:
    taken(owner, an_export())
    ada = Contact.objects.get(name="Ada Berg")
    card = Card(name="Ada Berg-Lund", profile=ada.profile, employer="Tidewell", role="Planner")
    change_contact(contact=ada, card=card)
    taken(owner, an_export(SECOND))
    ada.refresh_from_db()
    assert (ada.name, ada.works_at) == ("Ada Berg-Lund", "Northlight")


def test_messages_are_kept_only_where_asked_for_and_only_once(owner: User) -> None:
    assert taken(owner, an_export(messages=TALKED)) == {"new": 2}
    assert taken(owner, an_export(messages=TALKED), with_messages=True) == {
        "known": 2,
        "touches": 1,
    }
    assert taken(owner, an_export(messages=TALKED), with_messages=True) == {"known": 2}
    touch = Touch.objects.get()
    assert (touch.contact.name if touch.contact else "", touch.direction, touch.channel) == (
        "Ada Berg",
        Direction.IN,
        Channel.LINKEDIN,
    )
    assert Contact.objects.get(name="Ada Berg").last_at == datetime(2026, 1, 15, 14, 30, tzinfo=UTC)


def test_who_writes_about_an_application_becomes_a_contact(owner: User) -> None:
    things = things_of(owner)
    contact = Contact.objects.get()
    assert (contact.name, contact.email, contact.employer, contact.works_at) == (
        "Ines Halloran",
        "ines.halloran@brackwater.example",
        things.application.employer,
        "Brackwater Mills",
    )


def test_who_was_met_in_a_letter_is_not_doubled_by_an_export_or_a_draft(owner: User) -> None:
    things = things_of(owner)
    address = "ines.halloran@brackwater.example"
    line = f"Ines,Halloran,{LINK}ines,{address},Brackwater Mills,Head,1 May 2024\n"
    assert taken(owner, an_export(HEADING + line)) == {"completed": 1}
    record_sent(draft=things.draft, now=NOW)
    contact = Contact.objects.get()
    assert (contact.profile, contact.employer, contact.last_at) == (
        "linkedin.com/in/ines",
        things.application.employer,
        NOW,
    )


def test_a_profile_of_one_with_the_address_of_another_loses_nobody(owner: User) -> None:
    put_in(owner=owner, card=Card(name="Ada Berg", profile="linkedin.com/in/ada"))
    put_in(owner=owner, card=Card(name="A. B.", email="ada@berg.example"))
    both = Card(name="Ada Berg", profile="linkedin.com/in/ada", email="ada@berg.example")
    take_in(owner=owner, cards=[both], met_by=MetBy.LINKEDIN)
    assert list(Contact.objects.values_list("name", "email").order_by("pk")) == [
        ("Ada Berg", ""),
        ("A. B.", "ada@berg.example"),
    ]


def test_one_owners_people_are_not_anothers(owner: User) -> None:
    other = an_owner("bea")
    taken(owner, an_export())
    assert taken(other, an_export()) == {"new": 2}
    assert Contact.objects.filter(owner=other).count() == 2


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "There is nothing in it"),
        (HEADING.encode(), "no row below it"),
        (b"PK\x03\x04 no zip", "damaged or locked"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "Nobody is in this file"),
        (b"Breed,Colour\nCollie,black\n", "not Connections.csv"),
    ],
)
def test_a_file_of_nobody_gets_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(NoPeople, match=sentence):
        people_in(io.BytesIO(raw))


def test_an_export_without_its_list_of_people_says_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writing:
        writing.writestr("Jobs/Job Applications.csv", "a,b\n")
    packed.seek(0)
    with pytest.raises(NoPeople, match=r"no “Connections\.csv”"):
        people_in(packed)


# Pages -------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_words_and_by_how_they_are_known(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    things_of(owner)
    taken(owner, an_export())
    address = reverse("network-list")

    def _names(**asked: str) -> list[str]:
        return [one.name for one in client.get(address, asked).context["found"].object_list]

    assert _names(sort="name") == ["Ada Berg", "Ines Halloran", "Joe Odd"]
    assert _names(q="quay") == ["Joe Odd"]
    assert _names(q="hallor") == ["Ines Halloran"]
    assert _names(shown="met") == ["Ines Halloran"]
    assert _names(shown="dormant") == ["Ada Berg"]
    assert _names(q="nobody at all") == []


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    counts = []
    for many in (1, 120):
        cards = [Card(name=f"Person Number{at}", employer=f"E{at}") for at in range(many)]
        take_in(owner=owner, cards=cards, met_by=MetBy.LINKEDIN)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("network-list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_somebody_is_put_in_by_hand_corrected_and_taken_out(client: Client, owner: User) -> None:
    client.force_login(owner)
    told = {"name": "Ada Berg", "email": "ADA@berg.example", "profile": f"{LINK}ada?trk=1"}
    made = client.post(reverse("network-new"), told)
    ada = Contact.objects.get()
    assert made.headers["Location"] == reverse("network-page", args=[ada.pk])
    assert (ada.email, ada.profile, ada.met_by) == (
        "ada@berg.example",
        "linkedin.com/in/ada",
        "hand",
    )
    page = client.post(
        reverse("network-correct", args=[ada.pk]), {"name": "Ada Berg", "note": "Likes maps"}
    )
    assert page.status_code == 302
    ada.refresh_from_db()
    assert (ada.note, ada.email) == ("Likes maps", "")
    client.post(reverse("network-remove", args=[ada.pk]))
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "A name or an address is enough"),
        ({"name": "A", "email": "nothing"}, "This is no address"),
        (
            {"name": "A", "profile": "https://elsewhere.example/in/a"},
            "begins with linkedin.com/in/",
        ),
        ({"name": "A", "email": "joe@odd.example"}, "Joe Odd is here already with this address"),
    ],
)
def test_what_is_said_wrongly_gets_a_sentence(
    client: Client, owner: User, told: dict[str, str], sentence: str
) -> None:
    client.force_login(owner)
    taken(owner, an_export())
    page = client.post(reverse("network-new"), told)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert Contact.objects.count() == 2


def test_a_file_given_on_the_page_says_what_came_of_it(client: Client, owner: User) -> None:
    client.force_login(owner)
    taken(owner, an_export())
    given = an_export(SECOND)
    given.name = "export.zip"
    page = client.post(reverse("network-take"), {"file": given}).content.decode()
    assert "1 with something new, 1 no longer connected" in page
    assert "now at Northlight, before at Tidewell" in page


def test_everybody_goes_out_as_cards_and_as_a_table_that_come_in_again(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    taken(owner, an_export())
    raw = client.get(reverse("network-vcf")).content
    cards, unread = cards_of(raw)
    assert ([card.name for card in cards], unread) == (["Ada Berg", "Joe Odd"], 0)
    assert client.get(reverse("network-vcf")).content == raw
    table = client.get(reverse("network-csv")).content
    assert taken(owner, io.BytesIO(table)) == {"known": 2}


def test_a_page_of_somebody_shows_what_was_said(client: Client, owner: User) -> None:
    client.force_login(owner)
    taken(owner, an_export(messages=TALKED), with_messages=True)
    ada = Contact.objects.get(name="Ada Berg")
    page = client.get(reverse("network-page", args=[ada.pk])).content.decode()
    assert "They wrote, on LinkedIn" in page
    assert "Hello again" in page


def test_an_application_shows_whom_one_knows_there_the_known_but_not_close_first(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    application = things_of(owner).application
    Contact.objects.all().delete()
    years_ago, lately = NOW.date().replace(year=2020), NOW.date().replace(month=10)
    cards = [
        Card(name="New Here", employer="Brackwater Mills", connected_date=lately),
        Card(name="Long Silent", employer="Brackwater Mills Ltd", connected_date=years_ago),
        Card(name="Known Well", employer="Brackwater Mills", connected_date=years_ago),
        Card(name="Not There", employer="Quayside", connected_date=years_ago),
    ]
    take_in(owner=owner, cards=cards, met_by=MetBy.LINKEDIN)
    Touch.objects.create(
        owner=owner, contact=Contact.objects.get(name="Known Well"), direction="in",
        channel="linkedin", kind="other", at=NOW,
    )  # fmt: skip
    page = client.get(reverse("applications-page", args=[application.pk]))
    names = [contact.name for contact in page.context["people"]]
    assert names == ["Known Well", "Long Silent", "New Here"]


def a_notice(subject: str, days: int = 0) -> Source:
    """A notice of LinkedIn's as it lies in a mailbox."""
    raw = (
        "From: LinkedIn <notifications-noreply@linkedin.com>\n"
        "To: ada@home.example\n"
        f"Subject: {subject}\n"
        f"Date: {format_datetime(NOW - timedelta(days=days))}\n"
        f"Message-ID: <{days}.{len(subject)}@linkedin.com>\n"
        "X-LinkedIn-Class: EMAIL-DEFAULT\n\n"
        "See more: https://www.linkedin.com/comm/feed?otpToken=secret\n"
    )
    return Source(subject, raw.encode())


def test_notices_in_the_mailbox_become_reasons_to_write_to_people_known_here(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    taken(owner, an_export())
    notices = [
        a_notice("Congratulate Ada Berg for 5 years at Tidewell", days=2),
        a_notice("Ada Berg shared a post: Maps", days=30),
        a_notice("Nobody Known shared a post: Buy"),
        a_notice("You appeared in 9 searches this week"),
    ]
    for _twice in range(2):
        receive_sources(owner=owner, sources=notices, now=NOW)
    told = Occasion.objects.values_list("contact__name", "kind", "years", "employer")
    assert sorted(told) == [
        ("Ada Berg", "anniversary", 5, "Tidewell"),
        ("Ada Berg", "post", None, ""),
    ]
    assert not Letter.objects.exists()
    found = client.get(reverse("network-list"), {"shown": "reason"}).context["found"]
    assert [one.name for one in found.object_list] == ["Ada Berg"]


def test_a_reason_to_write_is_shown_until_it_is_put_away(client: Client, owner: User) -> None:
    client.force_login(owner)
    taken(owner, an_export())
    taken(owner, an_export(SECOND))
    ada = Contact.objects.get(name="Ada Berg")
    occasion = Occasion.objects.get(contact=ada)
    Occasion.objects.update(at=timezone.now(), ends_at=timezone.now() + timedelta(days=5))
    address = reverse("network-page", args=[ada.pk])
    assert "A new job: Head of Planning at Northlight" in client.get(address).content.decode()
    client.post(reverse("network-put-away", args=[occasion.pk]))
    assert "A reason to write" not in client.get(address).content.decode()


def test_a_broken_address_book_is_not_called_an_export(client: Client) -> None:
    broken = SimpleUploadedFile("people.vcf", b"VERSION:3.0\nFN:Ines Halloran\nEND:VCA")
    answer = client.post("/people/take-in", {"file": broken})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This address book could not be read" in page
    assert "This is not" not in page
