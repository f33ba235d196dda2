"""The end of an audit in words: closing statements, ticks, the auditor's own grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import FLAG, NOT_YET, TICKED, closing

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.audit.model import Answer, Part
    from case_audit.tui.desk import Desk

COMPUTED = "computed"


class Closing:
    """What is said of the case as a whole.

    Args:
        desk: The case.
        say: Tells the auditor a line.
        ask: Asks for a text: what it is, and the answer it is a draft of.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        say: Callable[[str], None],
        ask: Callable[[str, Part, str], str],
    ) -> None:
        self._desk = desk
        self._say = say
        self._ask = ask

    def write(self, typed: str) -> None:
        """Write a closing statement: its name, then the text."""
        headings = closing(self._desk.case.rubric.rules)
        name, _, text = typed.partition(" ")
        if name not in headings:
            self._unknown("closing statement", list(headings))
            return
        text = text.strip() or self._ask(headings[name], "closing", name)
        self._keep(f"{name} written", "closing", name, rationale=text)

    def tick(self, typed: str) -> None:
        """Tick one of the rubric's flags: its name, then what has to be recorded."""
        name, _, text = typed.partition(" ")
        flag = self._flag(name)
        if flag:
            wanted = self._desk.case.rubric.rules.flags[flag - 1].record
            key = FLAG + name
            text = text.strip() or self._ask(f"Write down {wanted}", "closing", key)
            self._keep(f"{name} ticked", "closing", key, value=TICKED, rationale=text)

    def untick(self, typed: str) -> None:
        """Take a tick away."""
        if self._flag(typed):
            self._keep(f"{typed} not ticked", "closing", FLAG + typed, value=NOT_YET)

    def _flag(self, name: str) -> int:
        """Return a flag's place from 1; 0 after saying that there is none."""
        names = [flag.id for flag in self._desk.case.rubric.rules.flags]
        if name in names:
            return names.index(name) + 1
        self._unknown("tick", names)
        return 0

    def own(self, typed: str) -> None:
        """Give an own grade: a domain or overall, the grade's key, and why."""
        name, _, rest = typed.partition(" ")
        key, _, why = rest.strip().partition(" ")
        domains = [domain.id for domain in self._desk.case.domains]
        part: Part = "overall" if name == "overall" else "domain"
        if name not in (*domains, "overall"):
            self._unknown("domain", [*domains, "overall"])
            return
        rubric = self._desk.case.rubric
        scale = rubric.domain_scale if part == "domain" else rubric.overall_scale
        if key == COMPUTED:
            said = f"{name} as computed"
            self._keep(said, part, name, value=NOT_YET, rationale="")
            return
        for grade in scale.grades:
            if key == grade.key:
                text = why.strip() or self._ask("Why it differs", part, name)
                said = f"{name} {grade.label}"
                self._keep(said, part, name, value=grade.id, rationale=text)
                return
        keys = [f"{grade.key} {grade.label}" for grade in scale.grades]
        self._unknown("grade", [*keys, COMPUTED])

    def _unknown(self, what: str, known: list[str]) -> None:
        found = ", ".join(known) or "none in this rubric"
        self._say(f"No {what} has that name. There is: {found}. Nothing was changed.")

    def _keep(self, said: str, part: Part, subject: str, **parts: str) -> None:
        if not self._desk.case.yours:
            self._say(f"{self._desk.opening()}. Nothing was changed.")
            return
        self._desk.change(self._answer(part, subject), **parts)  # type: ignore[arg-type]
        self._say(f"Saved: {said}.")

    def _answer(self, part: Part, subject: str) -> Answer:
        return self._desk.answers.get(part, subject)
