"""What views take from a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kindregards.web.models import User


def owner_of(request: HttpRequest) -> User:
    """The signed-in owner. The middleware lets nobody else come this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
