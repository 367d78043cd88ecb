"""Signs that begin an item of a list."""

from __future__ import annotations

import re

# Symbol and Wingdings put their bullets where Unicode has no characters.
_BULLET = re.compile(
    r"^\s*(?:[•‣▪▫●○◦◉■□◆◇❖➢➤►▶▸✓✔·∙⁃\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d]\s*|[-–—*+]\s+|o\s+(?=[A-Z]))"
)


def without_bullet(line: str) -> tuple[str, bool]:
    """The line without the bullet at its beginning, and whether there was one."""
    found = _BULLET.match(line)
    return (line[found.end() :].strip(), True) if found else (line.strip(), False)
