"""One case as a dialogue: a line is read, one thing is done, and it is said.

The same desk as behind the app's screens does the work, so the same answers are
kept in the same way; only the words in and out differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.cli.plain import lines
from case_audit.cli.plain.closing import Closing
from case_audit.core.audit.model import (
    CONFIDENCE,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_YET,
)
from case_audit.errors import CaseAuditError
from case_audit.reports.quotation import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from case_audit.core.audit.model import Answer, Part
    from case_audit.core.frame.case_file import Document
    from case_audit.tui.desk import Desk

HELP: Final = """\
A grade's number gives that grade, 0 not applicable, x not evidenced, clear takes it away.
e TEXT: because. v TEXT: the evidence. Without a text you are asked for it.
n: next criterion. p: the one before. N: the next without an answer. g ID: go to one.
say: the criterion again. d: all about it.
m: flag it, or take the flag away. o low, medium or high: how sure you are.
list, list open, list flagged, list no evidence: the criteria with their answers.
facts: what the import says. file: the documents. file 2: read the second one.
quote 2 5: put line 5 of document 2 into because, with its place as evidence.
quote 2 5 7: the same with lines 5 to 7.
u: undo. U: redo.
c: check. write NAME TEXT: a closing statement. tick NAME TEXT, untick NAME: a flag.
own NAME GRADE TEXT: your own grade for a domain or overall, and why. own NAME computed: none.
submit: submit the audit. q: leave; everything is kept."""

NO_WORD: Final = "That is no command here. Type ? for all of them. Nothing was changed."
ALIASES: Final = {
    "because": "e",
    "evidence": "v",
    "next": "n",
    "back": "p",
    "open": "N",
    "go": "g",
    "about": "d",
    "flag": "m",
    "sure": "o",
    "file": "f",
    "undo": "u",
    "redo": "U",
    "check": "c",
    "help": "?",
}
"""The commands' names as words."""
LEAVE: Final = frozenset({"q", "quit", "exit", "leave"})


