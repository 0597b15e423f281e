"""The cells of a table -> feedback as it is stored: scores on their scales, dates, masked texts, answers, an identity per row."""

import re
from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pandas as pd

from cx.errors import FileError
from cx.ingest import contents, headers, privacy, scales, values
from cx.ingest.mapping import source_of
from cx.ingest.reading import Table
from cx.language import _, ngettext, number
from cx.model.columns import ABOUT_RESPONSE, Column, Mapping
from cx.model.filter import LIST_SEPARATOR
from cx.model.kpi import CesVariant, Kind, Precision
from cx.model.survey import Question
from cx.text import languages

VERBATIMS = (Column.TITLE, Column.TEXT)
TEXTS = (*VERBATIMS, Column.REPLY)
SCORES = (Column.RATING, Column.NPS, Column.CSAT, Column.CES)
PREVIEW_ROWS = 10
MASKED_ROWS = 2_000  # that are looked through for what will be masked: well under a second
EXAMPLES = 12  # of masked places
AROUND = 60  # characters shown on either side of one
LONGEST_GROUP = 200  # characters of a channel, source, product or location
QUOTED = 40  # characters of a cell that a reason quotes
RATING_SCALE = (1, 5)  # what every native rating is derived to
NPS_SCALE = (0, 10)
CES_SCALES = {CesVariant.V1: (1, 5), CesVariant.V2: (1, 7)}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FIRST_FURTHER = 2  # ordinal of the first further text: title and text come before


class Gap(StrEnum):
    """What of a row that was kept could not be."""

    RATING = "rating"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    ANSWER = "answer"
    DATE = "date"
    DAMAGE = "damage"  # characters, not cells


@dataclass(frozen=True)
class Rows:
    """What a table comes to under a mapping.

    `feedback`: one row per usable row of the file: line, identity, counted (bool: equal identities are told apart by their number),
    content (hash of all that is said), and the columns of the table `feedback` that a file can fill, with title, text and reply
    (None: none). `texts`: further texts: line, field, ordinal, question, text. `answers`: line, question (place in the mapping),
    native, score. `rejects`: line, reason (a sentence), cells (dict header -> masked cell). `masked`: places by kind of personal data.
    `gaps`: what was left out of rows that were kept.
    """

    feedback: pd.DataFrame
    texts: pd.DataFrame
    answers: pd.DataFrame
    rejects: pd.DataFrame
    masked: dict[str, int]
    gaps: Dict[Gap, int] = field(default_factory=Counter)

    @property
    def notes(self) -> tuple[str, ...]:
        """The gaps in sentences."""
        return notes(self.gaps)


def canonical(table: Table, mapping: Mapping, key: bytes, skipped: pd.Series | None = None) -> Rows:
    """Every row of `table` as feedback or as reject, but for those `skipped` (bool, by row).

    A cell that cannot be read (a score off its scale, an impossible date) is left out and counted in `gaps`; a row is refused
    where nothing usable is left, or where it has more cells than the header. Raises FileError where the mapping names no
    column with a text or a score, or one that the file does not have.
    """
    refuse_unusable(table.headers, table.name, mapping)
    wanted = pd.Series(True, index=table.cells.index) if skipped is None else ~skipped
    content = _content(table, mapping)
    reasons = _reasons(table, content, mapping)
    kept = reasons.isna() & wanted
    said = content.only(kept)
    feedback = _feedback(table.lines[kept.to_numpy()], said, mapping, key)
    names = _names(table, mapping)
    masked = {column: privacy.mask(said.texts[column], names[kept]) for column in TEXTS}
    for column, found in masked.items():
        feedback[str(column)] = found.texts.where(found.texts != "")
    more = [privacy.mask(each, names[kept]) for each in said.further]
    places = [found.counts for found in (*masked.values(), *more)]
    return Rows(
        feedback=feedback.reset_index(drop=True),
        texts=_further(feedback["line"], mapping, [found.texts for found in more]),
        answers=_answers(feedback["line"], mapping, [each.values for each in said.answers]),
        rejects=_rejects(table, reasons[wanted & ~kept], names, mapping, key),
        masked={kind: sum(counts.get(kind, 0) for counts in places) for kind in privacy.PLACEHOLDERS},
        gaps=_gaps(said) + Counter({Gap.DAMAGE: table.damaged}),
    )


