"""All commands, in the order of the work."""

from __future__ import annotations

import typer

from case_audit.cli import (
    audit,
    estimates,
    frame,
    import_file,
    log,
    rounds,
    rubric,
    sample,
    selfassessment,
    synthetic,
)
from case_audit.cli.common import SHARED_HELP

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    epilog=SHARED_HELP,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
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
        audit.open_app()


app.command("demo")(audit.demo)
app.command("import")(import_file.import_file)
app.add_typer(frame.app, name="frame")
app.command("draw")(sample.draw)
app.command("verify")(sample.verify)
app.add_typer(rounds.app, name="round")
app.command("audit")(audit.audit)
app.command("summary")(selfassessment.summary)
app.add_typer(estimates.app, name="stats")
app.add_typer(rubric.app, name="rubric")
app.add_typer(synthetic.app, name="synth")
app.add_typer(log.app, name="log")
