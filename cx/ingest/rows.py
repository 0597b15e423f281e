"""The cells of a table -> feedback as it is stored: scores on their scales, dates, masked texts, an identity per row."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cx.errors import FileError
from cx.ingest import privacy, values
from cx.ingest.mapping import source_of
from cx.ingest.reading import Table
from cx.language import _, ngettext, number
from cx.model.columns import USABLE, Column, Mapping
from cx.model.filter import LIST_SEPARATOR
from cx.model.kpi import CesVariant, Kind, Precision
from cx.text import languages

VERBATIMS = (Column.TITLE, Column.TEXT)
TEXTS = (*VERBATIMS, Column.REPLY)
SCORES = (Column.RATING, Column.NPS, Column.CSAT, Column.CES)
PREVIEW_ROWS = 10
LONGEST_GROUP = 200  # characters of a channel, source, product or location
QUOTED = 40  # characters of a cell that a reason quotes
RATING_SCALE = (1, 5)  # what every native rating is derived to
NPS_SCALE = (0, 10)
CES_SCALES = {CesVariant.V1: (1, 5), CesVariant.V2: (1, 7)}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Rows:
    """What a table comes to under a mapping.

    `feedback`: one row per usable row of the file: line, identity, and the columns of the table `feedback` that a file can
    fill, with title, text and reply (None: none). `rejects`: line, reason (a sentence), cells (dict header -> masked cell).
    `masked`: places by kind of personal data. `notes`: what was left out of rows that were kept, in sentences.
    """

    feedback: pd.DataFrame
    rejects: pd.DataFrame
    masked: dict[str, int]
    notes: tuple[str, ...]


def canonical(table: Table, mapping: Mapping, key: bytes) -> Rows:
    """Every row of `table` as feedback or as reject.

    A cell that cannot be read (a score off its scale, an impossible date) is left out and counted in `notes`; a row is refused
    where nothing usable is left, or where it has more cells than the header. Raises FileError where the mapping names no
    column with a text or a score, or one that the file does not have.
    """
    _refuse_unusable(table, mapping)
    cells = {column: _cells(table, mapping, column) for column in Column}
    scores = {
        column: _score(cells[column], _scale_of(column, mapping), whole=column == Column.NPS) for column in SCORES
    }
    texts = {column: _texts(cells[column]) for column in TEXTS}
    dated = values.dates(cells[Column.DATE], day_first=mapping.day_first, export_date=mapping.export_date)
    source = _group(cells[Column.SOURCE], _group_name(mapping.source or "") or source_of(table))
    reasons = _reasons(table, cells, scores, texts, mapping)
    kept = reasons.isna()
    feedback = pd.DataFrame({"line": table.lines.to_numpy(), "source": source}, index=table.cells.index)
    feedback["channel"] = _group(cells[Column.CHANNEL], mapping.channel)
    feedback["product"] = _group(cells[Column.PRODUCT], mapping.product)
    feedback["location"] = _group(cells[Column.LOCATION], None)
    feedback["language"] = _languages(cells[Column.LANGUAGE])
    feedback["submitted_at"], feedback["date_precision"] = dated["at"], dated["precision"]
    feedback["customer_key"] = privacy.pseudonym(key, _customers(cells[Column.CUSTOMER]))
    feedback = feedback.join(_scored(scores, mapping))[kept].copy()
    content = _Content(source, cells[Column.SOURCE_ID], scores, texts, dated)
    feedback["identity"] = _identities(content.only(kept), key)
    masked = {column: privacy.mask(texts[column][kept]) for column in TEXTS}
    for column, found in masked.items():
        feedback[str(column)] = found.texts.astype(object).where(found.texts != "", None)
    return Rows(
        feedback=feedback.reset_index(drop=True),
        rejects=_rejects(table, reasons[~kept], mapping, key),
        masked={kind: sum(found.counts[kind] for found in masked.values()) for kind in privacy.PLACEHOLDERS},
        notes=_notes(table, cells, scores, dated, kept),
    )


def preview(table: Table, mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The first ten rows as they would be stored: line, and one column per mapped meaning, personal data masked.

    The source's id is left out: it is stored as a hash only. Rows that would be refused have their `reason` ("" = none).
    """
    surplus = {row: width for row, width in table.surplus.items() if row < PREVIEW_ROWS}
    head = replace(table, cells=table.cells.head(PREVIEW_ROWS), lines=table.lines.head(PREVIEW_ROWS), surplus=surplus)
    found = canonical(head, mapping, key)
    stored = {Column.RATING: "rating_native", Column.DATE: "submitted_at", Column.CUSTOMER: "customer_key"}
    given = {Column.CHANNEL: mapping.channel, Column.SOURCE: mapping.source, Column.PRODUCT: mapping.product}
    shown = [c for c in Column if c != Column.SOURCE_ID and (mapping.header(c) or given.get(c))]
    rows = found.feedback[["line", *(stored.get(c, str(c)) for c in shown)]].set_axis(
        ["line", *map(str, shown)], axis=1
    )
    if found.rejects.empty:
        return rows.assign(reason="")
    return (
        pd.concat([rows, found.rejects[["line", "reason"]]])
        .sort_values("line", ignore_index=True)
        .fillna({"reason": ""})
    )


