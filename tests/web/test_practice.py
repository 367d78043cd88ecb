"""Practice: questions, what is on today, recordings, ratings and the schedule they move."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.core.test_practice import joined, room, voice
from tests.factories import a_debrief, an_owner, things_of

from kindregards.core.practice.asked import AskedOnce
from kindregards.core.practice.sound import BYTES_A_SECOND
from kindregards.core.practice.wav import MOST_BYTES
from kindregards.web.models import Application, Attempt, Question, Story, User
from kindregards.web.plan.exporting import export_everything
from kindregards.web.practice.queries import today_of
from kindregards.web.practice.recordings import forget_stray_recordings, path_of
from kindregards.web.practice.services import add_questions, begin_recording, rate_attempt

pytestmark = pytest.mark.django_db
GOOD = {"point": 4, "result": 4}
SHAKY = {"point": 1}


@pytest.fixture
def question(owner: User) -> Question:
    """A question in practice."""
    return add_questions(owner=owner, asked=[AskedOnce("How do you line a coat?")])[0]


@pytest.fixture(autouse=True)
def _no_recordings() -> Iterator[None]:
    """The folder of recordings is as empty as it was."""
    yield
    for file in (Path(settings.DATA_FOLDER) / "recordings").glob("*.wav"):
        file.unlink()


def words_of(answer: object) -> str:
    return " ".join(answer.text.split())  # type: ignore[attr-defined]


def begun(question: Question) -> Attempt:
    return begin_recording(question=question, now=timezone.now())


def send(client: Client, attempt: Attempt, at: int, piece: bytes) -> object:
    path = f"/practice/attempts/{attempt.pk}/piece?at={at}"
    return client.post(path, piece, content_type="application/octet-stream")


def a_wav(samples: bytes, rate: int = 16000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples)
    return out.getvalue()


# Questions --------------------------------------------------------------------------------------


def test_a_question_written_down_is_on_today_with_why(client: Client, owner: User) -> None:
    client.post("/practice/questions/new", {"text": "Why us?", "kind": "motivation", "went": "1"})
    question = Question.objects.get()
    assert (question.owner, question.kind, question.went) == (owner, "motivation", 1)
    page = words_of(client.get("/practice/"))
    assert "Why us?" in page
    assert "It went badly when you were asked, and you have not practiced it yet." in page


def test_a_list_is_taken_in_once(client: Client) -> None:
    path = "/practice/questions/take-in"
    client.post(path, {"text": "Why us?\nWhy now?"})
    answer = client.post(path, {"text": "why us\nWhat next?"}, follow=True)
    assert "One question is new. 1 had been here before." in words_of(answer)
    texts = Question.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Why us?", "Why now?", "What next?"]


def test_a_file_of_questions_brings_what_it_tells(client: Client) -> None:
    raw = b"question,kind,where,went\nWhy us?,motivation,Marrow,2\n"
    file = SimpleUploadedFile("mine.csv", raw)
    client.post("/practice/questions/take-in", {"file": file})
    told = Question.objects.values_list("text", "kind", "asked_where", "went")
    assert list(told) == [("Why us?", "motivation", "Marrow", 2)]


@pytest.mark.parametrize("given", [{}, {"text": " \n "}])
def test_an_empty_list_gets_a_sentence(client: Client, given: dict[str, str]) -> None:
    answer = client.post("/practice/questions/take-in", given)
    assert answer.status_code == 422
    assert "Paste some questions, a line each, or choose a file." in words_of(answer)


def test_questions_of_the_starter_set_are_told_apart_from_ones_own(client: Client) -> None:
    text = "When could you begin?"
    client.post("/practice/questions/starter", {"question": [text, "Something else?"]})
    question = Question.objects.get()
    assert (question.text, question.is_starter, question.kind) == (text, True, "logistics")
    assert "from the starter set" in words_of(client.get("/practice/questions/"))


def test_badly_answered_questions_come_from_a_debrief_with_one_press(
    client: Client, owner: User
) -> None:
    debrief = a_debrief(things_of(owner).application)
    answer = client.post(f"/debriefs/{debrief.pk}/practice", follow=True)
    assert answer.redirect_chain[-1][0] == "/practice/"
    assert "How do you line winter coats?" in words_of(answer)


def test_a_question_at_rest_is_not_lost(client: Client, question: Question) -> None:
    client.post(f"/practice/questions/{question.pk}/leave", {"practice": "no"})
    assert question.text not in words_of(client.get("/practice/"))
    client.post(f"/practice/questions/{question.pk}/leave", {"practice": "yes"})
    assert question.text in words_of(client.get("/practice/"))


# The schedule -----------------------------------------------------------------------------------


def rated_on(question: Question, ratings: dict[str, int], day: date) -> Question:
    attempt = begun(question)
    rate_attempt(attempt=attempt, ratings=ratings, today=day, now=timezone.now())
    return Question.objects.get(pk=question.pk)


def test_a_rating_moves_the_schedule_once_a_day(question: Question) -> None:
    day = timezone.localdate()
    first = rated_on(question, GOOD, day)
    assert (first.level, first.due_date) == (4, day + timedelta(days=2))
    again = rated_on(question, SHAKY, day)
    assert (again.level, again.due_date) == (1, first.due_date)
    assert rated_on(question, SHAKY, day + timedelta(days=2)).stability != first.stability


def test_three_a_day_are_the_most(owner: User, client: Client) -> None:
    asked = [AskedOnce(f"Question {number}?") for number in range(5)]
    questions = add_questions(owner=owner, asked=asked)
    today = timezone.localdate()
    assert len(today_of(owner, today).chosen) == 3
    for question in questions[:3]:
        rated_on(question, GOOD, today)
    assert not today_of(owner, today).chosen
    assert "That is all for today." in words_of(client.get("/practice/"))


def test_an_interview_plans_the_week_anew(owner: User, client: Client, question: Question) -> None:
    today = timezone.localdate()
    rated_on(question, {"point": 5}, today - timedelta(days=2))
    assert not today_of(owner, today).chosen
    application = things_of(owner).application
    Application.objects.update(outcome="open")
    thursday = today + timedelta(days=3)
    given = {"application": application.pk, "day": thursday.isoformat()}
    client.post("/practice/interview", given)
    ((chosen, _why),) = today_of(owner, today).chosen
    assert chosen == question
    page = words_of(client.get("/practice/"))
    assert f"You last said it 2 days ago, and there is an interview on {thursday:%A}." in page
    assert "Until then each question comes back every day." in page


def test_what_the_next_interviews_employer_asked_comes_before_many_others(owner: User) -> None:
    application = things_of(owner).application
    add_questions(owner=owner, asked=[AskedOnce(f"{n}?", went=1) for n in range(9)])
    asked = AskedOnce("How do you line a coat?", where="at Brackwater Mills, in spring")
    (question,) = add_questions(owner=owner, asked=[asked])
    today = timezone.localdate()
    Application.objects.filter(pk=application.pk).update(outcome="open", interview_date=today)
    chosen = today_of(owner, today).chosen
    assert [(one == question, why.because) for one, why in chosen] == [
        (True, "interview"),
        (False, "went_badly"),
        (False, "went_badly"),
    ]


def test_what_to_try_next_brings_a_question_back_the_next_day(
    owner: User, client: Client, question: Question
) -> None:
    today = timezone.localdate()
    rated_on(question, {"point": 5}, today - timedelta(days=1))
    assert not today_of(owner, today).chosen
    path = f"/practice/questions/{question.pk}/"
    client.post(path, {"text": question.text, "to_try": "Say what came of it."})
    assert "There is something new to try." in words_of(client.get("/practice/"))
    assert not rated_on(question, GOOD, today).has_try


def test_pages_ask_as_much_for_many_questions_as_for_one(
    owner: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 60):
        add_questions(owner=owner, asked=[AskedOnce(f"{number}, {n}?") for n in range(number)])
        with django_assert_num_queries(11):
            client.get("/practice/")
        with django_assert_num_queries(5):
            client.get("/practice/questions/")


def test_progress_is_told_in_words_and_from_five_questions_on_in_a_picture(
    owner: User, client: Client
) -> None:
    assert "Nothing is rated yet." in words_of(client.get("/practice/progress"))
    questions = add_questions(owner=owner, asked=[AskedOnce(f"{n}?") for n in range(5)])
    today = timezone.localdate()
    for number, question in enumerate(questions):
        rated_on(question, GOOD if number < 2 else SHAKY, today)
        page = client.get("/practice/progress")
        assert ("practice__weeks" in page.text) is (number == 4)
    assert "Of the 5 questions you tried, 2 are good by your own rating." in words_of(page)


# Attempts ---------------------------------------------------------------------------------------


def test_notes_stay_out_of_sight_until_the_answer_was_given(
    client: Client, question: Question
) -> None:
    path = f"/practice/questions/{question.pk}"
    client.post(f"{path}/", {"text": question.text, "own_notes": "Begin with the sleeves."})
    assert "Begin with the sleeves." not in words_of(client.get(f"{path}/try"))
    answer = client.post(f"{path}/try", {"words": "I start with wool."}, follow=True)
    assert "Begin with the sleeves." in words_of(answer)
    assert "I start with wool." in words_of(answer)


def test_an_empty_answer_is_asked_for_again(client: Client, question: Question) -> None:
    answer = client.post(f"/practice/questions/{question.pk}/try", {"words": " "})
    assert answer.status_code == 422
    assert not Attempt.objects.exists()


def test_the_microphone_is_open_on_one_page_alone(client: Client, question: Question) -> None:
    policy = client.get(f"/practice/questions/{question.pk}/try").headers["Permissions-Policy"]
    assert "microphone=(self)" in policy
    assert "microphone=()" in client.get("/practice/").headers["Permissions-Policy"]


def test_a_recording_comes_in_pieces_and_is_heard_again(client: Client, question: Question) -> None:
    begun_at = client.post(f"/practice/questions/{question.pk}/record").json()
    attempt = Attempt.objects.get()
    assert begun_at["piece"] == f"/practice/attempts/{attempt.pk}/piece"
    sound = joined(voice(2), room(3), voice(2))
    for at in range(0, len(sound), 64_000):
        send(client, attempt, at, sound[at : at + 64_000])
    page = words_of(client.post(begun_at["done"], follow=True))
    assert "0:07" in page
    assert "3.0 seconds" in page
    heard = client.get(f"/practice/attempts/{attempt.pk}/answer.wav")
    with wave.open(io.BytesIO(heard.content)) as file:
        assert file.readframes(file.getnframes()) == sound
    assert path_of(attempt.recording).read_bytes() == heard.content
    assert path_of(attempt.recording).stat().st_mode & 0o077 == 0


def test_a_player_may_ask_for_a_part_of_it(client: Client, question: Question) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(range(100)))
    path = f"/practice/attempts/{attempt.pk}/answer.wav"
    part = client.get(path, headers={"Range": "bytes=44-53"})
    assert (part.status_code, part.content) == (206, bytes(range(10)))
    assert part.headers["Content-Range"] == "bytes 44-53/144"
    assert client.get(path, headers={"Range": "bytes=-4"}).content == bytes(range(96, 100))
    assert client.get(path, headers={"Range": "bytes=900-"}).status_code == 416


def test_a_piece_that_comes_twice_or_too_early_changes_nothing(
    client: Client, question: Question
) -> None:
    attempt = begun(question)
    assert send(client, attempt, 0, b"ab" * 10).json() == {"size": 20}  # type: ignore[attr-defined]
    assert send(client, attempt, 0, b"cd" * 10).json() == {"size": 20}  # type: ignore[attr-defined]
    assert send(client, attempt, 40, b"ef").json() == {"size": 20}  # type: ignore[attr-defined]
    assert path_of(attempt.recording).read_bytes()[44:] == b"ab" * 10


@pytest.mark.parametrize("piece", [b"odd", bytes(1_000_002)])
def test_what_is_no_piece_of_a_recording_is_refused(
    client: Client, question: Question, piece: bytes
) -> None:
    answer = send(client, begun(question), 0, piece)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert answer.json() == {"said": "This is not a piece of a recording."}  # type: ignore[attr-defined]


def test_a_recording_that_never_ends_is_stopped_with_a_sentence(
    client: Client, question: Question
) -> None:
    attempt = begun(question)
    Attempt.objects.update(size=MOST_BYTES)
    answer = send(client, attempt, MOST_BYTES, b"ab")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "more than 15 minutes" in answer.json()["said"]  # type: ignore[attr-defined]


def test_two_hours_brought_along_are_refused_with_a_sentence(
    client: Client, question: Question
) -> None:
    file = SimpleUploadedFile("two-hours.wav", a_wav(bytes(2 * 7200 * 50), rate=50))
    answer = client.post(f"/practice/questions/{question.pk}/bring", {"file": file})
    assert answer.status_code == 422
    assert "more than 15 minutes" in words_of(answer)
    assert not Attempt.objects.exists()


def test_a_file_that_is_no_recording_is_refused_with_a_sentence(
    client: Client, question: Question
) -> None:
    file = SimpleUploadedFile("answer.wav", b"<script>alert(1)</script>")
    answer = client.post(f"/practice/questions/{question.pk}/bring", {"file": file})
    assert answer.status_code == 422
    assert "This is not a recording that can be read here." in words_of(answer)


def test_a_recording_from_elsewhere_is_measured_all_the_same(
    client: Client, question: Question
) -> None:
    file = SimpleUploadedFile("answer.wav", a_wav(joined(voice(1), room(2.5), voice(1))))
    page = client.post(f"/practice/questions/{question.pk}/bring", {"file": file}, follow=True)
    assert "2.5 seconds" in words_of(page)


def test_a_recording_that_broke_off_is_told_of_and_kept(client: Client, question: Question) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(BYTES_A_SECOND))
    page = words_of(client.get("/practice/"))
    assert "broke off. What was recorded is kept." in page
    assert f'href="/practice/attempts/{attempt.pk}/"' in page
    client.post(f"/practice/attempts/{attempt.pk}/rate", {"point": "4"})
    assert "broke off" not in words_of(client.get("/practice/"))


def test_figures_follow_the_words(client: Client, question: Question) -> None:
    attempt = begun(question)
    for at in range(30):
        send(client, attempt, at * BYTES_A_SECOND, joined(voice(0.8), room(0.2)))
    path = f"/practice/attempts/{attempt.pk}"
    for words, pace in (("one two " * 30, "121"), ("one two " * 40, "161")):
        page = client.post(f"{path}/words", {"words": words}, follow=True)
        facts = {one.name: one.value for one in page.context["facts"]}
        assert facts["Words a minute"] == pace
    assert "a convention; what is best is not known" in words_of(page)


def test_the_line_of_figures_says_when_the_sound_is_too_poor(
    client: Client, question: Question
) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(3 * BYTES_A_SECOND))
    page = words_of(client.get(f"/practice/attempts/{attempt.pk}/"))
    assert "It is too quiet to tell more." in page
    assert "Longest pause" not in page


def test_a_written_answer_with_nothing_to_measure_has_no_empty_heading(
    client: Client, question: Question
) -> None:
    given = {"words": "I counted what came back."}
    page = client.post(f"/practice/questions/{question.pk}/try", given, follow=True)
    assert "I counted what came back." in words_of(page)
    assert not page.context["facts"]
    assert "What can be measured" not in words_of(page)


def test_the_first_and_the_latest_attempt_stand_side_by_side(
    client: Client, question: Question
) -> None:
    for words in ("I sew.", "I sew coats.", "I line coats first."):
        client.post(f"/practice/questions/{question.pk}/try", {"words": words})
    page = client.get(f"/practice/questions/{question.pk}/")
    first, latest = page.context["pair"]
    assert (first.attempt.words, latest.attempt.words) == ("I sew.", "I line coats first.")


# Somebody who can tell --------------------------------------------------------------------------


def test_a_critique_stands_beside_the_own_view_and_brings_the_question_back(
    client: Client, owner: User, question: Question
) -> None:
    today = timezone.localdate()
    client.post(f"/practice/questions/{question.pk}/try", {"words": "We lined it in the end."})
    attempt = Attempt.objects.get()
    rate_attempt(
        attempt=attempt, ratings={"doing": 5}, today=today - timedelta(days=1), now=timezone.now()
    )
    assert not today_of(owner, today).chosen
    path = f"/practice/attempts/{attempt.pk}/critique"
    page = client.get(path)
    assert "We lined it in the end." in words_of(page)
    assert "checked" not in words_of(page)
    told = {"name": "Ines", "said": "We", "effect": "I could not see you.", "doing": "2"}
    told |= {"to_try": "Say I for what you did.", "moment": "4"}
    page = client.post(path, told, follow=True)
    for words in ("What was said, at 4 seconds:", "what you did yourself (5 and 2 of 5)"):
        assert words in words_of(page)
    ((chosen, why),) = today_of(owner, today).chosen
    assert (chosen.to_try, why.because) == ("Say I for what you did.", "try")


def test_nobodys_view_is_shown_before_the_own(client: Client, question: Question) -> None:
    client.post(f"/practice/questions/{question.pk}/try", {"words": "We lined it."})
    path = f"/practice/attempts/{Attempt.objects.get().pk}"
    client.post(f"{path}/critique", {"effect": "I was lost at once."})
    page = words_of(client.get(f"{path}/"))
    assert "What they said is shown once you have rated it yourself." in page
    assert "I was lost at once." not in page
    shown = client.post(f"{path}/rate", {"point": "3"}, follow=True)
    assert "I was lost at once." in words_of(shown)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"effect": "You are boring."}, "“You are boring” is about the person."),
        ({"name": "Ines"}, "Say what it did, or what to try instead."),
    ],
)
def test_a_critique_of_the_person_is_gently_sent_back(
    client: Client, question: Question, given: dict[str, str], sentence: str
) -> None:
    client.post(f"/practice/questions/{question.pk}/try", {"words": "We lined it."})
    attempt = Attempt.objects.get()
    answer = client.post(f"/practice/attempts/{attempt.pk}/critique", given)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert all(words in words_of(answer) for words in given.values())
    assert not attempt.critiques.exists()


# Keeping and removing ---------------------------------------------------------------------------


def test_recordings_are_deleted_in_one_press_and_their_figures_stay(
    client: Client, question: Question
) -> None:
    attempt = begun(question)
    send(client, attempt, 0, joined(voice(2)))
    file = path_of(attempt.recording)
    page = words_of(client.get(f"/practice/attempts/{attempt.pk}/"))
    assert "0:02" in page
    assert "on this computer, for you alone" in words_of(client.get("/practice/"))
    client.post("/practice/recordings/remove")
    assert not file.exists()
    assert client.get(f"/practice/attempts/{attempt.pk}/answer.wav").status_code == 404
    assert "0:02" in words_of(client.get(f"/practice/attempts/{attempt.pk}/"))


def test_a_removed_question_takes_its_recordings_along(client: Client, question: Question) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(100))
    client.post(f"/practice/questions/{question.pk}/remove")
    assert not path_of(attempt.recording).exists()
    assert not Attempt.objects.exists()


def test_recordings_of_what_was_removed_elsewhere_go_after_an_hour(
    client: Client, question: Question
) -> None:
    kept, stray = begun(question), begun(question)
    for attempt in (kept, stray):
        send(client, attempt, 0, bytes(100))
    stray.delete()
    forget_stray_recordings(now=timezone.now())
    assert path_of(stray.recording).exists()
    forget_stray_recordings(now=timezone.now() + timedelta(hours=2))
    assert not path_of(stray.recording).exists()
    assert path_of(kept.recording).exists()


def test_nobody_else_hears_it(client: Client, question: Question) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(100))
    other = Client()
    other.force_login(an_owner("ben"))
    path = f"/practice/attempts/{attempt.pk}"
    assert other.get(f"{path}/answer.wav").status_code == 404
    assert send(other, attempt, 100, b"ab").status_code == 404  # type: ignore[attr-defined]
    assert Client().get(f"{path}/answer.wav").status_code == 403


def test_export_takes_the_recordings_along(
    client: Client, owner: User, question: Question, tmp_path: Path
) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(100))
    export_everything(owner, tmp_path / "out")
    (file,) = (tmp_path / "out" / "recordings").iterdir()
    assert file.read_bytes() == path_of(attempt.recording).read_bytes()


# Stories ----------------------------------------------------------------------------------------


def test_a_story_answers_several_questions_and_those_without_are_named(
    client: Client, owner: User, question: Question
) -> None:
    client.post("/practice/stories/new", {"title": "The winter coats", "action": "I counted."})
    story = Story.objects.get()
    assert (story.owner, story.action) == (owner, "I counted.")
    assert question.text in words_of(client.get("/practice/stories/"))
    client.post(f"/practice/questions/{question.pk}/story", {"story": story.pk})
    page = words_of(client.get("/practice/stories/"))
    assert question.text not in page
    assert "1 question" in page
    assert question.text in words_of(client.get(f"/practice/stories/{story.pk}/"))
    client.post(f"/practice/stories/{story.pk}/remove")
    assert Question.objects.get().story is None


def test_a_story_that_was_told_often_is_told_to_be_worn(client: Client, question: Question) -> None:
    story = Story.objects.create(owner=question.owner, title="Coats", made_at=timezone.now())
    Question.objects.update(story=story)
    for _ in range(8):
        begun(question)
    assert "Told 8 times: another may do it good" in words_of(client.get("/practice/stories/"))


def test_a_range_with_thousands_of_digits_is_answered(client: Client, question: Question) -> None:
    attempt = begun(question)
    send(client, attempt, 0, bytes(100))
    path = f"/practice/attempts/{attempt.pk}/answer.wav"
    answer = client.get(path, headers={"Range": f"bytes={'9' * 5000}-"})
    assert len(answer.content) == 144


def test_sound_that_somebody_else_laid_beside_the_recordings_stays(question: Question) -> None:
    song = path_of(begun(question).recording).with_name("lullaby.wav")
    song.write_bytes(b"RIFF")
    forget_stray_recordings(now=timezone.now() + timedelta(hours=2))
    assert song.exists()
