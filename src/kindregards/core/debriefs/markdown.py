"""A debrief as Markdown, and back again without loss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kindregards.core.debriefs.prompts import Prompt
from kindregards.core.debriefs.record import (
    Asked,
    Cause,
    Intention,
    OtherReason,
    Record,
    on_one_line,
    tidy,
)
from kindregards.core.debriefs.words import HEADINGS, OTHER_REASONS, WENT

_TITLE = "# Debrief: "
_PRACTICE = "- To practice"
_WENT = re.compile(r"- How it went: ([1-5]) of 5, ")
_CAUSE = re.compile(r"- (.+) \((\d{1,3}) %(?:, (not )?borne out)?\)")
_TICKED = "- [x] "
# A line of the person's own that would read as one of ours gets a backslash, as Markdown has it.
_LIKE_OURS = re.compile(r"^(\s*)(\\|#|- \[x\] )", re.MULTILINE)
_ESCAPED = re.compile(r"^(\s*)\\", re.MULTILINE)
_LABELS = {"If": "cue", "Then": "then", "Day": "on", "Where": "place"}
_TICKS = {said: reason for reason, said in OTHER_REASONS.items()}
_PROMPTS = {heading: prompt for prompt, heading in HEADINGS.items()}


def as_markdown(record: Record, *, name: str) -> str:
    """The debrief of the application `name` as Markdown; `from_markdown` gives it back."""
    parts = [f"{_TITLE}{on_one_line(name)}"]
    for prompt, heading in HEADINGS.items():
        written = "\n\n".join(_written(record, prompt))
        if written:
            parts.append(f"## {heading}\n\n{written}")
    return "\n\n".join(parts) + "\n"


def is_ours(text: str) -> bool:
    """Whether a text is a debrief as `as_markdown` writes it."""
    return text.lstrip("\ufeff \n\r\t").startswith(_TITLE.rstrip())


def from_markdown(text: str) -> Record:
    """The debrief that `as_markdown` wrote. What somebody added in between stays as a note."""
    notes: dict[Prompt, str] = {}
    ticked: tuple[OtherReason, ...] = ()
    questions: list[Asked] = []
    causes: list[Cause] = []
    intention, rest = Intention(), []
    for heading, body in _sections(text):
        prompt = _PROMPTS.get(heading)
        if prompt is Prompt.QUESTION:
            found, left = _questions(body)
            questions += found
        elif prompt is Prompt.CAUSE:
            found_causes, left = _causes(body)
            causes += found_causes
        elif prompt is Prompt.IF_THEN:
            intention, left = _intention(body)
        elif prompt is Prompt.OTHER_REASONS:
            ticked, body = _ticks(body)
            left = _keep(notes, prompt, body)
        elif prompt is not None:
            left = _keep(notes, prompt, body)
        else:
            left = f"{heading}\n{body}"
        rest.append(tidy(left))
    kept = "\n\n".join(filter(None, [notes.pop(Prompt.REST, ""), *rest]))
    if kept:
        notes[Prompt.REST] = kept
    return Record(notes, ticked, tuple(questions), tuple(causes), intention)


# Writing --------------------------------------------------------------------------------------


def _written(record: Record, prompt: Prompt) -> Iterator[str]:
    if prompt is Prompt.QUESTION:
        yield from (_question(one) for one in record.questions)
    elif prompt is Prompt.CAUSE and record.causes:
        yield "\n".join(_cause(one) for one in record.causes)
    elif prompt is Prompt.IF_THEN and record.intention:
        yield _plan(record.intention)
    elif prompt is Prompt.OTHER_REASONS and record.ticked:
        yield "\n".join(f"{_TICKED}{OTHER_REASONS[one]}" for one in record.ticked)
    if record.notes.get(prompt):
        yield _LIKE_OURS.sub(r"\1\\\2", record.notes[prompt])


def _question(asked: Asked) -> str:
    lines = [f"### {asked.text}"]
    if asked.went is not None:
        lines.append(f"- How it went: {asked.went} of 5, {WENT[asked.went]}")
    lines += [_PRACTICE] if asked.to_practice else []
    said = _LIKE_OURS.sub(r"\1\\\2", asked.said)
    return "\n".join(lines) + (f"\n\n{said}" if said else "")


def _cause(cause: Cause) -> str:
    judged = {None: "", True: ", borne out", False: ", not borne out"}[cause.borne_out]
    return f"- {cause.text} ({cause.confidence} %{judged})"


def _plan(intention: Intention) -> str:
    values = {
        "If": on_one_line(intention.cue),
        "Then": on_one_line(intention.then),
        "Day": intention.on.isoformat() if intention.on else "",
        "Where": on_one_line(intention.place),
    }
    return "\n".join(f"- {label}: {value}" for label, value in values.items() if value)


# Reading --------------------------------------------------------------------------------------


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each heading of the second rank with what stands under it; before the first it is ""."""
    heading, body = "", list[str]()
    for line in tidy(text.lstrip("\ufeff")).split("\n"):
        if line.startswith("## "):
            yield heading, "\n".join(body)
            heading, body = line.removeprefix("## ").strip(), []
        elif not line.startswith(_TITLE.rstrip()):
            body.append(line)
    yield heading, "\n".join(body)


