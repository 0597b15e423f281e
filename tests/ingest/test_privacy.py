"""What is personal in a text is replaced; what only looks like it stays."""

import re
import stat
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.privacy import cases
from cx.errors import StoreError
from cx.ingest import privacy
from cx.ingest.personal import facts

EMAILS = [
    "Schreiben Sie an max.mustermann@web.de bitte",
    "Mail: Max_Mustermann+kauf@mail.example.com!",
    "info@müller-gmbh.de ist tot",
    "kontakt (at) firma.de",
    "kontakt[at]firma.de",
    "a.b@c-d.co.uk,",
    "MAX@GMX.DE",
]
IBANS = [
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "de89 3704 0044 0532 0130 00",
    "IBAN: DE89 3704 0044 0532 0130 00, bitte",
    "AT61 1904 3002 3457 3201",
    "CH93 0076 2011 6238 5295 7",
    "IBAN DE02120300000000202051.",
    "DE02 1203 0000 0000 2020 51",
    "FR14 2004 1010 0505 0001 3M02 606",
    "GB29 NWBK 6016 1331 9268 19",
    "NL91ABNA0417164300",
    "Konto DE12500105170648489890 gehört mir",
    "IBAN DE89370400440532013000 BIC COBADEFFXXX",
]
PHONES = [
    "Rufen Sie mich an: 0151 23456789",
    "Tel. 030/1234567",
    "Tel.: 030 123 45 67",
    "(030) 901820",
    "0049 30 901820",
    "+49 30 901820",
    "+49 (0)30 901820",
    "+49 (0) 30 / 90 18 20",
    "+49-151-23456789",
    "+49.151.23456789",
    "0170/1234567",
    "0170-1234567.",
    "meine Nummer ist 01701234567",
    "Meine Handynummer: 0176 1234 5678",
    "089/12345-67",
    "0800 1234567",
    "+43 1 58858 0",
    "+41 44 668 18 00",
    "0221 4710-123",
    "Fax 0711 2173-0",
    "02203/98765",
    "Telefon 04321 98765",
    "unter 0151/234 567 89 erreichbar",
    "ruf an 0151-2345-6789!",
    "(0151) 23456789",
    "WhatsApp 0157 35912345",
    "tel:+4915123456789",
    "Handy-Nr. 0151 23456789",
    "Telefonnummer 0711/1234567",
    "Tel. Nr. 07151 12345",
]
NUMBERS = [
    "Bestellung 12345 kam nie",
    "Bestellnummer 1234567890",
    "Bestellnummer: 0151234567",
    "Bestell-Nr. 0302345678",
    "Rechnung 2026-0001234",
    "Rechnungsnummer RE-2026-004711",
    "Sendungsnummer 00340434161094021501",
    "Kundennummer 0030123456",
    "Ticket #0045678123",
    "Ticket 0151234567",
    "Auftrag 0700123456 storniert",
    "Vertrag 07123456789",
]
HARMLESS = [
    "Das kostet 1.234,56 €",
    "Preis: 1234567 Euro",
    "Ich zahlte 0,99 € statt 1,49 €",
    "am 12.04.2026 bestellt",
    "vom 01.02.2026 bis 03.04.2026",
    "01.02.2026 10:30 Uhr",
    "Artikel 4711-0815",
    "Artikelnummer 0123456789",
    "Art.-Nr. 01234567",
    "Öffnungszeiten 08:00-18:00",
    "Mo-Fr 08.00-18.00 Uhr",
    "von 08.00 bis 18.00 Uhr",
    "09:00 - 12:30 und 14:00 - 18:00",
    "EAN 4006381333931",
    "0 von 10 Punkten",
    "10/10 würde ich wieder kaufen",
    "100%ig zufrieden",
    "5 Sterne, 2 Tage, 3 Pakete",
    "PLZ 01067 Dresden",
    "01067 Dresden, 04109 Leipzig",
    "Seit 1998-2026 Kunde",
    "2019, 2020, 2021 und 2022",
    "Modell XR2000 0815 4711",
    "Fehlercode 0x80070057",
    "DE12 ist kein IBAN",
    "DE00 3704 0044 0532 0130 00",
    "DE89 3704 0044 0532 0130 01",
    "iPhone 12 mini und iOS 14.2",
    "Version 10.0.19045.3803",
    "@firma_de antwortet nie",
    "Preis @ 5 € pro Stück",
    "um 0:00 Uhr 00:30 Uhr",
    "1.000.000 Kunden",
    "0,5 0,6 0,7 0,8",
    "24.12. - 31.12. geschlossen",
    "Zählerstand 0012345678",
    "Seriennummer 0123 4567 8901",
    "ISBN 978-3-16-148410-0",
]


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_address_is_masked(text: str) -> None:
    assert privacy.mask_text(text).count("[E-Mail]") == 1
    assert "@" not in privacy.mask_text(text)


