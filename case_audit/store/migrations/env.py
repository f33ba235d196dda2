"""What Alembic runs: the steps, on the connection it was given."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from case_audit.store.tables import (
    allocation,
    audit,
    followup,
    frame,
    number,
    registry,
    sample,
    selfassessment,
)

TABLES = (allocation, audit, followup, frame, number, registry, sample, selfassessment)
"""Imported so that every table is known to the metadata."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
)
with context.begin_transaction():
    context.run_migrations()
