"""The customers' own words: a page of statements, the whole feedback in a dialog, the selection as a file."""

from functools import partial
from math import ceil

import pandas as pd
import streamlit as st

from cx import language
from cx.charts import words
from cx.language import _, day, month, ngettext, number
from cx.model.correction import POLARITY
from cx.model.filter import Filter
from cx.model.kpi import Label
from cx.text import adjusting, languages
from cx.ui import access, address, corrections, data, filters, markup
from cx.ui.markup import Chip, Mark
from cx.workspace import EXPORT_ROWS, PAGE_SIZE

MARKED = 0.08  # a word that adds less is no reason for the verdict
KEY_SHOWN = 8  # characters of a customer's pseudonym
CONTRADICTIONS = "export_contradictions"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def search() -> None:
    """The search box; it belongs to the Filter of all pages."""
    st.text_input(
        _("In den Texten suchen"),
        key=filters.WORDS,
        max_chars=200,
        icon=":material/search:",
        placeholder=_("Wort oder Wortfolge"),
        on_change=address.first_page,
        label_visibility="collapsed",
    )


def counts(found: pd.Series) -> str:
    """ "1.234 Aussagen aus 800 Feedbacks: 500 negativ, …" """
    statements, feedbacks = int(found["statements"]), int(found["feedbacks"])
    said = ngettext("{n} Aussage", "{n} Aussagen", statements).format(n=number(statements))
    sources = ngettext("aus {n} Feedback", "aus {n} Feedbacks", feedbacks).format(n=number(feedbacks))
    by_label = [f"{number(found[str(label)])} {words.label_name(label)}" for label in Label]
    unread = [_("{n} in anderen Sprachen").format(n=number(found["unread"]))] if found["unread"] else []
    return f"{said} {sources}: {', '.join(by_label + unread)}"