def _refuse_unusable(table: Table, mapping: Mapping) -> None:
    missing = [header for _column, header in mapping.columns if header not in table.headers]
    if missing:
        message = _("Die Datei „{name}“ hat keine Spalte „{header}“. Ordnen Sie die Spalten noch einmal zu.")
        raise FileError(message.format(name=table.name, header=missing[0]))
    if not any(mapping.header(column) for column in USABLE):
        message = _(
            "In der Datei „{name}“ ist keine Spalte mit Text, Titel, Bewertung, NPS, CSAT oder CES zu erkennen. "
            "Ordnen Sie mindestens eine davon zu oder prüfen Sie, ob die erste Zeile die Überschriften enthält."
        )
        raise FileError(message.format(name=table.name))


# --- cells


def _cells(table: Table, mapping: Mapping, column: Column) -> pd.Series:
    """The cells that stand for `column`, in the file's order; all "" where none do."""
    header = mapping.header(column)
    return pd.Series("", index=table.cells.index, dtype="str") if header is None else table.cells[header]


def _texts(cells: pd.Series) -> pd.Series:
    """Texts to the character, without NUL (no screen, CSV or xlsx can carry it); "" where there is no text."""
    return cells.mask(values.is_missing(cells, values.NO_TEXT), "").str.replace("\x00", "", regex=False)


def _customers(cells: pd.Series) -> pd.Series:
    return cells.mask(values.is_missing(cells), "")


def _group(cells: pd.Series, constant: str | None) -> pd.Series:
    """Channel, source, product or location; `constant` fills what the cells do not say, None where nothing does."""
    fallback = _group_name(constant or "") or None

    def named(cell: str) -> str | None:
        return fallback if values.says_nothing(cell) else _group_name(cell) or fallback

    return values.read_each(cells, named)


def _languages(cells: pd.Series) -> pd.Series:
    """Codes of languages ("de", "en"), None where nothing is said."""
    return values.read_each(cells, lambda cell: None if values.says_nothing(cell) else languages.code_of(cell))


def _group_name(cell: str) -> str:
    """On one line, without control characters and the separator of the Filter's address."""
    return values.clean(CONTROL.sub(" ", cell)).replace(LIST_SEPARATOR, "–")[:LONGEST_GROUP].strip()


# --- scores


@dataclass(frozen=True)
class _Score:
    values: pd.Series  # float, NaN where there is none
    wrong: pd.Series  # bool: something is written that is no value of the scale


def _scale_of(column: Column, mapping: Mapping) -> tuple[float, float]:
    """Worst and best value of a score; the worst is the higher number on a reversed scale."""
    return {
        Column.RATING: mapping.rating_scale,
        Column.NPS: NPS_SCALE,
        Column.CSAT: mapping.csat_scale,
        Column.CES: CES_SCALES[mapping.ces_variant],
    }[column]


def _score(cells: pd.Series, scale: tuple[float, float], *, whole: bool) -> _Score:
    found = values.numbers(cells)
    fits = found.between(min(scale), max(scale))
    if whole:
        fits &= found.mod(1).eq(0)
    return _Score(found.where(fits), ~fits & ~values.is_missing(cells))


def _scored(scores: dict[Column, _Score], mapping: Mapping) -> pd.DataFrame:
    """The score columns of `feedback`; rating is 1…5, linear in the native scale."""
    rating, nps, csat, ces = (scores[column].values for column in SCORES)
    worst, best = mapping.rating_scale
    csat_worst, csat_best = mapping.csat_scale
    low, high = RATING_SCALE
    surveyed = nps.notna() | csat.notna() | ces.notna()
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


def _reasons(
    table: Table,
    cells: dict[Column, pd.Series],
    scores: dict[Column, _Score],
    texts: dict[Column, pd.Series],
    mapping: Mapping,
) -> pd.Series:
    """Why a row is refused, a sentence; None where it is not."""
    reasons = pd.Series(None, index=table.cells.index, dtype=object)
    usable = pd.Series(False, index=table.cells.index)
    for column in VERBATIMS:
        usable |= texts[column] != ""
    for score in scores.values():
        usable |= score.values.notna()
    reasons[~usable] = _("Die Zeile enthält weder Text noch Bewertung, NPS, CSAT oder CES.")
    for column in reversed(SCORES):
        wrong = scores[column].wrong & ~usable
        reasons[wrong] = [_wrong_score(column, cell, mapping) for cell in cells[column][wrong]]
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


