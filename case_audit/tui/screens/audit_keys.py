"""The keys of the workspace, and which of them are told of at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, NOT_YET

if TYPE_CHECKING:
    from case_audit.tui.desk import Desk
    from case_audit.tui.widgets.hint_bar import Hint

READING: tuple[Hint, ...] = (
    ("v", "evidence"),
    ("f", "file"),
    ("n p", "next, back"),
    ("c", "check"),
    ("g", "go to"),
    ("N", "next open"),
    ("m", "flag"),
    ("u", "undo"),
    ("t", "dates"),
)
WRITING: tuple[Hint, ...] = (("esc", "done"), ("tab", "next field"))
IN_FILE: tuple[Hint, ...] = (
    ("esc", "back"),
    ("q", "quote"),
    ("space", "select"),
    ("[ ]", "documents"),
    ("t", "dates"),
)
IN_DATES: tuple[Hint, ...] = (
    ("esc", "back"),
    ("enter", "open the document"),
    ("f", "file"),
)


def reading(desk: Desk) -> tuple[Hint, ...]:
    """Return the hints while a criterion is looked at."""
    grades = desk.grades()
    if not grades:
        return (("e", "write"), *READING)
    keys = f"{grades[0].key}-{grades[-1].key}"
    return ((keys, "grade"), ("e", "because"), *READING)


def _key(key: str, action: str, description: str, name: str) -> Binding:
    return Binding(key, action, description, id=name, priority=True)


# Keys act before the next key is looked at (priority), so that what is typed fast
# goes where it is meant; in a field they are letters, see ``check_action``.
KEYS: list[Binding] = [
    _key("0", f"answer('{NOT_APPLICABLE}')", "Not applicable", "audit.na"),
    _key("x", f"answer('{NOT_EVIDENCED}')", "Not evidenced", "audit.ne"),
    _key("backspace", f"answer('{NOT_YET}')", "Clear", "audit.clear"),
    _key("m", "flag", "Flag it, to be looked at again", "audit.flag"),
    _key("o", "sure", "How sure: low, medium, high", "audit.sure"),
    _key("n", "move(1)", "Next criterion", "audit.next"),
    _key("p", "move(-1)", "Previous criterion", "audit.back"),
    _key("N", "next_open", "Next without an answer", "audit.open"),
    _key("down,j", "peek(1)", "Open the descriptor below", "audit.down"),
    _key("up,k", "peek(-1)", "Open the descriptor above", "audit.up"),
    _key("enter", "take", "Give the grade that is open", "audit.take"),
    _key("e", "write('rationale')", "Write why", "audit.why"),
    _key("v", "write('evidence')", "Write the evidence", "audit.evidence"),
    _key("d", "describe", "All about this criterion", "audit.describe"),
    _key("f", "file", "The child's file", "audit.file"),
    _key("t", "dates", "What happened when", "audit.dates"),
    _key("g", "go_to", "Go to a criterion", "audit.goto"),
    _key("right_square_bracket", "case(1)", "Next case", "audit.next_case"),
    _key("left_square_bracket", "case(-1)", "Previous case", "audit.back_case"),
    _key("c", "check", "Check and submit", "audit.check"),
    _key("u", "undo", "Undo", "audit.undo"),
    _key("U", "redo", "Redo", "audit.redo"),
    _key("question_mark", "help", "Help", "help"),
    _key("escape", "leave", "Back", "back"),
]

GRADES: list[Binding] = [
    _key(digit, f"grade('{digit}')", "", f"audit.grade_{digit}")
    for digit in "123456789"
]
"""What each grades is for the scale of the criterion to say."""
