"""Letters whose reading is in doubt, the most useful to look at first; and those like one."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kindregards.core.letters.likeness import same_form
from kindregards.core.letters.reading import Kind, Stage
from kindregards.web.models import Letter, User

# Below this a kind is worth a second look: on letters chosen to be hard it is about one in five of
# them, and half of those that are read wrongly.
UNSURE_BELOW = 0.85
LOOKED_THROUGH = 400  # letters of one sender
FORM_FIELDS = ("kind", "style", "door", "reason")
"""What a form says wherever it goes; the stage, the employer and the role are this letter's own."""

_MET = (Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL, Stage.OFFER)
_AFTER_MEETING = Q(stage__in=_MET) | Q(application__stage__in=_MET)
# What a mistake would cost, the most first: a refusal after a conversation opens a plan and asks
# for a letter; a newsletter costs a line in a list.
_BY_USE = (
    Q(kind=Kind.REJECTION) & _AFTER_MEETING,
    Q(kind=Kind.REJECTION),
    Q(kind__in=(Kind.OFFER, Kind.INTERVIEW_INVITATION, Kind.ON_HOLD)),
    Q(kind__in=(Kind.ASSESSMENT, Kind.ACKNOWLEDGEMENT)),
    Q(kind=Kind.OTHER) & _AFTER_MEETING,
    Q(kind__in=(Kind.RECRUITER_OUTREACH, Kind.OTHER)),
)


def unsure_letters(owner: User) -> QuerySet[Letter]:
    """The letters whose kind is in doubt and that the person has not looked at, unordered."""
    return Letter.objects.filter(owner=owner, probability__lt=UNSURE_BELOW)


def next_unsure(owner: User, later: Collection[int] = ()) -> Letter | None:
    """The letter that is most useful to look at; those put off come last."""
    unsure = unsure_letters(owner).select_related("application__employer")
    ranks = [When(like, then=Value(rank)) for rank, like in enumerate(_BY_USE)]
    by_use = Case(*ranks, default=Value(len(_BY_USE)), output_field=IntegerField())
    in_order = unsure.alias(rank=by_use).order_by("rank", "probability", "-sent_at", "-pk")
    return in_order.exclude(pk__in=list(later)).first() or in_order.first()


def corrections_of_form(letter: Letter) -> dict[str, str]:
    """What the person corrected of the letter that holds for its form wherever it goes."""
    return {one.field: one.value for one in letter.corrections.all() if one.field in FORM_FIELDS}


def letters_like(letter: Letter) -> list[Letter]:
    """Letters of the same form by the same sender that the person said nothing of, newest first.

    Only those that are read otherwise than this letter was corrected to be.
    """
    taught = corrections_of_form(letter)
    if "kind" not in taught:
        return []
    same_sender = (
        Letter.objects.filter(_from_sender_of(letter), owner_id=letter.owner_id)
        .exclude(pk=letter.pk)
        .exclude(kind=taught["kind"])
        .exclude(corrections__field="kind")
        .select_related("application__employer")
        .defer("reading", "as_read", "losses")
        .order_by("-sent_at", "-pk")[:LOOKED_THROUGH]
    )
    return [other for other in same_sender if same_form(letter.text, other.text)]


def _from_sender_of(letter: Letter) -> Q:
    """The same site or person; for a system that sends for many, the same system."""
    if letter.sender_key:
        return Q(sender_key=letter.sender_key)
    _local, _at, domain = letter.sender_email.rpartition("@")
    return Q(sender_email__iendswith=f"@{domain}") if domain else Q(sender_email="")
