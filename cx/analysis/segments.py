"""Segments of a selection compared: channels, products, periods, saved selections. Every mark of the page is tested together.

Each segment is tested against everything else in the selection, exactly two that share no feedback against each other. So segments
that overlap are compared rightly too: what a segment is tested against never holds any of its own feedback.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd

from cx.analysis import asking, overview
from cx.analysis.overview import Cells
from cx.errors import AskError
from cx.language import _, number
from cx.model import taxonomy
from cx.model.filter import LIST_SEPARATOR, Filter
from cx.model.kpi import CesVariant, Kpi
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.model.segment import PERIODS, By, Segment, narrowed, part
from cx.stats import kpis, mix
from cx.stats.comparison import benjamini_hochberg, simpson
from cx.stats.consistency import between_channels
from cx.store import Store, named

EVERYTHING = Filter()
FREQUENCIES = {By.MONTH: "M", By.QUARTER: "Q", By.YEAR: "Y"}
MOST = 12  # segments that are compared at once: the largest, of periods the latest
LONGEST_NAME = 60
REST = ""  # the channels of a split with too few answers each, and feedback without a channel
SPLIT = ["kind", "channel", "n", "n_before", "value", "low", "high", "p"]
DIFFERENCES = [
    "segment", "measure", "value", "low", "high", "n", "share", "base", "other", "n_other", "change", "change_low", "change_high", "p",
    "whole", "variant", "by",
]  # fmt: skip

REVERSAL = ["segment", "other", "measure", "change", "within", "within_low", "within_high"]
NO_REVERSAL = pd.DataFrame(columns=REVERSAL)
SQUARES = np.array([name.endswith("_squares") for name in kpis.SUMMED])


@dataclass(frozen=True, eq=False)
class Split:
    """The change of one KPI from the period before to now, split over channels.

    `parts`: kind, channel (REST: small ones together; missing: the sum over all), n, n_before, value, low, high, p, real. Kinds in this
    order: before and now are levels, mix, level and change parts of the change. `reversed`: the change has another sign than what lies
    within the channels.
    """

    kpi: str
    periods: tuple[Filter, Filter]
    parts: pd.DataFrame
    reversed: bool


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the page Kanäle shows, tested together.

    `segments`: the compared ones, `sizes`: their n, `found`: how many there are. `pairwise`: two, tested against each other. `shared`: how
    many feedbacks two segments share. `left_out`: saved segments that cannot be crossed with the selection.
    `differences`: one row per segment and measure (KPI or pillar): DIFFERENCES and real; value, low, high, n (answers; feedback naming the
    pillar) and share (of the base texts) of the segment, other and n_other of what it is tested against, whole: value of the selection.
    `consistency`: pillar, value (τ), low, high, i_squared, channels, n, p, real.
    `reversals`: segment, other ("": the rest of the selection), measure, change, within, within_low, within_high where a segment differs
    the other way within the channels, largest first; of more than two segments only real differences are looked at.
    """

    by: By
    variant: str
    segments: tuple[Segment, ...]
    sizes: tuple[int, ...]
    found: int
    pairwise: bool
    shared: int
    differences: pd.DataFrame
    consistency: pd.DataFrame
    reversals: pd.DataFrame
    split: Split | None = None
    left_out: tuple[str, ...] = field(default=())


