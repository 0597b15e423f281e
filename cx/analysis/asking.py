"""What every question to the store needs: the thresholds that queries are bound to, the CES variant of a selection, known words."""

from enum import StrEnum
from typing import Any

import pandas as pd

from cx.errors import AskError
from cx.language import _
from cx.model import period
from cx.model.filter import Filter
from cx.model.kpi import CesVariant
from cx.model.limits import DETRACTOR_MAX, PROMOTER_MIN, TOP_BOXES
from cx.store import Store


def parameters(selection: Filter, variant: CesVariant) -> dict[str, Any]:
    """The Filter and the limits of NPS, CSAT and CES, by the names that queries on outcomes know them by."""
    return {
        "filter": selection.parameter(),
        "promoter_min": PROMOTER_MIN,
        "detractor_max": DETRACTOR_MAX,
        "top_boxes": TOP_BOXES,
        "ces_variant": str(variant),
    }


def extent(store: Store, selection: Filter) -> pd.Series:
    """How much is selected (columns: queries/extent.sql)."""
    return store.frame("extent", filter=selection.parameter()).iloc[0]


def ces_variant(store: Store, selection: Filter) -> CesVariant:
    """The variant of the CES that the selection holds more of; 2.0 where it holds none."""
    return variant_of(extent(store, selection))


def variant_of(extent: pd.Series) -> CesVariant:
    """The same from what is known of a selection (columns: queries/extent.sql)."""
    return CesVariant.V1 if extent["ces_1"] > extent["ces_2"] else CesVariant.V2


def compared(store: Store, selection: Filter) -> tuple[Filter, Filter] | None:
    """The period whose change is shown and the one before it (cx.model.period); None where there is nothing to compare."""
    known = extent(store, selection)
    months = [month.date() for month in pd.to_datetime(known["months"])]
    return period.compared(selection, months, known["last_day"].date() if months else None)


def known(words: type[StrEnum], value: str) -> str:
    """`value` where it is one of `words`; raises AskError that names them where it is not."""
    try:
        return str(words(value))
    except ValueError as error:
        raise AskError(
            _("„{value}“ gibt es hier nicht. Möglich sind: {known}.").format(value=value, known=", ".join(words))
        ) from error
