"""The only place that makes HTML. Every text passes `_text`; nothing a customer wrote can become markup.

Numbers reach attributes only through `_text` as well; classes are constants of this module or of an enumeration.
"""

import base64
import html
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

from cx.charts.theme import FONT, palette
from cx.charts.trend import SPARK_HEIGHT, SPARK_WIDTH
from cx.language import _, number
from cx.model.kpi import Label
from cx.report.explained import Part, Reading, Tally

BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # would turn the text around a mark
MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # every ASCII punctuation mark may be escaped (CommonMark 2.4)
TONES = {Label.POSITIVE: "positive", Label.NEGATIVE: "negative"}


@dataclass(frozen=True)
class Tile:
    """One key figure as it is written; `tone` ("positive", "negative", "") colours the change."""

    name: str
    note: str
    value: str
    base: str
    interval: str
    change: str
    tone: str = ""
    uncertain: bool = False
    spark: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chip:
    """A pillar, touchpoint or label beside a voice."""

    text: str
    label: str = ""
    outlined: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `share` (0 … 1, None: none) shades it."""

    text: str
    share: float | None = None
    title: str = ""


class Mark(NamedTuple):
    """A judging word of a text, in code points, with what it adds, and `here`: what of it was learned from own ratings."""

    start: int
    stop: int
    contribution: float
    here: float = 0.0


def _text(text: object) -> str:
    return html.escape(str(text).translate(BIDI), quote=True)


def literal(text: str) -> str:
    """`text` for Streamlit's Markdown places (alerts, spinners), shown to the letter: no link, no image, no formatting."""
    return MARKDOWN.sub(r"\\\g<0>", str(text).translate(BIDI))


def tiles(found: Iterable[Tile]) -> str:
    """The row of key figures."""
    return f'<div class="cx-tiles">{"".join(map(_tile, found))}</div>'


def _tile(tile: Tile) -> str:
    grey = " cx-grey" if tile.uncertain else ""
    return (
        f'<div class="cx-tile" role="group" aria-label="{_text(tile.name)}">'
        f'<div class="cx-tile-name">{_text(tile.name)}<span>{_text(tile.note)}</span></div>'
        f'<div class="cx-tile-row"><div class="cx-tile-value{grey}">{_text(tile.value)}</div>'
        f'<div class="cx-tile-side">{_spark(tile.spark)}<div>{_text(tile.base)}</div></div></div>'
        f'<div class="cx-tile-interval">{_text(tile.interval)}</div>'
        f'<div class="cx-tile-change cx-{_text(tile.tone or "plain")}">{_text(tile.change)}</div></div>'
    )


def _spark(paths: tuple[str, ...]) -> str:
    if not paths:
        return ""
    # Streamlit's sanitiser takes drawings out of the page, but lets pictures of them stand.
    lines = "".join(f'<path d="{_text(path)}" vector-effect="non-scaling-stroke"/>' for path in paths)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" preserveAspectRatio="none">'
        f'<g fill="none" stroke="{palette().muted}" stroke-width="1.5" stroke-linejoin="round">{lines}</g></svg>'
    )
    picture = base64.b64encode(drawing.encode()).decode()
    return f'<img class="cx-spark" alt="" src="data:image/svg+xml;base64,{picture}">'


def heading(title: str, line: str) -> str:
    """The page's top line and the grey one under it."""
    return f'<div class="cx-head"><h1>{_text(title)}</h1><p>{_text(line)}</p></div>'


def section(title: str, note: str = "") -> str:
    """A finding over a chart or list, with a grey line under it."""
    under = f"<p>{_text(note)}</p>" if note else ""
    return f'<div class="cx-section"><h2>{_text(title)}</h2>{under}</div>'


def notice(text: str) -> str:
    """A calm line on top of the page."""
    return f'<div class="cx-notice" role="note">{_text(text)}</div>'


def grey(text: str) -> str:
    """A quiet line."""
    return f'<div class="cx-section"><p>{_text(text)}</p></div>'


def movement(position: int, text: str, tone: str) -> str:
    """One real movement, numbered."""
    return f'<div class="cx-move"><b class="cx-{_text(tone)}">{_text(position)}</b><span>{_text(text)}</span></div>'


def voice(text: str, marks: Iterable[Mark], meta: str, chips: Iterable[Chip], label: str) -> str:
    """One statement with its marked words, where and when it was said, and its chips."""
    side = "".join(map(_chip, chips))
    return (
        f'<div class="cx-voice cx-edge-{_text(TONES.get(label, "plain"))}"><div class="cx-voice-text">{marked(text, marks)}</div>'
        f'<div class="cx-voice-meta"><span>{_text(meta)}</span>{side}</div></div>'
    )


def term(line: str, spark: Iterable[str], quotes: Iterable[tuple[str, str]], word: str) -> str:
    """A word's figures beside its course, and sentences with it in bold, each with when and where it was said."""
    said = "".join(f"<div>{_bold(text, word)} <span>{_text(meta)}</span></div>" for text, meta in quotes)
    return f'<div class="cx-term"><p>{_spark(tuple(spark))}{_text(line)}</p><div class="cx-quotes">{said}</div></div>'


def _bold(text: str, word: str) -> str:
    """`text` escaped, with every occurrence of `word` in bold."""
    parts = re.split(f"({re.escape(word)})", text, flags=re.IGNORECASE)
    return "".join(f"<b>{_text(part)}</b>" if place % 2 else _text(part) for place, part in enumerate(parts))


def whole(text: str, marks: Iterable[Mark]) -> str:
    """A whole text as written, lines kept, with its marked words."""
    return f'<div class="cx-whole">{marked(text, marks)}</div>'


def chapter(title: str, note: str = "") -> str:
    """A part of a long page: a line, a larger heading, a grey line under it."""
    under = f"<p>{_text(note)}</p>" if note else ""
    return f'<div class="cx-chapter"><h2>{_text(title)}</h2>{under}</div>'


def points(pairs: Iterable[tuple[str, str]]) -> str:
    """Short paragraphs with a name each, side by side."""
    cells = "".join(f"<div><h3>{_text(name)}</h3><p>{_text(text)}</p></div>" for name, text in pairs)
    return f'<div class="cx-points">{cells}</div>'


def cases(found: Iterable[tuple[str, str, str]]) -> str:
    """Sentences with what was meant and what was read instead."""
    line = _("gemeint: {wanted} · gelesen: {got}")
    rows = "".join(
        f'<div class="cx-case"><div>{_text(said)}</div><p>{_text(line.format(wanted=wanted, got=got))}</p></div>'
        for said, wanted, got in found
    )
    return f'<div class="cx-cases">{rows}</div>'


def reasons(found: Iterable[tuple[str, str]]) -> str:
    """Sentences, each with what it concerns in a grey line under it."""
    rows = "".join(f'<div class="cx-case"><div>{_text(why)}</div><p>{_text(what)}</p></div>' for why, what in found)
    return f'<div class="cx-cases">{rows}</div>'


def verdict(text: str, marks: Iterable[Mark], tally: Tally, chips: Iterable[Chip]) -> str:
    """A whole text with marked words, its score on the scale and what it names, beside the sum of what its words add."""
    tone = TONES.get(tally.label, "plain")
    return (
        f'<div class="cx-verdict"><div class="cx-said cx-edge-{_text(tone)}"><div class="cx-said-text">{marked(text, marks)}</div>'
        f'<div class="cx-said-score"><b class="cx-{_text(tone)}">{_text(number(tally.total, 2, signed=True))}</b>'
        f"<span>{_text(tally.verdict)}</span></div>{_scale(tally.total, tone)}"
        f'<div class="cx-voice-meta">{"".join(map(_chip, chips))}</div></div>{_tally(tally, sided=True)}</div>'
    )


def _scale(value: float, tone: str) -> str:
    """Where a polarity lies between −1 and 1."""
    place = f"left:{50 * (1 + value):.1f}%"
    return (
        f'<div class="cx-scale"><i class="cx-{_text(tone)}" style="{_text(place)}"></i>'
        "<span>−1</span><span>0</span><span>+1</span></div>"
    )


def reading(found: Reading, quote: str, chips: Iterable[Chip]) -> str:
    """What decides whether a statement judges, and one sum per aspect that it names; `quote` where there are several."""
    head = ""
    if quote:
        score = number(found.polarity, 2, signed=True)
        head = (
            f'<div class="cx-reading-head"><span class="cx-quote">{_text(quote)}</span>'
            f'<span class="cx-quiet">{_text(score)}</span>{"".join(map(_chip, chips))}</div>'
        )
    tallies = "".join(_tally(tally, sided=False) for tally in (found.judging, *found.aspects))
    return f'<div class="cx-reading">{head}<div class="cx-tallies">{tallies}</div></div>'


def _tally(tally: Tally, *, sided: bool) -> str:
    """A sum as lines with bars around a middle; `sided`: the two directions are bad and good."""
    tones = ("cx-negative", "cx-positive") if sided else ("cx-less", "cx-more")
    lines = "".join(_part(part, tally.largest, tones) for part in tally.parts)
    total = _("Summe")
    return (
        f'<div class="cx-tally"><h3>{_text(tally.name)}</h3><div class="cx-parts">{lines}</div>'
        f'<div class="cx-sum"><span>{_text(total)}</span><b>{_text(number(tally.total, 2, signed=True))}</b>'
        f"<span>{_text(tally.verdict)}</span></div></div>"
    )


