"""What reading remembers is left out of the garbage collector's rounds."""

from __future__ import annotations

import gc

from kindregards.core.letters.settling import Settling


def test_what_there_is_after_so_many_letters_is_left_out_of_the_rounds() -> None:
    settling = Settling(2)
    before = gc.get_freeze_count()
    try:
        settling.one_more()
        assert gc.get_freeze_count() == before
        remembered = {"sentences": [["which", "mail", "repeats"]]}
        settling.one_more()
        assert gc.get_freeze_count() > before
        assert all(one is not remembered for one in gc.get_objects())
        frozen = gc.get_freeze_count()
        settling.one_more()
        assert gc.get_freeze_count() == frozen
    finally:
        gc.unfreeze()