def _feedback(lines: pd.Series, said: "_Content", mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The columns of the table feedback that are no texts, with line, identity, counted and content."""
    cells = said.cells
    found = pd.DataFrame({"line": lines.to_numpy(), "source": said.source}, index=said.source.index)
    found["channel"] = _group(cells[Column.CHANNEL], mapping.channel)
    found["product"] = _group(cells[Column.PRODUCT], mapping.product)
    found["location"] = _group(cells[Column.LOCATION], None)
    found["language"] = _languages(cells[Column.LANGUAGE])
    found["submitted_at"], found["date_precision"] = said.dated["at"], said.dated["precision"]
    found["customer_key"] = privacy.pseudonym(key, _customers(cells[Column.CUSTOMER]))
    found = found.join(_scored(said.scores, mapping)).join(_identities(said, key))
    groups = [found[name] for name in ("channel", "product", "location", "customer_key")]
    found["content"] = privacy.fingerprints(key, "all", [*said.parts(), *groups, _alike(said.texts[Column.REPLY])])
    return found


def preview(table: Table, mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The first ten rows as they would be stored: line, one column per mapped meaning and further text, personal data masked.

    The source's id is left out: it is stored as a hash only. Rows that would be refused have their `reason` ("" = none).
    """
    found = canonical(table.part(0, PREVIEW_ROWS), mapping, key)
    silent = (Column.SOURCE_ID, *ABOUT_RESPONSE)
    stored = {Column.RATING: "rating_native", Column.DATE: "submitted_at", Column.CUSTOMER: "customer_key"}
    given = {Column.CHANNEL: mapping.channel, Column.SOURCE: mapping.source, Column.PRODUCT: mapping.product}
    shown = [c for c in Column if c not in silent and (mapping.header(c) or given.get(c))]
    rows = found.feedback[["line", *(stored.get(c, str(c)) for c in shown)]].set_axis(
        ["line", *map(str, shown)], axis=1
    )
    for place, (_field, header) in enumerate(mapping.texts):
        said = found.texts[found.texts["ordinal"] == FIRST_FURTHER + place].set_index("line")["text"]
        rows[header] = rows["line"].map(said)
    if found.rejects.empty:
        return rows.assign(reason="")
    return (
        pd.concat([rows, found.rejects[["line", "reason"]]])
        .sort_values("line", ignore_index=True)
        .fillna({"reason": ""})
    )


def refuse_unusable(titles: tuple[str, ...], name: str, mapping: Mapping) -> None:
    """Raise FileError where `mapping` names a column that a file with these headers does not have, or none to import."""
    missing = [header for header in mapping.used() if header not in titles]
    if missing:
        message = _("Die Datei „{name}“ hat keine Spalte „{header}“. Ordnen Sie die Spalten noch einmal zu.")
        raise FileError(message.format(name=name, header=missing[0]))
    if not mapping.is_usable():
        message = _(
            "In der Datei „{name}“ ist keine Spalte mit Text, Titel, Bewertung, NPS, CSAT oder CES zu erkennen. "
            "Ordnen Sie mindestens eine davon zu oder prüfen Sie, ob die erste Zeile die Überschriften enthält."
        )
        raise FileError(message.format(name=name))


def masking(table: Table, mapping: Mapping, key: bytes) -> tuple[dict[str, int], list[str]]:
    """What is masked in the first texts of `table`: places by kind, and up to EXAMPLES stretches around a placeholder, masked already."""
    found = canonical(table.part(0, MASKED_ROWS), mapping, key)
    texts = pd.concat([*(found.feedback[str(column)] for column in TEXTS), found.texts["text"]]).dropna()
    placeholder = "|".join(map(re.escape, privacy.PLACEHOLDERS.values()))
    around = re.compile(rf"(?s)[^\n]{{0,{AROUND}}}(?:{placeholder})[^\n]{{0,{AROUND}}}")
    hits = texts[texts.str.contains(placeholder, regex=True)].head(EXAMPLES)
    return {kind: n for kind, n in found.masked.items() if n}, [around.search(text)[0].strip() for text in hits]


# --- cells


def _cells(table: Table, mapping: Mapping, column: Column) -> pd.Series:
    """The cells that stand for `column`, in the file's order; all "" where none do."""
    header = mapping.header(column)
    return pd.Series("", index=table.cells.index, dtype="str") if header is None else table.cells[header]


def _texts(cells: pd.Series) -> pd.Series:
    """Texts to the character, without NUL (no screen, CSV or xlsx can carry it) and without Google's translation; "" where there is no text."""
    if not cells.any():
        return cells
    texts = _without_nul(cells.mask(values.is_missing(cells, values.NO_TEXT), ""))
    translated = texts.str.contains("Translated by Google", regex=False)
    texts[translated] = texts[translated].map(contents.original)
    return texts


def _without_nul(cells: pd.Series) -> pd.Series:
    return cells.str.replace("\x00", "", regex=False)


def _customers(cells: pd.Series) -> pd.Series:
    return cells.mask(values.is_missing(cells), "")


def _group(cells: pd.Series, constant: str | None) -> pd.Series:
    """Channel, source, product or location; `constant` fills what the cells do not say, None where nothing does."""
    fallback = _group_name(constant or "") or None

    def named(cell: str) -> str | None:
        return fallback if values.says_nothing(cell) else _group_name(cell) or fallback

    return values.read_each(cells, named)


def _names(table: Table, mapping: Mapping) -> pd.Series:
    """What the row itself calls its people, one per line: those names are masked wherever they turn up in its texts."""
    of_people = dict.fromkeys([*mapping.names, *filter(None, [mapping.header(Column.CUSTOMER)])])
    named = pd.Series("", index=table.cells.index, dtype="str")
    for header in of_people:
        named = named + table.cells[header] + "\n"
    return named


def _further(lines: pd.Series, mapping: Mapping, texts: list[pd.Series]) -> pd.DataFrame:
    """The further texts that are filled, one row each: line, field, ordinal, question (the header), text."""
    columns = ["line", "field", "ordinal", "question", "text"]
    found = [
        pd.DataFrame(
            {
                "line": lines,
                "field": str(said),
                "ordinal": FIRST_FURTHER + place,
                "question": privacy.mask_text(header),
                "text": text,
            }
        )
        for place, ((said, header), text) in enumerate(zip(mapping.texts, texts, strict=True))
    ]
    listed = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
    return listed[listed["text"] != ""]


def _languages(cells: pd.Series) -> pd.Series:
    """Codes of languages ("de", "en"), None where nothing is said."""
    return values.read_each(cells, lambda cell: None if values.says_nothing(cell) else languages.code_of(cell))


def _group_name(cell: str) -> str:
    """On one line, without control characters, the separator of the Filter's address, and ways to reach a person."""
    return privacy.mask_contact(values.clean(CONTROL.sub(" ", cell)).replace(LIST_SEPARATOR, "–"))[
        :LONGEST_GROUP
    ].strip()


# --- scores


@dataclass(frozen=True)
class _Score:
    values: pd.Series  # float, NaN where there is none
    wrong: pd.Series  # bool: something is written that is no value of the scale

    def only(self, rows: pd.Series) -> "_Score":
        """The same for some rows."""
        return _Score(self.values[rows], self.wrong[rows])


def _scale_of(column: Column, mapping: Mapping) -> tuple[float, float]:
    """Worst and best value of a score; the worst is the higher number on a reversed scale."""
    return {
        Column.RATING: mapping.rating_scale,
        Column.NPS: NPS_SCALE,
        Column.CSAT: mapping.csat_scale,
        Column.CES: CES_SCALES[mapping.ces_variant],
    }[column]


def _score(cells: pd.Series, column: Column, mapping: Mapping) -> _Score:
    """The native values of a key figure, in numbers or, of CSAT, in the words that the mapping gives."""
    worst, best = _scale_of(column, mapping)
    if column == Column.CSAT and mapping.csat_words:
        return _answered(cells, Question("", "", worst, best, mapping.csat_words))
    found = values.numbers(cells)
    fits = found.between(min(worst, best), max(worst, best))
    if column == Column.NPS:
        fits &= found.mod(1).eq(0)
    return _Score(found.where(fits), ~fits & ~values.is_missing(cells))


def _answered(cells: pd.Series, question: Question) -> _Score:
    """The native values of a rating question."""
    found = scales.scores(cells, question)
    fits = found.between(*sorted((question.worst, question.best)))
    return _Score(found.where(fits), ~fits & ~scales.is_missing(cells))


def _answers(lines: pd.Series, mapping: Mapping, natives: list[pd.Series]) -> pd.DataFrame:
    """The answers given, one row each: line, question, native, score (−1 worst … 1 best)."""
    found = [
        pd.DataFrame({"line": lines, "question": place, "native": native, "score": _score_of(native, question)})
        for place, (question, native) in enumerate(zip(mapping.questions, natives, strict=True))
    ]
    listed = (
        pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["line", "question", "native", "score"])
    )
    return listed[listed["native"].notna()]


