"""Reads the cells of a children in need census, element by element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import LEFT_OUT, Flaw, Outcome
from case_audit.exchange.returns.notes import Cells, Place
from case_audit.exchange.returns.readers import coded, read_return_date, reader_of
from case_audit.exchange.returns.windows import latest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.exchange.returns.notes import Notes
    from case_audit.exchange.returns.xml_stream import Element

REFERRAL: Final = {
    "cinreferraldate": "referral_date",
    "referralsource": "referral_source",
    "referralnfa": "referral_nfa",
}
ASSESSMENT: Final = {
    "assessmentactualstartdate": "assessment_start",
    "assessmentauthorisationdate": "assessment_authorised",
}
ENQUIRY: Final = {
    "s47actualstartdate": "strategy_date",
    "dateofinitialcpc": "icpc_date",
    "icpcnotrequired": "icpc_unnecessary",
}
CASE: Final = {
    "primaryneedcode": "need",
    "cinclosuredate": "cin_end",
    "reasonforclosure": "closure_reason",
}
PLAN: Final = {
    "cppstartdate": "plan_start",
    "cppenddate": "plan_end",
    "initialcategoryofabuse": "initial_category",
    "latestcategoryofabuse": "latest_category",
    "numberofpreviouscpp": "previous_plans",
}
"""For each kind of element, the key of the list's column by the element's name."""

_DISABLED: Final = frozenset(
    {"MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH"}
    | {"CON", "AUT", "DDA"}
)
_FACTOR: Final = re.compile(r"[0-9A-Z]{1,4}")
_MOST_UNKNOWN: Final = 50

_TWICE: Final = Flaw("an element that is there twice", "the first one is used")
_UNKNOWN: Final = Flaw("an element that is not known", "it was not read", serious=False)
_NOT_A_CODE: Final = Flaw("not one of the values of this column", LEFT_OUT)


class CensusCells:
    """Reads the cells of elements.

    Args:
        notes: Where problems go.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._places: dict[str, Place] = {}
        self._unknown: set[str] = set()
        self.day = ""
        """The day the return describes, ISO; empty if nobody knows."""

    def place(self, name: str) -> Place:
        """Return the place that a kind of element is in reports."""
        if name not in self._places:
            self._places[name] = Place(self._notes, name)
        return self._places[name]

    def look_for_unknown(self, element: Element, known: frozenset[str]) -> None:
        """Report elements directly within that no layout has, each name once."""
        for child in element.children:
            if child.key in known or child.key in self._unknown:
                continue
            if len(self._unknown) < _MOST_UNKNOWN:
                self._unknown.add(child.key)
                self.place(element.name).note(_UNKNOWN, column=child.name)

    def of(self, element: Element, keys: Mapping[str, str], list_no: int) -> Cells:
        """Read the cells of an element, by the keys of a list's columns."""
        cells, place = Cells(), self.place(element.name)
        for name, key in keys.items():
            found = element.each(name)
            for cell in found[:1]:
                read = reader_of(list_no, key)
                cells.put(
                    key,
                    place.cell(cell.text, read, row=cell.line, column=cell.name),
                )
            for cell in found[1:]:
                place.tell(_TWICE, row=cell.line, column=cell.name, value=cell.text)
        return cells

    def date(self, element: Element, key: str) -> Outcome | None:
        """Read one date of an element."""
        cell = element.first(key)
        if cell is None:
            return None
        place = self.place(element.name)
        return place.cell(cell.text, read_return_date, row=cell.line, column=cell.name)

    def own(self, child: Element) -> Cells:
        """Read what is known of the child whatever the list."""
        cells = Cells()
        identifiers = child.first("childidentifiers")
        if identifiers is not None:
            self._birth(identifiers, cells)
            for key in ("sex", "gendercurrent"):
                self._coded(identifiers, key, "gender", cells)
        characteristics = child.first("childcharacteristics")
        if characteristics is not None:
            self._coded(characteristics, "ethnicity", "ethnicity", cells)
            self._disability(characteristics, cells)
        return cells

    def _coded(self, element: Element, name: str, key: str, into: Cells) -> None:
        cell = element.first(name)
        if cell is not None and key not in into.values:
            place = self.place(element.name)
            into.put(
                key,
                place.cell(cell.text, coded(key), row=cell.line, column=cell.name),
            )

    def _birth(self, identifiers: Element, cells: Cells) -> None:
        born = self.date(identifiers, "personbirthdate")
        if born is not None and born.value is not None:
            cells.put("date_of_birth", born)
            return
        expected = self.date(identifiers, "expectedpersonbirthdate")
        cells.put("date_of_birth", expected or born)
        if expected is not None and isinstance(expected.value, str):
            cells.derive("unborn", "yes")
            if self.day and expected.value <= self.day:
                # Due, but the return knows of no birth: no age follows from it.
                del cells.values["date_of_birth"]

    def _disability(self, characteristics: Element, cells: Cells) -> None:
        found = list(characteristics.within("disability"))
        codes = []
        for cell in found:
            code = cell.text.upper()
            if code in _DISABLED or code == "NONE":
                codes.append(code)
            elif code:
                self.place("Disabilities").tell(
                    _NOT_A_CODE, row=cell.line, column=cell.name, value=cell.text
                )
        if codes:
            some = any(code != "NONE" for code in codes)
            raw = " ".join(dict.fromkeys(codes))
            cells.put("disability", Outcome("yes" if some else "no", raw))

    def case(self, element: Element, referral: Cells) -> Cells:
        """Read the case; the date of referral was read already."""
        cells = self.of(element, CASE, 6)
        if "referral_date" in referral.raw:
            cells.raw["cin_start"] = referral.raw["referral_date"]
        cells.derive("cin_start", referral.values.get("referral_date"))
        return cells

    def factors(self, assessment: Element, cells: Cells) -> None:
        """Read the factors found at an assessment, as codes in a row."""
        codes = []
        for cell in assessment.within("assessmentfactors"):
            code = cell.text.upper()
            if _FACTOR.fullmatch(code):
                codes.append(code)
            elif code:
                self.place("Assessments").tell(
                    _NOT_A_CODE, row=cell.line, column=cell.name, value=cell.text
                )
        if codes:
            factors = " ".join(dict.fromkeys(codes))
            cells.put("x_factors", Outcome(factors, factors))

    def reviews(self, plan: Element, cells: Cells) -> None:
        """Read the latest review of a child protection plan."""
        place, days = self.place("Reviews"), {}
        for cell in plan.within("cppreviewdate"):
            outcome = place.cell(
                cell.text, read_return_date, row=cell.line, column=cell.name
            )
            if outcome is not None and isinstance(outcome.value, str):
                days[outcome.value] = outcome
        last = latest(days, day=self.day)
        cells.put("last_review", days[last] if last else None)
