"""What the columns of a file mean: proposed, shown, changed by the user."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from cx.ingest import privacy
from cx.ingest.mapping import Need
from cx.ingest.reading import Export
from cx.language import _, current, ngettext, number
from cx.model import taxonomy
from cx.model.columns import ABOUT_RESPONSE, Column, Field, Mapping
from cx.model.kpi import CesVariant
from cx.report import wording
from cx.ui import data, markup

CHOSEN = "layout_chosen"  # layout -> Mapping, as last seen on the screen
NONE = "–"  # no pillar, no touchpoint
SUBQUESTION = re.compile(r"(?s)(.+?)\s*\[(.+)\]")
GRID = 4  # boxes beside each other
ESSENTIAL = (Column.TEXT, Column.RATING, Column.NPS, Column.DATE)  # asked for even where the file seems to have none
USED_WIDTH = 124  # pixels: sign and name of the column of ticks
RATING_SCALES = ((1, 5), (5, 1), (1, 6), (6, 1), (1, 7), (1, 10), (0, 10), (0, 100), (100, 0))
CSAT_SCALES = ((1, 5), (5, 1), (1, 6), (6, 1), (1, 7), (1, 10), (0, 10))


def key(export: Export) -> str:
    """The layout of a file: files with the same headers share what is chosen."""
    return hashlib.sha256("\n".join(export.headers).encode()).hexdigest()[:12]


def mapping(export: Export) -> Mapping:
    """Which column stands for what: proposed, and changed by the user."""
    proposed = data.proposed(export)
    st.html(markup.section(_("Welche Spalte steht wofür?"), _origin(proposed)))
    chosen = proposed
    offered = [column for column in Column if column not in ABOUT_RESPONSE or proposed.header(column)]
    first = [column for column in offered if column in ESSENTIAL or proposed.header(column)]
    chosen = _header_boxes("first", first, export, proposed, chosen)
    if rest := [column for column in offered if column not in first]:
        with st.expander(_("Weitere Angaben zuordnen")):
            chosen = _header_boxes("rest", rest, export, proposed, chosen)
    chosen = _unsaid(export, _questions(export, _texts(export, chosen)))
    st.session_state.setdefault(CHOSEN, {})[key(export)] = chosen
    return chosen


def chosen_for(export: Export) -> Mapping:
    """What was last chosen for files like this one; what is proposed where it was not looked at, relative dates from today."""
    kept: dict[str, Mapping] = st.session_state.get(CHOSEN, {})
    found = kept.get(key(export)) or data.proposed(export)
    return replace(found, export_date=found.export_date or date.today())


def header_name(header: str) -> str:
    """A header as it is shown: a file without headers has its first customer there."""
    return privacy.mask_text(header)


def file_name(name: str) -> str:
    """The name of a file as it is shown and kept."""
    return privacy.mask_file_name(name)


def _origin(proposed: Mapping) -> str:
    if proposed.preset:
        text = _("Erkannt als Export von {name}. Bitte prüfen.")
        return text.format(name=data.preset_name(proposed.preset))
    return _("Vorgeschlagen aus Überschriften und Werten. Bitte prüfen.")


def _grid(count: int, name: str) -> list["st.delta_generator.DeltaGenerator"]:
    with st.container(key=f"grid_{name}"):
        rows = [st.columns(GRID) for _row in range(-(-count // GRID))]
    return [place for row in rows for place in row][:count]


def _header_boxes(name: str, asked: list[Column], export: Export, proposed: Mapping, chosen: Mapping) -> Mapping:
    for place, column in zip(_grid(len(asked), name), asked, strict=True):
        with place:
            chosen = chosen.with_column(column, _header_box(column, export, proposed))
    return chosen


def _header_box(column: Column, export: Export, proposed: Mapping) -> str | None:
    headers = list(export.headers)
    header = proposed.header(column)
    return st.selectbox(
        wording.column_name(column),
        headers,
        index=headers.index(header) if header in headers else None,
        key=f"map_{column}_{key(export)}",
        format_func=header_name,
        placeholder=_("nicht in der Datei"),
    )


# --- further texts and survey questions


def _texts(export: Export, chosen: Mapping) -> Mapping:
    """Further free texts, each with what it answers."""
    taken = {header for _column, header in chosen.columns}
    offered = [(field, header) for field, header in data.proposed(export).texts if header not in taken]
    if not offered:
        return replace(chosen, texts=())
    st.html(markup.section(_("Weitere Freitexte"), _("Jeder wird gelesen und beim Feedback gezeigt.")))
    names = {wording.field_name(field): field for field in Field}
    rows = pd.DataFrame(
        {
            "used": True,
            "header": [header_name(h) for _f, h in offered],
            "field": [wording.field_name(f) for f, _h in offered],
        }
    )
    edited = _edited(
        rows,
        f"map_texts_{key(export)}",
        {
            "header": st.column_config.TextColumn(_("Spalte"), disabled=True),
            "field": st.column_config.SelectboxColumn(_("Bedeutung"), options=list(names), required=True, width=230),
        },
    )
    kept = zip(offered, edited["used"], edited["field"], strict=True)
    return replace(chosen, texts=tuple((names[name], header) for (_field, header), used, name in kept if used))


def _questions(export: Export, chosen: Mapping) -> Mapping:
    """Rating questions with their scale, and the pillar and touchpoint that each asks about."""
    taken = {header for _column, header in chosen.columns} | {header for _field, header in chosen.texts}
    offered = [question for question in data.proposed(export).questions if question.header not in taken]
    if not offered:
        return replace(chosen, questions=(), leave_out=frozenset())
    found = ngettext("{n} Bewertungsfrage erkannt.", "{n} Bewertungsfragen erkannt.", len(offered))
    note = _("Säule und Touchpoint sind aus dem Wortlaut gelesen.")
    st.html(markup.section(_("Fragen der Umfrage"), f"{found.format(n=number(len(offered)))} {note}"))
    pillars, touchpoints = _aspect_names(taxonomy.load().pillars), _aspect_names(taxonomy.load().touchpoints)
    rows = pd.DataFrame(
        {
            "used": True,
            "wording": [_asked(question.wording) for question in offered],
            "scale": [scale_name((question.worst, question.best)) for question in offered],
            "pillar": [pillars.get(question.pillar, NONE) for question in offered],
            "touchpoint": [touchpoints.get(question.touchpoint, NONE) for question in offered],
        }
    )
    edited = _edited(
        rows,
        f"map_questions_{key(export)}",
        {
            "wording": st.column_config.TextColumn(_("Frage"), disabled=True),
            "scale": st.column_config.TextColumn(_("Skala"), disabled=True, width=190),
            "pillar": st.column_config.SelectboxColumn(_("Säule"), options=[NONE, *pillars.values()], width=140),
            "touchpoint": st.column_config.SelectboxColumn(
                _("Touchpoint"), options=[NONE, *touchpoints.values()], width=270
            ),
        },
    )
    kept = [
        replace(question, pillar=_key_of(pillars, row.pillar), touchpoint=_key_of(touchpoints, row.touchpoint))
        for question, row in zip(offered, edited.itertuples(), strict=True)
        if row.used
    ]
    return _doubts(export, replace(chosen, questions=tuple(kept)))


def _asked(wording: str) -> str:
    """A question with its sub-question first: what tells the questions of a block apart."""
    parts = SUBQUESTION.fullmatch(wording)
    return header_name(f"{parts[2]} · {parts[1]}" if parts else wording)


def _edited(rows: pd.DataFrame, name: str, columns: dict[str, Any]) -> pd.DataFrame:
    used = st.column_config.CheckboxColumn(_("übernehmen"), width=USED_WIDTH)
    return st.data_editor(
        rows, hide_index=True, num_rows="fixed", column_config={"used": used} | columns, key=name, width="stretch"
    )


def _aspect_names(aspects: tuple[taxonomy.Aspect, ...]) -> dict[str, str]:
    return {aspect.key: aspect.name(current()) for aspect in aspects}


def _key_of(names: dict[str, str], name: str | None) -> str:
    return next((key for key, each in names.items() if each == name), "")


def _doubts(export: Export, chosen: Mapping) -> Mapping:
    """Doubtful responses: how many, and whether they are wanted."""
    found = data.doubtful(export, chosen)
    if not found:
        return replace(chosen, leave_out=frozenset())
    picked = st.pills(
        _("Nicht übernehmen"),
        list(found),
        selection_mode="multi",
        format_func=lambda doubt: f"{wording.doubt_name(doubt)} ({number(found[doubt])})",
        key=f"map_doubts_{key(export)}",
        help=_(
            "Gefunden unter den ersten Zeilen der Datei. Gezählt werden alle, weggelassen nur, was Sie hier wählen."
        ),
    )
    return replace(chosen, leave_out=frozenset(picked or ()))


# --- what the file does not say


def _unsaid(export: Export, chosen: Mapping) -> Mapping:
    """Ask what the file does not say: scales, order of day and month, channel, source, export date."""
    needs = data.workspace().needs(export, chosen)
    mapped = {column for column, _header in chosen.columns}
    questions: list[tuple[bool, Callable[[Export, Mapping], Mapping]]] = [
        (Column.RATING in mapped, _rating_scale),
        (Column.CSAT in mapped and not chosen.csat_words, _csat_scale),
        (Column.CES in mapped, _ces_variant),
        (Need.DAY_ORDER in needs, _day_first),
        (Column.CHANNEL not in mapped, _channel),
        (Column.SOURCE not in mapped, _source),
        (Need.EXPORT_DATE in needs, _export_date),
    ]
    asked = [ask for needed, ask in questions if needed]
    if asked:
        st.html(markup.section(_("Was die Datei nicht selbst sagt")))
    for place, ask in zip(_grid(len(asked), "unsaid"), asked, strict=True):
        with place:
            chosen = ask(export, chosen)
    return chosen


def scale_name(scale: tuple[float, float]) -> str:
    """A scale by its worst and best value."""
    low, high = scale
    text = _("{low} bis {high}, {high} ist am besten") if low < high else _("{high} bis {low}, {high} ist am besten")
    return text.format(low=number(low), high=number(high))


def _scale_box(label: str, offered: tuple, proposed: tuple[float, float], name: str) -> tuple[float, float]:
    scales = list(dict.fromkeys([proposed, *offered]))
    return st.selectbox(label, scales, format_func=scale_name, key=name)


def _rating_scale(export: Export, chosen: Mapping) -> Mapping:
    name = f"map_rating_scale_{key(export)}"
    return replace(chosen, rating_scale=_scale_box(_("Skala der Sterne"), RATING_SCALES, chosen.rating_scale, name))


def _csat_scale(export: Export, chosen: Mapping) -> Mapping:
    name = f"map_csat_scale_{key(export)}"
    return replace(chosen, csat_scale=_scale_box(_("Skala des CSAT"), CSAT_SCALES, chosen.csat_scale, name))


def _ces_variant(export: Export, chosen: Mapping) -> Mapping:
    names = {
        CesVariant.V1: _("CES 1.0: Aufwand 1–5, wenig ist gut"),
        CesVariant.V2: _("CES 2.0: Zustimmung 1–7, viel ist gut"),
    }
    variants = list(CesVariant)
    box = st.selectbox(
        _("Art des CES"),
        variants,
        index=variants.index(chosen.ces_variant),
        format_func=names.get,
        key=f"map_ces_{key(export)}",
    )
    return replace(chosen, ces_variant=box)


def _day_first(export: Export, chosen: Mapping) -> Mapping:
    names = {True: _("Tag vor Monat (03.04. = 3. April)"), False: _("Monat vor Tag (03/04 = 4. März)")}
    order = [chosen.day_first, not chosen.day_first]
    box = st.selectbox(
        _("Schreibweise des Datums"),
        order,
        format_func=names.get,
        key=f"map_day_first_{key(export)}",
        help=_("Kein Datum der Datei verrät, was zuerst steht. Bitte bestätigen."),
    )
    return replace(chosen, day_first=box)


def _channel(export: Export, chosen: Mapping) -> Mapping:
    known = list(dict.fromkeys([*filter(None, [chosen.channel]), *data.choices("channel")]))
    box = st.selectbox(
        _("Kanal aller Zeilen"),
        known,
        index=0 if chosen.channel else None,
        key=f"map_all_channel_{key(export)}",
        placeholder=_("wählen oder neu eingeben"),
        accept_new_options=True,
    )
    return replace(chosen, channel=(box or "").strip() or chosen.channel)


def _source(export: Export, chosen: Mapping) -> Mapping:
    proposed = header_name(chosen.source or PurePath(export.name).stem)
    box = st.text_input(_("Quelle aller Zeilen"), proposed, key=f"map_all_source_{key(export)}", max_chars=100)
    return replace(chosen, source=box.strip() or proposed)


def _export_date(export: Export, chosen: Mapping) -> Mapping:
    box = st.date_input(
        _("Tag des Exports"),
        chosen.export_date or "today",
        key=f"map_export_date_{key(export)}",
        format="DD.MM.YYYY",
        help=_("Angaben wie „vor 2 Monaten“ werden von diesem Tag zurückgerechnet."),
    )
    return replace(chosen, export_date=box)
