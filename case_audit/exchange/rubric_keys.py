"""The keys of rubric files, each with what to write there.

Reading, the schema and the starting file all go by these.
"""

from __future__ import annotations

from typing import Final

ROLES: Final = ("safety", "oversight")
"""What a domain can be to the limiting rules."""

LONGEST_LABEL: Final = 60
LONGEST_AGENCY: Final = 24
MOST_AGENCIES: Final = 12
LONGEST_TEXT: Final = 220
"""Characters of a descriptor: three lines of an 80-column screen."""

RUBRIC: Final = {
    "kind": "What this file is.",
    "id": "A short name; the file is called the same, with .yaml.",
    "version": "Any text. A changed rubric gets a new one.",
    "title": "The name on screen.",
    "framework": "The inspection framework: name and version, such as ilacs@2026-04.",
    "area": "The judgement area it speaks to: an id of the framework.",
    "cohorts": "Whose cases it is meant for: a list.",
    "scale": "The scale of grades, such as ofsted4.",
    "rules": "How the grades roll up, such as case-file.",
    "agencies": "The agencies whose parts are asked about side by side: a list, "
    "each with id and label. May be left out.",
    "domains": "The domains in the order they are asked: shared ones, or your own.",
}

INCLUDE: Final = {
    "include": "The name of a shared module.",
    "add": "Further criteria for this module, in this rubric alone. May be left out.",
}

DOMAIN: Final = {
    "id": "A short name that stands once in the whole rubric.",
    "label": f"The name on screen, at most {LONGEST_LABEL} characters.",
    "role": f"{' or '.join(ROLES)}: limiting rules refer to it. May be left out.",
    "criteria": "The criteria in the order they are asked, at least one.",
}

MODULE: Final = {
    "kind": RUBRIC["kind"],
    "version": "Any text. A changed module gets a new one.",
    **DOMAIN,
}

AGENCY: Final = {
    "id": "A short name, such as police.",
    "label": f"The name on screen, at most {LONGEST_AGENCY} characters.",
}

CRITERION: Final = {
    "id": "A short name that stands once in the whole rubric, such as eh1.",
    "kind": "graded, yes_no, fact or narrative. Left out: graded.",
    "label": f"The name on screen, at most {LONGEST_LABEL} characters.",
    "asks": f"The question to answer from the file, at most {LONGEST_TEXT} characters.",
    "benchmark": "What good looks like, in a sentence, "
    f"at most {LONGEST_TEXT} characters.",
    "critical": "yes or no: whether the worst grade here limits the whole case.",
    "look_in": "Where to look in the file: a list, at least one place.",
    "trap": f"The mistake graders make most often, at most {LONGEST_TEXT} characters.",
    "not_applicable_when": "When it does not apply, in words; or never.",
    "inadequate_if": "The fact that alone decides for the worst grade. "
    "May be left out.",
    "prompts": "Short questions to have in mind: a list. May be left out.",
    "cohorts": "Asked only for these cohorts: a list. Left out: asked for all.",
    "applies_if": "Asked only of cases like this, such as age >= 16. May be left out.",
    "each_agency": "yes: asked once for each agency. May be left out.",
    "tags": "A list, such as NF-O3. May be left out.",
    "source": "Where the requirement comes from: a list, at least one.",
    "timescales": "Timescales whose dates are shown beside it: a list, such as T13. "
    "May be left out.",
    "descriptors": "What each grade looks like in the file and for the child, "
    f"at most {LONGEST_TEXT} characters each. None for a fact or a narrative.",
}

OPTIONAL: Final = {
    "include": ("add",),
    "domain": ("role",),
    "rubric": ("agencies",),
    "criterion": (
        *("kind", "inadequate_if", "prompts", "cohorts", "applies_if"),
        *("each_agency", "tags", "timescales", "descriptors"),
    ),
}
"""Which keys may be left out; every other one is required."""
