"""What the rows of a file come to, block by block and without the database: as they are stored, masked, with what the reader finds in their texts.

The blocks of a large file are shared with a process of its own (cx/ingest/apart.py), so that two cores have work.
"""

import os
from collections import Counter, deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cx.ingest import apart, rows
from cx.ingest.doubts import Rules
from cx.ingest.findings import Findings, found_in
from cx.ingest.reading import Export, Table
from cx.ingest.rows import Gap
from cx.model.columns import Mapping
from cx.store import Session

APART_ROWS = 150_000  # from here on a process of its own is worth its start: 5 s of CPU
WAITING = 4  # blocks given to the other process, the one it is at included; the next is worked on here
AHEAD = 8  # blocks that may be done before one that the other process is still at
TEXTS_PER_LINE = 32_768  # at most

# Types are stated: a column without any value would else get one that DuckDB guesses.
ROW = pa.schema(
    [("line", pa.int64()), ("submitted_at", pa.timestamp("us")), ("nps", pa.int8()), ("counted", pa.bool_())]
    + [
        (name, pa.float64())
        for name in ("rating", "rating_native", "rating_low", "rating_high", "csat", "csat_high", "ces")
    ]
    + [
        (name, pa.large_string())
        for name in (
            *("identity", "content", "kind", "source", "channel", "date_precision", "customer_key", "product"),
            *("location", "language", "ces_variant", "reply", "title", "text"),
        )
    ]
)
TEXT = pa.schema(
    [("line", pa.int64()), ("ordinal", pa.int32())]
    + [(name, pa.large_string()) for name in ("field", "question", "text")]
)
ANSWER = pa.schema([("line", pa.int64()), ("question", pa.int32()), ("native", pa.float64()), ("score", pa.float64())])


@dataclass(frozen=True, eq=False)
class Terms:
    """What holds for all blocks of an import. `stored`: what is stored already (Rows' content, as bytes, sorted); its texts are not read again."""

    mapping: Mapping
    key: bytes = field(repr=False)
    rules: Rules
    stored: np.ndarray


@dataclass(frozen=True, eq=False)
class Block:
    """A stretch of a file. `tables`: incoming (ROW), incoming_text (TEXT) and incoming_answer (ANSWER); `findings`: in texts that are not stored yet.

    `rejects`, `masked` and `gaps` as in Rows; `left_out`: lines; `doubtful`: responses by Doubt; `sources`: how many rows come from each;
    `undated`: rows kept without a date.
    """

    rows: int
    tables: dict[str, pa.Table]
    findings: Findings
    rejects: pd.DataFrame
    left_out: pd.Series
    masked: Counter[str]
    doubtful: Counter[str]
    gaps: Counter[Gap]
    sources: Counter[str]
    undated: int


def blocks(export: Export, terms: Terms, session: Session) -> Generator[Block]:
    """All blocks of a file in its order; `session` reads texts. Close it where you stop early."""
    if len(export) < APART_ROWS or (os.cpu_count() or 1) == 1:
        yield from (block(table, terms, session) for table in export.blocks())
        return
    with closing(_shared(export, terms, session)) as numbered:
        ready: dict[int, Block] = {}
        due = 0
        for number, done in numbered:
            ready[number] = done
            while due in ready:
                yield ready.pop(due)
                due += 1


def _shared(export: Export, terms: Terms, session: Session) -> Generator[tuple[int, Block]]:
    """All blocks with their numbers, as they are done, here or in the other process."""
    with ThreadPoolExecutor(max_workers=1) as thread, apart.worker(block, terms) as there:
        given: deque[tuple[int, Table, Future[Block | None]]] = deque()

        def done(number: int, table: Table, future: Future[Block | None]) -> tuple[int, Block]:
            """What the other process has not begun, or could not do, is done here."""
            return number, (None if future.cancel() else future.result()) or block(table, terms, session)

        for number, table in enumerate(export.blocks()):
            while given and (given[0][2].done() or number - given[0][0] > AHEAD):
                yield done(*given.popleft())
            given.append((number, table, thread.submit(there, table)))
            if len(given) > WAITING:
                yield done(*given.pop())
        while given:
            yield done(*given.pop())


def block(table: Table, terms: Terms, session: Session) -> Block:
    """What a stretch of a file comes to."""
    doubtful = terms.rules.of(table)
    skipped = doubtful[[*terms.mapping.leave_out & set(doubtful)]].any(axis=1)
    part = rows.canonical(table, terms.mapping, terms.key, skipped)
    incoming, further = _typed(part.feedback, ROW), _typed(part.texts, TEXT)
    return Block(
        rows=len(table),
        tables={"incoming": incoming, "incoming_text": further, "incoming_answer": _typed(part.answers, ANSWER)},
        findings=found_in(session, *_to_read(incoming, further, terms.stored)),
        rejects=part.rejects,
        left_out=table.lines[skipped.to_numpy()],
        masked=Counter(part.masked),
        doubtful=Counter({str(doubt): int(doubtful[doubt].sum()) for doubt in doubtful}),
        gaps=Counter(part.gaps),
        sources=Counter(part.feedback["source"].value_counts().to_dict()),
        undated=int(part.feedback["submitted_at"].isna().sum()),
    )


def _typed(listed: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pandas(listed[schema.names], schema=schema, preserve_index=False)


def _to_read(incoming: pa.Table, further: pa.Table, stored: np.ndarray) -> tuple[pa.Table, pa.Table]:
    """The texts of rows that are not stored to the letter (text, feedback, body), and what these say about languages (feedback, language).

    They have no ids yet, so they are called by their line, below 0 (ids of what is stored are above): feedback is -line, text is
    -(line * TEXTS_PER_LINE + ordinal).
    """
    new = incoming.filter(pa.array(~_is_in(incoming["content"], stored)))
    said = [further.select(["line", "ordinal", "text"]).filter(pc.is_in(further["line"], new["line"]))]
    for ordinal, name in enumerate(("title", "text")):
        ordinals = pa.array(np.full(len(new), ordinal, np.int32))
        said.append(pa.table({"line": new["line"], "ordinal": ordinals, "text": new[name]}).drop_null())
    texts, spoken = pa.concat_tables(said), new.select(["line", "language"]).drop_null()
    lines, ordinals = (texts[name].to_numpy().astype(np.int64) for name in ("line", "ordinal"))
    return (
        pa.table(
            {
                "text": -(lines * TEXTS_PER_LINE + ordinals),
                "feedback": -lines,
                "body": texts["text"].cast(pa.string()),
            }
        ),
        pa.table({"feedback": pc.negate(spoken["line"]), "language": spoken["language"].cast(pa.string())}),
    )


def _is_in(contents: pa.ChunkedArray, known: np.ndarray) -> np.ndarray:
    if not len(known):
        return np.zeros(len(contents), dtype=bool)
    wanted = contents.to_numpy().astype(known.dtype)
    return known.take(np.searchsorted(known, wanted), mode="clip") == wanted