def compare(
    store: Store, by: str = By.CHANNEL, selection: Filter = EVERYTHING, keys: tuple[str, ...] = (), kpi: str = Kpi.NPS
) -> Comparison:
    """Compare the segments of `selection` (of these only `keys`, where given), at most MOST; and split the change of `kpi`.

    A saved segment is crossed with the selection: what counts of it is what both select. One that no single Filter can cross with the
    selection is left out, and named. Raises AskError for an unknown `by` or `kpi`.
    """
    by, kpi = By(asking.known(By, by)), asking.known(Kpi, kpi)
    variant = asking.ces_variant(store, selection)
    found = (
        _saved(store, selection, variant, keys) if by == By.SEGMENT else _parted(store, by, selection, variant, keys)
    )
    channels = _sums(store, selection, variant, By.CHANNEL)
    shared = _shared(store, found.segments) if by == By.SEGMENT else 0  # of one value each, they share nothing
    pairwise = len(found.segments) == 2 and not shared
    differences = _differences(found.sums, pairwise=pairwise).assign(variant=str(variant), by=str(by))[DIFFERENCES]
    split = _split(store, kpi, selection, variant)
    parts = [differences, _consistency(channels)] + ([split.parts] if split else [])
    judged = _tested_together(parts)
    reversals = NO_REVERSAL
    if by != By.CHANNEL:
        reversals = _reversals(store, found.segments, selection, variant, judged[0], pairwise=pairwise)
    return Comparison(
        by,
        str(variant),
        found.segments,
        tuple(found.sums.n.astype(int).tolist()),
        found.all,
        pairwise,
        shared,
        judged[0],
        judged[1],
        reversals,
        replace(split, parts=judged[2]) if split else None,
        found.left_out,
    )


# --- sums


@dataclass(frozen=True, eq=False)
class _Sums:
    """Sums (cx.stats.kpis.SUMMED) of parts, a row each under its key, and of all that they are parts of."""

    keys: list[str]
    parts: np.ndarray
    whole: np.ndarray

    @property
    def n(self) -> np.ndarray:
        """How many feedbacks each part holds."""
        return self.parts[:, kpis.PLACES["n"]]

    def only(self, keys: list[str]) -> "_Sums":
        """These parts alone, in this order."""
        return replace(self, keys=keys, parts=self.parts[[self.keys.index(key) for key in keys]])


@dataclass(frozen=True, eq=False)
class _Found:
    """The compared segments with their sums, how many there are of all, and saved ones that cannot be crossed with the selection."""

    segments: tuple[Segment, ...]
    all: int
    sums: _Sums
    left_out: tuple[str, ...] = ()


def _sums(store: Store, selection: Filter, variant: CesVariant, by: str) -> _Sums:
    """The sums of all parts, ascending by key; of no part where `by` is ""."""
    if by in ("", By.CHANNEL):
        return _of_channels(overview.monthly(store, selection, variant))
    found = store.frame("part_sums", by=str(by), **asking.parameters(selection, variant))
    sums = overview.summed(found)
    return _Sums(list(found["part"].iloc[1:]), sums[1:], sums[0])  # "" comes first


def _of_channels(cells: Cells) -> _Sums:
    keys, sums = cells.added(cells.channels)
    return _Sums(list(keys), sums, cells.sums.sum(axis=0))


def _parted(store: Store, by: By, selection: Filter, variant: CesVariant, keys: tuple[str, ...]) -> _Found:
    sums = _sums(store, selection, variant, by)
    possible = sums.keys if by in PERIODS else [sums.keys[place] for place in np.argsort(-sums.n, kind="stable")]
    chosen = [key for key in possible if key in keys] or possible
    kept = chosen[-MOST:] if by in PERIODS else chosen[:MOST]
    return _Found(tuple(Segment(key, part(selection, by, key)) for key in kept), len(possible), sums.only(kept))


def _saved(store: Store, selection: Filter, variant: CesVariant, keys: tuple[str, ...]) -> _Found:
    saved = segments(store)
    listed = dict(zip(saved["name"], saved["selection"], strict=True))
    names = [name for name in listed if name in keys] or list(listed)
    crossed = {name: narrowed(selection, listed[name]) for name in names[:MOST]}
    chosen = tuple(Segment(name, found) for name, found in crossed.items() if found)
    wholes = [_sums(store, each, variant, "").whole for each in (selection, *(segment.selection for segment in chosen))]
    sums = _Sums([segment.key for segment in chosen], np.array(wholes[1:]).reshape(-1, len(kpis.SUMMED)), wholes[0])
    return _Found(chosen, len(listed), sums, tuple(name for name, found in crossed.items() if found is None))


def _shared(store: Store, chosen: tuple[Segment, ...]) -> int:
    """How many feedbacks two segments share; 0 where there are not exactly two."""
    if len(chosen) != 2:
        return 0
    first, second = (segment.selection.parameter() for segment in chosen)
    return int(store.frame("overlap", filter=first, other=second)["n"].iloc[0])


# --- differences


def _differences(sums: _Sums, *, pairwise: bool) -> pd.DataFrame:
    """DIFFERENCES of every segment, untested: against the other of two, else against the whole without it. A pillar that nobody names has
    n = 0; p only where both sides have N_UNCERTAIN answers."""
    own = sums.parts
    others = own[::-1] if pairwise else _without(sums.whole, own)
    value, low, high, n = kpis.estimated(own)
    other, _low, _high, n_other = kpis.estimated(others)
    change, change_low, change_high, p = kpis.compared(own, others)
    pillars = np.arange(len(kpis.MEASURED)) >= len(Kpi)
    base = np.where(pillars, own[:, [kpis.PLACES["polarity_n"]]].astype("int64"), n)
    found = {
        "segment": np.repeat(np.array(sums.keys, dtype=object), len(kpis.MEASURED)),
        "measure": np.array(kpis.MEASURED * len(sums.keys), dtype=object),
        "value": value, "low": low, "high": high, "n": n, "share": np.where(pillars, n / np.maximum(base, 1), np.nan), "base": base,
        "other": other, "n_other": n_other, "change": change, "change_low": change_low, "change_high": change_high,
        "p": np.where((n >= N_UNCERTAIN) & (n_other >= N_UNCERTAIN), p, np.nan),
        "whole": np.broadcast_to(kpis.estimated(sums.whole[None])[0], n.shape),
    }  # fmt: skip
    return pd.DataFrame({name: numbers.ravel() for name, numbers in found.items()})


