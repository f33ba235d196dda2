"""The rules of the house that no tool checks for us."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "case_audit"
STEPS = PACKAGE / "store" / "migrations" / "versions"

MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Lines without decorators, which are data, and without the docstring."""
    first = node.body[0]
    documented = ast.get_docstring(node, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_modules_are_short() -> None:
    """What does not fit on a few screens is read by nobody."""
    long = {
        name_of(path): lines
        for path in (*MODULES, *TESTS)
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }

    assert long == {}


def signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines before the body: of a command, the help of its options."""
    return node.body[0].lineno - node.lineno


def test_functions_and_classes_are_short() -> None:
    """Migrations are lists of columns, and commands lists of options: neither counts."""
    long = []
    for path in MODULES:
        if STEPS in path.parents:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = length(node)
                if PACKAGE / "cli" in path.parents:
                    lines -= signature(node)
                if lines > 40:
                    long.append(f"{name_of(path)}:{node.lineno} {node.name} {lines}")
            elif isinstance(node, ast.ClassDef) and length(node) > 250:
                long.append(f"{name_of(path)}:{node.lineno} {node.name}")

    assert long == []


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(body: list[ast.stmt]) -> list[Named]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [n for n in body if isinstance(n, kinds) and not n.name.startswith("_")]


def test_everything_public_in_the_method_is_explained() -> None:
    """An auditor of the auditors can read where each number is from."""
    bare = []
    for path in sorted((PACKAGE / "core").rglob("*.py")):
        module = tree(path)
        if not ast.get_docstring(module):
            bare.append(name_of(path))
        for node in public(module.body):
            members = public(node.body) if isinstance(node, ast.ClassDef) else []
            bare += [
                f"{name_of(path)}:{found.lineno} {found.name}"
                for found in (node, *members)
                if not ast.get_docstring(found)
            ]

    assert bare == []


SPEAKING = {
    *("Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible"),
    *("Option", "OptionList", "Select", "SelectionList", "Tab", "TabPane", "Link"),
    *("update", "notify", "add_column", "add_columns", "add_row", "add_rows"),
    *("set_options", "add_option", "replace_option_prompt", "Tooltip"),
}
"""Textual's widgets and methods that take text for markup."""

SAFE = {"literal", "literal_line", "Content", "from_text", "styled", "assemble", "Text"}
"""What turns text into something that is shown as it is."""

TITLES = {"border_title", "border_subtitle", "tooltip", "prompt", "placeholder"}


METHODS = {"join", "format", "strip", "upper", "title", "label"}
FIELDS = {
    *("label", "title", "text", "name", "unit", "rationale", "evidence"),
    *("value", "asks", "trap", "benchmark", "auditor", "stratum", "cohort"),
}


def plain_text(node: ast.expr) -> bool:
    """Whether an expression is text with something variable in it."""
    match node:
        case ast.JoinedStr(values=values):
            found = any(isinstance(v, ast.FormattedValue) for v in values)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            found = plain_text(one) or plain_text(other)
        case ast.Call(func=ast.Attribute(value=on)):
            safe = isinstance(on, ast.Call) and called_name(on) in SAFE
            found = called_name(node) in METHODS and not safe
        case ast.Call():
            found = called_name(node) in {"str", "repr"}
        case ast.Attribute(attr=field):
            found = field in FIELDS
        case _:
            found = False
    return found


def called_name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def without_markup(node: ast.Call) -> bool:
    return any(
        k.arg == "markup" and isinstance(k.value, ast.Constant) and not k.value.value
        for k in node.keywords
    )


def risky(module: ast.Module) -> list[int]:
    """Lines where text that varies would be read as markup."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and called_name(node) in SPEAKING:
            texts = [*node.args, *(k.value for k in node.keywords if k.arg != "id")]
            if not without_markup(node) and any(map(plain_text, texts)):
                found.append(node.lineno)
        elif isinstance(node, ast.Assign):
            names = {t.attr for t in node.targets if isinstance(t, ast.Attribute)}
            if names & TITLES and plain_text(node.value):
                found.append(node.lineno)
    return found


def test_no_widget_takes_text_from_outside_for_markup() -> None:
    """A note with ``[@click=...]`` in it must be a note, not a button.

    Whatever varies goes through `literal`, or to a widget with ``markup=False``.
    """
    places = [
        f"{name_of(path)}:{line}"
        for path in sorted((PACKAGE / "tui").rglob("*.py"))
        for line in risky(tree(path))
    ]

    assert places == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('Static(f"{case.unit}")', True),
        ("self.notify(str(error))", True),
        ("Option(criterion.label)", True),
        ('self.border_title = f"Case {n}"', True),
        ('Static("Cases")', False),
        ('Static(literal(f"{case.unit}"))', False),
        ("self.notify(str(error), markup=False)", False),
    ],
)
def test_the_check_of_widgets_sees_what_it_should(
    line: str,
    found: bool,  # noqa: FBT001
) -> None:
    """A check that finds nothing may be blind."""
    assert bool(risky(ast.parse(line))) is found


def kept_files() -> list[Path]:
    """What is in git, or would be."""
    ran = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in ran.stdout.splitlines()]


MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|mnt|private|var/folders)/[\w.-]+"
    r"|[A-Z]:\\Users\\"
    r"|https?://[^\s\"'<>]*/(?:simple|pypi)\b"
    r"|index-url\s*[=:]"
)


def test_no_file_knows_a_machine() -> None:
    """No path of somebody's computer and no address of a package registry."""
    found = []
    for path in kept_files():
        if not path.is_file() or path.name == Path(__file__).name:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{name_of(path)}:{number}: {match[0]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if (match := MACHINE.search(line))
        ]

    assert found == []


def test_no_work_is_left_lying_about() -> None:
    """No note to oneself, and no check switched off without saying which."""
    lazy = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|type: ignore(?!\[)|noqa(?!: [A-Z])")
    found = [
        f"{name_of(path)}:{number}"
        for path in (*MODULES, *TESTS)
        if path.name != Path(__file__).name
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if lazy.search(line)
    ]

    assert found == []


def test_every_test_says_what_it_asserts() -> None:
    """A test that cannot fail is a defect: each asserts, expects or compares."""
    idle = []
    for path in TESTS:
        if not path.name.startswith("test_"):
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("test_") and not checks(node):
                idle.append(f"{name_of(path)}:{node.lineno} {node.name}")

    assert idle == []


def checks(test: ast.AST) -> bool:
    """Whether a test holds an assertion, or a call that makes one."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = called_name(node)
            if called in {"raises", "golden", "until"} or called.startswith("check"):
                return True
    return False
