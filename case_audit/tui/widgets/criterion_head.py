"""The criterion on the desk: where it stands, its name, its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from case_audit.tui.literal import literal, literal_line
from case_audit.tui.widgets.dates import compact
from case_audit.tui.widgets.steady import Steady
from case_audit.tui.widgets.strip import remarks, strip

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from case_audit.core.rubric.model import Criterion
    from case_audit.tui.desk import Desk


class CriterionHead(Vertical):
    """Some lines above the grades; more where there is room.

    They keep their place where a question is short or no date is known, so that
    going on to the next criterion paints what differs and not the whole screen.
    """

    DEFAULT_CSS = """
    CriterionHead { height: auto; padding: 0 1; }
    CriterionHead #where { height: 1; }
    CriterionHead #criterion { height: auto; min-height: 3; max-height: 4; }
    CriterionHead #dates {
        height: auto; min-height: 1; max-height: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: Criterion | None = None
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Steady(id="where")
        yield Steady(id="criterion")
        yield Steady(id="dates")

    def show(self, desk: Desk) -> None:
        """Show another criterion."""
        criterion = desk.criterion
        dates = self.query_one("#dates", Steady)
        if criterion.timescales and not desk.complete:
            dates.say(Content.styled("Dates: being read …", "$text-muted"))
        else:
            dates.say(compact(desk.case.findings_for(criterion)))
        self.show_place(desk)

    def show_place(self, desk: Desk) -> None:
        """Show what is answered and what is left, and what was said of the answer."""
        self.query_one("#where", Steady).say(strip(desk))
        said = "".join(f"  {words}" for words in remarks(desk.answer))
        if said == self._said and self._shown is desk.criterion:
            return
        self._said, self._shown = said, desk.criterion
        criterion = desk.criterion
        critical = "  critical !" if criterion.critical else ""
        self.query_one("#criterion", Steady).say(
            Content.assemble(
                (literal_line(f"{criterion.id} ").plain, "bold $accent"),
                (literal_line(criterion.label).plain, "bold"),
                (critical, "bold $error"),
                (said, "bold $warning"),
                "\n",
                literal(criterion.asks),
            )
        )
