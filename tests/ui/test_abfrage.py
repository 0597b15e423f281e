"""The page for queries of one's own; the SQL and the notebook behind the figures of every page."""

import ast
import html
import json
import re
from pathlib import Path

import altair as alt
import pytest
from screen import Open, copied, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx.model.filter import Filter
from cx.ui import data, figures, querying
from tests.browser.reading import CHARTS, PAGES

SHORT = Filter(channels=("Telefon", "App"))


def asked(app: AppTest, query: str) -> AppTest:
    app.text_area(key="abfrage_query").set_value(query)
    next(button for button in app.button if button.label.startswith("Ausführen")).click()
    return app.run()


@pytest.mark.parametrize("place", range(len(querying.examples())))
def test_one_click_writes_an_example_and_shows_its_answer(open_app: Open, full: Path, place: int) -> None:
    app = open_app(full, "abfrage")
    app.button(key=f"abfrage_example_{place}").click().run()
    assert not app.exception
    assert not app.error
    assert app.text_area(key="abfrage_query").value.startswith(("SELECT", "WITH"))
    assert re.search(r"<h2>[\d.]+ Zeilen</h2>", html_of(app))
    assert len(app.get("vega_lite_chart")) == 1


def test_the_filter_of_the_page_is_what_auswahl_holds(open_app: Open, full: Path) -> None:
    app = open_app(full, "abfrage", channels="App")
    asked(app, "SELECT DISTINCT channel FROM auswahl")
    assert app.dataframe[-1].value["channel"].tolist() == ["App"]


def test_a_refused_query_is_one_sentence_and_a_failed_one_shows_what_duckdb_says(open_app: Open, full: Path) -> None:
    app = asked(open_app(full, "abfrage"), "DELETE FROM feedback")
    assert ["Hier wird nur gelesen" in error.value for error in app.error] == [True]
    assert not app.code
    app = asked(app, "SELECT nix FROM feedback -- <b>x</b> ![a](http://b.example)")
    assert ["nicht ausführen" in error.value for error in app.error] == [True]
    assert ["nix" in code.value for code in app.code] == [True]
    assert "<b>x" not in html_of(app)
    assert not app.exception


def test_headings_of_the_query_are_text(open_app: Open, full: Path) -> None:
    app = asked(
        open_app(full, "abfrage"),
        'SELECT channel AS "<img src=x onerror=alert(1)>", count(*) AS "<b>n" FROM feedback GROUP BY 1',
    )
    assert not app.exception
    page = html_of(app)
    assert "<img" not in page
    assert "<b>n" not in page
    assert "<b>n nach <img src=x onerror=alert(1)>" in html.unescape(page)


def test_an_answer_without_rows_or_numbers_has_no_chart(open_app: Open, full: Path) -> None:
    app = asked(open_app(full, "abfrage"), "SELECT id FROM feedback WHERE false")
    assert "0 Zeilen" in html_of(app)
    app = asked(app, "SELECT DISTINCT channel, source FROM feedback")
    assert not app.get("vega_lite_chart")
    assert not app.exception


def test_a_long_answer_is_cut_and_says_so(open_app: Open, full: Path) -> None:
    app = asked(open_app(full, "abfrage"), "SELECT range AS i, range * 2 AS j FROM range(5000)")
    assert "Mehr als 1.000 Zeilen" in html_of(app)
    assert len(app.dataframe[-1].value) == 1000


def test_values_of_every_type_are_shown(open_app: Open, full: Path) -> None:
    types = (
        "SELECT 1 AS a, 1.5::DECIMAL(9,2) AS b, NULL AS c, true AS d, DATE '2026-01-02' AS e, TIMESTAMP '2026-01-02 03:04' AS f, "
        "INTERVAL 3 DAY AS g, [1, 2] AS h, {'a': 1} AS i, MAP {'a': 1} AS j, 'x'::BLOB AS k, TIME '03:04' AS l, 'NaN'::DOUBLE AS m, "
        "170141183460469231731687303715884105727 AS n, '11111111-1111-1111-1111-111111111111'::UUID AS o, DATE '200000-01-01' AS p, "
        "'infinity'::TIMESTAMP AS q, '101'::BIT AS r, 18446744073709551615::UBIGINT AS s"
    )
    app = asked(open_app(full, "abfrage"), types)
    assert not app.exception
    assert not app.error
    assert "1 Zeile" in html_of(app)
    for form in ("csv", "xlsx"):
        assert data.workspace().export_query(types, form=form)


