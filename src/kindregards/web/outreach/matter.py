"""What a draft is about: an application, or somebody with whom there is none.

Pages and services ask the matter, so that none of them needs to know which of the two it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage
from kindregards.web.models import (
    Application,
    Contact,
    Draft,
    Employer,
    Letter,
    Occasion,
    Plan,
    Touch,
    User,
)


@dataclass(frozen=True, slots=True)
class Matter:
    """About what a draft is and to whom. `contact` is set where there is no application.

    `occasion` is the reason to write, where there is one.
    """

    owner: User
    application: Application | None = None
    contact: Contact | None = None
    occasion: Occasion | None = None

    @property
    def name(self) -> str:
        """How a page calls it."""
        return self.application.name if self.application else str(self.contact)

    @property
    def address(self) -> str:
        """The address of the page that it has, without a plan."""
        if self.application:
            return reverse("applications-page", args=[self.application.pk])
        return reverse("network-page", args=[self.contact.pk if self.contact else 0])

    @property
    def plan(self) -> Plan | None:
        """The plan that the draft belongs to; None where there is no rejection."""
        if self.application is None or self.application.outcome != Outcome.REJECTED:
            return None
        return self.application.plan

    @property
    def employer(self) -> Employer | None:
        """Whose process it belongs to, where there is one."""
        one = self.application or self.contact
        return one.employer if one else None

    @property
    def employer_id(self) -> int | None:
        """The key of `employer`."""
        return self.employer.pk if self.employer else None

    @property
    def application_id(self) -> int | None:
        """The key of `application`."""
        return self.application.pk if self.application else None

    @property
    def house(self) -> str:
        """The employer whose contact budget it counts for, as one reads it; "" for unknown."""
        if self.contact is not None and self.contact.works_at:
            return self.contact.works_at
        return self.employer.name if self.employer else ""

    @property
    def house_keys(self) -> set[str]:
        """By which keys that employer is found: of the process, and where they work now (R8)."""
        keys = {self.employer.key} if self.employer else set()
        return keys | ({self.contact.works_at_key} if self.contact else set()) - {""}

    @property
    def role(self) -> str:
        """The role that the application is for."""
        return self.application.role if self.application else ""

    @property
    def stage(self) -> Stage | None:
        """How far the application came."""
        return Stage(self.application.stage) if self.application else None

    @property
    def by_linkedin(self) -> bool:
        """Whether they can be reached by their profile alone."""
        return bool(self.contact and self.contact.profile and not self.contact.email)

    def drafts(self) -> Q:
        """The drafts of the same matter."""
        if self.application:
            return Q(application=self.application)
        return Q(application=None, contact=self.contact)

    def touches(self) -> Q:
        """The touches that belong to the same matter."""
        return Q(application=self.application) if self.application else Q(contact=self.contact)

    def letters(self) -> Q:
        """The letters received that belong to it: of the application, or from them."""
        if self.application:
            return Q(application=self.application)
        theirs = Q(pk=None)
        for address in self.addresses():
            theirs |= Q(sender_email__iexact=address)
        return theirs

    def addresses(self) -> Sequence[str]:
        """Every address that is known to be theirs; none where it is about an application."""
        if self.contact is None:
            return ()
        rows = Contact.everyone.filter(Q(pk=self.contact.pk) | Q(same_as=self.contact))
        return list(rows.exclude(email="").order_by("pk").values_list("email", flat=True))

    def is_with(self, touch: Touch) -> bool:
        """Whether a touch was with the very person."""
        return self.contact is not None and touch.contact_id == self.contact.pk

    def rejection(self) -> Letter | None:
        """The rejection that the draft answers; a word without an application answers none."""
        if self.application is None:
            return None
        return self.application.letters.filter(kind="rejection").order_by("-sent_at").first()


def matter_of(draft: Draft) -> Matter:
    """What a draft is about, and to whom; somebody taken together with another is that one."""
    contact = draft.contact
    if contact is not None and contact.same_as_id is not None:
        contact = contact.same_as
    return Matter(draft.owner, draft.application, contact, draft.occasion)
