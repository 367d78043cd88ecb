"""Where each character that a reader of Markdown sees stands in the Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINK_ENDS = re.compile(
    r"""\]\(\s*(?:<[^>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)
    (?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)
    |\](?:\[[^\]]*\])?""",
    re.VERBOSE | re.DOTALL,
)


class Spot(NamedTuple):
    """One character as it is read, and the run of Markdown that stands for it."""

    char: str
    start: int
    end: int


def spots_of(token: Token, lines: Sequence[tuple[int, str]]) -> list[Spot]:
    """The characters of a token with words in it. `lines` are all lines with where they begin."""
    first, last = token.map or (0, 0)
    there = lines[first : max(last, first + 1)]
    if token.type == "inline":
        return list(_Walk(token.content, _origins(token.content, there)).over(token.children or []))
    if token.type == "fence":
        there = there[1:]
    content = token.content.rstrip("\n")
    return [
        Spot(char, at, at + 1) for char, at in zip(content, _origins(content, there), strict=False)
    ]


def cells_of(tokens: Sequence[Token], lines: Sequence[tuple[int, str]]) -> list[list[Spot]]:
    """The characters of a row's cells, in which a pipe that is meant has a backslash."""
    if not tokens:
        return []
    begins, line = lines[(tokens[0].map or (0, 0))[0]]
    at, cells = _next_cell(line, 0), []
    for token in tokens:
        origins = []
        for char in token.content:
            at += char == "|" and line[at : at + 2] == "\\|"
            origins.append(begins + at)
            at += 1
        walk = _Walk(token.content, [*origins, begins + at])
        cells.append(
            [_with_backslash(one, begins, line) for one in walk.over(token.children or [])]
        )
        at = _next_cell(line, at)
    return cells


def _with_backslash(spot: Spot, begins: int, line: str) -> Spot:
    at = spot.start - begins
    is_meant = spot.char == "|" and line[max(at - 1, 0) : at + 1] == "\\|"
    return spot._replace(start=spot.start - 1) if is_meant else spot


def _next_cell(line: str, at: int) -> int:
    """Past the pipe that stands before a cell; the first need not have one."""
    at = _past_spaces(line, at)
    return _past_spaces(line, at + 1) if line[at : at + 1] == "|" else at


def _past_spaces(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def _origins(content: str, lines: Sequence[tuple[int, str]]) -> list[int]:
    """Where each character of a block's content, its line ends too, stands in the Markdown."""
    origins: list[int] = []
    for number, words in enumerate(content.split("\n")):
        begins, line = lines[min(number, len(lines) - 1)]
        found = line.rfind(words)
        at = begins + (found if found >= 0 else len(line) - len(line.lstrip()))
        origins += range(at, at + len(words) + 1)
    return origins


class _Walk:
    """One walk over the pieces of a line, which come in the order of its content."""

    def __init__(self, content: str, origins: Sequence[int]) -> None:
        self._content = content.replace("\n", " ")
        self._ends = content
        self._origins = origins
        self._at = 0

    def over(self, children: Sequence[Token]) -> Iterator[Spot]:
        for child in children:
            if child.type in ("text", "code_inline"):
                yield from self._words(child)
            elif child.type == "text_special":
                yield self._stands_for(child.content, child.markup)
            elif child.type in ("softbreak", "hardbreak"):
                yield self._line_end()
            elif child.type == "link_close":
                self._leave_link(is_bare=child.info == "auto")
            else:
                self._skip("[" if child.type == "link_open" and not child.markup else _mark(child))

    def _words(self, child: Token) -> Iterator[Spot]:
        if child.type == "code_inline":
            self._skip(child.markup)
        begin = self._content.find(child.content, self._at)
        begin = begin if begin >= 0 else self._at
        for number, char in enumerate(child.content):
            at = self._origin(begin + number)
            yield Spot(char, at, at + 1)
        self._at = begin + len(child.content)
        if child.type == "code_inline":
            self._skip(child.markup)

    def _stands_for(self, char: str, markup: str) -> Spot:
        begin = max(self._content.find(markup, self._at), self._at)
        self._at = begin + len(markup)
        return Spot(char, self._origin(begin), self._origin(begin) + len(markup))

    def _line_end(self) -> Spot:
        begin = max(self._ends.find("\n", self._at), self._at)
        self._at = begin + 1
        return Spot("\n", self._origin(begin), self._origin(begin) + 1)

    def _leave_link(self, *, is_bare: bool) -> None:
        if is_bare:
            return self._skip(">")
        ends = _LINK_ENDS.search(self._ends, self._at)
        self._at = ends.end() if ends else self._at
        return None

    def _skip(self, mark: str) -> None:
        begin = self._content.find(mark, self._at) if mark else -1
        self._at = begin + len(mark) if begin >= 0 else self._at

    def _origin(self, at: int) -> int:
        return self._origins[min(at, len(self._origins) - 1)]


def _mark(child: Token) -> str:
    return "<" if child.info == "auto" else child.markup
