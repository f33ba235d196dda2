"""Check the answers: computed grades, closing statements, what is missing, submit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.core.audit.model import CLOSING
from case_audit.errors import CaseAuditError
from case_audit.reports.wording import plural
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.overrule import OverruleScreen, Ruling
from case_audit.tui.screens.write import WriteScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.judge import CaseJudgement, Computed
    from case_audit.core.audit.model import Answer, Part
    from case_audit.tui.desk import Desk

HINTS = (("enter", "open"), ("s", "submit"), ("esc", "back"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a screen on a case was left.

    Attributes:
        submitted: Whether the audit was submitted.
        go_to: The criterion to go to; empty for where it was.
        sentence: What to tell the auditor.
    """

    submitted: bool = False
    go_to: str = ""
    sentence: str = ""


class ClosingScreen(Screen[Outcome]):
    """One page before an audit is submitted.

    Args:
        desk: The case.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "closing.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "submit", "Submit the audit", id="closing.submit"),
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
        verdict = (
            f"{plural(len(gaps), 'thing is', 'things are')} missing before it can be "
            "submitted."
            if gaps
            else "Nothing is missing. Press s to submit."
        )
        self.query_one("#verdict", Static).update(
            Content.assemble(
                (f"{self._grade(judgement.overall.standing)}  ", "bold $accent"),
                literal_line(judgement.overall.because.partition(": ")[2]),
                "\n",
                (verdict, "bold" if gaps else "bold $success"),
            )
        )
        options = self.query_one(OptionList)
        here = highlight or self._highlighted(options)
        options.clear_options()
        options.add_options(self._options(judgement))
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

    def _options(self, judgement: CaseJudgement) -> list[Option]:
        rows = [_heading("Closing statements: Enter writes")]
        rows += [self._statement(key) for key in CLOSING]
        missing = [g for g in self._desk.gaps() if g.part == "criterion"]
        if missing:
            rows.append(_heading(f"Missing, {len(missing)}: Enter goes there"))
        for gap in missing:
            label = self._desk.case.rubric.criterion(gap.subject).label
            line = literal_line(f"  {gap.subject} {label}: {gap.what}")
            rows.append(Option(line, id=f"criterion:{gap.subject}"))
        rows.append(
            _heading("Grades: Enter puts your own where you see it differently")
        )
        rows.append(self._computed("overall", "The case", judgement.overall))
        for domain in self._desk.case.domains:
            found = judgement.domains[domain.id]
            rows.append(self._computed(f"domain:{domain.id}", domain.label, found))
        return rows

    def _statement(self, key: str) -> Option:
        text = self._desk.answers.get("closing", key).rationale.strip()
        said = (
            literal_line(text) if text else Content.styled("not written yet", "italic")
        )
        return Option(
            Content.assemble((f"  {CLOSING[key]}: ", "bold"), said), id=f"closing:{key}"
        )

    def _computed(self, key: str, label: str, found: Computed) -> Option:
        own = ""
        if found.standing != found.grade:
            own = f" (yours; computed {self._grade(found.grade)})"
        _, _, reason = found.because.partition(": ")
        return Option(
            Content.assemble(
                f"  {self._grade(found.standing)}{own}  ",
                (literal_line(label).plain, "bold"),
                "  ",
                (literal_line(reason).plain, "$text-muted"),
            ),
            id=key,
        )

    def _grade(self, grade_id: str) -> str:
        if not grade_id:
            return "– no grade"
        grade = self._desk.case.rubric.scale.grade(grade_id)
        return f"{grade.letter} {grade.label}"

    # What is done

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        part, _, subject = (event.option_id or "").partition(":")
        if part == "criterion":
            self.dismiss(Outcome(go_to=subject))
        elif part == "closing":
            self._write(subject)
        elif part in ("domain", "overall") and self._desk.case.yours:
            self._overrule(
                "overall" if part == "overall" else "domain", subject or part
            )

    def _write(self, key: str) -> None:
        if not self._desk.case.yours:
            return
        answer = self._desk.answers.get("closing", key)

        def written(text: str | None) -> None:
            if text is not None:
                self._keep(lambda: self._desk.change(answer, rationale=text))
            self._refresh(f"closing:{key}")

        self.app.push_screen(
            WriteScreen(
                CLOSING[key],
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
                self._desk.case.rubric.scale,
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
                f"{len(gaps)} things are missing, first {first.subject}: {first.what}.",
                severity="warning",
                markup=False,
            )
            self._refresh(f"{first.part}:{first.subject}")
            return
        grade = self._grade(self._desk.judgement().overall.standing)

        def answered(yes: bool | None) -> None:  # noqa: FBT001
            if yes:
                self._submit(grade)

        self.app.push_screen(
            ConfirmScreen(
                f"Submit this audit as {grade}?",
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
            Outcome(submitted=True, sentence=f"Case {number} is submitted: {grade}.")
        )

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self))

    def action_back(self) -> None:
        """Go back to the criteria."""
        self.dismiss(Outcome())


def _heading(text: str) -> Option:
    return Option(Content.assemble((text, "bold $secondary")), disabled=True)
