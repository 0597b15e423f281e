"""Scales of rating questions: from wordings, numbers with and without labels, and words."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.ingest import scales
from cx.model.survey import Question


def scale_of(wording, *answers):
    found = scales.recognise(wording, Counter(answers))
    return None if found is None else (found.worst, found.best)


def natives(wording, *answers):
    found = scales.recognise(wording, Counter(answers))
    question = Question("F", wording, found.worst, found.best, found.words)
    return scales.scores(pd.Series(answers, dtype="str"), question).tolist()


@pytest.mark.parametrize(
    ("wording", "answers", "ends"),
    [
        ("Freundlichkeit", "1 2 3 5", (1, 5)),
        ("Freundlichkeit", "2 6 4", (1, 6)),
        ("Freundlichkeit", "2 6 7", (1, 7)),
        ("Freundlichkeit", "0 6 9", (0, 10)),
        ("Freundlichkeit", "1 6 9", (1, 10)),
        ("Freundlichkeit", "1 60 90", (0, 100)),
        ("Freundlichkeit", "84,5 77 90", (0, 100)),
        ("Freundlichkeit", "-2 -1 0 2", (-2, 2)),
        ("Freundlichkeit", "1 2 5 99 -9", (1, 5)),
        ("Freundlichkeit auf einer Skala von 0 bis 10", "3 4", (0, 10)),
        ("Freundlichkeit (1-7)", "3 4", (1, 7)),
        ("Schulnote", "1 2 3", (6, 1)),
        ("Wie benoten Sie uns?", "1 2 6", (6, 1)),
        ("Frage (1 = sehr gut, 6 = ungenügend)", "1 2", (6, 1)),
        ("Frage: sehr gut (1) bis mangelhaft (5)", "1 2", (5, 1)),
        ("1 = trifft voll zu, 5 = trifft gar nicht zu", "1 2", (5, 1)),
        ("von 1 (sehr unzufrieden) bis 5 (sehr zufrieden)", "1 2", (1, 5)),
        ("0 = überhaupt nicht wahrscheinlich, 10 = äußerst wahrscheinlich", "1 2", (0, 10)),
        ("How likely (0 = not at all likely, 10 = extremely likely)", "7 8", (0, 10)),
        ("Wie hoch war Ihr Aufwand?", "1 2 5", (5, 1)),
        ("Wie hoch war Ihr Aufwand? 1 = sehr hoher Aufwand, 5 = sehr geringer Aufwand", "1 2 5", (1, 5)),
        ("Wie zufrieden sind Sie mit dem Aufwand?", "1 2 5", (1, 5)),
        ("Gelöst?", "0 1", (0, 1)),
    ],
)
def test_scale_of_numbers(wording, answers, ends):
    assert scale_of(wording, *answers.split()) == ends


@pytest.mark.parametrize(
    ("answers", "ends", "values"),
    [
        (["10 - sehr zufrieden", "7", "0 - gar nicht zufrieden"], (0, 10), [10, 7, 0]),
        (["5 (stimme voll zu)", "4", "1 (stimme gar nicht zu)"], (1, 5), [5, 4, 1]),
        (["1 = sehr gut", "3", "6 = ungenügend"], (6, 1), [1, 3, 6]),
        (["sehr gut (1)", "gut (2)", "mangelhaft (5)"], (5, 1), [1, 2, 5]),
        (["1. sehr gut", "2. gut", "5. sehr schlecht"], (5, 1), [1, 2, 5]),
        (["★★★☆☆", "★★★★★", "5 Sterne"], (1, 5), [3, 5, 5]),
        (["unbewusst", "2", "3", "4", "5", "bewusst"], (1, 6), [1, 2, 3, 4, 5, 6]),
        (["sehr zufrieden", "2", "3", "4", "sehr unzufrieden"], (1, 5), [5, 2, 3, 4, 1]),
    ],
)
def test_numbers_with_labels(answers, ends, values):
    assert scale_of("Frage", *answers) == ends
    assert natives("Frage", *answers) == values


@pytest.mark.parametrize(
    ("answers", "values"),
    [
        (["stimme gar nicht zu", "stimme eher nicht zu", "Stimme eher zu", "stimme voll zu"], [1, 2, 3, 4]),
        (["trifft überhaupt nicht zu", "trifft eher nicht zu", "teils/teils", "trifft eher zu", "trifft voll und ganz zu"], [1, 2, 3, 4, 5]),
        (["Lehne ab", "Teils, teils", "Stimme zu"], [1, 2, 3]),
        (["stimme gar nicht zu", "stimme nicht zu", "stimme eher nicht zu", "stimme eher zu", "stimme zu", "stimme völlig zu"], [1, 2, 3, 4, 5, 6]),
        (["Strongly disagree", "Disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Agree", "Strongly agree"], [1, 2, 3, 4, 5, 6, 7]),
        (["sehr unzufrieden", "eher unzufrieden", "weder noch", "eher zufrieden", "sehr zufrieden"], [1, 2, 3, 4, 5]),
        (["überhaupt nicht zufrieden", "wenig zufrieden", "teilweise zufrieden", "ziemlich zufrieden", "sehr zufrieden"], [1, 2, 3, 4, 5]),
        (["Very dissatisfied", "Neutral", "Very satisfied"], [1, 2, 3]),
        (["sehr schlecht", "schlecht", "mittelmäßig", "gut", "sehr gut"], [1, 2, 3, 4, 5]),
        (["Poor", "Fair", "Good", "Very good", "Excellent"], [1, 2, 3, 4, 5]),
        (["ungenügend", "mangelhaft", "ausreichend", "befriedigend", "gut", "sehr gut"], [1, 2, 3, 4, 5, 6]),
        (["sehr unwahrscheinlich", "unwahrscheinlich", "vielleicht", "wahrscheinlich", "sehr wahrscheinlich"], [1, 2, 3, 4, 5]),
        (["auf keinen Fall", "eher nein", "vielleicht", "eher ja", "auf jeden Fall"], [1, 2, 3, 4, 5]),
        (["nie", "selten", "manchmal", "häufig", "immer"], [1, 2, 3, 4, 5]),
        (["sehr schwierig", "schwierig", "weder einfach noch schwierig", "einfach", "sehr einfach"], [1, 2, 3, 4, 5]),
        (["viel schlechter als erwartet", "wie erwartet", "viel besser als erwartet"], [1, 2, 3]),
        (["Not at all", "Not so much", "Somewhat", "Very much", "Extremely"], [1, 2, 3, 4, 5]),
        (["😡", "🙁", "😐", "🙂", "😀"], [1, 2, 3, 4, 5]),
        ([":-(", ":-|", ":-)"], [1, 2, 3]),
        (["👎", "👍"], [1, 2]),
        (["Nein", "Ja"], [0, 1]),
        (["nein", "teilweise", "ja"], [0, 1, 2]),
        (["false", "true"], [0, 1]),
        (["bad", "good"], [1, 2]),
    ],
)  # fmt: skip
def test_words_map_to_their_places(answers, values):
    assert natives("Frage", *answers) == values
    assert natives("Frage", *reversed(answers)) == values[::-1]
    assert scale_of("Frage", *answers) == (values[0], values[-1])


def test_answer_that_nobody_gave_is_there_all_the_same():
    """Who answers "zufrieden" of four is not as content as one can be."""
    assert natives("Frage", "zufrieden", "sehr zufrieden") == [3, 4]
    found = scales.recognise("Frage", Counter(["zufrieden", "sehr zufrieden"]))
    assert dict(found.words)["sehr unzufrieden"] == 1


def test_one_answer_alone_stands_where_it_would_among_all():
    assert natives("Frage", "zufrieden") == [3]
    assert scale_of("Frage", "zufrieden") == (1, 4)
    assert natives("Frage", "weder noch") == [2]


def test_labels_on_one_side_of_the_middle_still_tell_the_direction():
    assert scale_of("Schulnote", "3 - zufrieden", "4 - sehr zufrieden") == (1, 5)


def test_answer_of_a_later_row_is_known_however_it_is_written():
    found = scales.recognise("Frage", Counter(["sehr zufrieden", "sehr unzufrieden", "zufrieden", "weder noch"]))
    question = Question("F", "Frage", found.worst, found.best, found.words)
    later = pd.Series(["Teils/teils", "teils, teils", "UNZUFRIEDEN", "Sehr\u00a0zufrieden!", "rot"], dtype="str")
    assert scales.scores(later, question).fillna(0).tolist() == [3, 3, 2, 5, 0]


def test_no_answer_is_neither_a_word_nor_a_number():
    cells = ["ja", "nein", "weiß nicht", "Keine Angabe", "", "offered"]
    assert scale_of("Frage", *cells) == (0, 1)
    assert scales.is_missing(pd.Series(cells, dtype="str")).tolist() == [False, False, True, True, True, True]
    values = natives("Frage", *cells)
    assert values[:2] == [1, 0] and pd.isna(values[2:]).all()


@pytest.mark.parametrize(
    "answers",
    [["Berlin", "Hamburg"], ["gut gemacht, danke", "hat mir nicht gefallen"], ["", ""], [], ["2026", "2025"], ["täglich", "nie", "monatlich"]],
)  # fmt: skip
def test_what_is_no_scale(answers):
    assert scale_of("Frage", *answers) is None


def test_how_important_something_is_is_no_rating_of_it():
    assert scales.recognise("Frage", Counter(["sehr wichtig", "unwichtig"])).usage


def test_high_is_only_bad_where_effort_is_asked_for():
    assert scale_of("Aufwand", "gering", "hoch") == (5, 1)
    assert scale_of("Qualität", "gering", "hoch") == (1, 5)


# --- what a scale says of itself


@pytest.mark.parametrize(
    ("wording", "answers", "said"),
    [
        # Nothing tells which end is good: a negative statement turns the scale.
        ("Frage", ["1", "2", "5"], {"kind": "numbers", "statement": True, "told": False, "usage": False}),
        ("Schulnote", ["1", "2"], {"kind": "numbers", "statement": True, "told": True}),
        ("Wie hoch war Ihr Aufwand?", ["1", "5"], {"kind": "numbers", "statement": True, "told": True}),
        ("Frage (1 = sehr gut, 6 = ungenügend)", ["1"], {"kind": "numbers", "statement": False, "told": True}),
        ("1 = trifft voll zu, 5 = trifft gar nicht zu", ["1", "2"], {"statement": True, "told": True}),
        ("Gelöst?", ["0", "1"], {"kind": "yes_no", "statement": True, "told": False}),
        ("Gelöst?", ["ja", "nein"], {"kind": "yes_no"}),
        ("Frage", ["1 - nie", "2 - selten", "5 - immer"], {"kind": "frequency", "told": True}),
        ("Frage (1 = gut, 5 = gut)", ["1", "2"], {"told": False}),
        ("Frage", ["stimme zu", "stimme nicht zu"], {"kind": "agreement", "statement": True, "told": False}),
        ("Frage", ["zufrieden", "unzufrieden"], {"kind": "satisfaction", "statement": False, "told": True}),
        ("Frage", ["unbewusst", "2", "3", "4", "bewusst"], {"kind": "numbers", "statement": False, "told": True}),
    ],
)
def test_what_a_scale_says_of_itself(wording, answers, said):
    found = scales.recognise(wording, Counter(answers))
    assert {name: getattr(found, name) for name in said} == said


def test_a_turned_scale_has_its_ends_exchanged_and_nothing_else():
    found = scales.recognise("Frage", Counter(["zufrieden", "unzufrieden"]))
    turned = found.turned()
    assert (turned.worst, turned.best, turned.ends, turned.words) == (found.best, found.worst, found.ends, found.words)


# --- numbers: which are answers, and where the scale ends


@pytest.mark.parametrize(
    ("wording", "answers", "ends"),
    [
        # Codes of "no answer" are no end; a real 100 is one.
        ("Frage", "1 5 99", (1, 5)),
        ("Frage", "1 5 -1", (1, 5)),
        ("Frage", "1 5 77 88 97 98 999", (1, 5)),
        ("Frage", "1 50 77", (0, 100)),
        ("Frage", "50 100 99", (0, 100)),
        ("Frage", "-9 -99", None),
        # Nothing below 0 that has no end above 0.
        ("Frage", "-3 3", (-3, 3)),
        ("Frage", "-100 100", (-100, 100)),
        ("Frage", "-4 4", None),
        ("Frage", "-3 2", None),
        ("Frage", "0 1 1", (0, 1)),
        ("Frage", "0 3", (0, 5)),
        ("Frage", "0 11", (0, 100)),
        ("Frage", "0 101", None),
        ("Frage", "1 101", None),
        # A range that is none of a scale.
        ("Frage (18 bis 65 Jahre)", "1 2 5", (1, 5)),
        ("Rabatt von 0 bis 10 %", "1 2 5", (1, 5)),
        ("Frage von 1 bis 12", "1 2 5", (1, 5)),
        ("Frage von 2 bis 5", "1 2 6", (1, 6)),
        ("Frage von 1 bis 11", "1 2 5", (1, 11)),
        ("Frage von 0 bis 1", "0 1", (0, 1)),
        ("Frage von 0 bis 2", "0 1", (0, 2)),
        ("Frage von 0 bis 100", "3 4", (0, 100)),
        ("Frage von 1 bis 7", "1 2 99", (1, 7)),
        ("Frage von -5 bis 5", "1 2", (-5, 5)),
        ("Frage von -5 bis 4", "1 2", (1, 5)),
        ("Frage von 1 bis 100", "40 2", (1, 100)),
        ("Frage von 1 bis 5", "4 7", (1, 7)),  # the answers know better
        ("Frage 1...5", "4", (1, 5)),
        # School marks are whole, and only 1 to 5 or 6 can be ones.
        ("Schulnote", "1 2,5", (5, 1)),
        ("Schulnote", "1 7", (1, 7)),
        ("Notebook", "1 2 5", (1, 5)),
        ("Gesamtnote von 1 bis 5", "1 2 5", (5, 1)),
        ("Schulnote (1 = schlecht, 6 = sehr gut)", "1 2 5", (1, 6)),
        # Effort: more is worse where its size is asked for, unless the labels say otherwise.
        ("How much effort did you have to make?", "1 5", (5, 1)),
        ("Wie mühsam war es?", "1 5", (5, 1)),
        ("Wie leicht war es, trotz der Mühe?", "1 5", (1, 5)),
        # One label tells nothing without the ends.
        ("Frage (1 = sehr gut)", "1 2 5", (1, 5)),
        ("Frage von 1 bis 7 (1 = sehr gut)", "1 2 5", (1, 7)),
        ("Frage von 1 bis 5 (1 = sehr gut, 3 = mittel, 5 = schlecht)", "1 2 5", (5, 1)),
    ],
)
def test_ends_of_scales_of_numbers(wording, answers, ends):
    assert scale_of(wording, *answers.split()) == ends


def test_an_end_that_nobody_of_a_hundred_chose_is_none():
    assert scale_of("Frage", *"1231") == (1, 5)
    many = Counter({"1": 30, "2": 30, "3": 40})
    assert scales.recognise("Frage", many).ends == (1, 3)
    assert scales.recognise("Frage", many + Counter(["4"])).ends == (1, 4)
    assert scales.recognise("Frage", Counter({"1": 50, "3": 50})).ends == (1, 5)  # a hole: not all that there is
    assert scales.recognise("Frage", Counter({"1": 33, "2": 33, "3": 33})).ends == (1, 5)
    assert scales.recognise("Frage", Counter({"1": 50, "2": 50})).ends == (1, 5)


def test_a_few_words_among_numbers_are_no_answers():
    few = Counter({"1": 50, "5": 45, "keine Ahnung ehrlich": 5})
    assert scales.recognise("Frage", few).ends == (1, 5)
    assert scales.recognise("Frage", few + Counter(["noch eins"])) is None


def test_a_few_free_answers_among_words_are_none_of_them():
    few = Counter({"zufrieden": 50, "unzufrieden": 45, "kommt darauf an": 5})
    assert scales.recognise("Frage", few).kind == "satisfaction"
    assert scales.recognise("Frage", few + Counter(["mal so mal so"])) is None


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        (["schlecht", "2", "3", "gut"], (1, 4)),
        (["gut", "2", "3"], (2, 4)),
        (["schlecht", "2", "3"], (1, 3)),
        (["schlecht", "2", "4", "gut"], None),  # a hole
        (["schlecht", "2", "gut"], None),  # one number could be anything
        (["schlecht", "gut", "toll", "2", "3"], None),
        (["rot", "2", "3", "grün"], None),
        (["rot", "2", "3"], None),
        (["schlecht", "0", "1", "gut"], None),
        (["schlecht", "10", "11", "gut"], None),
        (["schlecht", "9", "10", "gut"], (8, 11)),
        (["schlecht", "2,5", "3,5", "gut"], None),
    ],
)
def test_numbers_between_ends_in_words(answers, ends):
    assert scale_of("Frage", *answers) == ends


# --- words


@pytest.mark.parametrize(
    ("label", "effort", "expected"),
    [
        ("sehr gut", False, 1),
        ("sehr schlecht", False, -1),
        ("weder noch", False, 0),
        ("Banane", False, 0),
        ("blitzschnell", False, 0),
        ("wirklich schnell erledigt", False, 1),
        ("gar nicht schnell", False, -1),
        ("unverständlich", False, -1),
        ("hoher Aufwand", False, -0.5),  # more is worse
        ("wenig Aufwand", False, 0.5),
        ("gering", None, -0.5),
        ("gering", True, 0.5),
        ("kaum der Rede wert, ganz ohne Mühe, wenig anstrengend", False, 1),
        ("immer wieder mühsam", False, -1),
    ],
)
def test_how_good_an_answer_in_words_is(label, effort, expected):
    assert (scales.goodness(label) if effort is None else scales.goodness(label, effort=effort)) == expected


@given(st.sampled_from(scales.ladders()), st.data())
def test_words_of_a_scale_stay_on_it_and_keep_their_order(ladder, data):
    steps = sorted(data.draw(st.sets(st.sampled_from(range(len(ladder.steps))), min_size=2)))
    answers = [data.draw(st.sampled_from(sorted(ladder.steps[step]))) for step in steps]
    found = scales.recognise("Frage", Counter(answers))
    question = Question("F", "Frage", found.worst, found.best, found.words)
    scores = scales.scores(pd.Series(answers, dtype="str"), question)
    assert scores.between(*found.ends).all()
    if found.kind == ladder.kind:
        assert scores.is_monotonic_increasing
    known = dict(found.words)
    assert scores.tolist() == [known[answer] for answer in answers]
    assert {found.worst, found.best} <= set(known.values())


@given(
    st.sampled_from([(1, 5), (1, 6), (1, 7), (0, 10), (1, 10), (0, 100)]),
    st.booleans(),
    st.lists(st.integers(0, 100), min_size=1),
)
def test_numbers_under_a_written_scale_stay_on_it(ends, falls, answers):
    low, high = ends
    labels = ("sehr gut", "sehr schlecht") if falls else ("sehr schlecht", "sehr gut")
    wording = f"Wie war es? ({low} = {labels[0]}, {high} = {labels[1]})"
    inside = [str(low + answer % (high - low + 1)) for answer in answers]
    assert scale_of(wording, *inside) == ((high, low) if falls else (low, high))
    assert natives(wording, *inside) == [float(answer) for answer in inside]


@given(st.text(max_size=40), st.lists(st.text(max_size=30), max_size=8))
def test_any_text_is_read_without_an_error(wording, answers):
    found = scales.recognise(wording, Counter(answers))
    if found is not None:
        assert found.worst != found.best
        natives(wording, *answers)
