"""A page as a notebook: valid, and words of the data stay comments."""

import ast
import json

from cx.model.filter import Filter
from cx.report import notebook
from cx.report.notebook import Cell

HOSTILE = "Kanal: ![x](http://x.example)\nimport os; os.abort()\r# <img src=x>\u2028raise SystemExit\x0cbreak"


def made(*cells: Cell, line: str = "n = 3", selection: Filter | None = None) -> dict:
    return json.loads(notebook.notebook("Lagebild", line, "cx.duckdb", selection or Filter(), cells))


def test_the_file_is_what_nbformat_4_5_asks_for() -> None:
    found = made(Cell("Lösung", "frame = ws.pillars(selection)\ncx.charts.pillars(frame)"))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert found["metadata"]["kernelspec"]["name"] == "python3"
    assert [cell["cell_type"] for cell in found["cells"]] == ["markdown", "code", "code"]
    ids = [cell["id"] for cell in found["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in found["cells"]:
        assert isinstance(cell["source"], list)
        assert cell["metadata"] == {}
        assert ("outputs" in cell) == ("execution_count" in cell) == (cell["cell_type"] == "code")


def test_every_cell_of_code_can_be_read_and_the_filter_stands_in_the_first() -> None:
    found = made(Cell("Lösung", "frame = 1\nframe"), selection=Filter(channels=("O'Neill",)))
    codes = ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]
    for code in codes:
        ast.parse(code)
    assert """cx.Filter(channels=("O'Neill",))""" in codes[0]
    assert codes[1] == "# Lösung\nframe = 1\nframe"


def test_words_of_the_data_are_neither_code_nor_markdown() -> None:
    found = made(Cell(HOSTILE, "frame = 1"), line=HOSTILE)
    codes = ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]
    kinds = [[type(node).__name__ for node in ast.parse(code).body] for code in codes]
    assert kinds == [["Import", "Assign", "Assign"], ["Assign"]]
    assert "http" not in "".join(found["cells"][0]["source"])
