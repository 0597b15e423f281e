"""Responses of a survey that may not count: unfinished, tests, far too fast, the same answer everywhere."""

from dataclasses import dataclass

import pandas as pd

from cx.ingest.reading import Export, Table
from cx.model.columns import Mapping


@dataclass(frozen=True)
class Rules:
    """What makes a response of one file doubtful."""

    mapping: Mapping

    def of(self, table: Table) -> pd.DataFrame:
        """Which rows are doubtful, and why: index of the cells, one bool column per Doubt that can be told."""
        return pd.DataFrame(index=table.cells.index)


def rules(export: Export | Table, mapping: Mapping) -> Rules:
    """The rules for a whole file."""
    return Rules(mapping)
