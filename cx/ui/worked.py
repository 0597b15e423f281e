"""Published examples beside what CX-Explorer computes: one small table per method, in two columns."""

import pandas as pd
import streamlit as st

from cx.analysis import worked
from cx.language import _
from cx.report import worked as told
from cx.ui import markup
from cx.ui.markup import Cell


def show(checks: pd.DataFrame) -> None:
    """All tables; those that begin in the second half of the rows stand in the second column."""
    left, right = st.columns(2, gap="large")
    for method, rows in checks.groupby("method", sort=False):
        with left if rows.index[0] < len(checks) / 2 else right:
            st.html(markup.section(told.method_name(method), rows["source"].iloc[0]))
            st.html(_table(rows))


def _table(rows: pd.DataFrame) -> str:
    head = [_("Beispiel"), _("Quelle"), "CX-Explorer", _("Abstand"), ""]
    return markup.table(head, [_row(row) for row in rows.to_dict("records")])


def _row(row: dict) -> tuple[str, list[Cell]]:
    digits = worked.digits(row["said"])
    cells = [
        Cell(told.printed(float(row["said"]), digits)),
        Cell(told.printed(row["value"], digits)),
        Cell(told.difference(row["difference"])),
        Cell(told.verdict(agrees=row["agrees"]), share=None if row["agrees"] else 1.0),
    ]
    return f"{row['example']} · {told.quantity_name(row['quantity'])}", cells
