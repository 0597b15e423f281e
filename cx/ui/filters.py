"""The filter bar: once in the sidebar, shared by all pages, held in the address (cx/ui/address.py)."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import streamlit as st

from cx.charts import words
from cx.language import _, number
from cx.language import current as spoken
from cx.model import taxonomy
from cx.model.filter import LISTS, Filter
from cx.model.kpi import Label
from cx.report import findings
from cx.text import languages
from cx.ui import address, data, markup, periods
from cx.ui.periods import Quick

PERIOD, START, END, WORDS = "filter_period", "filter_start", "filter_end", "filter_words"
CURRENT = "filter_current"  # the Filter of this run, for the pages
GO = "go"  # the page that a click leads to
STARS = ("rating_min", "rating_max")


@dataclass(frozen=True)
class Box:
    """A multiselect: its field of the Filter, its label, its options and how they are called."""

    field: str
    label: str
    options: list[str]
    name: Callable[[str], str] = str
    least: int = 1  # options, for the box to be shown
    when_set: bool = False  # shown only to take out what a click has set

    @property
    def key(self) -> str:
        """Its key in the session."""
        return f"filter_{self.field}"


def _boxes() -> list[Box]:
    return [
        Box("channels", _("Kanal"), data.choices("channel")),
        Box("pillars", _("Säule"), list(taxonomy.pillar_keys()), words.aspect_name),
        Box("touchpoints", _("Touchpoint"), list(taxonomy.touchpoint_keys()), words.aspect_name),
        Box("lens_groups", _("Modell"), list(taxonomy.pair_groups()), words.lens_group_name, when_set=True),
        Box("labels", _("Stimmung"), list(map(str, Label)), words.label_name),
        Box("sources", _("Quelle"), data.choices("source")),
        Box("products", _("Produkt"), data.choices("product")),
        Box("locations", _("Ort"), data.choices("location")),
        Box("languages", _("Sprache"), data.choices("language"), lambda code: languages.name(code, spoken()), least=2),
    ]


UNSHOWN = ("kinds", *STARS)  # set by an address only; held beside the widgets
LISTED = tuple(sorted(LISTS - set(UNSHOWN)))
KEYS = (PERIOD, START, END, WORDS, *(f"filter_{field}" for field in LISTED))
HELD = "filter_unshown"


def bar() -> Filter:
    """Draw the filter bar and give back what it selects."""
    return _kept(_drawn)


def hidden() -> Filter:
    """What the filter bar selects, without drawing it: for pages that it does not bear on."""
    return _kept(lambda boxes, _dropped: _selected(boxes))


def _kept(selected: Callable[[list[Box], list[str]], Filter]) -> Filter:
    """Seed the widgets from the address, and keep what they select for the pages."""
    _seed()
    selection = Filter()
    if data.extent(Filter())["n"] > 0:
        boxes = _boxes()
        selection = selected(boxes, _drop_unknown(boxes))
    st.session_state[CURRENT] = selection
    return selection


def _drawn(boxes: list[Box], dropped: list[str]) -> Filter:
    with st.sidebar:
        _period()
        for box in boxes:
            if len(box.options) >= box.least and (st.session_state[box.key] or not box.when_set):
                _multiselect(box)
        if dropped:
            left_out = _("Nicht in diesen Daten und deshalb weggelassen: {names}")
            st.html(markup.grey(left_out.format(names=", ".join(dropped))))
        selection = _selected(boxes)
        if selection != Filter():
            st.button(_("Filter zurücksetzen"), key="filter_reset", on_click=reset, width="stretch")
    return selection


def current() -> Filter:
    """What the filter bar of this run selects."""
    return st.session_state.get(CURRENT, Filter())


def _seed() -> None:
    if PERIOD not in st.session_state:
        put(Filter.from_query(st.query_params))
    address.keep(KEYS)


def put(selection: Filter) -> None:
    """Set every widget to what `selection` says."""
    last_day = data.extent(Filter())["last_day"]
    quick = Quick.UNDATED if selection.undated else periods.quick_of(selection.start, selection.end, last_day)
    state = {PERIOD: quick, START: selection.start, END: selection.end, WORDS: selection.words}
    state |= {f"filter_{field}": list(getattr(selection, field)) for field in LISTED}
    state[HELD] = {field: getattr(selection, field) for field in UNSHOWN}
    for key, value in state.items():
        st.session_state[key] = value


def reset() -> None:
    """Select everything."""
    put(Filter())
    address.first_page()


def lead(page: str, selection: Filter, **choices: Any) -> None:
    """Set the filter, and `choices` of the next page by their keys; then go there ("stimmen", "treiber", "lagebild")."""
    put(selection)
    address.first_page()
    for key, value in choices.items():
        st.session_state[key] = value
    st.session_state[GO] = f"pages/{page}.py"


def follow() -> None:
    """Go where a click has led, if it has."""
    if target := st.session_state.pop(GO, None):
        st.switch_page(target)


def _drop_unknown(boxes: list[Box]) -> list[str]:
    """Take out what the data do not hold: an address may say anything, and an undone upload takes its channels along."""
    dropped = []
    for box in boxes:
        said = st.session_state[box.key]
        known = [value for value in said if value in box.options]
        if len(known) < len(said):
            dropped += [value for value in said if value not in box.options]
            st.session_state[box.key] = known
    return [name[:40] for name in dropped]


def _period() -> None:
    st.selectbox(
        _("Zeitraum"), list(Quick), key=PERIOD, format_func=periods.name, on_change=address.first_page, filter_mode=None
    )
    if st.session_state[PERIOD] == Quick.OWN:
        st.date_input(_("Von"), value=None, key=START, format="DD.MM.YYYY", on_change=address.first_page)
        st.date_input(_("Bis"), value=None, key=END, format="DD.MM.YYYY", on_change=address.first_page)


def _multiselect(box: Box) -> None:
    st.multiselect(
        box.label,
        box.options,
        key=box.key,
        format_func=box.name,
        placeholder=_("Alle"),
        on_change=address.first_page,
        select_all=False,
    )


def _selected(boxes: list[Box]) -> Filter:
    state = st.session_state
    start, end = _span(state[PERIOD])
    lists = {box.field: tuple(state[box.key]) for box in boxes}
    return Filter(
        start=start,
        end=end,
        undated=state[PERIOD] == Quick.UNDATED,
        words=(state[WORDS] or "").strip(),
        **lists,
        **state.get(HELD, {}),
    )


def _span(quick: str) -> tuple[date | None, date | None]:
    if quick == Quick.OWN:
        return st.session_state.get(START), st.session_state.get(END)
    return periods.span(quick, data.extent(Filter())["last_day"])


def described(selection: Filter) -> list[str]:
    """What is set, one phrase each: "Kanal: Telefon"."""
    phrases = []
    for box in _boxes():
        chosen = getattr(selection, box.field)
        if chosen:
            phrases.append(f"{box.label}: {', '.join(map(box.name, chosen))}")
    others = {f.name for f in fields(selection) if f.name in UNSHOWN and getattr(selection, f.name) not in (None, ())}
    phrases += [_described_other(selection, name) for name in sorted(others)]
    return phrases + ([_("Suche: „{words}“").format(words=selection.words)] if selection.words else [])


def _described_other(selection: Filter, name: str) -> str:
    value = getattr(selection, name)
    names = {
        "kinds": _("Art"),
        "rating_min": _("Sterne ab"),
        "rating_max": _("Sterne bis"),
    }
    return f"{names[name]}: {', '.join(value) if isinstance(value, tuple) else number(value, 1)}"


def period_text(selection: Filter) -> str:
    """The period in words; without one, the first and last day that hold data."""
    if selection.undated:
        return _("ohne Datum")
    if selection.start or selection.end:
        return findings.span(selection.start, selection.end)
    extent = data.extent(selection)
    if extent["first_day"] != extent["first_day"]:
        return _("ohne Datum")
    return findings.span(extent["first_day"].date(), extent["last_day"].date())
