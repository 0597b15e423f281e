"""The parts sum to the whole, exactly."""

import pandas as pd
from hypothesis import given, settings
from text_strategies import any_text

from cx import text


@settings(max_examples=40, deadline=None)
@given(any_text)
def test_explanation_re_adds_exactly(body: str) -> None:
    parts, whole, statements = text.explain(body), text.sentiment([body]), text.analyse([body])
    judging = parts[parts["dimension"] == "polarity"]
    if whole["label"][0] is None:
        assert parts.empty
        return
    assert sum(judging["contribution"]) == whole["polarity"][0]
    for number, found in statements.groupby("statement"):
        assert sum(judging.loc[judging["statement"] == number, "within"]) == found["polarity"].iloc[0]
    named = statements[statements["dimension"] != ""]
    for row in named.itertuples():
        mine = parts[(parts["statement"] == row.statement) & (parts["dimension"] == row.dimension)]
        assert sum(mine.loc[mine["aspect"] == row.aspect, "within"]) == row.aspect_polarity


@settings(max_examples=25, deadline=None)
@given(any_text)
def test_words_stand_where_the_explanation_says(body: str) -> None:
    for row in text.explain(body).itertuples():
        clean = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        spot = clean[row.start : row.stop]
        words = row.word.split(" ")
        assert spot.startswith(words[0]) and spot.endswith(words[-1])


def test_negated_word_says_so() -> None:
    parts = text.explain("Die Jacke ist nicht elegant.")
    row = parts[(parts["dimension"] == "polarity") & (parts["rule"] != "learned")].iloc[0]
    assert (row["word"], row["rule"]) == ("elegant", "negated")
    assert row["contribution"] < 0


def test_longest_expression_wins_over_its_parts() -> None:
    parts = text.explain("Die kommen nicht in die Puschen.")
    judging = parts[parts["dimension"] == "polarity"]
    assert judging.loc[judging["rule"] != "learned", "rule"].tolist() == ["phrase"]


def test_explain_many_is_explain_of_each() -> None:
    bodies = ["Sehr gut.", "", "Preis zu hoch, Service schlecht.", None]
    together = text.explain_many(bodies)
    for place, body in enumerate(bodies):
        alone = text.explain(body or "")
        mine = together[together["text"] == place].drop(columns="text").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone.reset_index(drop=True), check_dtype=False)
