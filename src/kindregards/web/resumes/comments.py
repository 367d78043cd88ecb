"""All that readers said of a version: grouped where they agree, and what can be made of it.

Asks the database as often for 300 comments as for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.resumes.agreement import Group, groups
from kindregards.core.resumes.anchors import Anchor, How, find
from kindregards.core.resumes.merging import Merged, Suggestion, merge
from kindregards.core.resumes.remarks import Decision, Kind, Remark
from kindregards.web.models import Comment, Reviewer, User, Version

KINDS = {
    Kind.UNCLEAR: "Unclear",
    Kind.WRONG: "Wrong",
    Kind.STRONGER: "Could be stronger",
    Kind.MISSING: "Something is missing",
    Kind.GOOD: "Good",
}


LARGE = ("kept", "questions", "answers", "remarks", "remembered")
"""What of a reader no comment shows, and 300 comments would each bring along."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment as the page shows it. `now` says what became of its words since, if anything."""

    comment: Comment
    kind: str
    now: str


@dataclass(frozen=True, slots=True)
class Together:
    """Comments on the same words that agree, numbered in the order in which they are read."""

    number: int
    group: Group
    quote: str
    entries: tuple[Entry, ...]

    @property
    def is_decided(self) -> bool:
        """Whether nothing of it is open."""
        return all(one.comment.decision != Decision.OPEN for one in self.entries)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on one page. `base` is the version that the next one is made from."""

    version: Version
    base: Version
    readers: tuple[Reviewer, ...]
    together: tuple[Together, ...]
    merged: Merged
    clashing: tuple[tuple[Comment, ...], ...]
    by_hand: tuple[Comment, ...]
    gone: tuple[Comment, ...]

    @property
    def left(self) -> int:
        """How many comments are open."""
        entries = [entry for one in self.together for entry in one.entries]
        return sum(entry.comment.decision == Decision.OPEN for entry in entries)


def comments_of(version: Version) -> QuerySet[Comment]:
    """What was given back about a version, in the order of its text."""
    mine = Comment.objects.filter(owner_id=version.owner_id, reviewer__version=version)
    named = mine.select_related("reviewer").defer(*(f"reviewer__{name}" for name in LARGE))
    return named.order_by("start", "end", "pk")


def comment_of(owner: User, pk: int) -> Comment:
    """One comment of the owner's readers; 404 for anybody else's."""
    mine = Comment.objects.filter(owner=owner).select_related("reviewer__version")
    return get_object_or_404(mine.defer("reviewer__version__original"), pk=pk)


def newest(version: Version) -> Version:
    """The newest version of the same resume, without its file."""
    newer = Version.objects.filter(resume=version.resume_id, number__gt=version.number)
    return newer.defer("original").order_by("-number").first() or version


def board_of(version: Version) -> Board:
    """All comments of all readers of a version."""
    comments = list(comments_of(version))
    base = newest(version)
    merged = merged_of(base, comments)
    by_key = {one.pk: one for one in comments}
    taken = [one for one in comments if one.decision == Decision.TAKEN and one.put_in_id is None]
    return Board(
        version=version,
        base=base,
        readers=tuple(
            Reviewer.objects.filter(version=version).defer("kept").order_by("asked_at", "pk")
        ),
        together=tuple(_together(version, base, by_key)),
        merged=merged,
        clashing=tuple(tuple(by_key[key] for key in sorted(keys)) for keys in merged.clashing),
        by_hand=tuple(one for one in taken if not one.replacement and one.kind != Kind.GOOD),
        gone=tuple(by_key[key] for key in merged.gone),
    )


def merged_of(base: Version, comments: Sequence[Comment]) -> Merged:
    """The proposals that were taken and are in no version yet, put into the newest text."""
    return merge(
        base.text,
        [
            Suggestion(one.pk, anchor_of(one), one.replacement)
            for one in comments
            if one.decision == Decision.TAKEN and one.replacement and one.put_in_id is None
        ],
    )


def anchor_of(comment: Comment) -> Anchor:
    """Where a comment stands, as the core takes it."""
    return Anchor(comment.exact, comment.prefix, comment.suffix, comment.start, comment.end)


def _together(version: Version, base: Version, by_key: dict[int, Comment]) -> list[Together]:
    said: dict[Anchor, str] = {}  # readers often mean the same words
    remarks = [
        Remark(one.pk, one.reviewer_id, Kind(one.kind), one.start, one.end, one.replacement)
        for one in by_key.values()
    ]
    return [
        Together(
            number,
            group,
            version.text[group.start : group.end],
            tuple(_entry(by_key[one.key], version, base, said) for one in group.remarks),
        )
        for number, group in enumerate(groups(remarks), 1)
    ]


def _entry(comment: Comment, version: Version, base: Version, said: dict[Anchor, str]) -> Entry:
    now = ""
    if comment.put_in_id is not None:
        now = "Your version has it."
    elif base.pk != version.pk:
        anchor = anchor_of(comment)
        if anchor not in said:
            said[anchor] = since(anchor, base)
        now = said[anchor]
    return Entry(comment, KINDS[Kind(comment.kind)], now)


def since(anchor: Anchor, base: Version) -> str:
    """What became of a comment's words in a later version; "" where they stand as they did."""
    place = find(anchor, base.text)
    if place is None:
        return f"These words are gone in version {base.number}."
    if place.how is How.EXACT:
        return ""
    words = " ".join(base.text[place.start : place.end].split())
    return f"In version {base.number} they are: {words}"
