"""Rows of a file into the database: everything of an upload in one transaction, or nothing."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from cx import text, upkeep
from cx.errors import AskError, FileError
from cx.ingest import doubts, privacy, rows
from cx.ingest.blocks import Block, Terms, blocks
from cx.ingest.findings import Findings, of_reading, of_tables
from cx.ingest.mapping import source_of
from cx.ingest.reading import Export
from cx.ingest.rows import Gap
from cx.language import _
from cx.model import taxonomy
from cx.model.columns import Mapping
from cx.model.limits import CORRECTED_NEGATIVE, CORRECTED_NEUTRAL_BELOW, CORRECTED_POSITIVE
from cx.store import Session, Store, sql
from cx.text.adjusting import NONE, Adjustment

QUERIES = Path(__file__).parent / "queries"
Progress = Callable[[int, int, str], None]
STORED_AT_ONCE = 5  # blocks: 120,000 rows at most, as many as a row group of DuckDB holds
CHUNK = 10_000  # texts read between two steps of the progress bar
SOURCES_NAMED = 2  # sources of one upload that its line in the list names


class Outcome(StrEnum):
    """What became of a row of a file."""

    NEW = "new"
    UPDATED = "updated"  # another version of a feedback that is stored
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    LEFT_OUT = "left_out"  # a doubtful response that the user does not want


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    `rejects`: line, reason, cells (masked). `outcomes`: line, outcome (an Outcome), one row per row of the file. `masked`: places by
    kind of personal data. `doubtful`: responses by Doubt. `duplicates`: rows that were stored already, unchanged.
    """

    batch: int
    source: str
    rows: int
    added: int
    updated: int
    duplicates: int
    rejected: int
    left_out: int
    masked: dict[str, int]
    doubtful: dict[str, int]
    rejects: pd.DataFrame
    outcomes: pd.DataFrame
    undated: int
    notes: tuple[str, ...]
    demo_removed: bool
    seconds: float


@dataclass
class _Stored:
    """What the blocks of a file have come to so far (each as in Block). `outcomes`: of the usable rows, line and outcome."""

    rows: int = 0
    kept: int = 0
    undated: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    gaps: Counter[Gap] = field(default_factory=Counter)
    rejects: list[pd.DataFrame] = field(default_factory=list)
    left_out: list[pd.Series] = field(default_factory=list)
    outcomes: list[pd.DataFrame] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """Take in what a further block has come to."""
        self.rows += block.rows
        self.kept += len(block.tables["incoming"])
        self.undated += block.undated
        for name in ("sources", "masked", "doubtful", "gaps"):
            getattr(self, name).update(getattr(block, name))
        self.rejects.append(block.rejects)
        self.left_out.append(block.left_out)

    @property
    def added(self) -> int:
        """Feedbacks that are new."""
        return self._number_of(Outcome.NEW)

    @property
    def updated(self) -> int:
        """Feedbacks that are stored in a newer version."""
        return self._number_of(Outcome.UPDATED)

    def _number_of(self, outcome: Outcome) -> int:
        return sum(int((listed["outcome"] == outcome).sum()) for listed in self.outcomes)

    def refused(self) -> pd.DataFrame:
        """The refused rows of all blocks, in the order of the file."""
        return pd.concat(self.rejects).sort_values("line", ignore_index=True)

    def all_outcomes(self) -> pd.DataFrame:
        """What became of each row of the file, in its order: line, outcome."""
        others = {Outcome.REJECTED: [listed["line"] for listed in self.rejects], Outcome.LEFT_OUT: self.left_out}
        listed = [
            *self.outcomes,
            *(
                pd.DataFrame({"line": lines, "outcome": str(each)})
                for each, all_lines in others.items()
                for lines in all_lines
            ),
        ]
        return pd.concat(listed).astype({"line": "int64"}).sort_values("line", ignore_index=True)


