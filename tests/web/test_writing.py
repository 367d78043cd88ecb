"""Private writing: kept under a lock or not at all, and seen by nothing else (R14)."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import PASSPHRASE, a_debrief, an_owner, things_of
from tests.web.drafting import words_of
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]  # it has no types

import kindregards
from kindregards.web.backup import _back_up
from kindregards.web.models import Mood, PrivatePage, User, WritingLock, WritingTrack
from kindregards.web.writing import services
from kindregards.web.writing.forms import LONGEST_PAGE
from kindregards.web.writing.sealing import (
    COST,
    DamagedPageError,
    Lock,
    WrongPassphraseError,
    make_lock,
    open_lock,
    seal,
    unseal,
)

SECRET = "zwirnsfaden brennt im quartz"
KEPT = {"pages": "kept", "length": "four", "passphrase": PASSPHRASE, "again": PASSPHRASE}
THROWN = {"pages": "thrown", "length": "four"}


@pytest.fixture
def kept(owner: User, client: Client) -> PrivatePage:
    """A page that was locked away, as the pages do it."""
    client.post("/writing/begin", KEPT)
    _keep(client, SECRET)
    return PrivatePage.objects.get()


def _keep(client: Client, words: str, passphrase: str = PASSPHRASE, name: str = "") -> object:
    told = {"words": words, "passphrase": passphrase, "name": name or str(uuid4())}
    return client.post("/writing/keep", told)


# Begin and go on ------------------------------------------------------------------------------


def test_there_is_no_way_back_is_said_before_the_first_word(client: Client) -> None:
    page = words_of(client.get("/writing/"))
    assert "nothing and nobody can bring those pages back" in page
    assert page.index("nothing and nobody") < page.index('name="passphrase"')
    assert 'id="words"' not in page


def test_the_track_goes_on_for_four_pages_and_then_it_is_done(owner: User, client: Client) -> None:
    client.post("/writing/begin", THROWN)
    for number in range(1, 5):
        assert f"Page {number} of 4" in words_of(client.get("/writing/sitting"))
        assert client.post("/writing/done").headers["Location"] == "/writing/after"
    assert "You have done all of it." in words_of(client.get("/writing/after"))
    assert client.get("/writing/sitting").headers["Location"] == "/writing/"
    track = WritingTrack.objects.get()
    assert (track.held, track.ended_at is not None) == (4, True)


def test_twenty_minutes_on_five_days_are_a_choice(client: Client) -> None:
    client.post("/writing/begin", {"pages": "thrown", "length": "five"})
    page = words_of(client.get("/writing/sitting"))
    assert "Page 1 of 5" in page
    assert 'data-seconds="1200"' in page


def test_the_page_says_when_to_stop_without_any_script(owner: User, client: Client) -> None:
    client.post("/writing/begin", THROWN)
    before = timezone.localtime()
    page = words_of(client.get("/writing/sitting"))
    told = re.search(r"until about (\d\d:\d\d)", page)
    assert told is not None
    expected = {
        f"{before + timedelta(minutes=15, seconds=seconds):%H:%M}" for seconds in (0, 30, 60)
    }
    assert told.group(1) in expected


def test_after_a_page_the_next_is_for_another_day_and_still_open_to_those_who_want(
    client: Client,
) -> None:
    client.post("/writing/begin", THROWN)
    client.post("/writing/done")
    page = words_of(client.get("/writing/"))
    assert "The next one is for tomorrow" in page
    assert "Write one more today" in page


def test_it_can_be_left_at_any_page_and_begun_again(client: Client) -> None:
    client.post("/writing/begin", THROWN)
    client.post("/writing/leave")
    assert "On four days" not in words_of(client.get("/writing/"))
    client.post("/writing/begin", THROWN)
    assert WritingTrack.objects.filter(ended_at=None).count() == 1
    assert WritingTrack.objects.count() == 2


def test_beginning_twice_opens_one_track(client: Client) -> None:
    client.post("/writing/begin", THROWN)
    client.post("/writing/begin", THROWN)
    assert WritingTrack.objects.count() == 1


def test_on_a_very_low_day_another_day_is_suggested_and_nothing_is_blocked(
    owner: User, client: Client
) -> None:
    Mood.objects.create(owner=owner, felt=2, marked_at=timezone.now())
    page = words_of(client.get("/writing/"))
    assert "another one will do as well" in page
    assert "Begin all the same" in page
    assert client.post("/writing/begin", THROWN).status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"passphrase": "short", "again": "short"}, "at least 12 characters"),
        ({"passphrase": "           .", "again": "           ."}, "at least 12 characters"),
        ({"again": "something else now"}, "The two are not the same"),
    ],
)
def test_a_passphrase_is_long_and_typed_twice(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    answer = client.post("/writing/begin", KEPT | given)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert given["again"] not in words_of(answer)
    assert not WritingLock.objects.exists()
    assert not WritingTrack.objects.exists()


def test_every_page_of_it_shows_somebody_to_talk_to(kept: PrivatePage, client: Client) -> None:
    for path in (
        "/writing/",
        "/writing/sitting",
        "/writing/after",
        f"/writing/pages/{kept.pk}/",
    ):
        main = words_of(client.get(path)).split("<main", 1)[1]
        assert main.count('href="/somebody-to-talk-to/"') >= 2, path  # its own and the foot's


# Locked away ----------------------------------------------------------------------------------


def test_a_kept_page_is_read_again_with_its_passphrase(kept: PrivatePage, client: Client) -> None:
    closed = client.get(f"/writing/pages/{kept.pk}/")
    assert SECRET not in words_of(closed)
    opened = client.post(f"/writing/pages/{kept.pk}/", {"passphrase": PASSPHRASE})
    assert SECRET in words_of(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    assert SECRET not in words_of(client.get(f"/writing/pages/{kept.pk}/"))


def test_what_looks_like_markup_is_shown_as_it_was_written(client: Client) -> None:
    client.post("/writing/begin", KEPT)
    _keep(client, "<script>alert(1)</script>")
    page = PrivatePage.objects.get()
    shown = client.post(f"/writing/pages/{page.pk}/", {"passphrase": PASSPHRASE})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words_of(shown)
    assert "<script>alert" not in words_of(shown)


def test_a_passphrase_is_the_same_with_a_space_behind_it_and_in_another_spelling(
    owner: User,
) -> None:
    lock = make_lock("Füße im Fluß", owner=owner.pk)
    assert open_lock(lock, "Fu\u0308ße im Fluß ", owner=owner.pk)


def test_the_wrong_passphrase_is_told_kindly_and_loses_nothing(
    client: Client, kept: PrivatePage
) -> None:
    answer = _keep(client, "More of it.\nAnd more.", passphrase="something else now")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "That is not the passphrase of your pages." in page
    assert "More of it.\nAnd more.</textarea>" in page
    assert "something else now" not in page
    assert PrivatePage.objects.count() == 1
    assert WritingTrack.objects.get().held == 1


def test_what_is_sent_twice_is_kept_once(client: Client, owner: User) -> None:
    client.post("/writing/begin", KEPT)
    name = str(uuid4())
    _keep(client, "One.", name=name)
    _keep(client, "One.", name=name)
    assert PrivatePage.objects.count() == 1
    assert WritingTrack.objects.get().held == 1


def test_a_page_that_is_too_long_comes_back_whole(client: Client) -> None:
    client.post("/writing/begin", KEPT)
    words = "w" * (LONGEST_PAGE + 1)
    answer = _keep(client, words)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert f">{words}</textarea>" in answer.content.decode()  # type: ignore[attr-defined]
    assert not PrivatePage.objects.exists()


def test_a_page_of_any_length_that_the_field_takes_is_kept(client: Client, owner: User) -> None:
    client.post("/writing/begin", KEPT)
    words = "a\r\n" * (LONGEST_PAGE // 2)  # as browsers send the ends of lines
    _keep(client, words)
    page = PrivatePage.objects.get()
    found = services.words_of(page=page, passphrase=PASSPHRASE, now=timezone.now())
    assert found == words.replace("\r\n", "\n")


@pytest.mark.parametrize("letter", ["\n", "語", "ä", "🦦"])
def test_the_longest_page_passes_through_memory_and_never_through_a_file(letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2  # as the field counts them
    words = letter.replace("\n", "\r\n") * (LONGEST_PAGE // units)
    sent = urlencode({"words": words, "passphrase": "語" * 1000, "name": uuid4()})
    assert len(sent) < Adjustments().inbuf_overflow


def test_after_some_wrong_passphrases_the_lock_rests_and_even_the_right_one_waits(
    client: Client, kept: PrivatePage, owner: User
) -> None:
    now = timezone.now()
    for _ in range(services.FREE_TRIES + 1):
        with pytest.raises(WrongPassphraseError):
            services.words_of(page=kept, passphrase="a wrong passphrase", now=now)
    with pytest.raises(services.WaitError) as rests:
        services.words_of(page=kept, passphrase=PASSPHRASE, now=now)
    assert rests.value.until == now + timedelta(minutes=1)
    answer = client.post(f"/writing/pages/{kept.pk}/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 422
    assert "the lock rests until" in words_of(answer)
    later = now + timedelta(minutes=2)
    assert services.words_of(page=kept, passphrase=PASSPHRASE, now=later) == SECRET
    assert WritingLock.objects.get().wrong_tries == 0


def test_each_further_wrong_passphrase_makes_the_lock_rest_longer(owner: User) -> None:
    now = timezone.now()
    waits = [services._wait_after(tries, now) for tries in (4, 5, 6, 7, 11, 12, 1000)]
    minutes = [None if until is None else (until - now).total_seconds() / 60 for until in waits]
    assert minutes == [None, 1, 2, 4, 60, 60, 60]


def test_one_page_goes_or_all_of_them_with_the_passphrase(
    client: Client, kept: PrivatePage
) -> None:
    _keep(client, "Another.")
    client.post(f"/writing/pages/{kept.pk}/delete")
    assert PrivatePage.objects.count() == 1
    assert WritingLock.objects.exists()
    client.post("/writing/pages/delete")
    assert not PrivatePage.objects.exists()
    assert not WritingLock.objects.exists()
    assert not WritingTrack.objects.exists()


def test_one_passphrase_locks_the_pages_of_every_track(client: Client, kept: PrivatePage) -> None:
    client.post("/writing/leave")
    assert 'name="passphrase"' not in words_of(client.get("/writing/"))
    client.post("/writing/begin", {"pages": "kept", "length": "four"})
    _keep(client, "A second track.")
    assert PrivatePage.objects.count() == 2
    assert WritingLock.objects.count() == 1


def test_another_owners_lock_opens_nothing_of_mine(kept: PrivatePage, owner: User) -> None:
    ben = an_owner("ben")
    lock = WritingLock.objects.get(owner=owner)
    parts = Lock(bytes(lock.salt), lock.cost, lock.block, lock.lanes, bytes(lock.wrapped))
    with pytest.raises(WrongPassphraseError):
        open_lock(parts, PASSPHRASE, owner=ben.pk)


def test_a_page_does_not_pass_for_another_and_a_changed_one_is_told(
    client: Client, kept: PrivatePage
) -> None:
    _keep(client, "Another.")
    other = PrivatePage.objects.exclude(pk=kept.pk).get()
    PrivatePage.objects.filter(pk=kept.pk).update(sealed=other.sealed)
    answer = client.post(f"/writing/pages/{kept.pk}/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 422
    assert "can no longer be read" in words_of(answer)


@pytest.mark.parametrize("at", [0, 12, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    key = bytes(32)
    sealed = bytearray(seal(key, SECRET, owner=1, name="one"))
    assert unseal(key, bytes(sealed), owner=1, name="one") == SECRET
    sealed[at] ^= 1
    with pytest.raises(DamagedPageError):
        unseal(key, bytes(sealed), owner=1, name="one")


@given(words=st.text(), name=st.uuids(), owner=st.integers(1, 9))
def test_any_words_come_back_as_they_were_and_for_their_own_page_only(
    words: str, name: UUID, owner: int
) -> None:
    key = bytes(32)
    sealed = seal(key, words, owner=owner, name=str(name))
    assert unseal(key, sealed, owner=owner, name=str(name)) == words
    for other in ({"owner": owner + 1, "name": str(name)}, {"owner": owner, "name": f"{name}x"}):
        with pytest.raises(DamagedPageError):
            unseal(key, sealed, **other)  # type: ignore[arg-type]


@given(st.binary(max_size=80))
def test_no_bytes_that_are_not_ours_are_taken_for_a_page(sealed: bytes) -> None:
    with pytest.raises(DamagedPageError):
        unseal(bytes(32), sealed, owner=1, name="one")


def test_the_same_words_and_the_same_passphrase_look_different_each_time() -> None:
    one, two = make_lock(PASSPHRASE, owner=1), make_lock(PASSPHRASE, owner=1)
    assert one.salt != two.salt
    assert one.wrapped != two.wrapped
    key = bytes(32)
    assert seal(key, SECRET, owner=1, name="a") != seal(key, SECRET, owner=1, name="a")


def test_a_lock_that_asks_for_more_memory_than_ours_is_not_tried() -> None:
    lock = make_lock(PASSPHRASE, owner=1)
    greedy = Lock(lock.salt, 2**24, lock.block, lock.lanes, lock.wrapped)
    assert lock.cost == COST
    with pytest.raises(WrongPassphraseError):
        open_lock(greedy, PASSPHRASE, owner=1)


# Seen by nothing else -------------------------------------------------------------------------


def _everything_kept() -> Iterator[tuple[str, str]]:
    """Every value of every row of every table, as text."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all().values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, memoryview | bytes) else None
                yield model.__name__, repr(raw or value)


