"""The table of commands: each is imported only when it is called.

Help needs a line about every command and the code of none, so it answers at
once however many commands there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: Final = {
    "demo": ("audit", "demo", "Practise: invented data, a drawn sample, the app open."),
    "tour": ("audit", "tour", "Be shown round, with one invented case."),
    "import": (
        "import_file",
        "import_file",
        "Import the workbook for Ofsted, a return or a table.",
    ),
    "frame": ("frame", "app", "List, show, make, check, compare and export frames."),
    "draw": ("sample", "draw", "Draw a random sample from a cohort's newest frame."),
    "verify": ("sample", "verify", "Draw again and say whether a manifest is true."),
    "round": ("rounds", "app", "List, show, change and close rounds."),
    "assign": ("allocation", "assign", "Give the drawn cases of a round to auditors."),
    "audit": ("audit", "audit", "Audit cases in the terminal, from where you were."),
    "audits": ("audits", "app", "Export and import audits, earlier ones too."),
    "actions": ("followup", "actions", "What is to follow: list, add, done, verify."),
    "escalations": ("followup", "escalations", "Cases to be raised: list, close."),
    "summary": ("selfassessment", "summary", "Print the self-assessment of a round."),
    "narrative": (
        "narrative",
        "app",
        "Write the self-assessment's own words, kept as its numbers change.",
    ),
    "stats": ("estimates", "app", "Calculate with samples."),
    "rubric": ("rubric", "app", "List, read, check, compare and write rubrics."),
    "synth": ("synthetic", "app", "Make invented data."),
    "log": ("log", "app", "Read and check the sealed log."),
}
"""Module, attribute and line of help of each command, in the order of the work."""


class Loaded(Mapping[str, Any]):
    """The commands by name, each imported when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a class of Typer's own
        if name not in self._loaded:
            module, attribute, _ = COMMANDS[name]
            found = getattr(import_module(f"case_audit.cli.{module}"), attribute)
            self._loaded[name] = _command(name, found)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _command(name: str, found: Any) -> Any:  # noqa: ANN401
    if isinstance(found, typer.Typer):
        found.info.cls = Group
        command: Any = typer.main.get_group(found)
    else:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, cls=Grouped)(found)
        command = typer.main.get_command(alone)
    command.name = name
    return command


class Grouped(TyperCommand):
    """A command whose help lists options under the headings they name."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write arguments, then options, then those with a heading of their own."""
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for param in self.get_params(ctx):
            usual = "Options" if param.param_type_name == "option" else "Arguments"
            heading = getattr(param, "rich_help_panel", None) or usual
            record = param.get_help_record(ctx)
            if record is not None:
                groups.setdefault(heading, []).append(record)
        for heading, records in groups.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class Group(TyperGroup):
    """A command with commands of its own, whose lines of help are whole."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the first sentence of each command, folded and never cut."""
        del ctx
        lines = [
            (name, one.get_short_help_str(_WHOLE))
            for name, one in self.commands.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(lines)


_WHOLE = 1_000
"""Characters: more than any first sentence has."""


class Commands(TyperGroup):
    """The root of all commands."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(**attributes)
        self.commands: Any = Loaded()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return the names in the order of the work."""
        del ctx
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the lines of the table; no command is imported for it."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, line) for name, (_, _, line) in COMMANDS.items()]
            )

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the help option with a plain default.

        Typer's own has none, and then loads a validation library for it.
        """
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option
