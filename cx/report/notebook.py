"""A page of the app as a Jupyter notebook: a cell that opens the database and chooses, and one per figure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cx.language import _
from cx.model.filter import Filter
from cx.report import reproduce

FORMAT = {"nbformat": 4, "nbformat_minor": 5}  # nbformat.readthedocs.io, "The Notebook file format"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


@dataclass(frozen=True)
class Cell:
    """A figure: what its title says, and the lines that show it again."""

    title: str
    code: str


def notebook(page: str, line: str, database: str, selection: Filter, cells: Iterable[Cell]) -> bytes:
    """The .ipynb file (nbformat 4.5, UTF-8). `page` is our own name of it; `line` and the titles may hold words of the data and stand in
    comments of the code only: Markdown would load their images."""
    note = _(
        "Eine Datenbank ist immer nur in einem Programm offen: Beenden Sie vorher die App oder öffnen Sie eine Kopie."
    )
    opening = "\n".join([comment(line), *reproduce.opening(database, selection)])
    figures = ["\n".join([comment(cell.title), cell.code]) for cell in cells]
    parts = [_part("markdown", "page", f"# {page}\n\n{note}"), _part("code", "open", opening)]
    parts += [_part("code", f"figure-{place}", code) for place, code in enumerate(figures, start=1)]
    return json.dumps({"cells": parts, "metadata": KERNEL} | FORMAT, ensure_ascii=False, indent=1).encode("utf-8")


def comment(text: str) -> str:
    """`text` as one line that Python passes over."""
    return "# " + " ".join(text.split())


def _part(kind: str, name: str, source: str) -> dict[str, Any]:
    only_code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source.splitlines(keepends=True)} | only_code
