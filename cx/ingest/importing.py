"""Rows of a file into the database: everything of an upload in one transaction, or nothing."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from cx import text
from cx.errors import AskError, FileError
from cx.ingest import rows
from cx.ingest.reading import Table
from cx.language import _
from cx.model import taxonomy
from cx.model.columns import Column, Mapping
from cx.model.kpi import CesVariant
from cx.model.limits import CORRECTED_NEGATIVE, CORRECTED_NEUTRAL_BELOW, CORRECTED_POSITIVE
from cx.store import Session, Store, sql
from cx.text.adjusting import NONE, Adjustment

QUERIES = Path(__file__).parent / "queries"
CHUNK = 10_000  # texts read between two steps of the progress bar
SOURCES_NAMED = 2  # sources of one upload that its line in the list names

Progress = Callable[[int, int, str], None]

# Types are stated: a column without any value would else get one that DuckDB guesses.
INCOMING = pa.schema(
    [("line", pa.int64()), ("submitted_at", pa.timestamp("us")), ("nps", pa.int8())]
    + [
        (name, pa.float64())
        for name in ("rating", "rating_native", "rating_low", "rating_high", "csat", "csat_high", "ces")
    ]
    + [
        (name, pa.large_string())
        for name in (
            *("identity", "kind", "source", "channel", "date_precision", "customer_key", "product", "location"),
            *("language", "ces_variant", "reply", "title", "text"),
        )
    ]
)


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `rejects`: line, reason, cells (masked). `masked`: places by kind of personal data."""

    batch: int
    source: str
    rows: int
    added: int
    duplicates: int
    rejected: int
    masked: dict[str, int]
    rejects: pd.DataFrame
    undated: int
    notes: tuple[str, ...]
    demo_removed: bool
    seconds: float


