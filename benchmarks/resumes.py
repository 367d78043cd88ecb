"""How long a resume takes: the words of a PDF of two pages, from its bytes to a version's text.

Compared with the bare library call on the same bytes: pypdfium2 opens the PDF and gives the text
of both pages, in this process. What a page does more than that is told beside it: the bytes go to
another process and the answer comes back, lines become headings, items and paragraphs, and these
become Markdown. The PDF is made by typst, in two columns. `python benchmarks/resumes.py`
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from pypdfium2 import PdfDocument
from tests.documents.made import full_pages

from kindregards.sources.documents.pdf import read_pdf
from kindregards.sources.documents.reader import Reader
from kindregards.sources.documents.reading import take

ROUNDS = 60


def _bare(raw: bytes) -> str:
    pdf = PdfDocument(raw)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text


def _milliseconds(call: Callable[[bytes], object], raw: bytes) -> float:
    for _ in range(5):
        call(raw)
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call(raw)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print each figure with the one it is compared with."""
    raw = full_pages()
    reader = Reader()
    try:
        bare = _milliseconds(_bare, raw)
        rows = {
            "the bare library call": bare,
            "lines, headings and items": _milliseconds(read_pdf, raw),
            "and Markdown": _milliseconds(take, raw),
            "and by way of the warm child": _milliseconds(reader.take, raw),
        }
    finally:
        reader.close()
    print(f"A PDF of two full pages, {len(_bare(raw)):,} characters; medians of {ROUNDS}")
    for name, taken in rows.items():
        print(f"  {name:32} {taken:6.2f} ms  {taken / bare:5.2f} times")


if __name__ == "__main__":
    main()
