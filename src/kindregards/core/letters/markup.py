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


# What follows is slow, or takes gigabytes, where somebody nests tags thousands deep or leaves
# thousands of them open. No letter has as many; of one that has, the tags are simply taken out.
_MOST_TAGS = 10_000
_MOST_REOPENED = 1_000_000
_STYLED = re.compile(
    r"(?i)<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?![\w-])"
)
_ASIDE = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style|head|title|svg)\b.*?(?:</\1|\Z)")
_LINE_END = re.compile(r"(?i)<(?:br|p|/p|/div|/tr|/li|/h[1-6]|/table)\b[^<>]*>")


def words_of(html: str, losses: list[str]) -> str:
    """The visible text of an HTML letter; table rows and line breaks become lines."""
    if _is_tangled(html):
        losses.append("The letter's formatting is tangled; its words were read without it.")
        return _without_tags(html)
    # The parser is a compiled library: loaded only where a letter has no other text.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    _drop_unseen(tree)
    own = _text_of(tree, without=_QUOTES)
    return own or _text_of(LexborHTMLParser(html), without=_HIDDEN)


def _is_tangled(html: str) -> bool:
    """Whether taking it apart could cost far more than its length."""
    tags = html.count("<")
    if tags < 1_000:
        return False
    closing = [bool(slash) for slash in _STYLED.findall(html)]
    left_open = max(0, len(closing) - 2 * sum(closing))
    # An open <b> or <font> is opened anew in every paragraph that follows.
    return tags > _MOST_TAGS or left_open * tags > _MOST_REOPENED


def _without_tags(html: str) -> str:
    from html import unescape

    text = _LINE_END.sub("\n", _ASIDE.sub(" ", html))
    lines = unescape(re.sub(r"<[^<>]*>", "", text)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


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
