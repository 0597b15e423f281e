"""An upload is whole or absent, adds nothing twice, and can be taken back."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import KEY, OWN_EXPORT, table_of

from benchmarks.workbook_files import packed
from cx import text
from cx.errors import AskError, FileError
from cx.ingest import reading
from cx.ingest.importing import ImportReport, import_export, purge, recall, redo, undo
from cx.ingest.mapping import propose
from cx.ingest.reading import open_exports, read_table
from cx.model.columns import Column, Mapping
from cx.store import Store

TABLES = ("batch", "feedback", "verbatim", "statement", "mention", "reject", "mapping_memory")
HEADER = "Kommentar;Sterne;Datum\n"
GOOD = "Die Beratung war freundlich, aber die Lieferung kam zu spät.;4;07.01.2026\n"
BAD = "Niemand hat mich zurückgerufen.;1;08.01.2026\n"
STARS = ";5;09.01.2026\n"
CHOSEN = Mapping(
    columns=((Column.TEXT, "Kommentar"), (Column.RATING, "Sterne"), (Column.DATE, "Datum")),
    channel="Chat",
    source="Umfrage",
)


def counts(store: Store) -> dict[str, int]:
    with store.reading() as session:
        return {name: session.value(f"SELECT count(*) FROM {name}") for name in TABLES}


def contents(store: Store) -> dict[str, list[str]]:
    """Every row of every table but the uploads themselves, as text and in order."""
    with store.reading() as session:
        return {name: sorted(map(str, session.frame(f"FROM {name}").to_dict("records"))) for name in TABLES[:-1]}


def brought(store: Store, body: str, *, demo: bool = False, name: str = "umfrage.csv") -> ImportReport:
    return import_export(store, table_of(HEADER + body, name), CHOSEN, KEY, demo=demo)


def test_an_import_fills_every_table_and_reports_it(store: Store) -> None:
    report = brought(store, GOOD + STARS + ";neun und;\n" + BAD)
    assert (report.rows, report.added, report.duplicates, report.rejected) == (4, 3, 0, 1)
    assert report.rejects["line"].tolist() == [4]
    assert report.source == "Umfrage"
    assert report.seconds > 0
    found = counts(store)
    assert (found["batch"], found["feedback"], found["verbatim"], found["reject"]) == (1, 3, 2, 1)
    assert found["statement"] >= 2
    with store.reading() as session:
        batch = session.frame("FROM batch").iloc[0]
        feedback = session.frame("FROM feedback ORDER BY id")
        refused = session.value("SELECT cells['Sterne'] FROM reject")
    assert (batch["rows"], batch["added"], batch["duplicates"], batch["rejected"]) == (4, 3, 0, 1)
    assert (batch["file_name"], batch["text_model"]) == ("umfrage.csv", text.MODEL_VERSION)
    assert json.loads(batch["mapping"])["channel"] == "Chat"
    assert feedback["submitted_at"].dt.day.tolist() == [7, 9, 8]  # in the order of the file
    assert feedback["polarity"].isna().tolist() == [False, True, False]
    assert refused == "neun und"


def test_statements_point_into_the_stored_text(store: Store) -> None:
    brought(store, GOOD + BAD)
    with store.reading() as session:
        found = session.frame("SELECT s.*, v.text FROM statement s JOIN verbatim v ON v.id = s.verbatim ORDER BY s.id")
        orphans = session.value("SELECT count(*) FROM mention WHERE statement NOT IN (SELECT id FROM statement)")
    pieces = [row["text"][row["start"] : row["stop"]] for row in found.to_dict("records")]
    assert pieces == [
        "Die Beratung war freundlich",
        "aber die Lieferung kam zu spät.",
        "Niemand hat mich zurückgerufen.",
    ]
    assert orphans == 0


def test_progress_is_told_in_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_ROWS", 2)
    told: list[tuple[int, int, str]] = []
    table = table_of(HEADER + GOOD + BAD + STARS)
    import_export(store, table, CHOSEN, KEY, progress=lambda *said: told.append(said))
    assert told == [(0, 3, "Zeilen"), (2, 3, "Zeilen"), (3, 3, "Zeilen")]


# --- the same again


def test_the_same_file_again_adds_nothing(store: Store) -> None:
    first = brought(store, GOOD + BAD + STARS + STARS)
    before = contents(store)
    again = brought(store, GOOD + BAD + STARS + STARS)
    after = contents(store)
    assert (first.added, again.added, again.duplicates) == (4, 0, 4)
    assert {name: rows for name, rows in before.items() if name != "batch"} == {
        name: rows for name, rows in after.items() if name != "batch"
    }


def test_a_file_with_k_equal_rows_brings_the_stored_count_to_at_least_k(store: Store) -> None:
    assert [brought(store, STARS * k).added for k in (2, 1, 5, 3)] == [2, 0, 3, 0]


ROWS = st.lists(st.sampled_from([GOOD, BAD, STARS]), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None)
@given(ROWS, ROWS)
def test_two_files_leave_the_larger_count_of_each_row(one: list[str], other: list[str]) -> None:
    store = Store()
    brought(store, "".join(one))
    brought(store, "".join(other))
    assert counts(store)["feedback"] == sum(max(one.count(row), other.count(row)) for row in (GOOD, BAD, STARS))
    store.close()


def test_a_repeated_id_within_a_file_is_a_duplicate(store: Store) -> None:
    table = table_of("Review ID;Kommentar\nR7;gut gemacht, danke\nR7;gut gemacht, danke\nR9;schlecht gemacht, leider\n")
    mapping = replace(propose(table), columns=tuple(zip(("source_id", "text"), table.headers, strict=True)))
    report = import_export(store, table, mapping, KEY)
    assert (report.added, report.duplicates) == (2, 1)


# --- taking back


def shown(store: Store) -> list[str]:
    """The live feedback with its texts, as text and in order."""
    with store.reading() as session:
        found = session.frame(
            "SELECT f.*, v.text FROM feedback f LEFT JOIN verbatim v ON v.feedback = f.id WHERE f.live"
        )
    return sorted(map(str, found.to_dict("records")))


def test_undo_shows_exactly_what_was_before_and_redo_what_was_after(store: Store) -> None:
    brought(store, GOOD + STARS)
    before = shown(store)
    report = brought(store, BAD + STARS + ";neun und;\n")
    after = shown(store)
    assert undo(store, report.batch) == report.added == 1
    assert shown(store) == before
    assert redo(store, report.batch) == 1
    assert shown(store) == after


def test_purge_leaves_nothing_of_an_undone_upload(store: Store) -> None:
    brought(store, GOOD + STARS)
    before = contents(store)
    report = brought(store, BAD + ";neun und;\n")
    with pytest.raises(AskError):
        purge(store, report.batch)
    undo(store, report.batch)
    assert purge(store, report.batch) == 1
    assert contents(store) == before
    undo(store, 1)
    purge(store, 1)
    assert all(n == 0 for name, n in counts(store).items() if name != "mapping_memory")


def test_what_was_undone_can_be_imported_again(store: Store) -> None:
    undo(store, brought(store, GOOD).batch)
    assert brought(store, GOOD).added == 1
    assert len(shown(store)) == 1


def test_redo_beside_the_same_rows_imported_meanwhile_doubles_nothing(store: Store) -> None:
    first = brought(store, GOOD + BAD)
    undo(store, first.batch)
    brought(store, GOOD)
    assert redo(store, first.batch) == 1
    assert len(shown(store)) == 2


def test_an_unknown_batch_is_refused(store: Store) -> None:
    for flip in (undo, redo, purge):
        with pytest.raises(AskError, match="nicht mehr"):
            flip(store, 7)


def test_every_change_is_in_the_audit(store: Store) -> None:
    report = brought(store, GOOD + BAD)
    undo(store, report.batch)
    redo(store, report.batch)
    with store.reading() as session:
        found = session.frame("SELECT action, subject, feedbacks FROM audit ORDER BY id")
    assert found.to_numpy().tolist() == [["import", "1", 2], ["undo", "1", 2], ["redo", "1", 2]]


# --- another version of the same feedback

REVIEWS = "Review ID;Kommentar;Sterne;Antwort\n"


def versioned(store: Store, *lines: str) -> ImportReport:
    table = table_of(REVIEWS + "".join(f"{line}\n" for line in lines), "bewertungen.csv")
    columns = zip((Column.SOURCE_ID, Column.TEXT, Column.RATING, Column.REPLY), table.headers, strict=True)
    return import_export(store, table, replace(CHOSEN, columns=tuple(columns)), KEY)


FIRST, OTHER = "R1;Die Lieferung kam zu spät.;1;", "R2;Alles bestens, danke.;5;"
REPLIED = "R1;Die Lieferung kam zu spät.;1;Das tut uns leid."
CHANGED = "R1;Die Lieferung kam zu spät. Aber der Service war freundlich.;3;Das tut uns leid."


def test_a_changed_reply_or_text_updates_and_never_doubles(store: Store) -> None:
    versioned(store, FIRST, OTHER)
    replied = versioned(store, REPLIED, OTHER)
    assert (replied.added, replied.updated, replied.duplicates) == (0, 1, 1)
    assert replied.outcomes.to_numpy().tolist() == [[2, "updated"], [3, "unchanged"]]
    versioned(store, CHANGED)
    with store.reading() as session:
        found = session.frame("SELECT rating, coalesce(reply, '') FROM feedback WHERE live ORDER BY rating")
    assert found.to_numpy().tolist() == [[3.0, "Das tut uns leid."], [5.0, ""]]


STATES = {1: FIRST, 2: REPLIED, 3: CHANGED}


@pytest.fixture(scope="module")
def alone() -> dict[int, list[list[object]]]:
    """What each state of a review leaves where it is the only upload."""
    found = {}
    for batch, line in STATES.items():
        store = Store()
        versioned(store, line)
        found[batch] = texts_and_scores(store)
        store.close()
    return found


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_undo_in_any_order_brings_the_newest_of_what_is_left(
    store: Store, alone: dict[int, list[list[object]]], order: tuple[int, int]
) -> None:
    for line in STATES.values():
        versioned(store, line)
    left = set(STATES)
    for batch in order:
        undo(store, batch)
        left.discard(batch)
        assert texts_and_scores(store) == alone[max(left)]
        redo(store, batch)
        assert texts_and_scores(store) == alone[max(left | {batch})]
        undo(store, batch)
        assert texts_and_scores(store) == alone[max(left)]


def texts_and_scores(store: Store) -> list[list[object]]:
    with store.reading() as session:
        found = session.frame(
            "SELECT f.rating, f.reply, f.polarity, v.text FROM feedback f JOIN verbatim v ON v.feedback = f.id WHERE f.live"
        )
    return found.astype(object).where(found.notna(), None).to_numpy().tolist()


# --- demo and own


def test_the_first_own_import_removes_the_demo_for_good(store: Store) -> None:
    brought(store, GOOD + BAD, demo=True)
    report = brought(store, GOOD + STARS)
    assert report.demo_removed
    assert report.added == 2  # what the demo says as well is own feedback all the same
    with store.reading() as session:
        assert session.frame("SELECT DISTINCT demo FROM batch")["demo"].tolist() == [False]
    assert counts(store)["feedback"] == 2
    assert not brought(store, BAD).demo_removed


def test_demo_data_never_join_own_feedback(store: Store) -> None:
    brought(store, GOOD)
    before = contents(store)
    with pytest.raises(FileError, match="eigenes Feedback"):
        brought(store, BAD, demo=True)
    assert contents(store) == before


def test_the_demo_twice_is_the_demo_once(store: Store) -> None:
    assert [brought(store, GOOD + BAD, demo=True).added for _time in range(2)] == [2, 0]


# --- nothing or all


def test_a_file_without_any_usable_row_leaves_the_database_alone(store: Store) -> None:
    brought(store, GOOD)
    before, version = contents(store), store.version
    with pytest.raises(FileError, match="Keine Zeile lässt sich übernehmen"):
        brought(store, ";neun und;\n;;01.01.2026\n")
    assert (contents(store), store.version) == (before, version)


def test_an_error_while_texts_are_read_leaves_the_database_alone(store: Store) -> None:
    brought(store, GOOD)
    before = contents(store)
    table = table_of(HEADER + BAD)

    def failing(done: int, total: int, what: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_export(store, table, propose(table), KEY, progress=failing)
    assert contents(store) == before
    assert brought(store, BAD).added == 1


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "'; DROP TABLE feedback; --",
    '=HYPERLINK("http://x.example";"Klick")',
    "@SUM(A1:A9)",
    "{{7*7}} ${jndi:ldap://x} %s %n {0}",
    "../../etc/passwd",
    "[Link](javascript:alert(1)) ![Bild](http://x.example/y.png)",
    "\u202everkehrt\u202c 👩‍👩‍👧 e\u0301 ﷽",
    "NULL",
]


def test_hostile_cells_are_stored_to_the_character(store: Store) -> None:
    body = "".join('"' + cell.replace('"', '""') + '";3;07.01.2026\n' for cell in HOSTILE)
    brought(store, body)
    with store.reading() as session:
        stored = session.frame("SELECT text FROM verbatim ORDER BY id")["text"].tolist()
    expected = [cell for cell in HOSTILE if cell != "NULL"]  # a word for nothing, as databases export it
    assert stored == expected


# --- the layout is remembered


def test_a_confirmed_mapping_is_proposed_for_the_same_headers_only(store: Store) -> None:
    table = table_of(HEADER + GOOD)
    assert recall(store, table) is None
    chosen = replace(
        propose(table), channel="Chat", rating_scale=(0, 5), export_date=date(2026, 3, 31), day_first=False
    )
    import_export(store, table, chosen, KEY)
    assert recall(store, table_of(HEADER + BAD)) == replace(chosen, export_date=None)
    assert recall(store, table_of("Text;Sterne;Datum\n" + GOOD)) is None
    import_export(store, table_of(HEADER + BAD), replace(chosen, channel="Telefon"), KEY)
    assert recall(store, table).channel == "Telefon"
    assert counts(store)["mapping_memory"] == 1


def test_the_own_example_imports_with_its_doubles(store: Store) -> None:
    table = read_table(OWN_EXPORT, OWN_EXPORT.name)
    mapping = replace(propose(table), channel="Google", export_date=date(2026, 3, 31))
    reports = [import_export(store, table, mapping, KEY) for _time in range(2)]
    assert [(report.added, report.duplicates, report.rejected) for report in reports] == [(40, 0, 0), (0, 40, 0)]
    assert counts(store)["verbatim"] == 33


def test_empty_files_of_an_archive_are_named(store: Store) -> None:
    content = packed(
        {"petra.hansen@example.org.csv": "", "mai.csv": HEADER + GOOD, "juni.csv": HEADER + BAD, "juli.csv": " \n"}
    )
    first, second = open_exports(content, "archiv.zip")
    reports = [import_export(store, export, CHOSEN, KEY) for export in (first, second)]
    assert first.empty == ("archiv.zip/petra.hansen@example.org.csv", "archiv.zip/juli.csv")
    assert [note.split(";")[0] for note in reports[0].notes] == [
        "„archiv.zip/[E-Mail].csv“ ist leer",
        "„archiv.zip/juli.csv“ ist leer",
    ]
    assert reports[1].notes == ()


def test_nothing_is_written_beside_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path / "cx.duckdb")
    brought(store, GOOD + BAD)
    store.close()
    assert {path.name for path in tmp_path.iterdir()} <= {"cx.duckdb", "cx.duckdb.wal"}
