"""The program as a command: what it is for, and its commands."""

from __future__ import annotations

import typer

from case_audit.cli.common import SHARED_HELP
from case_audit.cli.table import Commands

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    epilog=SHARED_HELP,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(cls=Commands, invoke_without_command=True)
def root(context: typer.Context) -> None:
    """Draw random samples, audit cases, and say what the numbers can bear.

    Without a command, the app opens. New here? `case-audit demo` makes practice
    data, draws a sample and opens its first case.

    \b
    The way of a case:
      case-audit import annex_a.xlsx           children's lists become frames
      case-audit draw --cohort cp --rubric child-protection --size 30
      case-audit audit                         read and grade, in the terminal
      case-audit summary                       the self-assessment
    """
    if context.invoked_subcommand is None:
        from case_audit.cli.opening import open_app

        open_app()
