"""The sentences of the page of drivers say what its numbers carry, and no more."""

import pandas as pd
import pytest
from pandas.io.formats.style import Styler

from cx.charts import quadrants
from cx.report import driver_tables
from cx.report import drivers as sentences
from cx.stats.drivers import Commenting, Explained
from cx.stats.estimate import Difference, Estimate


def drivers(**changed: object) -> pd.DataFrame:
    columns = {
        "predictor": ["resolution", "trust"], "importance": [0.2, 0.1], "low": [0.15, 0.05], "high": [0.25, 0.15],
        "effect": [23.1, 9.0], "effect_low": [18.0, 4.0], "effect_high": [28.2, 14.0], "real": [True, True],
        "rank_low": [1, 2], "rank_high": [1, 2], "unsure": [False, False], "above_noise": [True, True],
        "correlation": [0.4, 0.2], "vif": [1.2, 1.1], "n": [300, 200], "negative": [180, 60], "positive": [120, 140],
        "impact": [4.0, -3.0], "impact_low": [3.0, -4.0], "impact_high": [5.0, -2.0], "contribution": [3.5, 1.0],
        "contribution_low": [2.5, 0.5], "contribution_high": [4.5, 1.5], "slope": [23.0, 9.5], "slope_low": [17.0, 4.0],
        "slope_high": [29.0, 15.0], "kind": ["basic", "undecided"], "level": [40.0, 70.0], "reach": [0.3, 0.2],
        "r2": [0.3, 0.3], "r2_low": [0.25, 0.25], "r2_high": [0.36, 0.36], "noise": [0.004, 0.004], "base": [1000, 1000],
    }  # fmt: skip
    return pd.DataFrame(columns | changed)


def explained(frame: pd.DataFrame, p: float = 0.5, other: int = 400) -> Explained:
    difference = Difference(4.7, 1.0, 8.4, p)
    sides = Estimate(20.0, 18.0, 22.0, 1000), Estimate(15.3, 12.0, 18.6, other)
    return Explained(frame, Commenting(*sides, difference, real=p < 0.05), incomplete=17)


def test_the_first_driver_is_named_where_rank_and_effect_are_certain() -> None:
    text = sentences.importance(drivers(), "nps")
    assert (
        text == "Am engsten mit dem NPS verbunden: Lösung, je Stufe +23,1 Punkte (95\u00a0%: +18,0\u00a0…\u00a0+28,2)"
    )


@pytest.mark.parametrize("change", [{"rank_high": [2, 2]}, {"real": [False, True]}])
def test_an_uncertain_rank_or_effect_carries_no_first_driver(change: dict) -> None:
    assert "Am engsten" not in sentences.importance(drivers(**change), "nps")


@pytest.mark.parametrize(
    ("predictors", "text"),
    [
        ("pillars", "Keine Säule hängt gesichert mit den Sternen zusammen"),
        ("touchpoints", "Kein Touchpoint hängt gesichert mit den Sternen zusammen"),
        ("items", "Keine Frage hängt gesichert mit den Sternen zusammen"),
    ],
)
def test_no_real_effect_carries_no_driver(predictors: str, text: str) -> None:
    assert sentences.importance(drivers(real=[False, False]), "rating", predictors) == text
    assert sentences.adjusted(drivers(real=[False, False]), "rating") == "Kein Effekt auf die Sterne ist gesichert"


def test_no_data_say_what_is_missing() -> None:
    assert "mindestens 30" in sentences.importance(drivers().head(0), "nps")
    assert "Umfragefragen" in sentences.nothing("items")[0]


def test_a_suppressor_is_flagged_only_where_its_effect_is_real() -> None:
    turned = {"correlation": [0.4, -0.2]}
    assert sentences.suppressors(drivers(**turned)).startswith("Vertrauen:")
    assert sentences.suppressors(drivers(real=[True, False], **turned)) == ""
    assert sentences.suppressors(drivers()) == ""


def test_the_map_names_only_what_lies_in_a_certain_quadrant() -> None:
    both = pd.DataFrame({"name": ["Lösung", "Vertrauen"], "quadrant": ["zuerst verbessern", ""]})
    assert sentences.quadrants(both) == "Wichtig und schwach, beides gesichert: Lösung"
    assert sentences.quadrants(both.assign(quadrant="")).startswith("Nichts liegt")
    nothing = drivers().head(0).assign(performance=[], performance_low=[], performance_high=[])
    assert sentences.quadrants(quadrants.rows(nothing)).startswith("Nichts liegt")


