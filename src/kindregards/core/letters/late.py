"""A regular expression that is compiled when it is first needed: few letters need all of them."""

from __future__ import annotations

import re
from functools import cached_property


class Late:
    """The source of an expression, and the expression itself in `compiled`."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, from its first use on."""
        return re.compile(self._source)
