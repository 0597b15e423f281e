"""Presets: each finds itself and nothing else, maps its source's export, and says what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from ingest_files import real, table_of

from cx.errors import FileError
from cx.ingest import presets
from cx.ingest.presets import Layout, Preset, Sample
from cx.ingest.reading import Export, open_exports
from cx.model.columns import Column, Field, Mapping
from cx.model.kpi import CesVariant

ROWS = [(preset, layout) for preset in presets.shipped() for layout in preset.layouts]
IDS = [f"{preset.key}-{place}" for preset in presets.shipped() for place in range(len(preset.layouts))]
WANTED = {
    "amazon", "app_store", "booking", "delighted", "ekomi", "freshdesk", "google_business", "google_forms", "google_play", "google_reviews",
    "kununu", "limesurvey", "microsoft_forms", "provenexpert", "qualtrics", "surveymonkey", "tripadvisor", "trusted_shops", "trustpilot",
    "typeform", "usabilla", "zendesk", "zenloop",
}  # fmt: skip
REAL = {
    "appstore_reviews_de_diga.csv": "app_store",
    "google_play_reviews_utf16le_bom.csv": "google_play",
    "google_reviews_de_cp1252_semicolon.csv": "google_reviews",
    "kundenfeedback_beispiel.xlsx": None,
    "kununu_scrape_de_utf8bom.csv": "kununu",
    "microsoft_forms_de_semicolon.csv": "microsoft_forms",
    "qualtrics_3headers_de_labels.csv": "qualtrics",
    "surveymonkey_2headers_de.csv": "surveymonkey",
    "trustpilot_scrape_de_insurance_utf8bom.csv": "trustpilot",
    "typeform_raw_fcc2016_first300.csv": "typeform",
    "verivox_scores_0_100_quoted.csv": None,
}
UNRELATED = [
    ["name", "rating", "title", "text", "date", "review_url"],  # everybody's headers, in a file of any name
    ["Datum", "Name", "Bewertung", "Kommentar"],
    ["id", "title", "text", "rating", "date", "url"],
    ["id", "score", "comment", "created_at"],
    ["Text"],
    ["ID", "Kommentar", "Note"],
    ["Zeitstempel", "Kunde", "Wert"],
    ["Kunde", "Zeitstempel", "Wie zufrieden sind Sie mit uns?"],
    ["Vorgang", "Datum", "Kanal", "Quelle", "Kundennummer", "Sterne", "Weiterempfehlung (NPS 0-10)", "Titel", "Kommentar"],
    ["Review", "Rating"],
    ["E-Mail", "Name", "Vorname"],
    [],
]  # fmt: skip
OWN = """key = "beschwerden"
name = "Beschwerdestelle"
channel = "Brief"

[columns]
text = ["Beschwerdetext"]

[[layout]]
signature = ["Aktenzeichen", "Beschwerdetext"]
"""


def file_name(layout: Layout) -> str:
    return f"Export {layout.file_name.upper()} 2026.csv"


def export_of(preset: str, *rows: str, layout: int = 0) -> Export:
    """A file with the header row of a preset's layout as its TOML writes it; cells are parted by "|"."""
    header = written(preset)["layout"][layout]["header"]
    cells = [";".join(f'"{title}"' for title in header), *(row.replace("|", ";") for row in rows)]
    return table_of("\n".join(cells) + "\n", file_name(presets.get(preset).layouts[layout]))


def spaced(header: str) -> str:
    """As a file may have it: no-break spaces, a line feed at the end."""
    return header.replace(" ", "\u00a0") + "\n"


def written(preset: str) -> dict:
    return presets.tomllib.loads((presets.SHIPPED / f"{preset}.toml").read_text(encoding="utf-8"))


def named(mapping: Mapping) -> dict[str, str]:
    return {str(column): header for column, header in mapping.columns}


# --- finding


def test_every_source_has_a_preset_named_like_its_file() -> None:
    assert {preset.key for preset in presets.shipped()} == WANTED
    assert {path.stem for path in presets.SHIPPED.glob("*.toml")} == WANTED


@pytest.mark.parametrize("case", [str, str.upper, str.lower, spaced], ids=lambda case: case.__name__)
@pytest.mark.parametrize(("preset", "layout"), ROWS, ids=IDS)
def test_each_layout_finds_its_preset_and_no_other(preset: Preset, layout: Layout, case: Callable[[str], str]) -> None:
    place = preset.layouts.index(layout)
    headers = [case(header) for header in written(preset.key)["layout"][place]["header"]]
    found = [each.key for each in presets.shipped() if each.weight(headers, file_name(layout))]
    assert found == [preset.key]
    assert presets.find(headers, file_name(layout)) == preset


@pytest.mark.parametrize("headers", UNRELATED, ids=lambda headers: ", ".join(headers[:3]) or "none")
def test_nothing_is_found_for_unrelated_headers(headers: list[str]) -> None:
    assert presets.find(headers, "umfrage.csv") is None


@pytest.mark.parametrize("name", REAL)
def test_real_exports_get_their_preset_or_none(name: str) -> None:
    [export] = open_exports(real(name), name)
    found = presets.find(export.headers, export.name)
    assert (found.key if found else None) == REAL[name]


