"""Which column of a file stands for what: a proposal for the user to confirm.

The preset of a known source says it; what that leaves open, or all of an unknown file, header words and values suggest (cx/ingest/evidence.py).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath

from cx.ingest import key_figures, open_texts, people, presets, questionnaire, surveys, values
from cx.ingest.evidence import (
    CLEAR,
    MOSTLY,
    VALUES_ALONE,
    WEAK,
    Profile,
    counts_rows,
    evidence,
    fits,
    is_hinted,
    profile,
    words_of,
)
from cx.ingest.presets import Preset
from cx.ingest.reading import Export
from cx.model.columns import Column, Field, Mapping
from cx.model.kpi import CesVariant

WHOLE = (Column.RATING, Column.NPS)  # what one column of scores alone may stand for
LONGEST_ONLY_HEADER = 60  # characters of the header of a one-column file


class Need(StrEnum):
    """What a file does not say and the user should."""

    CHANNEL = "channel"
    DAY_ORDER = "day_order"  # dates such as 03/04/2026 only: both orders are possible
    EXPORT_DATE = "export_date"
    USABLE = "usable"  # no column with a text or a score is mapped


def propose(export: Export, preset: Preset | None = None) -> Mapping:
    """What each column most probably means, the scales, and the source; the user confirms or corrects it.

    `preset`: of the source, where it is known; else found by the headers. What it leaves open, headers and values say where they
    are clear. Without one the best evidence wins; each header and each meaning is used once. The channel stays open where no column
    holds it and the source does not imply it. Rating questions, further texts and names of people are added last.
    """
    if _is_letter(export.headers):
        return Mapping(source=source_of(export), headers=export.headers)
    known = preset or presets.find(export.headers, export.name)
    said = known.mapping(export) if known else Mapping(headers=export.headers)
    ignored = known.ignores(export.headers) if known else frozenset()
    profiles = {
        header: profile(header, export.head.cells[header], export.wordings.get(header, ""))
        for header in export.headers
        if header not in ignored
    }
    columns = _columns(export, said, profiles, known is not None)
    chosen = {column: profiles[header] for column, header in columns.items() if header in profiles}
    csat_scale, csat_words = _csat_scale(export, chosen.get(Column.CSAT))
    mapped = replace(
        said,
        columns=tuple((column, columns[column]) for column in Column if column in columns),
        rating_scale=(known and known.rating_scale) or _rating_scale(chosen.get(Column.RATING)),
        csat_scale=(known and known.csat_scale) or csat_scale,
        csat_words=csat_words,
        ces_variant=(known and known.ces_variant) or _ces_variant(chosen.get(Column.CES)),
        day_first=_day_first(export, columns.get(Column.DATE), known),
        source=None if Column.SOURCE in columns else said.source or source_of(export),
    )
    return _with_answers(export, mapped, ignored)


def _columns(export: Export, said: Mapping, profiles: dict[str, Profile], is_known: bool) -> dict[Column, str]:
    """What the preset said, as far as it is sound; then questions that ask for a key figure; then the evidence."""
    columns = _sound(dict(said.columns), profiles)
    wanted = _open(said, is_known)
    taken = [header for header in export.headers if header not in profiles or header in said.used()]
    asked = key_figures.kpis(export, taken)
    columns |= {column: header for column, header in asked.items() if column in wanted}
    left = {header: each for header, each in profiles.items() if header not in {*taken, *columns.values()}}
    wanted = [column for column in wanted if column not in columns]
    return columns | _assigned(export, left, wanted, CLEAR if is_known else WEAK)


def _sound(columns: dict[Column, str], profiles: dict[str, Profile]) -> dict[Column, str]:
    """Without a number of the source that does not tell rows apart: it would make versions of one feedback out of several."""
    header = columns.get(Column.SOURCE_ID)
    found = profiles.get(header) if header else None
    unsound = found is not None and (not fits(Column.SOURCE_ID, found) or counts_rows(found))
    return {column: header for column, header in columns.items() if not (unsound and column == Column.SOURCE_ID)}


def _open(said: Mapping, is_known: bool) -> list[Column]:
    """The meanings that evidence may still find. Where a source is known, what is a text is no matter of evidence."""
    named = dict(said.columns)
    given = {Column.CHANNEL: said.channel, Column.SOURCE: said.source}
    texts = (Column.TEXT, Column.TITLE, Column.SOURCE_ID, Column.REPLY) if is_known else ()
    return [column for column in Column if column not in named and not given.get(column) and column not in texts]


def _with_answers(export: Export, mapped: Mapping, ignored: Collection[str]) -> Mapping:
    """With the rating questions, the texts and the names among the columns that mean nothing yet."""
    taken = {*mapped.used(), *ignored}
    questions = surveys.questions(export, taken)
    taken |= {question.header for question in questions}
    texts = open_texts.texts(export, taken)
    columns = mapped.columns
    main = _main_text(export, texts)
    if main and mapped.header(Column.TEXT) is None and not mapped.texts:
        texts = tuple(each for each in texts if each[1] != main)
        columns = tuple((column, h) for column in Column if (h := dict([*columns, (Column.TEXT, main)]).get(column)))
    groups = {header for column, header in columns if column != Column.CUSTOMER}  # the name of a place is no name
    persons = [header for header in people.names(export) if header not in groups]
    return replace(
        mapped,
        columns=columns,
        texts=(*mapped.texts, *texts),
        questions=(*mapped.questions, *questions),
        names=tuple(dict.fromkeys([*mapped.names, *persons])),
    )


def _main_text(export: Export, texts: Sequence[tuple[Field, str]]) -> str | None:
    """The column in which most is written; None where that answers what was good, bad or to be improved, and so is no text as such."""
    written = {header: int(export.head.cells[header].str.len().sum()) for _field, header in texts}
    said, header = max(texts, key=lambda each: written[each[1]], default=(None, None))
    return header if said in (Field.TEXT, Field.OTHER) else None


def _assigned(
    export: Export, profiles: dict[str, Profile], wanted: Sequence[Column], least: float
) -> dict[Column, str]:
    """Greedy from the strongest evidence down to `least`; of equals the one further left. Of several columns of scores that
    ask for a part ("Freundlichkeit", "Sauberkeit") none is the whole: they are questions."""
    found = [
        (evidence(column, each, export.head.cells[header]), -position, column, header)
        for position, (header, each) in enumerate(profiles.items())
        for column in wanted
    ]
    guessed = {header for strength, _position, column, header in found if strength == VALUES_ALONE and column in WHOLE}
    asked = (
        {question.header for question in surveys.questions(export, {*export.headers} - guessed)} if guessed else set()
    )
    if len(asked) > 1:
        found = [each for each in found if each[0] != VALUES_ALONE or each[3] not in asked]
    columns: dict[Column, str] = {}
    for strength, _position, column, header in sorted(found, key=lambda each: each[:2], reverse=True):
        if strength >= least and column not in columns and header not in columns.values():
            columns[column] = header
    return columns


def _is_letter(headers: Sequence[str]) -> bool:
    """Whether the only header has no word of any meaning: the first line of a letter, read as a table of one column."""
    words = words_of(headers[0])
    speaks = len(words) <= LONGEST_ONLY_HEADER and is_hinted(words)
    return len(headers) == 1 and not speaks


def _rating_scale(found: Profile | None) -> tuple[float, float]:
    """Worst and best value; German school marks ("Note" up to 6) are best at 1."""
    if found and re.search(r"\b(?:schul|gesamt)?note\b", found.words) and 5 < found.high <= 6:
        return (6, 1)
    return _scale(found)


def _scale(found: Profile | None) -> tuple[float, float]:
    """Worst and best value of a column of scores: the named best value, else the smallest usual scale that holds all."""
    if found is None or not found.n:
        return (1, 5)
    written = re.search(r"\b([01]) (?:bis |to )?(5|7|10|100)\b", found.words)
    if written and found.high <= float(written[2]):
        return (float(written[1]), float(written[2]))
    best = found.named_high or next((high for high in (5, 7, 10, 100) if found.high <= high), found.high)
    if found.low < 0:
        return (-best, best)
    return (0 if found.low < 1 or best == 100 else 1, best)


def _csat_scale(export: Export, found: Profile | None) -> tuple[tuple[float, float], tuple[tuple[str, float], ...]]:
    """Scale and words as the question shows them; for numbers without a told scale the smallest usual one that holds all."""
    asked = questionnaire.scale(export, found.header) if found else None
    if asked and found and key_figures.is_ladder(asked) and found.scored < MOSTLY:
        return (asked.worst, asked.best), asked.words
    return ((asked.worst, asked.best) if asked and not asked.words else _scale(found)), ()


def _ces_variant(found: Profile | None) -> CesVariant:
    if found and found.n and (found.high <= 5 and not re.search(r"\b1 (?:bis |to )?7\b|einfach|easy", found.words)):
        return CesVariant.V1
    return CesVariant.V2


def _day_first(export: Export, header: str | None, known: Preset | None) -> bool:
    """As the whole column shows; where it shows nothing as the source writes it, else the German way."""
    if header is None:
        return True
    facts = export.facts[header]
    if facts.first_over_12 != facts.second_over_12:
        return facts.first_over_12
    if known and known.day_first is not None:
        return known.day_first
    return not any(values.is_american(cell) for cell in facts.distinct)


# What a file's name or headers say about where it comes from; first match counts.
SOURCES = (
    ("Google Play", r"google[ _-]?play|package name|play\.google"),
    ("App Store", r"app[ _-]?store|itunes|apps\.apple|developerresponse"),
    ("Trustpilot", r"trustpilot"),
    ("Google", r"google"),
    ("Verivox", r"verivox|\brts_"),
    ("kununu", r"kununu"),
    ("Trusted Shops", r"trusted[ _-]?shops"),
    ("ProvenExpert", r"proven[ _-]?expert"),
    ("Amazon", r"amazon"),
    ("jameda", r"jameda"),
    ("HolidayCheck", r"holiday[ _-]?check"),
    ("Booking.com", r"booking"),
    ("Tripadvisor", r"trip[ _-]?advisor"),
    ("Zendesk", r"zendesk"),
)


def source_of(table: Export) -> str:
    """The source that the file's name, headers or first links name; else the file's name, made readable."""
    stem = PurePath(table.name.replace("\\", "/")).stem
    first = " ".join(table.head.cells.iloc[0].str.slice(0, 200)) if len(table) else ""
    for text in (
        stem,
        " ".join(h for h in table.headers if len(h) <= 30),
        " ".join(re.findall(r"https?://\S+", first)),
    ):
        for name, pattern in SOURCES:
            if re.search(pattern, text, re.IGNORECASE):
                return name
    pretty = re.sub(r"[\s_]+", " ", re.sub(r"[-_.]+", " ", stem)).strip()
    return pretty[:1].upper() + pretty[1:] if pretty else "Import"


def needs(export: Export, mapping: Mapping) -> frozenset[Need]:
    """What the user should still say before the import."""
    found = set()
    if not mapping.is_usable():
        found.add(Need.USABLE)
    if mapping.header(Column.CHANNEL) is None and not mapping.channel:
        found.add(Need.CHANNEL)
    header = mapping.header(Column.DATE)
    if header in export.headers:
        facts = export.facts[header]
        ordered = facts.first_over_12 or facts.second_over_12 or presets.tells_day_order(mapping.preset)
        if not ordered and any(map(values.is_slashed, facts.distinct)):
            found.add(Need.DAY_ORDER)
        if mapping.export_date is None and any(map(values.is_relative, facts.distinct)):
            found.add(Need.EXPORT_DATE)
    return frozenset(found)
