"""The hard cases: negation, condition, quotes, and what only looks like a refusal."""

from __future__ import annotations

import pytest

from kindregards.core.letters import pasted_letter, read_letter, reader
from kindregards.core.letters.reading import Door, Kind, Reading, Reason, Stage, Style

THANKS = "Thank you for applying for the Planner position at Halden Rail. "


def reading(text: str, subject: str = "", sender: str = "") -> Reading:
    return read_letter(pasted_letter(text, subject=subject, sender=sender))


KINDS: dict[str, tuple[str, Kind]] = {
    "plain no": (THANKS + "We will not be moving forward.", Kind.REJECTION),
    "indirect: another direction": (
        "It was good to meet you. We have gone in a different direction for this role.",
        Kind.REJECTION,
    ),
    "indirect: somebody else": (
        THANKS + "We have decided to go with another candidate.",
        Kind.REJECTION,
    ),
    "a no that says yes to later": (
        THANKS + "We cannot offer you this position, but we would love to hear from you in spring.",
        Kind.REJECTION,
    ),
    "an internal candidate": (
        "Thank you for the interview. The role has gone to an internal candidate.",
        Kind.REJECTION,
    ),
    "role filled": (THANKS + "The position has been filled.", Kind.REJECTION),
    "role cancelled": (THANKS + "The vacancy has been cancelled.", Kind.REJECTION),
    "one line": ("Unfortunately you were not selected for the role.", Kind.REJECTION),
    "decision in the last sentence": (
        THANKS
        + "We received many applications. Our team is small and reads each of them. The work "
        "starts in May. Your resume shows a lot of care. In the end, your application was not "
        "successful.",
        Kind.REJECTION,
    ),
    "on hold": (THANKS + "The role has been put on hold until the new year.", Kind.ON_HOLD),
    "hiring freeze": (
        "Dear Mara, there is a hiring freeze and all open roles are paused. We have not made a "
        "decision about anybody.",
        Kind.ON_HOLD,
    ),
    "interview moved": (
        "Unfortunately I am ill. Could we move your interview to Friday at ten? Please let me "
        "know if that works for you.",
        Kind.INTERVIEW_INVITATION,
    ),
    "an offer that begins with unfortunately": (
        "Unfortunately the corner desk is taken. Otherwise: we are delighted to offer you the "
        "position of Planner. Your start date is 1 May; the employment contract is attached.",
        Kind.OFFER,
    ),
    "acknowledgement that explains how refusals come": (
        THANKS + "We have received your application and will review it. If you are not selected, "
        "we will let you know by e-mail.",
        Kind.ACKNOWLEDGEMENT,
    ),
    "acknowledgement with unfortunately": (
        THANKS + "Your application has been received. Unfortunately we are unable to answer each "
        "question by telephone. We will be in touch soon.",
        Kind.ACKNOWLEDGEMENT,
    ),
    "should you not be selected": (
        "We have received your application and are reviewing it. Should you not be selected, "
        "we will keep your resume on file.",
        Kind.ACKNOWLEDGEMENT,
    ),
    "a reminder to finish": (
        "You started an application for Planner but it is not yet complete. Finish your "
        "application before Sunday.",
        Kind.OTHER,
    ),
    "a withdrawal confirmed": (
        "We confirm the withdrawal of your application. You have withdrawn from the process "
        "for the Planner position.",
        Kind.OTHER,
    ),
    "a newsletter about rejection": (
        'This week in our newsletter: readers send in the worst rejections. "We regret to inform '
        'you that you were not selected." Unsubscribe any time. Read the blog.',
        Kind.OTHER,
    ),
    "a school": (
        "The admissions committee is unable to offer you a place on the Master's programme at "
        "our university this year.",
        Kind.OTHER,
    ),
    "a journal": (
        "Dear Dr Hale, both reviewers have reported. We regret that we cannot accept your "
        "manuscript for publication in our journal.",
        Kind.OTHER,
    ),
    "a landlord": (
        "Thank you for viewing the apartment. The landlord has decided to go with another "
        "tenant for the flat.",
        Kind.OTHER,
    ),
    "a lender": (
        "After careful consideration we are unable to approve your loan application. The "
        "decision is based on your credit score.",
        Kind.OTHER,
    ),
    "a reply above an old rejection": (
        "Good news, the post is open again. Could you come in for an interview on Wednesday? "
        "Please let me know your availability.\n\nOn Mon, 5 Oct 2026 at 10:00, Ida wrote:\n"
        "> Unfortunately we will not be moving forward with your application.",
        Kind.INTERVIEW_INVITATION,
    ),
    "a test to do": (
        "As the next step please complete the online assessment within five days using the link "
        "below.",
        Kind.ASSESSMENT,
    ),
    "a recruiter": (
        "I came across your profile on LinkedIn. My client is looking for a planner. Would you "
        "be open to a quick call about this opportunity?",
        Kind.RECRUITER_OUTREACH,
    ),
    "a job alert": (
        "12 new jobs for planner in Leeds. Your job alert. View all jobs. Unsubscribe.",
        Kind.JOB_ALERT,
    ),
    "German: plain no": (
        "vielen Dank für Ihre Bewerbung. Leider können wir Ihre Bewerbung nicht weiter "
        "berücksichtigen.",
        Kind.REJECTION,
    ),
    "German: somebody else": (
        "vielen Dank für das Gespräch. Wir haben uns für eine andere Bewerberin entschieden.",
        Kind.REJECTION,
    ),
    "German: condition": (
        "wir haben Ihre Bewerbung erhalten und werden sie prüfen. Falls wir Ihnen absagen "
        "müssen, melden wir uns ebenfalls.",
        Kind.ACKNOWLEDGEMENT,
    ),
    "German: on hold": (
        "die Besetzung der Stelle verzögert sich, das Verfahren wurde ausgesetzt. Eine "
        "Entscheidung ist noch nicht gefallen.",
        Kind.ON_HOLD,
    ),
    "German: a flat": (
        "vielen Dank für Ihr Interesse an der Wohnung. Der Vermieter hat sich für einen anderen "
        "Mieter entschieden.",
        Kind.OTHER,
    ),
    "French": (
        "Nous vous remercions de votre candidature. Nous ne pouvons malheureusement pas donner "
        "une suite favorable à votre candidature.",
        Kind.REJECTION,
    ),
    "Spanish": (
        "Gracias por tu interés en el puesto. Hemos decidido continuar con otros candidatos.",
        Kind.REJECTION,
    ),
    "Portuguese": (
        "Agradecemos a sua candidatura para a vaga. Decidimos seguir com outros candidatos.",
        Kind.REJECTION,
    ),
    "Dutch": (
        "Bedankt voor je sollicitatie. We hebben besloten niet met je verder te gaan voor deze "
        "functie.",
        Kind.REJECTION,
    ),
    "Italian": (
        "La ringraziamo per la candidatura. Purtroppo abbiamo deciso di non procedere con la "
        "sua candidatura.",
        Kind.REJECTION,
    ),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS.keys())
