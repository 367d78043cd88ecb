"""A line of the person's own in words that greet: without one, a greeting is a form (R29)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kindregards.core.outreach.draft import GREETS, Circumstances, Draft, Finding, Severity
from kindregards.core.outreach.prose import WORD

OWN_LINE = "own-line"
OWN_WORDS = 3
"""Words that make a line one's own, however little is changed besides. [design]"""


def own_line_findings(
    draft: Draft, circumstances: Circumstances, *, is_blank: bool
) -> Iterator[Finding]:
    """That nothing of the person's own stands in a greeting that was drafted for them.

    `circumstances.given` is the text as it was drafted; without it nothing is said. While a blank
    is left, that says the same.
    """
    if draft.kind not in GREETS or not circumstances.given or is_blank:
        return
    added = Counter(_words(draft.text)) - Counter(_words(circumstances.given))
    if added.total() < OWN_WORDS:
        yield Finding(
            OWN_LINE,
            Severity.STOP,
            "A line of your own is missing",
            "A greeting by the form reads as one. One thing that only you would say makes it a word"
            " from you.",
        )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]
