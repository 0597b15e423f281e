"""What a feedback names, summed from its mentions: touchpoints, pairs and phases of the table feedback (cx/store/schema/007 and 008)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.model import taxonomy
from cx.text.places import begins, offsets, ranges

PILLAR, TOUCHPOINT, PHASE = "pillar", "touchpoint", "phase"
NONE = ""  # what a statement names of a side of which it names nothing; sorts before any name
NO_PLACES = np.zeros(0, np.int64)
NAMES = pa.dictionary(pa.int32(), pa.string())
TOTAL, MENTIONS = pa.field("total", pa.float64()), pa.field("mentions", pa.int32())


@dataclass(frozen=True, eq=False)
class _Side:
    """The mentions of one dimension by statement; a statement without any has one of NONE."""

    statement: np.ndarray
    aspect: np.ndarray  # place among the names; 0 is NONE
    polarity: np.ndarray


def beside(feedbacks: pa.Table, mentions: pa.Table) -> pa.Table:
    """`feedbacks` (each once, under `feedback`) with the columns touchpoints, pairs and phases: lists by name, missing where nothing is named.

    `mentions`: text, statement, feedback, dimension, aspect, polarity, those of a statement one after the other. A pair is a pillar of a
    statement with a touchpoint of it and has the pillar's polarity; "" stands for the side of which the statement names none, and the
    polarity is then the other's. A phase of the journey sums the mentions of its touchpoints. Polarities are whole numbers of 1/16384, so that
    sums are exact in any order.
    """
    aspects = mentions["aspect"].dictionary_encode().unify_dictionaries()
    known = aspects.chunk(0).dictionary.to_pylist() if aspects.num_chunks else []
    names = sorted({NONE, *known})
    first = begins(mentions["text"].to_numpy()) | begins(mentions["statement"].to_numpy())
    statement, owner = np.cumsum(first) - 1, _places(mentions["feedback"], feedbacks["feedback"])[first]
    indices = [chunk.indices.to_numpy() for chunk in aspects.chunks]
    aspect = np.array([names.index(name) for name in known], np.int64)[np.concatenate([*indices, NO_PLACES])]
    whole = _Side(statement, aspect, mentions["polarity"].to_numpy())
    pillars, touchpoints = (
        _side(whole, pc.equal(mentions["dimension"], dimension).to_numpy()) for dimension in (PILLAR, TOUCHPOINT)
    )
    of_pairs = _pairs(pillars, touchpoints, owner, names, len(feedbacks))
    said, holder = touchpoints.polarity, owner[touchpoints.statement]
    of_touchpoints = _singly({TOUCHPOINT: touchpoints.aspect}, said, holder, names, len(feedbacks))
    phases, phase_of = _phases(names)
    of_phases = _singly({PHASE: phase_of[touchpoints.aspect]}, said, holder, phases, len(feedbacks))
    found = feedbacks.append_column("touchpoints", of_touchpoints).append_column("pairs", of_pairs)
    return found.append_column("phases", of_phases)


def _phases(names: list[str]) -> tuple[list[str], np.ndarray]:
    """The phases of the model, NONE first, and the place among them of each of these touchpoints."""
    phase_of = {touchpoint.key: touchpoint.phase for touchpoint in taxonomy.load().touchpoints}
    phases = sorted({NONE, *phase_of.values()})
    return phases, np.array([phases.index(phase_of.get(name, NONE)) for name in names])


def _places(values: pa.ChunkedArray, known: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return pc.index_in(values, value_set=known).to_numpy().astype(np.int64)


def _side(whole: _Side, mine: np.ndarray) -> _Side:
    statements = whole.statement.max(initial=-1) + 1
    bare = np.flatnonzero(np.bincount(whole.statement[mine], minlength=statements) == 0)
    statement = np.concatenate((whole.statement[mine], bare))
    order = np.argsort(statement, kind="stable")
    nothing = np.zeros(len(bare), np.int64)
    aspect, polarity = (np.concatenate((each[mine], nothing)) for each in (whole.aspect, whole.polarity))
    return _Side(statement[order], aspect[order], polarity[order])


def _singly(
    key: dict[str, np.ndarray], polarity: np.ndarray, owner: np.ndarray, names: list[str], feedbacks: int
) -> pa.ListArray:
    """The same as `_lists` by one key, without NONE."""
    [(name, places)] = key.items()
    named = places > 0
    return _lists({name: places[named]}, polarity[named], owner[named], names, feedbacks)


def _pairs(pillars: _Side, touchpoints: _Side, owner: np.ndarray, names: list[str], feedbacks: int) -> pa.ListArray:
    """Each pillar of a statement with each of its touchpoints."""
    count = np.bincount(touchpoints.statement, minlength=len(owner))
    times = count[pillars.statement]
    pillar = np.repeat(np.arange(len(times)), times)
    touchpoint = ranges(offsets(count)[pillars.statement], times)
    pair = {PILLAR: pillars.aspect[pillar], TOUCHPOINT: touchpoints.aspect[touchpoint]}
    polarity = np.where(pair[PILLAR] > 0, pillars.polarity[pillar], touchpoints.polarity[touchpoint])
    return _lists(pair, polarity, owner[pillars.statement[pillar]], names, feedbacks)


def _lists(
    keys: dict[str, np.ndarray], polarity: np.ndarray, owner: np.ndarray, names: list[str], feedbacks: int
) -> pa.ListArray:
    """Per feedback a list of `keys` (places among the names), each once, in order, with the total and the number of their polarities."""
    shape = (feedbacks, *[len(names)] * len(keys))
    distinct, place = np.unique(np.ravel_multi_index((owner, *keys.values()), shape), return_inverse=True)
    owner, *aspects = np.unravel_index(distinct, shape)
    known = pa.array(names, pa.string())
    columns = [
        *(pa.DictionaryArray.from_arrays(pa.array(aspect, pa.int32()), known) for aspect in aspects),
        pa.array(np.bincount(place, polarity, len(distinct)), pa.float64()),
        pa.array(np.bincount(place, minlength=len(distinct)), pa.int32()),
    ]
    rows = pa.StructArray.from_arrays(columns, fields=[*(pa.field(key, NAMES) for key in keys), TOTAL, MENTIONS])
    count = np.bincount(owner, minlength=feedbacks)
    return pa.ListArray.from_arrays(pa.array(offsets(count), pa.int32()), rows, mask=pa.array(count == 0))
