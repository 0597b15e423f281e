"""Drivers of pillars, touchpoints and survey items against a naive count of the single rows."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from mentions import sum_mentions

import cx
from cx.analysis import drivers as driver_sets
from cx.analysis.drivers import PERFORMANCE
from cx.model.kpi import Predictors
from cx.model.limits import DRIVER_ITEMS
from cx.store import Store
from cx.store.connection import recording
from cx.workspace import Workspace

N = 900
TOUCHPOINTS = ("delivery", "staff", "price")
ITEMS = ("Wie war die Beratung?", "Wie war der Preis?", "Selten gefragt")
EVERYTHING = cx.Filter()


@pytest.fixture(scope="module")
def rows() -> dict[str, pd.DataFrame]:
    """Feedback with stars, mentions and answers, made by chance."""
    chance = np.random.default_rng(5)
    feedback = pd.DataFrame({"id": np.arange(1, N + 1), "read": chance.random(N) < 0.8})
    scores = chance.normal(size=(N, len(TOUCHPOINTS)))
    named = chance.random(scores.shape) < (0.5, 0.3, 0.2)
    mentions = [
        (
            1000 * feedback["id"][place] + aspect,
            feedback["id"][place],
            TOUCHPOINTS[aspect],
            scores[place, aspect] + shift,
        )
        for place, aspect in zip(*np.nonzero(named), strict=True)
        for shift in ((-0.6, 0.2) if aspect == 0 else (0.0,))
    ]
    answers = [
        (feedback["id"][place], item, round(2 * chance.random() - 1, 2))
        for place in range(N)
        for item in range(len(ITEMS))
        if chance.random() < (0.95, 0.9, 0.1)[item]
    ]
    answers = pd.DataFrame(answers, columns=["feedback", "question", "score"])
    effect = np.where(named[:, 0], np.sign(scores[:, 0] - 0.2), 0)
    advice = (
        answers[answers["question"] == 0].set_index("feedback")["score"].reindex(feedback["id"]).fillna(0).to_numpy()
    )
    feedback["rating"] = np.clip(np.rint(3 + 0.7 * effect + 0.8 * advice + chance.normal(0, 0.8, N)), 1, 5)
    feedback.loc[chance.random(N) < 0.05, "rating"] = np.nan
    feedback["trust"] = np.where(feedback["read"] & named[:, 1], np.clip(scores[:, 1], -1, 1), np.nan)
    columns = ["statement", "feedback", "aspect", "polarity"]
    return {"feedback": feedback, "mentions": pd.DataFrame(mentions, columns=columns), "answers": answers}


@pytest.fixture(scope="module")
def workspace(rows: dict[str, pd.DataFrame]) -> Workspace:
    found = cx.open()
    _write(found._store, rows)
    return found


def _write(store: Store, rows: dict[str, pd.DataFrame]) -> None:
    with store.writing() as session:
        for name, frame in rows.items():
            with session.given(**{f"given_{name}": frame}):
                session.run(
                    {
                        "feedback": "INSERT INTO feedback BY NAME SELECT id, 1 AS batch, CAST(id AS VARCHAR) AS identity, 'survey' AS kind, "
                        "'x' AS source, rating, trust, CASE WHEN read THEN 0.0 END AS polarity, true AS live FROM given_feedback",
                        "mentions": "INSERT INTO mention SELECT statement, feedback, 1, 'touchpoint', aspect, polarity, 'neutral', [] "
                        "FROM given_mentions",
                        "answers": "INSERT INTO answer SELECT feedback, 1, question, score, score FROM given_answers",
                    }[name]
                )
        sum_mentions(session)
        for place, wording in enumerate(ITEMS):
            session.run(
                "INSERT INTO question VALUES ($id, 1, $wording, $wording, 1, 5, '', '')", id=place, wording=wording
            )


def test_touchpoints_are_those_counted_row_by_row(workspace: Workspace, rows: dict[str, pd.DataFrame]) -> None:
    found = workspace.drivers("rating", EVERYTHING, Predictors.TOUCHPOINTS).set_index("predictor")
    signs = np.sign(rows["mentions"].groupby(["feedback", "aspect"])["polarity"].mean()).unstack()
    feedback = rows["feedback"][rows["feedback"]["read"]].dropna(subset="rating").set_index("id")
    x = signs.reindex(index=feedback.index, columns=list(TOUCHPOINTS)).fillna(0)
    fit = sm.OLS(feedback["rating"], sm.add_constant(x)).fit(cov_type="HC3")
    for name in TOUCHPOINTS:
        row = found.loc[name]
        assert row["effect"] == pytest.approx(fit.params[name])
        assert [row["effect_low"], row["effect_high"]] == pytest.approx(list(fit.conf_int().loc[name]))
        assert [row["negative"], row["positive"]] == [(x[name] < 0).sum(), (x[name] > 0).sum()]
        silent = feedback["rating"][x[name] == 0].mean()
        assert row["impact"] == pytest.approx(feedback["rating"].mean() - silent)
        assert row["impact_low"] < row["impact"] < row["impact_high"]
    assert found["base"].iloc[0] == len(x)
    assert found["r2"].iloc[0] == pytest.approx(fit.rsquared)
    assert found.loc["delivery", "real"]


def test_pillars_perform_the_same_whatever_another_page_has_asked(rows: dict[str, pd.DataFrame]) -> None:
    workspace = cx.open()
    _write(workspace._store, rows)
    with recording() as asked:
        alone = workspace.drivers("rating")
        scores = workspace.pillars().set_index("pillar")
        beside = workspace.drivers("rating")
    assert [query for query, _ in asked if query.endswith("_sums")] == ["pillar_sums", "monthly_sums", "monthly_sums"]
    trust = alone.set_index("predictor").loc["trust"]
    assert trust["performance"] == pytest.approx(rows["feedback"]["trust"].mean())
    assert list(trust[PERFORMANCE]) == pytest.approx(list(scores.loc["trust", ["value", "low", "high"]]))
    pd.testing.assert_frame_equal(alone, beside)


def test_where_not_named_is_missing_the_effect_is_that_of_the_indicator_model(
    workspace: Workspace, rows: dict[str, pd.DataFrame]
) -> None:
    found = workspace.drivers("rating", EVERYTHING, Predictors.TOUCHPOINTS).set_index("predictor")
    signs = np.sign(rows["mentions"].groupby(["feedback", "aspect"])["polarity"].mean()).unstack()
    feedback = rows["feedback"][rows["feedback"]["read"]].dropna(subset="rating").set_index("id")
    x = signs.reindex(index=feedback.index, columns=list(TOUCHPOINTS)).fillna(0)
    design = sm.add_constant(x.join((x != 0).astype(float).add_suffix("_named")))
    fit = sm.OLS(feedback["rating"], design).fit(cov_type="HC3")
    for name in TOUCHPOINTS:
        bounds = found.loc[name, ["slope_low", "slope", "slope_high"]].astype(float)
        low, high = fit.conf_int().loc[name]
        assert list(bounds) == pytest.approx([low, fit.params[name], high])


def test_survey_items_are_those_of_the_complete_rows(workspace: Workspace, rows: dict[str, pd.DataFrame]) -> None:
    found = workspace.explained("rating", EVERYTHING, Predictors.ITEMS)
    frame = found.drivers.set_index("predictor")
    assert set(frame.index) == set(ITEMS[:2])  # the third one is answered too rarely
    wide = rows["answers"].pivot_table(index="feedback", columns="question", values="score")[[0, 1]]
    rated = rows["feedback"].dropna(subset="rating").set_index("id")
    asked = wide.reindex(rated.index).dropna(how="all")
    complete = asked.dropna()
    fit = sm.OLS(rated["rating"].reindex(complete.index), sm.add_constant(complete)).fit(cov_type="HC3")
    for place, name in enumerate(ITEMS[:2]):
        assert frame.loc[name, "effect"] == pytest.approx(fit.params[place])
        width = frame.loc[name, "effect_high"] - frame.loc[name, "effect_low"]
        low, high = fit.conf_int().loc[place]
        assert width == pytest.approx(high - low, rel=0.1)
        assert frame.loc[name, "performance"] == pytest.approx(complete[place].mean())
    assert found.incomplete == len(asked) - len(complete)
    assert frame["base"].iloc[0] == len(complete)
    assert frame["importance"].sum() == pytest.approx(fit.rsquared)
    assert frame.loc[ITEMS[0], "real"]
    assert frame["impact"].isna().all()


def test_people_who_write_are_compared_with_the_others(workspace: Workspace, rows: dict[str, pd.DataFrame]) -> None:
    found = workspace.explained("rating").commenting
    rated = rows["feedback"].dropna(subset="rating")
    sides = rated.groupby("read")["rating"]
    assert found.difference.value == pytest.approx(sides.mean()[True] - sides.mean()[False])
    assert (found.read.n, found.other.n) == (sides.size()[True], sides.size()[False])


def test_items_of_a_database_without_a_survey_are_none() -> None:
    assert cx.open().drivers("nps", EVERYTHING, Predictors.ITEMS).empty


def test_an_unknown_set_of_predictors_is_a_sentence() -> None:
    with pytest.raises(cx.CxError, match="gibt es hier nicht"):
        cx.open().drivers("nps", EVERYTHING, "wetter")


def test_codes_of_signs_are_read_back() -> None:
    chance = np.random.default_rng(1)
    signs = chance.integers(-1, 2, size=(500, 10))
    codes = (signs * 3 ** np.arange(10)).sum(axis=1)
    assert (driver_sets.signs(codes, 10) == signs).all()


def test_items_have_as_many_places_in_the_query_as_are_used() -> None:
    query = (driver_sets.__file__).replace("analysis/drivers.py", "store/queries/item_sums.sql")
    with open(query, encoding="utf-8") as source:
        assert source.read().count("FILTER (slot =") == DRIVER_ITEMS