def import_export(
    store: Store,
    export: Export,
    mapping: Mapping,
    key: bytes,
    *,
    demo: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file as `mapping` reads it, block by block in one transaction; `progress(done, total, what)` is called meanwhile.

    A feedback that is stored already is skipped, or, where the file says anything else of it, becomes a newer version. The first
    own import that adds rows removes the demo data for good. Raises FileError where no row is usable, or where demo data would
    join own feedback; the database is then untouched.
    """
    start = time.perf_counter()
    tell = progress or (lambda done, total, what: None)
    rows.refuse_unusable(export.headers, export.name, mapping)
    mapping = replace(mapping, source=mapping.source or source_of(export.head))
    with store.writing() as session:
        _refuse_mixing(session, demo)
        batch = int(session.value("SELECT coalesce(max(id), 0) + 1 FROM batch"))
        first = _store_questions(session, batch, mapping)
        session.run(sql(QUERIES / "before.sql"), demo=demo)
        with store.reading() as reader:
            all_blocks = blocks(export, _terms(session, export, mapping, key), reader)
            stored = _store_blocks(session, all_blocks, batch, first, lambda done: tell(done, len(export), _("Zeilen")))
        refused = stored.refused()
        if not stored.kept:
            raise FileError(_nothing_usable(refused))
        demo_removed = not demo and stored.added > 0 and _remove_demo(session)
        _store_rejects(session, batch, refused)
        report = ImportReport(
            batch=batch,
            source=_sources(stored.sources),
            rows=stored.rows,
            added=stored.added,
            updated=stored.updated,
            duplicates=stored.kept - stored.added - stored.updated,
            rejected=len(refused),
            left_out=sum(len(lines) for lines in stored.left_out),
            masked={kind: n for kind, n in stored.masked.items() if n},
            doubtful={kind: n for kind, n in stored.doubtful.items() if n},
            rejects=refused,
            outcomes=stored.all_outcomes(),
            undated=stored.undated,
            notes=(*rows.notes(stored.gaps), *_empty(export)),
            demo_removed=demo_removed,
            seconds=time.perf_counter() - start,
        )
        _store_batch(session, report, export, mapping, demo=demo)
        if not demo:
            remember(session, export, mapping)
            audit(session, "import", str(batch), report.added + report.updated)
    return replace(report, seconds=time.perf_counter() - start)


def _terms(session: Session, export: Export, mapping: Mapping, key: bytes) -> Terms:
    stored = session.arrow("SELECT content FROM stored ORDER BY content")["content"].to_numpy()
    return Terms(mapping, key, doubts.rules(export, mapping), stored.astype(np.bytes_))


def _store_blocks(
    session: Session, all_blocks: Generator[Block], batch: int, first: int, tell: Callable[[int], None]
) -> _Stored:
    """The blocks of a file into the tables, several at once: what is on its way to the disk stays in memory, whatever the size of the file."""
    stored, waiting = _Stored(), []
    tell(0)
    with closing(all_blocks):
        for block in all_blocks:
            waiting.append(block)
            if len(waiting) == STORED_AT_ONCE:
                _store(session, waiting, batch, first, stored)
                waiting.clear()
                upkeep.settle()
            stored.add(block)
            tell(stored.rows)
    _store(session, waiting, batch, first, stored)
    return stored


def _store(session: Session, several: list[Block], batch: int, first: int, stored: _Stored) -> None:
    """The rows of some blocks into the tables; counted in `stored`. What is large on the way there is not copied into temp tables: DuckDB would hold
    these until the transaction ends."""
    if not several:
        return
    found = _joined([block.findings for block in several])
    with session.given(**_joined([block.tables for block in several])), ExitStack() as stack:
        for name in ("fresh", "fresh_verbatim"):
            stack.enter_context(session.given(**{name: session.arrow(sql(QUERIES / f"{name}.sql"))}))
        with session.given(found_feedback=found["found_feedback"]):
            session.run(sql(QUERIES / "collect.sql"), batch=batch)
        found = _joined([found, *read_again(session)])
        placed = session.arrow(sql(QUERIES / "placed.sql"), batch=batch)
        with session.given(placed=placed, **found):
            session.run(sql(QUERIES / "store.sql"), batch=batch, first=first)
            store_statements(session)
        session.run(sql(QUERIES / "replaced.sql"))
        stored.outcomes.append(session.frame(sql(QUERIES / "outcomes.sql")))


def store_statements(session: Session) -> None:
    """What was found into the tables statement and mention. From found_statement, found_mention and placed."""
    with session.given(numbered=session.arrow(sql(QUERIES / "numbered.sql"))):
        session.run(sql(QUERIES / "statements.sql"))


def _joined(several: list[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    return {name: pa.concat_tables([tables[name] for tables in several]) for name in several[0]}


def _empty(export: Export) -> Iterator[str]:
    """What is said of empty files in the archive."""
    for name in export.empty:
        message = _("„{name}“ ist leer; aus dieser Datei kam nichts. Exportieren Sie sie noch einmal.")
        yield message.format(name=privacy.mask_file_name(name))


def _sources(names: Counter[str]) -> str:
    """The sources of an upload in one line, the most frequent first: "Google", "NPS-Umfrage, Kartendienst …"."""
    frequent = sorted(names, key=lambda name: (-names[name], name))
    return ", ".join(frequent[:SOURCES_NAMED]) + (" …" if len(frequent) > SOURCES_NAMED else "")


def _store_questions(session: Session, batch: int, mapping: Mapping) -> int:
    """The questions of an upload into their table; gives back the id of the first."""
    first = int(session.value("SELECT coalesce(max(id), 0) + 1 FROM question"))
    if mapping.questions:
        columns = ("header", "wording", "worst", "best", "pillar", "touchpoint")
        asked = mapping.renamed(privacy.mask_text).questions
        listed = pd.DataFrame([{name: getattr(question, name) for name in columns} for question in asked])
        listed["id"] = range(first, first + len(listed))
        with session.given(asked=listed.assign(batch=batch)):
            session.run("INSERT INTO question BY NAME FROM asked")
    return first


# --- undo and redo


def undo(store: Store, batch: int) -> int:
    """Take one upload out of every number, in one transaction; how many feedbacks went. What it had updated is as it was before.

    It can come back (`redo`) until it is purged. Raises AskError if unknown or undone already.
    """
    return _flip(store, batch, undone=True)


def redo(store: Store, batch: int) -> int:
    """Bring an undone upload back; how many feedbacks came. Raises AskError if unknown or not undone."""
    return _flip(store, batch, undone=False)


def _flip(store: Store, batch: int, *, undone: bool) -> int:
    with store.writing() as session:
        _refuse_unknown(session, batch, undone=not undone)
        before = session.value("SELECT count(*) FROM feedback WHERE live")
        session.run(
            "UPDATE batch SET undone_at = $moment WHERE id = $batch", moment=now() if undone else None, batch=batch
        )
        session.run(sql(QUERIES / "newest.sql"), batch=batch)
        changed = abs(session.value("SELECT count(*) FROM feedback WHERE live") - before)
        audit(session, "undo" if undone else "redo", str(batch), changed)
    return int(changed)


def purge(store: Store, batch: int) -> int:
    """Delete an undone upload for good, from the file too; how many feedbacks went. Raises AskError if unknown or not undone."""
    with store.erasing() as session:
        _refuse_unknown(session, batch, undone=True)
        n = int(session.value("SELECT count(*) FROM feedback WHERE batch = $batch", batch=batch))
        session.run(sql(QUERIES / "remove.sql"), batches=[batch])
        audit(session, "purge", str(batch), n)
    return n


def _refuse_unknown(session: Session, batch: int, *, undone: bool) -> None:
    found = session.frame("SELECT undone_at IS NOT NULL AS undone FROM batch WHERE id = $batch", batch=batch)
    if found.empty or bool(found["undone"].iloc[0]) != undone:
        raise AskError(_("Diesen Upload gibt es so nicht mehr. Laden Sie die Seite neu."))


def audit(session: Session, action: str, subject: str, feedbacks: int) -> None:
    """Note what was done to stored feedback: the action, its subject, and how many feedbacks it touched."""
    session.run(sql(QUERIES / "audit.sql"), now=now(), action=action, subject=subject, feedbacks=feedbacks)


# --- layouts


def remember(session: Session, export: Export, mapping: Mapping) -> None:
    """Keep what the user confirmed for this layout; it is proposed next time. Not where masking makes headers alike."""
    if len({privacy.mask_text(header) for header in export.headers}) == len(export.headers):
        session.run(sql(QUERIES / "remember.sql"), headers=_layout(export.headers), mapping=kept(mapping), now=now())


def kept(mapping: Mapping) -> str:
    """A mapping as it is stored: a file without headers has its first customer there, a question may name a person."""
    given = {
        name: privacy.mask_contact(getattr(mapping, name) or "") or None for name in ("channel", "source", "product")
    }
    return replace(mapping.renamed(privacy.mask_text), **given).as_json()


def recall(store: Store, export: Export) -> Mapping | None:
    """The mapping last confirmed for a file with these headers; None where there is none.

    What belongs to one file only (its export date) is asked anew.
    """
    with store.reading() as session:
        found = session.value(
            "SELECT mapping FROM mapping_memory WHERE headers = $headers", headers=_layout(export.headers)
        )
    if found is None:
        return None
    written = {privacy.mask_text(header): header for header in export.headers}
    return Mapping.from_json(found).renamed(lambda header: written.get(header, header))


def _layout(headers: tuple[str, ...]) -> str:
    """What stands for a layout: a hash of its headers, without regard to case."""
    written = json.dumps([header.casefold() for header in headers], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


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


def _remove_demo(session: Session) -> bool:
    batches = [row for row in session.frame("SELECT id FROM batch WHERE demo")["id"]]
    if batches:
        session.run(sql(QUERIES / "remove.sql"), batches=[int(batch) for batch in batches])
    return bool(batches)


def read_again(session: Session, tell: Progress = lambda done, total, what: None) -> Iterator[Findings]:
    """What is found in the texts of the temp table fresh_text, chunk by chunk (whole feedbacks stay together), with the adjustment of
    their upload where it has one, corrections applied."""
    total = session.value("SELECT count(*) FROM fresh_text")
    corrected = session.value("SELECT count(*) FROM correction SEMI JOIN fresh_text USING (feedback)")
    numbers = text.lexicon.load().numbers
    done = 0
    for low, high, adjustment in chunks(session):
        session.run(sql(QUERIES / "chunk.sql"), low=low, high=high)
        if corrected:
            text.reading.read(session, adjustment=adjustment)
            session.run(
                sql(QUERIES / "corrections.sql"),
                negative=CORRECTED_NEGATIVE,
                positive=CORRECTED_POSITIVE,
                neutral_below=CORRECTED_NEUTRAL_BELOW,
                **{name: numbers[name] for name in ("doubt", "mixed_mass", "mixed_share_text")},
            )
            yield of_tables(session)
        else:
            yield of_reading(text.reading.interpret(session, adjustment=adjustment))
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
    with session.given(refused=listed.drop(columns="cells")):
        session.run(sql(QUERIES / "rejects.sql"), batch=batch)


def _store_batch(session: Session, report: ImportReport, export: Export, mapping: Mapping, *, demo: bool) -> None:
    session.run(
        sql(QUERIES / "batch.sql"),
        id=report.batch,
        demo=demo,
        source=report.source,
        file_name=privacy.mask_file_name(export.name),
        sha256=export.sha256,
        **{name: getattr(report, name) for name in ("rows", "added", "updated", "duplicates", "rejected", "left_out")},
        kinds=list(report.masked),
        places=list(report.masked.values()),
        doubts=list(report.doubtful),
        doubtful=list(report.doubtful.values()),
        mapping=kept(mapping),
        preset=mapping.preset,
        privacy_rules=privacy.RULES_VERSION,
        text_model=text.MODEL_VERSION,
        taxonomy=taxonomy.load().version,
        now=now(),
    )