def _score_of(native: pd.Series, question: Question) -> pd.Series:
    return 2 * (native - question.worst) / (question.best - question.worst) - 1


def _scored(scores: dict[Column, _Score], mapping: Mapping) -> pd.DataFrame:
    """The score columns of `feedback`; rating is 1…5, linear in the native scale."""
    rating, nps, csat, ces = (scores[column].values for column in SCORES)
    worst, best = mapping.rating_scale
    csat_worst, csat_best = mapping.csat_scale
    low, high = RATING_SCALE
    surveyed = nps.notna() | csat.notna() | ces.notna() | bool(mapping.questions)
    return pd.DataFrame(
        {
            "kind": np.where(surveyed, str(Kind.SURVEY), str(Kind.REVIEW)),
            "rating": low + (high - low) * (rating - worst) / (best - worst),
            "rating_native": rating,
            "rating_low": rating.where(rating.isna(), float(worst)),
            "rating_high": rating.where(rating.isna(), float(best)),
            "nps": nps.astype("Int8"),
            "csat": csat if csat_best > csat_worst else csat_worst + csat_best - csat,
            "csat_high": csat.where(csat.isna(), float(max(mapping.csat_scale))),
            "ces": ces,
            "ces_variant": pd.Series(str(mapping.ces_variant), index=ces.index, dtype=object).where(ces.notna(), None),
        }
    )


