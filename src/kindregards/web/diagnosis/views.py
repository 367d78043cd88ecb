"""The diagnosis: the page, the usual rates, the choice of a market, a picture to keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.diagnosis import (
    Act,
    Diagnosis,
    Market,
    Route,
    Speaks,
    fixes,
    usual_rates,
    words_for,
)
from kindregards.core.diagnosis.saying import MARKETS, REASONS, ROUTES, hundreds, titled
from kindregards.core.diagnosis.told import by_talks
from kindregards.core.diagnosis.week import LookBack, as_markdown, look_back
from kindregards.core.letters.reading import Stage
from kindregards.core.outreach import AnswerKind
from kindregards.web.diagnosis.flow import ENDS, across, downwards, drawn, shortened
from kindregards.web.diagnosis.forms import MarketForm
from kindregards.web.diagnosis.pictures import (
    days_lines,
    dots,
    rate_lines,
    returned,
    routes_known,
    row_of_dots,
    split_parts,
)
from kindregards.web.diagnosis.queries import (
    counted_of,
    diagnosis_of,
    names_by_stage,
    paces_of,
    plan_to_improve,
    requests_of,
)
from kindregards.web.diagnosis.returning import own_view_of
from kindregards.web.diagnosis.services import choose_market
from kindregards.web.diagnosis.weeks import week_of
from kindregards.web.models import User
from kindregards.web.requests import owner_of

ROOM = {"room": "diagnosis"}
SPEAKS = {
    Speaks.FOR: "Your letters speak for it",
    Speaks.AGAINST: "Your letters speak against it",
    Speaks.NOT: "Your letters leave it open",
}
ANSWERS = {
    AnswerKind.ADVICE: "advice",
    AnswerKind.CALL: "an offer to talk",
    AnswerKind.REFUSED: "a kind refusal",
    AnswerKind.OTHER: "a few words",
    None: "nothing yet",
}
STAGE_NAMES = {
    Stage.APPLICATION: "Application",
    Stage.SCREEN: "First call",
    Stage.INTERVIEW: "Interview",
    Stage.FINAL: "Final interview",
    Stage.OFFER: "Offer",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Words first: where applications end, how sure; then the pictures, each with its table."""
    owner = owner_of(request)
    found = diagnosis_of(owner, timezone.now())
    if not found.applications:
        return render(request, "diagnosis/empty.html", {"words": words_for(found), **ROOM})
    asked = requests_of(owner)
    context = {
        "found": found,
        "words": words_for(found),
        "wide": across(found),
        "tall": downwards(found),
        "rows": _rows(found),
        "lines": rate_lines(found),
        "splits": (parts := split_parts(found)),
        "alike": sum(not part.differs for part in parts),
        "days": days_lines(paces_of(owner)),
        "reasons": [
            (REASONS[one.reason], one, row_of_dots(one.employers)) for one in found.reasons
        ],
        "returning": returned(found.questions),
        "gaps": found.gaps,
        "asked": [(one, ANSWERS[one.answer]) for one in asked],
        "answered": sum(one.answer is not None for one in asked),
        "dots": dots(asked),
        "dots_height": 20 + 18 * (len(asked) // 10),
        "markets": [(one.value, MARKETS[one]) for one in Market],
        "years": _years(found),
        "act": _act(owner, found),
        "own_view": own_view_of(owner),
        **ROOM,
    }
    return render(request, "diagnosis/page.html", context)


@require_safe
def usual(request: HttpRequest) -> HttpResponse:
    """Where the usual rates come from, market by market."""
    owner = owner_of(request)
    tables = [
        (
            MARKETS[market],
            market == owner.market,
            [
                (
                    titled(one.passage, by_talks=by_talks(market)),
                    ROUTES[one.route] if one.route else "",
                    hundreds(one.mean),
                    one,
                )
                for one in usual_rates(market, Route)
            ],
        )
        for market in Market
    ]
    return render(request, "diagnosis/usual.html", {"tables": tables, **ROOM})


@require_safe
def fixes_page(request: HttpRequest) -> HttpResponse:
    """What people try after a no, with what research and the owner's own letters say of each."""
    owner = owner_of(request)
    found = diagnosis_of(owner, timezone.now())
    told = [(fix, SPEAKS[fix.speaks]) for fix in fixes(found, counted_of(owner))]
    context = {
        "clear": [one for one in told if one[0].speaks is not Speaks.NOT],
        "open": [one for one in told if one[0].speaks is Speaks.NOT],
        "act": _act(owner, found) if found.applications else None,
        **ROOM,
    }
    return render(request, "diagnosis/fixes.html", context)


@require_POST
def market(request: HttpRequest) -> HttpResponse:
    """Lay the rates beside those of another market."""
    form = MarketForm(request.POST)
    if form.is_valid():
        choose_market(owner=owner_of(request), market=Market(form.cleaned_data["market"]))
    else:
        messages.warning(request, "Choose one of the kinds of work that are listed.")
    return redirect(f"{reverse('diagnosis-page')}#rates")


@require_safe
def flow_picture(request: HttpRequest) -> HttpResponse:
    """The flow as a picture to keep or post; `names=shown` adds the person's and employers'."""
    owner = owner_of(request)
    found = diagnosis_of(owner, timezone.now())
    with_names = request.GET.get("names") == "shown"
    names = names_by_stage(owner) if with_names else {}
    drawing = across(found)
    below = drawing.height + (24 if names else 0)
    context = {
        "drawing": drawing,
        "title": f"{owner.called}: where applications ended" if with_names and owner.called else "",
        "names": [
            (STAGE_NAMES[Stage(stage)], shortened(", ".join(names[stage])), 20 * place)
            for place, stage in enumerate(stage for stage in Stage if stage in names)
        ],
        "below": below,
        "last_line": below + 20 * len(names) + 8,
        "height": below + 20 * len(names) + 64,
        "since": found.since,
    }
    return HttpResponse(
        render_to_string("diagnosis/flow.svg", context),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="where-they-ended.svg"'},
    )


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """A look back at seven days: what there was, one skill, one thing for the heart (R16)."""
    return render(request, "diagnosis/week.html", {"told": _week(owner_of(request)), **ROOM})


@require_safe
def week_file(request: HttpRequest) -> HttpResponse:
    """The same as Markdown."""
    return HttpResponse(
        as_markdown(_week(owner_of(request))),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="week.md"'},
    )


def _week(owner: User) -> LookBack:
    now = timezone.now()
    return look_back(week_of(owner, now), diagnosis_of(owner, now))


def _rows(found: Diagnosis) -> list[tuple[str, int, list[int]]]:
    return [
        (STAGE_NAMES[count.stage], count.reached, [count.of(end) for end in ENDS])
        for count in drawn(found)
    ]


def _years(found: Diagnosis) -> str:
    """The years of the usual rates: "2017", "2017 and 2024"."""
    rates = usual_rates(found.market, routes_known(found))
    return " and ".join(str(year) for year in sorted({one.year for one in rates}))


def _act(owner: User, found: Diagnosis) -> tuple[str, str]:
    """The one main action: what its button says, and where it leads."""
    act = words_for(found).act
    if act is Act.TODAY:
        return "See what is worth doing today", reverse("plan-home")
    if act is Act.RESUME:
        return "Begin with the resume", _step(owner, [Stage.APPLICATION])
    return "Begin with two answers", _step(owner, [Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL])


def _step(owner: User, stages: list[Stage]) -> str:
    """The step of the latest plan at which there is a place to write, else the list below."""
    pk = plan_to_improve(owner, stages)
    return reverse("plan-step", kwargs={"pk": pk, "kind": "improve"}) if pk else "#begin"
