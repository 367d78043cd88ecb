"""Every address, as its owner, as a stranger and as another person.

An address without a line in `TABLE` fails the test: whoever adds one says what others get there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import NOW, Things, a_debrief, a_mail_account, a_version, an_owner, things_of
from tests.reviewing import a_comment, a_reviewer, give_back

import kindregards.web
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import About, AnswerKind
from kindregards.core.speeches.speech import Direction as SpokenDirection
from kindregards.web.models import (
    Advice,
    Answer,
    Attempt,
    Blog,
    Contact,
    Critique,
    KindWord,
    Occasion,
    Podcast,
    PrivatePage,
    Rearrangement,
    Sample,
    Story,
    Touch,
)
from kindregards.web.network.merging import take_together
from kindregards.web.plan.moving import move_letter
from kindregards.web.practice.services import keep_written
from kindregards.web.reviews import text_for
from kindregards.web.speeches.bringing import keep_sound
from kindregards.web.speeches.queries import ABOUT_YOU
from kindregards.web.speeches.services import begin_listening

pytestmark = pytest.mark.django_db
Arguments = Callable[[Things], dict[str, Any]]


def _nothing(_things: Things) -> dict[str, Any]:
    return {}


def _letter(things: Things) -> dict[str, Any]:
    return {"pk": things.letter.pk}


def _application(things: Things) -> dict[str, Any]:
    return {"pk": things.application.pk}


def _plan(things: Things) -> dict[str, Any]:
    return {"pk": things.plan.pk}


def _step(things: Things) -> dict[str, Any]:
    return {"pk": things.plan.pk, "kind": "facts"}


def _rearranged(things: Things) -> dict[str, Any]:
    move_letter(letter=things.letter, to=things.application, now=NOW)
    return {"pk": Rearrangement.objects.get(owner=things.owner).pk}


def _contact(things: Things) -> dict[str, Any]:
    return {"pk": Contact.objects.get(owner=things.owner).pk}


def _hidden(things: Things) -> dict[str, Any]:
    kept = Contact.objects.get(owner=things.owner)
    other = Contact.objects.create(owner=things.owner, name="Ines H.")
    take_together(kept=kept, other=other, now=NOW)
    return {"pk": other.pk}


def _feed(things: Things) -> dict[str, Any]:
    feed = Blog.objects.create(
        owner=things.owner,
        contact=Contact.objects.get(owner=things.owner),
        address="http://127.0.0.1/feed",
    )
    return {"pk": feed.pk}


def _occasion(things: Things) -> dict[str, Any]:
    occasion = Occasion.objects.create(
        owner=things.owner,
        contact=Contact.objects.get(owner=things.owner),
        kind=OccasionKind.POST,
        at=NOW,
        ends_at=NOW,
    )
    return {"pk": occasion.pk}


def _version(things: Things) -> dict[str, Any]:
    return {"pk": a_version(things.owner).pk}


def _resume(things: Things) -> dict[str, Any]:
    return {"pk": a_version(things.owner).resume_id}


def _reviewer(things: Things) -> dict[str, Any]:
    return {"pk": a_reviewer(a_version(things.owner), NOW).pk}


def _said(things: Things) -> dict[str, Any]:
    reviewer = a_reviewer(a_version(things.owner), NOW, closes_at=NOW + timedelta(days=9_000))
    give_back(reviewer, NOW, a_comment(text_for(reviewer), "winter coats"))
    return {"pk": reviewer.comments.get().pk}


def _picture(things: Things) -> dict[str, Any]:
    return {**_version(things), "number": 1}


def _draft(things: Things) -> dict[str, Any]:
    return {"pk": things.draft.pk}


def _advice(things: Things) -> dict[str, Any]:
    answer = Answer.objects.create(
        owner=things.owner, draft=things.draft, letter=things.letter, kind=AnswerKind.ADVICE
    )
    quote = "Bring the winter coats next time."
    advice = Advice.objects.create(
        owner=things.owner, answer=answer, quote=quote, about=About.PRACTICE
    )
    return {"pk": advice.pk}


def _answer(things: Things) -> dict[str, Any]:
    return {"pk": Advice.objects.get(pk=_advice(things)["pk"]).answer_id}


def _touch(things: Things) -> dict[str, Any]:
    touch = Touch.objects.create(
        owner=things.owner, direction="out", channel="phone", kind="other", at=NOW
    )
    return {"pk": touch.pk}


def _sample(things: Things) -> dict[str, Any]:
    sample = Sample.objects.create(owner=things.owner, text="About winter coats.", added_at=NOW)
    return {"pk": sample.pk}


def _listening(things: Things) -> dict[str, Any]:
    return {"pk": begin_listening(owner=things.owner, speech=ABOUT_YOU, now=NOW).pk}


def _spoken(things: Things) -> dict[str, Any]:
    return {**_listening(things), "number": 4000}


def _own_sound(things: Things) -> dict[str, Any]:
    raw = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40
    speech = keep_sound(
        owner=things.owner,
        file=BytesIO(raw),
        name="winter coats.wav",
        size=len(raw),
        direction=SpokenDirection.CALM,
        now=NOW,
    )
    return {"pk": speech.pk}


def _podcast(things: Things) -> dict[str, Any]:
    podcast = Podcast.objects.create(owner=things.owner, address="http://127.0.0.1/feed")
    return {"pk": podcast.pk}


def _kind_word(things: Things) -> dict[str, Any]:
    word = KindWord.objects.create(owner=things.owner, quote="Winter coats.", added_at=NOW)
    return {"pk": word.pk}


def _mail(things: Things) -> dict[str, Any]:
    return {"pk": a_mail_account(things.owner).pk}


def _private_page(things: Things) -> dict[str, Any]:
    page = PrivatePage.objects.create(
        owner=things.owner, name=uuid4(), written_at=NOW, sealed=b"sealed"
    )
    return {"pk": page.pk}


def _run(things: Things) -> dict[str, Any]:
    return {"pk": things.run.pk}


def _left(things: Things) -> dict[str, Any]:
    return {"pk": things.left.pk}


def _debrief(things: Things) -> dict[str, Any]:
    return {"pk": a_debrief(things.application).pk}


def _screen(things: Things) -> dict[str, Any]:
    return {**_debrief(things), "prompt": "rounds"}


def _numbered(things: Things) -> dict[str, Any]:
    question = a_debrief(things.application).questions.get()
    return {"pk": question.debrief_id, "prompt": "question", "of": question.pk}


def _question(things: Things) -> dict[str, Any]:
    return {"pk": a_debrief(things.application).questions.get().pk}


def _attempt(things: Things) -> dict[str, Any]:
    question = a_debrief(things.application).questions.get()
    return {"pk": keep_written(question=question, words="I began with the sleeves.", now=NOW).pk}


def _critique(things: Things) -> dict[str, Any]:
    attempt = Attempt.objects.get(pk=_attempt(things)["pk"])
    critique = Critique.objects.create(
        owner=things.owner, attempt=attempt, to_try="The lining first.", made_at=NOW
    )
    return {"pk": critique.pk}


def _story(things: Things) -> dict[str, Any]:
    story = Story.objects.create(owner=things.owner, title="The winter coats", made_at=NOW)
    return {"pk": story.pk}


def _claim(things: Things) -> dict[str, Any]:
    return {"pk": a_debrief(things.application).claims.get().pk}


@dataclass(frozen=True)
class Address:
    """How to reach an address, and what its owner gets there."""

    arguments: Arguments = _nothing
    posted: bool = False
    given: dict[str, str] = field(default_factory=dict)
    owner_gets: int = 200
    both_methods: bool = False

    @property
    def is_of_an_object(self) -> bool:
        return self.arguments is not _nothing


def _post(arguments: Arguments = _nothing, owner_gets: int = 302, **given: str) -> Address:
    return Address(arguments, posted=True, given=given, owner_gets=owner_gets)


TABLE = {
    "accounts-settings": Address(both_methods=True),
    "accounts-somebody": Address(),
    "applications-correct": _post(_application, employer="Brackwater", role="", stage="screen"),
    "applications-csv": Address(),
    "applications-import": Address(both_methods=True),
    "applications-join": _post(_application, other=""),
    "applications-json": Address(),
    "applications-list": Address(),
    "applications-new": Address(both_methods=True),
    "applications-page": Address(_application),
    "applications-remove": _post(_application),
    "applications-sight": _post(rejected="hide"),
    "applications-split": _post(_application),
    "applications-undo": _post(_rearranged),
    "care-before": Address(),
    "care-forget": _post(what="marks"),
    "care-keep": _post(exercise="kindness", screen="1", text="Tired."),
    "care-kindness": Address(),
    "care-mood": _post(felt="5"),
    "care-page": Address(),
    "care-rest": _post(choice="never"),
    "imports-all-matter": _post(_run, key="offers@brackwater.example"),
    "imports-forget": _post(_run),
    "imports-go-on": _post(_run),
    "imports-left": Address(_run),
    "imports-list": Address(),
    "imports-matters": _post(_left),
    "imports-page": Address(_run),
    "imports-stop": _post(_run),
    "debriefs-begin": _post(_application),
    "debriefs-intention": _post(_debrief, said="tried"),
    "debriefs-judge": _post(_claim, borne_out="yes"),
    "debriefs-markdown": Address(_debrief),
    "debriefs-notes": Address(_debrief, both_methods=True),
    "debriefs-numbered": Address(_numbered, both_methods=True),
    "debriefs-page": Address(_debrief),
    "debriefs-practice": _post(_debrief),
    "debriefs-question": _post(_question, practice="yes"),
    "debriefs-remove": _post(_debrief),
    "debriefs-screen": Address(_screen, both_methods=True),
    "diagnosis-fixes": Address(),
    "diagnosis-flow": Address(),
    "diagnosis-market": _post(market="campus"),
    "diagnosis-page": Address(),
    "diagnosis-usual": Address(),
    "diagnosis-week": Address(),
    "diagnosis-week-file": Address(),
    "letters-again": _post(_letter),
    "letters-alike": Address(_letter, both_methods=True),
    "letters-answer": _post(_letter, kind="later"),
    "letters-correct": _post(_letter, kind="offer"),
    "letters-example": Address(),
    "letters-list": Address(),
    "letters-move": _post(_letter, to=""),
    "letters-page": Address(_letter),
    "letters-raw": Address(_letter),
    "letters-remove": _post(_letter),
    "letters-review": Address(),
    "letters-undo": _post(lambda things: {"pk": things.letter.pk, "field": "kind"}),
    "mail-change": Address(_mail, both_methods=True),
    "mail-check": _post(_mail),
    "mail-fetch": _post(_mail),
    "mail-folders": _post(_mail, owner_gets=422, folders=""),
    "mail-list": Address(),
    "mail-new": Address(both_methods=True),
    "mail-page": Address(_mail),
    "mail-pause": _post(_mail),
    "mail-remove": _post(_mail),
    "mail-resume": _post(_mail),
    "mail-sending": Address(_mail, both_methods=True),
    "mail-sending-stop": _post(_mail),
    "mail-standing": Address(_mail),
    "network-correct": _post(_contact, name="Ines Halloran", note="Knows the mills"),
    "network-csv": Address(),
    "network-same": _post(_contact, they="two"),
    "network-doubles": Address(),
    "network-list": Address(),
    "network-picture": Address(),
    "network-part": _post(_hidden),
    "network-put-away": _post(_occasion),
    "network-closeness": _post(_contact, closeness="warm", promised="A book"),
    "network-decide": _post(_contact, decision="later"),
    "network-undo": _post(_nothing),
    "network-feed": _post(_contact, address="http://127.0.0.1/feed"),
    "network-forget": _post(_feed),
    "network-look": _post(_feed),
    "network-reason": _post(_contact, kind="question", words="Which loom?"),
    "network-new": Address(both_methods=True),
    "network-page": Address(_contact),
    "network-remove": _post(_contact),
    "network-take": Address(both_methods=True),
    "network-vcf": Address(),
    "outreach-advice": _post(_advice, choice="take"),
    "outreach-anew": _post(_draft),
    "outreach-reason": _post(_answer, number="0", reason="skill"),
    "outreach-tell": _post(_draft),
    "outreach-answered": _post(_draft),
    "outreach-not-answered": _post(_draft),
    "outreach-check": _post(_draft, revision="0", text="Dear Ines,", subject="Thanks", to=""),
    "outreach-draft": Address(_draft),
    "outreach-eml": Address(_draft, owner_gets=302),  # a blank is left in it
    "outreach-look": Address(_draft),
    "outreach-next": _post(_draft, kind="advice_thanks"),
    "outreach-not-sent": _post(_draft),
    "outreach-overrule": _post(_draft, because="She asked me to."),
    "outreach-rights": Address(),
    "outreach-samples": Address(both_methods=True),
    "outreach-unsample": _post(_sample),
    "outreach-send": _post(_draft, owner_gets=404, revision="0", way="smtp", account="0"),
    "outreach-settle": _post(_draft, was_sent="no"),
    "outreach-sent": _post(_draft),
    "outreach-posted-again": _post(_draft, again="yes"),
    "outreach-take-up": _post(_draft),
    "outreach-redo": _post(_draft),
    "outreach-rest": Address(_draft),
    "outreach-touch": _post(_draft, direction="out", channel="phone", on="2026-09-01"),
    "outreach-undo": _post(_draft),
    "outreach-untouch": _post(_touch),
    "plan-decide": _post(_step, decision="done"),
    "plan-draft": _post(_plan),
    "plan-write": _post(_contact),
    "plan-digest": _post(owner_gets=404, account="0"),
    "plan-digest-stop": _post(),
    "plan-feed-file": Address(),
    "plan-feed-make": _post(),
    "plan-feed-names": _post(shows_names="on"),
    "plan-feed-revoke": _post(),
    "plan-reminders": Address(),
    "plan-home": Address(),
    "plan-note": _post(_step, note="They asked about lining.", was=""),
    "plan-page": Address(_plan),
    "plan-put": _post(owner_gets=422, text=""),
    "plan-step": Address(_step),
    "plan-readers": Address(_version, both_methods=True),
    "resumes-close": _post(_reviewer),
    "resumes-comments": Address(_version),
    "resumes-decide": _post(_said, decision="taken"),
    "resumes-known": _post(_reviewer),
    "resumes-link": _post(_reviewer),
    "resumes-compare": Address(_resume),
    "resumes-drop": _post(_version),
    "resumes-edit": Address(_version),
    "resumes-finish": _post(_version, markdown="# Ada", revision="0"),
    "resumes-keep": _post(_version, markdown="# Ada", revision="0"),
    "resumes-print": Address(_version),
    "resumes-redo": _post(_version),
    "resumes-sent": _post(_application, version=""),
    "resumes-undo": _post(_version),
    "resumes-went": _post(_version, application=""),
    "practice-answer": _post(_question, story=""),
    "practice-attempt": Address(_attempt),
    "practice-bring": _post(_question, owner_gets=422),
    "practice-critique": Address(_attempt, both_methods=True),
    "practice-done": _post(_attempt),
    "practice-interview": _post(application="0"),
    "practice-leave": _post(_question, practice="no"),
    "practice-list": Address(),
    "practice-new": Address(both_methods=True),
    "practice-page": Address(),
    "practice-piece": _post(_attempt, owner_gets=422),
    "practice-progress": Address(),
    "practice-question": Address(_question, both_methods=True),
    "practice-rate": _post(_attempt, point="4"),
    "practice-record": _post(_question, owner_gets=200),
    "practice-remove": _post(_question),
    "practice-sound": Address(_attempt, owner_gets=404),  # it was written
    "practice-starter": Address(both_methods=True),
    "practice-stories": Address(),
    "practice-story": Address(_story, both_methods=True),
    "practice-story-new": Address(both_methods=True),
    "practice-story-remove": _post(_story),
    "practice-take": Address(both_methods=True),
    "practice-try": Address(_question, both_methods=True),
    "practice-unattempt": _post(_attempt),
    "practice-uncritique": _post(_critique),
    "practice-unrecord": _post(),
    "practice-words": _post(_attempt, words="I began with the sleeves."),
    "resumes-list": Address(both_methods=True),
    "resumes-markdown": Address(_version),
    "resumes-longer": _post(_reviewer),
    "resumes-next": _post(_version),
    "resumes-reader": Address(_reviewer),
    "resumes-reader-remove": _post(_reviewer),
    "resumes-returned": _post(_reviewer, owner_gets=422),
    "resumes-revoke": _post(_reviewer),
    "resumes-thanked": _post(_reviewer),
    "resumes-tracked": Address(_version, owner_gets=404),  # it is of no DOCX
    "resumes-name": _post(_resume, name="For mills"),
    "resumes-original": Address(_version),
    "resumes-page": Address(_resume, both_methods=True),
    "resumes-picture": Address(_picture, owner_gets=404),  # it came as text, which has no pages
    "resumes-remove": _post(_resume),
    "resumes-version": Address(_version),
    "sharing-packet": Address(_reviewer),
    "speeches-begin": _post(speech="about_you"),
    "speeches-end": _post(_listening),
    "speeches-everything": Address(),
    "speeches-forget-word": _post(_kind_word),
    "speeches-kind": Address(both_methods=True),
    "speeches-listening": Address(_listening),
    "speeches-mark": _post(_listening, when="after", spot="5-5"),
    "speeches-marks": Address(),
    "speeches-own": Address(both_methods=True),
    "speeches-podcast": _post(_podcast),
    "speeches-remove": _post(_own_sound),
    "speeches-sound": Address(_own_sound),
    "speeches-check": _post(owner_gets=404, speech="own:second-chair-en"),
    "speeches-fetch": _post(owner_gets=404, speech="own:second-chair-en"),
    "speeches-page": Address(),
    "speeches-small": Address(both_methods=True),
    "speeches-text": Address(_listening),
    "speeches-voice": Address(_spoken, owner_gets=404),  # there is no such sentence
    "speeches-walk": Address(),
    "writing-after": Address(owner_gets=302),
    "writing-begin": _post(pages="thrown", length="four"),
    "writing-delete": _post(_private_page),
    "writing-delete-all": _post(),
    "writing-done": _post(),
    "writing-keep": _post(words="Heavy.", passphrase="four words of mine"),
    "writing-leave": _post(),
    "writing-page": Address(_private_page, both_methods=True),
    "writing-pages": Address(),
    "writing-sitting": Address(owner_gets=302),
    "writing-start": Address(),
}
WORDS_OF_THE_OWNER = ("brackwater", "pattern cutter", "halloran", "winter coats")
# They take strangers by design; test_sign_in.py, test_feed.py and test_sharing.py have their tests.
OPEN = {"accounts-enter", "plan-feed", "sharing-keep", "sharing-nothing", "sharing-review"}
OWNED = sorted(name for name, address in TABLE.items() if address.is_of_an_object)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def _ask(client: Client, name: str, things: Things, *, swapped: bool = False) -> HttpResponse:
    address = TABLE[name]
    path = reverse(name, kwargs=address.arguments(things))
    if address.posted != swapped:
        return client.post(path, address.given)  # type: ignore[return-value]
    return client.get(path)  # type: ignore[return-value]


def _words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().lower().split())


def _tells(answer: HttpResponse) -> list[str]:
    return [word for word in WORDS_OF_THE_OWNER if word in _words(answer)]


@pytest.fixture
def things() -> Things:
    """What the owner has."""
    return things_of(an_owner("ada"))


@pytest.fixture
def as_owner(things: Things) -> Client:
    """A browser in which the owner has signed in."""
    client = Client()
    client.force_login(things.owner)
    return client


@pytest.fixture
def as_another() -> Client:
    """A browser in which somebody else has signed in."""
    client = Client()
    client.force_login(an_owner("ben"))
    return client


def test_every_address_is_in_the_table() -> None:
    names = {pattern.name for pattern in _patterns(get_resolver())}
    assert names == set(TABLE) | OPEN


def test_every_address_that_a_page_names_exists() -> None:
    known = {pattern.name for pattern in _patterns(get_resolver())}
    pages = list((Path(kindregards.web.__file__).parent / "templates").rglob("*.*"))
    named = {
        name
        for page in pages
        for name in re.findall(r"{%\s*url ['\"]([^'\"]+)['\"]", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert named <= known


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_owner_gets_what_was_asked_for(name: str, as_owner: Client, things: Things) -> None:
    assert _ask(as_owner, name, things).status_code == TABLE[name].owner_gets


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_learns_how_to_come_in_and_nothing_else(name: str, things: Things) -> None:
    answer = _ask(Client(), name, things)
    assert answer.status_code == 403
    assert "open the link that the program printed" in _words(answer)
    assert not _tells(answer)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_whose_form_has_no_token_gets_nothing_either(name: str, things: Things) -> None:
    answer = _ask(Client(enforce_csrf_checks=True), name, things)
    assert answer.status_code == 403
    assert not _tells(answer)


@pytest.mark.parametrize("name", OWNED)
def test_another_person_finds_nothing_at_the_owners_addresses(
    name: str, as_another: Client, things: Things
) -> None:
    assert _ask(as_another, name, things).status_code == 404


@pytest.mark.parametrize("name", OWNED)
def test_another_person_changes_nothing(name: str, as_another: Client, things: Things) -> None:
    _ask(as_another, name, things)
    for row in (
        things.letter,
        things.application,
        things.plan,
        things.draft,
        things.run,
        things.left,
    ):
        before = {key: value for key, value in vars(row).items() if not key.startswith("_")}
        now = type(row).objects.values().get(pk=row.pk)
        assert {key: before[key] for key in now} == now
    assert things.plan.steps.count() == 0
    assert things.letter.corrections.count() == 0


@pytest.mark.parametrize("name", sorted(set(TABLE) - set(OWNED)))
def test_pages_without_an_object_show_another_person_nothing_of_the_owner(
    name: str, as_another: Client, things: Things
) -> None:
    answer = _ask(as_another, name, things)
    assert answer.status_code == TABLE[name].owner_gets
    assert not _tells(answer)


@pytest.mark.parametrize(
    "name", sorted(name for name, address in TABLE.items() if not address.both_methods)
)
def test_an_address_takes_only_its_own_method(name: str, as_owner: Client, things: Things) -> None:
    assert _ask(as_owner, name, things, swapped=True).status_code == 405


@pytest.mark.parametrize("name", OWNED)
def test_a_number_that_is_nobodys_finds_nothing(
    name: str, as_owner: Client, things: Things
) -> None:
    path = reverse(name, kwargs={**TABLE[name].arguments(things), "pk": 2**63 + 1})
    answer = as_owner.post(path) if TABLE[name].posted else as_owner.get(path)
    assert answer.status_code == 404
