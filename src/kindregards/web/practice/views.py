"""What to practice today, and the questions: written down, taken in, changed, left."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.practice import KINDS, QuestionKind
from kindregards.core.practice.asked import AskedOnce
from kindregards.core.practice.starter import starter_set
from kindregards.web.models import Question
from kindregards.web.practice.forms import WENT, InterviewForm, ListForm, QuestionForm
from kindregards.web.practice.queries import (
    attempts_at,
    interview_date,
    open_applications,
    question_of,
    questions_of,
    stories_of,
    today_of,
    unfinished_of,
)
from kindregards.web.practice.recordings import is_there, size_of_all
from kindregards.web.practice.services import (
    add_questions,
    change_question,
    remove_question,
    set_interview,
)
from kindregards.web.practice.showing import before_and_now, question_rows, said_of
from kindregards.web.practice.words import plan_said, why_now
from kindregards.web.requests import owner_of

ROOM = {"room": "practice"}
A_PAGE = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """At most three questions for today, each with why it is on."""
    owner, today = owner_of(request), timezone.localdate()
    on = today_of(owner, today)
    chosen = [(one, why_now(why, one, on.interview, today)) for one, why in on.chosen]
    context = {
        "first": chosen[0] if chosen else None,
        "then": chosen[1:],
        "done": on.done,
        "number": questions_of(owner).count(),
        "plan_said": plan_said(on.interview, today) if on.interview else "",
        "interview": on.interview,
        "applications": open_applications(owner)[:50],
        "unfinished": unfinished_of(owner),
        "recorded": size_of_all(owner),
        "today": today,
        **ROOM,
    }
    return render(request, "practice/page.html", context)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All questions in practice, fifty a page, and those of one kind where that is asked for."""
    owner, today = owner_of(request), timezone.localdate()
    kind = request.GET.get("kind", "")
    found = questions_of(owner)
    if kind in KINDS:
        found = found.filter(kind=kind)
    pages = Paginator(found.order_by("-pk"), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "pages": shown,
        "rows": question_rows(shown, today, interview_date(owner, today)),
        "kinds": KINDS.items(),
        "kind": kind,
        **ROOM,
    }
    return render(request, "practice/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write one question down."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, **_choices(), **ROOM}
        return render(request, "practice/new.html", context, status=422 if form.is_bound else 200)
    told = form.cleaned_data
    asked = AskedOnce(
        " ".join(told["text"].split()),
        QuestionKind(told["kind"]) if told["kind"] else None,
        told["asked_where"],
        told["went"],
        told["wants"],
    )
    add_questions(owner=owner_of(request), asked=[asked])
    messages.info(request, "Kept, and in practice.")
    return redirect("practice-page")


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in several questions, pasted or from a file."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "practice/take_in.html", {"form": form, **ROOM}, status=status)
    made = add_questions(owner=owner_of(request), asked=form.asked)
    messages.info(request, _taken(len(made), len(form.asked)))
    return redirect("practice-list")


def _taken(fresh: int, all_of_them: int) -> str:
    said = "One question is new." if fresh == 1 else f"{fresh} questions are new."
    known = all_of_them - fresh
    return said if not known else f"{said} {known} had been here before."


@require_http_methods(["GET", "HEAD", "POST"])
def starter(request: HttpRequest) -> HttpResponse:
    """The starter set; what is ticked becomes the person's own."""
    owner = owner_of(request)
    if request.method == "POST":
        wanted = set(request.POST.getlist("question"))
        chosen = [
            AskedOnce(one.text, one.kind, wants=one.wants)
            for family in starter_set()
            for one in family.questions
            if one.text in wanted
        ]
        made = add_questions(owner=owner, asked=chosen, is_starter=True)
        said = _taken(len(made), len(chosen)) if chosen else "Tick the ones you want first."
        messages.info(request, said)
        return redirect("practice-list" if chosen else "practice-starter")
    here = set(questions_of(owner).values_list("text", flat=True))
    context = {"families": starter_set(), "here": here, "kinds": KINDS, **ROOM}
    return render(request, "practice/starter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: the attempts side by side, and what is known of it."""
    owner, today = owner_of(request), timezone.localdate()
    one = question_of(owner, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
        told["has_try"] = one.has_try or (told.get("to_try", one.to_try) != one.to_try)
        told["has_try"] = bool(told["has_try"] and told.get("to_try", one.to_try))
        change_question(question=one, told=told)
        messages.info(request, "Kept.")
        return redirect("practice-question", pk=pk)
    attempts = list(attempts_at(one)[:A_PAGE])
    context = {
        "question": one,
        "said": said_of(one, interview_date(owner, today), today),
        "attempts": [(attempt, is_there(attempt)) for attempt in attempts],
        "pair": before_and_now(attempts),
        "form": form,
        "stories": stories_of(owner),
        **_choices(),
        **ROOM,
    }
    return render(request, "practice/question.html", context, status=422 if form.is_bound else 200)


def _choices() -> dict[str, object]:
    return {"kinds": [(k.value, said) for k, said in KINDS.items()], "wents": WENT.items()}


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out of practice, or back into it; nothing of it is lost."""
    one: Question = question_of(owner_of(request), pk)
    wanted = request.POST.get("practice") == "yes"
    change_question(question=one, told={"to_practice": wanted})
    messages.info(request, "It is in practice again." if wanted else "It rests now.")
    return redirect("practice-question", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a question for good, with its attempts and recordings."""
    remove_question(question=question_of(owner_of(request), pk))
    messages.info(request, "Removed.")
    return redirect("practice-list")


@require_POST
def interview(request: HttpRequest) -> HttpResponse:
    """Keep the day of the next interview: the plan follows it."""
    form = InterviewForm(request.POST)
    mine = open_applications(owner_of(request))
    chosen = mine.filter(pk=form.cleaned_data["application"]).first() if form.is_valid() else None
    if chosen is None:
        messages.warning(request, "Choose an application and a day.")
        return redirect("practice-page")
    set_interview(application=chosen, on=form.cleaned_data["day"])
    messages.info(request, "Kept. What is on today follows it.")
    return redirect("practice-page")
