"""CX-Explorer: customer experience, read in German. From a notebook: `ws = cx.open("data/cx.duckdb")`.

Names are loaded when first used: `cx.text` alone needs neither charts nor statistics.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Column": "cx.model.columns",
    "Correction": "cx.model.correction",
    "CxError": "cx.errors",
    "Filter": "cx.model.filter",
    "Mapping": "cx.model.columns",
    "Workspace": "cx.workspace",
    "open": "cx.workspace",
}
_ROOMS = {"charts", "text"}

__all__ = ["Column", "Correction", "CxError", "Filter", "Mapping", "Workspace", "charts", "open", "text"]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"cx.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cx' has no attribute '{name}'")
