"""The sentences over the figures of Kanäle carry no more than what was tested."""

import pandas as pd

from cx.report import segments

ROW = {
    "segment": "App", "name": "App", "measure": "nps", "value": 20.0, "n": 200, "change": -20.0, "change_low": -30.0, "change_high": -10.0,
    "variant": "2.0", "real": True,
}  # fmt: skip
REST = {"segment": "Web", "name": "Web", "change": 20.0, "change_low": 10.0, "change_high": 30.0}


def frame(*changed: dict) -> pd.DataFrame:
    return pd.DataFrame([ROW | change for change in changed])


def test_the_largest_real_difference_is_the_title() -> None:
    found = frame(
        {"change": -2.0, "change_low": -3.0, "change_high": -1.0},
        REST,
        {"segment": "X", "name": "X", "real": False, "change": 99.0},
    )
    text = segments.differences(found, "kpis", pairwise=False)
    assert (
        text
        == "Web: NPS um 20,0 Punkte höher als im Rest (95\u00a0%: +10,0\u00a0…\u00a0+30,0) und 1 weiterer Unterschied"
    )


def test_two_segments_are_told_once() -> None:
    text = segments.differences(frame({}, REST), "kpis", pairwise=True)
    assert text == "App: NPS um 20,0 Punkte niedriger als Web (95\u00a0%: −30,0\u00a0…\u00a0−10,0)"


def test_without_a_real_difference_none_is_claimed() -> None:
    text = segments.differences(frame({"real": False}, REST | {"real": False}), "kpis", pairwise=False)
    assert text == "Kennzahlen: kein Unterschied zwischen den Segmenten ist gesichert"
    assert "zwei Segmente" in segments.differences(frame({}), "pillars", pairwise=False)


def test_the_spread_is_named_with_its_size() -> None:
    spread = pd.DataFrame(
        {"pillar": ["trust", "resolution"], "value": [0.1, 0.21], "real": [True, True], "channels": [4, 4]}
    )
    assert segments.consistency(spread) == (
        "Je nach Kanal verschieden: Lösung, Streuung ±0,21 über den Zufall hinaus; ebenso Vertrauen"
    )
    assert segments.consistency(spread.assign(real=False)) == "Keine Säule ist gesichert von Kanal zu Kanal verschieden"
    assert "zwei Kanälen" in segments.one_channel()[0]


def parts(*real: tuple[str, str | None]) -> pd.DataFrame:
    rows = [
        ("mix", "App", 3.0),
        ("mix", None, 3.0),
        ("level", "App", -4.0),
        ("level", "Web", -5.0),
        ("level", None, -9.0),
        ("change", None, -6.0),
    ]
    found = pd.DataFrame(rows, columns=["kind", "channel", "value"])
    marks = [(kind, channel) in real for kind, channel, _value in rows]
    return found.assign(low=found["value"] - 1, high=found["value"] + 1, real=marks)


def test_the_step_that_is_certain_is_the_title_of_the_change() -> None:
    assert segments.split(parts(("level", "Web"), ("level", None)), "nps", "2.0").startswith(
        "NPS: Web zieht um 5,0 Punkte nach unten (95\u00a0%: −6,0"
    )
    assert segments.split(parts(("mix", "App")), "rating", "2.0").startswith(
        "Sterne: Der Anteil von App zieht um 3,00 nach oben"
    )
    assert segments.split(parts(("level", None)), "nps", "").startswith(
        "NPS: Die Werte in den Kanälen haben sich geändert, um −9,0"
    )
    assert (
        segments.split(parts(), "nps", "") == "NPS: weder Mischung noch Niveau der Kanäle hat sich gesichert geändert"
    )


def test_a_turned_sign_is_never_told_without_the_number_within() -> None:
    text = segments.split_reversed(parts(), "nps")
    assert "NPS insgesamt −6,0 Punkte, innerhalb der Kanäle aber −9,0 Punkte" in text
    row = pd.Series({"measure": "csat", "change": -4.6, "within": 5.4, "within_low": 2.0, "within_high": 8.8})
    text = segments.reversal(row, "A", "B", "2.0")
    assert "A liegt insgesamt −4,6 Prozentpunkte gegenüber B" in text
    assert "gegenüber dem Rest" in segments.reversal(row, "A", "", "2.0")
    assert "aber +5,4 Prozentpunkte (95\u00a0%: +2,0\u00a0…\u00a0+8,8)" in text


def test_what_is_tested_against_what_is_said() -> None:
    assert (
        segments.tested_against(12, 24, pairwise=False, shared=0)
        == "12 von 24 Segmenten · jedes gegen den Rest der Auswahl geprüft"
    )
    assert segments.tested_against(2, 2, pairwise=True, shared=0) == "2 Segmente · gegeneinander geprüft"
    assert segments.tested_against(2, 2, pairwise=False, shared=1).endswith("1 Feedback liegt in beiden")
