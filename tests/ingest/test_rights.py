"""One customer's data comes out whole and goes without a trace; the others' stays as it is. Old texts go, their scores stay."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import KEY, table_of

from cx.errors import AskError
from cx.ingest import importing, privacy, rescoring, rights
from cx.ingest.importing import import_export, undo
from cx.model.columns import Column, Field, Mapping
from cx.model.correction import Correction
from cx.model.filter import Filter
from cx.model.limits import DETRACTOR_MAX, PROMOTER_MIN
from cx.model.survey import Question
from cx.store import Store

HEADER = "Kunde;Kommentar;Pro;Sterne;Hilfe;Datum;Antwort;Nr\n"
ROWS = (
    "Erika Muster;Die Beratung war freundlich, aber die Lieferung kam zu spät.;Gute Preise.;4;5;07.01.2024;Danke sehr!;1\n"
    "Max Beispiel;Niemand hat mich zurückgerufen.;;1;1;08.01.2026;;2\n"
    ";Das Paket kam pünktlich.;;5;;09.01.2026;;3\n"
    "Erika Muster;Der Versand ging schnell.;;5;4;10.01.2026;;4\n"
    "Max Beispiel;;;neun;;11.01.2026;;5\n"
    "Erika Muster;;;zehn;;11.01.2026;;6\n"
)
CHOSEN = Mapping(
    columns=(
        (Column.CUSTOMER, "Kunde"),
        (Column.TEXT, "Kommentar"),
        (Column.RATING, "Sterne"),
        (Column.DATE, "Datum"),
        (Column.REPLY, "Antwort"),
        (Column.SOURCE_ID, "Nr"),
    ),
    texts=((Field.POSITIVE, "Pro"),),
    questions=(Question("Hilfe", "Wie hilfreich waren wir?", 1, 5),),
    source="Umfrage",
)
TABLES = ("feedback", "verbatim", "statement", "mention", "answer", "correction", "reject")
ERIKA = privacy.pseudonym(KEY, pd.Series(["Erika Muster"]))[0]


def brought(store: Store, rows: str = ROWS) -> None:
    import_export(store, table_of(HEADER + rows), CHOSEN, KEY)


def frame(store: Store, query: str, **parameters: object) -> pd.DataFrame:
    with store.reading() as session:
        return session.frame(query, **parameters)


def count(store: Store, table: str) -> int:
    return int(frame(store, f"SELECT count(*) AS n FROM {table}")["n"].iloc[0])


def contents(store: Store, but: str = "nobody") -> dict[str, list[str]]:
    """Every row of every table as text, in order, but for the feedback of one pseudonym."""
    keep = f"FROM feedback WHERE customer_key IS DISTINCT FROM '{but}'"
    queries = {name: f"SELECT * FROM {name} WHERE feedback IN (SELECT id {keep})" for name in TABLES[1:-1]} | {
        "feedback": keep,
        "reject": f"FROM reject WHERE NOT list_contains(map_values(cells), '{but}')",
        "batch": "FROM batch",
        "question": "FROM question",
        "mapping_memory": "FROM mapping_memory",
    }
    return {name: sorted(map(str, frame(store, query).to_dict("records"))) for name, query in queries.items()}


def audit(store: Store) -> list[tuple[str, str, int]]:
    found = rights.audited(store)
    return list(zip(found["action"], found["subject"], found["feedbacks"], strict=True))


@pytest.fixture
def filled(store: Store) -> Store:
    brought(store)
    return store


def statement(store: Store, words: str) -> int:
    query = "SELECT s.id FROM statement s JOIN verbatim v ON v.id = s.verbatim WHERE contains(v.text, $words)"
    return int(frame(store, query, words=words)["id"].iloc[0])


# --- Art. 15


def test_everything_about_a_customer_is_found(filled: Store) -> None:
    rescoring.correct(filled, statement(filled, "Versand"), [Correction("neutral")])
    data = rights.customer_data(filled, KEY, "  erika   MUSTER ")
    assert data.customer_key == ERIKA
    assert set(data.feedback["customer_key"]) == {ERIKA}
    assert data.feedback["rating_native"].tolist() == [4, 5]
    assert data.feedback["reply"].dropna().tolist() == ["Danke sehr!"]
    assert data.feedback["file_name"].unique().tolist() == ["umfrage.csv"]
    assert set(data.texts["text"]) == {
        "Die Beratung war freundlich, aber die Lieferung kam zu spät.",
        "Gute Preise.",
        "Der Versand ging schnell.",
    }
    assert data.texts.loc[data.texts["field"] == "positive", "question"].tolist() == ["Pro"]
    assert data.answers[["wording", "native", "score"]].values.tolist() == [
        ["Wie hilfreich waren wir?", 5, 1.0],
        ["Wie hilfreich waren wir?", 4, 0.5],
    ]
    assert "Die Beratung war freundlich" in set(data.statements["text"])
    assert data.corrections["label"].tolist() == ["neutral"]
    assert data.rejects.loc[data.rejects["header"] == "Sterne", "cell"].tolist() == ["zehn"]
    assert audit(filled)[0] == ("export_customer", f"{ERIKA[:4]} …", 2)


@pytest.mark.parametrize("said", [ERIKA, ERIKA[:8], f" {ERIKA.upper()} "])
def test_a_pseudonym_finds_its_customer(filled: Store, said: str) -> None:
    assert len(rights.customer_data(filled, KEY, said).feedback) == 2


def test_versions_that_were_replaced_or_undone_are_found_too(filled: Store) -> None:
    brought(filled, "Erika Muster;Der Versand ging sehr schnell.;;5;4;10.01.2026;Gern!;4\n")
    undo(filled, 2)
    data = rights.customer_data(filled, KEY, "Erika Muster")
    assert data.feedback["live"].tolist() == [True, True, False]
    assert data.feedback["undone_at"].notna().tolist() == [False, False, True]
    assert "Der Versand ging sehr schnell." in set(data.texts["text"])


def test_a_version_that_names_nobody_belongs_to_the_customer_of_another(filled: Store) -> None:
    brought(filled, ";Der Versand ging sehr schnell.;;5;4;10.01.2026;;4\n")
    assert rights.customer_data(filled, KEY, "Erika Muster").feedback["customer_key"].isna().sum() == 1


@pytest.mark.parametrize("said", ["Niemand", "", "   ", "abcdef12", ERIKA[:7], "%", "neun"])
def test_who_is_not_stored_is_said(filled: Store, said: str) -> None:
    for ask in (rights.customer_data, rights.erase_customer):
        with pytest.raises(AskError):
            ask(filled, KEY, said)
    assert len(audit(filled)) == 1  # the import


# --- Art. 17


def test_erasing_takes_all_of_one_customer_and_nothing_of_others(filled: Store) -> None:
    for words in ("Versand", "Niemand"):
        rescoring.correct(filled, statement(filled, words), [Correction("neutral")])
    before = contents(filled, but=ERIKA)
    assert rights.erase_customer(filled, KEY, "Erika Muster") == 2
    assert contents(filled) == before
    assert count(filled, "reject") == 1
    uploads = filled.frame("batches").iloc[0]
    assert (uploads["rows"], uploads["added"], uploads["rejected"], uploads["live"]) == (6, 4, 2, 2)
    assert audit(filled)[0] == ("erase_customer", f"{ERIKA[:4]} …", 2)
    with pytest.raises(AskError):
        rights.customer_data(filled, KEY, "Erika Muster")


def test_nothing_of_the_customer_is_left_on_disk(tmp_path: Path) -> None:
    store = Store(tmp_path / "cx.duckdb")
    brought(store)
    store.close()
    store = Store(tmp_path / "cx.duckdb")
    wanted = ["Der Versand ging schnell.", "Danke sehr!", ERIKA]
    assert [words in on_disk(tmp_path) for words in wanted] == [True] * 3
    rights.erase_customer(store, KEY, "Erika Muster")
    assert [words in on_disk(tmp_path) for words in [*wanted, "Niemand hat mich"]] == [False] * 3 + [True]
    store.close()
    assert [words in on_disk(tmp_path) for words in wanted] == [False] * 3


def on_disk(folder: Path) -> str:
    return "".join(file.read_bytes().decode("utf-8", errors="replace") for file in folder.iterdir())


def test_a_customer_of_refused_rows_only_can_be_erased(store: Store) -> None:
    brought(store, "Max Beispiel;Gut.;;5;;09.01.2026;;1\nErika Muster;;;zehn;;11.01.2026;;2\n")
    assert rights.erase_customer(store, KEY, "Erika Muster") == 0
    assert count(store, "reject") == 0


def test_a_version_of_somebody_else_counts_again(store: Store) -> None:
    brought(store, "Max Beispiel;Gut.;;5;;09.01.2026;;1\n")
    brought(store, "Erika Muster;Gut.;;5;;09.01.2026;;1\n")
    rights.erase_customer(store, KEY, "Erika Muster")
    assert frame(store, "SELECT live FROM feedback")["live"].tolist() == [True]


def test_what_was_erased_can_be_imported_again_and_undone(filled: Store) -> None:
    rights.erase_customer(filled, KEY, "Erika Muster")
    brought(filled)
    assert filled.frame("batches")["added"].tolist() == [2, 4]
    undo(filled, 2)
    assert count(filled, "feedback WHERE live") == 2


customers = st.lists(st.sampled_from(["Ada", "Bo", "Cem", ""]), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None)
@given(first=customers, second=customers, shift=st.integers(0, 4))
def test_any_mixture_leaves_the_others_alone(first: list[str], second: list[str], shift: int) -> None:
    """Two overlapping uploads; ids of one source belong to one customer each."""
    store = Store()
    owners: dict[int, str] = {}
    for start, names in ((0, first), (shift, second)):
        rows = ""
        for number, name in enumerate(names, start):
            owner = owners.setdefault(number, name)
            rows += f"{owner};Die Lieferung {number} kam zu spät {start}.;;{number % 5 + 1};;0{number % 9 + 1}.01.2026;;{number}\n"
        brought(store, rows)
    key = privacy.pseudonym(KEY, pd.Series(["Ada"]))[0]
    before = contents(store, but=key)
    if "Ada" in owners.values():
        rights.erase_customer(store, KEY, "Ada")
    assert contents(store) == before


# --- retention


def numbers(store: Store) -> dict[str, pd.DataFrame]:
    """What the pages show of scores."""
    every = {"filter": Filter().parameter()}
    bounds = {"promoter_min": PROMOTER_MIN, "detractor_max": DETRACTOR_MAX}
    return {
        "kpis and pillars": store.frame("part_sums", by="month", top_boxes=2, ces_variant="2.0", **every, **bounds),
        "touchpoints": store.frame("touchpoint_sums", **every),
        "coverage": store.frame("coverage", **every),
    }


def test_old_texts_go_and_every_score_stays(filled: Store) -> None:
    before = numbers(filled)
    assert rights.retain(filled, 12) == 1
    for name, found in numbers(filled).items():
        pd.testing.assert_frame_equal(found, before[name], obj=name)
    left = frame(filled, "SELECT text FROM verbatim")["text"]
    assert not left.str.contains("Beratung|Preise").any()
    assert len(left) == 3
    assert frame(filled, "SELECT reply FROM feedback")["reply"].isna().all()
    words = frame(filled, "SELECT m.evidence FROM mention m JOIN feedback f ON f.id = m.feedback WHERE f.rating = 4")
    assert len(words) > 0
    assert words["evidence"].map(len).eq(0).all()
    assert count(filled, "answer") == 3
    assert audit(filled)[0] == ("retain", "12", 1)


def test_a_second_time_finds_nothing(filled: Store) -> None:
    rights.retain(filled, 12)
    before = contents(filled)
    assert rights.retain(filled, 12) == 0
    assert contents(filled) == before
    assert audit(filled)[0] == ("retain", "12", 0)


def test_the_bound_is_the_day_of_the_feedback_else_of_the_import(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(filled, "Max Beispiel;Ohne Datum gut.;;5;;;;9\n")
    imported = frame(filled, "SELECT max(imported_at) AS at FROM batch")["at"].iloc[0].to_pydatetime()
    for later, left in ((timedelta(days=0), 2), (timedelta(days=45), 0)):
        monkeypatch.setattr(rights, "now", lambda moment=imported + later: moment)
        rights.retain(filled, 1)
        kept = frame(filled, "SELECT text FROM verbatim")["text"]
        assert kept.str.contains("Ohne Datum").sum() == (1 if left else 0)
        assert count(filled, "reject") == left


def test_an_unchanged_row_does_not_bring_its_text_back(filled: Store) -> None:
    rights.retain(filled, 12)
    brought(filled)
    assert not frame(filled, "SELECT text FROM verbatim")["text"].str.contains("Beratung").any()


def test_pages_show_what_is_left_without_gaps(filled: Store) -> None:
    every = {"filter": Filter().parameter()}
    rights.retain(filled, 12)
    shown = filled.frame("voices", size=50, offset=0, window=1000, **every)
    counted = filled.frame("voice_counts", **every).iloc[0]
    assert len(shown) == counted["statements"] == 3
    bounds = {"promoter_min": PROMOTER_MIN, "detractor_max": DETRACTOR_MAX}
    clash = {"rated": -1, "worded": -1, **bounds, **every}
    found = filled.frame("contradictions", size=50, offset=0, **clash)
    assert found["text"].notna().all()
    assert filled.frame("contradiction_counts", **clash).iloc[0]["base"] == 3
    assert filled.frame("rated_texts", size=50, standing=[], corrected=[], **every)["total"].tolist() == [3, 3, 3]
    old = int(frame(filled, "SELECT id FROM feedback WHERE rating = 4")["id"].iloc[0])
    assert filled.frame("feedback_whole", feedback=old)["text"].isna().all()


def test_reading_all_texts_again_leaves_the_scores_of_deleted_ones(filled: Store) -> None:
    rights.retain(filled, 12)
    before = numbers(filled)
    assert rescoring.rescore(filled) == 3
    for name, found in numbers(filled).items():
        pd.testing.assert_frame_equal(found, before[name], obj=name)


def test_demo_data_keep_their_texts(store: Store) -> None:
    import_export(store, table_of(HEADER + ROWS), CHOSEN, KEY, demo=True)
    assert rights.retain(store, 1) == 0


@pytest.mark.parametrize("months", [0, -3, 601, 1.5, True, None, "12"])
def test_a_nonsense_period_is_refused(filled: Store, months: object) -> None:
    before = contents(filled)
    with pytest.raises(AskError, match="ganzen Monaten"):
        rights.retain(filled, months)
    assert contents(filled) == before


def test_the_audit_never_names_anybody(filled: Store) -> None:
    rights.customer_data(filled, KEY, "Max Beispiel")
    rights.erase_customer(filled, KEY, "Max Beispiel")
    rights.retain(filled, 24)
    rights.remask(filled)
    assert [action for action, _subject, _n in audit(filled)] == [
        "remask",
        "retain",
        "erase_customer",
        "export_customer",
        "import",
    ]
    written = rights.audited(filled).to_string()
    assert "Max" not in written
    assert privacy.pseudonym(KEY, pd.Series(["Max Beispiel"]))[0][:5] not in written


# --- masking again


def replaced(texts: pd.Series, names: pd.Series | None = None) -> privacy.Masked:
    """Better rules: ‚Beratung‘ has become a name."""
    return privacy.Masked(texts.str.replace("Beratung", "[Name]"), {"name": int(texts.str.count("Beratung").sum())})


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights.privacy, "RULES_VERSION", "besser")
    monkeypatch.setattr(rights.privacy, "mask", replaced)
    monkeypatch.setattr(rights.privacy, "mask_text", lambda text: text.replace("zehn", "[Nummer]"))


def test_better_rules_mask_again_and_read_anew_what_changes(filled: Store, request: pytest.FixtureRequest) -> None:
    assert not rights.needs_remasking(filled)
    rescoring.correct(filled, statement(filled, "Lieferung"), [Correction("negative", "touchpoint", "delivery")])
    late = frame(filled, "SELECT id FROM statement WHERE start > 0")["id"].iloc[0]
    rescoring.correct(filled, int(late), [Correction("positive")])
    scored = frame(filled, "FROM feedback WHERE rating < 4")
    request.getfixturevalue("better")
    assert rights.needs_remasking(filled)
    assert rights.remask(filled) == 1
    assert not rights.needs_remasking(filled)
    texts = frame(filled, "SELECT text FROM verbatim")["text"].tolist()
    assert "Die [Name] war freundlich, aber die Lieferung kam zu spät." in texts
    pieces = filled.frame("corrections").set_index("label")["text"]
    assert pieces["positive"] == "aber die Lieferung kam zu spät."
    turned = frame(
        filled,
        "SELECT s.label, v.text[s.start + 1 : s.stop] AS text FROM statement s JOIN verbatim v ON v.id = s.verbatim",
    )
    assert turned.set_index("text")["label"]["aber die Lieferung kam zu spät."] == "positive"
    assert "zehn" not in str(frame(filled, "SELECT cells FROM reject")["cells"].tolist())
    assert ERIKA in str(frame(filled, "SELECT cells FROM reject")["cells"].tolist())
    batch = frame(filled, "SELECT masked, privacy_rules FROM batch").iloc[0]
    assert (dict(batch["masked"]).get("name"), batch["privacy_rules"]) == (1, "besser")
    pd.testing.assert_frame_equal(frame(filled, "FROM feedback WHERE rating < 4"), scored)
    assert audit(filled)[0] == ("remask", "besser", 1)
    assert rights.remask(filled) == 0


def test_remasked_texts_leave_the_file(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store = Store(tmp_path / "cx.duckdb")
    brought(store)
    store.close()
    store = Store(tmp_path / "cx.duckdb")
    assert "Die Beratung war" in on_disk(tmp_path)
    request.getfixturevalue("better")
    rights.remask(store)
    assert "Die Beratung war" not in on_disk(tmp_path)
    assert "Die [Name] war" in on_disk(tmp_path)


def test_remasking_goes_chunk_by_chunk(filled: Store, better: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "CHUNK", 1)
    assert rights.remask(filled) == 1
    assert not frame(filled, "SELECT text FROM verbatim")["text"].str.contains("Beratung").any()


@pytest.mark.parametrize(
    ("before", "after", "piece", "moved"),
    [
        ("Max war da. Alles gut.", "[Name] war da. Alles gut.", "Alles gut.", "Alles gut."),
        ("Max war da. Alles gut.", "[Name] war da. Alles gut.", "Max war da.", "[Name] war da."),
        ("Gut. Gruß Max Muster", "Gut. Gruß [Name]", "Gruß Max Muster", "Gruß [Name]"),
        ("Gut. Gruß Max", "Gut. Gruß [Name]", "Gut.", "Gut."),
    ],
)
def test_a_place_moves_with_its_text(before: str, after: str, piece: str, moved: str) -> None:
    start = before.index(piece)
    found = rights._moved(before, after, start, start + len(piece))
    assert after[slice(*found)] == moved


def test_importing_writes_the_audit(filled: Store) -> None:
    assert audit(filled) == [("import", "1", 4)]
    undo(filled, 1)
    importing.redo(filled, 1)
    assert [action for action, _subject, _n in audit(filled)] == ["redo", "undo", "import"]
