"""Cells become feedback: scores, dates, texts, identity, and rejects with their reason."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import KEY, table_of

from cx.errors import FileError
from cx.ingest.reading import Table
from cx.ingest.rows import Rows, canonical, preview
from cx.model.columns import Column, Mapping
from cx.model.kpi import CesVariant

ALL = Mapping(
    columns=tuple((column, str(column)) for column in Column),
    channel=None,
    source="Umfrage",
    export_date=date(2026, 3, 31),
)


def rows_of(cells: dict[str, list[str]], mapping: Mapping = ALL) -> Rows:
    return canonical(table(cells), matching(mapping, cells), KEY)


def table(cells: dict[str, list[str]]) -> Table:
    frame = pd.DataFrame(cells, dtype="str")
    return Table(name="x.csv", sha256="", cells=frame, lines=pd.Series(range(2, len(frame) + 2), dtype="int64"))


def matching(mapping: Mapping, cells: dict[str, list[str]]) -> Mapping:
    return replace(mapping, columns=tuple(pair for pair in mapping.columns if pair[1] in cells))


def column(found: Rows, name: str) -> list[object]:
    values = found.feedback[name].astype(object)
    return values.where(values.notna(), None).tolist()


def test_a_rating_keeps_its_native_value_and_becomes_one_to_five_linearly() -> None:
    found = rows_of({"rating": ["0", "50", "100", "75"]}, replace(ALL, rating_scale=(0, 100)))
    assert column(found, "rating") == [1, 3, 5, 4]
    assert column(found, "rating_native") == [0, 50, 100, 75]
    assert (column(found, "rating_low"), column(found, "rating_high")) == ([0] * 4, [100] * 4)


def test_school_marks_are_best_at_one() -> None:
    found = rows_of({"rating": ["1", "6", "3,5"]}, replace(ALL, rating_scale=(6, 1)))
    assert column(found, "rating") == [5, 1, 3]
    assert column(found, "rating_low") == [6, 6, 6]


def test_stars_in_every_spelling_are_the_same_rating_and_the_same_feedback() -> None:
    spellings = ["5", "5,0", " 5 Sterne ", "5.0 out of 5 stars", "FIVE", "★★★★★"]
    found = [rows_of({"rating": [each], "text": ["gut"]}).feedback.iloc[0] for each in spellings]
    assert {each["rating"] for each in found} == {5.0}
    assert len({each["identity"] for each in found}) == 1


def test_survey_scores_make_a_survey_and_keep_their_variant() -> None:
    cells = {"nps": ["10", "", ""], "csat": ["", "4", ""], "ces": ["", "", "6"], "text": ["a", "b", "c"]}
    found = rows_of(cells)
    assert column(found, "kind") == ["survey"] * 3
    assert (column(found, "nps"), column(found, "csat"), column(found, "ces")) == (
        [10, None, None],
        [None, 4, None],
        [None, None, 6],
    )
    assert column(found, "ces_variant") == [None, None, "2.0"]
    assert column(found, "csat_high") == [None, 5, None]
    assert column(rows_of({"ces": ["5"]}, replace(ALL, ces_variant=CesVariant.V1)), "ces_variant") == ["1.0"]
    assert column(rows_of({"rating": ["5"]}), "kind") == ["review"]


def test_a_reversed_csat_is_stored_with_high_as_good() -> None:
    assert column(rows_of({"csat": ["1", "5", "2"]}, replace(ALL, csat_scale=(5, 1))), "csat") == [5, 1, 4]


def test_texts_stay_to_the_character_and_words_for_nothing_are_no_text() -> None:
    texts = ["  Größe „M“ –\r\nfür 5 € \u200b", "Kein Text", "-", "=1+1", "<b>x</b>"]
    found = rows_of({"text": texts, "rating": ["5"] * 5})
    assert column(found, "text") == ["  Größe „M“ –\r\nfür 5 € \u200b", None, None, "=1+1", "<b>x</b>"]


def test_a_text_that_google_has_translated_is_the_customers_own() -> None:
    said = "Sehr nett hier, gerne wieder."
    both = f"(Translated by Google) Very nice here, gladly again.\n\n(Original)\n{said}"
    one, other = (rows_of({"text": [text]}) for text in (both, said))
    assert column(one, "text") == [said]
    assert column(one, "identity") == column(other, "identity")


def test_a_text_loses_only_nul() -> None:
    assert column(rows_of({"text": ["a\x00b\x07c"]}), "text") == ["ab\x07c"]


def test_personal_data_is_masked_in_every_text_and_customers_are_pseudonyms() -> None:
    cells = {"title": ["a@b.de"], "text": ["Tel. 0151 23456789"], "reply": ["c@d.de"], "customer": ["Anna Öz"]}
    found = rows_of(cells)
    row = found.feedback.iloc[0]
    assert (row["title"], row["text"], row["reply"]) == ("[E-Mail]", "Tel. [Telefon]", "[E-Mail]")
    assert {kind: n for kind, n in found.masked.items() if n} == {"email": 2, "phone": 1}
    assert "Anna" not in str(row.to_dict())
    assert len(row["customer_key"]) == 16


def test_names_of_groups_are_on_one_line_without_the_separator() -> None:
    found = rows_of({"text": ["a", "b"], "channel": ["E~Mail\x00\n Team", " - "], "product": ["Sofa\u00a0XL", ""]})
    assert column(found, "channel") == ["E–Mail Team", None]
    assert column(found, "product") == ["Sofa XL", None]


def test_what_the_mapping_says_fills_what_the_file_does_not() -> None:
    found = rows_of({"text": ["a", "b"], "channel": ["Chat", ""]}, replace(ALL, channel="E-Mail", product="Sofa"))
    assert column(found, "channel") == ["Chat", "E-Mail"]
    assert column(found, "product") == ["Sofa", "Sofa"]
    assert column(found, "source") == ["Umfrage", "Umfrage"]


# --- what is refused


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"rating": "acht und"}, "Die Bewertung „acht und“ ist keine Zahl der Skala 1–5, und ein Text fehlt."),
        ({"rating": "6"}, "Die Bewertung „6“ ist keine Zahl der Skala 1–5, und ein Text fehlt."),
        ({"nps": "7,5"}, "Der NPS-Wert „7,5“ ist keine ganze Zahl der Skala 0–10, und ein Text fehlt."),
        ({"nps": "11"}, "Der NPS-Wert „11“ ist keine ganze Zahl der Skala 0–10, und ein Text fehlt."),
        ({"csat": "sehr"}, "Der CSAT-Wert „sehr“ ist keine Zahl der Skala 1–5, und ein Text fehlt."),
        ({"ces": "8"}, "Der CES-Wert „8“ ist keine Zahl der Skala 1–7, und ein Text fehlt."),
        ({"text": "Kein Text", "rating": "-"}, "Die Zeile enthält weder Text noch Bewertung, NPS, CSAT oder CES."),
        ({"reply": "Danke", "date": "01.02.2026"}, "Die Zeile enthält weder Text noch Bewertung, NPS, CSAT oder CES."),
    ],
)
def test_rows_without_anything_usable_are_refused_with_the_reason(cells: dict[str, str], reason: str) -> None:
    found = rows_of(
        {"text": ["gut"]} | {name: [cell] for name, cell in cells.items()} | ({} if "text" in cells else {"text": [""]})
    )
    assert found.feedback.empty
    assert found.rejects[["line", "reason"]].to_numpy().tolist() == [[2, reason]]


def test_a_wrong_cell_beside_a_text_is_left_out_and_noted() -> None:
    found = rows_of({"text": ["gut", "schlecht"], "rating": ["acht und", "1"], "date": ["31.02.2026", "bald"]})
    assert column(found, "rating") == [None, 1]
    assert column(found, "submitted_at") == [None, None]
    assert found.rejects.empty
    assert found.notes == (
        "1 Wert in „Bewertung“ passt nicht zur Skala und wurde weggelassen.",
        "2 Daten waren nicht lesbar; dieses Feedback bleibt ohne Datum.",
    )


def test_a_row_with_too_many_cells_is_refused_by_its_line() -> None:
    read = table_of('text;rating\r\n"a\r\nb";5\r\nc;d;4\r\ne;3\r\n')
    found = canonical(read, matching(ALL, {"text": [], "rating": []}), KEY)
    assert found.feedback["line"].tolist() == [2, 5]
    assert found.rejects["line"].tolist() == [4]
    assert found.rejects["reason"].iloc[0].startswith("Die Zeile hat 3 statt 2 Zellen.")


def test_refused_cells_are_kept_but_masked() -> None:
    found = rows_of({"rating": ["a@b.de"], "text": [""], "customer": ["Anna Öz"], "location": ["Tel. 0151 23456789"]})
    cells = found.rejects["cells"].iloc[0]
    assert cells["rating"] == "[E-Mail]"
    assert cells["location"] == "Tel. [Telefon]"
    assert cells["customer"] not in ("", "Anna Öz")
    assert "a@b.de" not in found.rejects["reason"].iloc[0]


def test_a_mapping_without_a_usable_column_or_with_a_foreign_one_is_refused() -> None:
    with pytest.raises(FileError, match="keine Spalte mit Text"):
        canonical(table({"date": ["01.02.2026"]}), Mapping(columns=((Column.DATE, "date"),)), KEY)
    with pytest.raises(FileError, match="keine Spalte „Kommentar“"):
        canonical(table({"date": ["01.02.2026"]}), Mapping(columns=((Column.TEXT, "Kommentar"),)), KEY)


# --- dates


def test_relative_dates_count_back_from_the_export_and_precision_is_kept() -> None:
    found = rows_of({"text": list("abcd"), "date": ["vor 2 Monaten", "Mai 2024", "2025", "07.01.2026"]})
    assert column(found, "date_precision") == ["relative", "month", "year", "day"]
    assert found.feedback["submitted_at"].dt.date.tolist() == [
        date(2026, 1, 31),
        date(2024, 5, 1),
        date(2025, 1, 1),
        date(2026, 1, 7),
    ]


def test_without_an_export_date_a_relative_date_is_none() -> None:
    found = rows_of({"text": ["a"], "date": ["vor 2 Monaten"]}, replace(ALL, export_date=None))
    assert column(found, "submitted_at") == [None]


# --- identity


def identities(cells: dict[str, list[str]], mapping: Mapping = ALL, key: bytes = KEY) -> list[str]:
    return canonical(table(cells), matching(mapping, cells), key).feedback["identity"].tolist()


BASE = {
    "text": ["gut"],
    "title": ["Titel"],
    "rating": ["5"],
    "date": ["07.01.2026"],
    "channel": ["Chat"],
    "reply": ["Danke"],
}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"channel": "Telefon"}, True),
        ({"reply": ""}, True),
        ({"rating": "5.0"}, True),
        ({"date": "2026-01-07"}, True),
        ({"text": "Gut"}, False),
        ({"title": "anders"}, False),
        ({"rating": "4"}, False),
        ({"date": "08.01.2026"}, False),
    ],
)
def test_what_makes_another_feedback(change: dict[str, str], same: bool) -> None:
    changed = BASE | {name: [cell] for name, cell in change.items()}
    assert (identities(BASE) == identities(changed)) is same


def test_source_and_key_make_another_identity_a_relative_date_does_not() -> None:
    assert identities(BASE) != identities(BASE, replace(ALL, source="Andere"))
    assert identities(BASE) != identities(BASE, key=b"x" * 32)
    earlier, later = ({"text": ["gut"], "date": [written]} for written in ("vor 2 Monaten", "vor 3 Monaten"))
    assert identities(earlier) == identities(later)


def test_the_id_of_the_source_is_the_identity_and_is_not_stored_in_the_clear() -> None:
    one, other = (identities({"text": [text], "source_id": ["R-4711"]}) for text in ("gut", "geändert"))
    assert one == other
    assert "R-4711" not in one[0]
    assert identities({"text": ["gut"], "source_id": ["R-4712"]}) != one
    assert identities({"text": ["gut"], "source_id": ["-"]}) == identities({"text": ["gut"]})


ROW = st.tuples(
    st.sampled_from(["gut", "schlecht", ""]), st.sampled_from(["1", "5"]), st.sampled_from(["07.01.2026", "gestern"])
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.randoms())
def test_equal_rows_share_an_identity_and_their_order_does_not_matter(
    body: list[tuple[str, str, str]], chance: object
) -> None:
    found = identities(as_cells(body))
    assert len(set(found)) == len({(text, stars, day == "gestern" or day) for text, stars, day in body})
    shuffled = list(body)
    chance.shuffle(shuffled)
    assert sorted(identities(as_cells(shuffled))) == sorted(found)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.lists(ROW, max_size=6))
def test_a_longer_file_holds_every_identity_of_the_shorter(
    body: list[tuple[str, str, str]], more: list[tuple[str, str, str]]
) -> None:
    assert set(identities(as_cells(body))) <= set(identities(as_cells([*body, *more])))


def as_cells(body: list[tuple[str, str, str]]) -> dict[str, list[str]]:
    return {name: [row[position] for row in body] for position, name in enumerate(["text", "rating", "date"])}


# --- preview


def test_the_preview_shows_the_first_ten_rows_masked_with_their_reasons() -> None:
    cells = {
        "text": ["Mail a@b.de", ""] + ["gut"] * 20,
        "rating": ["5", "99"] + ["4"] * 20,
        "customer": ["Anna Öz"] * 22,
        "source_id": [f"R{n}" for n in range(22)],
    }
    found = preview(table(cells), matching(replace(ALL, channel="Chat"), cells), KEY)
    assert list(found.columns) == ["line", "text", "rating", "channel", "source", "customer", "reason"]
    assert found["line"].tolist() == list(range(2, 12))
    assert found["text"].iloc[0] == "Mail [E-Mail]"
    assert found["reason"].tolist()[:3] == [
        "",
        "Die Bewertung „99“ ist keine Zahl der Skala 1–5, und ein Text fehlt.",
        "",
    ]
    assert "Anna" not in found.to_csv()


def test_the_preview_of_sound_rows_has_no_reason() -> None:
    found = preview(table({"text": ["a"]}), matching(ALL, {"text": []}), KEY)
    assert found["reason"].tolist() == [""]
