"""A version's Markdown as a page shows it."""

from __future__ import annotations

from django.utils.safestring import SafeString

from kindregards.core.resumes.document import parser

LOWEST = 6


def rendered(markdown: str, *, lowered: int = 0) -> SafeString:
    """The Markdown as HTML; its headings stand `lowered` levels deeper.

    Safe: the parser lets no HTML through and no address that a browser would run (html is off).
    """
    reading = parser()
    tokens = reading.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + lowered, LOWEST)}"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noreferrer noopener")
    html = str(reading.renderer.render(tokens, reading.options, {}))
    return SafeString(html)
