"""Themes: the words, word pairs and families of compounds that one part of the feedback uses more often than another.

Feedbacks are counted, not occurrences: see cx.stats.wording. Of very many feedbacks a fixed part is looked at: see cx.analysis.usage.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from cx.analysis import usage
from cx.analysis.usage import Kind, Usage
from cx.errors import AskError
from cx.language import _
from cx.model import period
from cx.model.filter import Filter
from cx.model.kpi import Label
from cx.model.limits import N_WITHHELD
from cx.stats.comparison import benjamini_hochberg
from cx.stats.wording import log_odds
from cx.store import Store

SHOWN = 10  # terms per side
QUOTES = 3  # per term
CANDIDATES = 12  # statements a term's quotes are chosen from
READABLE = (25, 220)  # characters of a statement that makes a good quote
MOSTLY = 2 / 3  # of a term's uses: it is then told by what covers it
TERM_COLUMNS = [
    "kind", "word", "search", "n_a", "n_b", "share_a", "share_b", "log_odds", "low", "high", "p", "mood", "sentences", "first_day", "months",
]  # fmt: skip
QUOTE_COLUMNS = ["word", "statement", "text", "submitted_at", "date_precision", "channel", "label"]


class Against(StrEnum):
    """What the selection is held against."""

    REST = "rest"
    PRAISE = "praise"
    BEFORE = "before"


@dataclass(frozen=True, eq=False)
class Contrast:
    """What side a says more often than side b, and the other way round.

    `terms`: those that are real, strongest first: kind (a Kind), word, search (what finds it among the voices), n_a, n_b (feedbacks
    that use it), share_a, share_b (of all of the side), log_odds (natural; above 0: side a), low, high, p, mood (mean polarity of
    the sentences with it, −1…1), sentences, first_day (first use; NaT: without date), months (list of (month, feedbacks of both
    sides that use it), without gaps). `quotes`: of each word up to QUOTES sentences of the side that uses it more. `feedbacks_a`, `feedbacks_b`:
    how many with read text each side has, `tested`: how many terms were compared, `every`: one feedback in so many was looked at.
    """

    terms: pd.DataFrame
    quotes: pd.DataFrame
    feedbacks_a: int
    feedbacks_b: int
    tested: int
    every: int


@dataclass(frozen=True)
class Themes:
    """What a page on themes tells: the selection against something, and what has risen. None where there is nothing to compare."""

    contrast: Contrast | None
    rising: Contrast | None


@dataclass(frozen=True, eq=False)
class _Sides:
    """Two sets of statements and the test of every term."""

    a: np.ndarray
    b: np.ndarray
    feedbacks_a: int
    feedbacks_b: int
    tested: pd.DataFrame


def compare(store: Store, a: Filter, b: Filter) -> Contrast:
    """Two selections that share no feedback, told apart by their words; marks are controlled over all terms of this comparison."""
    known = usage.usage(store)
    sides = _sides(known, _chosen(store, known, a), _chosen(store, known, b))
    return _contrast(store, known, sides, sides.tested["real"])


def themes(store: Store, selection: Filter, against: str = Against.REST) -> Themes:
    """The selection against the rest, critical against praising statements, or the latest months against those before; and
    the terms that rise in these months. Marks are controlled over both together. Raises AskError for an unknown `against`.
    """
    known = usage.usage(store)
    compared = _against(store, known, selection, against)
    lately = recent(store, selection)
    rising = compared if against == Against.BEFORE else lately and _between(store, known, *lately)
    sides = list(dict.fromkeys(side for side in (compared, rising) if side))
    marks = dict(zip(sides, _controlled(sides), strict=True))
    contrasts = {side: _contrast(store, known, side, marks[side]) for side in sides}
    risen = contrasts.get(rising)
    return Themes(contrasts.get(compared), risen and replace(risen, terms=risen.terms[risen.terms["log_odds"] > 0]))


def possible(store: Store, selection: Filter) -> tuple[Against, ...]:
    """What this selection can be held against."""
    everything, selected = (store.frame("extent", filter=f.parameter()).iloc[0] for f in (Filter(), selection))
    apart = selected["with_text"] < everything["with_text"] or bool(selection.pillars or selection.touchpoints)
    can = {
        Against.REST: apart or bool(selection.labels),
        Against.PRAISE: not selection.labels,
        Against.BEFORE: recent(store, selection) is not None,
    }
    return tuple(against for against, there in can.items() if there)


def recent(store: Store, selection: Filter) -> tuple[Filter, Filter] | None:
    """The selected period and all time before it; without a period the last three full months and all before them. None where
    nothing lies before."""
    everything = replace(selection, start=None, end=None)
    if selection.undated:
        return None
    months = store.frame("months", filter=everything.parameter())
    days = [month.date() for month in months["month"]]
    if not days:
        return None
    now = selection if selection.start else _latest(selection, days, months)
    if now is None or now.start <= months["first_day"].min().date():
        return None
    return now, replace(selection, start=None, end=now.start - timedelta(days=1))


def _latest(selection: Filter, days: list, months: pd.DataFrame) -> Filter | None:
    last_day = months["last_day"].max().date()
    inside = [day for day in days if selection.end is None or period.end_of_month(day) <= selection.end]
    full = period.full_months(inside, last_day)
    if len(full) <= period.COMPARED_MONTHS:
        return None
    return replace(selection, start=full[-period.COMPARED_MONTHS], end=period.end_of_month(full[-1]))


def _against(store: Store, known: Usage, selection: Filter, against: str) -> _Sides | None:
    if against == Against.REST:
        chosen = _chosen(store, known, selection)
        return _sides(known, chosen, ~chosen)
    if against == Against.PRAISE:
        critical, praising = (replace(selection, labels=(str(label),)) for label in (Label.NEGATIVE, Label.POSITIVE))
        return _between(store, known, critical, praising)
    if against == Against.BEFORE:
        lately = recent(store, selection)
        return lately and _between(store, known, *lately)
    raise AskError(
        _("„{value}“ gibt es hier nicht. Möglich sind: {known}.").format(value=against, known=", ".join(Against))
    )


def _between(store: Store, known: Usage, a: Filter, b: Filter) -> _Sides:
    return _sides(known, _chosen(store, known, a), _chosen(store, known, b))


def _chosen(store: Store, known: Usage, selection: Filter) -> np.ndarray:
    """Which statements are selected: booleans."""
    if selection == Filter():
        return np.ones(len(known.statements), dtype=bool)
    found = store.frame("spoken_sample", filter=selection.parameter(), every=known.every)
    return known.places(found["statement"].to_numpy())


def _sides(known: Usage, a: np.ndarray, b: np.ndarray) -> _Sides:
    """Every term that enough feedbacks use, tested; none where a side has too few feedbacks."""
    n_a, n_b = known.feedbacks(a), known.feedbacks(b)
    words = known.terms[["word"]].assign(n_a=known.counts(a), n_b=known.counts(b))
    enough = (words["n_a"] + words["n_b"] >= N_WITHHELD) & (min(n_a, n_b) >= N_WITHHELD)
    return _Sides(a, b, n_a, n_b, log_odds(words[enough], n_a, n_b))


def _controlled(sides: Sequence[_Sides]) -> list[pd.Series]:
    """Which terms of each comparison are real, controlled over all of them."""
    if not sides:
        return []
    joined = pd.concat([side.tested["p"] for side in sides])
    real = benjamini_hochberg(joined)
    stops = np.cumsum([len(side.tested) for side in sides])[:-1]
    return [
        pd.Series(part, index=side.tested.index, dtype=bool)
        for side, part in zip(sides, np.split(real, stops), strict=True)
    ]


def _contrast(store: Store, known: Usage, sides: _Sides, real: pd.Series) -> Contrast:
    strongest = _strongest(known.terms, sides.tested[real])
    terms = strongest.assign(
        share_a=strongest["n_a"] / max(sides.feedbacks_a, 1), share_b=strongest["n_b"] / max(sides.feedbacks_b, 1)
    )
    told = [_told(known, place, sides.a | sides.b) for place in terms.index]
    terms = terms.join(pd.DataFrame(told, columns=["mood", "sentences", "first_day", "months"], index=terms.index))
    quotes = _quotes(store, known, terms, sides)
    return Contrast(
        terms.reset_index(drop=True)[TERM_COLUMNS],
        quotes,
        sides.feedbacks_a,
        sides.feedbacks_b,
        len(sides.tested),
        known.every,
    )


def _strongest(terms: pd.DataFrame, real: pd.DataFrame) -> pd.DataFrame:
    """Of each side the SHOWN terms with the largest |z| that say something of their own, strongest first."""
    found = real.join(terms[["kind", "search", "first", "second"]])
    found = found[~found.index.isin(_told_by_others(found))]
    ranked = found.assign(strength=found["z"].abs()).sort_values(["strength", "word"], ascending=[False, True])
    return ranked[ranked.groupby(ranked["log_odds"] > 0).cumcount() < SHOWN]


def _told_by_others(found: pd.DataFrame) -> set[int]:
    """Terms that add nothing: a pair less telling than one of its words, a word or family mostly used in one pair or compound."""
    told, n = set(), found["n_a"] + found["n_b"]
    odds = found["log_odds"].abs()
    for place, row in found[found["kind"] == Kind.PAIR].iterrows():
        words = [word for word in (row["first"], row["second"]) if word in found.index]
        if any(odds[word] >= odds[place] and n[place] < MOSTLY * n[word] for word in words):
            told.add(place)
        else:
            told |= {word for word in words if n[place] >= MOSTLY * n[word]}
    for place, row in found[found["kind"] != Kind.PAIR].iterrows():
        family = row["first"]
        if family in found.index and row["kind"] == Kind.WORD:
            told.add(family if n[place] >= MOSTLY * n[family] else place)
        if row["kind"] == Kind.FAMILY and family in found.index:
            told.add(place if n[family] >= MOSTLY * n[place] else family)
    return told


def _told(known: Usage, term: int, chosen: np.ndarray) -> tuple:
    """mood, sentences, first_day and months of a term among the chosen statements."""
    said = known.statements.iloc[known.uses(term, chosen)]
    used = said.dropna(subset="day").drop_duplicates("feedback")
    months = used["day"].dt.to_period("M").value_counts().sort_index()
    if len(months):
        months = months.reindex(pd.period_range(months.index[0], months.index[-1], freq="M"), fill_value=0)
    listed = [(month.to_timestamp(), int(n)) for month, n in months.items()]
    return said["polarity"].mean(), len(said), said["day"].min(), listed


def _quotes(store: Store, known: Usage, terms: pd.DataFrame, sides: _Sides) -> pd.DataFrame:
    """The latest readable sentences with each term, of its own side, no two alike or of one feedback."""
    chosen = {
        row.word: _candidates(known, row.Index, sides.a if row.log_odds > 0 else sides.b) for row in terms.itertuples()
    }
    wanted = pd.DataFrame(
        [(word, statement) for word, statements in chosen.items() for statement in statements],
        columns=["word", "statement"],
    ).astype({"statement": "int64"})
    found = store.frame("quotes", statements=wanted["statement"].unique().tolist())
    quotes = wanted.merge(found, on="statement").drop_duplicates(["word", "text"])
    return quotes.groupby("word", sort=False).head(QUOTES).reset_index(drop=True)[QUOTE_COLUMNS]


def _candidates(known: Usage, term: int, chosen: np.ndarray) -> list[int]:
    said = known.statements.iloc[known.uses(term, chosen)]
    ranked = said.assign(readable=said["size"].between(*READABLE)).sort_values(
        ["readable", "day", "statement"], ascending=False, na_position="last"
    )
    return ranked.drop_duplicates("feedback")["statement"].head(CANDIDATES).tolist()
