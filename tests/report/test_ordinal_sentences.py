"""What is said of the ordinal model: only what has another sign or size is named."""

import pandas as pd
import pytest

from cx.analysis.ordinal import COLUMNS
from cx.report import driver_tables, ordinal

MISSING = float("nan")


def frame(ordered: tuple[float, float, float], n: int = 100) -> pd.DataFrame:
    rows = [("trust", 100, 2.0, 1.0, 3.0, 2.1, 1.0, 3.2), ("resolution", n, 2.0, 1.0, 3.0, *ordered)]
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize(
    ("ordered", "end"),
    [
        ((2.5, 1.5, 3.5), "ändert sich kein Effekt nennenswert."),
        ((3.5, 2.5, 4.5), "ändern sich: Lösung."),
        ((-0.5, -0.9, -0.1), "ändern sich: Lösung."),
        ((MISSING, MISSING, MISSING), "ändert sich kein Effekt nennenswert."),
    ],
)
def test_what_differs_is_named(ordered: tuple[float, float, float], end: str) -> None:
    assert ordinal.holds(frame(ordered)).endswith(end)


def test_a_small_effect_whose_sign_turns_for_sure_is_named() -> None:
    wide = pd.DataFrame([("effort", 50, 2.0, 0.1, 9.0, -1.0, -1.5, -0.5)], columns=COLUMNS)
    assert ordinal.holds(wide).endswith("ändern sich: Anstrengung.")


def test_where_nothing_can_be_worked_out_that_is_said() -> None:
    assert "nicht rechnen" in ordinal.holds(frame((2.0, 1.0, 3.0)).assign(ordered_low=MISSING))


def test_the_table_withholds_what_few_have_named() -> None:
    shown = driver_tables.ordinal(frame((2.5, 1.5, 3.5), n=9), "nps").data
    assert shown.iloc[0].tolist() == ["Vertrauen", 2.0, 1.0, 3.0, 2.1, 1.0, 3.2, 100]
    assert shown.iloc[1, 1:7].isna().all()