# --- what is refused, and what is left out


def _reasons(table: Table, content: "_Content", mapping: Mapping) -> pd.Series:
    """Why a row is refused, a sentence; None where it is not."""
    reasons = pd.Series(None, index=table.cells.index, dtype=object)
    usable = pd.Series(False, index=table.cells.index)
    for text in (*(content.texts[column] for column in VERBATIMS), *content.further):
        usable |= text != ""
    for score in (*content.scores.values(), *content.answers):
        usable |= score.values.notna()
    reasons[~usable] = _("Die Zeile enthält weder Text noch Bewertung, NPS, CSAT oder CES.")
    for column in reversed(SCORES):
        wrong = content.scores[column].wrong & ~usable
        reasons[wrong] = [_wrong_score(column, cell, mapping) for cell in content.cells[column][wrong]]
    for row, width in table.surplus.items():
        reasons.iloc[row] = _(
            "Die Zeile hat {cells} statt {width} Zellen. "
            "Setzen Sie Texte, in denen das Trennzeichen vorkommt, in Anführungszeichen."
        ).format(cells=number(width), width=number(len(table.headers)))
    return reasons


def _wrong_score(column: Column, cell: str, mapping: Mapping) -> str:
    low, high = sorted(_scale_of(column, mapping))
    sentences = {
        Column.RATING: _("Die Bewertung „{cell}“ ist keine Zahl der Skala {low}–{high}, und ein Text fehlt."),
        Column.NPS: _("Der NPS-Wert „{cell}“ ist keine ganze Zahl der Skala {low}–{high}, und ein Text fehlt."),
        Column.CSAT: _("Der CSAT-Wert „{cell}“ ist keine Zahl der Skala {low}–{high}, und ein Text fehlt."),
        Column.CES: _("Der CES-Wert „{cell}“ ist keine Zahl der Skala {low}–{high}, und ein Text fehlt."),
    }
    return sentences[column].format(cell=_quoted(cell), low=_plain(low), high=_plain(high))


