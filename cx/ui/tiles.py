"""The row of key figures, and the real movements under it."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from cx.charts import trend, words
from cx.language import NO_NUMBER, _, number
from cx.model.filter import Filter
from cx.model.kpi import Kpi, Outcome
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.report import findings, tables
from cx.report.findings import Row
from cx.ui import address, data, figures, filters, markup
from cx.ui.figures import Figure


def show(kpis: pd.DataFrame, selection: Filter) -> None:
    """One tile per KPI, those with enough answers first: value, interval, n, change where it is real, months as a small line."""
    months = data.trends(selection)
    courses = dict([*months.groupby("kpi")])
    ordered = sorted(kpis.to_dict("records"), key=lambda row: 2 * (row["n"] == 0) + (row["n"] < N_WITHHELD))
    st.html(markup.tiles(_tile(row, courses.get(row["kpi"], months)) for row in ordered))
    if kpis["n"].any():
        table = partial(tables.kpis, kpis)
        whole = Figure("tiles", _("Kennzahlen"), "", kpis, table, "ws.kpis(selection)", "frame")
        figures.under(whole, selection)


def _tile(row: Row, months: pd.DataFrame) -> markup.Tile:
    kpi, n = row["kpi"], int(row["n"])
    name, note = words.kpi_name(kpi, row["variant"]), words.kpi_note(kpi, row["variant"])
    base = _("n = {n}").format(n=number(n))
    if n == 0:
        return markup.Tile(name, note, NO_NUMBER, "", _("keine Antworten"), "", uncertain=True)
    if n < N_WITHHELD:
        return markup.Tile(name, note, f"○ {words.too_few()}", base, "", _("gezeigt wird ab n = 10"), uncertain=True)
    bounds = _("95\u00a0%: {bounds}").format(bounds=words.bounds(kpi, row["low"], row["high"]))
    change, tone = _change(row)
    value = words.value(kpi, row["value"])
    return markup.Tile(name, note, value, base, bounds, change, tone, n < N_UNCERTAIN, trend.sparkline(months))


def _change(row: Row) -> tuple[str, str]:
    if pd.isna(row["change"]):
        return _("kein Vergleich möglich"), ""
    if not row["real"]:
        return _("keine gesicherte Änderung"), ""
    arrow = "▲" if row["change"] > 0 else "▼"
    better = findings.is_better(row["kpi"], row["change"], row["variant"])
    return f"{arrow} {findings.change_size(row['kpi'], abs(row['change']))}", "positive" if better else "negative"


def movements(found: pd.DataFrame, kpis: pd.DataFrame, selection: Filter) -> None:
    """The largest real changes, a sentence each, with the link to the page that shows them."""
    pair = data.compared(selection)
    st.html(markup.section(_("Was sich wirklich verändert hat"), findings.compared(pair)))
    if found.empty and pair:
        st.html(markup.grey(_("Keine Änderung hält der Prüfung stand. Was schwankt, kann Zufall sein.")))
    if len(selection.channels) == 1:  # the channel is the whole: say it once
        found = found[found["part"] == ""]
    variants = dict(zip(kpis["kpi"], kpis["variant"], strict=True))
    for position, row in enumerate(found.to_dict("records"), start=1):
        _movement(position, row, variants.get(row["measure"], ""), selection)
    if len(found):
        title = _("Was sich wirklich verändert hat")
        table = partial(lambda rows: findings.moved(rows).style, found)
        figures.under(Figure("movements", title, "", found, table, "ws.movements(selection)", "frame"), selection)


def _movement(position: int, row: Row, variant: str, selection: Filter) -> None:
    tone = "positive" if findings.is_better(row["measure"], row["change"], variant) else "negative"
    label, page, chosen, choices = _target(row, selection)
    with st.container(key=f"move_{position}", gap=None):
        st.html(markup.movement(position, findings.movement(row), tone))
        st.button(
            label,
            key=f"move_{position}_go",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=filters.lead,
            args=(page, chosen),
            kwargs=choices,
        )


def _target(row: Row, selection: Filter) -> tuple[str, str, Filter, dict[str, str]]:
    """Label, page, Filter and choices that show a movement: a survey KPI's drivers, else the voices behind it."""
    pair = data.compared(selection)
    now = replace(selection, start=pair[0].start, end=pair[0].end) if pair else selection
    within = replace(now, channels=(row["part"],)) if row["part"] else now
    if row["measure"] in list(Outcome):
        return _("Treiber ansehen"), "treiber", within, {address.OUTCOME: row["measure"]}
    if row["measure"] != Kpi.POLARITY:
        within = replace(within, pillars=(row["measure"],))
    return _("Stimmen lesen"), "stimmen", within, {}
