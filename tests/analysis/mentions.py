"""A workspace of random feedback and mentions, and its tables as frames for second implementations."""

from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

import cx
from cx.ingest import named
from cx.model import taxonomy
from cx.store import Session
from cx.workspace import Workspace

CHANNELS = ["Telefon", "App", "Filiale", None]
LABELS = {-1: "negative", 0: "neutral", 1: "positive"}
STATEMENTS = """
INSERT INTO statement BY NAME
SELECT DISTINCT statement AS id, statement AS verbatim, feedback, 1 AS batch, 0 AS ordinal, 0 AS start, 1 AS stop, 0 AS polarity, 'neutral' AS label
FROM named
"""
MENTIONS = "SELECT 0 AS text, * FROM mention ORDER BY statement"
NAMED = "UPDATE feedback SET touchpoints = n.touchpoints, pairs = n.pairs, phases = n.phases FROM summed n WHERE n.feedback = feedback.id"


@cache
def random_workspace(seed: int, feedbacks: int = 400) -> tuple[Workspace, pd.DataFrame, pd.DataFrame]:
    """A workspace in memory, its feedback and its mentions, made once and only looked at. Some feedback has no text, some
    no channel, some no date."""
    chance = np.random.default_rng(seed)
    statements = chance.integers(0, 4, feedbacks)
    mentions = pd.DataFrame(
        [
            (statement, feedback, dimension, aspect, float(chance.integers(-8, 9)) / 8)
            for statement, feedback in enumerate(np.repeat(np.arange(feedbacks), statements))
            for dimension, aspects, most in (
                ("pillar", taxonomy.pillar_keys()[:4], 3),
                ("touchpoint", taxonomy.touchpoint_keys()[::4], 4),
            )
            for aspect in chance.choice(aspects, chance.integers(0, most), replace=False)
        ],
        columns=["statement", "feedback", "dimension", "aspect", "polarity"],
    )
    feedback = pd.DataFrame({"id": np.arange(feedbacks)}).assign(
        batch=1,
        identity=lambda frame: frame["id"].astype(str),
        kind="review",
        source="own",
        channel=chance.choice(np.array(CHANNELS, dtype=object), feedbacks),
        submitted_at=pd.Timestamp("2026-01-01") + pd.to_timedelta(chance.integers(0, 180, feedbacks), unit="D"),
        polarity=np.where(statements > 0, 0.1, np.nan),
        live=chance.random(feedbacks) > 0.05,
    )
    feedback.loc[chance.random(feedbacks) < 0.1, "submitted_at"] = pd.NaT
    scores = mentions[mentions["dimension"] == "pillar"].pivot_table("polarity", "feedback", "aspect")
    feedback = feedback.join(scores.reindex(columns=list(taxonomy.pillar_keys())), on="id")
    workspace = cx.open()
    with workspace._store.writing() as session:
        marked = mentions.assign(batch=1, label=np.sign(mentions["polarity"]).map(LABELS))
        with session.given(rows=feedback, named=marked):
            session.run("INSERT INTO feedback BY NAME SELECT * FROM rows")
            session.run("INSERT INTO mention BY NAME SELECT *, [] AS evidence FROM named")
            session.run(STATEMENTS)
        sum_mentions(session)
    read = feedback[feedback["live"] & feedback["polarity"].notna()]
    return workspace, read, mentions[mentions["feedback"].isin(read["id"])]


def sum_mentions(session: Session) -> None:
    """What the mentions that a test has written name, onto their feedback as an import puts it there."""
    summed = named.beside(session.arrow("SELECT id AS feedback FROM feedback"), session.arrow(MENTIONS))
    with session.given(summed=summed):
        session.run(NAMED)


def paired(mentions: pd.DataFrame, how: Literal["inner", "outer"] = "inner") -> pd.DataFrame:
    """Every pillar of a statement with every touchpoint of it and the pillar's polarity. Outer: as well, with "" for the
    other, what stands alone in its statement."""
    pillars, touchpoints = (
        mentions[mentions["dimension"] == side].rename(columns={"aspect": side}).drop(columns="dimension")
        for side in ("pillar", "touchpoint")
    )
    pairs = pillars.merge(touchpoints, on=["statement", "feedback"], how=how, suffixes=("", "_alone"))
    pairs["polarity"] = pairs["polarity"].fillna(pairs["polarity_alone"])
    return pairs.fillna({"pillar": "", "touchpoint": ""})


def means(scores: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Per feedback and `keys` the mean polarity, then n and mean per `keys`, the slow way."""
    rows = []
    for key, part in scores.groupby(keys):
        each = part.groupby("feedback")["polarity"].mean()
        rows.append((*key, len(each), each.mean(), each.std()))
    return pd.DataFrame(rows, columns=[*keys, "n", "value", "deviation"]).set_index(keys).sort_index()
