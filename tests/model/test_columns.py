"""Which column of a file stands for which."""

from cx.model.columns import Column, Mapping

MAPPED = Mapping(columns=((Column.TEXT, "Bewertung"), (Column.RATING, "Sterne")))


def test_a_mapping_knows_its_headers() -> None:
    assert MAPPED.header(Column.TEXT) == "Bewertung"
    assert MAPPED.header(Column.NPS) is None


def test_a_column_is_given_another_header() -> None:
    changed = MAPPED.with_column(Column.TEXT, "Kommentar")
    assert changed.header(Column.TEXT) == "Kommentar"
    assert changed.header(Column.RATING) == "Sterne"
    assert MAPPED.header(Column.TEXT) == "Bewertung"


def test_a_column_is_taken_away() -> None:
    assert MAPPED.with_column(Column.RATING, None).columns == ((Column.TEXT, "Bewertung"),)
