"""Segments of a selection compared: channels, products, periods, saved selections. Every mark of the page is tested together.

Each segment is tested against everything else in the selection, exactly two that share no feedback against each other. So segments
that overlap are compared rightly too: what a segment is tested against never holds any of its own feedback.
"""

from dataclasses import dataclass, field
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
    scores = found.pillars if by == By.CHANNEL and not keys else _sums(store, selection, variant, By.CHANNEL).pillars
    shared = _shared(store, found.segments) if by == By.SEGMENT else 0  # of one value each, they share nothing
    pairwise = len(found.segments) == 2 and not shared
    differences = _differences(found, pairwise=pairwise).assign(variant=str(variant), by=str(by))[DIFFERENCES]
    consistency = _consistency(scores)
    split = _split(store, kpi, selection, variant)
    parts = [differences, consistency] + ([split.parts] if split else [])
    judged = _tested_together(parts)
    claims = judged[0].head(0 if by == By.CHANNEL else None)
    reversals = _reversals(store, found.segments, selection, variant, claims, pairwise=pairwise)
    return Comparison(
        by,
        str(variant),
        found.segments,
        found.sizes,
        found.all,
        pairwise,
        shared,
        judged[0],
        judged[1],
        reversals,
        _with_parts(split, judged[2]) if split else None,
        found.left_out,
    )


# --- sums


