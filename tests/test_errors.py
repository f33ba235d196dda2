"""Errors are loaded when they are asked for, and none is lost by that."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from case_audit import errors
from case_audit.errors.base import CaseAuditError


def test_every_error_can_be_imported_from_one_place() -> None:
    """Those of every room, and nothing that is not there."""
    rooms = [m.name for m in pkgutil.iter_modules(errors.__path__)]
    defined = {
        name: one
        for room in rooms
        for name, one in vars(import_module(f"case_audit.errors.{room}")).items()
        if isinstance(one, type)
        and issubclass(one, CaseAuditError)
        and not name.startswith("_")
    }

    assert {name: getattr(errors, name) for name in defined} == defined
    assert set(errors.__all__) == {*defined, "ExitCode"}


def test_an_error_that_does_not_exist_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchError'"):
        _ = errors.NoSuchError  # type: ignore[attr-defined]
