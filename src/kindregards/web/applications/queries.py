"""Applications of one owner."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kindregards.web.models import Application, User


def application_of(owner: User, pk: int) -> Application:
    """One application of the owner; 404 for anybody else's."""
    mine = Application.objects.filter(owner=owner).select_related("employer")
    return get_object_or_404(mine, pk=pk)
