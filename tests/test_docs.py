"""The documents against the program: what they name exists, and what exists they name."""

from __future__ import annotations

import argparse
import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kindregards import cli
from kindregards.cli import options

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "kindregards"
COMMAND_LINE = ROOT / "docs" / "using" / "command-line.md"
FOLDERS = ("docs", "benchmarks", "examples", "tests")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(file for name in FOLDERS for file in (ROOT / name).rglob("*.md"))]
)
NAMES = [str(file.relative_to(ROOT)) for file in DOCUMENTS]
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)

FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?kindregards(?![\w./-])([^|<>&#]*)")
VARIABLE = re.compile(r"KINDREGARDS_[A-Z_]+[A-Z]")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"(?:src|tests|docs|benchmarks|examples|core|sources|web|templates)/[\w./-]+")
REGISTRY = re.compile(
    r"pypi|pythonhosted|npmjs|proxy\.golang|crates\.io|index-url|\bregistry\.\w", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.~/<%-])/(?:home|Users|root|work|tmp|opt|usr|var|mnt|srv)/")


# Reading the documents ---------------------------------------------------------------------------


def _code(text: str) -> Iterator[str]:
    """The code of a document, line by line: its blocks and its spans."""
    for block in FENCED.findall(text):
        yield from block.splitlines()
    yield from SPAN.findall(FENCED.sub("", text))


def _commands(text: str) -> Iterator[list[str]]:
    """Each `kindregards …` in the code of a document, as the words behind it."""
    for line in _code(text):
        yield from (found.split() for found in COMMAND.findall(line))


def _section(text: str, heading: str) -> str:
    """What stands under a heading of the second level; "" where there is none."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


def _anchors(text: str) -> set[str]:
    """The anchors that a document's headings get."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


# Reading the program -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """The options of a command, and those of them that are followed by a value."""

    options: frozenset[str]
    valued: frozenset[str]

    @classmethod
    def of(cls, parser: argparse.ArgumentParser) -> Command:
        actions = parser._option_string_actions
        valued = {name for name, action in actions.items() if action.nargs != 0}
        return cls(frozenset(actions), frozenset(valued))


@cache
def _program() -> dict[str, Command]:
    """Every command by its name; the program itself under ""."""
    parser = options.parser()
    commands = {"": Command.of(parser)}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            commands |= {name: Command.of(one) for name, one in action.choices.items()}
    return commands


def _unknown(line: list[str]) -> list[str]:
    """The words of a command line that the program would not understand."""
    known, command, words = _program(), "", iter(line)
    for word in words:
        if word.startswith("-") and word != "-":
            option = word.split("=")[0]
            if option not in known[command].options:
                return [option]
            if option in known[command].valued and "=" not in word:
                next(words, None)
        elif not command:
            if word not in known:
                return [word]
            command = word
        if command == "manage":
            break
    return []


def _variables(*folders: Path) -> set[str]:
    """The environment variables that the Python files below some folders name."""
    files = (file for folder in folders for file in folder.rglob("*.py"))
    return {name for file in files for name in VARIABLE.findall(file.read_text("utf-8"))}


