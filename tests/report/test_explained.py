"""Sums for people: they re-add, the weightiest first, small words folded."""

import pytest

from cx import text
from cx.charts import words
from cx.language import number
from cx.report import explained
from cx.report.explained import FOLDED_FROM, WEIGHTY, Part, Tally

LONG = (
    "Sehr freundliches Personal, leckeres Essen, schöne Räume, faire Preise und eine tolle Lage, aber die Bedienung war "
    "langsam, unaufmerksam und die Rechnung falsch."
)


def read(body: str) -> tuple[Tally, list[explained.Reading]]:
    sentiment, analysed, parts = text.sentiment([body]), text.analyse([body]), text.explain(body)
    direction = explained.polarity(parts, sentiment["polarity"][0], sentiment["label"][0])
    return direction, explained.readings(body, analysed, parts)


@pytest.mark.parametrize("body", [LONG, "Nicht schlecht!", "Wann kommt das Paket?", "Am Montag."])
def test_every_sum_re_adds_exactly(body: str) -> None:
    direction, readings = read(body)
    for tally in (direction, *(t for reading in readings for t in (reading.judging, *reading.aspects))):
        assert sum(part.amount for part in tally.parts) == tally.total


def test_the_weightiest_words_come_first_and_the_rest_is_folded() -> None:
    direction, _ = read(LONG)
    sizes = [abs(part.amount) for part in direction.parts[:-1]]
    assert len(direction.parts) == WEIGHTY + 1
    assert sizes == sorted(sizes, reverse=True)
    assert direction.parts[-1].words == "übrige Wörter"
    assert int(direction.parts[-1].why.split()[0]) >= FOLDED_FROM


def test_one_word_is_not_folded() -> None:
    for body in ("Gut.", "Sehr gut.", "Das Essen war sehr gut.", "Nette Leute, gutes Essen."):
        assert "1 weiteres" not in " ".join(part.why for part in read(body)[0].parts)


def test_a_statement_says_whether_it_judges_and_what_it_names() -> None:
    _, readings = read("Das Personal war sehr freundlich, aber die Lieferung kam zu spät.")
    assert [reading.label for reading in readings] == ["positive", "negative"]
    assert readings[0].text.startswith("Das Personal") and readings[1].text.startswith("aber")
    assert all(reading.judging.total >= 0 and reading.judging.verdict == "wertet" for reading in readings)
    names = [tally.name for tally in readings[1].aspects]
    assert "Touchpoint: Versand & Lieferung" in names
    assert all(tally.total >= 0 for reading in readings for tally in reading.aspects)


def test_the_sum_of_an_aspect_is_that_of_its_own_words() -> None:
    body = "Die Lieferung kam zu spät und niemand hat sich gemeldet."
    analysed, parts = text.analyse([body]), text.explain(body)
    [reading] = explained.readings(body, analysed, parts)
    assert len(reading.aspects) > 1
    own = analysed.set_index("aspect")["aspect_polarity"]
    sums = parts[parts["aspect"] != ""].groupby("aspect")["naming"].sum()
    names = {f"{kind}: {words.aspect_name(key)}": key for key in own.index for kind in ("Säule", "Touchpoint")}
    for tally in reading.aspects:
        key = names[tally.name]
        assert tally.total == sums[key]
        assert tally.verdict == f"genannt, mit Polarität {number(own[key], 2, signed=True)}"
    assert len({tally.total for tally in reading.aspects}) == len(reading.aspects), "else another's sum would pass"


def test_bars_are_measured_by_the_largest_part() -> None:
    parts = tuple(Part(name, "", amount) for name, amount in (("gut", 0.2), ("kaputt", -0.5)))
    assert Tally("", parts, -0.3, "").largest == 0.5
    assert Tally("", (), 0.0, "").largest == 1


def test_rules_are_told_in_words() -> None:
    direction, _ = read("Die Jacke ist nicht elegant.")
    told = {part.words: part.why for part in direction.parts}
    assert "verneint" in told["elegant"]


def test_what_does_not_judge_says_so() -> None:
    direction, readings = read("Am Montag.")
    assert direction.verdict == "neutral"
    assert readings[0].judging.verdict.startswith("wertet nicht")
    assert readings[0].aspects == ()


def test_foreign_text_has_nothing_to_show() -> None:
    body = "The parcel arrived two days late and nobody told me."
    assert read(body)[1] == []