def downloads(selection: Filter, statements: int, export: str = "export") -> None:
    """The selection as CSV and xlsx; made when asked for, not before. `export`: the Workspace method that makes the file."""
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="voices_downloads"
    ):
        if statements > EXPORT_ROWS:
            st.caption(_("Die Datei fasst die neuesten {n} Aussagen.").format(n=number(EXPORT_ROWS)), width="content")
        for form, label, mime in (("csv", _("CSV"), "text/csv"), ("xlsx", _("Excel"), SPREADSHEET)):
            st.download_button(
                label,
                language.kept(partial(getattr(data.workspace(), export), selection, form)),
                file_name=f"{_('widersprueche') if export == CONTRADICTIONS else _('stimmen')}.{form}",
                mime=mime,
                key=f"voices_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def page_of(statements: int) -> int:
    """The page that is open, from 0; never beyond the last."""
    last = max(ceil(statements / PAGE_SIZE), 1)
    st.session_state[address.PAGE] = min(st.session_state[address.PAGE], last)
    return st.session_state[address.PAGE] - 1


def pager(statements: int) -> None:
    """Newer and older voices."""
    last, page = max(ceil(statements / PAGE_SIZE), 1), st.session_state[address.PAGE]
    if last == 1:
        return
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", key="voices_pager"):
        st.button(
            _("Neuere"),
            key="voices_newer",
            disabled=page == 1,
            on_click=_turn,
            args=(-1,),
            icon=":material/chevron_left:",
        )
        st.caption(_("Seite {page} von {last}").format(page=number(page), last=number(last)), width="content")
        st.button(
            _("Ältere"),
            key="voices_older",
            disabled=page == last,
            on_click=_turn,
            args=(1,),
            icon=":material/chevron_right:",
        )


def _turn(pages: int) -> None:
    st.session_state[address.PAGE] += pages


def show(voices: pd.DataFrame) -> None:
    """Statements with marked words and chips; a button each opens the whole feedback."""
    marks = marked(voices)
    editable = access.may_edit()
    for position, row in enumerate(voices.to_dict("records")):
        with st.container(horizontal=True, wrap=False, gap="small", key=f"voice_{position}"):
            st.html(
                markup.voice(row["text"], _unless_corrected(row, marks[position]), meta(row), _chips(row), row["label"])
            )
            with st.container(gap=None, width="content", key=f"tools_{position}"):
                open_button(position, row)
                if editable:
                    corrections.button(position, row)


def open_button(position: int, row: dict) -> None:
    """Opens the whole feedback of a row."""
    st.button(
        _("Ganzes Feedback"),
        key=f"open_{position}_{row['feedback']}",
        type="tertiary",
        icon=":material/open_in_full:",
        on_click=_whole,
        args=(int(row["feedback"]),),
    )


def _unless_corrected(row: dict, marks: list[Mark]) -> list[Mark]:
    """The marked words; none where a person has said that the verdict they carry is wrong."""
    turned = any(made["dimension"] == POLARITY and made["label"] != made["read_as"] for made in row["corrections"])
    return [] if turned else marks


def marked(rows: pd.DataFrame) -> list[list[Mark]]:
    """The judging words of the text of each row (text, batch)."""
    found = data.explain(tuple(rows["text"]), tuple(int(batch) for batch in rows["batch"]))
    judging = found[found["dimension"] == "polarity"]
    judging = judging.assign(here=judging["contribution"].where(judging["rule"] == adjusting.RULE, 0.0))
    shown = judging.groupby(["text", "start", "stop"], as_index=False)[["contribution", "here"]].sum()
    shown = shown[shown["contribution"].abs() >= MARKED]
    marks: list[list[Mark]] = [[] for _row in range(len(rows))]
    for text, *mark in shown.itertuples(index=False):
        marks[text].append(Mark(*mark))
    return marks


def meta(row: dict) -> str:
    """When, where and about what it was said, with stars and scores."""
    parts = [when(row), row["channel"], row["product"], stars(row["rating"]), *scores(row), row.get("question")]
    return " · ".join(part for part in parts if isinstance(part, str) and part)


def when(row: dict) -> str:
    """The date as exactly as it is known."""
    if pd.isna(row["submitted_at"]):
        return _("ohne Datum")
    if row["date_precision"] == "month":
        return month(row["submitted_at"])
    if row["date_precision"] == "year":
        return str(row["submitted_at"].year)
    text = day(row["submitted_at"])
    return _("etwa {day}").format(day=text) if row["date_precision"] == "relative" else text


def stars(rating: float) -> str:
    """ "★★★☆☆", "" without a rating."""
    if pd.isna(rating):
        return ""
    whole = round(rating)
    return "★" * whole + "☆" * (5 - whole)


def scores(row: dict) -> list[str]:
    """ "NPS 9/10", one phrase per answer."""
    scores = [(_("NPS"), row["nps"], 10), (_("CSAT"), row["csat"], row["csat_high"])]
    found = [f"{name} {number(value)}/{number(high)}" for name, value, high in scores if not pd.isna(value)]
    if not pd.isna(row["ces"]):
        found.append(f"{words.kpi_name('ces', row['ces_variant'])}: {number(row['ces'])}")
    return found


def language_chips(row: dict) -> list[Chip]:
    """The language of a row that was not read, as it is not German."""
    code = row["language"]
    if not isinstance(code, str) or code == languages.GERMAN:
        return []
    return [Chip(languages.name(code, language.current()))]


def _chips(row: dict) -> list[Chip]:
    pillars = [Chip(words.aspect_name(found["aspect"]), found["label"]) for found in row["pillars"]]
    touchpoints = [
        Chip(words.aspect_name(found["aspect"]), found["label"], outlined=True) for found in row["touchpoints"]
    ]
    return language_chips(row) + corrections.chips(row) + pillars + touchpoints


def _asked(row: dict) -> str:
    """What a text answers: the question where one was asked."""
    if isinstance(row["question"], str):
        return row["question"]
    return _("Titel") if row["field"] == "title" else _("Text")


def _whole(feedback: int) -> None:
    st.session_state["voices_open"] = feedback


def opened() -> None:
    """The dialog with the whole feedback, where one was opened."""
    feedback = st.session_state.pop("voices_open", None)
    if feedback is not None:
        st.dialog(_("Das ganze Feedback"), width="large")(_dialog)(feedback)
    corrections.opened()


def _dialog(feedback: int) -> None:
    language.use(st.session_state[address.LANGUAGE])
    rows = data.feedback(feedback)
    texts = rows.dropna(subset=["text"])
    for (_index, row), marks in zip(texts.iterrows(), marked(texts), strict=True):
        if len(texts) > 1:
            st.caption(markup.literal(_asked(row)))
        st.html(markup.whole(row["text"], corrections.uncorrected(marks, row["corrections"])))
        corrections.listed(row["text"], row["corrections"])
    if texts.empty:
        st.caption(_("Dieses Feedback hat keinen Text."))
    st.html(markup.facts(_facts(rows.iloc[0].to_dict())))


def _facts(row: dict) -> list[tuple[str, str]]:
    native = _native(row)
    customer = row["customer_key"]
    pairs = [
        (_("Datum"), when(row)),
        (_("Kanal"), row["channel"]),
        (_("Quelle"), row["source"]),
        (_("Produkt"), row["product"]),
        (_("Ort"), row["location"]),
        (_("Sprache"), languages.name(row["language"], language.current()) if language_chips(row) else ""),
        (_("Sterne"), f"{stars(row['rating'])}{native}"),
        (_("Antworten"), " · ".join(scores(row))),
        (_("Polarität"), "" if pd.isna(row["polarity"]) else number(row["polarity"], 2, signed=True)),
        (_("Antwort an den Kunden"), row["reply"]),
        (_("Kunde (Pseudonym)"), customer[:KEY_SHOWN] + " …" if isinstance(customer, str) and customer else ""),
    ]
    return [(name, value) for name, value in pairs if isinstance(value, str) and value]


def _native(row: dict) -> str:
    if pd.isna(row["rating"]) or (row["rating_low"], row["rating_high"]) == (1, 5):
        return ""
    return _(" ({value} auf {low}–{high})").format(
        value=number(row["rating_native"]), low=number(row["rating_low"]), high=number(row["rating_high"])
    )
