"""Sentences over maps and lenses: only what a test or two intervals carry."""

import pandas as pd
import pytest

from cx.model import taxonomy
from cx.report import contrast_tables, contrasts

COLUMNS = [
    "pillar",
    "part",
    "value",
    "low",
    "high",
    "n",
    "rest",
    "n_rest",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "real",
]


def channel(pillar: str, part: str, difference: float, p: float, *, real: bool) -> tuple:
    return (pillar, part, 0.2, 0.1, 0.3, 100, 0.1, 300, difference, difference - 0.1, difference + 0.1, p, real)


def channels(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_most_certain_difference_is_named_and_the_others_are_counted() -> None:
    frame = channels(
        channel("trust", "App", 0.4, 0.01, real=True),
        channel("effort", "App", -0.3, 0.0001, real=True),
        channel("effort", "Telefon", 0.2, 0.3, real=False),
    )
    said = contrasts.channels(frame)
    assert (
        said
        == "Anstrengung im Kanal App schlechter als sonst (−0,30; 95\u00a0%: −0,40\u00a0…\u00a0−0,20); 1 weitere Abweichung gesichert"
    )


def test_without_a_real_difference_nothing_is_claimed() -> None:
    frame = channels(
        channel("trust", "App", 0.9, 0.06, real=False), channel("trust", "Telefon", -0.9, 0.06, real=False)
    )
    assert contrasts.channels(frame) == "Keine Säule weicht in einem Kanal gesichert vom Rest ab"
    months = frame.assign(part=pd.to_datetime(["2026-01-01", "2026-02-01"]))
    assert contrasts.months(months) == "Kein Monat weicht bei einer Säule gesichert vom Rest ab"


def test_where_nothing_was_tested_nothing_is_said_to_be_alike() -> None:
    frame = channels(channel("trust", "App", 0.9, 0.06, real=False), channel("trust", "Telefon", 0.9, 0.06, real=False))
    frame = frame.assign(p=float("nan"))
    assert contrasts.channels(frame) == "Säulen nach Kanälen: zu wenige Texte für einen Vergleich"
    months = frame.assign(part=pd.to_datetime(["2026-01-01", "2026-02-01"]))
    assert contrasts.months(months) == "Säulen nach Monaten: zu wenige Texte für einen Vergleich"


def test_one_channel_has_nothing_to_be_compared_with() -> None:
    assert "fehlen andere Kanäle" in contrasts.channels(channels(channel("trust", "App", 0.1, 0.5, real=False)))


def test_cells_name_both_sides() -> None:
    frame = channels(channel("trust", "App", 0.4, 0.01, real=True), channel("trust", "Telefon", -0.4, 0.5, real=False))
    crossed = frame.rename(columns={"pillar": "touchpoint"}).assign(touchpoint="price")
    assert contrasts.cells(crossed, "channels").startswith("Preis & Kosten im Kanal App besser als sonst")
    assert contrasts.cells(crossed.assign(part="trust"), "pillars").startswith("Vertrauen bei Preis & Kosten besser")


def level(group: str, low: float, high: float, n: int = 100) -> dict:
    return {"group": group, "key": group, "value": (low + high) / 2, "low": low, "high": high, "n": n}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [level("before", 0.0, 0.1), level("after", 0.2, 0.3)],
            "„Nach dem Kauf“ wird besser beurteilt als „Vor dem Kauf“ (+0,25 gegen +0,05)",
        ),
        (
            [level("before", 0.0, 0.2), level("after", 0.2, 0.3)],
            "Vor, während, nach dem Kauf: nichts hebt sich gesichert ab",
        ),
        (
            [level("before", 0.0, 0.1), level("after", 0.2, 0.3, n=20)],
            "Vor, während, nach dem Kauf: zu wenige Texte für einen Vergleich",
        ),
    ],
)
def test_groups_differ_where_their_intervals_do_not_touch(rows: list[dict], said: str) -> None:
    assert contrasts.groups(pd.DataFrame(rows), "stages") == said


def test_the_four_cs_are_named_with_who_controls_them() -> None:
    frame = pd.DataFrame(
        [level("cost|", 0.9, 1.0), level("cost|own", 0.3, 0.4), level("communication|earned", 0.0, 0.1)]
    )
    assert contrasts.four_c(frame).startswith("„Kosten, eigen“ wird besser beurteilt als „Kommunikation, andere“")


@pytest.mark.parametrize(
    ("value", "real", "said"),
    [
        (0.2, True, "Die Wahrnehmung liegt über der Erwartung (+0,20; 95\u00a0%: +0,10\u00a0…\u00a0+0,30)"),
        (-0.2, True, "Die Wahrnehmung bleibt hinter der Erwartung zurück (−0,20; 95\u00a0%: −0,30\u00a0…\u00a0−0,10)"),
        (0.2, False, "Zwischen Erwartung und Wahrnehmung ist kein Abstand gesichert"),
    ],
)
def test_the_gap_is_claimed_only_where_it_is_real(value: float, real: bool, said: str) -> None:
    row = {"value": value, "low": value - 0.1, "high": value + 0.1, "p": 0.01, "real": real}
    assert contrasts.gap(pd.DataFrame([row])) == said


def test_a_gap_that_could_not_be_tested_says_so() -> None:
    row = {"value": 0.2, "low": 0.1, "high": 0.3, "p": float("nan"), "real": False}
    assert "zu wenige Texte" in contrasts.gap(pd.DataFrame([row]))


def test_surfaces_name_the_mismatch() -> None:
    row = {"part": "App", "value": 0.4, "low": 0.3, "high": 0.5, "p": 0.001, "real": True, "mismatch": "good_surface"}
    frame = pd.DataFrame([row, row | {"part": "Web", "p": 0.01}, row | {"part": "Fax", "real": False, "mismatch": ""}])
    said = contrasts.surfaces(frame)
    assert (
        said == "App: gute Oberfläche, schwaches Ganzes (+0,40; 95\u00a0%: +0,30\u00a0…\u00a0+0,50); 1 weiterer Kanal"
    )


def test_small_numbers_are_withheld_in_tables() -> None:
    frame = channels(channel("trust", "App", 0.4, 0.01, real=True)).assign(n=7)
    table = contrast_tables.pillars(frame, "Kanal").data
    assert table.iloc[0].to_list() == ["Vertrauen", "App", "n zu klein", "", "7", "–", "–", ""]


def test_the_assignment_names_every_pair_of_a_table() -> None:
    table = contrast_tables.assignment(taxonomy.load().lens("modules"))
    assert table.shape == (28, 8)
    groups = table.drop(columns="Touchpoint").to_numpy().ravel()
    assert sorted(set(groups)) == ["", "Act", "Feel", "Relate", "Sense", "Think"]
    assert (groups == "").sum() == 1  # nothing with nothing
