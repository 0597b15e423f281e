"""Corrections override the reader, survive another reading and can be taken back; all texts can be read again."""

from pathlib import Path

import pandas as pd
import pytest
from ingest_files import KEY, table_of
from killing import kill_in_the_middle

from cx.errors import AskError
from cx.ingest import importing, rescoring
from cx.ingest.importing import import_export, purge, redo, undo
from cx.ingest.mapping import propose
from cx.model.correction import Correction
from cx.model.limits import CORRECTED_NEGATIVE, CORRECTED_POSITIVE
from cx.store import Store

HEADER = "Kommentar;Sterne;Datum\n"
ROWS = (
    "Die Beratung war freundlich, aber die Lieferung kam zu spät.;4;07.01.2026\n"
    "Niemand hat mich zurückgerufen.;1;08.01.2026\n"
    "The parcel arrived two days late and nobody told me.;2;09.01.2026\n"
    ";5;10.01.2026\n"
)


@pytest.fixture
def filled(store: Store) -> Store:
    table = table_of(HEADER + ROWS)
    import_export(store, table, propose(table), KEY)
    return store


def frame(store: Store, query: str) -> pd.DataFrame:
    with store.reading() as session:
        return session.frame(query)


def statement(store: Store, words: str) -> int:
    found = frame(
        store, "SELECT s.id, v.text[s.start + 1 : s.stop] AS body FROM statement s JOIN verbatim v ON v.id = s.verbatim"
    )
    return int(found.loc[found["body"].str.contains(words), "id"].iloc[0])


def judged(store: Store, words: str) -> pd.Series:
    return frame(store, f"FROM statement WHERE id = {statement(store, words)}").iloc[0]


def mentions(store: Store, words: str) -> dict[str, tuple[float, str]]:
    found = frame(store, f"FROM mention WHERE statement = {statement(store, words)}")
    return {row.aspect: (row.polarity, row.label) for row in found.itertuples()}


def scored(store: Store) -> list[dict]:
    """What is read, without the ids that a reading gives out."""
    tables = ("FROM feedback ORDER BY id", "SELECT * EXCLUDE id FROM statement ORDER BY verbatim, ordinal",
              "SELECT m.* EXCLUDE statement, s.verbatim, s.ordinal FROM mention m JOIN statement s ON s.id = m.statement "
              "ORDER BY ALL")  # fmt: skip
    return [frame(store, table).astype(str).to_dict("list") for table in tables]


# --- correcting


def test_a_corrected_label_turns_statement_mentions_and_feedback(filled: Store) -> None:
    before = judged(filled, "Beratung")
    assert before["label"] == "positive"
    version = filled.version
    rescoring.correct(filled, before["id"], [Correction("negative")])
    after = judged(filled, "Beratung")
    assert (after["label"], after["polarity"]) == ("negative", CORRECTED_NEGATIVE)
    assert mentions(filled, "Beratung")
    assert {label for _polarity, label in mentions(filled, "Beratung").values()} == {"negative"}
    whole = frame(filled, "SELECT * FROM feedback WHERE rating = 4").iloc[0]
    assert whole["label"] == "negative"
    assert whole["emotion"] == CORRECTED_NEGATIVE
    assert judged(filled, "Niemand")["label"] == "negative"
    assert filled.version == version + 1


@pytest.mark.parametrize("label", ["negative", "neutral", "positive", "mixed"])
def test_a_feedback_of_one_statement_takes_its_corrected_label(filled: Store, label: str) -> None:
    rescoring.correct(filled, statement(filled, "Niemand"), [Correction(label)])
    whole = frame(filled, "SELECT * FROM feedback WHERE rating = 1").iloc[0]
    assert whole["label"] == label
    assert (whole["polarity"] > 0) == (label == "positive")


def test_confirming_what_was_read_changes_no_number(filled: Store) -> None:
    before = scored(filled)
    label = judged(filled, "Niemand")["label"]
    rescoring.correct(filled, statement(filled, "Niemand"), [Correction(label)])
    assert scored(filled) == before
    assert filled.frame("corrections")["read_as"].tolist() == [label]


def test_aspects_are_added_turned_and_removed(filled: Store) -> None:
    rescoring.correct(
        filled,
        statement(filled, "Beratung"),
        [Correction("positive", "pillar", "trust"), Correction("none", "pillar", "emotion"), Correction("mixed", "touchpoint", "staff")],
    )  # fmt: skip
    found = mentions(filled, "Beratung")
    assert found["trust"] == (CORRECTED_POSITIVE, "positive")
    assert "emotion" not in found
    assert found["staff"] == (0, "mixed")
    whole = frame(filled, "SELECT trust, emotion, label FROM feedback WHERE rating = 4").iloc[0]
    assert whole["trust"] == CORRECTED_POSITIVE
    assert pd.isna(whole["emotion"])


def test_feedback_in_another_language_can_be_judged_by_hand(filled: Store) -> None:
    rescoring.correct(
        filled, statement(filled, "parcel"), [Correction("negative"), Correction("negative", "pillar", "effort")]
    )
    whole = frame(filled, "FROM feedback WHERE rating = 2").iloc[0]
    assert (whole["language"], whole["label"], whole["effort"]) == ("en", "negative", CORRECTED_NEGATIVE)
    assert filled.frame("corrections")["read_as"].isna().all()


