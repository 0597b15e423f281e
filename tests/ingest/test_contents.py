"""What a file is; and what the customer wrote where Google has added a translation."""

import pytest

from benchmarks.workbook_files import ods, packed, xlsb, xlsx
from cx.errors import FileError
from cx.ingest.contents import Form, NoTable, form_of, original
from cx.ingest.originals import original as opened

ROWS = [["Text"], ["gut"]]
FORMS = {
    Form.TEXT: b"a;b\n1;2\n",
    Form.XLSX: xlsx({"A": ROWS}),
    Form.XLSB: xlsb([["Text"], ["gut"]]),
    Form.ODS: ods({"A": ROWS}),
    Form.ZIP: packed({"a.csv": "x"}),
    Form.PARQUET: b"PAR1 and more",
    Form.XLS: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_content_counts_and_not_the_name(form: Form) -> None:
    assert form_of(opened(FORMS[form], "bild.png")) is form


def test_what_is_no_table_is_told_from_what_is_broken() -> None:
    with pytest.raises(NoTable, match="ist ein PDF"):
        form_of(opened(b"%PDF-1.7", "x.csv"))
    with pytest.raises(FileError, match="beschädigt") as broken:
        form_of(opened(b"PK\x03\x04" + b"\x01" * 99, "x.xlsx"))
    assert not isinstance(broken.value, NoTable)


TRANSLATED = {
    "(Translated by Google) Good\n\n(Original)\nGut,\n\nsehr gut": "Gut,\n\nsehr gut",
    "(Übersetzt von Google) Gut\n\n(Original)\nGood": "Good",
    "Gut,\nsehr\n\n(Translated by Google)\nGood": "Gut,\nsehr",
    "Gut (Original) und teuer": "Gut (Original) und teuer",
    "(Translated by Google) Good": "(Translated by Google) Good",
    "(Translated by Google) Good (Original) ": "",
    "": "",
}


@pytest.mark.parametrize("text", TRANSLATED)
def test_the_customers_own_words_are_found_beside_a_translation(text: str) -> None:
    assert original(text) == TRANSLATED[text]
