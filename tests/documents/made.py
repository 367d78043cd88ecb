"""Documents as other programs make them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LED = (
    "Led a cutting room of eleven people through the move to a new floor, and kept every "
    "delivery of the winter season on its day."
)
ITEM = f"- {LED}\n"


def two_columns() -> bytes:
    """A PDF of two pages by typst: two columns, a table, umlauts and ligatures."""
    made = typst.compile(str(Path(__file__).with_name("two_columns.typ")))
    assert isinstance(made, bytes)
    return made


def like_word() -> bytes:
    """A DOCX with a header, a layout table, a content control, a text box and tracked words."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ada Lindqvist, resume"
    document.sections[0].footer.paragraphs[0].text = "References on request"
    document.add_heading("Ada Lindqvist", 0)
    contact = document.add_paragraph("Pattern Cutter, ")
    contact.add_run("ada@home.example").bold = True
    contact.add_run("\t+44 113 496 0018")
    document.add_heading("Experience", 1)
    _experience(document)
    document.add_heading("Education", 1)
    document.add_paragraph("BA Fashion, Fähringen", style="List Bullet")
    _content_control(document, "In a content control")
    _text_box(document, "In a text box")
    _tracked(document)
    return saved(document)


def _experience(document: Any) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "2019–2023"
    table.cell(0, 1).text = "Senior Pattern Cutter, Brackwater Mills"
    table.cell(0, 1).add_paragraph(LED, style="List Bullet")
    table.cell(1, 0).text = "2015–2019"
    table.cell(1, 1).text = "Pattern Cutter, Oriel & Daughters"


def _content_control(document: Any, words: str) -> None:
    document.element.body.insert(
        -1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )


def _text_box(document: Any, words: str) -> None:
    box = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    run = parse_xml(f"<w:r {nsdecls('w')}>{shape}</w:r>")
    document.add_paragraph("Beside the box")._p.append(run)


def _tracked(document: Any) -> None:
    paragraph = document.add_paragraph("Words that ")._p
    said = 'w:id="1" w:author="Ben" w:date="2026-01-01T00:00:00Z"'
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')} {said}><w:r><w:t>came</w:t></w:r></w:ins>"))
    paragraph.append(
        parse_xml(f"<w:del {nsdecls('w')} {said}><w:r><w:delText>went</w:delText></w:r></w:del>")
    )


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def full_pages(jobs: int = 9) -> bytes:
    """A PDF by typst of two pages full of words, or of fewer jobs."""
    job = f"*Pattern Cutter*, Oriel & Daughters #h(1fr) 2015 – 2019\n{ITEM * 5}\n"
    head = '#set page(paper: "a4", margin: 2cm)\n#set text(size: 10pt)\n= Ada Lindqvist\n'
    made = typst.compile((head + "== Experience\n" + job * jobs).encode())
    assert isinstance(made, bytes)
    return made
