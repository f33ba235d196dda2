"""The cohorts of the method and the columns of the workbook fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.applies_text import parse
from case_audit.exchange.annex_a.spec import code_list, columns
from case_audit.exchange.case_fields import case_fields

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort, Flag


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_cohorts_use_columns_and_codes_that_exist(cohort: Cohort) -> None:
    """The two know nothing of each other; a misspelt key would go unnoticed."""
    by_key = {column.key: column for column in columns(cohort.list_no)}

    for attribute in cohort.attributes:
        assert not attribute.until or by_key[attribute.until].type == "date"
        if attribute.source not in {"", "unborn"}:
            column = by_key[attribute.source]
            if attribute.derived == "value":
                assert attribute.codes == column.codes
        if attribute.codes:
            assert code_list(attribute.codes)
    for exclusion in cohort.excluded:
        column = by_key[exclusion.key]
        assert set(exclusion.values) <= set(
            code_list(column.codes) if column.codes else ()
        )
        assert exclusion.values or column.type == "date"
        assert not exclusion.unless or exclusion.unless in by_key
    window = cohort.window.key if cohort.window else ""
    dates = (cohort.begins, cohort.ends, cohort.episode, window, *cohort.latest_by)
    for key in dates:
        assert not key or by_key[key].type == "date"
    assert not cohort.household or cohort.household in by_key


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_default_strata_are_attributes(cohort: Cohort) -> None:
    """And such as frames can be stratified by, each key once."""
    keys = [attribute.key for attribute in cohort.attributes]

    assert len(keys) == len(set(keys))
    possible = {a.key for a in cohort.attributes if a.stratum}
    assert possible >= set(cohort.default_strata)
    assert possible >= set(cohort.useful_strata)


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_a_unit_is_known_by_its_dates(cohort: Cohort) -> None:
    """So that the row it stands for can be found again for what its dates say."""
    keys = {attribute.key for attribute in cohort.attributes}

    assert {*cohort.latest_by, *filter(None, [cohort.episode])} <= keys


FLAGS = [(one, flag) for one in COHORTS for flag in one.flags]


@pytest.mark.parametrize(("one", "flag"), FLAGS, ids=lambda x: getattr(x, "key", ""))
def test_a_sign_of_risk_speaks_of_what_is_known_of_its_cohort(
    one: Cohort, flag: Flag
) -> None:
    """With values that exist: a misspelt code would never be found."""
    assert flag.key.startswith("risk_")
    parse(flag.rule, case_fields((one.id,)))
