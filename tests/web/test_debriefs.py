"""A debrief as its pages keep it: screens, sittings, people, questions, claims, the one plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories import FORM, INTERVIEWED, INVITED, a_letter, an_owner, received
from tests.web.drafting import CALM

from kindregards.core.debriefs import Prompt, Screen, Sitting
from kindregards.core.debriefs.prompts import screens
from kindregards.core.network.card import Card
from kindregards.core.outreach import AnswerKind
from kindregards.core.plan import StepKind
from kindregards.web.contacts import meet
from kindregards.web.debriefs.queries import debrief_of, intention_of, known_of, words_at
from kindregards.web.debriefs.recording import record_of
from kindregards.web.models import (
    Answer,
    Application,
    Claim,
    Contact,
    Debrief,
    Draft,
    Letter,
    MetBy,
    Note,
    PlanStep,
    Question,
    Rearrangement,
    User,
)
from kindregards.web.outreach.services import write_to_another
from kindregards.web.outreach.writing import write as put_into_words


@pytest.fixture
def application(letter: Letter) -> Application:
    """An application that ended in a rejection after an interview."""
    assert letter.application is not None
    return letter.application


@pytest.fixture
def debrief(application: Application, client: Client) -> Debrief:
    """Its debrief, as the button of the plan begins it."""
    client.post(f"/applications/{application.pk}/debrief", {"sitting": "facts"})
    return Debrief.objects.get()


def fresh(debrief: Debrief) -> Debrief:
    return debrief_of(debrief.owner, debrief.pk)


def at(debrief: Debrief, prompt: str, of: int | None = None) -> str:
    return f"/debriefs/{debrief.pk}/{prompt}/" + ("" if of is None else f"{of}/")


def write(client: Client, path: str, text: str = "", go: str = "on", **given: Any) -> Any:
    """Fill in one screen and press a button, as a window does that has just been opened."""
    page = client.get(path)
    kept = page.context["shown"]
    told = {"text": text, "was": kept.text, "window": page.context["window"], "go": go}
    return client.post(path, told | given)


def autosave(client: Client, path: str, text: str, window: str = "w1", **given: Any) -> Any:
    told = {"text": text, "was": "", "window": window}
    return client.post(path, told | given, headers={"HX-Request": "true"})


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


# The way through ------------------------------------------------------------------------------


def test_both_sittings_lead_from_screen_to_screen_and_settle_step_0(
    debrief: Debrief, client: Client
) -> None:
    path = at(debrief, "rounds")
    for sitting in (Sitting.FACTS, Sitting.MEANING):
        for screen in screens(sitting, known_of(fresh(debrief))):
            assert path == at(debrief, screen.prompt, screen.of)
            path = write(client, path).url
        assert path == f"/debriefs/{debrief.pk}/"
        decided = PlanStep.objects.get(kind=StepKind(sitting.value))
        assert decided.choice == "done"
        if sitting is Sitting.FACTS:
            answer = client.post(
                f"/applications/{debrief.application_id}/debrief", {"sitting": "meaning"}
            )
            path = answer.url  # type: ignore[attr-defined]
    assert "Thought through" in words_of(client.get(path))


def test_a_question_that_is_written_offers_room_for_another_until_it_is_left_empty(
    debrief: Debrief, client: Client
) -> None:
    first = write(client, at(debrief, "question", 0), "Why this house?", went="2")
    question = Question.objects.get()
    assert (question.text, question.went) == ("Why this house?", 2)
    assert first.url == at(debrief, "question", 0)
    assert "What else did they ask?" in words_of(client.get(first.url))
    assert write(client, first.url).url == at(debrief, "said", question.pk)
    write(client, at(debrief, "said", question.pk), "I began with the wool.")
    assert words_at(fresh(debrief), Prompt.SAID, question.pk) == "I began with the wool."


def test_a_question_whose_words_are_taken_out_is_gone_unless_an_answer_hangs_on_it(
    debrief: Debrief, client: Client
) -> None:
    for text in ("Why us?", "Why now?"):
        write(client, at(debrief, "question", 0), text)
    first, second = Question.objects.order_by("pk")
    write(client, at(debrief, "said", second.pk), "Because of the wool.")
    write(client, at(debrief, "question", first.pk))
    write(client, at(debrief, "question", second.pk))
    assert [one.pk for one in Question.objects.all()] == [second.pk]


def test_back_leads_to_the_screen_before_and_keeps_the_words(
    debrief: Debrief, client: Client
) -> None:
    answer = write(client, at(debrief, "people"), "Ines Halloran", go="back")
    assert answer.url == at(debrief, "rounds")
    assert words_at(fresh(debrief), Prompt.PEOPLE) == "Ines Halloran"
    assert write(client, at(debrief, "rounds"), go="back").url == f"/debriefs/{debrief.pk}/"


def test_what_was_left_is_taken_up_at_the_same_place(debrief: Debrief, client: Client) -> None:
    assert write(client, at(debrief, "reactions"), "The wool.", go="leave").status_code == 302
    begin = f"/applications/{debrief.application_id}/debrief"
    assert client.post(begin, {"sitting": "facts"}).url == at(debrief, "reactions")  # type: ignore[attr-defined]
    assert client.post(begin).url == at(debrief, "reactions")  # type: ignore[attr-defined]
    assert Debrief.objects.count() == 1


def test_an_application_on_paper_is_not_asked_about_a_conversation(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    application = received(owner, a_letter(FORM, sent_at=now), now=now).application
    assert application is not None
    answer = client.post(f"/applications/{application.pk}/debrief")
    assert answer.url.endswith("/advert/")  # type: ignore[attr-defined]
    assert client.get(at(Debrief.objects.get(), "people")).status_code == 404


@pytest.mark.parametrize("path", ["then/", "rest/", "nowhere/", "question/", "question/77/"])
def test_a_screen_that_there_is_not_is_not_found(
    debrief: Debrief, client: Client, path: str
) -> None:
    assert client.get(f"/debriefs/{debrief.pk}/{path}").status_code == 404


def test_the_letter_lies_beside_the_question_about_it(debrief: Debrief, client: Client) -> None:
    page = words_of(client.get(at(debrief, "letter")))
    assert "<mark>we have decided not to move forward with your application</mark>" in page
    assert "What it does not say" in page


# Right after an interview ---------------------------------------------------------------------


@pytest.fixture
def invited(owner: User) -> Application:
    """An application with an interview and no answer yet."""
    now = timezone.now()
    application = received(owner, a_letter(INVITED, sent_at=now), now=now).application
    assert application is not None
    return application


def test_a_debrief_is_offered_right_after_an_interview(
    invited: Application, client: Client
) -> None:
    assert "The interview is over?" in words_of(client.get(f"/applications/{invited.pk}/"))
    assert "The conversation is over?" in words_of(client.get("/"))
    client.post(f"/applications/{invited.pk}/debrief", {"sitting": "facts"})
    assert "The conversation is over?" not in words_of(client.get("/"))
    assert "What you wrote down of it" in words_of(client.get(f"/applications/{invited.pk}/"))
    asked = {one.prompt for one in screens(Sitting.FACTS, known_of(fresh(Debrief.objects.get())))}
    assert not asked & {Prompt.LETTER, Prompt.OTHER_REASONS}


def test_when_the_letter_comes_only_what_it_adds_is_asked(
    owner: User, invited: Application, client: Client
) -> None:
    client.post(f"/applications/{invited.pk}/debrief", {"sitting": "facts"})
    debrief = Debrief.objects.get()
    write(client, at(debrief, "not_shown"), "Lining.")
    assert fresh(debrief).facts_done_at is not None
    now = timezone.now()
    received(owner, a_letter(message_id="no", sent_at=now), now=now)
    answer = client.post(f"/applications/{invited.pk}/debrief", {"sitting": "facts"})
    assert answer.url == at(debrief, "letter")  # type: ignore[attr-defined]


def test_what_was_written_before_the_letter_changes_the_words_of_the_step(
    owner: User, invited: Application, client: Client
) -> None:
    client.post(f"/applications/{invited.pk}/debrief", {"sitting": "facts"})
    debrief = Debrief.objects.get()
    told = client.post(
        at(debrief, "not_shown"),
        {"text": "Lining.", "was": "", "window": "w", "go": "on"},
        follow=True,
    )
    assert "When they answer, only what the letter adds is asked." in words_of(told)
    assert "after a night's sleep" not in words_of(told)
    now = timezone.now()
    received(owner, a_letter(message_id="no", sent_at=now), now=now)
    page = words_of(client.get(f"/plans/{invited.plan.pk}/facts/"))
    assert "What they asked is written down already." in page
    assert "See what the letter adds" in page
    assert "Which conversations there were" not in page
    assert "Details fade" not in page


def test_a_department_is_written_to_and_who_signed_is_greeted(owner: User, client: Client) -> None:
    now = timezone.now()
    sender = "Brackwater Careers <careers@brackwater.example>"
    raw = a_letter(sent_at=now - timedelta(days=2), sender=sender)
    application = received(owner, raw, now=now).application
    assert application is not None
    client.post(f"/plans/{application.plan.pk}/draft")
    draft = Draft.objects.get()
    assert draft.recipient_email == "careers@brackwater.example"
    assert draft.recipient_name == "Ines Halloran"
    assert "Ines" in greeting(draft)


# Kept while it is written ---------------------------------------------------------------------


def test_words_are_kept_at_every_pause(debrief: Debrief, client: Client) -> None:
    answer = autosave(client, at(debrief, "reactions"), "The wo")
    assert "Saved at" in words_of(answer)
    autosave(client, at(debrief, "reactions"), "The wool.")
    assert words_at(fresh(debrief), Prompt.REACTIONS) == "The wool."


def test_a_new_question_is_made_once_however_often_it_is_saved(
    debrief: Debrief, client: Client
) -> None:
    first = autosave(client, at(debrief, "question", 0), "Why", of="0")
    number = Question.objects.get().pk
    assert first["HX-Replace-Url"] == at(debrief, "question", number)
    assert f'name="of" value="{number}"' in words_of(first)
    autosave(client, at(debrief, "question", 0), "Why us?", of=str(number), went="4")
    question = Question.objects.get()
    assert (question.text, question.went) == ("Why us?", 4)


def test_two_windows_lose_nothing_and_both_texts_can_be_put_together(
    debrief: Debrief, client: Client
) -> None:
    path = at(debrief, "reactions")
    autosave(client, path, "From the first.", "one")
    answer = autosave(client, path, "From the second.", "two")
    assert answer.status_code == 409
    assert "Another window wrote here meanwhile. Both texts are kept." in words_of(answer)
    assert 'name="was"' not in words_of(answer)
    autosave(client, path, "From the second. And on.", "two")
    autosave(client, path, "From the first. And on.", "one")
    page = words_of(client.get(path))
    assert "From the first. And on." in page
    assert "From the second. And on." in page
    write(client, path, "From the first. And on.", go="together")
    note = Note.objects.get(prompt=Prompt.REACTIONS)
    assert note.text == "From the first. And on.\n\nFrom the second. And on."
    assert note.aside == ""


def test_without_scripts_two_windows_lose_nothing_either(debrief: Debrief, client: Client) -> None:
    path = at(debrief, "why")
    told = {"was": "", "go": "on"}
    client.post(path, told | {"text": "One.", "window": "one"})
    answer = client.post(path, told | {"text": "Two.", "window": "two"})
    assert answer.status_code == 409
    assert "One." in words_of(answer)
    assert "Two." in words_of(answer)
    write(client, path, "One.", go="drop")
    note = Note.objects.get(prompt=Prompt.WHY)
    assert (note.text, note.aside) == ("One.", "")


def test_words_for_a_question_that_another_window_removed_become_a_new_one(
    debrief: Debrief, client: Client
) -> None:
    write(client, at(debrief, "question", 0), "Why us?")
    number = Question.objects.get().pk
    Question.objects.all().delete()
    autosave(client, at(debrief, "question", number), "Why us, and not them?")
    assert Question.objects.get().text == "Why us, and not them?"


def test_what_is_far_too_long_stays_on_the_page(debrief: Debrief, client: Client) -> None:
    answer = write(client, at(debrief, "why"), "x" * 50_001)
    assert answer.status_code == 422
    assert "longer than 50,000 characters" in words_of(answer)
    assert "x" * 50_001 in answer.content.decode()
    assert autosave(client, at(debrief, "why"), "x" * 50_001).status_code == 422
    assert not Note.objects.exists()


# What follows ---------------------------------------------------------------------------------


def test_who_was_there_becomes_a_contact_and_a_slip_of_the_pen_leaves_none(
    debrief: Debrief, client: Client
) -> None:
    write(client, at(debrief, "people"), "Ines Haloran\nTom Bakker, cutting room")
    write(client, at(debrief, "people"), "Ines Halloran, head of studio\nTom Bakker")
    found = Contact.objects.order_by("name").values_list("name", "role", "employer__name")
    assert list(found) == [
        ("Ines Halloran", "head of studio", "Brackwater Mills"),
        ("Tom Bakker", "cutting room", "Brackwater Mills"),
    ]
    page = words_of(client.get(f"/debriefs/{debrief.pk}/"))
    assert "Tom Bakker, cutting room" in page


def test_somebody_known_already_stays_one_contact(debrief: Debrief, client: Client) -> None:
    employer = debrief.application.employer
    card = Card(name="Mira Voss", employer="Brackwater Mills")
    known = meet(owner=debrief.owner, card=card, employer=employer, met_by=MetBy.LETTER)
    before = Contact.objects.count()
    write(client, at(debrief, "people"), "Mira voss, head of studio\nMira Voss")
    write(client, at(debrief, "people"), "Mira Voss, head of studio")
    assert Contact.objects.count() == before
    assert known.meetings.count() == 1
    write(client, at(debrief, "people"), "")
    assert Contact.objects.count() == before
    assert known.meetings.count() == 0


MET = "Tomas Reed, cutting room, tomas.reed@brackwater.example"


def drafted(debrief: Debrief, client: Client) -> Draft:
    """The request for advice, as the button of the plan begins it."""
    client.post(f"/plans/{debrief.application.plan.pk}/draft")
    return Draft.objects.get()


def greeting(draft: Draft) -> str:
    return draft.text.partition("\n")[0]


def test_the_letter_goes_to_whom_the_debrief_says_was_met(debrief: Debrief, client: Client) -> None:
    write(client, at(debrief, "people"), MET)
    assert "Ask Tomas Reed for advice" in words_of(client.get("/"))
    draft = drafted(debrief, client)
    assert draft.recipient_name == "Tomas Reed"
    assert draft.recipient_email == "tomas.reed@brackwater.example"
    assert "Tomas" in greeting(draft)


def test_somebody_met_who_has_no_address_is_greeted_where_nobody_else_can_be_reached(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    raw = a_letter(
        FORM.replace("Ines", ""), sent_at=now - timedelta(days=2), sender="noreply@mills.example"
    )
    application = received(owner, raw, now=now).application
    assert application is not None
    Application.objects.update(stage="interview")
    client.post(f"/applications/{application.pk}/debrief", {"sitting": "facts"})
    debrief = Debrief.objects.get()
    write(client, at(debrief, "people"), "Tomas Reed")
    draft = drafted(debrief, client)
    assert (draft.recipient_name, draft.recipient_email) == ("Tomas Reed", "")
    assert "Tomas" in greeting(draft)
    assert "No address is known yet" in words_of(client.get(f"/drafts/{draft.pk}/"))


def test_a_letter_that_is_begun_can_be_turned_to_whom_one_met(
    debrief: Debrief, client: Client
) -> None:
    draft = drafted(debrief, client)
    assert "Ines" in greeting(draft)
    write(client, at(debrief, "people"), MET)
    path = f"/drafts/{draft.pk}/"
    page = words_of(client.get(path))
    met = Contact.objects.get(name="Tomas Reed")
    assert "Tomas Reed</button>, whom you met." in page
    told = {
        "text": draft.text,
        "subject": draft.subject,
        "to": "Ines Halloran <ines.halloran@brackwater.example>",
        "revision": draft.revision,
        "reader": str(met.pk),
    }
    client.post(f"{path}check", told)
    draft.refresh_from_db()
    assert draft.recipient_email == "tomas.reed@brackwater.example"
    assert "Tomas" in greeting(draft)
    assert "Ines" not in greeting(draft)
    assert "Ines Halloran</button>" in words_of(client.get(path))
    client.post(f"{path}undo")
    draft.refresh_from_db()
    assert draft.recipient_email == "ines.halloran@brackwater.example"
    assert "Ines" in greeting(draft)


THANKS_FOR_WRITING = ("for writing yourself", "your own words", "a letter that was meant for me")


@pytest.fixture
def personal(letter: Letter) -> Letter:
    """The same letter, corrected to one that was written for the person."""
    letter.reading = letter.reading | {"style": "personal"}
    letter.style = "personal"
    letter.save()
    return letter


def thanks_for_writing(debrief: Debrief, to: str) -> bool:
    """Whether any of thirty letters to somebody thanks them for having written."""
    letter = Letter.objects.get()
    draft = Draft(
        owner=debrief.owner,
        application=debrief.application,
        kind="advice_request",
        recipient_name=to,
    )
    texts = []
    for seed in range(30):
        draft.seed = seed
        put_into_words(draft, letter)
        texts.append(draft.text)
    return any(thanks in text for text in texts for thanks in THANKS_FOR_WRITING)


def test_only_who_wrote_the_letter_is_thanked_for_writing(
    debrief: Debrief, personal: Letter
) -> None:
    assert thanks_for_writing(debrief, "Ines Halloran")
    assert not thanks_for_writing(debrief, "Tomas Reed")


def test_a_letter_turned_to_somebody_who_did_not_write_does_not_thank_for_writing(
    debrief: Debrief, personal: Letter, client: Client
) -> None:
    draft = drafted(debrief, client)
    draft.text = "Hello Ines,\n\nThank you for your time, and for writing yourself.\n\nAda"
    draft.save()
    write(client, at(debrief, "people"), MET)
    write_to_another(draft=draft, contact=Contact.objects.get(name="Tomas Reed"))
    draft.refresh_from_db()
    assert draft.text == "Hello Tomas,\n\nThank you for your time.\n\nAda"


def test_the_plan_names_whom_the_letter_went_to(debrief: Debrief, client: Client) -> None:
    draft = drafted(debrief, client)
    write(client, at(debrief, "people"), MET)
    write_to_another(draft=draft, contact=Contact.objects.get(name="Tomas Reed"))
    client.post(f"/drafts/{draft.pk}/check", {"text": CALM, "revision": draft.revision})
    client.post(f"/drafts/{draft.pk}/sent")
    plan = f"/plans/{debrief.application.plan.pk}/"
    assert "Asked Tomas Reed for advice" in words_of(client.get(plan))


def test_of_several_who_were_met_the_one_who_wrote_is_asked(
    debrief: Debrief, client: Client
) -> None:
    write(client, at(debrief, "people"), f"Ines Halloran\n{MET}")
    assert "Ask Ines Halloran for advice" in words_of(client.get("/"))


def test_a_letter_is_turned_to_nobody_of_somebody_elses(
    debrief: Debrief, client: Client, owner: User
) -> None:
    draft = drafted(debrief, client)
    theirs = Contact.objects.create(owner=an_owner("ben"), name="Tomas Reed")
    elsewhere = Contact.objects.create(owner=owner, name="Mira Voss")
    for one in (theirs, elsewhere):
        told = {"text": draft.text, "subject": draft.subject, "to": "", "reader": str(one.pk)}
        client.post(f"/drafts/{draft.pk}/check", told | {"revision": draft.revision})
        draft.refresh_from_db()
        assert draft.recipient_name == ""
    page = words_of(client.get(f"/drafts/{draft.pk}/"))
    assert "Tomas Reed" not in page
    assert "Mira Voss" not in page


def test_what_went_badly_goes_to_practice_with_one_press_and_at_most_three(
    debrief: Debrief, client: Client
) -> None:
    for number, went in enumerate((5, 2, 1, 2, 1, 2)):
        write(client, at(debrief, "question", 0), f"Question {number}?", went=str(went))
    page = client.post(f"/debriefs/{debrief.pk}/practice", follow=True)
    chosen = Question.objects.filter(to_practice=True).order_by("pk")
    assert [one.text for one in chosen] == ["Question 1?", "Question 2?", "Question 4?"]
    assert "Say the answer aloud before you look" in words_of(page)
    client.post(f"/questions/{chosen[0].pk}/practice", {"practice": "no"})
    assert Question.objects.filter(to_practice=True).count() == 2


def test_nothing_surer_than_rather_likely_is_offered_while_nobody_said_why(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    application = received(owner, a_letter(FORM, sent_at=now), now=now).application
    assert application is not None
    client.post(f"/applications/{application.pk}/debrief")
    debrief = Debrief.objects.get()
    page = client.get(at(debrief, "cause", 0))
    assert [level.confidence for level in page.context["shown"].levels] == [10, 30, 50, 60]
    Claim.objects.create(owner=owner, debrief=debrief, text="Too little wool.", confidence=95)
    assert "How sure: rather likely." in words_of(client.get(f"/debriefs/{debrief.pk}/"))


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False), ("open", None)])
def test_a_claim_is_borne_out_or_not(
    debrief: Debrief, client: Client, said: str, kept: bool | None
) -> None:
    claim = Claim.objects.create(
        owner=debrief.owner, debrief=debrief, text="Wool.", is_borne_out=True, confidence=30
    )
    client.post(f"/claims/{claim.pk}/judge", {"borne_out": said})
    claim.refresh_from_db()
    assert claim.is_borne_out is kept
    client.post(f"/claims/{claim.pk}/judge", {"borne_out": "perhaps"})
    claim.refresh_from_db()
    assert claim.is_borne_out is kept


def test_the_one_plan_has_its_day_and_comes_back_on_it_once(
    debrief: Debrief, client: Client
) -> None:
    write(client, at(debrief, "if_then"), "they ask why I left", then="I begin with the wool")
    today = timezone.localdate()
    write(client, at(debrief, "try"), "the kitchen", day=today.isoformat())
    sentence = "If they ask why I left, then I begin with the wool."
    intention = intention_of(fresh(debrief))
    assert (intention.said, intention.on, intention.place) == (sentence, today, "the kitchen")
    assert sentence in words_of(client.get("/"))
    plan = debrief.application.plan
    assert sentence in words_of(client.get(f"/plans/{plan.pk}/"))
    client.post(f"/debriefs/{debrief.pk}/intention", {"said": "later"})
    assert sentence not in words_of(client.get("/"))
    client.post(f"/debriefs/{debrief.pk}/intention", {"said": "later", "day": today.isoformat()})
    client.post(f"/debriefs/{debrief.pk}/intention", {"said": "tried"})
    assert sentence not in words_of(client.get("/"))
    assert "Tried aloud" in words_of(client.get(f"/plans/{plan.pk}/"))


@pytest.mark.parametrize("days", [-1, 800])
def test_a_day_that_is_over_or_very_far_is_not_taken(
    debrief: Debrief, client: Client, days: int
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    write(client, at(debrief, "try"), day=day.isoformat())
    page = client.post(
        f"/debriefs/{debrief.pk}/intention", {"said": "later", "day": day.isoformat()}, follow=True
    )
    assert "Choose a day from today on" in words_of(page)
    assert fresh(debrief).practice_date is None


def test_lines_kept_at_the_step_before_go_along(application: Application, client: Client) -> None:
    plan = application.plan
    client.post(f"/plans/{plan.pk}/facts/note", {"note": "Two people, an hour.", "was": ""})
    client.post(f"/applications/{application.pk}/debrief", {"sitting": "facts"})
    assert words_at(fresh(Debrief.objects.get()), Prompt.REST) == "Two people, an hour."


def test_a_removed_debrief_takes_only_the_contacts_that_came_by_it(
    debrief: Debrief, client: Client
) -> None:
    employer = debrief.application.employer
    card = Card(name="Tom Bakker", employer="Brackwater Mills")
    meet(owner=debrief.owner, card=card, employer=employer, met_by=MetBy.LETTER)
    before = set(Contact.objects.values_list("name", flat=True))
    write(client, at(debrief, "people"), "Mira Voss\nTom Bakker")
    assert set(Contact.objects.values_list("name", flat=True)) == before | {"Mira Voss"}
    client.post(f"/debriefs/{debrief.pk}/remove")
    assert not Debrief.objects.exists()
    assert set(Contact.objects.values_list("name", flat=True)) == before


# With other slices ----------------------------------------------------------------------------


@pytest.fixture
def elsewhere(owner: User) -> Application:
    """An application to another employer, with an interview."""
    raw = a_letter(INVITED, employer="Larkfield Energy", message_id="elsewhere")
    application = received(owner, raw, now=timezone.now()).application
    assert application is not None
    return application


def test_a_debrief_goes_along_when_applications_are_joined_and_comes_back(
    owner: User, debrief: Debrief, elsewhere: Application, client: Client
) -> None:
    was = debrief.application_id
    client.post(f"/applications/{elsewhere.pk}/join", {"other": str(was)})
    assert fresh(debrief).application_id == elsewhere.pk
    done = Rearrangement.objects.get(owner=owner)
    client.post(f"/rearranged/{done.pk}/undo")
    assert fresh(debrief).application_id == was


def test_a_debrief_outlives_the_last_letter_of_its_application(
    debrief: Debrief, letter: Letter, client: Client
) -> None:
    write(client, at(debrief, "rounds"), "A call.")
    client.post(f"/letters/{letter.pk}/remove")
    assert not Letter.objects.exists()
    assert words_at(fresh(debrief), Prompt.ROUNDS) == "A call."


def test_a_debrief_outlives_its_letter_being_about_something_else(
    debrief: Debrief, letter: Letter, client: Client
) -> None:
    client.post(f"/letters/{letter.pk}/correct", {"kind": "job_alert"})
    letter.refresh_from_db()
    assert letter.kind == "job_alert"
    assert Debrief.objects.filter(pk=debrief.pk).exists()


def test_the_diagnosis_shows_claims_apart_and_makes_no_figure_of_them(
    debrief: Debrief, client: Client
) -> None:
    before = client.get("/diagnosis/").context["found"]
    for text, borne_out in (
        ("Too little wool.", True),
        ("The pay.", False),
        ("The weather.", None),
    ):
        Claim.objects.create(
            owner=debrief.owner, debrief=debrief, text=text, confidence=90, is_borne_out=borne_out
        )
    page = client.get("/diagnosis/")
    assert page.context["found"] == before
    own = words_of(page).split('id="own-view"')[1]
    assert "Of 2 that you judged by what came later, 1 was borne out." in own
    assert all(text in own for text in ("Too little wool.", "The pay.", "The weather."))


def test_an_answer_asks_whether_it_bears_out_what_was_thought(
    owner: User, debrief: Debrief, sent: Draft, client: Client
) -> None:
    claim = Claim.objects.create(owner=owner, debrief=debrief, text="Too little wool.")
    path = f"/drafts/{sent.pk}/"
    asks = "Does it bear out what you thought?"
    assert asks not in words_of(client.get(path))
    letter = received(owner, a_letter(message_id="answer"), now=timezone.now())
    Answer.objects.create(owner=owner, draft=sent, letter=letter, kind=AnswerKind.ADVICE)
    assert asks in words_of(client.get(path))
    client.post(f"/claims/{claim.pk}/judge", {"borne_out": "yes", "back": path})
    assert "What came later bears it out." in words_of(client.get(path))


def test_an_answer_is_laid_beside_what_was_thought_on_its_own_page(
    owner: User, debrief: Debrief, sent: Draft, client: Client
) -> None:
    claim = Claim.objects.create(owner=owner, debrief=debrief, text="Too little wool.")
    asks = "Does it bear out what you thought?"
    assert sent.application.letters.count() == 1
    assert asks not in words_of(client.get(f"/letters/{sent.application.letters.get().pk}/"))
    letter = received(owner, a_letter(message_id="answer"), now=timezone.now())
    path = f"/letters/{letter.pk}/"
    answer = Answer.objects.create(owner=owner, draft=sent, letter=letter, kind=AnswerKind.AWAY)
    assert asks not in words_of(client.get(path))
    answer.kind = AnswerKind.ADVICE
    answer.save()
    page = words_of(client.get(path))
    assert page.count(asks) == 1
    assert "Too little wool." in page
    told = client.post(f"/claims/{claim.pk}/judge", {"borne_out": "no", "back": path}, follow=True)
    assert told.redirect_chain[-1][0] == path
    assert "What came later does not bear it out." in words_of(told)


def test_a_reason_that_comes_after_the_thinking_is_laid_beside_it(
    owner: User, debrief: Debrief, client: Client
) -> None:
    Claim.objects.create(owner=owner, debrief=debrief, text="Too little wool.")
    reason = "We chose somebody who has led a team before.\n\nKind regards,"
    raw = a_letter(
        INTERVIEWED.replace("Kind regards,", reason), message_id="late", sent_at=timezone.now()
    )
    letter = received(owner, raw, now=timezone.now())
    assert letter.application == debrief.application
    assert letter.reading["feedback"]
    assert "Does it bear out what you thought?" in words_of(client.get(f"/letters/{letter.pk}/"))
    Debrief.objects.update(began_at=timezone.now())
    assert "Too little wool." not in words_of(client.get(f"/letters/{letter.pk}/"))


def test_the_step_that_improves_leads_to_the_questions(debrief: Debrief, client: Client) -> None:
    plan = debrief.application.plan
    assert 'href="/practice/"' in words_of(client.get(f"/plans/{plan.pk}/improve/"))


# Notes in and out -----------------------------------------------------------------------------

NOTES = """\
People: Mira Voss, team lead

