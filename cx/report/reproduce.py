"""The lines of Python that show a chart of the app again, in a notebook, and the SQL of the numbers behind it."""

import ast
import math
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from cx.model.filter import Filter
from cx.store import named

PLACES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$([a-z_]\w*)")  # texts and comments are passed over
PARAMETERS = re.compile(r"(?<=^--)(.*?) Parameters:.*")  # in a header
ASIDE = ("extent",)  # which CES and which period the others then ask for
CONSTRUCTORS = {made.__name__: made for made in (Filter, date)}


def code(database: str, selection: Filter, question: str, chart: str) -> str:
    """Runnable lines: open, choose, ask, draw.

    `question` is the call on the workspace ("ws.pillars(selection)"), `chart` the call on its answer
    ("cx.charts.pillars(frame)").
    """
    return "\n".join([*opening(database, selection), *asking(question, chart).splitlines()])


def opening(database: str, selection: Filter) -> list[str]:
    """The lines that open and choose."""
    chosen = _filter(selection)
    imports = ["from datetime import date"] if "date(" in chosen else []
    return [*imports, "import cx", "", f"ws = cx.open({database!r})", f"selection = {chosen}"]


def asking(question: str, chart: str) -> str:
    """The lines that ask and draw."""
    return f"frame = {question}\n{chart}"


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


def question_of(call: str, selection: Filter) -> tuple[str, list[Any], dict[str, Any]]:
    """Method, arguments and named arguments of the call on the workspace in a `question` ("ws.trend('nps', selection)").

    Raises ValueError where it asks no workspace, or is made of what is no literal and none of CONSTRUCTORS.
    """
    for node in ast.walk(ast.parse(call, mode="eval")):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "ws":
            named_arguments = {keyword.arg or "": _argument(keyword.value, selection) for keyword in node.keywords}
            return node.func.attr, [_argument(argument, selection) for argument in node.args], named_arguments
    raise ValueError(call)


def _argument(node: ast.expr, selection: Filter) -> Any:
    if isinstance(node, ast.Name) and node.id == "selection":
        return selection
    if isinstance(node, ast.Call) and (made := CONSTRUCTORS.get(ast.unparse(node.func).rpartition(".")[2])):
        parts = {keyword.arg or "": _argument(keyword.value, selection) for keyword in node.keywords}
        return made(*(_argument(argument, selection) for argument in node.args), **parts)
    if isinstance(node, ast.Tuple | ast.List):
        items = [_argument(item, selection) for item in node.elts]
        return tuple(items) if isinstance(node, ast.Tuple) else items
    return ast.literal_eval(node)


def queries(asked: Iterable[tuple[str, dict[str, Any]]]) -> list[str]:
    """The SELECTs that were asked by name (cx.store.recording), each once, with their values in place so that they run by themselves.
    What only says how much is selected comes last."""
    inmost = sorted(asked, key=lambda question: question[0] in ASIDE)
    return list(dict.fromkeys(_filled(query, parameters) for query, parameters in inmost))


def _filled(query: str, parameters: dict[str, Any]) -> str:
    lines = [
        PARAMETERS.sub(r"\1", line)
        for line in named(query).strip().splitlines()
        if not line.startswith("-- Parameters:")
    ]
    return PLACES.sub(lambda place: sql_literal(parameters[place[1]]) if place[1] else place[0], "\n".join(lines))


@singledispatch
def sql_literal(value: Any) -> str:
    """A value as DuckDB writes it. Raises TypeError for what no query is bound to."""
    if hasattr(value, "item"):  # a number of numpy
        return sql_literal(value.item())
    raise TypeError(type(value))


@sql_literal.register
def _(_value: None) -> str:
    return "NULL"


@sql_literal.register
def _(value: bool) -> str:
    return str(value).lower()


@sql_literal.register
def _(value: int) -> str:
    return repr(value)


@sql_literal.register
def _(value: float) -> str:
    if not math.isfinite(value):
        return f"'{value}'::DOUBLE"
    return text if "e" in (text := repr(float(value))) else f"{text}e0"  # without exponent it would be a DECIMAL


@sql_literal.register
def _(value: str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


@sql_literal.register
def _(value: date) -> str:
    kind = "TIMESTAMP" if isinstance(value, datetime) else "DATE"
    return f"{kind} '{value.isoformat()}'"


@sql_literal.register
def _(value: dict) -> str:
    return "{" + ", ".join(f"{sql_literal(key)}: {sql_literal(part)}" for key, part in value.items()) + "}"


@sql_literal.register
def _(value: list | tuple) -> str:
    return "[" + ", ".join(map(sql_literal, value)) + "]"
