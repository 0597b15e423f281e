"""Responses that may not count: unfinished, tests, speeders, straight-liners."""

from statistics import median

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import real

from cx.ingest import doubts, reading, surveys
from cx.ingest.reading import open_exports
from cx.model.columns import Column, Mapping
from cx.model.survey import Doubt, Question


def export_of(text, name="umfrage.csv"):
    [export] = open_exports(text.encode(), name)
    return export


def found_in(export, **mapped):
    """The doubts of all rows, index from 0."""
    questions = mapped.pop("questions", ())
    mapping = Mapping(columns=tuple((Column(column), header) for column, header in mapped.items()), questions=questions)
    rules = doubts.rules(export, mapping)
    return pd.concat([rules.of(table) for table in export.blocks()], ignore_index=True)


def flags(doubt, export, **mapped):
    return found_in(export, **mapped)[doubt].tolist()


# --- unfinished


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["True", "False", ""], [False, True, False]),
        (["1", "0", "1"], [False, True, False]),
        (["Ja", "Nein", "ja"], [False, True, False]),
        (["Wahr", "Falsch", "k. A."], [False, True, False]),
        (["100", "40", "0"], [False, True, True]),
        (["100%", "99 %", ""], [False, True, True]),
        (["27.04.2026 11:34", "", "28.04.2026 11:34"], [False, True, False]),
        (["1980-01-01 00:00:00", "", "1980-01-01 00:00:00"], [False, True, False]),
        (["completed", "partial", "Abgebrochen"], [False, True, True]),
    ],
)
def test_unfinished(cells, expected):
    export = export_of("Text;Fertig\n" + "".join(f"a;{cell}\n" for cell in cells))
    assert flags(Doubt.UNFINISHED, export, finished="Fertig") == expected


def test_limesurvey_leaves_the_date_empty_where_a_response_is_unfinished():
    export = export_of('"Antwort ID";"Datum Abgeschickt"\n"1";"2026-04-01 10:10:00"\n"2";""\n')
    assert flags(Doubt.UNFINISHED, export, date="Datum Abgeschickt", finished="Datum Abgeschickt") == [False, True]


# --- tests


def test_responses_of_a_preview_are_tests():
    cells = [
        "IP Address",
        "Survey Preview",
        "Survey Test",
        "Spam",
        "Umfragevorschau",
        "Umfragetest",
        "Vorschau",
        "Test",
        "",
        "Import",
        "Testkunde",
    ]
    export = export_of("Text;Status\n" + "".join(f"a;{cell}\n" for cell in cells))
    assert flags(Doubt.TEST, export, status="Status") == [False, *[True] * 7, False, False, False]


def test_numbers_are_kinds_of_responses_in_qualtrics_only():
    rows = "".join(f"{status},2026-04-01,R_{status}\n" for status in (0, 1, 2, 4, 8, 9, 16, 17))
    assert flags(Doubt.TEST, export_of("Status,RecordedDate,ResponseId\n" + rows), status="Status") == [
        False, True, True, False, True, True, False, True,
    ]  # fmt: skip
    assert not any(flags(Doubt.TEST, export_of("Status,Date,Id\n" + rows), status="Status"))


# --- speeders


def timed(durations):
    return export_of("Text;Dauer\n" + "".join(f"a;{each}\n" for each in durations))


def test_speeder_is_faster_than_a_third_of_the_median():
    export = timed([300] * 20 + [99, 100, 101])
    assert flags(Doubt.SPEEDER, export, duration="Dauer") == [False] * 20 + [True, False, False]


def test_few_times_tell_nothing():
    assert Doubt.SPEEDER not in found_in(timed([300] * 18 + [1]), duration="Dauer")
    assert Doubt.SPEEDER in found_in(timed([300] * 19 + [1]), duration="Dauer")


def test_who_took_five_minutes_is_no_speeder():
    export = timed([7_200] * 20 + [299, 301])
    assert flags(Doubt.SPEEDER, export, duration="Dauer") == [False] * 20 + [True, False]


def test_unfinished_responses_neither_count_for_the_median_nor_as_speeders():
    rows = "".join(f"a;{300};True\n" for _ in range(20)) + "a;5;False\n" * 30 + "a;5;True\n"
    found = flags(Doubt.SPEEDER, export_of("Text;Dauer;Fertig\n" + rows), duration="Dauer", finished="Fertig")
    assert found == [False] * 50 + [True]


def test_time_from_start_to_end():
    rows = (
        "2026-04-01 10:00:00;2026-04-01 10:05:00\n" * 20
        + "2026-04-01 10:00:00;2026-04-01 10:00:30\n;2026-04-01 10:00:30\n"
    )
    assert flags(Doubt.SPEEDER, export_of("Start;Ende\n" + rows), started="Start", date="Ende") == [False] * 20 + [
        True,
        False,
    ]


def test_minutes_that_may_be_nearly_two_are_not_taken_for_none():
    """Microsoft Forms without seconds: from 11:34 to 11:34 may have been 59 seconds."""
    quick = "27.04.2026 11:34;27.04.2026 11:34\n"
    export = export_of("Start;Ende\n" + "27.04.2026 11:34;27.04.2026 11:36\n" * 20 + quick)
    assert not any(flags(Doubt.SPEEDER, export, started="Start", date="Ende"))
    export = export_of("Start;Ende\n" + "27.04.2026 11:34;27.04.2026 11:44\n" * 20 + quick)
    assert flags(Doubt.SPEEDER, export, started="Start", date="Ende")[-1]


