"""The cohorts of the method and the columns of the workbook fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.core.frame.cohorts import COHORTS
from case_audit.exchange.annex_a.spec import code_list, columns

if TYPE_CHECKING:
    from case_audit.core.frame.cohorts import Cohort


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_cohorts_use_columns_and_codes_that_exist(cohort: Cohort) -> None:
    """The two know nothing of each other; a misspelt key would go unnoticed."""
    by_key = {column.key: column for column in columns(cohort.list_no)}

    for attribute in cohort.attributes:
        if attribute.source != "unborn":
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
    for key in (*cohort.latest_by, *([cohort.begins] if cohort.begins else [])):
        assert by_key[key].type == "date"


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_default_strata_are_attributes(cohort: Cohort) -> None:
    """And such as frames can be stratified by, each key once."""
    keys = [attribute.key for attribute in cohort.attributes]

    assert len(keys) == len(set(keys))
    assert {a.key for a in cohort.attributes if a.stratum} >= set(cohort.default_strata)
