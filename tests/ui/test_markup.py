"""Whatever a customer wrote comes out as text: nothing of it can become markup."""

import html
import re

import pytest

from cx.ui import markup
from cx.ui.markup import Mark

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[klick](javascript:alert(1)) **fett** ![](http://x.example/a.png)",
    "Preis & Leistung &lt;b&gt; &amp;",
    "\"><svg/onload=alert(1)> ' onmouseover='alert(1)",
    "</mark></div><iframe src=//x.example>",
    "{{7*7}} ${7*7} <!-- --> ]]>",
]
TAG = re.compile(r"<[^>]*>")


def shown(markup_text: str) -> str:
    """What a browser shows: tags removed, entities resolved."""
    return html.unescape(TAG.sub("", markup_text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_to_the_letter(text: str) -> None:
    assert markup.marked(text, []) == html.escape(text, quote=True)
    assert shown(markup.marked(text, [])) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_marks_inside_hostile_text_add_only_our_own_tags(text: str) -> None:
    found = markup.marked(text, [Mark(0, 4, 0.5), Mark(5, 9, -0.5)])
    assert shown(found) == text
    assert {tag.split()[0] for tag in TAG.findall(found)} == {"<mark", "</mark>"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_titles_stay_text_everywhere(text: str) -> None:
    pieces = [
        markup.voice(text, [], text, [markup.Chip(text, "negative")], text),
        markup.heading(text, text),
        markup.section(text, text),
        markup.notice(text),
        markup.facts([(text, text)]),
        markup.upload(text, text),
        markup.movement(1, text, text),
        markup.tiles([markup.Tile(text, text, text, text, text, text, text)]),
    ]
    allowed = {"div", "span", "h1", "h2", "p", "dl", "dt", "dd", "b"}
    for piece in pieces:
        assert {re.match(r"</?(\w+)", tag).group(1) for tag in TAG.findall(piece)} <= allowed
        assert html.escape(text, quote=True) in piece


def test_marks_carry_side_and_german_contribution() -> None:
    found = markup.marked("gut, aber teuer", [Mark(0, 3, 0.5), Mark(10, 15, -0.25)])
    assert '<mark class="cx-positive" title="Beitrag +0,50">gut</mark>' in found
    assert '<mark class="cx-negative" title="Beitrag −0,25">teuer</mark>' in found


def test_of_overlapping_marks_the_stronger_stays_and_impossible_ones_are_left_out() -> None:
    found = markup.marked(
        "nicht gut", [Mark(0, 9, -0.6), Mark(6, 9, 0.4), Mark(-1, 3, 1.0), Mark(5, 99, 1.0), Mark(2, 2, 1.0)]
    )
    assert found.count("<mark") == 1
    assert 'title="Beitrag −0,60">nicht gut</mark>' in found


def test_marks_count_code_points_not_bytes() -> None:
    assert ">gut</mark>" in markup.marked("😀 ü gut", [Mark(4, 7, 0.5)])


def test_signs_that_turn_the_direction_of_text_are_taken_out() -> None:
    assert markup.marked("a\u202eb\u2066c", []) == "abc"


def test_a_sparkline_is_a_picture_without_script() -> None:
    tile = markup.Tile("NPS", "", "+31", "", "", "", spark=("M0,1 L2,3",))
    assert 'src="data:image/svg+xml;base64,' in markup.tiles([tile])


def test_markdown_places_show_hostile_text_to_the_letter() -> None:
    hostile = "![x](http://example.org/a.png) **b** <i> :red[c] `d` 100 % „ü“"
    written = markup.literal(hostile)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written) == hostile
    assert not re.search(r"(?<!\\)[!\[\]()*<>`:]", written)
