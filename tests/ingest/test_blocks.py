"""A file of several blocks leaves what a file of one block leaves, whatever was there before and whoever works on them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pyarrow as pa
import pytest
from ingest_files import KEY
from test_importing import CHOSEN, contents

from cx.errors import StoreError
from cx.ingest import apart, blocks, findings, importing, reading, rescoring
from cx.ingest.blocks import Block, Terms
from cx.ingest.findings import Findings
from cx.ingest.importing import ImportReport, import_export
from cx.ingest.reading import Export, Table, open_exports
from cx.ingest.rescoring import Correction
from cx.model.columns import Column, Field
from cx.store import Session, Store

HEADER = "Nr;Titel;Kommentar;Verbesserung;Sterne;Datum;Sprache;Antwort\n"
LANGUAGES = ("de", "", "en")
MAPPING = replace(
    CHOSEN,
    columns=(
        (Column.SOURCE_ID, "Nr"),
        (Column.TITLE, "Titel"),
        (Column.TEXT, "Kommentar"),
        (Column.RATING, "Sterne"),
        (Column.DATE, "Datum"),
        (Column.LANGUAGE, "Sprache"),
        (Column.REPLY, "Antwort"),
    ),
    texts=((Field.IMPROVEMENT, "Verbesserung"),),
)
BLOCK = 7


def row(n: int, reply: str = "") -> str:
    title = f"Paket {n}" if n % 3 else ""
    text = (
        "The parcel was late and the staff was very rude to me."
        if n % 11 == 0
        else f"Die Beratung {n} war gut, aber teuer."
    )
    return f'{n};{title};"{text}\nMit freundlichen Grüßen, Petra Hoffmann";{"Mehr Personal." * (n % 2)};{n % 5 + 1};{n % 28 + 1}.01.2026;{LANGUAGES[n % 3]};{reply}\n'


STARS = ";;;;5;24.01.2026;;\n"  # without a number of its own: as often as it stands there
FIRST = HEADER + STARS + "".join(map(row, range(15))) + STARS + "".join(map(row, range(15, 30)))
SECOND = (
    HEADER
    + STARS
    + "".join(map(row, range(20, 60)))
    + STARS
    + row(25, "Danke.")
    + "".join(row(n, "Danke.") for n in range(10))
    + STARS
    + row(59)
)


def export(body: str) -> Export:
    [found] = open_exports(body.encode(), "umfrage.csv")
    return found


def imported(store: Store, body: str) -> ImportReport:
    return import_export(store, export(body), MAPPING, KEY)


def corrected(store: Store) -> None:
    with store.reading() as session:
        statement = session.value(
            "SELECT min(s.id) FROM statement s JOIN verbatim v ON v.id = s.verbatim WHERE v.text LIKE '%Beratung 5 %'"
        )
    rescoring.correct(store, statement, [Correction("negative"), Correction("positive", "pillar", "trust")])


def stored(first: str, second: str) -> tuple[dict[str, list[str]], ImportReport]:
    with_both = Store()
    imported(with_both, first)
    corrected(with_both)
    report = imported(with_both, second)
    found = contents(with_both)
    del found["batch"]  # the time of the import
    with with_both.reading() as session:
        columns = "* EXCLUDE (id, made_at)"
        found["correction"] = sorted(map(str, session.frame(f"SELECT {columns} FROM correction").to_dict("records")))
    with_both.close()
    return found, report


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(importing, "STORED_AT_ONCE", 2)


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_what_is_read_in_blocks_is_what_is_read_at_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    whole, report = stored(FIRST, SECOND)
    given: list[int] = []
    plain = findings.found_in

    def counted(session: Session, texts: pa.Table, languages: pa.Table) -> Findings:
        given.append(len(set(texts["feedback"].to_pylist())))
        return plain(session, texts, languages)

    monkeypatch.setattr(blocks, "found_in", counted)
    monkeypatch.setattr(reading, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(importing, "STORED_AT_ONCE", at_once)
    parted, same = stored(FIRST, SECOND)
    assert (same.added, same.updated, same.duplicates) == (report.added, report.updated, report.duplicates)
    assert report.updated == 10
    assert parted == whole
    assert max(given) == BLOCK
    assert sum(given[:5]) == 30
    assert sum(given[5:]) == 42  # of 52: what is stored to the letter is not read again


@pytest.mark.usefixtures("small_blocks")
def test_an_error_while_texts_are_read_leaves_the_database_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(store, FIRST)
    before = contents(store)

    def failing(*_given: object) -> None:
        raise StoreError("Die Platte ist voll.")

    with monkeypatch.context() as broken:
        broken.setattr(findings.reading, "interpret", failing)
        with pytest.raises(StoreError, match="voll"):
            imported(store, SECOND)
    assert contents(store) == before
    assert imported(store, SECOND).updated == 10


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of more than one block are shared with another process."""
    monkeypatch.setattr(blocks, "APART_ROWS", BLOCK + 1)
    monkeypatch.setattr(blocks.os, "cpu_count", lambda: 2)


