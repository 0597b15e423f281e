"""One, two or three header rows; and ordinary files whose first data row only looks like one."""

import csv
import io

import pytest
from ingest_files import EXPORTS, real

from cx.ingest import headers
from cx.ingest.reading import Export, open_exports

SURVEYS = {  # name -> encoding, delimiter, header rows
    "surveymonkey_2headers_de.csv": ("utf-8-sig", ",", 2),
    "qualtrics_3headers_de_labels.csv": ("utf-8-sig", ",", 3),
    "typeform_raw_fcc2016_first300.csv": ("utf-8-sig", ",", 1),
    "microsoft_forms_de_semicolon.csv": ("utf-8-sig", ";", 1),
    "kununu_scrape_de_utf8bom.csv": ("utf-8-sig", ",", 1),
}


def export_of(text: str) -> Export:
    [export] = open_exports(text.encode(), "umfrage.csv")
    return export


def naive(name: str) -> list[list[str]]:
    encoding, delimiter, _rows = SURVEYS[name]
    text = real(name).read_bytes().decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("name", SURVEYS)
def test_real_surveys_have_the_rows_that_a_careful_person_counts(name: str) -> None:
    rows = naive(name)[SURVEYS[name][2] :]
    [export] = open_exports(real(name), name)
    assert export.header_rows == SURVEYS[name][2]
    assert len(export) == len(rows)
    assert export.head.cells.to_numpy().tolist() == rows


def test_every_other_real_export_has_one_header_row() -> None:
    others = [path for path in sorted(EXPORTS.glob("*")) if path.name not in SURVEYS]
    if not others:
        pytest.skip("there are no real exports at ../shared/data/exports")
    assert {export.header_rows for path in others for export in open_exports(path, path.name)} == {1}


def test_a_question_of_survey_monkey_is_carried_to_its_options() -> None:
    export = export_of(
        "Respondent ID,Collector ID,Wie alt sind Sie?,Was nutzen Sie?,,\n"
        ",,Response,App,Web,Sonstiges (bitte angeben)\n"
        "1,9,34,App,,\n2,9,51,,Web,nichts\n"
    )
    assert export.headers == (
        "Respondent ID",
        "Collector ID",
        "Wie alt sind Sie?",
        "Was nutzen Sie? [App]",
        "Was nutzen Sie? [Web]",
        "Was nutzen Sie? [Sonstiges (bitte angeben)]",
    )
    assert (export.header_rows, len(export), export.head.lines.tolist()) == (2, 2, [3, 4])


def test_survey_monkey_is_known_without_its_id_columns() -> None:
    export = export_of(
        "Datum,Kunde,Alter,Was nutzen Sie?,\n,,Open-Ended Response,App,Web\n1.2.2026,7,34,App,\n2.2.2026,8,50,,Web\n"
    )
    assert export.headers == ("Datum", "Kunde", "Alter", "Was nutzen Sie? [App]", "Was nutzen Sie? [Web]")
    assert len(export) == 2


def test_qualtrics_keeps_its_codes_and_tells_the_wordings() -> None:
    export = export_of(
        "StartDate,ResponseId,Q1,Q2_1\n"
        'Anfangsdatum,Antwort-ID,"Wie\nzufrieden sind Sie?",Q2_1\n'
        '"{""ImportId"":""startDate"",""timeZone"":""Z""}","{""ImportId"":""_recordId""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}"\n'
        "2026-01-07 11:00:00,R_1,5,1\n"
    )
    assert export.headers == ("StartDate", "ResponseId", "Q1", "Q2_1")
    assert export.wordings == {"StartDate": "Anfangsdatum", "ResponseId": "Antwort-ID", "Q1": "Wie zufrieden sind Sie?"}
    assert (export.header_rows, len(export), export.head.lines.tolist()) == (3, 1, [5])
    assert export.head.wordings == export.wordings


def test_qualtrics_is_known_without_its_row_of_json() -> None:
    export = export_of("StartDate,EndDate,Q1\nAnfangsdatum,Enddatum,Wie war es?\n2026-01-07,2026-01-07,gut\n")
    assert (export.header_rows, export.wordings["Q1"], len(export)) == (2, "Wie war es?", 1)


def test_groups_above_a_full_row_of_names_are_carried() -> None:
    export = export_of("Vorgang;;Urteil;;\nNummer;Tag;Note;NPS;Text\n1;07.01.2026;5;9;gut\n2;08.01.2026;1;0;schlecht\n")
    assert export.header_rows == 2
    assert export.headers == ("Vorgang [Nummer]", "Vorgang [Tag]", "Urteil [Note]", "Urteil [NPS]", "Urteil [Text]")


def test_sub_questions_in_brackets_stay() -> None:
    export = export_of('"Antwort ID";"Wie\u00a0war es? [Preis]";"Wie\nwar es? [Service]"\n1;gut;schlecht\n')
    assert export.headers == ("Antwort ID", "Wie war es? [Preis]", "Wie war es? [Service]")


# Ordinary files: what comes second is data.
TRAPS = {
    "words": "Typ;Text\nAntwort;gut\nFrage;was?\n",
    "no_id_in_the_first_row": "Respondent ID,NPS,Kommentar\n,9,gut\n2,3,schlecht\n",
    "no_id_and_a_word": "id,Typ,Text\n,Antwort,Hallo\n2,Antwort,du\n",
    "index_without_a_name": ",title,text\n0,gut,sehr gut\n1,schlecht,leider\n",
    "index_empty_at_first": ",title,text\n,gut,sehr gut\n1,schlecht,leider\n",
    "one_nameless_column": "Datum;Text;;Note\ngestern;gut;ja;fünf\n1.2.2026;schlecht;nein;3\n2.2.2026;na ja;nein;3\n",
    "all_words": "Pro;Contra;Fazit\nnett;teuer;gut\nschnell;weit;schlecht\n",
    "trailing_separators": "Text;Note;;\ngut;5;;\nschlecht;1;;\n",
    "notes_beside_the_first_row": "Text;Note;;;\ngut;sehr gut;a;b;c\nschlecht;1;;;\nweniger;2;;;\n",
    "json_in_a_cell": 'id,meta,text\n1,"{""ImportId"":""x""}",gut\n2,"{""ImportId"":""y""}",schlecht\n',
    "start_date_of_a_shop": "StartDate,Text\n2026-01-07,gut\n2026-01-08,schlecht\n",
    "one_row": "Text;Note\ngut;5\n",
}


@pytest.mark.parametrize("what", TRAPS)
def test_a_first_row_of_words_is_data(what: str) -> None:
    export = export_of(TRAPS[what])
    assert export.header_rows == 1
    assert len(export) == TRAPS[what].count("\n") - 1


def test_many_columns_of_one_name_are_told_apart_in_no_time() -> None:
    names = headers.unique(["Text"] * 16_000)
    assert len(set(names)) == 16_000
    assert names[:3] == ("Text", "Text (2)", "Text (3)")