@pytest.mark.parametrize(("preset", "layout"), ROWS, ids=IDS)
def test_each_layout_says_what_it_rests_on(preset: Preset, layout: Layout) -> None:
    assert layout.origin.endswith(".")
    if layout.sample == Sample.REAL:
        assert preset.key in REAL.values()
    if layout.sample == Sample.UNKNOWN:
        assert "guess" in layout.origin or "memory" in layout.origin


@pytest.mark.parametrize(("preset", "layout"), ROWS, ids=IDS)
def test_each_layout_yields_something_to_import(preset: Preset, layout: Layout) -> None:
    surveys = {
        "google_forms",
        "limesurvey",
        "microsoft_forms",
        "qualtrics",
        "surveymonkey",
        "typeform",
    }  # questions differ
    place = preset.layouts.index(layout)
    header = written(preset.key)["layout"][place]["header"]
    cells = ["nps" if title in ("survey_type", "score_type") else "2026" for title in header]
    found = preset.mapping(export_of(preset.key, "|".join(cells), layout=place))
    assert found.preset == preset.key
    assert found.is_usable() or preset.key in surveys
    assert found.header(Column.DATE)


def test_every_known_header_is_mapped_or_said_to_mean_nothing() -> None:
    for preset, layout in ROWS:
        spoken = {name for _column, names in (*preset.columns, *preset.texts) for name in names}
        spoken |= {name for names, _question in preset.questions for name in names} | {*preset.people, *preset.ignored}
        spoken |= {*preset.score.headers, *preset.score.named_by} if preset.score else set()
        left = {header for header in layout.header if header not in spoken and not presets.is_question(header)}
        assert not left - OPEN.get(preset.key, set()), preset.key


# Headers for which evidence may speak, or whose name differs from file to file.
OPEN = {
    "google_reviews": {"name der klinik"},
    "google_forms": {"bewerten sie bitte lieferung", "wie zufrieden sind sie mit uns", "how satisfied are you with us"},
}


# --- mapping


def test_google_business_profile() -> None:
    export = export_of(
        "google_business", '1|Anna|FIVE|"Sehr gut, gern wieder."|2026-01-07T10:00:00Z|2026-01-07T10:00:00Z|Danke|'
    )
    found = presets.get("google_business").mapping(export)
    assert named(found) == {
        "text": "comment",
        "rating": "starRating",
        "date": "createTime",
        "customer": "reviewer.displayName",
        "source_id": "reviewId",
        "reply": "reviewReply.comment",
    }
    assert (found.source, found.channel, found.rating_scale) == ("Google", "Google", (1, 5))
    assert found.names == ("reviewer.displayName",)


def test_booking_has_two_texts_and_six_questions() -> None:
    row = "2026-01-07|Anna|77|Schön|Frühstück|Lärm|8|10|9|9|8|7|8|Danke"
    found = presets.get("booking").mapping(export_of("booking", row))
    assert found.texts == ((Field.POSITIVE, "Positive review"), (Field.NEGATIVE, "Negative review"))
    assert named(found)["rating"] == "Review score"
    assert found.rating_scale == (1, 10)
    assert [(each.header, each.touchpoint) for each in found.questions] == [
        ("Staff", "staff"),
        ("Cleanliness", "premises"),
        ("Location", "premises"),
        ("Facilities", "premises"),
        ("Comfort", "product_quality"),
        ("Value for money", "price"),
    ]
    assert found.questions[0].wording == "Staff"


def test_one_header_says_when_and_whether_a_limesurvey_response_was_finished() -> None:
    found = presets.get("limesurvey").mapping(
        export_of("limesurvey", "1|2026-01-07|4|de|12|2026-01-07|2026-01-07|1.1.1.1")
    )
    assert found.header(Column.DATE) == found.header(Column.FINISHED) == "Datum Abgeschickt"
    assert found.header(Column.STARTED) == "Datum gestartet"
    assert found.header(Column.SOURCE_ID) is None  # counts from 1 in every survey


def test_zendesk_and_freshdesk_have_answers_in_words_and_codes() -> None:
    [asked] = presets.get("zendesk").mapping(export_of("zendesk", "1|Gut|x|2|3||4|good|5|x")).questions
    assert (asked.header, asked.worst, asked.best, dict(asked.words)) == ("score", 0, 1, {"good": 1, "bad": 0})
    [asked] = presets.get("freshdesk").mapping(export_of("freshdesk", "1|2|3|4|5|6|Gut|103|x|x", layout=1)).questions
    assert asked.header == "ratings.default_question"
    assert dict(asked.words)["-103"] == -3


@pytest.mark.parametrize(
    ("kinds", "column"),
    [
        ("nps nps", Column.NPS),
        ("CSAT csat", Column.CSAT),
        ("ces7 ces7", Column.CES),
        ("nps csat", None),
        ("smiley smiley", None),
    ],
)
def test_what_the_score_of_delighted_means_another_column_says(kinds: str, column: Column | None) -> None:
    export = export_of("delighted", *(f"a{n}|p|{kind}|4|Gut|x|1718445600|||" for n, kind in enumerate(kinds.split())))
    found = presets.get("delighted").mapping(export)
    scores = [each for each, header in found.columns if header == "score"]
    assert scores == ([column] if column else [])
    assert found.ces_variant == CesVariant.V2