def test_neither_words_nor_passphrase_stand_in_any_table(kept: PrivatePage, client: Client) -> None:
    client.post(f"/writing/pages/{kept.pk}/", {"passphrase": PASSPHRASE})
    _keep(client, SECRET + " again", passphrase="a wrong passphrase")
    names = {name for name, _value in _everything_kept()}
    assert {"PrivatePage", "WritingLock", "Session"} <= names
    for word in ("zwirnsfaden", "quartz", "lantern", "otter"):
        assert [name for name, value in _everything_kept() if word in value.lower()] == []


def test_no_page_and_no_search_and_no_file_shows_the_words(
    owner: User, client: Client, kept: PrivatePage
) -> None:
    things = things_of(owner)
    debrief = a_debrief(things.application)
    for path in (
        "/",
        "/letters/?q=zwirnsfaden",
        "/applications/?q=zwirnsfaden",
        "/diagnosis/",
        "/diagnosis/week",
        "/diagnosis/week.md",
        "/applications.csv",
        "/applications.json",
        "/people.csv",
        "/people.vcf",
        f"/debriefs/{debrief.pk}/debrief.md",
        "/diagnosis/flow.svg?names=yes",
        "/for-yourself/",
        "/writing/",
        "/writing/sitting",
        "/writing/after",
        "/writing/pages/",
        "/settings/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = shown.decode().lower().replace("q=zwirnsfaden", "")
        assert 'value="zwirnsfaden"' in told or "zwirnsfaden" not in told, path
        assert "quartz" not in told, path


def test_nothing_outside_its_own_room_knows_of_private_pages() -> None:
    """So no search, no diagnosis and no export can hold them; a backup is a copy of everything."""
    source = Path(kindregards.__file__).parent
    own = (source / "web" / "writing", source / "web" / "models", source / "web" / "migrations")
    for file in source.rglob("*.py"):
        if not any(room in file.parents for room in own):
            said = file.read_text("utf-8")
            assert "PrivatePage" not in said, file
            assert "WritingTrack" not in said, file
            assert "kindregards_privatepage" not in said.lower(), file


def test_no_line_of_any_log_holds_the_words(
    client: Client, kept: PrivatePage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _keep(client, SECRET)
    _keep(client, SECRET, passphrase="a wrong passphrase")
    client.post(f"/writing/pages/{kept.pk}/", {"passphrase": PASSPHRASE})
    told = [record for record in caplog.records if "quartz" in record.getMessage()]
    assert [record for record in told if not record.name.startswith("django.db")] == []
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_its_log_and_a_backup_holds_the_words(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    client = Client()
    client.force_login(an_owner())
    client.post("/writing/begin", KEPT)
    _keep(client, SECRET)
    file = Path(str(connection.settings_dict["NAME"]))
    _back_up(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as pack:
        pack.extractall(tmp_path)
    found = [one for one in file.parent.glob(f"{file.name}*") if one.is_file()]
    found += [one for one in tmp_path.iterdir() if one.suffix != ".zip"]
    sealed = bytes(PrivatePage.objects.get().sealed)
    assert sum(sealed in one.read_bytes() for one in found) >= 2  # the backup has it, locked
    for one in found:
        held = one.read_bytes().lower()
        assert b"quartz" not in held, one
        assert b"otter" not in held, one


def test_what_is_thrown_away_has_no_name_and_no_form_to_be_sent_by(client: Client) -> None:
    client.post("/writing/begin", THROWN)
    page = client.get("/writing/sitting").content.decode()
    field = re.search(r"<textarea[^>]*>", page)
    assert field is not None
    assert "name=" not in field.group()
    before = page[: field.start()]
    assert before.count("<form") == before.count("</form")
    assert 'spellcheck="false"' in field.group()
    assert 'autocomplete="off"' in field.group()


def test_words_sent_by_hand_to_a_track_that_throws_away_are_not_kept(client: Client) -> None:
    client.post("/writing/begin", THROWN)
    _keep(client, SECRET)
    assert not PrivatePage.objects.exists()
    assert [name for name, value in _everything_kept() if "quartz" in value] == []
