"""Our own small modules and style sheets in one piece, for a file that loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "kindregards"
STYLES = ("base.css", "parts.css", "reading.css")

_IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export const (\w+)", re.MULTILINE)


@cache
def script() -> str:
    """The packet's script and all that it imports, each module in a scope of its own."""
    done: dict[str, str] = {}
    _put("packet", done)
    return "\n".join(done.values())


@cache
def style() -> str:
    """The style sheets of the page."""
    return "\n".join((STATIC / "css" / name).read_text("utf-8") for name in STYLES)


def hash_of(inline: str) -> str:
    """What a content security policy calls a piece that stands in the page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()


def _put(name: str, done: dict[str, str]) -> None:
    """Put a module after those it imports: `export` becomes a value, `import` takes from it."""
    if name in done:
        return
    source = (STATIC / "js" / "reading" / f"{name}.js").read_text("utf-8")
    for found in _IMPORT.finditer(source):
        _put(found[2], done)
    given = ", ".join(_EXPORT.findall(source))
    inner = _EXPORT.sub(r"const \1", _IMPORT.sub(r"const {\1} = module_\2;\n", source))
    done[name] = f"const module_{name} = (() => {{\n{inner}\nreturn {{ {given} }};\n}})();"
