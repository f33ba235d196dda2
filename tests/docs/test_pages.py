"""The pages name what there is, and all of it."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer
from docs.pages import PAGES, ROOT, blocks, code_spans, commands, invocations, prose

from case_audit.cli.root import app
from case_audit.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARED = {"--db", "--rubrics", "--quiet", "-q", "--no-color", "--no-mouse", "--version"}
"""Taken out of the command line before Typer sees it."""

WRONG_ON_PURPOSE = "frobnicate"
"""What the page about exit codes types to show one."""

ids = [str(page.relative_to(ROOT)) for page in PAGES]
COMMANDS: Any = typer.main.get_command(app)


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401
    """Yield the words of every command that does something."""
    below = getattr(command, "commands", None)
    if not below:
        yield path
        return
    for name, one in below.items():
        yield from leaves(one, (*path, name))


def options(command: Any) -> set[str]:  # noqa: ANN401
    """The options a command takes."""
    own = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
    return {name for name in own if name.startswith("-")} | SHARED | {"--help", "-h"}


EVERY_OPTION = set[str]().union(
    *(
        options(
            COMMANDS.commands[path[0]].commands[path[1]]
            if len(path) > 1
            else COMMANDS.commands[path[0]]
        )
        for path in leaves(COMMANDS)
    )
)


def wrong(line: str) -> str:
    """Return what in an invocation does not exist; nothing if all does."""
    words = shlex.split(re.split(r"\s[|>]\s", line)[0])[1:]
    here: Any = COMMANDS
    for place, word in enumerate(words):
        below = getattr(here, "commands", None)
        if word.startswith("-") or not below:
            words = words[place:]
            break
        if word not in below:
            return word
        here = below[word]
    known = options(here)
    named = [w.partition("=")[0] for w in words if re.match(r"--?[a-z]", w)]
    return next((name for name in named if name not in known), "")


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_command_and_option_that_is_named_exists(page: Path) -> None:
    """A reader types what a page names."""
    for line in invocations(page):
        assert wrong(line) in ("", WRONG_ON_PURPOSE), f"{line}: {wrong(line)}"


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.name != "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_every_option_named_alone_exists(page: Path) -> None:
    """An option in running text is one of the program's."""
    spans = [s for s in code_spans(page) if s.startswith("--")]

    unknown = {s for s in spans if s.split()[0] not in EVERY_OPTION}

    assert unknown <= {"--editable ."}


def test_a_wrong_command_or_option_would_be_seen() -> None:
    """The check above can fail."""
    assert wrong("case-audit frame lst") == "lst"
    assert wrong("case-audit draw --cohort cp --sise 6") == "--sise"
    assert wrong("case-audit verify a.json --explain SYN-1 --quiet") == ""


def test_every_command_is_told_of() -> None:
    """What no page tells of, nobody finds."""
    told = " \n".join(line for page in PAGES for line in invocations(page)) + " "

    silent = [
        " ".join(path)
        for path in leaves(COMMANDS)
        if not re.search(rf"case-audit {' '.join(path)}\s", told)
    ]

    assert not silent


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in kept}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page: Path) -> None:
    """A link goes to a file that is there, and to a heading in it."""
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", prose(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_files_of_the_project_that_are_named_are_there(page: Path) -> None:
    """Who looks for a test or a module that a page names finds it."""
    heads = ("tests/", "case_audit/", "rubrics/", "requirements/", "benchmarks/")
    for span in code_spans(page):
        if span.startswith(heads) and " " not in span:
            assert (ROOT / span).exists(), span


def test_the_index_names_every_page() -> None:
    """A page that the index leaves out is lost."""
    index = (ROOT / "docs" / "README.md").read_text("utf-8")

    missing = [page.name for page in PAGES if f"({page.name})" not in index]

    assert set(missing) <= {"README.md", "CONTRIBUTING.md"}


WORDS = """
frame, digest, unit, cohort, stratum, design, permanent random number, prn, seed, draw,
sample, reserve, exclusion, replacement, round, allocation, rubric, domain, criterion,
descriptor, judgement area, grade, benchmark, not applicable, not evidenced,
not yet assessed, answer, rationale, evidence, computed grade, auditor's grade,
limiting rule, first audit, second audit, blind, moderation, agreed grade, shift,
escalation, action, re-audit, gold, twin, manifest, self-assessment, live, practice
"""


def test_the_glossary_has_every_word() -> None:
    """One word for one thing, on screen, in the code and on the pages."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    told = set(re.findall(r"\*\*([^*]+)\*\*", text))

    assert {word.strip() for word in WORDS.replace("\n", " ").split(",")} <= told


def test_the_grades_are_named_in_ofsteds_words() -> None:
    """The glossary names all four, in their order."""
    text = " ".join((ROOT / "docs" / "glossary.md").read_text("utf-8").split())

    assert "outstanding, good, requires improvement to be good, inadequate" in text


def test_the_exit_codes_are_those_of_the_program() -> None:
    """Scripts rely on these numbers."""
    text = (ROOT / "docs" / "administrator.md").read_text("utf-8")
    table = text.partition("## Exit codes")[2].partition("##")[0]

    told = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}

    assert told == {int(code) for code in ExitCode} | {130, 141}


def test_variables_that_are_named_are_read() -> None:
    """A variable on a page that no code reads would do nothing."""
    code = "\n".join(f.read_text("utf-8") for f in ROOT.glob("case_audit/**/*.py"))
    told = {
        span
        for page in PAGES
        for span in code_spans(page)
        if re.fullmatch(r"CASE_AUDIT_\w+|NO_COLOR", span)
    }

    assert told
    assert all(f'"{name}"' in code for name in told)


@pytest.mark.parametrize(
    ("heading", "must"),
    [
        ("Try it", ("-r requirements/run.txt", "case-audit demo")),
        ("Run the tests", ("-r requirements/dev.txt", "--editable .", "pytest")),
    ],
)
def test_one_line_does_all_the_setting_up(heading: str, must: tuple[str, ...]) -> None:
    """Who has Python and pip copies one line, and it works."""
    page = ROOT / "README.md"
    after = page.read_text("utf-8").partition(f"## {heading}\n")[2].partition("## ")[0]
    (line,) = re.findall(r"```sh\n(.+)\n```", after)

    assert line.startswith("python3 -m venv .venv && ")
    assert all(part in line for part in must)
    for name in re.findall(r"-r (\S+)", line):
        assert (ROOT / name).is_file()


def test_no_page_is_without_blocks_that_can_be_read() -> None:
    """A fence without a language, or a console without ``$``, is never tested."""
    for page in PAGES:
        for block in blocks(page):
            assert block.language, f"{page.name}: {block.text[:40]}"
            if block.language == "console":
                assert commands(block), page.name
