"""What the reader's page shows, the same by a link and in a packet."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kindregards.core.resumes.document import Block, BlockKind
from kindregards.core.resumes.remarks import Kind
from kindregards.core.resumes.review import (
    LONGEST_COMMENT,
    LONGEST_QUOTE,
    LONGEST_WORDS,
    MOST_QUESTIONS,
)
from kindregards.web.models import Reviewer
from kindregards.web.reviews import Shown, kept_by, shown_to

KINDS = {
    Kind.UNCLEAR: "Unclear",
    Kind.WRONG: "Wrong",
    Kind.STRONGER: "Could be stronger",
    Kind.MISSING: "Something is missing",
    Kind.GOOD: "Good",
}
NEEDS_NO_WORDS = (Kind.UNCLEAR, Kind.GOOD)
TAGS = {BlockKind.HEADING: "h3"}


def page_of(reviewer: Reviewer) -> dict[str, Any]:
    """What the template of the page needs."""
    shown, kept = shown_to(reviewer), kept_by(reviewer)
    answers = [*kept["answers"], *[""] * MOST_QUESTIONS]
    return {
        "reviewer": reviewer,
        "asker": reviewer.owner.called,
        "words": words_of(shown),
        "shown": shown,
        "kept": kept,
        "said": [{**one, "kind_said": KINDS[Kind(one["kind"])]} for one in kept["comments"]],
        "questions": list(zip(reviewer.questions, answers, strict=False)),
        "kinds": [(kind.value, said) for kind, said in KINDS.items()],
        "kind_names": {kind.value: said for kind, said in KINDS.items()},
        "longest_quote": LONGEST_QUOTE,
        "longest_comment": LONGEST_COMMENT,
        "longest_words": LONGEST_WORDS,
    }


def data_of_link(page: dict[str, Any], token: str) -> dict[str, Any]:
    """What the script of a link's page is told."""
    return {
        "text": page["shown"].text,
        "kinds": page["kind_names"],
        "kept": page["kept"],
        "keep": reverse("sharing-keep", args=[token]),
    }


def words_of(shown: Shown) -> SafeString:
    """The resume's words. Each block holds nothing but its words, so that places can be counted."""
    return format_html_join("\n", "{}", ((_block(*one),) for one in shown.blocks))


def _block(block: Block, words: str) -> SafeString:
    tag = TAGS.get(block.kind, "p")
    name = f"words__{block.kind.value} words__{block.kind.value}--{block.level}"
    return format_html(
        '<{} class="{}" data-at="{}">{}</{}>', tag, name, str(block.start), words, tag
    )
