"""The lines of Python that show a chart of the app again, in a notebook."""

from dataclasses import fields

from cx.model.filter import Filter


def code(database: str, selection: Filter, question: str, chart: str) -> str:
    """Runnable lines: open, choose, ask, draw.

    `question` is the call on the workspace ("ws.pillars(selection)"), `chart` the call on its answer
    ("cx.charts.pillars(frame)").
    """
    chosen = _filter(selection)
    imports = ["from datetime import date"] if "date(" in chosen else []
    lines = [
        *imports,
        "import cx",
        "",
        f"ws = cx.open({database!r})",
        f"selection = {chosen}",
        f"frame = {question}",
        chart,
    ]
    return "\n".join(lines)


def quality_code(question: str, chart: str) -> str:
    """The same for a figure of quality, which needs no database: `question` is asked of cx.text.quality."""
    return "\n".join(["import cx", "from cx.text import quality", "", f"frame = {question}", chart])


def _filter(selection: Filter) -> str:
    parts = [
        f"{f.name}={_literal(value)}" for f in fields(selection) if (value := getattr(selection, f.name)) != f.default
    ]
    return f"cx.Filter({', '.join(parts)})"


def _literal(value: object) -> str:
    return repr(value).removeprefix("datetime.")