def _without(whole: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """The whole without each part; sums of squares from 0, since rounding may take them below."""
    return np.where(SQUARES, np.maximum(whole - parts, 0), whole - parts)


def _tested_together(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Each frame with `real`, its p tested with those of all the others."""
    p = [frame["p"].to_numpy(dtype=float) for frame in frames]
    real = np.split(benjamini_hochberg(np.concatenate(p)), np.cumsum([len(part) for part in p])[:-1])
    return [frame.assign(real=marks) for frame, marks in zip(frames, real, strict=True)]


# --- consistency


def _consistency(channels: _Sums) -> pd.DataFrame:
    """τ of each pillar between the channels that name it at least N_WITHHELD times: pillar, value, low, high, i_squared, channels, p."""
    rows = []
    for key in taxonomy.pillar_keys():
        sums = channels.parts[:, kpis.places(key)]
        rows.append((key, *_spread(*mix.mean_moments(*sums[sums[:, 0] >= N_WITHHELD].T))))
    return pd.DataFrame(rows, columns=["pillar", "value", "low", "high", "i_squared", "channels", "n", "p"])


def _spread(n: np.ndarray, value: np.ndarray, variance: np.ndarray) -> tuple[float, ...]:
    found = between_channels(value, variance / n)
    roots = np.sqrt([found.tau_squared, found.low, found.high])
    p = found.p if n.sum() >= N_UNCERTAIN else float("nan")
    return (*roots, found.i_squared, found.channels, int(n.sum()), p)


# --- two periods, two segments: mix and level over channels


def _split(store: Store, kpi: str, selection: Filter, variant: CesVariant) -> Split | None:
    """None where there is no period before, or either has fewer than N_UNCERTAIN answers."""
    pair = asking.compared(store, selection)
    if pair is None:
        return None
    sides = [_of_channels(cells) for cells in overview.sides_of(store, selection, pair, variant)]
    ends = [kpis.MEASURES[Kpi(kpi)].estimated(side.whole[kpis.places(kpi)][:, None]) for side in sides]
    if min(end[3][0] for end in ends) < N_UNCERTAIN:
        return None
    now, before = _gathered(*(mix.moments(_of_measure(side, kpi), kpi) for side in sides))
    found = mix.split(now, before)
    n = np.nan_to_num([side["n"].reindex(found.mix.index) for side in (now, before)])
    change = (*found.totals.loc["change"].iloc[:-1], np.nan)  # the sum of what is tested
    rows = [
        _end("before", ends[1]),
        *_steps("mix", found.mix, n, found.totals.loc["mix"]),
        *_steps("level", found.level, n, found.totals.loc["level"]),
        ("change", None, *n.sum(axis=1), *change),
        _end("now", ends[0]),
    ]
    return Split(kpi, pair, pd.DataFrame(rows, columns=SPLIT), _sure(found) and simpson(now, before))


def _end(kind: str, level: Sequence[np.ndarray]) -> tuple:
    value, low, high, n = (float(number[0]) for number in level)
    return kind, None, n, 0, value, low, high, np.nan


def _steps(kind: str, parts: pd.DataFrame, n: np.ndarray, total: pd.Series) -> list[tuple]:
    """Rows of SPLIT: one per channel, then their sum."""
    each = [(kind, channel, *of, *row) for channel, of, row in zip(parts.index, n.T, parts.to_numpy(), strict=True)]
    return [*each, (kind, None, *n.sum(axis=1), *total)]


def _of_measure(channels: _Sums, measure: str) -> pd.DataFrame:
    """The sums of a KPI or pillar per channel, the index, with a row REST for feedback without one."""
    sums = np.vstack([channels.parts, channels.whole - channels.parts.sum(axis=0)])[:, kpis.places(measure)]
    return pd.DataFrame(sums, index=[*channels.keys, REST], columns=kpis.names(measure))


def _gathered(now: pd.DataFrame, before: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both periods with the channels of 1 to N_WITHHELD − 1 answers in either put together as REST: no number may stand on them alone."""
    channels = now.index.union(before.index)
    sides = [side.reindex(channels) for side in (now, before)]
    n = np.nan_to_num([side["n"] for side in sides])
    small = ((n > 0) & (n < N_WITHHELD)).any(axis=0) | (channels == REST)
    return tuple(
        _with_rest(side[~small & n.any(axis=0)], side[small & (of > 0)]) for side, of in zip(sides, n, strict=True)
    )


def _with_rest(side: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """The channels of `side`, and those `inside` as one, REST."""
    if inside.empty:
        return side
    each, value, variance = inside.to_numpy().T
    n, mean = each.sum(), float(each @ value / each.sum())
    squares = float(((each - 1) * np.nan_to_num(variance) + each * (value - mean) ** 2).sum())
    rest = pd.DataFrame([(n, mean, squares / (n - 1) if n > 1 else np.nan)], index=[REST], columns=inside.columns)
    return pd.concat([side, rest])


def _sure(found: mix.Split) -> bool:
    """Whether the change or what of it lies within the channels clears 0: chance turns signs all the time."""
    clear = found.totals.loc[["level", "change"]]
    return bool(((clear["low"] > 0) | (clear["high"] < 0)).any())


def _reversals(
    store: Store,
    compared: tuple[Segment, ...],
    selection: Filter,
    variant: CesVariant,
    differences: pd.DataFrame,
    *,
    pairwise: bool,
) -> pd.DataFrame:
    """REVERSAL: where a segment is better as a whole and worse within the channels, or the reverse; the more it differs, the earlier.

    Of two segments the first is held against the second, of more each real difference against the rest.
    """
    each = {segment.key: segment.selection for segment in compared}
    channels = cache(lambda key: _sums(store, each.get(key, selection), variant, By.CHANNEL))
    other = compared[1].key if pairwise else ""
    claims = differences[differences["segment"] == compared[0].key] if pairwise else differences[differences["real"]]
    rows = []
    for segment, measure in claims.loc[claims["p"].notna(), ["segment", "measure"]].itertuples(index=False):
        own, against = (_of_measure(channels(key), measure) for key in (segment, other))
        rest = against if pairwise else against - own.reindex(against.index, fill_value=0)
        turned = _turned(mix.moments(own, measure), mix.moments(rest, measure))
        rows += [(segment, other, measure, *turned)] if turned else []
    return pd.DataFrame(sorted(rows, key=lambda row: row[4] / row[3]), columns=REVERSAL)


def _turned(first: pd.DataFrame, second: pd.DataFrame) -> tuple[float, ...] | None:
    """Change as a whole, and within the channels with its interval, where their signs differ; None where they do not, or no channel is shared."""
    sides = _gathered(first, second)
    found = mix.split(*sides)
    first_in, second_in = (side.index[side["n"] > 0] for side in sides)
    if first_in.intersection(second_in).empty or not (simpson(*sides) and _sure(found)):
        return None
    level = found.totals.loc["level"]
    return found.totals.loc["change", "value"], level["value"], level["low"], level["high"]


def periods(store: Store, by: str, selection: Filter) -> list[str]:
    """The months, quarters or years of a selection that hold feedback, by their first days ("2026-07-01")."""
    months = pd.DatetimeIndex(asking.extent(store, selection)["months"]).to_period("M")
    starts = months.asfreq(FREQUENCIES[By(by)]).start_time
    return list(dict.fromkeys(starts.strftime("%Y-%m-%d")))


# --- saved segments


def segments(store: Store) -> pd.DataFrame:
    """The saved segments by name: name, selection (Filter), made_at (UTC)."""
    found = store.frame("segments")
    selections = [Filter.from_query(dict(parse_qsl(query))) for query in found["query"]]
    return found.assign(selection=pd.Series(selections, index=found.index, dtype=object))[
        ["name", "selection", "made_at"]
    ]


def save(store: Store, name: str, selection: Filter) -> str:
    """Keep `selection` under `name`; gives back the name as kept: printable, one space between words.

    Raises AskError for a name that is empty, too long or taken (upper and lower case are one), for a selection of everything, and for one
    too long for an address.
    """
    name = _named(name)
    query = urlencode(selection.query())
    if selection == Filter():
        raise AskError(_("Ein Segment braucht einen Filter. Wählen Sie zuerst links etwas aus."))
    if Filter.from_query(dict(parse_qsl(query))) != selection:
        raise AskError(_("Diese Auswahl ist zu lang für ein Segment. Nehmen Sie einige Werte heraus."))
    with store.writing() as session:
        taken = session.frame(named("segments"))["name"]
        if name.casefold() in {other.casefold() for other in taken}:
            raise AskError(_("Ein Segment „{name}“ gibt es schon. Wählen Sie einen anderen Namen.").format(name=name))
        made_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        session.run(named("segment_save"), name=name, query=query, made_at=made_at)
    return name


def _named(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in name.replace(LIST_SEPARATOR, "-"))
    name = " ".join(printable.split())
    if not name:
        raise AskError(_("Geben Sie dem Segment einen Namen."))
    if len(name) > LONGEST_NAME:
        message = _("Dieser Name ist zu lang. Möglich sind {n} Zeichen.")
        raise AskError(message.format(n=number(LONGEST_NAME)))
    return name


def delete(store: Store, name: str) -> None:
    """Delete a saved segment. Raises AskError where there is none of that name."""
    with store.writing() as session:
        if name not in set(session.frame(named("segments"))["name"]):
            raise AskError(_("Ein Segment „{name}“ gibt es nicht mehr. Laden Sie die Seite neu.").format(name=name))
        session.run(named("segment_delete"), name=name)
