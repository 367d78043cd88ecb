"""Keeping what reading remembers out of the garbage collector's rounds.

Reading by the thousand fills memories: wordings laid out, words, sentences that mail repeats. They
stay for as long as the process, and each full round of the collector would go through all of them
again, which costs more than a tenth of the reading.
"""

from __future__ import annotations

import gc


class Settling:
    """Counts letters read; after so many, all that there is by then is left out of the rounds."""

    def __init__(self, *after: int) -> None:
        self._after = after
        self._read = 0

    def one_more(self) -> None:
        """A letter was read.

        What became garbage lately is cleared away first. Old garbage is not looked for: reading
        makes none, and that look costs as much as a hundred letters.
        """
        self._read += 1
        if self._read in self._after:
            gc.collect(1)
            gc.freeze()


settling = Settling(300, 1000, 3000)
"""Of this process: most of what is remembered comes with the first letters."""