def _part(part: Part, largest: float, tones: tuple[str, str]) -> str:
    size = 50 * min(abs(part.amount) / largest, 1)
    side = f"right:50%;width:{size:.1f}%" if part.amount < 0 else f"left:50%;width:{size:.1f}%"
    return (
        f'<div class="cx-part"><span class="cx-part-words">{_text(part.words)}<small>{_text(part.why)}</small></span>'
        f'<span class="cx-bar"><i class="{tones[part.amount > 0]}" style="{_text(side)}"></i></span>'
        f'<span class="cx-part-amount">{_text(number(part.amount, 2, signed=True))}</span></div>'
    )


def masked(texts: Iterable[str]) -> str:
    """Stretches of text with the placeholders of personal data made visible."""
    rows = (
        re.sub(r"\[[^\[\]]+\]", lambda found: f'<span class="cx-chip">{found[0]}</span>', _text(text)) for text in texts
    )
    return f'<div class="cx-masked">{"".join(f"<p>{row}</p>" for row in rows)}</div>'


def table(head: Iterable[str], rows: Iterable[tuple[str, Iterable[Cell]]]) -> str:
    """Numbers under their names, one row per thing; wide ones scroll sideways."""
    names = "".join(f"<th>{_text(name)}</th>" for name in head)
    body = "".join(f"<tr><th>{_text(name)}</th>{''.join(map(_cell, cells))}</tr>" for name, cells in rows)
    return f'<div class="cx-table"><table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(cell: Cell) -> str:
    shade = "" if cell.share is None else f' style="--share:{_text(f"{100 * cell.share:.0f}%")}"'
    title = f' title="{_text(cell.title)}"' if cell.title else ""
    return f"<td{shade}{title}>{_text(cell.text)}</td>"


def upload(name: str, line: str) -> str:
    """One upload of the list."""
    return f'<div class="cx-upload"><b>{_text(name)}</b><span>{_text(line)}</span></div>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values in two columns."""
    rows = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in pairs)
    return f'<dl class="cx-facts">{rows}</dl>'


def _chip(chip: Chip) -> str:
    outlined = " cx-outlined" if chip.outlined else ""
    return f'<span class="cx-chip cx-{_text(TONES.get(chip.label, "plain"))}{outlined}">{_text(chip.text)}</span>'


def marked(text: str, marks: Iterable[Mark]) -> str:
    """`text` escaped, with the words of `marks` underlined.

    Marks may overlap or lie outside; the larger contribution wins and what does not fit is left out.
    """
    parts, position = [], 0
    for mark in _apart(marks, len(text)):
        parts += [_text(text[position : mark.start]), _mark(text[mark.start : mark.stop], mark)]
        position = mark.stop
    return "".join([*parts, _text(text[position:])])


def _mark(word: str, mark: Mark) -> str:
    tone = "positive" if mark.contribution > 0 else "negative"
    title = _("Beitrag {amount}").format(amount=number(mark.contribution, 2, signed=True))
    if mark.here:
        learned = _("davon aus den eigenen Sternen gelernt: {amount}")
        title += f", {learned.format(amount=number(mark.here, 2, signed=True))}"
    return f'<mark class="cx-{tone}" title="{_text(title)}">{_text(word)}</mark>'


def _apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    taken: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: -abs(mark.contribution)):
        inside = 0 <= mark.start < mark.stop <= length and mark.contribution != 0
        if inside and all(mark.stop <= other.start or mark.start >= other.stop for other in taken):
            taken.append(mark)
    return sorted(taken)


def wordmark(theme: str) -> str:
    """The app's name and sign as SVG."""
    colours = palette(theme)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="24" viewBox="0 0 150 24">'
        f'<path d="M2 12h20" stroke="{colours.muted}" stroke-width="2" stroke-linecap="round"/>'
        f'<circle cx="14" cy="12" r="5" fill="{colours.accent}"/>'
        f'<text x="30" y="17" font-family=\'{FONT}\' font-size="16" font-weight="650" '
        f'fill="{colours.ink}">CX-Explorer</text></svg>'
    )


def styles(rules: str, theme: str) -> str:
    """The screen's styles, with the colours of the charts and the words of the upload box as variables."""
    colours = {f"--cx-{name.replace('_', '-')}": value for name, value in asdict(palette(theme)).items()}
    upload = {
        "--cx-upload-button": _quoted(_("Dateien wählen")),
        "--cx-upload-hint": _quoted(_("oder hierher ziehen")),
    }
    variables = "".join(f"{name}:{value};" for name, value in (colours | upload).items())
    return f"<style>:root{{{variables}}}{rules}</style>"


def _quoted(text: str) -> str:
    return '"' + re.sub(r'["\\<>\n]', "", text) + '"'
