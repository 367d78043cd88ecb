"""A letter's HTML → the words a reader sees: no scripts, no hidden lines, no addresses of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_HIDDEN = (
    "script,style,head,title,template,noscript,svg,object,iframe,[hidden],"
    "[style*='display:none' i],[style*='display: none' i],[style*='visibility:hidden' i],"
    "[style*='visibility: hidden' i],[style*='mso-hide:all' i],[style*='mso-hide: all' i],"
    "[style*='max-height:0' i],[style*='max-height: 0' i]"
)
_TINY = re.compile(
    r"(?i)(?:font-size|line-height|opacity|max-width|width) ?: ?0(?:px|pt|em|%)?(?:;|$| )"
)
_BLOCKS = (
    "p,div,tr,table,h1,h2,h3,h4,h5,h6,li,ul,ol,blockquote,section,article,header,footer,"
    "center,address,pre,dt,dd,hr"
)
_PARAGRAPHS = "p,h1,h2,h3,h4,table,ul,ol,blockquote"
_QUOTES = "blockquote[type=cite],blockquote.gmail_quote"
_BREAK, _PARAGRAPH, _CELL, _LINE = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile("[ \ue000-\ue003]*[\ue000-\ue003][ \ue000-\ue003]*")


def words_of(html: str) -> str:
    """The visible text of an HTML letter; table rows and line breaks become lines."""
    # The parser is a compiled library: loaded only where a letter has no other text.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    _drop_unseen(tree)
    own = _text_of(tree, without=_QUOTES)
    return own or _text_of(LexborHTMLParser(html), without=_HIDDEN)


def _drop_unseen(tree: LexborHTMLParser) -> None:
    for node in tree.css(_HIDDEN):
        node.decompose()
    for node in tree.css("[style*='0']"):
        if _TINY.search(node.attributes.get("style") or ""):
            node.decompose()


def _text_of(tree: LexborHTMLParser, *, without: str) -> str:
    for node in tree.css(without):
        node.decompose()
    for selector, mark in ((_BLOCKS, _BREAK), (_PARAGRAPHS, _PARAGRAPH), ("td,th", _CELL)):
        for node in tree.css(selector):
            node.insert_before(mark)
            node.insert_after(mark)
    for node in tree.css("br"):
        node.replace_with(_LINE)
    body = tree.body
    text = body.text(separator="", strip=False) if body else ""
    return _MARKS.sub(_layout, re.sub(r"[ \t\r\n\f]+", " ", text)).strip()


def _layout(found: re.Match[str]) -> str:
    marks = found.group()
    # Two breaks in a row are how most writers of HTML mail make a paragraph.
    if _PARAGRAPH in marks or marks.count(_LINE) > 1:
        return "\n\n"
    return "\n" if _BREAK in marks or _LINE in marks else " "
