"""Check the answers: computed grades, closing statements, what is missing, submit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static

from case_audit.core.audit.model import CLOSING, FLAG, NOT_YET, TICKED
from case_audit.errors import CaseAuditError
from case_audit.reports.rules_words import WHOM_TO_TELL
from case_audit.reports.wording import plural
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.in_force import key_for
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.closing_rows import GAP, grade_text, rows, subject_of
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.outcome import Outcome
from case_audit.tui.screens.overrule import OverruleScreen, Ruling
from case_audit.tui.screens.what_if import WhatIfScreen
from case_audit.tui.screens.write import WriteScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.too_small import TooSmall
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.model import Answer, Part
    from case_audit.core.rubric.scale import Scale
    from case_audit.tui.desk import Desk

ENTER = ("Enter", "Write, tick, go there, or give your own grade")
HINTS = (("enter", "open"), ("s", "submit"), ("w", "what if"), ("esc", "back"))


class ClosingScreen(SparingScreen[Outcome]):
    """One page before an audit is submitted.

    Args:
        desk: The case.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "closing.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tight"), (60, "-narrow")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low")]  # noqa: RUF012
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "submit", "Submit the audit", id="closing.submit"),
        Binding("w", "what_if", "What other rules would say", id="closing.what_if"),
        Binding("x", "untick", "Take a tick away", id="closing.untick"),
        Binding("j", "app.simulate_key('down')", "Down", id="closing.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="closing.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape", "back", "Back to the criteria", id="back"),
    ]

    def __init__(self, desk: Desk, *, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Static(id="verdict")
        yield OptionList(markup=False)
        yield HintBar()
        yield TooSmall()

    def on_mount(self) -> None:
        case = self._desk.case
        bar = self.query_one(TopBar)
        bar.kind = self._kind
        bar.title = f"{case.round.name} · case {case.case.number} · check and submit"
        self.query_one(HintBar).hints = HINTS
        self._refresh()

    # What is shown

    def _refresh(self, highlight: str = "") -> None:
        judgement = self._desk.judgement()
        gaps = self._desk.gaps()
        verdict = _verdict(gaps, key_for(self.app, "closing.submit", "s"))
        overall = judgement.overall
        _, _, reason = overall.because.partition(": ")
        urgent = WHOM_TO_TELL.get(overall.raises, "")
        self.query_one("#verdict", Static).update(
            Content.assemble(
                (f"{self._grade(overall.standing)}  ", "bold $accent"),
                literal_line(reason or overall.because),
                (f"\n{urgent}" if urgent else "", "bold $error"),
                "\n",
                (verdict, "bold" if gaps else "bold $success"),
            )
        )
        options = self.query_one(OptionList)
        here = highlight or self._highlighted(options)
        options.clear_options()
        # Until the list has its size, one line a row.
        width = options.scrollable_content_region.width or self.app.size.width
        options.add_options(rows(self._desk, judgement, width=width))
        found = [
            i
            for i in range(options.option_count)
            if options.get_option_at_index(i).id == here
        ]
        options.highlighted = found[0] if found else 1

    @staticmethod
    def _highlighted(options: OptionList) -> str:
        if options.highlighted is None or not options.option_count:
            return ""
        return options.get_option_at_index(options.highlighted).id or ""

    def _grade(self, grade_id: str) -> str:
        return grade_text(self._desk, "overall", grade_id)

    def _scale(self, part: Literal["domain", "overall"]) -> Scale:
        rubric = self._desk.case.rubric
        return rubric.domain_scale if part == "domain" else rubric.overall_scale

    def on_resize(self) -> None:
        self._refresh()

    # What is done

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name = event.option_id or ""
        part, _, subject = name.removeprefix(GAP).partition(":")
        if part == "criterion":
            self.dismiss(Outcome(go_to=subject))
        elif part == "closing" and subject.startswith(FLAG):
            self._tick(subject)
        elif part == "closing":
            self._write(subject, CLOSING[subject], row=name)
        elif part in ("domain", "overall") and self._desk.case.yours:
            self._overrule(
                "overall" if part == "overall" else "domain", subject or part
            )

    def _tick(self, subject: str) -> None:
        """Tick a flag, and ask for what has to be written down with it."""
        if not self._desk.case.yours:
            return
        flags = {FLAG + flag.id: flag for flag in self._desk.case.rubric.rules.flags}
        answer = self._desk.answers.get("closing", subject)
        self._keep(lambda: self._desk.change(answer, value=TICKED))
        self._refresh(f"closing:{subject}")
        flag = flags[subject]
        label = f"{flag.label}. Write down {flag.record}"
        self._write(subject, label, row=f"closing:{subject}")

    def action_untick(self) -> None:
        """Take a tick away."""
        _, _, subject = self._highlighted(self.query_one(OptionList)).partition(":")
        if subject.startswith(FLAG) and self._desk.case.yours:
            answer = self._desk.answers.get("closing", subject)
            self._keep(lambda: self._desk.change(answer, value=NOT_YET))
            self._refresh()

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether nothing is missing, and whether there is a tick to take away."""
        del parameters
        _, _, subject = self._highlighted(self.query_one(OptionList)).partition(":")
        if action == "untick":
            ticked = self._desk.answers.get("closing", subject).value == TICKED
            return subject.startswith(FLAG) and ticked
        return action != "submit" or (self._desk.case.yours and not self._desk.gaps())

    def action_what_if(self) -> None:
        """Show what other roll-ups would say."""
        self.app.push_screen(WhatIfScreen(self._desk))

    def _write(self, key: str, label: str, *, row: str) -> None:
        if not self._desk.case.yours:
            return
        answer = self._desk.answers.get("closing", key)

        def written(text: str | None) -> None:
            if text is not None:
                self._keep(lambda: self._desk.change(answer, rationale=text))
            self._refresh(row)

        self.app.push_screen(
            WriteScreen(
                label,
                answer.rationale,
                lambda text: self._draft("closing", key, text),
            ),
            written,
        )

    def _overrule(self, part: Literal["domain", "overall"], subject: str) -> None:
        judgement = self._desk.judgement()
        computed = (
            judgement.overall if part == "overall" else judgement.domains[subject]
        )
        answer = self._desk.answers.get(part, subject)

        def choose(grade: str) -> None:
            reason = None if grade else ""
            self._keep(lambda: self._desk.change(answer, value=grade, rationale=reason))

        def give(text: str) -> None:
            self._keep(lambda: self._desk.change(answer, rationale=text.strip()))

        self.app.push_screen(
            OverruleScreen(
                self._scale(part),
                computed,
                ruling=Ruling(grade=answer.value, reason=answer.rationale),
                choose=choose,
                keep=lambda text: self._draft(part, subject, text),
                give=give,
            ),
            lambda _: self._refresh(),
        )

    def _draft(self, part: Part, subject: str, text: str) -> None:
        try:
            self._desk.draft(part, subject, field="rationale", text=text)
        except CaseAuditError as error:
            self._refused(error)

    def _keep(self, act: Callable[[], Answer]) -> None:
        try:
            act()
        except CaseAuditError as error:
            self._refused(error)

    def _refused(self, error: CaseAuditError) -> None:
        self.notify("\n".join(error.lines), severity="error", timeout=20, markup=False)

    def action_submit(self) -> None:
        """Submit, after one question."""
        if not self._desk.case.yours:
            self.notify("This case may only be read.", markup=False)
            return
        gaps = self._desk.gaps()
        if gaps:
            first = gaps[0]
            self.notify(
                f"{plural(len(gaps), 'thing is', 'things are')} missing, first "
                f"{subject_of(self._desk, first)}: {first.what}.",
                severity="warning",
                markup=False,
            )
            self._refresh(f"{GAP}{first.part}:{first.subject}")
            return
        standing = self._desk.judgement().overall.standing
        grade = self._grade(standing) if standing else ""

        def answered(yes: bool | None) -> None:  # noqa: FBT001
            if yes:
                self._submit(grade)

        self.app.push_screen(
            ConfirmScreen(
                f"Submit this audit as {grade}?" if grade else "Submit this audit?",
                "It counts in the summary from then on. You can take it back from the "
                "case list.",
            ),
            answered,
        )

    def _submit(self, grade: str) -> None:
        try:
            self._desk.submit()
        except CaseAuditError as error:
            self._refused(error)
            return
        number = self._desk.case.case.number
        self.dismiss(
            Outcome(
                submitted=True,
                sentence=f"Case {number} is submitted"
                + (f": {grade}." if grade else "."),
            )
        )

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self, more=(ENTER,)))

    def action_back(self) -> None:
        """Go back to the criteria."""
        self.dismiss(Outcome())


def _verdict(gaps: Sequence[Gap], key: str) -> str:
    """Return how far it is to submitting, which a key does."""
    if gaps:
        missing = plural(len(gaps), "thing is", "things are")
        return f"{missing} missing before it can be submitted."
    return f"Nothing is missing. Press {key} to submit."