def test_leaving_out_is_said_to_differ_only_where_the_intervals_are_apart() -> None:
    assert sentences.contributions(drivers()).endswith("auseinander: Vertrauen")
    together = drivers(impact_low=[3.0, -4.0], impact_high=[5.0, 0.6])
    assert "nahe beieinander" in sentences.contributions(together)


def test_only_decided_kinds_are_named() -> None:
    assert sentences.sides(drivers()) == "Nur bei Versagen spürbar: Lösung"
    assert "Nichts" in sentences.sides(drivers(kind=["undecided", "performance"]))


def test_a_what_if_gives_change_interval_and_the_word_that_it_is_no_proof() -> None:
    row = drivers().iloc[0]
    text = sentences.what_if(row, 55, "nps", "pillars")
    # 23.1 points per step × 2 steps × 30 % of the feedback × 15 points of the share
    assert text.startswith("Wären 55 statt 40\u00a0% der Nennungen von „Lösung“ positiv: +2,1 Punkte")
    assert "+1,6\u00a0…\u00a0+2,5" in text
    assert "kein Beweis" in sentences.what_if_caution(row)
    assert "nicht gesichert" not in sentences.what_if_caution(row)
    assert "nicht gesichert" in sentences.what_if_caution(drivers(real=[False, False]).iloc[0])


def test_the_checks_tell_too_few_rows_twins_and_suppressors() -> None:
    frame = drivers(base=[60, 60], vif=[7.0, 1.1], correlation=[-0.4, 0.2], above_noise=[True, False])
    told = dict(sentences.checks(explained(frame, other=4), "nps", "pillars"))
    assert told["Genug Feedbacks?"].startswith("Nein: 60")
    assert told["Lassen sich die Größen trennen?"].startswith("Kaum: Lösung")
    assert told["Kehrt sich etwas um?"].startswith("Lösung:")
    assert told["Mehr als Zufall?"].endswith("Vertrauen.")
    assert told["Wer schreibt, wer nicht?"].startswith("Nicht zu vergleichen")
    calm = dict(sentences.checks(explained(drivers()), "nps", "pillars"))
    assert calm["Genug Feedbacks?"].startswith("Ja")
    assert calm["Lassen sich die Größen trennen?"].startswith("Ja")
    assert calm["Kehrt sich etwas um?"].startswith("Nein")
    assert "30,0\u00a0%" in calm["Wie viel erklärt wird"]


@pytest.mark.parametrize(
    ("p", "begin"), [(0.5, "Kein gesicherter Unterschied: +4,7"), (0.001, "Wer schreibt, urteilt")]
)
def test_people_who_write_are_called_different_only_where_that_is_real(p: float, begin: str) -> None:
    assert sentences.commenting(explained(drivers(), p).commenting, "nps").startswith(begin)


def test_incomplete_answers_are_counted_for_survey_items_only() -> None:
    assert "17 Feedbacks" in dict(sentences.checks(explained(drivers()), "nps", "items"))["Unvollständige Antworten"]
    assert "Unvollständige Antworten" not in dict(sentences.checks(explained(drivers()), "nps", "pillars"))


def test_an_effect_that_moves_with_the_reading_of_silence_is_named() -> None:
    assert "kein Effekt" in sentences.sensitive(drivers())
    assert sentences.sensitive(drivers(slope=[23.0, 19.0])).endswith("Vertrauen.")
    near = sentences.sensitive(drivers(slope=[28.1, 9.5]))
    assert "kein Effekt" in near, "five of an interval's ten is no other number"


def test_how_much_is_explained_stands_with_its_interval_and_its_base() -> None:
    assert sentences.explained(drivers()) == (
        "Zusammen erklärt: 30\u00a0% der Unterschiede (95\u00a0%: 25 … 36\u00a0%), n = 1.000. Graues Band: bloßer Zufall."
    )
    assert sentences.explained(drivers().head(0)) == ""
    told = dict(sentences.checks(explained(drivers()), "nps", "pillars"))["Wie viel erklärt wird"]
    assert told.startswith("30,0\u00a0% der Unterschiede bei 1.000 Feedbacks (R², 95\u00a0%: 25,0 … 36,0\u00a0%).")


