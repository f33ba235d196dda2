"""The three questions that Ofsted asks of a council's evaluation of itself."""

from __future__ import annotations

from typing import Final

QUESTIONS: Final = (
    "What do you know about the quality and impact of social work practice?",
    "How do you know it?",
    "What are your plans for the next 12 months to maintain or improve practice?",
)
