"""Words from people who are here, noticed in the mailbox: that they wrote, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kindregards.core.letters.triage import Glance
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.contacts import by_address, heard_from
from kindregards.web.models import Touch, User
from kindregards.web.rhythm import work_out

AT_ONCE = 500


@transaction.atomic
def keep_heard(*, owner: User, glances: Sequence[Glance], now: datetime) -> None:
    """Record that people who are here wrote. The same message twice is one Touch."""
    for at in range(0, len(glances), AT_ONCE):
        _keep(owner, glances[at : at + AT_ONCE], now)


def _keep(owner: User, glances: Sequence[Glance], now: datetime) -> None:
    addresses = {one.address.lower() for one in glances} - {""}
    if not addresses:
        return
    here = by_address(owner, addresses)
    told = [one for one in glances if one.address.lower() in here]
    if not told:
        return
    last: dict[str, datetime] = {}
    touches = []
    for one in told:
        contact, sent_at = here[one.address.lower()], one.sent_at
        if sent_at is None:
            continue
        address = one.address.lower()
        last[address] = max(sent_at, last.get(address, sent_at))
        touches.append(
            Touch(
                owner=owner,
                contact=contact,
                employer_id=contact.employer_id,
                direction=Direction.IN,
                channel=Channel.MAIL,
                kind=DraftKind.OTHER,
                at=sent_at,
                message_id=one.message_id[:998],
            )
        )
    Touch.objects.bulk_create(touches, ignore_conflicts=True)
    heard_from(owner, last)
    work_out(owner_id=owner.pk, contacts={here[email].pk for email in last}, now=now)
