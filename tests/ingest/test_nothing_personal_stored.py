"""Wherever a file carries an address or a number of a person, the database never holds it."""

from pathlib import Path

import pytest
from ingest_files import KEY

from cx.ingest.importing import import_export, recall
from cx.ingest.mapping import propose
from cx.ingest.reading import read_table
from cx.ingest.rights import needs_remasking, remask
from cx.store import Store

MAIL, PHONE = "erika.muster@example.org", "030 23125321"
HEADER = f"Kommentar;Sterne;Kanal;Filiale;Produkt;Quelle;Wie zufrieden sind Sie mit {MAIL}?;Verbesserungen für {MAIL}"
ROWS = (
    f"Bitte an {MAIL};5;Mail {MAIL};Köln {MAIL};Tarif {PHONE};Portal {MAIL};sehr zufrieden;Mehr Personal, sagt {MAIL}\n"
    f"Alles bestens gelaufen;4;Mail {MAIL};Köln {MAIL};Tarif {PHONE};Portal {MAIL};eher zufrieden;Bitte {PHONE} zurückrufen\n"
    f";{MAIL};Chat;;;;{MAIL};\n"
)
WITHOUT_HEADER = f"{MAIL};Das Paket kam zu spät an;2\nandere@example.org;Alles gut, gern wieder;5\n"


def everything(store: Store) -> str:
    """All cells of all tables, whatever their compression on the disk."""
    with store.reading() as session:
        names = session.frame("SELECT table_name AS name FROM duckdb_tables() WHERE NOT temporary")["name"]
        return "\n".join(session.frame(f"FROM {name}").astype(str).to_json(force_ascii=False) for name in names)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.csv", f"{HEADER}\n{ROWS}"),
        (f"Export für {MAIL}.csv", f"{HEADER}\n{ROWS}"),
        ("ohne_kopf.csv", WITHOUT_HEADER),
    ],
)
def test_no_table_holds_an_address_or_a_number(tmp_path: Path, name: str, content: str) -> None:
    store = Store(tmp_path / "cx.duckdb")
    table = read_table(content.encode(), name)
    report = import_export(store, table, propose(table), KEY)
    assert report.added == (2 if content.startswith(HEADER) else 1)
    stored = everything(store)
    store.close()
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for personal in (MAIL, PHONE, "andere@example.org"):
        assert personal not in stored
        assert personal.encode() not in on_disk


def test_a_layout_is_known_again_without_its_headers_being_stored(tmp_path: Path) -> None:
    store = Store(tmp_path / "cx.duckdb")
    table = read_table(f"{HEADER}\n{ROWS}".encode(), "export.csv")
    chosen = propose(table)
    import_export(store, table, chosen, KEY)
    known = recall(store, table)
    assert known is not None
    assert known.columns == chosen.columns
    assert known.texts == chosen.texts
    assert [question.header for question in known.questions] == [question.header for question in chosen.questions]


def test_masking_again_reaches_what_older_rules_left(tmp_path: Path) -> None:
    store = Store(tmp_path / "cx.duckdb")
    table = read_table(f"{HEADER}\n{ROWS}".encode(), "export.csv")
    import_export(store, table, propose(table), KEY)
    with store.writing() as session:
        session.run(
            "UPDATE feedback SET location = $text; UPDATE batch SET file_name = $text, privacy_rules = '';"
            "UPDATE question SET wording = $text; UPDATE reject SET cells = map([$text], ['x'])",
            text=f"für {MAIL}",
        )
    assert MAIL in everything(store)
    remask(store)
    assert MAIL not in everything(store)
    assert not needs_remasking(store)
