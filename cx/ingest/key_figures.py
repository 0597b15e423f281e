"""Which columns of a survey ask for a key figure: NPS, CSAT or CES, by wording and scale."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from cx.ingest import questionnaire, scales, values
from cx.ingest.reading import Export
from cx.ingest.scales import Scale
from cx.model.columns import Column
from cx.model.kpi import CesVariant

LADDER = 4  # steps of a scale in words, so that its two top boxes are not all of it
ASKS_ALL = re.compile(
    r"insgesamt|gesamt|alles in allem|overall|in general|generell|allgemein|grundsätzlich", re.IGNORECASE
)
NPS = re.compile(r"empfehl|recommend|\bnps\b|net promoter", re.IGNORECASE)
CSAT = re.compile(
    r"\bcsat\b|gesamtzufriedenheit|kundenzufriedenheit|customer satisfaction|overall satisfaction|"
    r"zufrieden\w* .*\bmit (?:uns|unserem unternehmen|unserer firma|ihrem (?:besuch|einkauf|aufenthalt) insgesamt)\b|satisfied .*with (?:us|our company)\b",
    re.IGNORECASE,
)
CES_EFFORT = re.compile(
    r"\bces\b|customer effort|(?:aufwand|mühe|anstreng\w*)\b.*(?:anliegen|problem|anfrage|lös|klär|erledig|bearbeit|sie|ihr|betreib)|"
    r"(?:wie viel|wie hoch|wie groß)\b.*(?:aufwand|mühe|anstreng)|how much effort",
    re.IGNORECASE,
)
CES_EASE = re.compile(
    r"\bces\b|customer effort|(?:einfach|leicht) gemacht|(?:einfach|leicht)\b.*(?:anliegen|problem|anfrage|lös|klär|erledig|bearbeit)|"
    r"made it easy|easy (?:for me )?to (?:handle|solve|resolve|get)|how easy was it",
    re.IGNORECASE,
)
CES_EASE_ONLY = re.compile(r"einfach|leicht|\beas[ey]", re.IGNORECASE)
CES_SCALES = {CesVariant.V1: (1, 5), CesVariant.V2: (1, 7)}


def kpi(wording: str, scale: Scale) -> Column | None:
    """Which key figure a question with this wording and scale asks for: NPS (0–10, would recommend), CES (see `ces_variant`),
    CSAT (overall satisfaction, higher is better); None for any other question.
    """
    if NPS.search(wording) and _is_nps_scale(wording, scale):
        return Column.NPS
    if ces_variant(wording, scale) is not None:
        return Column.CES
    overall = CSAT.search(wording) or (
        ASKS_ALL.search(wording) and re.search(r"zufrieden|satisf", wording, re.IGNORECASE)
    )
    return Column.CSAT if overall and scale.best > scale.worst and scale.ends != (0, 1) else None


def _is_nps_scale(wording: str, scale: Scale) -> bool:
    """0–10, also where nobody gave a 0; a wording of its own ("1 bis 10") is another scale."""
    if scale.worst > scale.best:
        return False
    written = scales.RANGE.search(wording)
    return scale.ends == (0, 10) or (scale.ends == (1, 10) and not (written and written["low"] == "1"))


def ces_variant(wording: str, scale: Scale) -> CesVariant | None:
    """CES 1.0 where the effort is asked for on 1–5 (low is good), 2.0 where the ease is on 1–7 (high is good); None where it is
    neither: ease on five steps is a rating question, no CES.
    """
    if scale.ends == CES_SCALES[CesVariant.V1] and CES_EFFORT.search(wording) and not CES_EASE_ONLY.search(wording):
        return CesVariant.V1 if scale.worst > scale.best or not scale.told else None
    if scale.ends == CES_SCALES[CesVariant.V2] and CES_EASE.search(wording):
        return CesVariant.V2 if scale.best > scale.worst else None
    return None


def kpis(export: Export, taken: Collection[str]) -> dict[Column, str]:
    """NPS, CSAT and CES among the columns not yet `taken`: per key figure the first column that asks for it.

    CSAT also in words ("sehr zufrieden"), of a scale of four steps or more; NPS and CES in numbers only.
    """
    found: dict[Column, str] = {}
    asked = [
        each for each in questionnaire.columns(export, taken) if NPS.search(each.wording) or _may_be_kpi(each.wording)
    ]
    for each, known in zip(asked, questionnaire.scales_of(asked), strict=True):
        if known is None:
            continue
        column = kpi(each.wording, _wide(each.wording, known))
        if column is not None and (_in_numbers(each.answers) or column == Column.CSAT and is_ladder(known)):
            found.setdefault(column, each.header)
    return found


def _may_be_kpi(wording: str) -> bool:
    return bool(
        CSAT.search(wording) or CES_EFFORT.search(wording) or CES_EASE.search(wording) or ASKS_ALL.search(wording)
    )


def _wide(wording: str, known: Scale) -> Scale:
    """The scale, 0–10 where a column is called NPS and nobody gave more than a 5."""
    named = re.search(r"\bnps\b|net promoter", wording, re.IGNORECASE) and known.kind == scales.NUMBERS
    return replace(known, worst=0, best=10) if named and known.ends in ((0, 5), (1, 5), (1, 6), (1, 7)) else known


def is_ladder(known: Scale) -> bool:
    """Whether a scale in words counts from 1 and has steps enough for two top boxes."""
    low, high = known.ends
    return bool(known.words) and low == 1 and high >= LADDER


def _in_numbers(answers: Counter[str]) -> bool:
    """Whether the answers can be read as numbers without words of a scale."""
    given = {cell: n for cell, n in answers.items() if not scales.says_nothing(cell)}
    return sum(n for cell, n in given.items() if values.score(cell)) >= scales.KNOWN * max(sum(given.values()), 1)
