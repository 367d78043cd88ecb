"""How a resume says things: person, tense, length of its items, verbs said again, addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kindregards.core.outreach.draft import Finding, Severity
from kindregards.core.resumes.document import Block, BlockKind, Document
from kindregards.core.resumes.first_look import FirstLook
from kindregards.core.resumes.verbs import verbs

_FIRST = re.compile(r"\b(?:I|I[’']m|I[’']ve|I am|I have|my|me|myself)\b(?!\.)")
_BEGINS_WITH_I = re.compile(r"I (?:have |also |then )?([a-z]+)")
_BARE = re.compile(
    r"(?<![\w/:@.])(?:www\.[\w-]+(?:\.[\w-]+)+|(?:linkedin\.com|github\.com|gitlab\.com|"
    r"xing\.com|behance\.net)(?=/))[^\s|,;)\]]*"
)
_NAMED_ONLY = re.compile(r"\b(?:LinkedIn|GitHub|GitLab|Xing|Behance)\b(?: profile)?", re.I)
_ADDRESS_AFTER = re.compile(r"\.\w|/")
_RESPONSIBLE = re.compile(r"responsible for\b", re.IGNORECASE)
MOST_WORDS = 32
"""Of one item: about two lines [design]. Longer ones are skipped in seconds."""
SAID_OFTEN = 4


def wording_findings(document: Document, look: FirstLook) -> Iterator[Finding]:
    """What in the wording is worth a look, place by place."""
    for block in document.blocks:
        yield from _first_person(block)
        yield from _addresses(document, block)
        if block.kind is BlockKind.ITEM:
            yield from _long(block)
            yield from _responsible(block)
    yield from _tense(document, look)
    yield from _again(document)


def _at(
    block: Block,
    start: int,
    end: int,
    *,
    rule: str,
    title: str,
    why: str,
    instead: str | None = None,
    minor: bool = True,
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.SOFTEN,
        title=title,
        why=why,
        quote=block.text[start:end],
        start=block.start + start,
        end=block.start + end,
        instead=instead,
        minor=minor,
    )


def _first_person(block: Block) -> Iterator[Finding]:
    found = _FIRST.search(block.text)
    if not found:
        return
    begins = _BEGINS_WITH_I.match(block.text) if block.kind is BlockKind.ITEM else None
    start, end = begins.span() if begins else found.span()
    yield _at(
        block,
        start,
        end,
        rule="first-person",
        title="“I” can go",
        why="A resume is read as yours. Its lines begin with what you did.",
        instead=begins.group(1).capitalize() if begins else None,
    )


def _addresses(document: Document, block: Block) -> Iterator[Finding]:
    for found in _BARE.finditer(block.text):
        if _is_linked(document, block, found.start()):
            continue
        yield _at(
            block,
            *found.span(),
            rule="link",
            title="An address that is no link",
            why="Without https:// many programs show it as words that cannot be pressed.",
            instead=f"https://{found.group()}",
        )
    for found in _NAMED_ONLY.finditer(block.text):
        if _ADDRESS_AFTER.match(block.text, found.end()):
            continue
        alone = block.text.strip(" |·,") == found.group() or f"| {found.group()}" in block.text
        if alone and not _is_linked(document, block, found.start()):
            yield _at(
                block,
                *found.span(),
                rule="link",
                title="A link that leads nowhere",
                why="The word is there, its address is not. On paper nobody can press it.",
            )


def _is_linked(document: Document, block: Block, at: int) -> bool:
    """Whether the words are a link in the Markdown already."""
    before = document.markdown[: block.spots[at].start]
    opened = before.rfind("[")
    behind = document.markdown[block.spots[at].start :]
    closes = behind.find("](")
    return opened > before.rfind("]") and 0 <= closes < 200 and "\n" not in behind[:closes]


def _long(block: Block) -> Iterator[Finding]:
    words = len(block.text.split())
    if words > MOST_WORDS:
        yield _at(
            block,
            0,
            len(block.text),
            rule="long-item",
            title="Long for one line of a list",
            why=f"{words} words. Two lines, about {MOST_WORDS} words, are read at a glance; what "
            "you did and what came of it are enough.",
        )


def _responsible(block: Block) -> Iterator[Finding]:
    found = _RESPONSIBLE.match(block.text)
    if found:
        yield _at(
            block,
            *found.span(),
            rule="responsible",
            title="What did you do?",
            why="“Responsible for” says what the job was. A verb says what you did in it.",
        )


def _tense(document: Document, look: FirstLook) -> Iterator[Finding]:
    """Items of a position that ended, told as if it went on."""
    ended = {one.dates.start: not one.goes_on for one in look.positions}
    is_past = False
    for block in document.blocks:
        if block.kind is not BlockKind.ITEM:
            is_past = ended.get(block.start, is_past and block.kind is not BlockKind.HEADING)
            continue
        first = block.text.split(maxsplit=1)[0]
        verb = verbs().get(first.casefold().removesuffix(","))
        if is_past and verb and first.casefold() == verb.now != verb.then:
            yield _at(
                block,
                0,
                len(first),
                rule="tense",
                title="Told as if it went on",
                why="This position has ended; the past is what a reader expects here.",
                instead=verb.then.capitalize(),
            )


def _again(document: Document) -> Iterator[Finding]:
    """A verb that begins four items or more, at the last of them."""
    begun: dict[str, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.ITEM:
            first = block.text.split(maxsplit=1)[0].strip(",.:").casefold()
            if first.isalpha() and len(first) > 2:
                begun[first].append(block)
    for first, blocks in begun.items():
        if len(blocks) < SAID_OFTEN:
            continue
        verb = verbs().get(first)
        free = [one for one in (verb.others if verb else ()) if one not in begun]
        yield _at(
            blocks[-1],
            0,
            len(first),
            rule="again",
            title=f"“{first.capitalize()}” begins {len(blocks)} lines",
            why="Another verb says more of what was different each time.",
            instead=free[0].capitalize() if free else None,
        )
