"""Notes that somebody took in a form of their own: headings, bullets and questions are recognised.

Nothing is lost: what is not understood stays as a note, with its heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kindregards.core.debriefs.markdown import from_markdown, is_ours
from kindregards.core.debriefs.prompts import Prompt
from kindregards.core.debriefs.record import (
    Asked,
    Cause,
    Intention,
    Record,
    on_one_line,
    tidy,
    went_badly,
)

# Which heading means which prompt; the first that fits. They are looked for in whole headings, so
# that a sentence with one of these words in it is no heading.
_HEADINGS: tuple[tuple[Prompt, str], ...] = (
    (Prompt.QUESTION, r"(?:the )?(?:questions?|q ?& ?a|they asked|(?:what )?(?:i was|they) asked)"
                      r"(?: (?:they |i was )?asked| i remember)?(?: me)?"),
    (Prompt.PEOPLE, r"(?:people|who(?: was there)?|panel|(?:the )?interviewers?|met|present)"),
    (Prompt.ROUNDS, r"(?:(?:the )?(?:conversations?|rounds?|interviews?|calls?|format|set-?up))"),
    (Prompt.REACTIONS, r"(?:(?:their )?reactions?|"
                       r"(?:what )?they (?:came back to|reacted to|liked))"),
    (Prompt.NOT_SHOWN, r"(?:gaps?|missing|(?:what )?i could not show|not shown)"),
    (Prompt.LETTER, r"(?:(?:the )?(?:rejection )?(?:letter|e-?mail|message))"),
    (Prompt.OTHER_REASONS, r"(?:(?:the )?other (?:reasons?|explanations?)|alternatives?)"),
    (Prompt.MEANT, r"(?:goals?|aims?|(?:what )?(?:was|i) (?:meant to happen|wanted))"),
    (Prompt.HAPPENED, r"(?:what happened|summary|overview|facts)"),
    (Prompt.WHY, r"why(?: (?:it|there was a gap))?"),
    (Prompt.CAUSE, r"(?:(?:possible )?(?:causes?|reasons?))"),
    (Prompt.KEEPS, r"(?:(?:what )?(?:went well|worked|was good)|keep|strengths?|positives?|good)"),
    (Prompt.ONE_THING, r"(?:next time|(?:to )?(?:improve|change)|improvements?|"
                       r"(?:to )?do differently|lessons?(?: learne?[dt])?|learnings?|takeaways?)"),
    (Prompt.IF_THEN, r"(?:if-then(?: plan)?|(?:the |my )?plan)"),
    (Prompt.REST, r"(?:other )?notes?"),
)  # fmt: skip
_PATTERNS = [(prompt, re.compile(pattern, re.IGNORECASE)) for prompt, pattern in _HEADINGS]
_MARKED = re.compile(r"\s{0,3}(?:#{1,6}\s+(.+?)\s*#*|\*\*(.+?)\*\*:?|__(.+?)__:?)\s*:?")
_LABELLED = re.compile(r"([^\W\d_][^:]{0,50}):\s*(.*)")
_BULLET = re.compile(r"\s*(?:[-*+•·–]|\d{1,3}[.)]|\[[ xX]?\]|[Qq]\d{0,2}[.:)])\s+")
_ASKED = re.compile(r"\s*[Qq]\d{0,2}[.:)]\s+")
_ANSWERED = re.compile(r"(?<=\?)\s*(?:[-=]+>|[→–—]|-(?=\s))\s*")
_MARK = re.compile(r"\s*[([{,;–-]?\s*(?:went:?\s*)?([1-5])\s*(?:/|of|out of)\s*5\s*[)\]}.]?\s*$")
_IN_WORDS = tuple(
    (went, re.compile(rf"\s*[([–-]\s*(?:{words})\s*[)\]]?\s*$", re.IGNORECASE))
    for went, words in (
        (1, "(?:very )?bad(?:ly)?|terrible|froze"),
        (2, "not (?:so )?(?:well|good)|weak"),
        (3, "ok(?:ay)?|all right|so-so"),
        (5, "very (?:well|good)|great"),
        (4, "well|good"),
    )
)
_SURE = re.compile(r"\s*[([,–-]?\s*(\d{1,3})\s*%\s*[)\]]?\s*$")
_IF_THEN = re.compile(r"(?:if|when)\s+(.+?),?\s+then\s+(.+)", re.IGNORECASE)
_SAID = re.compile(r"\s*(?:a|i said|answer|my answer|said)\s*:\s*", re.IGNORECASE)
# What a cause is held for where the notes do not say: no more than half.
UNSAID_CONFIDENCE = 50


@dataclass
class _Reader:
    """What was understood so far; `here` is the prompt under whose heading the next line stands."""

    here: Prompt | None = None
    lines: dict[Prompt, list[str]] = field(default_factory=dict)
    questions: list[tuple[str, int | None, list[str]]] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    intention: Intention = field(default_factory=Intention)
    in_answer: bool = False
    after_blank: bool = True
    # A label with words on its own line is over where a question follows an empty line.
    is_label: bool = False
    is_over: bool = False

    def take(self, line: str) -> None:
        """Take in one line."""
        heading, left = _heading_of(line)
        if heading is None and self.after_blank:
            heading, left = _bare_heading_of(line)
        was_after_blank, self.after_blank = self.after_blank, not line.strip()
        if heading is not None:
            self.here, self.in_answer = heading, False
            self.is_label, self.is_over = bool(left) and _MARKED.fullmatch(line) is None, False
            line = left
            if not line:
                return
        if not line.strip():
            self.is_over = self.is_label
            self._keep("")
        elif not (
            self._is_plan(line, is_apart=was_after_blank)
            or self._is_question(line)
            or self._is_cause(line, is_apart=was_after_blank and heading is None)
        ):
            self._keep(line)

    def _keep(self, line: str) -> None:
        """Keep a line under its heading, or with the question that it stands under."""
        if self.in_answer and self.questions:
            said = self.questions[-1][2]
            said.append(line.strip() if said else _SAID.sub("", line, count=1).strip())
            self.in_answer = bool(line.strip()) or self.here is Prompt.QUESTION
            return
        here = self.here or Prompt.REST
        if here in (Prompt.QUESTION, Prompt.CAUSE, Prompt.IF_THEN):
            here = Prompt.REST
        self.lines.setdefault(here, []).append(line)

    def _is_plan(self, line: str, *, is_apart: bool) -> bool:
        """Whether it is the one plan; a second one is a note. Below an answer it stands apart."""
        found = _IF_THEN.fullmatch(_BULLET.sub("", line, count=1).strip())
        may = not self.in_answer or (is_apart and not line[:1].isspace())
        if not found or not may or self.intention:
            return False
        self.intention = Intention(cue=on_one_line(found[1]), then=on_one_line(found[2]))
        self.in_answer = False
        return True

    def _is_question(self, line: str) -> bool:
        if self.here not in (Prompt.QUESTION, None, Prompt.REST) and not self.is_over:
            return False
        bullet = _BULLET.match(line)
        marked, went = _marked(line[bullet.end() :] if bullet else line)
        text, *said = _ANSWERED.split(marked, maxsplit=1)
        is_indented = line[:1].isspace() and self.in_answer
        asks = text.endswith("?") or bool(_ASKED.match(line))
        if not asks and (self.here is not Prompt.QUESTION or not bullet or is_indented):
            return False
        if not text or (is_indented and not asks):
            return False
        answer = [_SAID.sub("", one, count=1).strip() for one in said if one.strip()]
        self.questions.append((on_one_line(text), went, answer))
        self.in_answer = True
        if self.is_over:
            self.here, self.is_label, self.is_over = None, False, False
        return True

    def _is_cause(self, line: str, *, is_apart: bool) -> bool:
        """Whether it is a cause; a line that stands apart is one only if it looks like one."""
        if self.here is not Prompt.CAUSE:
            return False
        text = _BULLET.sub("", line, count=1)
        sure = _SURE.search(text)
        if is_apart and self.causes and text == line and not sure:
            return False
        confidence = int(sure[1]) if sure else UNSAID_CONFIDENCE
        if sure and (confidence > 100 or not text[: sure.start()].strip()):
            return False
        self.causes.append(Cause(on_one_line(text[: sure.start()] if sure else text), confidence))
        return True

    def record(self) -> Record:
        """Everything, as a debrief."""
        notes = {prompt: tidy("\n".join(lines)) for prompt, lines in self.lines.items()}
        return Record(
            notes={prompt: words for prompt, words in notes.items() if words},
            questions=tuple(
                Asked(text, went, tidy("\n".join(said)), went_badly(went))
                for text, went, said in self.questions
            ),
            causes=tuple(self.causes),
            intention=self.intention,
        )


def read_notes(text: str) -> Record:
    """A debrief from plain text or Markdown; one that `as_markdown` wrote comes back whole.

    A heading names the prompt for what follows it. Lines that end in a question mark, and bullets
    under a heading for questions, are questions; "2/5" or "(badly)" after one says how it went;
    what follows it is what was said. "If ..., then ..." is the plan.
    """
    if is_ours(text):
        return from_markdown(text)
    reader = _Reader()
    for line in tidy(text.lstrip("\ufeff")).split("\n"):
        reader.take(line)
    return reader.record()


def _heading_of(line: str) -> tuple[Prompt | None, str]:
    """The prompt that a heading names, and what of the line is more than its name.

    An unknown heading is a note: None for the prompt would leave it to the section above, so it
    begins one of its own.
    """
    marked = _MARKED.fullmatch(line)
    if marked:
        words = next(filter(None, marked.groups())).strip(" :")
        prompt, is_whole = _prompt_of(words)
        if prompt is None and words.endswith("?"):
            return None, line
        return prompt or Prompt.REST, "" if is_whole else words
    labelled = _LABELLED.fullmatch(line.strip())
    if labelled and not line[:1].isspace():
        prompt, is_whole = _prompt_of(labelled[1])
        if prompt is not None and is_whole:
            return prompt, labelled[2]
    return None, line


def _bare_heading_of(line: str) -> tuple[Prompt | None, str]:
    """The prompt of a line that is a known name and nothing else; it follows an empty line."""
    prompt, is_whole = _prompt_of(line.strip())
    bare = is_whole and bool(line.strip()) and not line[:1].isspace()
    return (prompt, "") if bare else (None, line)


def _prompt_of(words: str) -> tuple[Prompt | None, bool]:
    """The prompt that a heading means, and whether its name is all that the heading says."""
    plain = on_one_line(words)
    for prompt, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            return prompt, True
    for prompt, pattern in _PATTERNS:
        if prompt is not Prompt.REST and re.match(
            rf"(?:{pattern.pattern})\b", plain, re.IGNORECASE
        ):
            return prompt, False
    return None, False


def _marked(text: str) -> tuple[str, int | None]:
    """A question without the mark for how it went, and the mark, 1 to 5."""
    found = _MARK.search(text)
    if found:
        return text[: found.start()].strip(), int(found[1])
    for went, pattern in _IN_WORDS:
        said = pattern.search(text)
        if said and text[: said.start()].strip():
            return text[: said.start()].strip(), went
    return text.strip(), None
