"""Practice in a browser: a spoken answer, a microphone that is not there, a window that closes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import launched
from tests.browser.conftest import Visitor
from tests.browser.speech import can_speak, speak
from tests.browser.walking import tab_to

from kindregards.core.practice.asked import AskedOnce
from kindregards.core.practice.sound import BYTES_A_SECOND
from kindregards.web.models import Attempt, Question, User
from kindregards.web.practice.recordings import path_of, remove_recordings
from kindregards.web.practice.services import add_questions

PIECES = (
    "Last winter our cutting room was late with every order, and I had to find out why.",
    "So I counted what lay about, and then I asked the cutters what they waited for.",
    "In the end nine of ten orders went out in time.",
)
SILENCES = (0.6, 2.7, 3.4)
ANSWER = " ".join(PIECES)
NEEDS_SPEAKER = pytest.mark.skipif(
    not can_speak() and os.environ.get("CI") != "true",
    reason="There is no espeak-ng; `make test` installs it where it runs as root on Debian.",
)


@pytest.fixture
def question(owner: User) -> Iterator[Question]:
    """A question in practice; its recordings go with the test."""
    yield add_questions(owner=owner, asked=[AskedOnce("When were you last late?")])[0]
    remove_recordings(Attempt.objects.all())


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The answer as a file, and how many seconds it is from the first word to the last."""
    file = tmp_path_factory.mktemp("speech") / "answer.wav"
    return file, speak(PIECES, SILENCES, file)


@pytest.fixture
def speaking(
    browser: Browser, site: str, owner: User, speech: tuple[Path, float]
) -> Iterator[Visitor]:
    """The owner in front of a browser whose microphone hears the answer, from its beginning."""
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={speech[0]}%noloop",
    )
    with launched(browser.browser_type, *flags) as another:
        visitor = Visitor(another, site, owner)
        yield visitor
        visitor.leave()
        assert visitor.problems == []


def open_screen(visitor: Visitor, question: Question, **window: int) -> Page:
    page = visitor.window(**window)  # type: ignore[arg-type]
    page.context.grant_permissions(["microphone"])
    page.goto(f"/practice/questions/{question.pk}/try")
    return page


@NEEDS_SPEAKER
def test_a_spoken_answer_is_recorded_measured_and_rated_by_keys_alone(
    speaking: Visitor,
    question: Question,
    speech: tuple[Path, float],
    check_access: Callable[[Page], None],
) -> None:
    page = open_screen(speaking, question)
    tab_to(page, page.get_by_role("button", name="Record your answer"))
    page.keyboard.press("Enter")
    seconds = int(SILENCES[0] + speech[1]) + 2
    expect(page.locator("#clock")).to_have_text(f"0:{seconds:02d}", timeout=seconds * 2000)
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    check_access(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hear it once, and then say how it was.")).to_be_visible()
    check_access(page)
    page.get_by_text("Add what you said, for pace and fillers").click()
    page.get_by_label("What you said, word for word").fill(ANSWER)
    page.get_by_role("button", name="Keep the words").click()
    facts = dict(zip(_texts(page, "dt"), _texts(page, "dd.num"), strict=True))
    assert facts["Pauses of two seconds or more"] == "2"
    assert float(facts["Longest pause"].split()[0]) == pytest.approx(SILENCES[2], abs=0.3)
    truth = len(ANSWER.split()) / (speech[1] / 60)
    assert int(facts["Words a minute"]) == pytest.approx(truth, rel=0.1)
    assert facts["Fillers a minute"] == "0"
    page.get_by_label("It is answered early, with little around it.").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept. It is good, again in 2 days.")).to_be_visible()
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(
        seconds, abs=2
    )


def _texts(page: Page, part: str) -> list[str]:
    return page.locator(f".practice__facts {part}").all_inner_texts()


@NEEDS_SPEAKER
def test_what_was_said_is_kept_when_the_window_closes(
    speaking: Visitor, question: Question
) -> None:
    page = open_screen(speaking, question, width=390, height=800)
    page.get_by_role("button", name="Record your answer").click()
    expect(page.locator("#clock")).to_have_text("0:05")
    page.goto("/practice/")
    expect(page.get_by_text("broke off. What was recorded is kept.")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Hear it").click()
    attempt = Attempt.objects.get()
    assert attempt.size >= 4.5 * BYTES_A_SECOND
    assert path_of(attempt.recording).stat().st_size == attempt.size + 44
    expect(page.locator("audio")).to_be_visible()


@NEEDS_SPEAKER
def test_a_microphone_that_is_taken_away_is_told_of_and_what_was_said_is_kept(
    speaking: Visitor, question: Question
) -> None:
    page = speaking.window()
    page.context.grant_permissions(["microphone"])
    page.add_init_script(
        "const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);"
        "devices.getUserMedia = async (wanted) => (window.heard = await open(wanted));"
    )
    page.goto(f"/practice/questions/{question.pk}/try")
    page.get_by_role("button", name="Record your answer").click()
    expect(page.locator("#clock")).to_have_text("0:03")
    page.evaluate("heard.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    expect(page.get_by_text("What you said until then is kept.")).to_be_visible()
    page.get_by_role("link", name="What was recorded is kept: hear it").click()
    expect(page.locator("audio")).to_be_visible()
    assert Attempt.objects.get().size >= 3 * BYTES_A_SECOND


def test_without_a_microphone_a_sentence_says_so_and_the_answer_is_written(
    page: Page, question: Question
) -> None:
    page.goto(f"/practice/questions/{question.pk}/try")
    expect(page.get_by_role("button", name="Read it to me")).to_be_hidden()
    page.get_by_role("button", name="Record your answer").click()
    expect(page.get_by_role("status")).to_contain_text("your answer below.")
    page.get_by_label("Your answer, as you would say it").fill("I count first.")
    page.get_by_role("button", name="That is my answer").click()
    expect(page.get_by_text("I count first.")).to_be_visible()
    assert not Attempt.objects.filter(size__gt=0).exists()


def test_without_scripts_an_answer_is_written_and_rated(
    plain_page: Page, question: Question
) -> None:
    page = plain_page
    page.goto("/practice/")
    page.get_by_role("link", name="Answer it").click()
    expect(page.get_by_role("button", name="Record your answer")).to_be_hidden()
    page.get_by_label("Your answer, as you would say it").fill("I count first.")
    page.get_by_role("button", name="That is my answer").click()
    page.get_by_label("It stops before the end.").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept. It is not there yet, again tomorrow.")).to_be_visible()
    assert Question.objects.get().rated_date == timezone.localdate()