def _rejects(table: Table, reasons: pd.Series, mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The refused rows as the user wrote them, but masked, and customers as their pseudonyms."""
    refused = table.cells.loc[reasons.index]
    customer = mapping.header(Column.CUSTOMER)
    shown = {header: privacy.mask(refused[header].str.replace("\x00", "", regex=False)).texts for header in refused}
    if customer:
        shown[customer] = privacy.pseudonym(key, refused[customer]).fillna("")
    written = [dict(zip(shown, row, strict=True)) for row in zip(*shown.values(), strict=True)]
    lines = table.lines.to_numpy()[table.cells.index.get_indexer(reasons.index)]
    return pd.DataFrame({"line": lines, "reason": reasons.to_numpy(), "cells": pd.Series(written, dtype=object)})


def _notes(
    table: Table, cells: dict[Column, pd.Series], scores: dict[Column, _Score], dated: pd.DataFrame, kept: pd.Series
) -> tuple[str, ...]:
    names = {Column.RATING: _("Bewertung"), Column.NPS: "NPS", Column.CSAT: "CSAT", Column.CES: "CES"}
    notes = [_off_scale(int((scores[column].wrong & kept).sum()), names[column]) for column in SCORES]
    unreadable = int((kept & dated["at"].isna() & ~values.is_missing(cells[Column.DATE])).sum())
    if unreadable:
        one = _("{n} Datum war nicht lesbar; dieses Feedback bleibt ohne Datum.")
        many = _("{n} Daten waren nicht lesbar; dieses Feedback bleibt ohne Datum.")
        notes.append((one if unreadable == 1 else many).format(n=number(unreadable)))
    if table.damaged:
        message = ngettext(
            "{n} Zeichen der Datei war beschädigt und erscheint als �.",
            "{n} Zeichen der Datei waren beschädigt und erscheinen als �.",
            table.damaged,
        )
        notes.append(message.format(n=number(table.damaged)))
    return tuple(note for note in notes if note)


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
    """What tells a feedback from another: never channel, reply or a relative date, they change from export to export."""

    source: pd.Series
    ids: pd.Series
    scores: dict[Column, _Score]
    texts: dict[Column, pd.Series]
    dated: pd.DataFrame

    def only(self, rows: pd.Series) -> "_Content":
        """The same for some rows."""
        scores = {column: _Score(each.values[rows], each.wrong[rows]) for column, each in self.scores.items()}
        texts = {column: each[rows] for column, each in self.texts.items()}
        return _Content(self.source[rows], self.ids[rows], scores, texts, self.dated[rows])


def _identities(content: _Content, key: bytes) -> pd.Series:
    """The source's id within its source (as a keyed hash: links and numbers lead to people); else a keyed hash of the
    content, and which of the equal rows of the file it is.
    """
    ids = values.read_each(content.ids, lambda cell: "" if values.says_nothing(cell) else _id(cell))
    named = ids != ""
    own = [privacy.fingerprint(key, "id", *each) for each in zip(content.source[named], ids[named], strict=True)]
    hashes = _hashes(content.only(~named), key)
    occurrence = hashes.groupby(hashes).cumcount().add(1).astype(str)
    return pd.concat([pd.Series(own, index=ids.index[named], dtype=object), hashes + ":" + occurrence])


def _id(cell: str) -> str:
    return values.clean(cell.replace("\x00", ""))


def _hashes(content: _Content, key: bytes) -> pd.Series:
    """One keyed hash per row over source, scores as numbers, title, text (line feeds alike) and absolute date."""
    absolute = content.dated["at"].where(content.dated["precision"] != str(Precision.RELATIVE))
    parts = [
        content.source,
        *(_written(content.scores[column].values, lambda value: f"{value:.10g}") for column in SCORES),
        *(content.texts[column].str.replace("\r\n", "\n", regex=False) for column in VERBATIMS),
        _written(absolute, lambda moment: moment.isoformat()),
    ]
    rows = zip(*(part.tolist() for part in parts), strict=True)
    return pd.Series(
        [privacy.fingerprint(key, "content", *row) for row in rows], index=content.source.index, dtype=object
    )


def _written(cells: pd.Series, write: Callable[[object], str]) -> pd.Series:
    """Values as text, "" where there is none."""
    codes, distinct = pd.factorize(cells)
    found = np.array([*(write(value) for value in distinct), ""], dtype=object)  # missing values have the code −1
    return pd.Series(found[codes], index=cells.index, dtype=object)
