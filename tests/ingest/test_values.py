"""Numbers and dates as Germans and their tools write them."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx.ingest import scales, values

EXPORTED = date(2026, 3, 31)

SCORES = {
    "4": 4, "4,5": 4.5, "4.5": 4.5, "5.0": 5, "05": 5, " 5 Sterne ": 5, "1 Stern": 1, "5.0 out of 5 stars": 5, "FIVE": 5, "one": 1,
    "fünf": 5, "Drei Sterne": 3, "★★★☆☆": 3, "⭐⭐": 2, "⭐️⭐️⭐️⭐️": 4, "4 von 5": 4, "4/5": 4, "Rated 2 out of 5 stars": 2,
    "10 - sehr zufrieden": 10, "0 (gar nicht)": 0, "1.234,5": 1234.5, "1,234.5": 1234.5, "−103": -103, "-3": -3, "80 %": 80,
    "7\u00a0Punkte": 7, "\u200b3": 3,
}  # fmt: skip
NO_SCORES = [
    "",
    "-",
    "acht Tage",
    "12.04.2026",
    "gut",
    "5 und 3",
    "1.2.3",
    "4 von",
    "Stern",
    "vor 2 Monaten",
    "x" * 200,
]

DATES = {
    "7. Januar 2026": (datetime(2026, 1, 7), "day"),
    "07.01.2026": (datetime(2026, 1, 7), "day"),
    "7.1.26": (datetime(2026, 1, 7), "day"),
    "27.04.2026 11:34": (datetime(2026, 4, 27, 11, 34), "day"),
    "27.04.2026, 11:34:05 Uhr": (datetime(2026, 4, 27, 11, 34, 5), "day"),
    "Mittwoch, 7. Januar 2026 um 12:30 Uhr": (datetime(2026, 1, 7, 12, 30), "day"),
    "Rezension aus Deutschland vom 7. Januar 2026": (datetime(2026, 1, 7), "day"),
    "January 7, 2026": (datetime(2026, 1, 7), "day"),
    "Jan 7, 2026 3:05 PM": (datetime(2026, 1, 7, 15, 5), "day"),
    "7 March 2026": (datetime(2026, 3, 7), "day"),
    "5. Jänner 2026": (datetime(2026, 1, 5), "day"),
    "2026-01-07": (datetime(2026, 1, 7), "day"),
    "2026-01-07 12:30:00": (datetime(2026, 1, 7, 12, 30), "day"),
    "2020-12-02T15:10:37Z": (datetime(2020, 12, 2, 15, 10, 37), "day"),
    "2026-01-07T00:30:00+02:00": (datetime(2026, 1, 6, 22, 30), "day"),
    "2026-01-07 00:30:00 +0200": (datetime(2026, 1, 6, 22, 30), "day"),
    "2016-03-29 21:21:23 UTC": (datetime(2016, 3, 29, 21, 21, 23), "day"),
    "2026/01/07": (datetime(2026, 1, 7), "day"),
    "2021/06/15 10:12:33 nachm. MESZ": (datetime(2021, 6, 15, 20, 12, 33), "day"),
    "2021/06/15 10:12:33 vorm. MEZ": (datetime(2021, 6, 15, 9, 12, 33), "day"),
    "2021/06/15 12:12:33 AM GMT+2": (datetime(2021, 6, 14, 22, 12, 33), "day"),
    "Wed, 07 Jan 2026 10:00:00 +0100": (datetime(2026, 1, 7, 9), "day"),
    "07.01.2026 10:00 CET": (datetime(2026, 1, 7, 9), "day"),
    "2026-01-07T10:00:00.123+0000": (datetime(2026, 1, 7, 10, 0, 0, 123000), "day"),
    "2026-01-07 10:00:00 PM": (datetime(2026, 1, 7, 22), "day"),
    "01/27/2019 10:03:56 AM": (datetime(2019, 1, 27, 10, 3, 56), "day"),
    "Juni 2024": (datetime(2024, 6, 1), "month"),
    "1718445600": (datetime(2024, 6, 15, 10), "day"),
    "1718445600000": (datetime(2024, 6, 15, 10), "day"),
    "Oktober 2025": (datetime(2025, 10, 1), "month"),
    "Mai 2024": (datetime(2024, 5, 1), "month"),
    "Sept. 2025": (datetime(2025, 9, 1), "month"),
    "10/2025": (datetime(2025, 10, 1), "month"),
    "2025-10": (datetime(2025, 10, 1), "month"),
    "2025": (datetime(2025, 1, 1), "year"),
    "heute": (datetime(2026, 3, 31), "relative"),
    "gestern": (datetime(2026, 3, 30), "relative"),
    "vor 4 Tagen": (datetime(2026, 3, 27), "relative"),
    "vor einer Woche": (datetime(2026, 3, 24), "relative"),
    "vor 3 Wochen": (datetime(2026, 3, 10), "relative"),
    "vor einem Monat": (datetime(2026, 2, 28), "relative"),  # the 31st of February is its last day
    "vor 2 Monaten": (datetime(2026, 1, 31), "relative"),
    "vor einem Jahr": (datetime(2025, 3, 31), "relative"),
    "vor drei Jahren": (datetime(2023, 3, 31), "relative"),
    "Bearbeitet: vor 2 Jahren": (datetime(2024, 3, 31), "relative"),
    "a year ago": (datetime(2025, 3, 31), "relative"),
    "an hour ago": (datetime(2026, 3, 31), "relative"),
    "2 months ago": (datetime(2026, 1, 31), "relative"),
    "Edited 3 weeks ago": (datetime(2026, 3, 10), "relative"),
    "Bearbeitet: vor 2 Wochen": (datetime(2026, 3, 17), "relative"),
    "Edited 2 months ago": (datetime(2026, 1, 31), "relative"),
    "vor 2 Monaten (bearbeitet)": (datetime(2026, 1, 31), "relative"),
    "a month ago (edited)": (datetime(2026, 2, 28), "relative"),
    "Aktualisiert vor 2 Tagen": (datetime(2026, 3, 29), "relative"),
    "vor einem Jahr auf Google": (datetime(2025, 3, 31), "relative"),
    "2 months ago on Google": (datetime(2026, 1, 31), "relative"),
    "vor 2 Wochen NEU": (datetime(2026, 3, 17), "relative"),
    "vor mehr als einem Jahr": (datetime(2025, 3, 31), "relative"),
    "over 2 years ago": (datetime(2024, 3, 31), "relative"),
    "Vor 22 Stunden": (datetime(2026, 3, 31), "relative"),
    "vor 5 Minuten": (datetime(2026, 3, 31), "relative"),
    "3w ago": (datetime(2026, 3, 10), "relative"),
    "5 mo ago": (datetime(2025, 10, 31), "relative"),
    "2 yrs. ago": (datetime(2024, 3, 31), "relative"),
    "letzte Woche": (datetime(2026, 3, 24), "relative"),
    "last month": (datetime(2026, 2, 28), "relative"),
    "letztes Jahr": (datetime(2025, 3, 31), "relative"),
    "vorgestern": (datetime(2026, 3, 29), "relative"),
    "yesterday": (datetime(2026, 3, 30), "relative"),
    "just now": (datetime(2026, 3, 31), "relative"),
}  # fmt: skip
NO_DATES = [
    "", "-", "31.02.2026", "2026-13-01", "99.99.2026", "bald", "12", "45000", "1234567", "vor der Tür", "vor 2 Katzen", "12:30",
    "long ago", "2 Katzen ago", "2 Wochen", "in 2 days", "vor langer Zeit", "vor allem", "ago",
    "Ich kam im Mai 2024 und war sehr zufrieden", "01.01.1066", "5", "Im Jahr 2024",
]  # fmt: skip


@pytest.mark.parametrize("cell", SCORES)
def test_scores(cell: str) -> None:
    found = values.score(cell)
    assert found is not None
    assert found.value == SCORES[cell]


@pytest.mark.parametrize("cell", NO_SCORES)
def test_what_is_no_score(cell: str) -> None:
    assert values.score(cell) is None


def test_a_score_keeps_the_best_value_that_it_names() -> None:
    assert [values.score(cell).of for cell in ("4 von 5", "3/10", "5.0 out of 5 stars", "4")] == [5, 10, 5, None]


@pytest.mark.parametrize("cell", DATES)
def test_dates_with_their_precision(cell: str) -> None:
    found = values.moment(cell, export_date=EXPORTED)
    assert (found.at, str(found.precision)) == DATES[cell]


@pytest.mark.parametrize("cell", NO_DATES)
def test_what_is_no_date(cell: str) -> None:
    assert values.moment(cell, export_date=EXPORTED) is None


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("UTC", "12:30"), ("GMT", "12:30"), ("WEZ", "12:30"), ("MEZ", "11:30"), ("CET", "11:30"), ("MESZ", "10:30"),
        ("CEST", "10:30"), ("OEZ", "10:30"), ("OESZ", "09:30"), ("EST", "17:30"), ("EDT", "16:30"), ("CST", "18:30"),
        ("CDT", "17:30"), ("MST", "19:30"), ("MDT", "18:30"), ("PST", "20:30"), ("PDT", "19:30"), ("UTC+2", "10:30"),
        ("GMT-05:30", "18:00"), ("+0530", "07:00"), ("-3", "15:30"),
    ],
)  # fmt: skip
def test_a_clock_is_told_in_utc_where_its_zone_is_named(zone: str, utc: str) -> None:
    found = values.moment(f"07.01.2026 12:30 {zone}")
    assert f"{found.at:%d.%m.%Y %H:%M}" == f"07.01.2026 {utc}"


def test_slashes_are_read_in_the_order_of_the_file_unless_only_one_is_possible() -> None:
    german, american = (values.moment("03/04/2026", day_first=first).at for first in (True, False))
    assert (german, american) == (datetime(2026, 4, 3), datetime(2026, 3, 4))
    assert values.moment("04/27/2026", day_first=True).at == datetime(2026, 4, 27)
    assert values.moment("27/04/2026", day_first=False).at == datetime(2026, 4, 27)


def test_a_relative_date_without_export_date_is_known_but_has_no_day() -> None:
    found = values.moment("vor 2 Monaten")
    assert (found.at, found.precision) == (None, "relative")
    assert values.is_relative("vor 2 Monaten")
    assert not values.is_relative("07.01.2026")


@pytest.mark.parametrize("cell", ["03/04/2026", "3-4-26", "27/04/2026 10:15", "03/04/2026 10:15 PM"])
def test_dates_that_do_not_say_their_order(cell: str) -> None:
    assert values.is_slashed(cell)
    assert values.is_american(cell) is cell.endswith("PM")


@pytest.mark.parametrize("cell", ["03.04.2026", "2026/04/03", "2026-04-03", "Mai 2024", "", "10/2025", "3/10"])
def test_dates_that_do(cell: str) -> None:
    assert not values.is_slashed(cell)
    assert not values.is_american(cell)


@pytest.mark.parametrize("cell", ["anonymous", "Anonym"])
def test_nobody_is_no_customer_but_may_be_an_answer(cell: str) -> None:
    assert values.says_nothing(cell)
    assert not values.says_nothing(cell, values.NO_TEXT)


@pytest.mark.parametrize(
    ("cell", "found"),
    [("4,5", 4.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("−103", -103), ("+7", 7), ("1'000", 1000), ("4.5", 4.5),
     (",5", None), (".5", None), ("5,", None), ("1.2.2026", None), ("1,2,3", None), ("4/5", None), ("", None)],
)  # fmt: skip
def test_a_cell_is_a_number_or_none(cell: str, found: float | None) -> None:
    assert values.number(cell) == found


def test_columns_are_read_as_a_whole_and_keep_their_index() -> None:
    cells = pd.Series(["07.01.2026", "", "Mai 2024", "07.01.2026"], index=[3, 1, 4, 9], dtype="str")
    found = values.dates(cells)
    assert found["precision"].fillna("").tolist() == ["day", "", "month", "day"]
    assert found["at"].isna().tolist() == [False, True, False, False]
    assert found.index.tolist() == [3, 1, 4, 9]
    assert values.numbers(pd.Series(["5", "x"], index=[7, 2], dtype="str")).to_dict().get(7) == 5


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "–", "Keine Antwort", "KEIN TEXT", "k.A.", "n/a", "\u200b", "keine Angabe"]
)
def test_words_for_nothing(cell: str) -> None:
    assert values.is_missing(pd.Series([cell], dtype="str"), values.NO_TEXT).tolist() == [True]


@pytest.mark.parametrize("cell", ["Keine", "keine Beschwerden", "nichts", "0", "Kein Text in der Mail", "x"])
def test_short_answers_are_not_nothing(cell: str) -> None:
    assert values.is_missing(pd.Series([cell], dtype="str"), values.NO_TEXT).tolist() == [False]


CELLS = st.lists(
    st.one_of(
        st.sampled_from(sorted(scales.NO_ANSWER)).map(lambda word: f" {word.upper()}\u200b"),
        st.text("aK7 .-\u00a0\u200b\t\x00ßé\n", max_size=50),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(CELLS)
def test_a_column_is_read_as_its_cells_one_by_one(cells: list[str]) -> None:
    column = pd.Series(cells, dtype="str")
    assert values.cleaned(column).tolist() == [values.clean(cell) for cell in cells]
    for words in (values.NOTHING, values.NO_TEXT, scales.NO_ANSWER):
        assert values.is_missing(column, words).tolist() == [values.says_nothing(cell, words) for cell in cells]
