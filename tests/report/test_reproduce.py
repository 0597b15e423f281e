"""The SQL behind a figure, with its values in place, is what the Workspace asked."""

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cx
from cx.model.filter import Filter
from cx.report import reproduce
from cx.store import Store

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False)
    | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))
    | st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1)),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3),
    max_leaves=5,
)
STORE = Store()


@given(VALUES)
def test_a_value_written_as_sql_comes_back(value: object) -> None:
    with STORE.reading() as session:
        assert session.value(f"SELECT {reproduce.sql_literal(value)}") == value


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")), max_size=4))
def test_a_list_written_as_sql_comes_back(values: list[str]) -> None:
    with STORE.reading() as session:
        assert session.value(f"SELECT {reproduce.sql_literal(values)}") == values


def test_numbers_of_numpy_are_numbers_and_what_is_no_value_is_refused() -> None:
    assert reproduce.sql_literal(np.int64(7)) == "7"
    assert reproduce.sql_literal(float("inf")) == "'inf'::DOUBLE"
    with pytest.raises(TypeError):
        reproduce.sql_literal(object())


def test_names_in_texts_and_comments_are_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "-- What $a is.\n-- Parameters: $a, $b\nSELECT $a, '$b it''s $a', $b -- $a"
    monkeypatch.setattr(reproduce, "named", lambda _query: text)
    [filled] = reproduce.queries([("q", {"a": 1, "b": "x'$a"})])
    assert filled == "-- What $a is.\nSELECT 1, '$b it''s $a', 'x''$a' -- $a"


def test_the_call_of_a_question_is_read_and_nothing_else_is_run() -> None:
    chosen = Filter(channels=("App",))
    assert reproduce.question_of("ws.trend('nps', selection)", chosen) == ("trend", ["nps", chosen], {})
    assert reproduce.question_of("ws.pillars(selection).head(3)", chosen) == ("pillars", [chosen], {})
    made = reproduce.question_of("ws.x(cx.Filter(start=date(2026, 1, 2)), [1, ('a',)], by='b').y", chosen)
    assert made == ("x", [Filter(start=date(2026, 1, 2)), [1, ("a",)]], {"by": "b"})
    for foreign in (
        "quality.compared(())",
        "open('/etc/passwd')",
        "ws.pillars(open('/etc/passwd'))",
        "ws.pillars(other)",
    ):
        with pytest.raises(ValueError):
            reproduce.question_of(foreign, chosen)


@pytest.fixture(scope="module")
def workspace() -> cx.Workspace:
    opened = cx.open()
    rows = [
        f"{1 + n % 28:02}.0{1 + n % 9}.2026;{('App', 'Tele|fon', 'O’Neill')[n % 3]};{n % 11};Das Paket kam {('nie an', 'schnell')[n % 2]}."
        for n in range(200)
    ]
    opened.import_file("\n".join(["Datum;Kanal;NPS;Kommentar", *rows]).encode(), name="a.csv")
    return opened


def test_the_sql_of_an_answer_gives_the_sums_that_it_was_made_of(workspace: cx.Workspace) -> None:
    chosen = Filter(start=date(2026, 2, 1), channels=("App", "O’Neill"), words="paket")
    sums, _extent = workspace.sql("pillars", chosen)
    answer = workspace.query(sums, seconds=30)
    found, expected = answer[answer["read"]].sum(numeric_only=True), workspace.pillars(chosen).set_index("pillar")
    assert len(expected)
    for pillar, row in expected.iterrows():
        assert found[f"{pillar}_n"] == row["n"]
        assert found[f"{pillar}_total"] / found[f"{pillar}_n"] == pytest.approx(row["value"])


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("trend", ("nps",)), ("drivers", ("nps",)), ("touchpoints", ()), ("kpis", ()), ("levels", ()), ("channels", ())],
)
def test_the_sql_of_an_answer_runs_as_a_query_of_ones_own(
    workspace: cx.Workspace, method: str, arguments: tuple[str, ...]
) -> None:
    found = workspace.sql(method, *arguments, Filter(channels=("App",)))
    assert found
    for query in found:
        assert "$" not in query
        workspace.query(query, seconds=30)
