"""What the columns of a survey ask, in which words, and on which scales they are answered."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cx.ingest import scales, values
from cx.ingest.reading import Export
from cx.ingest.scales import Scale

MOST_ANSWERS = 150  # different answers of one question; more are texts, ids or amounts
SUB_QUESTION = re.compile(r"^(?P<main>.*?)\s*\[(?P<sub>[^\[\]]+)\]\s*$", re.DOTALL)
DASHED = re.compile(r"^(?P<main>.+[?:.…])\s+[-–]\s+(?P<sub>\S.*)$", re.DOTALL)  # Qualtrics
DOTTED = re.compile(r"^(?P<main>.+[?:])\s*\.\s*(?P<sub>[^.].*)$", re.DOTALL)  # Microsoft Forms
NUMBERED = re.compile(r"\s\(\d+\)$")  # a second column of the same name
STEM = re.compile(r"^(?P<main>[A-Za-z]{1,6}\d*)[_.\s-](?P<sub>\d{1,3})$")  # Q5_1, Q5_2 …
DEMOGRAPHIC = re.compile(
    r"altersgruppe|age group|geschlecht|gender|\bsex\b|\bbildung|schulabschluss|abschluss|beruf|branche|familienstand|nationalität|staatsangehörig|bundesland|"
    r"wohnort|\bland\b|country|education|occupation|job|marital|welcher altersgruppe|religion|ethnic",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """One column of a survey: its header, what was asked in full, the question over several columns ("" where there is none), the
    question of the column alone, and its answers (cell -> how often).
    """

    header: str
    wording: str
    main: str
    sub: str
    answers: Counter[str]


def wording_of(export: Export, header: str) -> str:
    """What was asked in a column, on one line: what header rows say, else the header."""
    said = export.wordings.get(header) or NUMBERED.sub("", header)
    return values.clean(re.sub(r"<[^<>]{1,200}>", " ", said))


def parts(wording: str, header: str) -> tuple[str, str]:
    """The question over several columns and that of the column: "Wie zufrieden … [Preis]", "Wie zufrieden …?.Preis", "Q5_1"."""
    match = (
        SUB_QUESTION.match(wording)
        or DASHED.match(wording)
        or DOTTED.match(wording)
        or (STEM.match(wording) if wording == header else None)
    )
    return (match["main"].strip(), match["sub"].strip()) if match else ("", wording)


def columns(export: Export, taken: Collection[str]) -> list[Asked]:
    """The columns not yet `taken` that could be questions with given answers, in the file's order: those with few different cells."""
    found = []
    for header in export.headers:
        if header in taken:
            continue
        answers = Counter(
            export.head.cells[header].tolist()
        )  # of few different cells three times as fast as value_counts
        if len(answers) > MOST_ANSWERS:
            continue
        wording = wording_of(export, header)
        answers.update(dict.fromkeys(_elsewhere(export, header, answers), 1))
        found.append(Asked(header, wording, *parts(wording, header), answers))
    return found


def _elsewhere(export: Export, header: str, answers: Counter[str]) -> list[str]:
    """Answers that the first rows do not have but the file has."""
    facts = export.facts.get(header)
    distinct = [] if facts is None else list(facts.distinct)
    return [cell for cell in distinct if cell not in answers] if len(distinct) <= MOST_ANSWERS else []


def scale(export: Export, header: str) -> Scale | None:
    """The scale of one column as its wording and answers show it; None where it has none."""
    asked = columns(export, [other for other in export.headers if other != header])
    return scales_of(asked)[0] if asked else None


def scales_of(asked: Sequence[Asked]) -> list[Scale | None]:
    """The scale of each column. Columns of one question share their answers: what nobody said of one was said of another."""
    own = [scales.recognise(each.wording, each.answers) for each in asked]
    together: dict[str, Counter[str]] = {}
    for each, alone in zip(asked, own, strict=True):
        if each.main and alone:
            together.setdefault(each.main, Counter()).update(each.answers)
    shared = {main: scales.recognise(main, answers) for main, answers in together.items()}
    return [alone and (shared.get(each.main) or alone) for each, alone in zip(asked, own, strict=True)]
