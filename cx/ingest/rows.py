"""Raw cells -> rows of feedback: canonical columns, personal data masked, identity worked out; and the rows refused, with reasons."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cx.ingest import privacy, values
from cx.ingest.reading import Table
from cx.language import _, ngettext, number
from cx.model.columns import Column, Mapping
from cx.model.filter import LIST_SEPARATOR
from cx.model.kpi import CesVariant, Kind, Precision

PREVIEW_ROWS = 10
RATING = (1, 5)  # what every native rating is derived to
NPS = (0, 10)
CES = {CesVariant.V1: (1, 5), CesVariant.V2: (1, 7)}
SURROGATES = r"[\ud800-\udfff]"
LONGEST_NAME = 200  # characters of a channel, product … that are kept
SCORES = (Column.RATING, Column.NPS, Column.CSAT, Column.CES)
CATEGORIES = (Column.CHANNEL, Column.SOURCE, Column.PRODUCT, Column.LOCATION)
TEXTS = (Column.TEXT, Column.TITLE, Column.REPLY)


@dataclass(frozen=True)
class Rows:
    """What a table comes to.

    `feedback`: line, identity, kind, source, channel, submitted_at, date_precision, customer_key, product, location, language,
    rating, rating_native, rating_low, rating_high, nps, csat, csat_high, ces, ces_variant, reply, title, text ("" = none).
    `rejects`: line, reason, cells (dict header -> masked cell). `masked`: places by kind. `notes`: what was left out, in sentences.
    """

    feedback: pd.DataFrame
    rejects: pd.DataFrame
    masked: dict[str, int]
    notes: tuple[str, ...]


def canonical(table: Table, mapping: Mapping, key: bytes) -> Rows:
    """The rows of `table` as `mapping` reads them.

    A cell that cannot be read (a score outside its scale, an impossible date) is left out and counted in `notes`; a row is
    refused only where nothing usable is left, or where it has more cells than the header.
    """
    cells = {column: _cells(table, mapping, column) for column in Column}
    raw_texts = {column: _text(cells[column]) for column in TEXTS}
    scores, wrong = _scores(cells, mapping)
    dated = values.dates(cells[Column.DATE], day_first=mapping.day_first, export_date=mapping.export_date)
    masked = {column: privacy.mask(raw_texts[column]) for column in TEXTS}
    feedback = pd.DataFrame({"line": table.lines.to_numpy()}, index=table.cells.index)
    feedback = feedback.assign(**_categories(cells, mapping), **scores)
    feedback["submitted_at"], feedback["date_precision"] = dated["at"], dated["precision"]
    feedback["customer_key"] = privacy.pseudonym(key, _known(cells[Column.CUSTOMER]))
    feedback["language"] = None
    feedback["kind"] = _kind(feedback)
    feedback["reply"] = masked[Column.REPLY].texts.astype(object).where(masked[Column.REPLY].texts != "", None)
    feedback["title"], feedback["text"] = masked[Column.TITLE].texts, masked[Column.TEXT].texts
    feedback["identity"] = _identities(feedback, cells, raw_texts, key)
    reasons = _reasons(table, feedback, cells, wrong)
    refused = reasons.notna()
    undatable = ~values.is_missing(cells[Column.DATE]) & dated["at"].isna() & ~refused
    return Rows(
        feedback=feedback[~refused].reset_index(drop=True),
        rejects=_rejects(table, reasons[refused]),
        masked=_counted(masked),
        notes=_notes(wrong & ~refused.to_numpy()[:, None], int(undatable.sum()), table),
    )


def preview(table: Table, mapping: Mapping, key: bytes) -> pd.DataFrame:
    """The first ten rows as they would be stored: line, and one column per mapped canonical column; customers as pseudonyms.

    Rows that would be refused are there too, with their reason in `reason` ("" = none).
    """
    head = replace(table, cells=table.cells.head(PREVIEW_ROWS), lines=table.lines.head(PREVIEW_ROWS))
    found = canonical(head, mapping, key)
    shown = {
        "text": "text", "title": "title", "rating": "rating_native", "nps": "nps", "csat": "csat", "ces": "ces",
        "date": "submitted_at", "channel": "channel", "source": "source", "product": "product", "location": "location",
        "customer": "customer_key", "source_id": "identity", "reply": "reply",
    }  # fmt: skip
    mapped = [column for column in shown if mapping.header(Column(column)) or getattr(mapping, column, None)]
    rows = found.feedback[["line", *(shown[column] for column in mapped)]].set_axis(["line", *mapped], axis=1)
    return pd.concat([rows, found.rejects[["line", "reason"]]]).sort_values("line", ignore_index=True).fillna({"reason": ""})


def _cells(table: Table, mapping: Mapping, column: Column) -> pd.Series:
    header = mapping.header(column)
    if header is None or header not in table.cells:
        return pd.Series("", index=table.cells.index, dtype=object)
    return table.cells[header].astype(object)


def _text(cells: pd.Series) -> pd.Series:
    """The cells to the character; "" where they say that there is no text. NUL and lone surrogates cannot be stored."""
    kept = cells.where(~values.is_missing(cells, values.NO_TEXT), "")
    return kept.str.replace("\x00", "", regex=False).str.replace(SURROGATES, "\ufffd", regex=True)


def _known(cells: pd.Series) -> pd.Series:
    return cells.where(~values.is_missing(cells), "")


def _categories(cells: dict[Column, pd.Series], mapping: Mapping) -> dict[str, pd.Series]:
    """Channel, source, product, location: on one line, None where missing; the mapping's own word fills the gaps."""
    found = {}
    for column in CATEGORIES:
        named = values.read_each(_known(cells[column]), _category)
        fallback = _category(getattr(mapping, column, None) or "")
        found[str(column)] = named.where(named != "", fallback or None)
    found["source"] = found["source"].fillna(_("Ohne Quelle"))
    return found


