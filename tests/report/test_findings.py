"""The sentences over the charts never claim what their numbers do not carry."""

from datetime import date

import pandas as pd

from cx.model.filter import Filter
from cx.report import findings

COMPARED = (
    Filter(start=date(2026, 4, 1), end=date(2026, 6, 30)),
    Filter(start=date(2026, 1, 1), end=date(2026, 3, 31)),
)


def scores(*rows: tuple[str, float, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["pillar", "value", "low", "high", "n"])


def kpis(**changed: object) -> pd.DataFrame:
    row = {
        "kpi": "nps", "value": 31.0, "low": 26.0, "high": 36.0, "n": 900, "variant": "",
        "change": -6.2, "change_low": -10.1, "change_high": -2.3, "real": True,
    }  # fmt: skip
    return pd.DataFrame([row | changed])


def test_the_worst_pillar_is_named_where_it_is_apart_and_below_zero() -> None:
    text = findings.pillars(scores(("trust", 0.2, 0.1, 0.3, 90), ("resolution", -0.4, -0.5, -0.3, 120)))
    assert text == "Am schlechtesten beurteilt: Lösung (−0,40; 95\u00a0%: −0,50\u00a0…\u00a0−0,30)"


def test_overlapping_intervals_carry_no_ranking() -> None:
    text = findings.pillars(scores(("trust", -0.3, -0.45, -0.1, 90), ("resolution", -0.4, -0.5, -0.3, 120)))
    assert "schlechtesten" not in text
    assert text == "Beide Säulen im Mittel negativ beurteilt (−0,40\u00a0…\u00a0−0,30)"
    some = scores(("trust", 0.2, 0.1, 0.3, 90), ("effort", 0.25, 0.1, 0.4, 90), ("resolution", -0.1, -0.3, 0.1, 120))
    assert findings.pillars(some).startswith("2 von 3 Säulen gesichert positiv beurteilt, darunter Anstrengung (+0,25")


def test_all_of_several_are_spoken_of_as_german_does() -> None:
    overlapping = [("trust", 0.638, 0.5, 0.7, 90), ("effort", 0.641, 0.5, 0.7, 90), ("control", 0.644, 0.5, 0.7, 90)]
    both, three = (findings.pillars(scores(*overlapping[:n])) for n in (2, 3))
    assert both == "Beide Säulen im Mittel positiv beurteilt (+0,64)"
    assert three == "Alle 3 Säulen im Mittel positiv beurteilt (+0,64)"
    assert findings.span(date(2026, 5, 3), date(2026, 5, 3)) == "03.05.2026"


def test_a_change_smaller_than_the_usual_decimals_is_still_seen() -> None:
    row = pd.Series(
        {"part": "", "measure": "nps", "change": 0.3, "change_low": 0.1, "change_high": 0.5, "before": 32.1, "after": 32.4, "n": 900_000}
    )  # fmt: skip
    assert "um 0,3 Punkte gestiegen, von +32,1 auf +32,4 (95" in findings.movement(row)
    assert findings.moved(row.to_frame().T).iloc[0, 2:4].tolist() == ["+32,1", "+32,4"]


def test_a_count_is_of_all_rows_that_are_shown_not_of_those_with_enough_texts() -> None:
    rows = scores(("trust", 0.2, 0.1, 0.3, 90), ("effort", 0.25, 0.1, 0.4, 90), ("resolution", 0.3, 0.1, 0.5, 12))
    assert findings.pillars(rows).startswith("2 von 3 Säulen gesichert positiv beurteilt, darunter Anstrengung (+0,25")


def test_intervals_around_zero_carry_no_pillar_at_all() -> None:
    text = findings.pillars(scores(("trust", 0.1, -0.1, 0.3, 90), ("resolution", -0.1, -0.3, 0.1, 120)))
    assert "Lösung" not in text
    assert "gesichert weder über noch unter null" in text


def test_a_pillar_named_by_few_is_never_the_finding() -> None:
    text = findings.pillars(scores(("trust", 0.1, -0.1, 0.3, 90), ("resolution", -0.9, -1.0, -0.8, 29)))
    assert "Lösung" not in text
    assert "zu wenige" in findings.pillars(scores(("resolution", -0.9, -1.0, -0.8, 29)))


def test_only_a_real_change_is_called_one() -> None:
    assert findings.trend(kpis(), "nps", COMPARED).startswith("NPS ist um 6,2 Punkte gefallen (95\u00a0%: −10,1")
    unreal = findings.trend(kpis(real=False), "nps", COMPARED)
    assert unreal == "NPS: keine gesicherte Änderung gegenüber dem Zeitraum davor"


def test_without_a_period_before_the_trend_tells_the_value_only() -> None:
    text = findings.trend(kpis(real=False, change=float("nan")), "nps", None)
    assert text == "NPS im Verlauf: +31, 95\u00a0%: +26\u00a0…\u00a0+36"


def test_below_ten_no_number_is_told() -> None:
    text = findings.trend(kpis(n=9), "nps", COMPARED)
    assert "31" not in text
    assert "n zu klein" in text


def test_a_movement_tells_where_what_and_how_sure() -> None:
    row = pd.Series(
        {
            "part": "Telefon", "measure": "resolution", "before": -0.1, "after": -0.45, "change": -0.35,
            "change_low": -0.5, "change_high": -0.2, "n": 140,
        }
    )  # fmt: skip
    text = findings.movement(row)
    assert text == "Telefon: Lösung um 0,35 gefallen, von −0,10 auf −0,45 (95\u00a0%: −0,50\u00a0…\u00a0−0,20; n = 140)"


def test_movements_are_listed_with_sign_and_unit() -> None:
    row = {
        "part": "Telefon", "measure": "nps", "before": 20.0, "after": 31.0, "change": 11.0, "change_low": 4.0,
        "change_high": 18.0, "n": 1140,
    }  # fmt: skip
    other = row | {"part": "", "measure": "csat", "change": -4.5, "change_low": -8.0, "change_high": -1.0}
    found = findings.moved(pd.DataFrame([row, other]))
    assert found["Änderung"].tolist() == ["+11,0 Punkte", "−4,5 Prozentpunkte"]
    assert found["95\u00a0%"].str.replace("\u00a0", " ").tolist() == ["+4,0 … +18,0", "−8,0 … −1,0"]
    assert found["Kanal"].tolist() == ["Telefon", "alle Kanäle"]
    assert found["n"].tolist() == ["1.140"] * 2


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [findings.listed(list("ABC")[:n]) for n in range(4)] == ["", "A", "A und B", "A, B und C"]


def test_what_was_compared_is_told_or_why_nothing_was() -> None:
    assert findings.compared(COMPARED) == "Verglichen: Apr. 2026 – Juni 2026 mit Jan. 2026 – März 2026"
    assert "fehlt ein Zeitraum davor" in findings.compared(None)


def test_thirty_texts_are_enough_and_a_bound_at_zero_is_not_clear_of_it() -> None:
    text = findings.pillars(scores(("resolution", -0.4, -0.5, -0.3, 30)))
    assert text.startswith("Im Mittel negativ beurteilt: Lösung (−0,40")
    assert "weder über noch unter null" in findings.pillars(scores(("resolution", -0.4, -0.8, 0.0, 90)))
    assert "weder über noch unter null" in findings.pillars(scores(("resolution", 0.4, 0.0, 0.8, 90)))
    touching = scores(("trust", -0.2, -0.3, -0.1, 90), ("resolution", -0.4, -0.5, -0.3, 120))
    assert "schlechtesten" not in findings.pillars(touching)


def test_a_small_rise_is_a_rise() -> None:
    row = kpis(kpi="rating", value=4.1, change=0.4, change_low=0.1, change_high=0.7)
    assert "um 0,40 gestiegen (95\u00a0%: +0,10\u00a0…\u00a0+0,70)" in findings.trend(row, "rating", COMPARED)


def test_a_rising_ces_1_is_worse_and_a_rising_ces_2_better() -> None:
    assert not findings.is_better("ces", 0.4, "1.0")
    assert findings.is_better("ces", 0.4, "2.0")
    assert findings.is_better("nps", 3.0)


def test_periods_read_as_months_where_they_are_whole_ones() -> None:
    assert findings.span(date(2026, 4, 1), date(2026, 4, 30)) == "April 2026"
    assert "Juni" in findings.span(date(2026, 4, 1), date(2026, 6, 30))
    assert findings.span(date(2026, 4, 2), date(2026, 6, 30)) == "02.04.2026 – 30.06.2026"
    assert findings.span(None, date(2026, 6, 30)) == "bis 30.06.2026"
    assert findings.span(None, None) == "ohne Datum"