def test_an_alternative_with_anything_in_it_goes_before_an_empty_one() -> None:
    cells = "2026-01-07|2026-01-07|0|1.1.1.1|100|60|1|2026-01-07|R_1|||a@b.de||47|7|email|DE"
    found = presets.get("qualtrics").mapping(export_of("qualtrics", cells))
    assert found.header(Column.CUSTOMER) == "RecipientEmail"
    assert found.header(Column.STATUS) == "Status"


def test_columns_that_the_file_lacks_are_left_out() -> None:
    export = table_of("Review Id,Review Content,Review Stars,Review Created (UTC)\n1,Gut,5,2026-01-07\n", "x.csv")
    found = presets.get("trustpilot").mapping(export)
    assert set(named(found)) == {"text", "rating", "date", "source_id"}
    assert found.names == ()


# --- the user's own


def test_own_presets_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    mine = OWN.replace("beschwerden", "trustpilot").replace('"Aktenzeichen", "Beschwerdetext"', '"Review Id"')
    (tmp_path / "b.toml").write_text(mine, encoding="utf-8")
    monkeypatch.setenv(presets.FOLDER, str(tmp_path))
    assert presets.find(["AKTENZEICHEN", "Beschwerdetext", "X"], "x.csv").key == "beschwerden"
    headers = ["Review Id", "Review Content", "Review Stars", "Review Created (UTC)"]
    assert presets.find(headers, "x.csv").de == "Beschwerdestelle"
    assert len(presets.load()) == len(presets.shipped()) + 1
    assert presets.get("trustpilot").channel == "Brief"
    assert presets.named("beschwerden", "en") == "Beschwerdestelle"


def test_a_changed_preset_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(OWN, encoding="utf-8")
    assert presets.get("beschwerden", tmp_path).channel == "Brief"
    path.write_text(OWN.replace("Brief", "Telefon"), encoding="utf-8")
    presets.os.utime(path, ns=(1, 1))
    assert presets.get("beschwerden", tmp_path).channel == "Telefon"


def test_unknown_presets(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Es gibt keine Vorlage „x“. Bekannt sind: amazon, "):
        presets.get("x")
    assert presets.named("x", "de") == "x"
    with pytest.raises(FileError, match="Den Ordner für eigene Vorlagen .* gibt es nicht"):
        presets.load(tmp_path / "none")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "beschwerden"', "key = ", "kein gültiges TOML, Zeile 1"),
        ('key = "beschwerden"', "", "„key“"),
        ('key = "beschwerden"', "key = 7", "„key“"),
        ('name = "Beschwerdestelle"', "name = { en = 'x' }", "„name.de“"),
        ("[columns]", "[colums]", "„colums“"),
        ('text = ["Beschwerdetext"]', 'txt = ["Beschwerdetext"]', "„columns.txt“"),
        ('text = ["Beschwerdetext"]', "text = 5", "„columns.text“"),
        ('signature = ["Aktenzeichen", "Beschwerdetext"]', "signature = []", "„layout\\[1\\].signature“"),
        (
            'signature = ["Aktenzeichen", "Beschwerdetext"]',
            'signature = ["a"]\nheader = ["b"]',
            "„layout\\[1\\].signature“",
        ),
        (
            'signature = ["Aktenzeichen", "Beschwerdetext"]',
            'signature = ["a"]\nsample = "echt"',
            "„layout\\[1\\].sample“",
        ),
        ('signature = ["Aktenzeichen", "Beschwerdetext"]', 'signature = ["a"]\nfirst = 1', "„layout\\[1\\].first“"),
        ('[[layout]]\nsignature = ["Aktenzeichen", "Beschwerdetext"]', "", "„layout“"),
        ('[[layout]]\nsignature = ["Aktenzeichen", "Beschwerdetext"]', 'layout = "x"', "„layout“"),
        ('channel = "Brief"', "rating_scale = [5, 5]", "„rating_scale“"),
        ('channel = "Brief"', 'ces_variant = "3"', "„ces_variant“"),
        (
            'channel = "Brief"',
            'question = [{ header = "a", scale = [1, 5], pillar = "x" }]',
            "„question\\[1\\].pillar“",
        ),
        (
            'channel = "Brief"',
            'question = [{ header = "a", scale = [1, 5], words = { gut = "x" } }]',
            "„question\\[1\\].words.gut“",
        ),
        ('channel = "Brief"', 'score = "x"', "„score“"),
    ],
)
def test_a_malformed_preset_is_named_with_its_line_or_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "meine.toml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileError, match=f"Die Vorlage „meine.toml“ .*{says}"):
        presets.read(path)


def test_a_preset_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "meine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="nicht als UTF-8 lesen"):
        presets.read(path)


def test_normal_headers() -> None:
    assert presets.normal("Review\u00a0Created\n(UTC)") == presets.normal("review_created_utc") == "review created utc"
    assert presets.normal("#") == "#"