def _names_in(file: Path) -> Iterator[str]:
    """The names that a Python file gives to things, its own name among them."""
    yield file.stem
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _parts(name: str) -> list[str]:
    """The words of a name: `ReadAgain` and `read_again` have the same."""
    return [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def _sources() -> list[Path]:
    return [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]


# The command line --------------------------------------------------------------------------------


@each_document
def test_every_command_and_option_named_exists(document: Path) -> None:
    named = _commands(document.read_text("utf-8"))
    assert [(words, _unknown(words)) for words in named if _unknown(words)] == []


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    assert _unknown(["fly", "home"]) == ["fly"]
    assert _unknown(["read", "--loudly", "no.eml"]) == ["--loudly"]
    assert _unknown(["serve", "--port", "9000"]) == []
    assert list(_commands("see `kindregards fly` and `~/.local/share/kindregards`")) == [["fly"]]


@pytest.mark.parametrize("command", sorted(_program()))
def test_every_command_and_option_is_described(command: str) -> None:
    text = COMMAND_LINE.read_text("utf-8")
    described = _section(text, f"kindregards {command}".strip()) + (text if not command else "")
    assert described
    options = {option for option in _program()[command].options if option.startswith("--")}
    assert {option for option in options - {"--help"} if option not in described} == set()


def test_every_field_that_read_prints_is_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "no.txt"
    letter.write_text("Unfortunately, we have decided not to move forward with your application.")
    assert cli.main(["read", "--json", str(letter)]) == 0
    fields = set(json.loads(capsys.readouterr().out))
    described = set(SPAN.findall(_section(COMMAND_LINE.read_text("utf-8"), "kindregards read")))
    assert fields - described == set()


def test_every_field_that_check_prints_is_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Please, please reconsider. I need this job.")
    assert cli.main(["check", "--json", str(draft)]) == 1
    answer = json.loads(capsys.readouterr().out)
    described = set(SPAN.findall(_section(COMMAND_LINE.read_text("utf-8"), "kindregards check")))
    assert {*answer, *answer["findings"][0]} - described == set()


# Variables, targets, the version -----------------------------------------------------------------


def test_every_variable_of_the_program_is_described() -> None:
    described = _section(COMMAND_LINE.read_text("utf-8"), "Environment")
    assert set(VARIABLE.findall(described)) == _variables(SOURCE)


@each_document
def test_every_variable_named_exists(document: Path) -> None:
    named = set(VARIABLE.findall(document.read_text("utf-8")))
    assert named - _variables(SOURCE, ROOT / "tests", ROOT / "benchmarks") == set()


@each_document
def test_every_make_target_named_exists(document: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = [
        target
        for line in _code(document.read_text("utf-8"))
        for target in re.findall(r"^(?:\w+=\w+ )*make ([a-z]+)", line.strip())
    ]
    assert set(named) - set(targets) == set()


def test_the_changes_begin_with_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[0] == version


# Links and places --------------------------------------------------------------------------------


@each_document
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    lost = []
    for target in LINK.findall(FENCED.sub("", document.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in _anchors(file.read_text("utf-8"))):
            lost.append(target)
    assert lost == []


@each_document
def test_every_file_named_exists(document: Path) -> None:
    homes = (ROOT, SOURCE, SOURCE / "web", document.parent)
    spans = SPAN.findall(FENCED.sub("", document.read_text("utf-8")))
    named = [span for span in spans if PATH.fullmatch(span)]
    assert [one for one in named if not any((home / one).exists() for home in homes)] == []


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))
    assert listed == sorted(file.name for file in folder.glob("0*.md"))


@each_document
def test_no_document_names_a_registry_or_a_place_on_a_machine(document: Path) -> None:
    text = document.read_text("utf-8")
    assert REGISTRY.findall(text) == []
    assert MACHINE.findall(text) == []


# Words -------------------------------------------------------------------------------------------


def _words_not_used() -> tuple[set[str], set[str]]:
    """What no name has as a part, and what no file or class ends in, by the vocabulary."""
    text = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    parts, _, endings = _section(text, "Words not used").partition("No file and no class")
    return set(SPAN.findall(parts)), set(SPAN.findall(endings))


def test_words_not_used_are_part_of_no_name() -> None:
    unwanted, _endings = _words_not_used()
    assert {"company", "helper"} <= unwanted
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in _sources()
        for name in _names_in(file)
        if not unwanted.isdisjoint(_parts(name))
    }
    assert found == set()


def test_no_file_or_class_ends_in_a_word_that_says_nothing() -> None:
    _parts_of_names, unwanted = _words_not_used()
    assert {"manager", "handler"} <= unwanted
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in _sources()
        for name in (file.stem, *re.findall(r"^class (\w+)", file.read_text("utf-8"), re.M))
        if _parts(name) and _parts(name)[-1] in unwanted
    }
    assert found == set()
