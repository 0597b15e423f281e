"""What is personal in a text is replaced; what only looks like it stays."""

import stat
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.errors import StoreError
from cx.ingest import privacy

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
HARMLESS = [
    "Das kostet 1.234,56 €",
    "Preis: 1234567 Euro",
    "Ich zahlte 0,99 € statt 1,49 €",
    "am 12.04.2026 bestellt",
    "vom 01.02.2026 bis 03.04.2026",
    "01.02.2026 10:30 Uhr",
    "Bestellung 12345 kam nie",
    "Bestellnummer 1234567890",
    "Bestellnummer: 0151234567",
    "Bestell-Nr. 0302345678",
    "Artikel 4711-0815",
    "Artikelnummer 0123456789",
    "Art.-Nr. 01234567",
    "Öffnungszeiten 08:00-18:00",
    "Mo-Fr 08.00-18.00 Uhr",
    "von 08.00 bis 18.00 Uhr",
    "09:00 - 12:30 und 14:00 - 18:00",
    "Rechnung 2026-0001234",
    "Rechnungsnummer RE-2026-004711",
    "Sendungsnummer 00340434161094021501",
    "EAN 4006381333931",
    "Kundennummer 0030123456",
    "Ticket #0045678123",
    "Ticket 0151234567",
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
    "Auftrag 0700123456 storniert",
    "um 0:00 Uhr 00:30 Uhr",
    "1.000.000 Kunden",
    "0,5 0,6 0,7 0,8",
    "24.12. - 31.12. geschlossen",
    "Vertrag 07123456789",
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
    assert masked.counts == {"email": 2, "iban": 1, "phone": 1}
    assert texts.iloc[0].startswith("Bitte an a@b.de")  # the original is not changed


@given(st.lists(st.sampled_from([*EMAILS, *IBANS, *PHONES, *HARMLESS, "x", ""]), max_size=4))
def test_the_fast_look_misses_nothing_that_the_slow_one_finds(parts: list[str]) -> None:
    text = " / ".join(parts)
    assert privacy.mask(pd.Series([text], dtype="str")).texts.tolist() == [privacy.mask_text(text)]


def test_masking_twice_changes_nothing_more() -> None:
    for text in (*EMAILS, *IBANS, *PHONES):
        once = privacy.mask_text(text)
        assert privacy.mask_text(once) == once


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
    key = b"k" * 32
    assert (privacy.fingerprint(key, *one) == privacy.fingerprint(key, *other)) == (one == other)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "cx.duckdb.key"
    key = privacy.load_key(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert privacy.load_key(path) == key
    assert privacy.load_key(tmp_path / "andere.key") != key
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