class Dialogue:
    """Audits one case in words.

    Args:
        desk: The case.
        say: Tells the auditor a line.
        ask: Reads one line after saying what is wanted; raises :class:`EOFError`
            at the end of the input.
    """

    def __init__(
        self, desk: Desk, *, say: Callable[[str], None], ask: Callable[[str], str]
    ) -> None:
        self._desk = desk
        self._say = say
        self._ask = ask
        self._closing = Closing(desk, say=say, ask=self._text)
        self.submitted = False
        self._commands: dict[str, Callable[[str], None]] = {
            "0": lambda why: self._value(NOT_APPLICABLE, why),
            "x": lambda why: self._value(NOT_EVIDENCED, why),
            "clear": lambda _: self._value(NOT_YET, ""),
            "e": self._because,
            "v": self._evidence,
            "n": lambda _: self._move(desk.index + 1),
            "p": lambda _: self._move(desk.index - 1),
            "N": lambda _: self._next_open(),
            "g": self._go_to,
            "say": lambda _: self._tell(lines.criterion(desk)),
            "d": lambda _: self._tell(lines.about(desk)),
            "m": lambda _: self._flag(),
            "o": self._sure,
            "list": self._list,
            "facts": lambda _: self._tell(lines.facts(desk)),
            "f": self._file,
            "quote": self._quote,
            "u": lambda _: self._step(desk.undo, "Nothing to undo."),
            "U": lambda _: self._step(desk.redo, "Nothing to redo."),
            "c": lambda _: self._tell(lines.check(desk)),
            "write": self._closing.write,
            "tick": self._closing.tick,
            "untick": self._closing.untick,
            "own": self._closing.own,
            "submit": lambda _: self._submit(),
            "?": lambda _: self._tell(HELP.splitlines()),
        }

    def run(self, *, kind: str) -> None:
        """Audit until the auditor leaves, submits, or the input ends."""
        self._tell(lines.opening(self._desk, kind=kind))
        self._say("Type ? for the commands.")
        self._tell(lines.criterion(self._desk))
        while not self.submitted:
            try:
                typed = self._ask("Command: ").strip()
            except EOFError:
                return
            if typed in LEAVE:
                return
            try:
                self.do(typed)
            except CaseAuditError as error:
                self._say("NOT SAVED")
                self._tell(error.lines)
            except EOFError:
                return

    def do(self, typed: str) -> None:
        """Do what one line says.

        Raises:
            CaseAuditError: If it could not be kept.
            EOFError: If the input ends where a text was asked for.
        """
        word, _, rest = typed.partition(" ")
        rest = rest.strip()
        for grade in self._desk.grades():
            if word == grade.key:
                self._value(grade.id, rest)
                return
        name = ALIASES.get(word.lower(), word)
        command = self._commands.get(name) or self._commands.get(name.lower())
        if command is None:
            self._say(NO_WORD if word else "Type ? for the commands.")
        else:
            command(rest)

    def _tell(self, said: Iterable[str]) -> None:
        for line in said:
            self._say(line)

    # Answers

    def _change(self, said: str, **parts: str | bool | None) -> None:
        if not self._desk.case.yours:
            self._say(f"{self._desk.opening()}. Nothing was changed.")
            return
        self._desk.change(self._desk.answer, **parts)  # type: ignore[arg-type]
        wanted = self._desk.wanted()
        self._say(f"Saved: {said}." + (f" Still wanted: {wanted}." if wanted else ""))

    def _value(self, value: str, why: str) -> None:
        asked = self._desk.criterion
        if asked.in_words and value not in lines.OTHERS and value:
            self._say("This one is answered in words: type e and the text.")
            return
        words = lines.OTHERS.get(value, "no answer")
        for grade in self._desk.grades():
            if grade.id == value:
                words = grade.label
        self._change(f"{asked.id} {words}", value=value, rationale=why or None)

    def _because(self, text: str) -> None:
        text = text or self._criterion_text("Because", "rationale")
        self._change("because", rationale=text)

    def _evidence(self, text: str) -> None:
        text = text or self._criterion_text("Evidence", "evidence")
        self._change("evidence", evidence=text)

    def _criterion_text(self, what: str, field: str) -> str:
        return self._text(what, "criterion", self._desk.criterion.id, field=field)

    def _text(
        self, what: str, part: Part, subject: str, *, field: str = "rationale"
    ) -> str:
        """Ask for a text of several lines; each is kept as soon as it is typed."""
        self._say(f"{what}. An empty line ends it.")
        typed: list[str] = []
        while line := self._ask("").rstrip():
            typed.append(line)
            if self._desk.case.yours:
                self._desk.draft(part, subject, field=field, text="\n".join(typed))
        return "\n".join(typed)

    def _flag(self) -> None:
        flagged = not self._desk.answer.flagged
        self._change("flagged" if flagged else "no longer flagged", flagged=flagged)

    def _sure(self, how: str) -> None:
        found = [word for word in CONFIDENCE if how and word.startswith(how.lower())]
        if how and not found:
            self._say(f"Say one of {', '.join(CONFIDENCE)}. Nothing was changed.")
            return
        sure = found[0] if found else ""
        self._change(f"how sure, {sure or 'not said'}", confidence=sure)

    def _step(self, act: Callable[[], Answer | None], nothing: str) -> None:
        kept = act()
        if kept is None:
            self._say(nothing)
            return
        self._say(f"Saved: {kept.subject} is as it was before.")
        if kept.part == "criterion":
            self._tell(lines.criterion(self._desk))

    # Moving

    def _move(self, index: int) -> None:
        if self._desk.move_to(index):
            self._tell(lines.criterion(self._desk))
        else:
            self._say("There is none further that way.")

    def _next_open(self) -> None:
        index = self._desk.next_open()
        if index is None:
            self._say("Every criterion is answered. c checks, submit submits.")
        elif index == self._desk.index:
            self._say("This is the only one without an answer.")
        else:
            self._move(index)

    def _go_to(self, name: str) -> None:
        known = {c.id for _, c in self._desk.asked}
        if name not in known:
            self._say("No criterion has that name. Type list for all of them.")
            return
        self._desk.move_to_criterion(name)
        self._tell(lines.criterion(self._desk))

    def _list(self, which: str) -> None:
        which = which or "all"
        if which not in lines.CHOICES:
            self._say(f"List one of: {', '.join(lines.CHOICES)}.")
        else:
            self._tell(lines.listed(self._desk, which))

    # The child's file

    def _file(self, number: str) -> None:
        if not number:
            self._tell(lines.documents(self._desk))
        elif found := self._document(number):
            self._tell(lines.document(found))

    def _document(self, number: str) -> Document | None:
        documents = self._desk.case.file.documents
        if number.isdecimal() and 1 <= int(number) <= len(documents):
            return documents[int(number) - 1]
        self._say(f"Give a number from 1 to {len(documents)}; file lists them.")
        return None

    def _quote(self, what: str) -> None:
        words = what.split()
        if len(words) not in (2, 3) or not all(word.isdecimal() for word in words):
            self._say("Type quote, the document's number, the line, and the last line.")
            return
        found = self._document(words[0])
        if found is None:
            return
        first, last = int(words[1]), int(words[-1])
        if not 1 <= first <= last <= len(found.paragraphs):
            self._say(f"That document has lines 1 to {len(found.paragraphs)}.")
            return
        rationale, evidence = quoted(self._desk.answer, found, first=first, last=last)
        self._change("quoted", rationale=rationale, evidence=evidence)

    def _submit(self) -> None:
        if self._desk.gaps():
            self._tell(lines.check(self._desk))
            return
        self._desk.submit()
        self.submitted = True
        number = self._desk.case.case.number
        self._say(f"Case {number} is submitted. You can take it back in the app.")