def test_a_second_correction_of_the_same_thing_replaces_the_first(filled: Store) -> None:
    for label in ("positive", "neutral"):
        rescoring.correct(filled, statement(filled, "Niemand"), [Correction(label)])
    assert filled.frame("corrections")["label"].tolist() == ["neutral"]
    assert judged(filled, "Niemand")["label"] == "neutral"


def test_a_withdrawn_correction_leaves_no_trace(filled: Store) -> None:
    before = scored(filled)
    rescoring.correct(
        filled, statement(filled, "Beratung"), [Correction("negative"), Correction("none", "pillar", "emotion")]
    )
    assert scored(filled) != before
    rescoring.withdraw(filled, filled.frame("corrections")["id"])
    assert scored(filled) == before
    with pytest.raises(AskError, match="gibt es nicht mehr"):
        rescoring.withdraw(filled, [1])


@pytest.mark.parametrize(
    "wrong",
    [Correction("great"), Correction("none"), Correction("negative", "pillar", "staff"), Correction("negative", "touchpoint", "trust"),
     Correction("negative", "mood", ""), Correction("negative", "polarity", "trust")],
)  # fmt: skip
def test_what_the_model_does_not_know_is_refused(filled: Store, wrong: Correction) -> None:
    before, version = scored(filled), filled.version
    with pytest.raises(AskError):
        rescoring.correct(filled, statement(filled, "Niemand"), [wrong])
    assert (scored(filled), filled.version) == (before, version)


def test_an_unknown_statement_is_refused(filled: Store) -> None:
    with pytest.raises(AskError, match="gibt es nicht mehr"):
        rescoring.correct(filled, 10_000, [Correction("negative")])


def test_undo_takes_the_corrections_of_its_upload_along(filled: Store) -> None:
    rescoring.correct(filled, statement(filled, "Niemand"), [Correction("positive")])
    undo(filled, 1)
    assert filled.frame("corrections").empty
    redo(filled, 1)
    assert len(filled.frame("corrections")) == 1
    undo(filled, 1)
    purge(filled, 1)
    assert frame(filled, "FROM correction").empty


# --- reading again


def test_reading_again_changes_nothing_where_nothing_has_changed(filled: Store) -> None:
    before = scored(filled)
    seen: list[tuple[int, int, str]] = []
    assert rescoring.rescore(filled, lambda *told: seen.append(told)) == 3
    assert scored(filled) == before
    assert seen[-1] == (3, 3, "Texte")


def test_corrections_survive_reading_again_in_many_chunks(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rescoring.correct(
        filled, statement(filled, "Beratung"), [Correction("negative"), Correction("positive", "pillar", "trust")]
    )
    before = scored(filled)
    monkeypatch.setattr(importing, "CHUNK", 1)
    rescoring.rescore(filled)
    assert scored(filled) == before


def test_a_correction_stays_with_its_place_when_the_text_is_cut_otherwise(filled: Store) -> None:
    rescoring.correct(filled, statement(filled, "Beratung"), [Correction("negative")])
    with filled.writing() as session:
        session.run("UPDATE correction SET start = start + 3, stop = stop + 4")
    rescoring.rescore(filled)
    assert judged(filled, "Beratung")["label"] == "negative"
    assert frame(filled, "SELECT count(*) AS n FROM statement WHERE label = 'negative'")["n"].tolist() == [3]


def test_reading_again_names_the_present_reader(filled: Store) -> None:
    assert not rescoring.is_outdated(filled)
    with filled.writing() as session:
        session.run("UPDATE batch SET text_model = '0.old'")
        session.run("UPDATE statement SET label = 'neutral', polarity = 0")
    assert rescoring.is_outdated(filled)
    version = filled.version
    rescoring.rescore(filled)
    assert not rescoring.is_outdated(filled)
    assert judged(filled, "Niemand")["label"] == "negative"
    assert filled.version == version + 1


def test_an_empty_database_can_be_read_again(store: Store) -> None:
    assert rescoring.rescore(store) == 0
    assert not rescoring.is_outdated(store)


SCRIPT = """
from cx.ingest import importing, rescoring
from cx.ingest.mapping import propose
from cx.ingest.reading import read_table
from cx.store import Store

store = Store(folder / "cx.duckdb")
table = read_table(folder / "file.csv", "file.csv")
importing.import_export(store, table, propose(table), b"k" * 32)
with store.writing() as session:
    session.run("UPDATE batch SET text_model = '0.old'; UPDATE statement SET label = 'mixed', polarity = 0")
importing.CHUNK = 100

def told(done, total, what):
    if done >= total / 2:
        in_the_middle()

rescoring.rescore(store, told)
"""


def test_kill_9_in_the_middle_leaves_what_was_read_before(tmp_path: Path) -> None:
    body = "".join(f"Paket {n} kam zu spät, keiner half mir.;{n % 5 + 1};08.01.2026\n" for n in range(1_000))
    (tmp_path / "file.csv").write_text(HEADER + body, encoding="utf-8")
    kill_in_the_middle(SCRIPT, tmp_path)
    store = Store(tmp_path / "cx.duckdb")
    assert frame(store, "SELECT DISTINCT text_model FROM batch")["text_model"].tolist() == ["0.old"]
    assert frame(store, "SELECT DISTINCT label FROM statement")["label"].tolist() == ["mixed"]
    assert frame(store, "SELECT count(*) AS n FROM statement")["n"][0] >= 1_000
    assert rescoring.is_outdated(store)
    store.close()
