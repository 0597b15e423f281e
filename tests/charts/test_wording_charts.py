"""Words as dots: doublings on the axis, sides by colour, and a course by month."""

import json

import numpy as np
import pandas as pd
import pytest

from cx import charts, language
from cx.charts import compiled, wording
from cx.charts.wording import Against, Side
from cx.report import themes

TERMS = pd.DataFrame(
    {
        "kind": ["word", "pair", "word"],
        "word": ["Rechnung", "nicht erreichbar", "Kasse"],
        "search": ["rechnung", "nicht erreichbar", "kasse"],
        "n_a": [40, 18, 2],
        "n_b": [40, 2, 60],
        "share_a": [0.4, 0.18, 0.02],
        "share_b": [0.1, 0.005, 0.15],
        "log_odds": np.log([4, 16, 1 / 8]),
        "low": np.log([2, 4, 1 / 32]),
        "high": np.log([8, 64, 1 / 2]),
        "p": [0.00001, 0.002, 0.0001],
        "mood": [-0.25, -0.5, 0.125],
        "sentences": [90, 20, 70],
        "first_day": pd.to_datetime(["2026-01-05", "2026-02-01", None]),
        "months": [[], [], []],
    }
)


def test_rows_are_doublings_from_one_side_to_the_other() -> None:
    rows = wording.rows(TERMS)
    assert list(rows["name"]) == ["nicht erreichbar", "Rechnung", "Kasse"]
    assert rows["value"].tolist() == pytest.approx([4, 2, -3])
    assert list(rows["side"]) == ["uncertain", str(Side.A), str(Side.B)]
    assert list(rows["text"]) == ["×16", "×4,0", "×8,0"]
    assert list(rows["bounds"]) == ["×4,0 … ×64", "×2,0 … ×8,0", "×2,0 … ×32"]
    assert rows["left"].max() < -5 and rows["right"].min() > 6


def test_nothing_gives_no_rows() -> None:
    assert wording.rows(TERMS.head(0)).empty
    assert wording.rows(TERMS.head(1))["left"].item() == 0  # nothing to the left of equally often


@pytest.mark.parametrize("against", Against)
def test_the_axis_says_who_is_on_which_side(against: str) -> None:
    a, b = wording.sides(against)
    spec = json.dumps(compiled.spec("wording", "light", str(against)), ensure_ascii=False)
    assert f"häufiger {a} →" in spec and f"← häufiger {b}" in spec
    assert "Rechnung" in json.dumps(charts.distinctive_words(TERMS, against).to_dict(), ensure_ascii=False)


def test_small_shares_do_not_vanish() -> None:
    assert [wording.share(value) for value in (0.0, 0.0004, 0.016)] == ["0,0\u00a0%", "0,04\u00a0%", "1,6\u00a0%"]


def test_a_course_goes_up_with_the_counts() -> None:
    months = [(pd.Timestamp(2026, month, 1), n) for month, n in ((1, 0), (2, 5), (3, 10))]
    assert wording.course(months) == ("M0.0,22.0 L50.0,12.0 L100.0,2.0",)
    assert wording.course(months[:2]) == ()


def test_titles_name_what_is_real_and_no_more() -> None:
    title = themes.title(TERMS, Against.REST)
    assert title == "Häufiger in der Auswahl: „Rechnung“, „nicht erreichbar“; häufiger im Rest: „Kasse“"
    assert themes.title(TERMS.head(0), Against.PRAISE).startswith("Kein Wort ist in kritischen Aussagen gesichert")
    assert themes.rising(TERMS.head(0)) == "Kein Thema hat in der jüngsten Zeit gesichert zugenommen"
    assert "mehr als drei volle Monate" in themes.rising(None)


def test_a_sample_is_said() -> None:
    assert "jedes 8. Feedback" in themes.note(100, 200, 50, 8, Against.REST)
    assert "jedes" not in themes.note(100, 200, 50, 1, Against.REST)


def test_figures_and_table_write_numbers_as_german_does() -> None:
    row = TERMS.iloc[0].to_dict()
    assert themes.figures(row) == "×4,0, in 40,0\u00a0% gegen 10,0\u00a0% der Feedbacks (n = 80)"
    assert themes.risen(row).endswith("zuerst am 05.01.2026")
    assert themes.risen(TERMS.iloc[2].to_dict()).endswith("(n = 62)")
    html = themes.table(TERMS, Against.REST).to_html()
    assert "&lt; 0,0001" in html or "< 0,0001" in html
    assert "−0,25" in html and "05.01.2026" in html


def test_english_is_spoken_where_it_is_chosen() -> None:
    language.use("en")
    assert wording.times(np.log(2.5)) == "×2.5"
