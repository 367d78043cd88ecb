"""A version's Markdown as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from markdown_it.token import Token

from kindregards.core.resumes.document import parser

LOWEST = 6
_ADDRESS = re.compile(
    r"https?://[^\s<>()|,;\"]*[^\s<>()|,;\".:]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)


def rendered(markdown: str, *, lowered: int = 0) -> SafeString:
    """The Markdown as HTML; its headings stand `lowered` levels deeper, and addresses are links.

    Safe: the parser lets no HTML through and no address that a browser would run (html is off).
    """
    reading = parser()
    tokens = reading.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + lowered, LOWEST)}"
        if token.children:
            token.children = list(_linked(token.children))
    html = str(reading.renderer.render(tokens, reading.options, {}))
    return SafeString(html)


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    """The pieces of a line; bare addresses are made links, and links tell nobody where from."""
    inside = 0
    for child in children:
        inside += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "link_open":
            child.attrSet("rel", "noreferrer noopener")
        if child.type == "text" and not inside:
            yield from _with_addresses(child.content)
        else:
            yield child


def _with_addresses(words: str) -> Iterator[Token]:
    at = 0
    for found in _ADDRESS.finditer(words):
        yield _text(words[at : found.start()])
        address = found.group()
        link = address if "://" in address else f"mailto:{address}"
        yield Token("link_open", "a", 1, attrs={"href": link, "rel": "noreferrer noopener"})
        yield _text(address)
        yield Token("link_close", "a", -1)
        at = found.end()
    yield _text(words[at:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