@pytest.mark.parametrize("text", IBANS)
def test_an_iban_is_masked(text: str) -> None:
    masked = privacy.mask_text(text)
    assert masked.count("[IBAN]") == 1
    assert not any(letter.isdigit() for letter in masked)


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_masked(text: str) -> None:
    masked = privacy.mask_text(text)
    assert masked.count("[Telefon]") == 1
    assert not any(letter.isdigit() for letter in masked)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_that_a_word_announces_is_masked_and_is_no_telephone(text: str) -> None:
    masked = privacy.mask_text(text)
    assert masked.count("[Nummer]") == 1
    assert not any(letter.isdigit() for letter in masked)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_personal_stays_to_the_character(text: str) -> None:
    assert privacy.mask_text(text) == text


def test_the_words_around_a_masked_place_stay_and_places_are_counted_by_kind() -> None:
    texts = pd.Series(
        [
            "Bitte an a@b.de oder c@d.de,\r\nsonst 0151 23456789!",
            "„Größe“ für 19,99 € – ohne Angaben",
            "Konto DE89 3704 0044 0532 0130 00, danke.",
            "",
        ],
        dtype="str",
        index=[5, 6, 7, 8],
    )
    masked = privacy.mask(texts)
    assert masked.texts.to_dict() == {
        5: "Bitte an [E-Mail] oder [E-Mail],\r\nsonst [Telefon]!",
        6: "„Größe“ für 19,99 € – ohne Angaben",
        7: "Konto [IBAN], danke.",
        8: "",
    }
    assert {kind: n for kind, n in masked.counts.items() if n} == {"email": 2, "iban": 1, "phone": 1}
    assert masked.counts.keys() == privacy.PLACEHOLDERS.keys()
    assert texts.iloc[0].startswith("Bitte an a@b.de")  # the original is not changed


def test_an_empty_or_missing_text_stays_as_it_is() -> None:
    texts = pd.Series(["", None, "Herr Müller half."], dtype="str")
    masked = privacy.mask(texts, pd.Series(["Petra Hansen", "Petra Hansen", None]))
    assert masked.texts.fillna("–").tolist() == ["", "–", "Herr [Name] half."]


def test_a_row_is_searched_for_the_name_of_its_own_person_only() -> None:
    texts = pd.Series(
        ["Hier schreibt Petra", "Hier schreibt Petra", "Wieland, sagte Petra"], dtype="str", index=[7, 3, 5]
    )
    names = pd.Series({3: "Petra Hansen", 5: "Jonas Wieland", 7: ""})
    assert privacy.mask(texts, names).texts.tolist() == [
        "Hier schreibt Petra",
        "Hier schreibt [Name]",
        "[Name], sagte Petra",
    ]


@pytest.mark.parametrize(
    "names", ["Petra\nHansen\n", "petra_h73\nHansen, Petra\n", "K-4711\nHansen\nPetra", "Petra Hansen\n\n"]
)
def test_names_may_stand_on_several_lines(names: str) -> None:
    assert privacy.mask_text("Petra kam, Hansen ging.", names) == "[Name] kam, [Name] ging."


@pytest.mark.parametrize("names", ["Hansen\n", "Kunde\nHansen", "petra_h73\n", "\n", "K-4711\nHansen"])
def test_a_word_that_is_no_name_in_full_is_left_alone(names: str) -> None:
    assert privacy.mask_text("Hansen ging.", names) == "Hansen ging."


def test_the_version_of_the_rules_is_short_and_says_when_their_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.fullmatch("[0-9a-f]{12}", privacy.RULES_VERSION)
    assert facts.version() == privacy.RULES_VERSION
    (tmp_path / "words.tsv").write_text("word\tkind\n", encoding="utf-8")
    monkeypatch.setattr(facts, "SHIPPED", tmp_path)
    assert facts.version() != privacy.RULES_VERSION


@pytest.mark.parametrize(("_file", "content"), [(file.name, file) for file in sorted(facts.SHIPPED.glob("*.tsv"))])
def test_the_lists_of_words_hold_each_word_once_per_kind(_file: str, content: Path) -> None:
    rows = [tuple(line.split("\t")) for line in content.read_text(encoding="utf-8").splitlines()[1:]]
    assert rows
    assert {len(row) for row in rows} == {2}
    assert len(set(rows)) == len(rows)


# --- what holds for every text

