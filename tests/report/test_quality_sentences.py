"""What is said of quality: only what the figures carry."""

import pandas as pd

from cx.report import quality
from cx.text import quality as measured


def levels(engine: str, right: float) -> pd.DataFrame:
    rows = [("right", right, right - 0.02, right + 0.02, 500), ("auc", 0.9, 0.88, 0.92, 400)]
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "n"]).assign(engine=engine)


def phenomena(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["phenomenon", "value", "low", "high", "n", "failed"])


def test_engines_are_named_with_their_intervals() -> None:
    frame = pd.concat([levels("cx", 0.75), levels("textblob-de", 0.46)])
    assert quality.engines(frame) == (
        "CX-Explorer liest 75\u00a0% (95\u00a0%: 73\u00a0…\u00a077\u00a0%) der Prüfsätze richtig, "
        "textblob-de 46\u00a0% (95\u00a0%: 44\u00a0…\u00a048\u00a0%)"
    )


def test_the_ends_are_named_only_where_their_intervals_lie_apart() -> None:
    apart = phenomena(("emoji", 0.96, 0.8, 0.99, 25, 1), ("wish", 0.4, 0.2, 0.6, 25, 15))
    near = phenomena(("emoji", 0.6, 0.4, 0.8, 25, 10), ("wish", 0.4, 0.2, 0.6, 25, 15))
    assert (
        quality.phenomena(apart) == "Nicht alles gelingt gleich gut: Emojis zu 96\u00a0% richtig, Wünsche zu 40\u00a0%"
    )
    assert "kein Unterschied" in quality.phenomena(near)


def test_the_most_frequent_confusion_is_counted_among_the_errors() -> None:
    read = pd.DataFrame(
        {"wanted": ["negative"] * 14 + ["positive"], "got": ["negative", *["neutral"] * 12, None, "negative"]}
    )
    text = quality.confusion(measured.confusion(read))
    assert text == "Am häufigsten verwechselt: negativ gemeint, neutral gelesen (12 von 14 Fehlern)"
    close = pd.DataFrame({"wanted": ["negative"] * 5 + ["positive"] * 4, "got": ["neutral"] * 5 + ["negative"] * 4})
    assert quality.confusion(measured.confusion(close)) == (
        "Oft verwechselt: negativ gemeint, neutral gelesen (5) und positiv gemeint, negativ gelesen (4 von 9 Fehlern)"
    )
    assert quality.confusion(measured.confusion(read.head(1))) == "Nichts ist verwechselt"


def test_a_sample_says_of_how_many() -> None:
    assert quality.stars_note(50, 50).endswith("n = 50")
    assert quality.stars_note(3000, 12345).endswith("n = 3.000, eine feste Auswahl aus 12.345")


def test_few_stars_give_no_finding() -> None:
    assert "zu wenige" in quality.stars(levels("cx", 0.7).assign(n=29))
    assert quality.stars(levels("cx", 0.7).assign(n=30)) == (
        "Von einem guten und einem schlechten Feedback erkennt der Text in 90\u00a0% (95\u00a0%: 88\u00a0…\u00a092\u00a0%) "
        "der Fälle, welches das bessere ist"
    )


def test_aspects_are_told_by_the_figures_of_the_whole() -> None:
    columns = ["dimension", "aspect", "recall", "precision", "f1", "f1_low", "f1_high", "n"]
    rows = [("pillar", "trust", 0.1, 0.2, 0.3, 0.2, 0.4, 50), ("pillar", "", 0.72, 0.74, 0.73, 0.716, 0.744, 2932)]
    frame = pd.DataFrame(rows, columns=columns)
    said = quality.aspects(frame)
    assert said == "Säulen: 72\u00a0% der Nennungen werden gefunden, 74\u00a0% der gefundenen stimmen"
    assert quality.aspects_note(frame) == (
        "F1 über alle 0,73 (95\u00a0%: 0,72\u00a0…\u00a00,74); 2.932 Aussagen nennen etwas davon"
    )


def test_right_cases_are_all_but_the_failed_ones() -> None:
    frame = phenomena(
        ("emoji", 0.96, 0.8, 0.99, 25, 1), ("irony", 0.5, 0.3, 0.7, 10, 5), ("wish", 0.4, 0.2, 0.6, 25, 15)
    )
    assert quality.phenomena_note(frame).startswith("39 von 60 ")
    assert quality.phenomena(frame).endswith("Wünsche zu 40\u00a0%")