def test_the_kind_is_read_by_its_furthest_reaching_sentence(text: str, kind: Kind) -> None:
    assert reading(text).kind is kind


def test_a_bilingual_letter_is_read_by_the_half_that_is_more() -> None:
    text = (
        "vielen Dank für Ihre Bewerbung. Leider können wir Ihnen die Stelle nicht anbieten. Wir "
        "wünschen Ihnen alles Gute für Ihre Zukunft.\n\nThank you for your application."
    )
    assert (reading(text).kind, reading(text).language) == (Kind.REJECTION, "de")


def test_several_applications_refused_in_one_letter_are_a_rejection() -> None:
    text = (
        "Your applications for Planner and for Dispatcher have been reviewed. Unfortunately you "
        "were not selected for either position."
    )
    assert reading(text).kind is Kind.REJECTION


NO = " Unfortunately we will not be moving forward with your application."

STAGES = {
    "application": ("Thank you for applying." + NO, Stage.APPLICATION),
    "an interview that is not offered": (
        "Unfortunately we are not able to invite you to an interview.",
        Stage.APPLICATION,
    ),
    "a call": ("Thank you for the phone call on Monday." + NO, Stage.SCREEN),
    "a task": ("Thank you for completing the coding challenge." + NO, Stage.SCREEN),
    "an interview": ("Thank you for interviewing with us last week." + NO, Stage.INTERVIEW),
    "the last round": ("Thank you for coming to the final interview." + NO, Stage.FINAL),
}


@pytest.mark.parametrize(("text", "stage"), STAGES.values(), ids=STAGES.keys())
def test_the_stage_is_the_furthest_the_words_show(text: str, stage: Stage) -> None:
    assert reading(text).stage is stage


DOORS = {
    "invited to apply again": (" We encourage you to apply again next year.", Door.OPEN),
    "kept on file": (" We will keep your resume on file.", Door.OPEN),
    "careers page": (" Please keep an eye on our careers page.", Door.OPEN),
    "nothing": (" We wish you well.", Door.CLOSED),
    "social media": (" Follow us on LinkedIn.", Door.UNCLEAR),
}