def _category(cell: str) -> str:
    readable = "".join(letter if letter.isprintable() else " " for letter in cell)
    return values.clean(readable).replace(LIST_SEPARATOR, "–")[:LONGEST_NAME]


def _scores(cells: dict[Column, pd.Series], mapping: Mapping) -> tuple[dict[str, object], np.ndarray]:
    """The score columns of feedback, and which cells (rows × SCORES) hold something that is no score of its scale."""
    ends = {
        Column.RATING: mapping.rating_scale,
        Column.NPS: NPS,
        Column.CSAT: mapping.csat_scale,
        Column.CES: CES[mapping.ces_variant],
    }
    found = {column: _in_scale(cells[column], ends[column]) for column in SCORES}
    wrong = np.column_stack([~values.is_missing(cells[column]) & found[column].isna() for column in SCORES])
    worst, best = mapping.rating_scale
    native = found[Column.RATING]
    rated = native.notna()
    low, high = RATING
    csat_worst, csat_best = mapping.csat_scale
    csat = found[Column.CSAT] if csat_best > csat_worst else csat_worst + csat_best - found[Column.CSAT]
    columns = {
        "rating": low + (high - low) * (native - worst) / (best - worst),
        "rating_native": native,
        "rating_low": pd.Series(float(worst), index=native.index).where(rated),
        "rating_high": pd.Series(float(best), index=native.index).where(rated),
        "nps": found[Column.NPS].round().astype("Int8"),
        "csat": csat,
        "csat_high": pd.Series(float(max(mapping.csat_scale)), index=native.index).where(csat.notna()),
        "ces": found[Column.CES],
        "ces_variant": pd.Series(str(mapping.ces_variant), index=native.index, dtype=object).where(
            found[Column.CES].notna(), None
        ),
    }
    return columns, wrong


def _in_scale(cells: pd.Series, ends: tuple[float, float]) -> pd.Series:
    found = values.numbers(_known(cells))
    return found.where((found >= min(ends)) & (found <= max(ends)))


def _kind(feedback: pd.DataFrame) -> np.ndarray:
    surveyed = feedback[["nps", "csat", "ces"]].notna().any(axis=1)
    return np.where(surveyed, str(Kind.SURVEY), str(Kind.REVIEW))


