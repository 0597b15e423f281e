"""Reads German customer feedback: polarity, pillars and touchpoints per statement, each number a sum of visible parts."""

from cx.text.engines import Engine, register
from cx.text.reader import MODEL_VERSION, analyse, engines, explain, explain_many, language, sentiment

__all__ = [
    "MODEL_VERSION",
    "Engine",
    "analyse",
    "engines",
    "explain",
    "explain_many",
    "language",
    "register",
    "sentiment",
]
