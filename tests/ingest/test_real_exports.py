"""Real export files: their real number of reviews, texts to the character but for masked places."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
import python_calamine
from ingest_files import KEY, real

from cx.ingest import privacy
from cx.ingest.importing import ImportReport, import_export
from cx.ingest.mapping import propose
from cx.ingest.reading import read_table
from cx.store import Store

GOOGLE = "google_reviews_de_cp1252_semicolon.csv"
# name -> encoding, delimiter, reviews, column with the text, number of texts
FILES = {
    GOOGLE: ("cp1252", ";", 200, "Bewertung", 150),
    "trustpilot_scrape_de_insurance_utf8bom.csv": ("utf-8-sig", ",", 60, "text", 58),  # two are empty
    "appstore_reviews_de_diga.csv": ("utf-8", ",", 159, "review", 159),
    "google_play_reviews_utf16le_bom.csv": ("utf-16", ",", 1, "Review Text", 1),
    "kundenfeedback_beispiel.xlsx": ("", "", 500, "feedback", 500),
    "verivox_scores_0_100_quoted.csv": ("utf-8", ",", 136, "rts_title", 136),
}
PLACEHOLDERS = tuple(privacy.PLACEHOLDERS.values())


def naive(name: str) -> list[dict[str, str]]:
    """The file as the plainest reader sees it."""
    encoding, delimiter, *_rest = FILES[name]
    if name.endswith(".xlsx"):
        header, *rows = python_calamine.CalamineWorkbook.from_path(real(name)).get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]
    text = real(name).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def brought(store: Store, name: str) -> ImportReport:
    table = read_table(real(name), name)
    mapping = replace(propose(table), channel="Web", export_date=date(2026, 3, 31))
    return import_export(store, table, mapping, KEY)


def matches(stored: str, original: str) -> bool:
    """Whether `stored` is `original` with placeholders for some of its parts and nothing else changed."""
    for placeholder in PLACEHOLDERS:
        stored = stored.replace(placeholder, "\x00")
    rest = original
    for position, part in enumerate(stored.split("\x00")):
        found = rest.find(part)
        if found < 0 or (position == 0 and found > 0):
            return False
        rest = rest[found + len(part) :]
    return "\x00" in stored or not rest


@pytest.mark.parametrize("name", FILES)
def test_every_review_arrives_once_with_its_text(store: Store, name: str) -> None:
    _encoding, _delimiter, reviews, column, texts = FILES[name]
    report = brought(store, name)
    assert (report.rows, report.added, report.duplicates, report.rejected) == (reviews, reviews, 0, 0)
    assert (report.undated, report.notes) == (0, ())
    field = "title" if column == "rts_title" else "text"
    with store.reading() as session:
        stored = session.frame("SELECT text FROM verbatim WHERE field = $field", field=field)["text"].tolist()
    originals = [row[column] for row in naive(name) if row[column]]
    assert len(stored) == len(originals) == texts
    unchanged = set(stored) & set(originals)
    changed = sorted(text for text in stored if text not in unchanged)
    assert all(any(placeholder in text for placeholder in PLACEHOLDERS) for text in changed)
    assert all(any(matches(text, original) for original in originals) for text in changed)
    assert sorted(text for text in stored if text in unchanged) == sorted(t for t in originals if t in unchanged)


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_again_adds_nothing(store: Store, name: str) -> None:
    first, again = brought(store, name), brought(store, name)
    assert (again.added, again.duplicates, again.rejected) == (0, first.added, 0)


def test_google_reviews_that_repeat_another_to_the_letter_count_each(store: Store) -> None:
    rows = [tuple(row.values()) for row in naive(GOOGLE)]
    assert len(rows) - len(set(rows)) == 28
    assert brought(store, GOOGLE).added == 200


def test_line_feeds_umlauts_and_quotes_survive(store: Store) -> None:
    brought(store, GOOGLE)
    with store.reading() as session:
        stored = session.frame("SELECT text FROM verbatim")["text"]
    masked = stored.str.contains("|".join(map(re.escape, PLACEHOLDERS)))
    kept = Counter(stored[~masked])
    originals = Counter(row["Bewertung"] for row in naive(GOOGLE))
    assert kept <= originals
    for mark in "\näöüßÄÖÜ„“€–":
        assert stored.str.contains(mark, regex=False).any() == any(mark in text for text in originals), mark


def test_verivox_keeps_its_scale_and_gets_one_to_five(store: Store) -> None:
    brought(store, "verivox_scores_0_100_quoted.csv")
    with store.reading() as session:
        found = session.frame("FROM feedback")
    natives = sorted(float(row["rts_scoring_service"]) for row in naive("verivox_scores_0_100_quoted.csv"))
    assert sorted(found["rating_native"]) == natives
    assert (found["rating"] - (1 + found["rating_native"] / 25)).abs().max() < 1e-9
    assert set(found["rating_low"]) == {0.0}
    assert set(found["rating_high"]) == {100.0}
    assert set(found["date_precision"]) == {"month"}


def test_dates_and_ratings_of_the_stores(store: Store) -> None:
    brought(store, "appstore_reviews_de_diga.csv")
    with store.reading() as session:
        first, last, mean, replies = session.frame(
            "SELECT min(submitted_at) a, max(submitted_at) b, avg(rating) c, count(reply) d FROM feedback"
        ).iloc[0]
    rows = naive("appstore_reviews_de_diga.csv")
    written = sorted(datetime.fromisoformat(row["date"]).replace(tzinfo=None) for row in rows)
    assert (first, last) == (written[0], written[-1])
    assert mean == pytest.approx(sum(int(row["rating"]) for row in rows) / len(rows))
    assert replies == sum(bool(row["developerResponse"]) for row in rows)