def test_a_query_in_the_address_fills_the_editor_and_does_not_run(open_app: Open, full: Path) -> None:
    app = open_app(full, "abfrage", sql="SELECT 1 AS eins", seconds="5")
    assert app.text_area(key="abfrage_query").value == "SELECT 1 AS eins"
    assert "eins nach" not in html_of(app)
    assert "Zeile" not in html_of(app).replace("Zeilen", "")
    assert app.session_state["abfrage_seconds"] == "5"
    assert "SELECT 1 AS eins" in app.query_params["sql"]


def test_files_hold_the_whole_answer_with_formulas_neutralised(demo_copy: Path) -> None:
    workspace = cx.open(demo_copy)
    query = "SELECT '=1+1' AS \"=gefährlich\", range AS i FROM range(1500)"
    lines = workspace.export_query(query).decode("utf-8-sig").splitlines()
    workspace.close()
    assert lines[0] == "'=gefährlich;i"
    assert lines[1] == "'=1+1;0"
    assert len(lines) == 1501


# --- behind the figures of every page


def cells(app: AppTest) -> list[figures.Cell]:
    return list(app.session_state[figures.SHOWN])


@pytest.mark.parametrize("page", sorted(set(PAGES) - {"abfrage"}))
def test_the_sql_behind_every_figure_is_known_and_runs_as_a_query_of_ones_own(
    open_app: Open, full: Path, page: str
) -> None:
    app = open_app(full, page, channels="Telefon~App")
    assert not app.exception
    asking = [line.removeprefix("frame = ") for cell in cells(app) for line in cell.code.splitlines()]
    questions = {line for line in asking if line.startswith("ws.")}
    assert questions or page == "methode" or not app.get("vega_lite_chart")
    for question in questions:
        found = data.sql(question, SHORT)
        assert found, question
        for query in found:
            data.workspace().query(query, SHORT, seconds=60)


NOTEBOOKS = [(page, {}) for page in PAGES if CHARTS[page]]
NOTEBOOKS += [("treiber", {"part": "effects", "predictors": "touchpoints"}), ("treiber", {"part": "what_if"})]
NOTEBOOKS += [("modelle", {"lens": "value"}), ("kanaele", {"by": "month", "kpi": "csat"})]


def run(notebook: bytes) -> list[object]:
    """Run the cells of code from the top, as Jupyter does; gives back what each shows."""
    names: dict[str, object] = {}
    shown = []
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), names)
            shown.append(eval(compile(last, "cell", "eval"), names) if last else None)
    names["ws"].close()
    return shown


@pytest.mark.parametrize(
    ("page", "choices"), NOTEBOOKS, ids=lambda part: part if isinstance(part, str) else "".join(part.values())
)
def test_the_notebook_of_a_page_runs_from_top_to_bottom_and_shows_every_chart(
    open_app: Open, full: Path, tmp_path: Path, page: str, choices: dict[str, str]
) -> None:
    app = open_app(full, page, channels="Telefon~App", **choices)
    assert "Diese Seite als Notebook" in [button.proto.label for button in app.get("download_button")]
    copy = copied(full, tmp_path / "copy.duckdb")
    made = figures.notebook.notebook("Seite", "n", str(copy), SHORT, cells(app))
    assert "channels=('Telefon', 'App')" in json.dumps(json.loads(made), ensure_ascii=False)
    opened, *shown = run(made)
    assert opened is None
    assert all(part is not None for part in shown)
    charts = [part.to_dict() for part in shown if isinstance(part, alt.TopLevelMixin)]
    assert len(charts) == len(app.get("vega_lite_chart"))
    assert all(chart["layer"] and any(chart["datasets"].values()) for chart in charts)
