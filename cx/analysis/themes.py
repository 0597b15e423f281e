"""Themes: the words, word pairs and families of compounds that one part of the feedback uses more often than another.

Feedbacks are counted, not occurrences: see cx.stats.wording. Of very many feedbacks a fixed part is looked at: see cx.analysis.usage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cx.analysis import usage
from cx.analysis.usage import Kind, Usage
from cx.charts.wording import Against
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
CANDIDATES = 6  # statements a term's quotes are chosen from
CONSIDERED = 4 * SHOWN  # terms per side of which the shown ones are chosen
MOSTLY = 2 / 3  # of a term's uses: it is then told by what covers it
TOLD = ["mood", "sentences", "first_day", "months"]
TERM_COLUMNS = [
    "kind", "word", "search", "n_a", "n_b", "share_a", "share_b", "log_odds", "low", "high", "p", *TOLD,
]  # fmt: skip
QUOTE_COLUMNS = ["word", "statement", "text", "submitted_at", "date_precision", "channel", "label"]


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
    [found] = _contrasts(store, known, [_sides(known, _chosen(store, known, a), _chosen(store, known, b))])
    return found


def themes(store: Store, selection: Filter, against: str = Against.REST) -> Themes:
    """The selection against the rest, critical against praising statements, or the latest months against those before; and
    the terms that rise in these months. Marks are controlled over both together. Raises AskError for an unknown `against`.
    """
    known = usage.usage(store)
    compared = _against(store, known, selection, against)
    rising = compared if against == Against.BEFORE else _lately(store, known, selection)
    sides = list(dict.fromkeys(side for side in (compared, rising) if side))
    contrasts = dict(zip(sides, _contrasts(store, known, sides), strict=True))
    risen = contrasts.get(rising)
    return Themes(contrasts.get(compared), risen and replace(risen, terms=risen.terms[risen.terms["log_odds"] > 0]))


def possible(store: Store, selection: Filter) -> tuple[Against, ...]:
    """What this selection can be held against, the most telling first."""
    known = usage.usage(store)
    can = {
        Against.REST: not _chosen(store, known, selection).all(),
        Against.PRAISE: not selection.labels,
        Against.BEFORE: recent(store, selection) is not None,
    }
    return tuple(against for against, there in can.items() if there) or (Against.REST,)


def recent(store: Store, selection: Filter) -> tuple[date, date] | None:
    """First and last day of the latest months: of the selected period, else of the last three full months. None where nothing
    lies before them."""
    known = usage.usage(store)
    return _recent(known, _chosen(store, known, _timeless(selection)), selection)


def _against(store: Store, known: Usage, selection: Filter, against: str) -> _Sides | None:
    if against == Against.BEFORE:
        return _lately(store, known, selection)
    chosen = _chosen(store, known, selection)
    if against == Against.REST:
        return _sides(known, chosen, ~chosen)
    if against == Against.PRAISE:
        label = known.statements["label"].to_numpy()
        return _sides(known, chosen & (label == Label.NEGATIVE), chosen & (label == Label.POSITIVE))
    raise AskError(
        _("„{value}“ gibt es hier nicht. Möglich sind: {known}.").format(value=against, known=", ".join(Against))
    )


def _lately(store: Store, known: Usage, selection: Filter) -> _Sides | None:
    """The latest months against all before; None where there is nothing before."""
    chosen = _chosen(store, known, _timeless(selection))
    days = _recent(known, chosen, selection)
    if days is None:
        return None
    start, stop = (np.datetime64(day) for day in days)
    day = known.statements["day"].to_numpy()
    return _sides(known, chosen & (day >= start) & (day <= stop), chosen & (day < start))


def _recent(known: Usage, chosen: np.ndarray, selection: Filter) -> tuple[date, date] | None:
    day, month = (known.statements[column].to_numpy() for column in ("day", "month"))
    dated = chosen & ~np.isnat(day)
    if selection.undated or not dated.any():
        return None
    said = day[dated]
    first, last = _date(said.min()), min(_date(said.max()), selection.end or date.max)
    if not selection.start:
        months = [_date(month) for month in np.unique(month[dated])]
        full = period.full_months([month for month in months if month <= last], last)
        if len(full) <= period.COMPARED_MONTHS:
            return None
        return full[-period.COMPARED_MONTHS], period.end_of_month(full[-1])
    return (selection.start, last) if first < selection.start <= last else None


def _date(day: np.datetime64) -> date:
    return pd.Timestamp(day).date()


def _timeless(selection: Filter) -> Filter:
    return replace(selection, start=None, end=None)


def _chosen(store: Store, known: Usage, selection: Filter) -> np.ndarray:
    """Which statements are selected: booleans."""
    if selection == Filter():
        return np.ones(len(known.statements), dtype=bool)
    parameters = {"filter": selection.parameter(), "every": known.every}
    selected = np.isin(known.statements["feedback"].to_numpy(), store.frame("sampled", **parameters)["id"].to_numpy())
    if selection.pillars or selection.touchpoints or selection.lens_groups or selection.labels:
        matched = store.frame("sampled_statements", **parameters)["statement"].to_numpy()
        selected &= np.isin(known.statements["statement"].to_numpy(), matched)
    return selected


def _sides(known: Usage, a: np.ndarray, b: np.ndarray) -> _Sides:
    """Every term that enough feedbacks use, tested; none where a side has too few feedbacks."""
    n_a, n_b = known.feedbacks(a), known.feedbacks(b)
    used_a, used_b = known.counts(a, b)
    enough = np.flatnonzero((used_a + used_b >= N_WITHHELD) & (min(n_a, n_b) >= N_WITHHELD))
    words = known.terms["word"].iloc[enough]
    counted = pd.DataFrame({"word": words, "n_a": used_a[enough], "n_b": used_b[enough]})
    return _Sides(a, b, n_a, n_b, log_odds(counted, n_a, n_b))


def _contrasts(store: Store, known: Usage, sides: Sequence[_Sides]) -> list[Contrast]:
    """The real terms of each comparison, controlled over all of them together, with what is told of them."""
    if not sides:
        return []
    real = benjamini_hochberg(np.concatenate([side.tested["p"] for side in sides]))
    parts = np.split(real, np.cumsum([len(side.tested) for side in sides])[:-1])
    found = [_strongest(known.terms, side.tested[part]) for side, part in zip(sides, parts, strict=True)]
    candidates = [_candidates(known, terms, side) for terms, side in zip(found, sides, strict=True)]
    wanted = {statement for listed in candidates for _word, statement in listed}
    said = store.frame("quotes", statements=sorted(wanted))
    return [
        _contrast(known, terms, side, _quotes(listed, said))
        for terms, side, listed in zip(found, sides, candidates, strict=True)
    ]


def _contrast(known: Usage, found: pd.DataFrame, sides: _Sides, quotes: pd.DataFrame) -> Contrast:
    told = pd.DataFrame(_told(known, found.index, sides.a | sides.b), columns=TOLD, index=found.index)
    shares = {
        f"share_{side}": found[f"n_{side}"] / max(n, 1)
        for side, n in (("a", sides.feedbacks_a), ("b", sides.feedbacks_b))
    }
    terms = pd.DataFrame({**found, **told, **shares}, columns=TERM_COLUMNS).reset_index(drop=True)
    return Contrast(terms, quotes, sides.feedbacks_a, sides.feedbacks_b, len(sides.tested), known.every)


def _strongest(terms: pd.DataFrame, real: pd.DataFrame) -> pd.DataFrame:
    """Of each side the SHOWN terms with the largest |z| that say something of their own, strongest first."""
    found = _first(real, CONSIDERED).join(terms[["kind", "search", "first", "second"]])
    return _first(found[~found.index.isin(_told_by_others(found))], SHOWN)


def _first(found: pd.DataFrame, size: int) -> pd.DataFrame:
    ranked = found.iloc[np.lexsort([found["word"], -found["z"].abs()])]
    a = (ranked["log_odds"] > 0).to_numpy()
    return ranked[np.where(a, a.cumsum(), (~a).cumsum()) <= size]


def _told_by_others(found: pd.DataFrame) -> set[int]:
    """Terms that add nothing: a pair less telling than one of its words, a word or family mostly used in one pair or compound."""
    told: set[int] = set()
    n = (found["n_a"] + found["n_b"]).to_dict()
    odds = found["log_odds"].abs().to_dict()
    rows = list(zip(found.index, found["kind"], found["first"], found["second"], strict=True))
    for place, _kind, first, second in (row for row in rows if row[1] == Kind.PAIR):
        words = [word for word in (first, second) if word in n]
        if any(odds[word] >= odds[place] and n[place] < MOSTLY * n[word] for word in words):
            told.add(place)
        else:
            told |= {word for word in words if n[place] >= MOSTLY * n[word]}
    for place, kind, family, _second in (row for row in rows if row[1] != Kind.PAIR and row[2] in n):
        if kind == Kind.WORD:
            told.add(family if n[place] >= MOSTLY * n[family] else place)
        if kind == Kind.FAMILY:
            told.add(place if n[family] >= MOSTLY * n[place] else family)
    return told


def _told(known: Usage, terms: Iterable[int], chosen: np.ndarray) -> list[tuple]:
    """TOLD of each of `terms` among the chosen statements."""
    polarity, day, month, whose = (known.statements[c].to_numpy() for c in ("polarity", "day", "month", "whose"))
    dated = ~np.isnat(month)
    first = month[dated].min().astype("datetime64[M]") if dated.any() else np.datetime64("NaT")
    months = list(pd.date_range(first, month[dated].max(), freq="MS")) if dated.any() else []
    told: list[tuple] = []
    for term in terms:
        said = known.uses(term, chosen)
        used = said[np.append(True, np.diff(whose[said]) > 0) & dated[said]] if len(said) else said
        n = np.bincount((month[used].astype("datetime64[M]") - first).astype(np.int64))
        begin = int(np.argmax(n > 0)) if len(used) else 0
        listed = list(zip(months[begin : len(n)], n[begin:].tolist(), strict=True))
        told.append((polarity[said].mean(), len(said), day[used].min() if len(used) else pd.NaT, listed))
    return told


def _candidates(known: Usage, terms: pd.DataFrame, sides: _Sides) -> list[tuple[str, int]]:
    """word, statement: of each term the sentences that serve best, of the side that uses it more, each of another feedback."""
    listed: list[tuple[str, int]] = []
    statement, whose, rank = (known.statements[column].to_numpy() for column in ("statement", "whose", "rank"))
    for place, word, odds in zip(terms.index, terms["word"], terms["log_odds"], strict=True):
        said = known.uses(place, sides.a if odds > 0 else sides.b)
        best = said[np.argsort(rank[said])[:CANDIDATES]]
        _whose, firsts = np.unique(whose[best], return_index=True)
        listed += [(word, int(found)) for found in statement[best[np.sort(firsts)]]]
    return listed


def _quotes(candidates: list[tuple[str, int]], said: pd.DataFrame) -> pd.DataFrame:
    """QUOTE_COLUMNS: of each word the first QUOTES different texts."""
    place = {statement: place for place, statement in enumerate(said["statement"])}
    text = list(said["text"])
    quoted: dict[str, dict[str, int]] = {}
    for word, statement in candidates:
        texts = quoted.setdefault(word, {})
        if len(texts) < QUOTES and statement in place:
            texts.setdefault(text[place[statement]], place[statement])
    words = [word for word, texts in quoted.items() for _text in texts]
    quotes = said.iloc[[found for texts in quoted.values() for found in texts.values()]]
    return quotes.assign(word=pd.Series(words, index=quotes.index, dtype=object))[QUOTE_COLUMNS].reset_index(drop=True)