def test_more_than_three_drivers_without_a_first_are_counted() -> None:
    four = pd.concat([drivers(rank_high=[2, 2])] * 2).assign(predictor=["resolution", "trust", "effort", "emotion"])
    open_ = "Säulen hängen gesichert mit dem NPS zusammen; welche am engsten, ist offen"
    assert sentences.importance(four, "nps") == f"Alle 4 {open_}"
    five = pd.concat([four, four.head(1).assign(predictor="control", real=False)])
    assert sentences.importance(five, "nps") == f"4 von 5 {open_}"
    three = sentences.importance(four.assign(real=[True, True, True, False]), "nps")
    assert three == "Gesichert mit dem NPS verbunden: Lösung, Vertrauen und Anstrengung"


def test_one_effect_is_told_otherwise_than_several() -> None:
    assert sentences.adjusted(drivers(real=[True, False]), "nps").startswith("Gesichert ist ein Effekt: Lösung")
    assert sentences.adjusted(drivers(), "nps").startswith("Beide Effekte sind gesichert, am größten Lösung")
    three = pd.concat([drivers(), drivers(real=[False, False]).tail(1)])
    assert sentences.adjusted(three, "nps").startswith("Gesichert sind 2 von 3 Effekten, am größten Lösung")


@pytest.mark.parametrize(
    ("changed", "name", "begin"),
    [
        ({"base": [100, 100]}, "Genug Feedbacks?", "Ja: 100"),
        ({"base": [99, 99]}, "Genug Feedbacks?", "Nein: 99"),
        ({"positive": [120, 30]}, "Genug Feedbacks?", "Ja"),
        ({"positive": [120, 29]}, "Genug Feedbacks?", "Im Ganzen ja (1.000), aber auf einer Seite weniger als 30"),
        ({"vif": [5.0, 1.1]}, "Lassen sich die Größen trennen?", "Kaum: Lösung"),
        ({"vif": [4.9, 1.1]}, "Lassen sich die Größen trennen?", "Ja: höchster Varianzfaktor (VIF) 4,9; ab 5"),
    ],
)
def test_checks_begin_where_their_limits_say(changed: dict, name: str, begin: str) -> None:
    assert dict(sentences.checks(explained(drivers(**changed)), "nps", "pillars"))[name].startswith(begin)


def test_ten_on_either_side_can_be_compared_and_only_touchpoints_tell_their_choice() -> None:
    told = dict(sentences.checks(explained(drivers(), other=10), "nps", "touchpoints"))
    assert told["Wer schreibt, wer nicht?"].startswith("Kein gesicherter Unterschied")
    assert told["Welche Touchpoints?"].startswith("Gerechnet wird mit den 10 meistgenannten Touchpoints")
    assert "Welche Touchpoints?" not in dict(sentences.checks(explained(drivers()), "nps", "pillars"))


def test_a_what_if_of_what_all_answer_leaves_no_share_fixed() -> None:
    assert "(30\u00a0% der Feedbacks)" in sentences.what_if_caution(drivers().iloc[0])
    assert "Gleich bleibt" not in sentences.what_if_caution(drivers(reach=[1.0, 1.0]).iloc[0])


def test_tables_are_written_with_units_signs_and_verdicts() -> None:
    frame = drivers(real=[True, False], unsure=[False, True])

    def second(table: Styler) -> list[str]:
        return table.to_string(delimiter=";").replace("\u00a0", " ").splitlines()[2].split(";")[1:]

    assert second(driver_tables.importances(frame)) == [
        "Vertrauen", "10,0 %", "5,0 %", "15,0 %", "2", "2", "200", "ungefähr",
    ]  # fmt: skip
    assert second(driver_tables.effects(frame, "nps"))[1:5] == ["+9,0", "+4,0", "+14,0", "nicht gesichert"]
    assert second(driver_tables.effects(frame, "rating"))[1:4] == ["+9,00", "+4,00", "+14,00"]
    assert driver_tables.importances(frame).data["Hinweis"].tolist() == ["", "ungefähr"]
    assert driver_tables.effects(frame, "nps").data["Urteil"].tolist() == ["gesichert", "nicht gesichert"]
    assert driver_tables.importances(drivers(n=[300, 10])).data.iloc[1, 1:4].notna().all()


def test_tables_hold_no_number_that_rests_on_too_few() -> None:
    few = drivers(n=[300, 9])
    for table in (
        driver_tables.importances(few),
        driver_tables.effects(few, "nps"),
        driver_tables.contributions(few, "nps"),
        driver_tables.sensitivity(few, "nps"),
    ):
        numbers = table.data.iloc[1, 1:4]
        assert numbers.isna().all()
        assert table.data.iloc[0, 1:4].notna().all()
