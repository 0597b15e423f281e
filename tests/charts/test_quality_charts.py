"""Charts of quality: from 0 to 1, counts in cells, honest where n is small."""

import json

import pandas as pd
import pytest

from cx import charts, language
from cx.charts import compiled, quality

ENGINES = pd.DataFrame(
    [("right", 0.75, 0.73, 0.77, 500, "cx"), ("auc", 0.94, 0.93, 0.95, 400, "cx")]
    + [("right", 0.46, 0.44, 0.48, 500, "textblob-de"), ("auc", 0.74, 0.72, 0.76, 400, "textblob-de")],
    columns=["measure", "value", "low", "high", "n", "engine"],
)
ASPECTS = pd.DataFrame(
    [
        ("", 0.7, 0.68, 0.72, 0.7, 0.7, 90),
        ("trust", 0.6, 0.5, 0.7, 0.55, 0.66, 50),
        ("effort", 0.7, 0.6, 0.8, 0.7, 0.7, 40),
    ]
    + [("control", 1.0, 1.0, 1.0, 1.0, 1.0, 4)],
    columns=["aspect", "f1", "f1_low", "f1_high", "precision", "recall", "n"],
)
PHENOMENA = pd.DataFrame(
    [("emoji", 0.96, 0.8, 0.99, 25, 1), ("wish", 0.6, 0.4, 0.77, 40, 16), ("sonnets", 0.5, 0.2, 0.8, 12, 6)],
    columns=["phenomenon", "value", "low", "high", "n", "failed"],
)
CONFUSION = pd.DataFrame(
    [[8, 2, 0], [0, 0, 0], [1, 0, 3]],
    index=["negative", "neutral", "positive"],
    columns=["negative", "neutral", "positive"],
)
WHOLE = {
    "engines": lambda: charts.engines(ENGINES),
    "confusion": lambda: charts.confusion(CONFUSION),
    "found_aspects": lambda: charts.found_aspects(ASPECTS),
    "phenomena": lambda: charts.phenomena(PHENOMENA),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_chart_is_complete_for_a_notebook(name: str) -> None:
    assert json.dumps(WHOLE[name]().to_dict())


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("spoken", ["de", "en"])
def test_a_compiled_chart_holds_no_data(name: str, spoken: str) -> None:
    language.use(spoken)
    spec = compiled.spec(name, "dark")
    assert "data" not in spec and "datasets" not in spec


def test_engines_stand_below_each_other_measure_by_measure() -> None:
    found = quality.engine_rows(ENGINES)
    assert found["note"].tolist() == ["CX-Explorer", "textblob-de"] * 2
    assert found["key"].tolist() == ["right", "right", "auc", "auc"]
    assert found["lane"].is_unique
    assert found["meaning"].tolist() == ["neutral", "uncertain"] * 2


def test_figures_without_a_target_cannot_be_clicked() -> None:
    assert "cursor" not in json.dumps(compiled.spec("engines", "light"))
    assert "pick" in json.dumps(compiled.spec("phenomena", "light"))


def test_aspects_come_best_first_and_small_ones_last_without_a_number() -> None:
    found = quality.aspect_rows(ASPECTS)
    assert found["key"].tolist() == ["effort", "trust", "control"]
    assert found["meaning"].tolist() == ["neutral", "neutral", "withheld"]
    assert found["value"].isna().tolist() == [False, False, True]
    assert found["text"].iloc[-1] == "n zu klein"


def test_phenomena_are_percent_and_grey_where_few() -> None:
    found = quality.phenomenon_rows(PHENOMENA)
    assert found["text"].tolist() == ["96\u00a0%", "60\u00a0%", "50\u00a0%"]
    assert found["meaning"].tolist() == ["uncertain", "neutral", "uncertain"]
    assert found["note"].iloc[0] == "24 von 25 richtig"
    assert found["name"].tolist() == ["Emojis", "Wünsche", "sonnets"]


def test_cells_hold_counts_and_their_share_of_the_row() -> None:
    found = quality.confusion_rows(CONFUSION)
    first = found[(found["wanted"] == "negativ") & (found["got"] == "neutral")].iloc[0]
    assert (first["n"], first["share"], first["note"], first["right"]) == (2, 0.2, "20\u00a0%", False)
    assert found.loc[found["wanted"] == "neutral", "note"].tolist() == [""] * 3


def test_what_was_not_read_has_a_column() -> None:
    found = quality.confusion_rows(CONFUSION.assign(**{"": [1, 0, 0]}))
    assert "nicht gelesen" in set(found["got"])