def _plain(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)


def _quoted(cell: str) -> str:
    text = privacy.mask_text(values.clean(CONTROL.sub(" ", cell)))
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _rejects(table: Table, reasons: pd.Series, names: pd.Series, mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The refused rows as the user wrote them, but masked, and customers as their pseudonyms."""
    if reasons.empty:
        return pd.DataFrame({"line": reasons.index, "reason": reasons, "cells": reasons})
    refused = table.cells.loc[reasons.index]
    customer = mapping.header(Column.CUSTOMER)
    shown = {header: _masked_cells(header, refused[header], names.loc[reasons.index], mapping) for header in refused}
    if customer:
        shown[customer] = privacy.pseudonym(key, refused[customer]).fillna("")
    titles = headers.unique([privacy.mask_text(header) for header in shown])
    written = [dict(zip(titles, row, strict=True)) for row in zip(*shown.values(), strict=True)]
    lines = table.lines.to_numpy()[table.cells.index.get_indexer(reasons.index)]
    return pd.DataFrame({"line": lines, "reason": reasons.to_numpy(), "cells": pd.Series(written, dtype=object)})


def _masked_cells(header: str, cells: pd.Series, names: pd.Series, mapping: Mapping) -> pd.Series:
    """A column of refused rows without personal data: what its header announces ("Kundennummer") and the row's own names count."""
    if header in mapping.names:
        return cells.where(cells == "", privacy.PLACEHOLDERS["name"])
    announced = f"{privacy.mask_text(header)}: "
    found = privacy.mask(announced + _without_nul(cells), names).texts
    return found.where(~found.str.startswith(announced), found.str.slice(len(announced)))


def _gaps(said: "_Content") -> Counter[Gap]:
    undated = said.dated["at"].isna() & ~values.is_missing(said.cells[Column.DATE])
    return Counter(
        {Gap(column): int(said.scores[column].wrong.sum()) for column in SCORES}
        | {Gap.ANSWER: sum(int(each.wrong.sum()) for each in said.answers), Gap.DATE: int(undated.sum())}
    )


def notes(gaps: Dict[Gap, int]) -> tuple[str, ...]:
    """What was left out of rows that were kept, in sentences; none where nothing was."""
    names = {
        Gap.RATING: _("Bewertung"),
        Gap.NPS: "NPS",
        Gap.CSAT: "CSAT",
        Gap.CES: "CES",
        Gap.ANSWER: _("Umfragefragen"),
    }
    found = [_off_scale(gaps.get(gap, 0), name) for gap, name in names.items()]
    if unreadable := gaps.get(Gap.DATE, 0):
        one = _("{n} Datum war nicht lesbar; dieses Feedback bleibt ohne Datum.")
        many = _("{n} Daten waren nicht lesbar; dieses Feedback bleibt ohne Datum.")
        found.append((one if unreadable == 1 else many).format(n=number(unreadable)))
    if damaged := gaps.get(Gap.DAMAGE, 0):
        message = ngettext(
            "{n} Zeichen der Datei war beschädigt und erscheint als �.",
            "{n} Zeichen der Datei waren beschädigt und erscheinen als �.",
            damaged,
        )
        found.append(message.format(n=number(damaged)))
    return tuple(note for note in found if note)


def _off_scale(n: int, name: str) -> str:
    message = ngettext(
        "{n} Wert in „{column}“ passt nicht zur Skala und wurde weggelassen.",
        "{n} Werte in „{column}“ passen nicht zur Skala und wurden weggelassen.",
        n,
    )
    return message.format(n=number(n), column=name) if n else ""


# --- identity


@dataclass(frozen=True)
class _Content:
    """What the rows of a table say under a mapping, read but not masked."""

    cells: dict[Column, pd.Series]
    source: pd.Series
    scores: dict[Column, _Score]
    texts: dict[Column, pd.Series]
    further: list[pd.Series]
    answers: list[_Score]
    dated: pd.DataFrame

    def only(self, rows: pd.Series) -> "_Content":
        """The same for some rows (bool, by row)."""
        if rows.all():
            return self
        return _Content(
            cells={column: each[rows] for column, each in self.cells.items()},
            source=self.source[rows],
            scores={column: each.only(rows) for column, each in self.scores.items()},
            texts={column: each[rows] for column, each in self.texts.items()},
            further=[each[rows] for each in self.further],
            answers=[each.only(rows) for each in self.answers],
            dated=self.dated[rows],
        )

    def parts(self) -> list[pd.Series]:
        """What tells a feedback from another, as text: never channel, reply or a relative date, they change from export to export."""
        absolute = self.dated["at"].where(self.dated["precision"] != str(Precision.RELATIVE))
        return [
            self.source,
            *(_written(self.scores[column].values) for column in SCORES),
            *(_alike(self.texts[column]) for column in VERBATIMS),
            _written(absolute),
            *(_alike(each) for each in self.further),
            *(_written(each.values) for each in self.answers),
        ]


def _content(table: Table, mapping: Mapping) -> _Content:
    cells = {column: _cells(table, mapping, column) for column in Column}
    return _Content(
        cells=cells,
        source=_group(cells[Column.SOURCE], _group_name(mapping.source or "") or source_of(table)),
        scores={column: _score(cells[column], column, mapping) for column in SCORES},
        texts={column: _texts(cells[column]) for column in TEXTS},
        further=[_texts(table.cells[header]) for _field, header in mapping.texts],
        answers=[_answered(table.cells[question.header], question) for question in mapping.questions],
        dated=values.dates(cells[Column.DATE], day_first=mapping.day_first, export_date=mapping.export_date),
    )


def _identities(content: _Content, key: bytes) -> pd.DataFrame:
    """identity: the source's id within its source (as a keyed hash: links and numbers lead to people), else a keyed hash of the
    content; counted: whether it is the latter, so that equal ones are told apart by their number.
    """
    cells = content.cells[Column.SOURCE_ID]
    ids = values.cleaned(_without_nul(cells.mask(values.is_missing(cells), "")))
    named = ids != ""
    identity = pd.Series(index=ids.index, dtype=object)
    identity[named] = privacy.fingerprints(key, "id", [content.source[named], ids[named]])
    if not named.all():
        identity[~named] = privacy.fingerprints(key, "content", content.only(~named).parts())
    return pd.DataFrame({"identity": identity, "counted": ~named}, index=ids.index)


def _alike(texts: pd.Series) -> pd.Series:
    return texts.str.replace("\r\n", "\n", regex=False)


def _written(cells: pd.Series) -> pd.Series:
    """Numbers and moments as text, "" where there is none."""
    codes, distinct = pd.factorize(cells)
    write = (
        (lambda value: value.isoformat()) if isinstance(distinct, pd.DatetimeIndex) else (lambda value: f"{value:.10g}")
    )
    found = np.array([*(write(value) for value in distinct), ""], dtype=object)  # missing values have the code −1
    return pd.Series(found[codes], index=cells.index, dtype=object)
