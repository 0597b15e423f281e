"""How well texts are read: on the corpus' test split, on the challenge set, and wherever it is known what was meant.

Everything is read when it is asked for, with the weights that are there, by the functions that the app uses.
"""

from functools import cache

import numpy as np
import pandas as pd

from cx.model import taxonomy
from cx.model.kpi import Label
from cx.model.limits import STARS_BAD_MAX, STARS_GOOD_MIN
from cx.stats import quality
from cx.stats.estimate import Estimate
from cx.stats.shares import wilson, wilson_frame
from cx.text import corpus, reader
from cx.text.engines import OURS

LABELS = {"neg": Label.NEGATIVE, "neu": Label.NEUTRAL, "pos": Label.POSITIVE, "mix": Label.MIXED}
FOUR = (Label.NEGATIVE, Label.NEUTRAL, Label.MIXED, Label.POSITIVE)
THREE = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)
KEYS = {"pillar": taxonomy.pillar_keys, "touchpoint": taxonomy.touchpoint_keys}
READ = ["wanted", "got", "polarity"]
LEVEL_COLUMNS = ["measure", "value", "low", "high", "n"]


@cache
def _statements() -> pd.DataFrame:
    """The test split of the corpus."""
    found = corpus.statements()
    return found[found["test"]].reset_index(drop=True)


def held_out(engine: str = OURS) -> pd.DataFrame:
    """The statements of the corpus that nothing is learned from, as `engine` reads them: READ (four labels) and text."""
    texts = _statements()["text"]
    return read(texts, _statements()["polarity"].map(LABELS), engine).assign(text=texts)


def held_out_size() -> int:
    """How many statements `held_out` reads."""
    return len(_statements())


def read(texts: pd.Series, wanted: pd.Series, engine: str = OURS) -> pd.DataFrame:
    """What was wanted beside what `engine` makes of `texts`: READ, in order. Raises AskError for an unknown engine."""
    found = reader.sentiment(texts.tolist(), engine=engine)
    return pd.DataFrame({"wanted": wanted.tolist(), "got": found["label"], "polarity": found["polarity"]})[READ]


def rated(ratings: pd.Series) -> pd.Series:
    """The label that stars (1…5) speak for: up to 2 negative, from 4 on positive, neutral between."""
    labels = np.select(
        [ratings <= STARS_BAD_MAX, ratings >= STARS_GOOD_MIN], [Label.NEGATIVE, Label.POSITIVE], Label.NEUTRAL
    )
    return pd.Series(labels, index=ratings.index)


def levels(found: pd.DataFrame) -> pd.DataFrame:
    """The figures of READ in three classes (mixed counts as neutral): LEVEL_COLUMNS, one row per measure.

    Measures: right (share with the right label), macro_f1, auc (of the polarity, bad against good; what was not read lies in
    the middle), f1_negative, f1_neutral, f1_positive. All from 0 to 1.
    """
    counts = confusion(found, THREE)
    by_label = quality.classes(counts)
    sided = found[found["wanted"].isin([Label.NEGATIVE, Label.POSITIVE])]
    rows = [
        ("right", quality.micro_f1(counts)),
        ("macro_f1", quality.macro_f1(counts)),
        ("auc", quality.auc(sided["polarity"].fillna(0), sided["wanted"] == Label.POSITIVE)),
        *((f"f1_{label}", _f1(by_label.loc[label])) for label in THREE),
    ]
    return pd.DataFrame([(name, e.value, e.low, e.high, e.n) for name, e in rows], columns=LEVEL_COLUMNS)


def _f1(row: pd.Series) -> Estimate:
    return Estimate(row["f1"], row["f1_low"], row["f1_high"], int(row["n"]))


def confusion(found: pd.DataFrame, labels: tuple[Label, ...] = FOUR) -> pd.DataFrame:
    """Counts of READ: a row per label that was wanted, a column per label that came out. Without MIXED it counts as neutral."""
    if Label.MIXED not in labels:
        found = found.replace({"wanted": {Label.MIXED: Label.NEUTRAL}, "got": {Label.MIXED: Label.NEUTRAL}})
    return quality.confusion(found["wanted"], found["got"], labels)


def compared(engines: tuple[str, ...]) -> pd.DataFrame:
    """`levels` of the test split for each engine, with a column engine."""
    return beside({engine: held_out(engine) for engine in engines})


def beside(found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`levels` of what each engine (key) has read (READ), with a column engine."""
    return pd.concat([levels(read).assign(engine=engine) for engine, read in found.items()], ignore_index=True)


def aspects() -> pd.DataFrame:
    """Our pillars and touchpoints on the test split: dimension, aspect, cx.stats.quality.COLUMNS, n (texts that should name it),
    got (that do); a row with empty aspect for all pairs of a dimension (n and got then count texts with any).
    """
    split = _statements()
    said = reader.analyse(split["text"].tolist())
    return pd.concat([_dimension(name, split[f"{name}s"], said) for name in KEYS], ignore_index=True)


def _dimension(dimension: str, listed: pd.Series, said: pd.DataFrame) -> pd.DataFrame:
    keys = KEYS[dimension]()
    wanted = np.array([[key in named for key in keys] for named in map(_named, listed)]).reshape(-1, len(keys))
    got = np.zeros_like(wanted)
    mine = said[(said["dimension"] == dimension) & said["aspect"].isin(keys)]
    got[mine["text"], mine["aspect"].map(keys.index).astype(int)] = True
    each = quality.aspects(wanted, got, keys).rename_axis("aspect").reset_index()
    score = quality.micro(wanted, got)
    parts = (score.precision, score.recall, score.f1)
    numbers = [number for part in parts for number in (part.value, part.low, part.high)]
    whole = pd.DataFrame([["", *numbers, wanted.any(axis=1).sum(), got.any(axis=1).sum()]], columns=each.columns)
    return pd.concat([whole, each], ignore_index=True).assign(dimension=dimension)


def _named(listed: str) -> set[str]:
    return {part.partition(":")[0] for part in listed.split(",")}


def coverage() -> Estimate:
    """The share of the test split's statements in which a pillar or touchpoint is named, of those that should name one."""
    split = _statements()
    should = ((split["pillars"] != "") | (split["touchpoints"] != "")).to_numpy()
    said = reader.analyse(split["text"].tolist())
    does = np.zeros(len(split), bool)
    does[said.loc[said["aspect"] != "", "text"]] = True
    return wilson(int((should & does).sum()), int(should.sum()))


def challenge() -> pd.DataFrame:
    """The challenge set as we read it: phenomenon, text, wanted, got, right. Raises FileError where it is not there."""
    cases = corpus.challenge()
    got = reader.sentiment(cases["text"].tolist())["label"]
    found = cases.rename(columns={"label": "wanted"}).assign(got=got)
    return found.assign(right=found["wanted"] == found["got"])[["phenomenon", "text", "wanted", "got", "right"]]


def phenomena(cases: pd.DataFrame) -> pd.DataFrame:
    """The share of right cases (columns of `challenge`) per phenomenon: phenomenon, value, low, high, n, failed. Best first."""
    counted = cases.groupby("phenomenon")["right"].agg(successes="sum", n="count")
    found = wilson_frame(counted).assign(failed=counted["n"] - counted["successes"]).reset_index()
    return found.sort_values(["value", "n"], ascending=False, kind="stable", ignore_index=True)
