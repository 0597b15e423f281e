"""Page furniture: styles, title with the grey line, notices, empty states, the tools under a figure."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from cx import language
from cx.charts.theme import Theme
from cx.language import LANGUAGES, _, day, ngettext, number
from cx.model.filter import Filter
from cx.ui import access, address, data, filters, markup

STYLE = Path(__file__).with_name("style.css")
THEME_WATCH = Path(__file__).with_name("theme.js")
OWN_WORDS = Path(__file__).with_name("words.js")
LOAD_PAGE = "pages/daten_laden.py"


@cache
def _rules() -> str:
    return STYLE.read_text(encoding="utf-8")


@cache
def _theme_watch() -> Callable[..., object]:
    return st.components.v2.component("cx_theme_watch", js=THEME_WATCH.read_text(encoding="utf-8"))


@cache
def _own_words() -> Callable[..., object]:
    return st.components.v2.component("cx_own_words", js=OWN_WORDS.read_text(encoding="utf-8"))


def _english() -> dict[str, str]:
    """What the front end writes in English by itself, and our words for it; none in English."""
    if language.current() != "de":
        return {}
    return {
        "Press Enter to apply": _("Enter übernimmt"),
        "No results": _("Nichts gefunden"),
        "Page not found": _("Diese Seite gibt es nicht"),
        "The page that you have requested does not seem to exist. Running the app's main page.": _(
            "Prüfen Sie die Adresse. Sie sehen die Startseite."
        ),
        "Open": _("Öffnen"),
        "Close": _("Schließen"),
        "Clear all": _("Alles abwählen"),
        "Clear value": _("Leeren"),
        "Clear date": _("Datum entfernen"),
        "Choose date": _("Datum wählen"),
        "Increment": _("Erhöhen"),
        "Decrement": _("Verringern"),
        "Collapse sidebar": _("Seitenleiste schließen"),
        "Expand sidebar": _("Seitenleiste öffnen"),
        "Navigate to home page": _("Zur Startseite"),
        "App pages": _("Seiten"),
        "Sidebar": _("Seitenleiste"),
        "file upload": _("Dateien hochladen"),
        **_table_menu(),
    }


def _table_menu() -> dict[str, str]:
    """The menu over a column of a table, with what it opens."""
    return {
        "Sort ascending": _("Aufsteigend sortieren"),
        "Sort descending": _("Absteigend sortieren"),
        "Format": _("Format"),
        "Autosize": _("Breite anpassen"),
        "Pin column": _("Spalte festhalten"),
        "Unpin column": _("Spalte lösen"),
        "Hide column": _("Spalte ausblenden"),
        "Automatic": _("Automatisch"),
        "Localized": _("Landesüblich"),
        "Plain": _("Schlicht"),
        "Compact": _("Kurz"),
        "Percent": _("Prozent"),
        "Scientific": _("Wissenschaftlich"),
        "Accounting": _("Buchhaltung"),
        "Duration": _("Dauer"),
        "Distance": _("Abstand von heute"),
        "Calendar": _("Kalender"),
        "Statistics": _("Statistik"),
        "Values": _("Werte"),
        "Empty": _("Leer"),
        "Distinct": _("Verschieden"),
        "Sum": _("Summe"),
        "Average": _("Mittel"),
        "25th percentile": _("Unteres Viertel bis"),
        "Median": _("Median"),
        "75th percentile": _("Oberes Viertel ab"),
        "Standard deviation": _("Standardabweichung"),
        "Minimum": _("Kleinster Wert"),
        "Maximum": _("Größter Wert"),
        "Range": _("Spanne"),
        "Average length": _("Mittlere Länge"),
        "Minimum length": _("Kleinste Länge"),
        "Maximum length": _("Größte Länge"),
        "No data": _("Keine Daten"),
        "Based on sample": _("Aus einer Stichprobe"),
    }


def theme() -> str:
    """ "light" or "dark", as the visitor sees the app."""
    return st.context.theme.type or Theme.LIGHT


def dress() -> None:
    """The screen's styles and the app's name; once per run, before anything else."""
    st.html(markup.styles(_rules(), theme()))
    _theme_watch()(key="theme_watch", height=1)
    _own_words()(key="own_words", data=_english(), height=1)
    st.logo(markup.wordmark(theme()), size="large")


def language_switch() -> None:
    """Deutsch or English, at the foot of the sidebar."""
    with st.sidebar:
        st.segmented_control(
            _("Sprache"), list(LANGUAGES), key=address.LANGUAGE, format_func=LANGUAGES.get, label_visibility="collapsed"
        )


def title(name: str, selection: Filter) -> None:
    """The page's name, and period · filters · n · data status in one grey line."""
    if is_empty():
        plain_title(name, _("noch keine Daten"))
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="page_head"):
        st.html(markup.heading(name, line(selection)), width="content")
        if data.is_demo():
            _demo_notice()


