"""A selection weighted to known shares, against weighting every single feedback."""

import numpy as np
import pandas as pd
import pytest

import cx
from cx.errors import AskError
from cx.report import weighting as told

HEADER = "Datum;NPS;CSAT (1-5);Sterne;Kanal;Filiale\n"
SHARES = {"App": 50, "Laden": 30, "Telefon": 20}


def rows(n=300, seed=1):
    """Channels of different mood; only the shop has locations."""
    chance = np.random.default_rng(seed)
    channel = chance.choice(["App", "Laden", "Telefon"], n, p=[0.2, 0.3, 0.5])
    mood = pd.Series(channel).map({"App": 9, "Laden": 8, "Telefon": 5}).to_numpy()
    return pd.DataFrame(
        {
            "nps": np.clip(np.rint(chance.normal(mood, 2)), 0, 10).astype(int),
            "csat": np.clip(np.rint(chance.normal(mood / 2, 1)), 1, 5).astype(int),
            "stars": np.clip(np.rint(chance.normal(mood / 2, 1)), 1, 5).astype(int),
            "channel": channel,
            "location": np.where(channel == "Laden", chance.choice(["Hafen", "Altstadt"], n), ""),
        }
    )


@pytest.fixture(scope="module")
def workspace():
    ws = cx.open()
    lines = [f"01.02.2026;{r.nps};{r.csat};{r.stars};{r.channel};{r.location}" for r in rows().itertuples()]
    ws.import_file((HEADER + "\n".join(lines)).encode(), name="umfrage.csv")
    yield ws
    ws.close()


def test_the_sample_is_what_was_imported(workspace):
    found = workspace.composition().set_index(["dimension", "value"])
    counts = rows()["channel"].value_counts()
    assert found.loc["channel", "n"].to_dict() == counts.to_dict()
    assert found.loc["channel", "share"].sum() == pytest.approx(1)
    assert set(found.loc["location"].index) == {"Hafen", "Altstadt"}


def test_key_figures_are_those_of_the_weighted_rows(workspace):
    found = workspace.weighted({"channel": SHARES})
    table = rows()
    known = table["channel"].map(SHARES) / 100
    w = known / table["channel"].map(table["channel"].value_counts(normalize=True))
    points = np.select([table["nps"] >= 9, table["nps"] <= 6], [100, -100], 0)
    wanted = {
        "nps": (w * points).sum() / w.sum(),
        "csat": 100 * w[table["csat"] >= 4].sum() / w.sum(),
        "rating": (w * table["stars"]).sum() / w.sum(),
    }
    weighted = found.kpis[found.kpis["weighted"]].set_index("kpi")
    for kpi, value in wanted.items():
        assert weighted.loc[kpi, "value"] == pytest.approx(value)
        assert weighted.loc[kpi, "low"] < value < weighted.loc[kpi, "high"]
        assert weighted.loc[kpi, "effective_n"] == pytest.approx(w.sum() ** 2 / (w**2).sum())
    assert (found.n, found.effective_n) == (300, pytest.approx(w.sum() ** 2 / (w**2).sum()))
    assert (found.largest, found.smallest) == pytest.approx((w.max(), w.min()))
    assert found.values.set_index("value")["weight"].to_dict() == pytest.approx(
        w.groupby(table["channel"]).mean().to_dict()
    )
    values, counts = found.values.set_index("value"), table["channel"].value_counts()
    assert values["n"].to_dict() == counts.to_dict()
    assert values["sampled"].to_dict() == pytest.approx((counts / 300).to_dict())
    assert values["known"].to_dict() == pytest.approx({channel: share / 100 for channel, share in SHARES.items()})
    assert found.design_effect == pytest.approx(300 * (w**2).sum() / w.sum() ** 2)


def test_plain_key_figures_are_those_of_the_other_pages(workspace):
    found = workspace.weighted({"channel": SHARES}).kpis
    plain = found[~found["weighted"]].set_index("kpi")
    levels = workspace.levels().set_index("kpi")
    for name in ("value", "low", "high", "n"):
        np.testing.assert_allclose(plain[name].astype(float), levels.loc[plain.index, name].astype(float))


def test_a_place_that_only_the_shop_has_is_raked_beside_the_channels(workspace):
    found = workspace.weighted({"channel": SHARES, "location": {"Hafen": 80, "Altstadt": 20}})
    values = found.values.assign(mass=found.values["n"] * found.values["weight"]).set_index(["dimension", "value"])[
        "mass"
    ]
    assert values["channel"].to_dict() == pytest.approx({name: 3 * share for name, share in SHARES.items()})
    assert values["location"].to_dict() == pytest.approx({"Hafen": 72, "Altstadt": 18})


def test_a_selection_is_weighted_by_itself(workspace):
    selection = cx.Filter(channels=("App", "Telefon"))
    found = workspace.weighted({"channel": {"App": 50, "Telefon": 50}}, selection)
    assert found.n == rows()["channel"].isin(["App", "Telefon"]).sum()


@pytest.mark.parametrize(
    "impossible",
    [
        {"channel": {"App": 50, "Laden": 30, "Telefon": 10}},
        {"channel": {"App": 50, "Laden": 50}},
        {"channel": SHARES | {"App": 40, "Chat": 10}},
        {"planet": {"Mars": 100}},
    ],
)
def test_impossible_shares_are_refused_with_a_sentence(workspace, impossible):
    with pytest.raises(AskError):
        workspace.weighted(impossible)


def test_nothing_selected_is_refused_with_a_sentence(workspace):
    with pytest.raises(AskError, match="kein Feedback"):
        workspace.weighted({"channel": SHARES}, cx.Filter(words="zzqq"))


def test_the_finding_names_what_weighting_moves_out_of_its_interval(workspace):
    moved = told.finding(workspace.weighted({"channel": {"App": 98, "Laden": 1, "Telefon": 1}}).kpis)
    assert moved.startswith("Gewichtet anders: NPS")
    sample = rows()["channel"].value_counts(normalize=True) * 100
    same = told.finding(workspace.weighted({"channel": sample.to_dict()}).kpis)
    assert same == "Gewichtung ändert keine Kennzahl um mehr als ihr Intervall"


def test_extreme_weights_and_few_feedbacks_are_said():
    values = pd.DataFrame({"value": ["App", "Chat"], "n": [100, 4], "known": [0.7, 0.3]})
    assert told.warning(values, largest=7.8).startswith("Das größte Gewicht ist 7,8")
    assert "Chat hat weniger als 10 Feedbacks" in told.warning(values, largest=2.0)
    assert told.warning(values.head(1), largest=5.0) == ""


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        (0.0, ""),
        (2.0, "Die Anteile ergeben 98,0\u00a0%: Es fehlen 2,0\u00a0%."),
        (-5.0, "Die Anteile ergeben 105,0\u00a0%: 5,0\u00a0% zu viel."),
    ],
)
def test_incomplete_shares_say_what_is_missing(lacks, said):
    assert told.shares(lacks) == said
