"""CX-Explorer: customer experience, read in German. From a notebook: `ws = cx.open("data/cx.duckdb")`."""

from cx import charts, text
from cx.errors import CxError
from cx.model.columns import Column, Mapping
from cx.model.filter import Filter
from cx.workspace import Workspace, open

__all__ = ["Column", "CxError", "Filter", "Mapping", "Workspace", "charts", "open", "text"]
