"""The advice that came back and was taken up, for the plan of its process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kindregards.core.outreach.draft import Direction
from kindregards.core.plan import Facts
from kindregards.web.models import Advice, Plan, Touch, User


def advice_on(plan: Plan) -> list[Advice]:
    """The advice that was taken up, without asking where nobody ever wrote back."""
    touches: Iterable[Touch] = plan.application.touches.all()
    came_back = any(touch.direction == Direction.IN for touch in touches)
    return advice_taken_up(plan) if came_back else []


def advice_taken_up(plan: Plan) -> list[Advice]:
    """The advice of this process that the person means to follow or has followed."""
    found = Advice.objects.filter(answer__draft__application_id=plan.application_id, is_wanted=True)
    return list(found.filter(owner_id=plan.owner_id))


def still_to_follow(owner: User, plans: Sequence[Plan]) -> defaultdict[int, list[str]]:
    """The advice that was taken up and is not done yet, application by application."""
    advised: defaultdict[int, list[str]] = defaultdict(list)
    if plans:
        found = Advice.objects.filter(
            owner=owner,
            is_wanted=True,
            done_at=None,
            answer__draft__application__in=[plan.application_id for plan in plans],
        )
        for application, quote in found.values_list("answer__draft__application", "quote"):
            advised[application].append(quote)
    return advised


def with_advice(facts: Facts, advice: Iterable[Advice]) -> Facts:
    """The facts with what the person took up and has not done yet."""
    return replace(facts, taken_up=tuple(one.quote for one in advice if one.done_at is None))