def line(selection: Filter) -> str:
    """Period, filters, n and data status of a selection."""
    extent = data.extent(selection)
    parts = [
        filters.period_text(selection),
        *(filters.described(selection) or [_("alle Kanäle")]),
        ngettext("n = {n} Feedback", "n = {n} Feedbacks", int(extent["n"])).format(n=number(extent["n"])),
        *_foreign(int(extent["foreign_text"])),
        _("Stand {day}").format(day=day(extent["imported_at"])),
    ]
    return " · ".join(parts)


def _foreign(n: int) -> list[str]:
    """How many feedbacks of the base were not read, as they are in another language."""
    text = ngettext(
        "davon {n} in anderer Sprache, nicht gelesen",
        "davon {n} in anderen Sprachen, nicht gelesen",
        n,
    )
    return [text.format(n=number(n))] if n else []


def _demo_notice() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="demo_notice"):
        st.html(markup.notice(_("Fiktive Demodaten eines erfundenen Händlers")), width="content")
        st.page_link(LOAD_PAGE, label=_("Eigene Daten laden"), icon=":material/upload:", width="content")


def plain_title(name: str, line: str) -> None:
    """The page's name and one grey line, where no selection is shown."""
    st.html(markup.heading(name, line))


def chapter(title: str, note: str) -> None:
    """The beginning of a part of a long page."""
    st.html(markup.chapter(title, note))


def nothing_here(selection: Filter) -> bool:
    """Show why there is nothing to see, if so: an empty database, or a selection that matches nothing."""
    if is_empty():
        empty_database()
        return True
    if data.extent(selection)["n"] == 0:
        _empty_selection(selection)
        return True
    return False


def is_empty() -> bool:
    """Whether the database holds no feedback at all."""
    return bool(data.extent(Filter())["n"] == 0)


def empty_database() -> None:
    """What is missing, and two ways to get it."""
    st.html(markup.section(_("Noch keine Daten"), _("Laden Sie einen Export Ihrer Umfrage oder Ihrer Bewertungen.")))
    with st.container(horizontal=True, key="empty_actions"):
        if st.button(_("Daten laden"), type="primary", key="empty_load"):
            st.switch_page(LOAD_PAGE)
        if access.may_edit() and st.button(_("Demodaten ansehen"), key="empty_demo"):
            bar = st.progress(0.0, text=_("Demodaten werden geladen …"))
            data.workspace().load_demo(lambda done, total, what: show_progress(bar, done, total, what))
            st.rerun()


def _empty_selection(selection: Filter) -> None:
    chosen = [filters.period_text(selection)] if selection.start or selection.end or selection.undated else []
    text = _("Gesetzt sind: {filters}.").format(filters=" · ".join([*chosen, *filters.described(selection)]))
    st.html(markup.section(_("Zu dieser Auswahl gibt es kein Feedback"), text))
    st.button(_("Filter zurücksetzen"), type="primary", key="empty_reset", on_click=filters.reset)


def first_start() -> None:
    """Load the demo data into a database that is new, with visible progress."""
    if not data.is_fresh():
        return
    bar = st.progress(0.0, text=_("Demodaten werden geladen …"))
    data.load_demo_once(lambda done, total, what: show_progress(bar, done, total, what))
    bar.empty()


def show_progress(bar: "st.delta_generator.DeltaGenerator", done: int, total: int, what: str) -> None:
    """Move a progress bar, with a noun and a count. What is read through is then stored."""
    message = (
        _("{what} gelesen: {done} von {total}")
        if done < total
        else _("{what} gelesen: {total}. Jetzt wird gespeichert …")
    )
    text = message.format(done=number(done), total=number(total), what=what)
    bar.progress(min(done / total, 1.0) if total else 0.0, text=text)