def import_table(
    store: Store, table: Table, mapping: Mapping, key: bytes, *, demo: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Import `table` as `mapping` reads it, in one transaction; `progress(done, total, what)` is called as texts are read.

    The first own import that adds rows removes the demo data for good. Raises FileError where no row is usable, or where
    demo data would join own feedback; the database is then untouched.
    """
    start = time.perf_counter()
    tell = progress or (lambda done, total, what: None)
    tell(0, len(table), _("Zeilen"))
    found = rows.canonical(table, mapping, key)
    if found.feedback.empty:
        raise FileError(_nothing_usable(found.rejects))
    source = _sources(found.feedback["source"])
    with store.writing() as session:
        _refuse_mixing(session, demo)
        batch = int(session.value("SELECT coalesce(max(id), 0) + 1 FROM batch"))
        _stage(session, found.feedback, demo=demo)
        added = int(session.value("SELECT count(*) FROM fresh"))
        demo_removed = not demo and added > 0 and _remove_demo(session)
        session.run(sql(QUERIES / "collect.sql"))
        read_texts(session, tell)
        session.run(sql(QUERIES / "store.sql"), batch=batch)
        session.run(sql(QUERIES / "statements.sql"))
        _store_rejects(session, batch, found.rejects)
        upload = _Upload(batch=batch, demo=demo, source=source, added=added)
        _store_batch(session, upload, table, mapping, found)
        if not demo:
            remember(session, table, mapping)
    return ImportReport(
        batch=batch,
        source=source,
        rows=len(table),
        added=added,
        duplicates=len(found.feedback) - added,
        rejected=len(found.rejects),
        masked={kind: n for kind, n in found.masked.items() if n},
        rejects=found.rejects,
        undated=int(found.feedback["submitted_at"].isna().sum()),
        notes=found.notes,
        demo_removed=demo_removed,
        seconds=time.perf_counter() - start,
    )


def _sources(names: pd.Series) -> str:
    """The sources of an upload in one line, the most frequent first: "Google", "NPS-Umfrage, Kartendienst …"."""
    frequent = list(names.value_counts().index)
    return ", ".join(frequent[:SOURCES_NAMED]) + (" …" if len(frequent) > SOURCES_NAMED else "")


def undo(store: Store, batch: int) -> int:
    """Remove exactly one upload in one transaction; gives back how many feedbacks went. Raises AskError if unknown."""
    with store.writing() as session:
        if not session.value("SELECT count(*) FROM batch WHERE id = $batch", batch=batch):
            raise AskError(_("Diesen Upload gibt es nicht mehr. Laden Sie die Seite neu."))
        n = session.value("SELECT count(*) FROM feedback WHERE batch = $batch", batch=batch)
        session.run(sql(QUERIES / "remove.sql"), batches=[batch])
    return int(n)


def remember(session: Session, table: Table, mapping: Mapping) -> None:
    """Keep what the user confirmed for this layout; it is proposed next time."""
    session.run(
        sql(QUERIES / "remember.sql"),
        headers=_layout(table.headers),
        mapping=json.dumps(asdict(mapping), default=str),
        now=now(),
    )


def recall(store: Store, table: Table) -> Mapping | None:
    """The mapping last confirmed for a file with these headers; None where there is none.

    What belongs to one file only (its export date) is asked anew.
    """
    with store.reading() as session:
        found = session.value(
            "SELECT mapping FROM mapping_memory WHERE headers = $headers", headers=_layout(table.headers)
        )
    if found is None:
        return None
    kept = json.loads(found)
    return Mapping(
        columns=tuple((Column(column), header) for column, header in kept["columns"]),
        rating_scale=tuple(kept["rating_scale"]),
        csat_scale=tuple(kept["csat_scale"]),
        ces_variant=CesVariant(kept["ces_variant"]),
        day_first=kept["day_first"],
        channel=kept["channel"],
        source=kept["source"],
        product=kept["product"],
        headers=table.headers,
    )


def _layout(headers: tuple[str, ...]) -> str:
    return json.dumps([header.casefold() for header in headers], ensure_ascii=False)


def now() -> datetime:
    """This moment in UTC, as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _nothing_usable(rejects: pd.DataFrame) -> str:
    first = str(rejects["reason"].iloc[0]) if len(rejects) else _("Die Datei hat keine Datenzeile.")
    message = _(
        "Keine Zeile lässt sich übernehmen; es wurde nichts gespeichert. {first} "
        "Prüfen Sie die Zuordnung der Spalten und die Skalen."
    )
    return message.format(first=first)


def _refuse_mixing(session: Session, demo: bool) -> None:
    if demo and session.value("SELECT count(*) FROM batch WHERE NOT demo"):
        raise FileError(
            _(
                "Es gibt schon eigenes Feedback. Demodaten kommen nur in eine leere Datenbank, damit sich nichts vermischt."
            )
        )


def _stage(session: Session, feedback: pd.DataFrame, *, demo: bool) -> None:
    incoming = pa.Table.from_pandas(feedback[INCOMING.names], schema=INCOMING, preserve_index=False)
    with session.given("incoming", incoming):
        session.run(sql(QUERIES / "stage.sql"), demo=demo)


def _remove_demo(session: Session) -> bool:
    batches = [row for row in session.frame("SELECT id FROM batch WHERE demo")["id"]]
    if batches:
        session.run(sql(QUERIES / "remove.sql"), batches=[int(batch) for batch in batches])
    return bool(batches)


def read_texts(session: Session, tell: Progress) -> None:
    """Read the texts of the temp table fresh_text chunk by chunk (whole feedbacks stay together), with the adjustment of their
    upload where it has one, corrections applied.

    Leaves found_statement, found_mention and found_feedback.
    """
    session.run(sql(QUERIES / "found.sql"))
    total = session.value("SELECT count(*) FROM fresh_text")
    corrected = session.value("SELECT count(*) FROM correction SEMI JOIN fresh_text USING (feedback)")
    numbers = text.lexicon.load().numbers
    done = 0
    for low, high, adjustment in chunks(session):
        session.run(sql(QUERIES / "chunk.sql"), low=low, high=high)
        text.reading.read(session, adjustment=adjustment)
        if corrected:
            session.run(
                sql(QUERIES / "corrections.sql"),
                negative=CORRECTED_NEGATIVE,
                positive=CORRECTED_POSITIVE,
                neutral_below=CORRECTED_NEUTRAL_BELOW,
                **{name: numbers[name] for name in ("doubt", "mixed_mass", "mixed_share_text")},
            )
        session.run(sql(QUERIES / "keep.sql"))
        done += session.value("SELECT count(*) FROM text_input")
        tell(done, total, _("Texte"))


def chunks(session: Session) -> Iterator[tuple[int, int, Adjustment]]:
    """Ids of feedback from, up to (not including), and the adjustment of their upload; no chunk holds two of these."""
    first, last = session.frame("SELECT coalesce(min(feedback), 0), coalesce(max(feedback), -1) FROM fresh_text").iloc[
        0
    ]
    low, stretches = int(first), []
    for row in session.frame(sql(QUERIES / "adjusted.sql")).itertuples():
        stretches += [(low, int(row.low), NONE), (int(row.low), int(row.high), adjustment_of(session, int(row.batch)))]
        low = int(row.high)
    for start, stop, adjustment in [*stretches, (low, int(last) + 1, NONE)]:
        for begin in range(start, stop, CHUNK):
            yield begin, min(begin + CHUNK, stop), adjustment


def adjustment_of(session: Session, batch: int) -> Adjustment:
    """What an upload has learned from its own ratings; empty where nothing."""
    found = session.frame("SELECT feature, lean FROM adjustment WHERE batch = $batch", batch=batch)
    return {str(row.feature): int(row.lean) for row in found.itertuples()}


def _store_rejects(session: Session, batch: int, rejects: pd.DataFrame) -> None:
    if rejects.empty:
        return
    listed = rejects.assign(
        names=[list(cells) for cells in rejects["cells"]], written=[list(cells.values()) for cells in rejects["cells"]]
    )
    with session.given("refused", listed.drop(columns="cells")):
        session.run(sql(QUERIES / "rejects.sql"), batch=batch)


@dataclass(frozen=True)
class _Upload:
    batch: int
    demo: bool
    source: str
    added: int


def _store_batch(session: Session, upload: _Upload, table: Table, mapping: Mapping, found: rows.Rows) -> None:
    session.run(
        sql(QUERIES / "batch.sql"),
        id=upload.batch,
        demo=upload.demo,
        source=upload.source,
        file_name=table.name,
        sha256=table.sha256,
        rows=len(table),
        added=upload.added,
        duplicates=len(found.feedback) - upload.added,
        rejected=len(found.rejects),
        kinds=list(found.masked),
        places=list(found.masked.values()),
        mapping=json.dumps(asdict(mapping), default=str),
        text_model=text.MODEL_VERSION,
        taxonomy=taxonomy.load().version,
        now=now(),
    )
