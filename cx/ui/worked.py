"""Published examples beside what CX-Explorer computes: one small table per method, in two columns."""

import pandas as pd
import streamlit as st

from cx.analysis import worked
from cx.language import _
from cx.report import worked as told
from cx.ui import markup
from cx.ui.markup import Cell

WRONG = 1.0  # how deep the cell of a number is shaded that does not come out


def show(checks: pd.DataFrame) -> None:
    """All tables; those that begin in the second half of the rows stand in the second column."""
    with st.container(key="worked"):
        left, right = st.columns(2, gap="large")
    for method, rows in checks.groupby("method", sort=False):
        with left if rows.index[0] < len(checks) / 2 else right:
            st.html(markup.section(told.method_name(method), told.source(rows["source"].iloc[0])))
            st.html(_table(rows))


def _table(rows: pd.DataFrame) -> str:
    head = [_("Beispiel"), _("Quelle"), "CX-Explorer", _("Abstand")]
    return markup.table(head, [_row(row) for row in rows.to_dict("records")])


def _row(row: dict) -> tuple[str, list[Cell]]:
    digits = worked.digits(row["said"])
    cells = [
        Cell(told.printed(float(row["said"]), digits)),
        Cell(told.printed(row["value"], digits)),
        Cell(
            f"{told.difference(row['difference'])} {told.mark(agrees=row['agrees'])}",
            share=None if row["agrees"] else WRONG,
            title=told.verdict(agrees=row["agrees"]),
        ),
    ]
    return f"{row['example']} · {told.quantity_name(row['quantity'])}", cells
