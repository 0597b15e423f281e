"""Languages, contradictions and corrections, asked through the front door."""

import io
from pathlib import Path

import pandas as pd
import pytest

import cx
from cx import text
from cx.model.kpi import Label
from cx.stats.shares import wilson
from cx.text import corpus
from cx.workspace import Workspace

FILE = """Nr;Kanal;Sprache;Sterne;NPS;Kommentar
1;Web;de;1;;Wirklich toll und sehr freundlich, alles perfekt, super Beratung.
2;Web;;5;;Schlecht, defekt und kaputt, eine Frechheit.
3;Telefon;;5;;Sehr gut und freundlich.
4;Telefon;de;2;9;The parcel arrived two days late and nobody told me.
5;Web;en;;10;Perfect!
6;Web;;;0;Sehr freundlich und wirklich hilfreich, super, danke.
7;Web;;;6;Sehr freundlich und wirklich hilfreich, super, danke.
8;Web;en;4;;
9;Web;;3;;Sehr schlecht.
"""


@pytest.fixture
def ws() -> Workspace:
    workspace = cx.open()
    workspace.import_file(FILE.encode(), name="umfrage.csv")
    return workspace


def statement(ws: Workspace, words: str) -> pd.Series:
    found = ws.voices()
    return found[found["text"].str.contains(words)].iloc[0]


# --- languages


def test_foreign_feedback_is_counted_but_not_read(ws: Workspace) -> None:
    extent = ws.extent()
    assert (extent["n"], extent["with_text"], extent["foreign_text"]) == (9, 6, 2)
    counts = ws.voice_counts()
    assert counts["unread"] == 2
    assert counts["statements"] == counts[[*map(str, Label), "unread"]].sum()
    assert ws.levels().set_index("kpi").loc["polarity", "n"] == 6
    assert ws.levels().set_index("kpi").loc["nps", "n"] == 4
    assert ws.coverage()["statements"] == counts["statements"] - 2
    assert ws.pillars()["base"].max() == ws.touchpoints()["base"].max() == 6


def test_the_filter_takes_languages(ws: Workspace) -> None:
    assert ws.extent(cx.Filter(languages=("en",)))["n"] == 3
    assert ws.extent(cx.Filter(languages=("de",)))["n"] == 6
    found = ws.choices()
    assert found.loc[found["dimension"] == "language", "value"].tolist() == ["de", "en"]


def test_no_label_matches_what_was_not_read(ws: Workspace) -> None:
    for label in Label:
        selection = cx.Filter(labels=(str(label),), languages=("en",))
        assert ws.voice_counts(selection)["statements"] == 0
        assert ws.extent(selection)["n"] == 0


def test_the_export_says_that_it_was_not_read(ws: Workspace) -> None:
    table = pd.read_csv(io.BytesIO(ws.export()), sep=";", decimal=",", encoding="utf-8-sig")
    foreign = table[table["Sprache"] == "en"]
    assert foreign["Stimmung"].tolist() == ["nicht gelesen"] * 2
    assert foreign["Polarität"].isna().all()


# --- contradictions


def test_contradictions_come_strongest_first_with_their_causes(ws: Workspace) -> None:
    found = ws.contradictions()
    assert len(found) == 3
    assert found["strength"].is_monotonic_decreasing
    assert (found["rated"] * found["polarity"] < 0).all()
    assert not found["text"].str.contains("The parcel|Sehr gut und freundlich|Sehr schlecht").any()
    assert found.set_index("rating").loc[[1.0, 5.0], "cause"].tolist() == ["misplaced", "misplaced"]
    assert set(found["nps"].dropna()) == {0}  # a 6 beside praise is no strong contradiction


def test_their_share_has_an_interval_over_what_could_contradict(ws: Workspace) -> None:
    share = ws.contradiction_share()
    expected = wilson(3, 6)
    assert (share["n"], share["base"]) == (3, 6)
    assert (share["value"], share["low"], share["high"]) == (expected.value, expected.low, expected.high)


