"""The command `lift`: one thing to hear, here or at its own place."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kindregards.web.start import may_open_browser, ready

if TYPE_CHECKING:
    from kindregards.core.speeches.choosing import Chosen

Say = Callable[[str], None]
NOTHING = "There is nothing to offer right now."


def lift(*, as_json: bool, say: Say, answer: Say) -> int:
    """Offer one thing and open it: words are printed, a talk opens in the browser.

    With `as_json` it is told as one object, and nothing is opened or kept.
    """
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.speeches.offering import offered_in_a_terminal
    from kindregards.web.speeches.services import begin_listening

    owner, now = owner_of_this_machine(), timezone.now()
    chosen = offered_in_a_terminal(owner, now)
    if chosen is None:
        say(NOTHING)
        return 1
    if as_json:
        answer(json.dumps(_record(chosen), ensure_ascii=False))
        return 0
    listening = begin_listening(owner=owner, speech=chosen.speech, now=now)
    _open(chosen, listening.text or chosen.speech.text, say=say, answer=answer)
    return 0


def _open(chosen: Chosen, text: str, *, say: Say, answer: Say) -> None:
    one = chosen.speech
    answer(one.title)
    answer(f"{one.from_where}. {chosen.why}")
    if text:
        answer(f"\n{text}")
        return
    answer(one.address)
    if not (may_open_browser() and webbrowser.open(one.address)):
        say("Open this address in your browser.")


def _record(chosen: Chosen) -> dict[str, Any]:
    one = chosen.speech
    return {
        "key": one.key,
        "kind": one.kind,
        "direction": one.direction,
        "title": one.title,
        "speaker": one.speaker,
        "year": one.year,
        "about": one.about,
        "minutes": round(one.minutes, 1) if one.minutes is not None else None,
        "address": one.address,
        "rights": one.rights,
        "why": chosen.why,
    }