@dataclass(frozen=True, eq=False)
class _Sums:
    """KPI and pillar sums (columns of the queries; part: the key of a segment) of the compared segments and of the selection."""

    segments: tuple[Segment, ...]
    all: int
    kpis: pd.DataFrame
    pillars: pd.DataFrame
    whole_kpis: pd.DataFrame
    whole_pillars: pd.DataFrame
    left_out: tuple[str, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """n of each segment."""
        n = self.kpis.set_index("part")["n"]
        return tuple(int(n.get(segment.key, 0)) for segment in self.segments)


def _sums(store: Store, selection: Filter, variant: CesVariant, by: str) -> _Sums:
    """Sums by part, all of them; without segments."""
    if by in ("", By.CHANNEL):
        return _added(overview.monthly(store, selection, variant), by)
    answers, whole = _apart(store.frame("kpi_sums", by=str(by), **asking.parameters(selection, variant)))
    scores, whole_scores = _apart(store.frame("pillar_sums", by=str(by), filter=selection.parameter()))
    return _Sums((), 0, answers, scores, whole, whole_scores)


def _added(cells: Cells, by: str) -> _Sums:
    """The same for "" or channels, added up from the sums per month and channel."""
    parts, whole = cells.parts(cells.channels), cells.whole()
    parts = parts if by else parts.head(0)
    answers, whole_answers = (sums.drop(columns=overview.SCORES) for sums in (parts, whole))
    return _Sums((), 0, answers, overview.named(parts), whole_answers, overview.named(whole))


def _apart(sums: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    whole = sums["part"] == ""
    return sums[~whole], sums[whole]


def _parted(store: Store, by: By, selection: Filter, variant: CesVariant, keys: tuple[str, ...]) -> _Sums:
    sums = _sums(store, selection, variant, by)
    known = sums.kpis if by in PERIODS else sums.kpis.sort_values("n", ascending=False, kind="stable")
    possible = known["part"]
    chosen = possible[possible.isin(keys)] if possible.isin(keys).any() else possible
    kept = list(chosen.tail(MOST) if by in PERIODS else chosen.head(MOST))
    segments = tuple(Segment(key, part(selection, by, key)) for key in kept)
    inside = [frame[frame["part"].isin(kept)] for frame in (sums.kpis, sums.pillars)]
    return _Sums(segments, len(possible), *inside, sums.whole_kpis, sums.whole_pillars)


def _saved(store: Store, selection: Filter, variant: CesVariant, keys: tuple[str, ...]) -> _Sums:
    saved = segments(store)
    listed = dict(zip(saved["name"], saved["selection"], strict=True))
    names = [name for name in listed if name in keys] or list(listed)
    crossed = {name: narrowed(selection, listed[name]) for name in names[:MOST]}
    chosen = tuple(Segment(name, found) for name, found in crossed.items() if found)
    whole = _sums(store, selection, variant, "")
    each = [_sums(store, segment.selection, variant, "") for segment in chosen]
    answers, scores = (
        pd.concat([getattr(sums, name).assign(part=segment.key) for segment, sums in zip(chosen, each, strict=True)])
        if chosen
        else getattr(whole, name).head(0)
        for name in ("whole_kpis", "whole_pillars")
    )
    left_out = tuple(name for name, found in crossed.items() if found is None)
    return _Sums(chosen, len(listed), answers, scores, whole.whole_kpis, whole.whole_pillars, left_out)


def _shared(store: Store, chosen: tuple[Segment, ...]) -> int:
    """How many feedbacks two segments share; 0 where there are not exactly two."""
    if len(chosen) != 2:
        return 0
    first, second = (segment.selection.parameter() for segment in chosen)
    return int(store.frame("overlap", filter=first, other=second)["n"].iloc[0])


# --- differences


def _differences(sums: _Sums, *, pairwise: bool) -> pd.DataFrame:
    """DIFFERENCES of every segment, untested; p only where both sides have N_UNCERTAIN answers."""
    swap = {a.key: b.key for a, b in zip(sums.segments, reversed(sums.segments), strict=True)} if pairwise else None
    changes = pd.concat(
        [
            kpis.kpi_changes(sums.kpis, _others(sums.kpis, sums.whole_kpis, ["part"], swap)),
            kpis.pillar_changes(sums.pillars, _others(sums.pillars, sums.whole_pillars, ["part", "pillar"], swap)),
        ],
        ignore_index=True,
    ).rename(columns={"part": "segment", "before": "other", "n_before": "n_other"})
    levels = _levels(
        pd.concat([sums.kpis, sums.whole_kpis], ignore_index=True),
        pd.concat([sums.pillars, sums.whole_pillars], ignore_index=True),
    )
    of_whole = levels["segment"] == ""
    found = levels[~of_whole].merge(changes.drop(columns=["after", "n"]), on=["segment", "measure"], how="left")
    enough = (found["n"] >= N_UNCERTAIN) & (found["n_other"] >= N_UNCERTAIN)
    order = {segment.key: place for place, segment in enumerate(sums.segments)}
    whole = levels[of_whole].set_index("measure")["value"]
    found = found.assign(
        p=found["p"].where(enough), order=found["segment"].map(order), whole=found["measure"].map(whole)
    )
    return found.sort_values("order", kind="stable", ignore_index=True)


def _others(parts: pd.DataFrame, whole: pd.DataFrame, keys: list[str], swap: dict[str, str] | None) -> pd.DataFrame:
    """For every part the sums it is tested against, under its own name: the other of two, else the whole without it."""
    if swap:
        return parts.assign(part=parts["part"].map(swap))
    own = parts.set_index(keys)
    on = [key for key in keys if key != "part"]
    whole = whole.drop(columns="part")
    all_ = parts[keys].merge(whole, on=on) if on else parts[keys].merge(whole, how="cross")
    left = all_.set_index(keys).loc[own.index, own.columns] - own
    squares = left.filter(like="squares").clip(lower=0)  # rounding
    return left.assign(**squares).reset_index()


def _levels(answers: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """segment, measure, value, low, high, n, share, base of all KPIs and pillars; a pillar that nobody names has n = 0."""
    scores = kpis.kpis(answers).rename(columns={"part": "segment", "kpi": "measure"})
    pillars = kpis.pillars(sums).rename(columns={"part": "segment", "pillar": "measure"})
    bases = answers.set_index("part")["polarity_n"].rename("base")
    every = pd.MultiIndex.from_product([list(answers["part"]), taxonomy.pillar_keys()], names=["segment", "measure"])
    pillars = pillars.set_index(["segment", "measure"]).reindex(every)[["value", "low", "high", "n", "share"]]
    pillars = pillars.fillna({"n": 0, "share": 0.0}).reset_index().join(bases, on="segment")
    found = pd.concat([scores.assign(share=np.nan, base=scores["n"]), pillars], ignore_index=True)
    return found.astype({"n": "int64", "base": "int64"})


def _tested_together(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Each frame with `real`, its p tested with those of all the others."""
    p = [frame["p"].to_numpy(dtype=float) for frame in frames]
    real = np.split(benjamini_hochberg(np.concatenate(p)), np.cumsum([len(part) for part in p])[:-1])
    return [frame.assign(real=marks) for frame, marks in zip(frames, real, strict=True)]


# --- consistency


def _consistency(sums: pd.DataFrame) -> pd.DataFrame:
    """τ of each pillar between the channels that name it at least N_WITHHELD times: pillar, value, low, high, i_squared, channels, p."""
    named = sums[sums["n"] >= N_WITHHELD]
    pillars = named["pillar"].to_numpy()
    means = mix.moments(named, "pillar")[["n", "value", "variance"]].to_numpy().T
    rows = [(key, *_spread(*means[:, pillars == key])) for key in taxonomy.pillar_keys()]
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
    sides = [_added(cells, By.CHANNEL) for cells in overview.sides_of(store, selection, pair, variant)]
    ends = [kpis.MEASURES[Kpi(kpi)].estimates(side.whole_kpis).iloc[0] for side in sides]
    if min(end["n"] for end in ends) < N_UNCERTAIN:
        return None
    now, before = _gathered(*(mix.moments(_all_channels(side.kpis, side.whole_kpis), kpi) for side in sides))
    found = mix.split(now, before)
    parts = [
        _end("before", ends[1]),
        *(
            part
            for kind in ("mix", "level")
            for part in (_kind(found, kind, now, before), _sum(found, kind, now, before))
        ),
        _sum(found, "change", now, before).assign(p=np.nan),  # the sum of what is tested
        _end("now", ends[0]),
    ]
    return Split(kpi, pair, pd.concat(parts, ignore_index=True)[SPLIT], simpson(now, before) and _sure(found))


def _end(kind: str, level: pd.Series) -> pd.DataFrame:
    numbers = {name: [float(level[name])] for name in ("value", "low", "high")}
    return pd.DataFrame({**numbers, "kind": kind, "channel": None, "n": level["n"], "n_before": 0, "p": np.nan})


def _kind(found: mix.Split, kind: str, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    parts = found.mix if kind == "mix" else found.level
    counted = {name: side["n"].reindex(parts.index).fillna(0) for name, side in (("n", now), ("n_before", before))}
    return parts.assign(kind=kind, channel=parts.index, **counted)


def _sum(found: mix.Split, kind: str, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    return found.totals.loc[[kind]].assign(kind=kind, channel=None, n=now["n"].sum(), n_before=before["n"].sum())


def _all_channels(parts: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Sums per channel, the index, with a row REST for feedback without one."""
    channels, all_ = (sums.set_index("part").select_dtypes("number") for sums in (parts, whole))
    left = (all_ - channels.sum()).set_axis([REST])
    return pd.concat([channels, left[left["n"] > 0]])


def _gathered(now: pd.DataFrame, before: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both periods with the channels of 1 to N_WITHHELD − 1 answers in either put together as REST: no number may stand on them alone."""
    n = pd.concat([now["n"], before["n"]], axis=1).fillna(0)
    small = n.index[(((n > 0) & (n < N_WITHHELD)).any(axis=1)) | (n.index == REST)]
    silent = n.index[(n == 0).all(axis=1)]
    return tuple(_with_rest(side.drop(silent, errors="ignore"), small) for side in (now, before))


def _with_rest(side: pd.DataFrame, small: pd.Index) -> pd.DataFrame:
    inside = side[side.index.isin(small) & (side["n"] > 0)]
    if inside.empty:
        return side.drop(small, errors="ignore")
    n = inside["n"].sum()
    value = float(inside["n"] @ inside["value"] / n)
    squares = float(
        ((inside["n"] - 1) * inside["variance"].fillna(0) + inside["n"] * (inside["value"] - value) ** 2).sum()
    )
    rest = pd.DataFrame(
        {"n": [n], "value": [value], "variance": [squares / (n - 1) if n > 1 else np.nan]}, index=[REST]
    )
    return pd.concat([side.drop(small, errors="ignore"), rest])


def _with_parts(split: Split, parts: pd.DataFrame) -> Split:
    return Split(split.kpi, split.periods, parts, split.reversed)


def _sure(found: mix.Split) -> bool:
    """Whether the change or what of it lies within the channels clears 0: chance turns signs all the time."""
    clear = found.totals.loc[["level", "change"]]
    return bool(((clear["low"] > 0) | (clear["high"] < 0)).any())


REVERSAL = ["segment", "other", "measure", "change", "within", "within_low", "within_high"]


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
    found = pd.DataFrame(rows, columns=REVERSAL)
    return found.sort_values("within", key=lambda within: within / found["change"], ignore_index=True)


def _of_measure(sums: _Sums, measure: str) -> pd.DataFrame:
    """The sums of a KPI or pillar per channel."""
    if measure in list(Kpi):
        return _all_channels(sums.kpis, sums.whole_kpis)
    return _all_channels(*(frame[frame["pillar"] == measure] for frame in (sums.pillars, sums.whole_pillars)))


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
