"""How long the page with 300 comments of six readers takes, against an empty page.

Asked of the real WSGI application, signed in, as in `benchmarks/pages.py`. Then the same once a
newer version exists in which every second line is worded anew: each comment is looked for in it.
`python benchmarks/comments.py`
"""

from __future__ import annotations

import statistics
import tempfile

from pages import asking, measured, set_up

COMMENTS, READERS = 300, 6
JOBS = "\n\n".join(
    f"**Cutter {n}**, Mill {n}, {1990 + n} – {1991 + n}\n\n"
    f"- Led {n} cutters and lined {n * 7} coats in the winter of {1990 + n}.\n"
    f"- Was responsible for range {n}, from the first pattern to the last delivery."
    for n in range(1, 31)
)
RESUME = f"# Ada Kestrel\n\n## Work\n\n{JOBS}\n"


def main() -> None:
    """Fill a database, ask for the pages in turn, print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        cookie, pages = fill()
        asks = {name: asking(path, cookie) for name, path in pages.items()}
        taken = measured(asks)
    floor = statistics.median(taken["an empty page"])
    print(f"{COMMENTS} comments of {READERS} readers")
    for name, runs in taken.items():
        middle = statistics.median(runs)
        print(f"  {name:34} {middle * 1000:7.1f} ms   {middle / floor:5.1f} x")


def fill() -> tuple[str, dict[str, str]]:
    """Two versions with 300 comments each, one with a newer version; a cookie and the paths."""
    from django.test import Client

    from kindregards.web.accounts.services import owner_of_this_machine

    owner = owner_of_this_machine()
    client = Client()
    client.force_login(owner)
    alone, followed = (_version(owner, has_newer=newer) for newer in (False, True))
    return client.cookies.output(header="", attrs=[]).strip(), {
        "an empty page": "/empty",
        "300 comments": f"/versions/{alone}/comments/",
        "300 comments, a newer version": f"/versions/{followed}/comments/",
    }


def _version(owner: object, *, has_newer: bool) -> int:
    from django.utils import timezone
    from tests.reviewing import a_comment as comment_on
    from tests.reviewing import a_reviewer, a_version_to_read, give_back

    from kindregards.core.resumes.version import Made
    from kindregards.web.resumes.services import add_version

    now = timezone.now()
    version = a_version_to_read(owner, now, RESUME)  # type: ignore[arg-type]
    lines = [line for line in version.text.splitlines() if "cutters" in line or "range" in line]
    for number in range(READERS):
        said = [
            comment_on(version.text, line, key=f"key-{at:05}", kind=("wrong", "good")[at % 2])
            for at, line in enumerate(lines[: COMMENTS // READERS])
        ]
        give_back(a_reviewer(version, now, f"Reader {number}", is_masked=False), now, *said)
    if has_newer:
        words = RESUME.replace("cutters and lined", "people, and we made")
        add_version(resume=version.resume, markdown=words, how=Made.EDITED, now=now)
    return version.pk


if __name__ == "__main__":
    main()
