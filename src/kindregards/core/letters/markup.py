"""A letter's HTML → the words a reader sees: no scripts, no hidden lines, no addresses of links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    _Choice = Callable[[str, Mapping[str, str | None]], bool]

_HIDDEN = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe")
)
_HIDING = (
    "display:none", "display: none", "visibility:hidden", "visibility: hidden",
    "mso-hide:all", "mso-hide: all", "max-height:0", "max-height: 0",
)  # fmt: skip
_TINY = re.compile(
    r"(?i)(?:font-size|line-height|opacity|max-width|width) ?: ?0(?:px|pt|em|%)?(?:;|$| )"
)
_BREAK, _PARAGRAPH, _CELL, _LINE = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKED = {
    **dict.fromkeys(
        (
            "div", "tr", "h5", "h6", "li", "section", "article", "header", "footer", "center",
            "address", "pre", "dt", "dd", "hr",
        ),
        _BREAK,
    ),
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote"), _PARAGRAPH),
    **dict.fromkeys(("td", "th"), _CELL),
    "br": _LINE,
}  # fmt: skip
"""What is put before and behind an element, by its tag; of a line break only before."""
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
    root = tree.root
    if root is None or tree.body is None:
        return ""
    return _text_of(root, _is_unread) or _text_of(root, _is_hidden)


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


def _is_hidden(tag: str, said: Mapping[str, str | None]) -> bool:
    """Whether no reader sees the element, by its attributes, and what is in it."""
    if "hidden" in said:
        return True
    style = (said.get("style") or "").lower()
    return bool(style) and any(hiding in style for hiding in _HIDING)


def _is_unread(tag: str, said: Mapping[str, str | None]) -> bool:
    """Whether it is hidden, too small to be read, or quoted."""
    if _is_hidden(tag, said):
        return True
    style = said.get("style") or ""
    if "0" in style and _TINY.search(style):
        return True
    return tag == "blockquote" and (
        (said.get("type") or "").lower() == "cite"
        or "gmail_quote" in (said.get("class") or "").lower().split()
    )


def _text_of(root: LexborNode, is_left_out: _Choice) -> str:
    """The text in order, laid out by the marks around its elements."""
    pieces: list[str] = []
    above = root.parent
    inside = [
        (above.mem_id if above else 0, "")
    ]  # the elements that are open, and the mark behind each
    left_out = 0  # how many of them are in something left out, itself counted
    for node in root.traverse(include_text=True):
        above, tag = node.parent, node.tag or ""
        while above and inside[-1][0] != above.mem_id:
            pieces.append(inside.pop()[1])
            left_out -= left_out > 0
        if tag == "-text":
            if not left_out:
                pieces.append(node.text_content or "")
            continue
        if not left_out:
            said = node.attributes
            if tag not in _HIDDEN and not (said and is_left_out(tag, said)):
                mark = _MARKED.get(tag, "")
                pieces.append(mark)
                inside.append((node.mem_id, mark if tag != "br" else ""))
                continue
        left_out += 1
        inside.append((node.mem_id, ""))
    pieces.extend(mark for _, mark in reversed(inside))
    return _MARKS.sub(_layout, re.sub(r"[ \t\r\n\f]+", " ", "".join(pieces))).strip()


def _layout(found: re.Match[str]) -> str:
    marks = found.group()
    # Two breaks in a row are how most writers of HTML mail make a paragraph.
    if _PARAGRAPH in marks or marks.count(_LINE) > 1:
        return "\n\n"
    return "\n" if _BREAK in marks or _LINE in marks else " "
