"""What an upload has learned, laid over a reading: the reference agrees, parts re-add, and mentions stay as they are."""

import math

import pandas as pd
import reference
from hypothesis import given, settings
from hypothesis import strategies as st
from text_strategies import any_text

from cx import text
from cx.store import Store
from cx.text import adjusting, reader, reading, words
from cx.text.explaining import explained

NOWHERE = {"quaxel": 800}


def read(body: str, adjustment: adjusting.Adjustment) -> list[pd.DataFrame]:
    """One reading: polarity and label of the text; statements and mentions; parts."""
    with Store().reading() as session, session.given(text_input=reader.given([body], 0)):
        found = reading.interpret(session, adjustment=adjustment)
    return [reader.polarities(found), reader.analysed(found), explained(found)]


@st.composite
def adjusted(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """A text, and an adjustment of some of its words."""
    body = draw(any_text).encode("utf-8", "replace").decode()
    tokens = [m[0].lower() for m in reference.TOKENS.finditer(body)]
    found = sorted({f for token in tokens for f in adjusting.features(words.shipped(), token)})
    chosen = draw(st.lists(st.sampled_from(found), unique=True)) if found else []
    return body, {feature: draw(st.integers(-1_500, 1_500)) for feature in chosen} or NOWHERE


@settings(max_examples=20, deadline=None)
@given(adjusted())
def test_the_reference_agrees_parts_re_add_and_mentions_stay(drawn: tuple[str, dict[str, int]]) -> None:
    body, adjustment = drawn
    whole, found, parts = read(body, adjustment)
    expected = reference.statements(body, adjustment)
    polarity, got = reference.polarity(expected), whole["polarity"][0]
    assert got == polarity or math.isnan(got) and math.isnan(polarity)
    cut = found.drop_duplicates("statement")
    assert cut["polarity"].dropna().tolist() == [s.polarity for s in expected if s.label is not None]
    assert [x if isinstance(x, str) else None for x in cut["label"]] == [s.label for s in expected]
    label = whole["label"][0]
    assert (label if isinstance(label, str) else None) == reference.label(expected)

    judging = parts[parts["dimension"] == "polarity"]
    if not math.isnan(got):
        assert sum(judging["contribution"]) == got
        for number, row in cut.set_index("statement").iterrows():
            assert sum(judging.loc[judging["statement"] == number, "within"]) == row["polarity"]

    _whole, bare, bare_parts = read(body, adjusting.NONE)
    columns = ["statement", "start", "stop", "dimension", "aspect", "aspect_polarity"]
    pd.testing.assert_frame_equal(found[columns], bare[columns])
    of_aspects = [p[p["dimension"].isin(["pillar", "touchpoint"])].reset_index(drop=True) for p in (parts, bare_parts)]
    pd.testing.assert_frame_equal(*of_aspects)


def test_a_shift_turns_with_negation_and_has_its_rule() -> None:
    feature = adjusting.features(words.shipped(), "freundlich")[0]
    for body, sign in (("Sie waren freundlich.", 1), ("Sie waren nicht freundlich.", -1)):
        parts = text.explain_many([body], {feature: 400})
        mine = parts[parts["rule"] == adjusting.RULE]
        assert mine["word"].tolist() == ["freundlich"]
        assert (mine["contribution"] * sign > 0).all()


def test_without_adjustment_nothing_is_learned_here() -> None:
    bodies = ["Sehr freundlich, aber viel zu teuer.", "", None]
    assert adjusting.RULE not in set(text.explain_many(bodies)["rule"])
    pd.testing.assert_frame_equal(text.explain_many(bodies), text.explain_many(bodies, NOWHERE))


def test_small_words_links_and_aspects_are_never_moved() -> None:
    analyser = words.shipped()
    for word in ("nicht", "sehr", "aber", "und", "zu", "für", "17", "www.x.de", "@name", ","):
        assert adjusting.features(analyser, word) == ()
    assert not [f for f in adjusting.features(analyser, "lieferung") if f.startswith("@")]
