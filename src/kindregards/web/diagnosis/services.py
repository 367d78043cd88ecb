"""What the person says about where they apply."""

from __future__ import annotations

from kindregards.core.diagnosis import Market
from kindregards.web.models import User


def choose_market(*, owner: User, market: Market) -> None:
    """Lay the owner's rates beside the usual ones of another market from now on."""
    owner.market = market
    owner.save(update_fields=["market"])
