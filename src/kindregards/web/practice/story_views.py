"""The bank of stories: own experiences, and which questions they answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.practice import QuestionKind
from kindregards.web.models import Story
from kindregards.web.practice.forms import StoryForm
from kindregards.web.practice.queries import question_of, questions_of, stories_of, story_of
from kindregards.web.practice.services import change_question, keep_story
from kindregards.web.requests import owner_of

ROOM = {"room": "practice"}
WORN = 8  # times told: then one hears that it was told before [design]
MOST_WITHOUT = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The stories, and the questions about something one did that have none yet."""
    owner = owner_of(request)
    without = questions_of(owner).filter(
        story=None, kind__in=[QuestionKind.BEHAVIOR, ""], to_practice=True
    )
    context = {
        "stories": stories_of(owner),
        "worn": WORN,
        "without": without.order_by("went", "-pk")[:MOST_WITHOUT],
        **ROOM,
    }
    return render(request, "practice/stories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Tell another story."""
    return _edited(request, Story(owner=owner_of(request), made_at=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, and the questions it answers."""
    return _edited(request, story_of(owner_of(request), pk))


def _edited(request: HttpRequest, story: Story) -> HttpResponse:
    before = {name: getattr(story, name) for name in StoryForm.base_fields}
    form = StoryForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_bound and form.is_valid():
        keep_story(story=story, told=form.cleaned_data)
        messages.info(request, "Kept.")
        return redirect("practice-story", pk=story.pk)
    answers = questions_of(owner_of(request)).filter(story=story) if story.pk else []
    context = {"story": story, "form": form, "answers": answers, **ROOM}
    return render(request, "practice/story.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a story; the questions stay."""
    story_of(owner_of(request), pk).delete()
    messages.info(request, "Removed. The questions stay.")
    return redirect("practice-stories")


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which story answers a question; none takes it away."""
    question = question_of(owner_of(request), pk)
    said = request.POST.get("story", "")
    story = story_of(owner_of(request), int(said)) if said.isdecimal() else None
    change_question(question=question, told={"story": story})
    messages.info(request, "Kept.")
    return redirect("practice-question", pk=pk)
