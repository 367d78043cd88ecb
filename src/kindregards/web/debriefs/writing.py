"""Words that are kept while they are written, also when two windows write the same."""

from __future__ import annotations

from django.db import transaction

from kindregards.web.models.debrief import Written


@transaction.atomic
def keep_words(row: Written, *, text: str, was: str, window: str) -> bool:
    """Keep what a window wrote over `was`; gives whether another window wrote meanwhile.

    Then both texts are kept: the other window's stays, and this one's lies beside it until the
    person puts them together. A window is never in its own way, so a save that overtakes another
    one of the same window is no quarrel.
    """
    there = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    text = _plain(text)
    is_ours = there.window == window or _same(there.text) in (_same(was), _same(text))
    if is_ours:
        there.text, there.window = text, window
    else:
        is_first = not there.aside or there.aside_window == window
        if is_first:
            there.aside, there.aside_window = text, window
        elif _same(text) not in there.aside:
            there.aside = f"{there.aside}\n\n{text}"
    there.save(update_fields=["text", "window", "aside", "aside_window"])
    _copy(there, row)
    return not is_ours


@transaction.atomic
def settle_aside(row: Written, *, put_together: bool) -> None:
    """Put what lies beside the words under them, or let it go."""
    there = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if put_together and there.aside:
        there.text = "\n\n".join(filter(None, [there.text, there.aside]))
    there.aside, there.aside_window = "", ""
    there.save(update_fields=["text", "aside", "aside_window"])
    _copy(there, row)


def _copy(there: Written, row: Written) -> None:
    for name in ("text", "window", "aside", "aside_window"):
        setattr(row, name, getattr(there, name))


def _plain(text: str) -> str:
    return "\n".join(text.split("\r\n"))


def _same(text: str) -> str:
    """The words as any browser sends them back: line ends differ, the words do not."""
    return _plain(text).strip()