def _keep(notes: dict[Prompt, str], prompt: Prompt, body: str) -> str:
    """Keep the words at a prompt; what is left over is nothing."""
    words = _plain(body)
    if words:
        notes[prompt] = words
    return ""


def _plain(body: str) -> str:
    return tidy(_ESCAPED.sub(r"\1", body))


def _questions(body: str) -> tuple[list[Asked], str]:
    left, *blocks = re.split(r"^### ", body, flags=re.MULTILINE)
    return [_asked(block) for block in blocks], left


def _asked(block: str) -> Asked:
    text, *lines = block.split("\n")
    went, to_practice = None, False
    while lines and (found := _WENT.match(lines[0]) or lines[0] == _PRACTICE):
        lines.pop(0)
        if isinstance(found, re.Match):
            went = int(found.group(1))
        else:
            to_practice = True
    return Asked(on_one_line(text), went, _plain("\n".join(lines)), to_practice)


def _causes(body: str) -> tuple[list[Cause], str]:
    causes, left = [], []
    for line in body.split("\n"):
        found = _CAUSE.fullmatch(line)
        if found and int(found.group(2)) <= 100:
            text, confidence, is_not = found.groups()
            judged = "borne out)" in line.rpartition(" %")[2]
            causes.append(Cause(text, int(confidence), (is_not is None) if judged else None))
        else:
            left.append(line)
    return causes, "\n".join(left)


def _intention(body: str) -> tuple[Intention, str]:
    values: dict[str, str] = {}
    left = []
    for line in body.split("\n"):
        label, _, value = line.removeprefix("- ").partition(": ")
        if line.startswith("- ") and label in _LABELS and label not in values:
            values[label] = value.strip()
        else:
            left.append(line)
    on, unread = _day(values.pop("Day", ""))
    texts = {_LABELS[label]: value for label, value in values.items()}
    return Intention(on=on, **texts), "\n".join([*left, unread])


def _day(value: str) -> tuple[date | None, str]:
    """The day, or what stands in its place."""
    try:
        return date.fromisoformat(value), ""
    except ValueError:
        return None, value


def _ticks(body: str) -> tuple[tuple[OtherReason, ...], str]:
    ticked, left = [], []
    for line in body.split("\n"):
        reason = _TICKS.get(line.removeprefix(_TICKED)) if line.startswith(_TICKED) else None
        if reason is not None and reason not in ticked:
            ticked.append(reason)
        else:
            left.append(line)
    return tuple(ticked), "\n".join(left)