Questions
- How do you line a coat? (badly)
  I began with the sleeves.

If they ask about lining, then I begin with the range.
Causes:
- too little about leading 40 %

It rained.
"""


def test_notes_are_shown_before_anything_is_written(debrief: Debrief, client: Client) -> None:
    page = words_of(client.post(f"/debriefs/{debrief.pk}/notes", {"text": NOTES}))
    assert "Nothing is written yet." in page
    for shown in (
        "How do you line a coat?",
        "It went badly.",
        "Mira Voss, team lead",
        "It rained.",
    ):
        assert shown in page
    assert not Question.objects.exists()
    assert not Note.objects.exists()


def test_notes_are_added_to_what_stands_there_and_only_once(
    debrief: Debrief, client: Client
) -> None:
    write(client, at(debrief, "if_then"), "they call", then="I smile")
    Question.objects.create(owner=debrief.owner, debrief=debrief, text="Why us?", went=4)
    for _ in range(2):
        client.post(f"/debriefs/{debrief.pk}/notes", {"text": NOTES, "do": "take"})
    questions = Question.objects.order_by("pk").values_list("text", "went", "to_practice")
    assert list(questions) == [("Why us?", 4, False), ("How do you line a coat?", 1, True)]
    assert Claim.objects.get().confidence == 40
    assert Contact.objects.get(name="Mira Voss").role == "team lead"
    kept = fresh(debrief)
    assert intention_of(kept).said == "If they call, then I smile."
    rest = words_at(kept, Prompt.REST)
    assert rest.count("It rained.") == 1
    assert rest.count("If they ask about lining, then I begin with the range.") == 1


def test_a_debrief_that_is_saved_comes_back_whole_into_another(
    debrief: Debrief, elsewhere: Application, client: Client
) -> None:
    client.post(f"/debriefs/{debrief.pk}/notes", {"text": NOTES, "do": "take"})
    file = client.get(f"/debriefs/{debrief.pk}/debrief.md")
    assert file["Content-Disposition"] == 'attachment; filename="debrief-brackwater-mills.md"'
    client.post(f"/applications/{elsewhere.pk}/debrief")
    other = Debrief.objects.get(application=elsewhere)
    upload = SimpleUploadedFile("debrief.md", file.content)
    path = f"/debriefs/{other.pk}/notes"
    assert "How do you line a coat?" in words_of(client.post(path, {"file": upload}))
    client.post(path, {"text": file.content.decode(), "do": "take"})
    assert record_of(fresh(other)) == record_of(fresh(debrief))


@pytest.mark.parametrize("given", [{}, {"text": " \n "}])
def test_no_notes_are_told_so(debrief: Debrief, client: Client, given: dict[str, str]) -> None:
    answer = client.post(f"/debriefs/{debrief.pk}/notes", given)
    assert answer.status_code == 422
    assert "Paste your notes, or choose a file of them." in words_of(answer)


# Speed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("questions", [1, 6])
def test_pages_ask_as_much_for_six_questions_as_for_one(
    debrief: Debrief,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    questions: int,
) -> None:
    for number in range(questions):
        row = Question.objects.create(
            owner=debrief.owner, debrief=debrief, text=f"{number}?", went=1, to_practice=True
        )
        Note.objects.create(
            owner=debrief.owner, debrief=debrief, prompt=Prompt.SAID, question=row, text="Wool."
        )
        Claim.objects.create(owner=debrief.owner, debrief=debrief, text="Wool.", confidence=30)
    client.get(f"/debriefs/{debrief.pk}/")  # that it was opened is noted once in half an hour
    with django_assert_num_queries(9):
        client.get(f"/debriefs/{debrief.pk}/")
    with django_assert_num_queries(7):
        client.get(at(debrief, "reactions"))


def test_a_screen_has_its_place_in_its_sitting(debrief: Debrief, client: Client) -> None:
    shown = client.get(at(debrief, "people")).context["shown"]
    assert (shown.screen, shown.number, shown.of_all) == (Screen(Prompt.PEOPLE), 2, 7)


def test_the_end_does_not_recede_with_every_question(debrief: Debrief, client: Client) -> None:
    seen = []
    path = at(debrief, "people")
    for said in ("Why us?", "Why now?", "", "", ""):
        page = client.get(path)
        shown = page.context["shown"]
        seen.append((shown.number, shown.of_all))
        is_new = shown.screen.prompt is Prompt.QUESTION
        path = write(client, path, said if is_new else "").headers["Location"]
    assert seen == sorted(seen)
    assert {of_all for _number, of_all in seen} == {7}


def test_a_cause_said_again_is_the_same_one(debrief: Debrief, client: Client) -> None:
    for said in ("They wanted linen.", "They wanted  linen.", "they wanted linen."):
        write(client, at(debrief, "cause", 0), said)
    assert [one.text.lower() for one in fresh(debrief).claims.all()] == ["they wanted linen."]


def test_after_a_pause_the_plan_says_to_go_on(debrief: Debrief, client: Client) -> None:
    plan = f"/plans/{debrief.application.plan.pk}/"
    client.post(f"{plan}ask/decide", {"decision": "skipped"})
    assert "Go on with the facts" not in words_of(client.get(plan))
    write(client, at(debrief, "people"), "Ines", go="leave")
    assert "Go on with the facts" in words_of(client.get(plan))
    assert "Go on with the facts" in words_of(client.get("/"))