def test_days_without_a_time_tell_no_duration():
    export = export_of("Start;Ende\n" + "27.04.2026;28.04.2026\n" * 30)
    assert Doubt.SPEEDER not in found_in(export, started="Start", date="Ende")


def test_duration_on_a_clock():
    cells = pd.DataFrame({"Dauer": ["00:05:10", "5:10", "310", "310,5", "", "-1"]}, dtype="str")
    table = reading.Table("a", "", cells, pd.Series(range(6)))
    took = doubts.seconds(table, Mapping(columns=((Column.DURATION, "Dauer"),)))
    assert took.tolist()[:4] == [310, 310, 310, 310.5]
    assert took[4:].isna().all()


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 4_000), min_size=1, max_size=60))
def test_speeders_as_counted_by_hand(durations):
    found = found_in(timed(durations), duration="Dauer")
    if len(durations) < doubts.SPEEDER_RESPONSES:
        assert Doubt.SPEEDER not in found
    else:
        limit = min(median(durations) / 3, 300)
        assert found[Doubt.SPEEDER].tolist() == [each < limit for each in durations]


# --- straight-liners


def battery(n, turned=0, high=5, first=0):
    return tuple(
        Question(f"F{first + i}", "", *((high, 1) if i < turned else (1, high)), words=(("ja", 4.0),)) for i in range(n)
    )


def answered(rows, n):
    return export_of(
        "Text;" + ";".join(f"F{i}" for i in range(n)) + "\n" + "".join(f"a;{';'.join(row)}\n" for row in rows)
    )


def test_straight_liner_gives_the_same_native_answer_everywhere():
    rows = ["44444", "44445", "4444 ", "     ", "99999"]  # all alike, one other, one missing, none, off the scale
    export = answered([list(row) for row in rows], 5)
    expected = [True, False, False, False, False]
    assert flags(Doubt.STRAIGHT_LINER, export, questions=battery(5)) == expected
    assert flags(Doubt.STRAIGHT_LINER, export, questions=battery(5, turned=2)) == expected


def test_words_and_numbers_are_the_same_answer():
    assert flags(Doubt.STRAIGHT_LINER, answered([["ja", "4", "Ja", "4", "4"]], 5), questions=battery(5)) == [True]


def test_fewer_than_five_questions_tell_nothing():
    assert Doubt.STRAIGHT_LINER not in found_in(answered([list("4444")], 4), questions=battery(4))


def test_questions_on_another_scale_are_another_list():
    """A 4 of 5 and a 4 of 10 are two answers; five and five questions are two lists, and who varies in one has read."""
    mixed = battery(3) + battery(3, high=10, first=3)
    assert Doubt.STRAIGHT_LINER not in found_in(answered([list("444444")], 6), questions=mixed)
    two = battery(5) + battery(5, high=10, first=5)
    rows = [list("4444477777"), list("4444471777"), list("44444     ")]
    assert flags(Doubt.STRAIGHT_LINER, answered(rows, 10), questions=two) == [True, False, True]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from(["1", "2", ""]), min_size=6, max_size=6), min_size=1, max_size=12))
def test_straight_liners_as_counted_by_hand(rows):
    found = flags(Doubt.STRAIGHT_LINER, answered(rows, 6), questions=battery(6))
    given_answers = [[cell for cell in row if cell] for row in rows]
    assert found == [len(each) >= 5 and len(set(each)) == 1 for each in given_answers]


# --- all of them


def test_nothing_mapped_tells_nothing():
    found = found_in(export_of("Text\na\nb\n"))
    assert found.shape == (2, 0)


def test_blocks_come_to_the_same_as_the_whole(monkeypatch):
    rows = "".join(f"a;{300 if n % 7 else 20};{n % 5 != 0}\n" for n in range(60))
    export = export_of("Text;Dauer;Fertig\n" + rows)
    whole = found_in(export, duration="Dauer", finished="Fertig")
    tables = [
        reading.replace(table, cells=table.cells[first : first + 9], lines=table.lines[first : first + 9])
        for table in export.blocks()
        for first in range(0, len(table), 9)
    ]
    rules = doubts.rules(export, Mapping(columns=((Column.DURATION, "Dauer"), (Column.FINISHED, "Fertig"))))
    parts = [rules.of(table) for table in tables]
    assert all(part.index.equals(table.cells.index) for part, table in zip(parts, tables, strict=True))
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)


def test_surveymonkey_has_speeders_and_straight_liners():
    name = "surveymonkey_2headers_de.csv"
    [export] = open_exports(real(name), name)
    questions = surveys.questions(export, ())
    found = found_in(export, started="date_created", date="date_modified", questions=questions)
    counts = found.sum()
    print(f"\n{counts.to_dict()} of {len(found)}")
    assert 0 < counts[Doubt.SPEEDER] < 0.1 * len(found)
    assert 0 < counts[Doubt.STRAIGHT_LINER] < 0.05 * len(found)
