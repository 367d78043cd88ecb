"""What not to mend: said where somebody is about to, with their own numbers (R22)."""

from __future__ import annotations

from kindregards.core.diagnosis import saying
from kindregards.core.diagnosis.diagnosis import Diagnosis, Verdict
from kindregards.core.diagnosis.told import by_talks


def wrong_fix(found: Diagnosis) -> str:
    """One or two sentences against mending what is not broken; "" where nothing speaks for that.

    The resume where applications do get talks; speaking where they end on paper.
    """
    share = found.on_paper.whole
    talk = saying.end_of(found.on_paper.passage, by_talks=by_talks(found.market))
    of_all = f"{saying.number(share.passed)} of your {saying.number(share.tried)} applications"
    if found.verdict is Verdict.ENDS_ON_PAPER:
        return (
            f"{saying.capital(of_all)} led to {talk}. Practicing answers can wait until more of "
            "them do; the resume and the ways you apply come first."
        )
    if found.on_paper.works:
        return (
            f"{saying.capital(of_all)} led to {talk}; about {saying.rate(share.usual)} is usual. "
            "The resume does its work, so polishing it would be the wrong fix."
        )
    return ""