@pytest.mark.parametrize(("text", "door"), DOORS.values(), ids=DOORS.keys())
def test_the_door_is_what_the_letter_leaves_open(text: str, door: Door) -> None:
    assert reading(THANKS + NO + text).door is door


REASONS: dict[str, tuple[str, list[Reason]]] = {
    "experience": (
        "We were looking for somebody with more experience in timetable planning.",
        [Reason.EXPERIENCE],
    ),
    "salary": ("Your salary expectations are above our budget.", [Reason.SALARY]),
    "visa": ("We are not able to sponsor a visa for this role.", [Reason.PLACE_OR_VISA]),
    "seniority": ("You are overqualified for this role.", [Reason.SENIORITY]),
    "answers": ("Your answers were too vague, and lacked examples.", [Reason.COMMUNICATION]),
    "others fitted better": (
        "We chose candidates whose experience more closely matches our needs.",
        [],
    ),
    "a strong field": ("We had many strong candidates.", []),
    "an inside candidate": ("The role went to an internal candidate.", []),
    "no feedback": ("We are unable to provide individual feedback.", []),
}


@pytest.mark.parametrize(("text", "reasons"), REASONS.values(), ids=REASONS.keys())
def test_a_reason_is_told_where_one_is_given_and_never_invented(
    text: str, reasons: list[Reason]
) -> None:
    assert [said.reason for said in reading(THANKS + NO + " " + text).feedback] == reasons


@pytest.mark.parametrize(
    "told",
    [
        "We chose somebody who has led a team before.",
        "Unfortunately we chose somebody who has led a team before.",
        "Your salary expectations are above our budget.",
    ],
)
def test_a_reason_has_words_that_show_it_also_where_they_tell_of_the_refusal(told: str) -> None:
    found = reading(f"{THANKS}{NO} {told}")
    assert found.feedback
    shown = [one.quote for one in found.evidence if one.field == "feedback"]
    assert len(shown) == 1
    assert shown[0] in told


def test_each_sort_of_reason_can_be_shown_with_a_sentence() -> None:
    assert set(reader._WHYS) == set(Reason)
    assert all(why.endswith(".") for why in reader._WHYS.values())


def test_a_form_and_a_personal_letter_are_told_apart() -> None:
    form = reading(THANKS + NO, sender="Halden Rail <no-reply@haldenrail.example>")
    personal = reading(
        "Hi Mara, I really enjoyed our conversation on Tuesday. Your idea about the night trains "
        "stayed with me. I am sorry that we went with somebody who has run a depot before."
        "\n\nWarmly,\nIda Brenner",
        sender="Ida Brenner <ida.brenner@haldenrail.example>",
    )
    assert (form.style, personal.style) == (Style.FORM, Style.PERSONAL)


EMPLOYERS = {
    "in the text": (THANKS, "", "Halden Rail"),
    "a system sends": (
        "Your application was received.",
        "Halden Rail <x@greenhouse.example>",
        None,
    ),
    "the sender's team": ("No news yet.", "Brindle Water Careers <jobs@brindle.example>", None),
    "below the name": ("No.\n\nRegards,\nIda\nBrindle Water Ltd", "", "Brindle Water Ltd"),
}


@pytest.mark.parametrize(("text", "sender", "employer"), EMPLOYERS.values(), ids=EMPLOYERS.keys())
def test_the_employer_is_found_where_letters_name_it(
    text: str, sender: str, employer: str | None
) -> None:
    expected = employer or sender.split(" <")[0].removesuffix(" Careers")
    assert reading(text, sender=sender).employer == expected


def test_a_systems_own_domain_is_no_employer() -> None:
    told = reading("Your application has been received.", sender="no-reply@us.greenhouse-mail.io")
    assert told.employer is None


def test_the_role_and_the_people_are_read() -> None:
    told = reading(
        "Dear Mara,\n\nthank you for your application for the position of Night Porter.\n\n"
        "Kind regards,\nIda Brenner\nHead of House",
        sender="Ida Brenner <ida.brenner@grange.example>",
    )
    assert told.role == "Night Porter"
    assert [(one.name, one.email, one.role) for one in told.people] == [
        ("Ida Brenner", "ida.brenner@grange.example", "Head of House")
    ]


def test_a_linkedin_header_is_evidence() -> None:
    from dataclasses import replace

    letter = pasted_letter("Your update from Halden Rail about Planner.")
    headers = {"x-linkedin-template": "email_jobs_application_rejected_01"}
    assert read_letter(replace(letter, headers=headers)).kind is Kind.REJECTION