def _identities(
    feedback: pd.DataFrame, cells: dict[Column, pd.Series], texts: dict[Column, pd.Series], key: bytes
) -> list[str]:
    """The source's id within its source; else a keyed hash of the content and its occurrence in the file.

    The hash covers source, scores as written, title, text and absolute date; never channel, reply or a relative date, which
    change between two exports of the same review.
    """
    absolute = feedback["submitted_at"].where(feedback["date_precision"] != str(Precision.RELATIVE))
    days = absolute.dt.strftime("%Y-%m-%dT%H:%M:%S").fillna("")
    ids = values.read_each(_known(cells[Column.SOURCE_ID]), values.clean)
    scores = zip(*(values.read_each(cells[column], values.clean) for column in SCORES), strict=True)
    seen: dict[str, int] = {}
    found = []
    parts = zip(feedback["source"], ids, scores, texts[Column.TITLE], texts[Column.TEXT], days, strict=True)
    for source, own, score, title, text, day in parts:
        if own:
            found.append(f"{source}:{own}")
            continue
        digest = privacy.fingerprint(key, source, *score, title, text, day)
        seen[digest] = seen.get(digest, 0) + 1
        found.append(f"{digest}:{seen[digest]}")
    return found


def _reasons(table: Table, feedback: pd.DataFrame, cells: dict[Column, pd.Series], wrong: np.ndarray) -> pd.Series:
    """Why a row is refused; None where it is not."""
    reasons = pd.Series(None, index=feedback.index, dtype=object)
    scored = feedback[["rating", "nps", "csat", "ces"]].notna().any(axis=1)
    empty = np.flatnonzero(~scored & (feedback["text"] == "") & (feedback["title"] == ""))
    for position in empty:
        unreadable = [column for column, bad in zip(SCORES, wrong[position], strict=True) if bad]
        reasons.iloc[position] = (
            _("{column}: „{cell}“ ist kein Wert der Skala, und ein Text fehlt.").format(
                column=_score_name(unreadable[0]), cell=_shortened(cells[unreadable[0]].iloc[position])
            )
            if unreadable
            else _("Weder Text noch Bewertung.")
        )
    for position, width in table.surplus.items():
        if position < len(reasons):
            reasons.iloc[position] = _("{width} Zellen statt {expected}: Vermutlich fehlen Anführungszeichen um einen Text.").format(
                width=number(width), expected=number(len(table.headers))
            )
    return reasons


def _score_name(column: Column) -> str:
    return _("Bewertung") if column == Column.RATING else column.upper()


def _shortened(cell: str) -> str:
    return privacy.mask_text(cell if len(cell) <= 40 else cell[:39] + "…")


def _rejects(table: Table, reasons: pd.Series) -> pd.DataFrame:
    rows = table.cells.loc[reasons.index]
    masked = {header: privacy.mask(_text(rows[header].astype(object))).texts for header in rows}
    cells = [dict(zip(masked, row, strict=True)) for row in zip(*masked.values(), strict=True)]
    lines = table.lines.to_numpy()[table.cells.index.get_indexer(reasons.index)]
    return pd.DataFrame({"line": lines, "reason": list(reasons), "cells": cells})


def _counted(masked: dict[Column, privacy.Masked]) -> dict[str, int]:
    total: dict[str, int] = {}
    for found in masked.values():
        for kind, n in found.counts.items():
            total[kind] = total.get(kind, 0) + n
    return total


def _notes(wrong: np.ndarray, undatable: int, table: Table) -> tuple[str, ...]:
    notes = [
        ngettext(
            "{n} Wert in „{column}“ passt nicht zur Skala und wurde weggelassen.",
            "{n} Werte in „{column}“ passen nicht zur Skala und wurden weggelassen.",
            int(n),
        ).format(n=number(n), column=_score_name(column))
        for column, n in zip(SCORES, wrong.sum(axis=0), strict=True)
        if n
    ]
    if undatable:
        notes.append(
            ngettext(
                "{n} Datum war nicht lesbar; das Feedback bleibt ohne Datum.",
                "{n} Daten waren nicht lesbar; das Feedback bleibt ohne Datum.",
                undatable,
            ).format(n=number(undatable))
        )
    if table.damaged:
        notes.append(
            ngettext(
                "{n} Zeichen der Datei war beschädigt und erscheint als �.",
                "{n} Zeichen der Datei waren beschädigt und erscheinen als �.",
                table.damaged,
            ).format(n=number(table.damaged))
        )
    return tuple(notes)