Work = Callable[[Table], Block | None]


def standing_in(monkeypatch: pytest.MonkeyPatch, made: Callable[[Terms], Work]) -> None:
    """What `made` makes of the terms works instead of the other process."""

    @contextmanager
    def worker(_work: object, terms: Terms) -> Iterator[Work]:
        yield made(terms)

    monkeypatch.setattr(apart, "worker", worker)


@pytest.mark.usefixtures("small_blocks", "shared")
def test_who_gives_up_leaves_no_thread_and_no_row(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, lambda _terms: lambda _table: None)
    before, threads = contents(store), threading.active_count()

    def impatient(done: int, _total: int, _what: str) -> None:
        if done > BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_export(store, export(FIRST), MAPPING, KEY, progress=impatient)
    assert contents(store) == before
    assert threading.active_count() == threads


@pytest.mark.usefixtures("small_blocks", "shared")
@pytest.mark.parametrize("able", [True, False])
def test_every_block_is_worked_on_once_by_whoever_has_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, able: bool
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    here, there = [], []
    plain = blocks.block

    def slow(terms: Terms) -> Work:
        def work(table: Table) -> Block | None:
            begun.set()
            assert may_go_on.wait(60)
            there.extend(table.lines)
            with store.reading() as session:
                return plain(table, terms, session) if able else None

        return work

    def noted(table: Table, terms: Terms, session: Session) -> Block:
        assert begun.wait(60)
        here.extend(table.lines)
        may_go_on.set()
        return plain(table, terms, session)

    standing_in(monkeypatch, slow)
    monkeypatch.setattr(blocks, "block", noted)
    body = HEADER + "".join(map(row, range(70)))
    lines = export(body).head.lines.tolist()
    report = imported(store, body)
    assert report.added == 70
    assert report.outcomes["line"].tolist() == lines
    assert sorted(here + there if able else here) == lines
    with store.reading() as session:
        texts = session.frame("SELECT text FROM verbatim WHERE field = 'text' AND text LIKE 'Die%' ORDER BY feedback")[
            "text"
        ]
    assert texts.str.extract(r"Beratung (\d+)")[0].astype(int).is_monotonic_increasing
    assert len(there) >= BLOCK
    assert len(here) >= BLOCK


@pytest.mark.usefixtures("small_blocks", "shared")
def test_nobody_runs_far_ahead_of_a_process_that_is_stuck(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[int] = []
    before_the_first: list[int] = []
    plain = blocks.block

    def slow(_terms: Terms) -> Work:
        def work(_table: Table) -> None:
            if not before_the_first:
                seen = -1
                while seen < len(here) or not here:
                    seen = len(here)
                    time.sleep(0.3)
                before_the_first.append(seen)

        return work

    def noted(table: Table, terms: Terms, session: Session) -> Block:
        here.append(len(table))
        return plain(table, terms, session)

    standing_in(monkeypatch, slow)
    monkeypatch.setattr(blocks, "block", noted)
    monkeypatch.setattr(blocks, "WAITING", 1)
    monkeypatch.setattr(blocks, "AHEAD", 3)
    assert imported(store, HEADER + "".join(map(row, range(140)))).added == 140
    assert before_the_first[0] <= 4  # of 20 blocks