CASES = cases()
WORDS = sorted({word for case in CASES for word in case.text.split()})
TRIGGERS = [
    "Herr",
    "Frau",
    "LG",
    "Viele Grüße",
    "Kundennummer",
    "Nr.",
    "geb.",
    "Tel.",
    "IP",
    "Kennzeichen",
    "Straße",
    "und",
]
PIECES = st.one_of(
    st.sampled_from([case.text for case in CASES]),
    st.sampled_from(WORDS),
    st.sampled_from([*TRIGGERS, *privacy.PLACEHOLDERS.values()]),
    st.text("0123456789 .-/:@[]()+aHernß\n", max_size=12),
)
SEPARATORS = st.sampled_from([" ", "", "\n", ", ", ". ", "-", "/", ": ", "\u00a0"])
TEXTS = st.lists(st.tuples(PIECES, SEPARATORS), max_size=6).map(lambda parts: "".join(map("".join, parts)))
NAMES = st.sampled_from(["", "Petra Hansen", "petra_h73", "Otto Braun", "k.aydin@example.de"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(TEXTS, NAMES), min_size=1, max_size=5))
def test_masking_twice_changes_nothing_more_and_the_fast_look_misses_nothing(rows: list[tuple[str, str]]) -> None:
    texts, names = (pd.Series(column, dtype="str") for column in zip(*rows, strict=True))
    once = privacy.mask(texts, names).texts
    assert once.tolist() == [privacy.mask_text(text, name) for text, name in rows]
    assert privacy.mask(once, names).texts.tolist() == once.tolist()


@given(st.lists(st.sampled_from(["abcdefghij", "klmno", "äöü", ",", "!", "?"]), max_size=40))
def test_a_text_without_digits_capitals_and_signs_stays_to_the_character(letters: list[str]) -> None:
    text = " ".join(letters)
    assert privacy.mask_text(text) == text


HOSTILE = (
    *(
        "a",
        "a.",
        "a'",
        "Ab ",
        "1",
        "1 ",
        "1.",
        "0-",
        "(0",
        "@",
        "a@b.",
        "DE89 3704 ",
        "4111 ",
        "Herr M",
        "Frau Dr. ",
        "von ",
    ),
    *(
        "LG\n",
        "Grüße von ",
        "Petra und ",
        "Straße 1 ",
        "Am Markt 1 ",
        "12345 Ort ",
        "Kundennummer 1",
        "Bestellung 12345 und ",
    ),
    *(
        "geb. 1",
        "1.2.3.4 ",
        "a:",
        "http://",
        "a.b/",
        "?a=",
        "HH-AB 1 ",
        "[at]",
        "0151 23456789 ",
        "Straße der Alten ",
        "A. ",
    ),
)
LENGTH = 100_000
SECONDS = 5  # linear time takes 0.1 to 3 on a busy core; what is quadratic takes half a minute and more


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    start = "Kennzeichen Tel. 0151 23456789, 12345 Ort, http://a.de, Herr Petra geb. "
    text = start + piece * (LENGTH // len(piece))
    begun = time.process_time()
    privacy.mask_text(text, "Petra Hansen")
    assert time.process_time() - begun < SECONDS


# --- customers


def test_a_customer_has_one_pseudonym_per_key_whatever_spaces_and_capitals() -> None:
    customers = pd.Series(["Anna Öz", "anna  öz ", "Bernd", "", "Anna Öz"], dtype="str")
    found = privacy.pseudonym(b"a" * 32, customers)
    assert found.iloc[0] == found.iloc[1] == found.iloc[4] != found.iloc[2]
    assert found.iloc[3] is None
    assert not any("nna" in each for each in found.dropna())
    assert privacy.pseudonym(b"a" * 32, customers).tolist() == found.tolist()
    assert privacy.pseudonym(b"b" * 32, customers).iloc[0] != found.iloc[0]


PARTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=3), min_size=2, max_size=2)


@given(PARTS, PARTS)
def test_fingerprints_keep_their_parts_apart(one: list[str], other: list[str]) -> None:
    one_digest, other_digest = privacy.fingerprints(
        b"k" * 32, "id", [pd.Series(pair) for pair in zip(one, other, strict=True)]
    )
    assert (one_digest == other_digest) == (one == other)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "cx.duckdb.key"
    key = privacy.load_key(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert privacy.load_key(path) == key
    assert privacy.load_key(tmp_path / "andere.key") != key
    path.chmod(0o644)  # a copy from a backup
    assert privacy.load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["cx.duckdb.key"]


def test_a_damaged_key_is_refused_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "cx.key"
    path.write_bytes(b"kurz")
    with pytest.raises(StoreError, match="beschädigt"):
        privacy.load_key(path)
    assert path.read_bytes() == b"kurz"


def test_a_key_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="lässt sich nicht lesen"):
        privacy.load_key(tmp_path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bewertungen_2026-03.csv", "bewertungen_2026-03.csv"),
        ("für erika.muster@example.org.csv", "für [E-Mail].csv"),
        ("für erika.muster@example.org", "für [E-Mail]"),
        ("archiv.zip/erika.muster@example.org.xlsx", "archiv.zip/[E-Mail].xlsx"),
    ],
)
def test_a_file_name_keeps_its_ending_only(name: str, shown: str) -> None:
    assert privacy.mask_file_name(name) == shown


def test_a_group_keeps_its_street_and_loses_ways_to_reach_a_person() -> None:
    assert privacy.mask_contact("Filiale Hauptstraße 12, Tel. 030 23125321") == "Filiale Hauptstraße 12, Tel. [Telefon]"
    assert privacy.mask_contact("Müller Köln") == "Müller Köln"
