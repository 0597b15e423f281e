"""What can go wrong, said to the user: what happened, why, what to do next. In the screen's language."""


class CxError(Exception):
    """One clear sentence for the user. Every error that the app shows is one of these."""


class FileError(CxError):
    """The file cannot be read as a table, or holds nothing that can be imported."""


class StoreError(CxError):
    """The database cannot be opened or written."""


class AskError(CxError):
    """The question makes no sense for this data (unknown outcome, unknown batch …)."""


class QueryError(CxError):
    """A query that somebody wrote is refused or has failed; `detail` is what DuckDB says of it, in English and with their own words in it."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail
