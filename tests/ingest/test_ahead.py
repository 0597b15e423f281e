"""A file of several blocks is read ahead: stored is what a file of one block leaves, whatever was there before."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest
from ingest_files import KEY
from test_importing import CHOSEN, contents

from cx.errors import StoreError
from cx.ingest import ahead, findings, importing, reading, rescoring
from cx.ingest.findings import Findings
from cx.ingest.importing import ImportReport, import_export
from cx.ingest.reading import Export, open_exports
from cx.ingest.rescoring import Correction
from cx.model.columns import Column, Field
from cx.store import Store

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


FIRST = HEADER + "".join(map(row, range(30)))
SECOND = (
    HEADER
    + "".join(map(row, range(20, 60)))
    + row(25, "Danke.")
    + "".join(row(n, "Danke.") for n in range(10))
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
    monkeypatch.setattr(importing, "BLOCK_ROWS", BLOCK)


def test_what_is_read_ahead_is_what_is_read_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, report = stored(FIRST, SECOND)
    given: list[int] = []
    plain = ahead.Ahead.give

    def counted(self: ahead.Ahead, texts: pa.Table, languages: pa.Table) -> Iterator[Findings]:
        given.append(len(set(texts["feedback"].to_pylist())))
        return plain(self, texts, languages)

    monkeypatch.setattr(ahead.Ahead, "give", counted)
    monkeypatch.setattr(reading, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(importing, "BLOCK_ROWS", BLOCK)
    parted, same = stored(FIRST, SECOND)
    assert (same.added, same.updated, same.duplicates) == (report.added, report.updated, report.duplicates)
    assert report.updated == 10
    assert parted == whole
    assert sum(given[:5]) == 30
    assert sum(given[5:]) == 42  # of 52: what is stored to the letter is not read again


@pytest.mark.usefixtures("small_blocks")
def test_an_error_while_texts_are_read_ahead_leaves_the_database_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
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


@pytest.mark.usefixtures("small_blocks")
def test_who_gives_up_leaves_no_thread_and_no_row(store: Store) -> None:
    before, threads = contents(store), threading.active_count()

    def impatient(done: int, _total: int, _what: str) -> None:
        if done > BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_export(store, export(FIRST), MAPPING, KEY, progress=impatient)
    assert contents(store) == before
    assert threading.active_count() == threads


@pytest.mark.parametrize("shared", [False, True])
def test_every_text_is_read_once_with_all_of_its_feedback_by_whoever_has_time(
    monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    monkeypatch.setattr(ahead, "PIECE", 2)
    monkeypatch.setattr(ahead, "WAITING", 3)
    begun, may_go_on = threading.Event(), threading.Event()

    def slow(texts: pa.Table, _languages: pa.Table) -> Findings:
        begun.set()
        assert may_go_on.wait(60)
        return {"thread": texts}

    def here(texts: pa.Table, _languages: pa.Table) -> Findings:
        assert begun.wait(60)
        return {"here": texts}

    texts = pa.table(
        {"text": range(20), "feedback": [-(n // 2) for n in range(10)] * 2}
    )  # two blocks of five feedbacks
    texts = texts.append_column("body", texts["text"].cast(pa.string()))
    reader = ahead.Ahead(slow, here if shared else None)
    try:
        if not shared:
            may_go_on.set()
        found = [each for block in (texts.slice(0, 10), texts.slice(10)) for each in reader.give(block, block)]
        read_meanwhile = len(found)
        may_go_on.set()
        found += reader.rest()
    finally:
        reader.stop()
    pieces = [piece for each in found for piece in each.values()]
    assert sorted(text for piece in pieces for text in piece["text"].to_pylist()) == list(range(20))
    assert all(len(piece) == 2 * len(set(piece["feedback"].to_pylist())) <= 4 for piece in pieces)
    assert read_meanwhile >= 3
    assert any("here" in each for each in found) == shared