def test_contradictions_keep_to_the_filter_and_to_their_pages(ws: Workspace) -> None:
    assert ws.contradictions(cx.Filter(channels=("Telefon",))).empty
    assert ws.contradiction_share(cx.Filter(channels=("Telefon",)))["n"] == 0
    pages = [ws.contradictions(page=page, size=2)["feedback"].tolist() for page in (0, 1, 2)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert pages[0] + pages[1] == ws.contradictions()["feedback"].tolist()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_contradictions_can_be_taken_along(ws: Workspace, form: str) -> None:
    content = io.BytesIO(ws.export_contradictions(form=form))
    table = (
        pd.read_csv(content, sep=";", decimal=",", encoding="utf-8-sig")
        if form == "csv"
        else pd.read_excel(content, engine="calamine")
    )
    assert len(table) == 3
    assert table["Möglicher Grund"].str.contains("Skala").sum() >= 2


def test_a_csat_counts_where_there_are_neither_stars_nor_nps() -> None:
    workspace = cx.open()
    workspace.import_file(b"CSAT;Kommentar\n5;Sehr schlecht, defekt, eine Frechheit.\n1;Sehr schlecht.\n", name="a.csv")
    assert workspace.contradictions()["csat"].tolist() == [5]


def test_words_and_rating_contradict_from_half_of_the_way_to_opposite_ends() -> None:
    cases = [(rating, polarity) for rating in (1, 2, 2.01, 3.99, 4, 5) for polarity in (-0.5, -0.499, 0.499, 0.5)]
    workspace = cx.open()
    rows = "".join(f"{n};3;Gut {n}.\n" for n in range(len(cases)))
    workspace.import_file(f"Nr;Sterne;Kommentar\n{rows}".encode(), name="a.csv")
    first = int(workspace.voices(size=100)["feedback"].min())
    with workspace._store.writing() as session:
        for feedback, (rating, polarity) in enumerate(cases, first):
            values = {"id": feedback, "rating": rating, "polarity": polarity}
            session.run("UPDATE feedback SET rating = $rating, polarity = $polarity WHERE id = $id", **values)
    found = workspace.contradictions()
    assert set(zip(found["rating"], found["polarity"], strict=True)) == {(1, 0.5), (2, 0.5), (4, -0.5), (5, -0.5)}
    assert (workspace.contradiction_share()["n"], workspace.contradiction_share()["base"]) == (4, len(cases))


def test_a_correction_ends_a_contradiction(ws: Workspace) -> None:
    row = statement(ws, "Schlecht, defekt")
    ws.correct(row["statement"], cx.Correction("positive"))
    assert 5.0 not in set(ws.contradictions()["rating"])


# --- corrections


def test_corrections_are_listed_with_the_statement_and_for_themselves(ws: Workspace) -> None:
    version = ws.version()
    row = statement(ws, "Sehr schlecht")
    ws.correct(row["statement"], cx.Correction("mixed"), cx.Correction("negative", "pillar", "trust"))
    assert ws.version() > version
    after = statement(ws, "Sehr schlecht")
    assert after["label"] == "mixed"
    assert [made["read_as"] for made in after["corrections"]] == ["negative", "none"]
    found = ws.corrections()
    assert found["text"].tolist() == ["Sehr schlecht."] * 2
    assert set(zip(found["dimension"], found["aspect"], found["label"], strict=True)) == {
        ("polarity", "", "mixed"),
        ("pillar", "trust", "negative"),
    }
    assert "trust" in set(ws.pillars()["pillar"])
    ws.rescore()
    assert statement(ws, "Sehr schlecht")["label"] == "mixed"
    ws.withdraw_correction(*found["id"])
    assert ws.corrections().empty
    assert statement(ws, "Sehr schlecht")["label"] == "negative"


def test_a_corrected_feedback_is_neutral_nearer_to_the_middle_than_0_17() -> None:
    texts = corpus.statements().query("test")["text"].head(400).reset_index(drop=True)
    read = text.sentiment(texts.tolist())
    distance = (read["polarity"].abs() - 0.17)[read["label"] != Label.MIXED]
    nearest = [*distance[distance >= 0].nsmallest(2).index, *distance[distance < 0].nlargest(2).index]
    assert distance[nearest].abs().max() < 0.02, "texts so near to the border that another one would show"
    workspace = cx.open()
    rows = pd.DataFrame({"Nr": nearest, "Titel": "Gut.", "Kommentar": texts[nearest]})
    workspace.import_file(rows.to_csv(sep=";", index=False).encode(), name="a.csv")
    for statement_id in workspace.voices().query("text == 'Gut.'")["statement"]:
        workspace.correct(statement_id, cx.Correction("neutral"))
    whole = pd.concat(workspace.feedback(each).head(1) for each in workspace.voices()["feedback"].unique())
    assert len(whole) == len(nearest)
    for row in whole.itertuples():
        side = "positive" if row.polarity > 0 else "negative"
        assert row.label == (side if abs(row.polarity) >= 0.17 else "neutral")
    assert set(whole["polarity"].abs() >= 0.17) == {True, False}


def test_uncorrected_voices_carry_no_correction(ws: Workspace) -> None:
    ws.correct(statement(ws, "Sehr schlecht")["statement"], cx.Correction("neutral"))
    assert (ws.voices()["corrections"].map(len) > 0).sum() == 1


def test_a_file_can_say_a_language_in_many_ways() -> None:
    workspace = cx.open()
    rows = "Language;Comment\nGerman;Top\nde-AT;Top\nEnglisch;Top\nfr_FR;Top\n–;Top\n;Top\n"
    workspace.import_file(rows.encode(), name="a.csv")
    found = workspace.choices()
    languages = found[found["dimension"] == "language"].set_index("value")["n"].to_dict()
    assert languages == {"de": 4, "en": 1, "fr": 1}


# --- pages


@pytest.mark.parametrize("silent", [0, 40])
def test_pages_of_voices_go_on_where_the_one_before_ends(silent: int) -> None:
    rows = [f"T{n};{1 + n % 28:02d}.01.2026;5;Gut war {n}. Schlecht war {n}." for n in range(12)]
    rows += [f"S{n};{1 + n % 28:02d}.02.2026;4;" for n in range(silent)]
    workspace = cx.open()
    workspace.import_file("\n".join(["Nr;Datum;Sterne;Kommentar", *rows]).encode(), name="umfrage.csv")
    whole = workspace.voices(size=1000)
    assert len(whole) == workspace.voice_counts()["statements"] == 24
    assert whole["submitted_at"].is_monotonic_decreasing
    pages = pd.concat([workspace.voices(page=page, size=5) for page in range(6)], ignore_index=True)
    assert list(pages["statement"]) == list(whole["statement"])
    assert workspace.voices(page=9, size=5).empty


@pytest.mark.parametrize(
    "selection",
    [
        cx.Filter(),
        cx.Filter(channels=("Web",)),
        cx.Filter(labels=("negative",)),
        cx.Filter(pillars=("emotion",), labels=("positive",)),
        cx.Filter(words="freundlich"),
        cx.Filter(languages=("en",)),
        cx.Filter(rating_min=4),
    ],
)
def test_voices_are_counted_as_they_are_listed(ws: Workspace, selection: cx.Filter) -> None:
    ws.import_file(b"Nr;Sterne;Kommentar\n20;4;\n21;5;Gut war es. Schlecht war es.\n", name="mehr.csv")
    listed = ws.voices(selection, size=1000)
    assert len(listed) > 0
    assert ws.voice_counts(selection).to_dict() == {
        "statements": len(listed),
        "feedbacks": listed["feedback"].nunique(),
        **{str(label): int((listed["label"] == str(label)).sum()) for label in Label},
        "unread": int(listed["label"].isna().sum()),
    }


def test_ratings_without_a_word_have_no_voices() -> None:
    workspace = cx.open()
    workspace.import_file(b"Nr;Sterne\n1;4\n2;5\n", name="sterne.csv")
    assert not workspace.voice_counts().any()


def test_texts_deleted_before_statements_knew_of_it_are_not_counted(tmp_path: Path) -> None:
    workspace = cx.open(tmp_path / "cx.duckdb")
    workspace.import_file(FILE.encode(), name="umfrage.csv")
    with workspace._store.writing() as session:
        session.run("DELETE FROM verbatim; DELETE FROM schema_version WHERE version > 5")
        session.run("ALTER TABLE feedback DROP COLUMN touchpoints; ALTER TABLE feedback DROP COLUMN pairs")
        session.run("ALTER TABLE feedback DROP COLUMN phases")
    workspace.close()
    workspace = cx.open(tmp_path / "cx.duckdb")
    assert workspace.voice_counts()["statements"] == 0
    assert workspace.voices().empty
    assert workspace.pillars()["n"].sum() > 0
