"""Which language a feedback is in: function words and scripts counted, data/languages.tsv. What is no German is not read."""

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from cx.store import Session, sql
from cx.text.german import TOKEN

SHIPPED = Path(__file__).parents[2] / "data" / "languages.tsv"
RECOGNISE = Path(__file__).parent / "queries" / "languages.sql"
GERMAN = "de"
SHARED = "mul"  # words that German shares with another language; they tell nothing
CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])")

# Chosen on hand-written sentences (tests/text/languages.tsv); measured on 49,297 texts of German sets (docs/decisions.md).
HITS = 3  # a foreign text has at least so many words of one language …
KINDS = 2  # … so many different ones …
OUTWEIGHED = 4  # … so many for each German one …
SPREAD = 30  # … and one in so many characters (about every fifth word)
SHORT_HITS = 2  # without any German word two will do …
SHORT_SPREAD = 12  # … that make up half of a short text: "Todo es perfecto" …
SHORT_SIZE = 15  # … of so many characters: "Very nice" and "Never again!" are said in German, too
SCRIPT_SHARE = 2 / 3  # of all letters, in another script
SCRIPT_LETTERS = 2  # one letter is a smiley


@dataclass(frozen=True)
class Language:
    """A language that is told from German. `letters`: RE2 classes of its script, "" for Latin; `words`: small, frequent words."""

    code: str
    de: str
    en: str
    letters: str
    words: tuple[str, ...]

    def name(self, spoken: str) -> str:
        """What it is called on the screen."""
        return self.en if spoken == "en" else self.de


@cache
def shipped() -> dict[str, Language]:
    """The languages of data/languages.tsv by code."""
    rows = csv.DictReader(SHIPPED.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = (Language(r["code"], r["de"], r["en"], r["letters"], tuple(r["words"].split())) for r in rows)
    return {language.code: language for language in found}


@cache
def digest() -> str:
    """What changes with data/languages.tsv."""
    return hashlib.sha256(SHIPPED.read_bytes()).hexdigest()


def name(code: str, spoken: str) -> str:
    """The name of a language; a code that is not listed stands for itself."""
    found = shipped().get(code)
    return found.name(spoken) if found else code


def code_of(written: str) -> str | None:
    """The code of a language as exports write it ("de-DE", "German", "Deutsch", "DE"); None where it is none."""
    plain = written.strip().lower()
    if plain in _names():
        return _names()[plain]
    found = CODE.match(plain)
    return found[0] if found else None


@cache
def _names() -> dict[str, str]:
    three = {"deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "ita": "it", "spa": "es", "no": "nb"}
    names = {text.lower(): each.code for each in shipped().values() for text in (each.de, each.en)}
    return names | three


def recognise(session: Session) -> None:
    """Find the feedbacks of text_input (with its temp tables cut and token) that are no German, and forget their tokens.

    Leaves the temp table foreign_feedback(feedback, language). The text decides; where it holds as many foreign as German
    words, what the temp table declared_language(feedback, language) says, if somebody has filled it.
    """
    _prepare(session)
    session.run(
        sql(RECOGNISE),
        token=TOKEN,
        hits=HITS,
        kinds=KINDS,
        outweighed=OUTWEIGHED,
        spread=SPREAD,
        short_hits=SHORT_HITS,
        short_spread=SHORT_SPREAD,
        short_size=SHORT_SIZE,
        script_share=SCRIPT_SHARE,
        script_letters=SCRIPT_LETTERS,
    )


def _prepare(session: Session) -> None:
    """The words and scripts, once per session."""
    if session.value("SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name = 'language_form'"):
        return
    forms, scripts = _tables()
    with session.given("given_form", forms), session.given("given_script", scripts):
        session.run(
            "CREATE TEMP TABLE language_script AS FROM given_script; CREATE TEMP TABLE language_form AS FROM given_form;"
            "CREATE TEMP TABLE IF NOT EXISTS declared_language (feedback BIGINT, language VARCHAR)"
        )


@cache
def _tables() -> tuple[pa.Table, pa.Table]:
    """The forms of the words (lower case, capitalised, all capitals) with their language, and the scripts."""
    forms = [
        (form, each.code)
        for each in shipped().values()
        if each.code != SHARED
        for word in each.words
        for form in sorted({word, word.capitalize(), word.upper()})
    ]
    scripts = [(each.code, f"[^{each.letters}]") for each in shipped().values() if each.letters]
    names = ("form", "language"), ("language", "others")
    found = (
        pa.table({n: pa.array(c, pa.string()) for n, c in zip(columns, zip(*rows, strict=True), strict=True)})
        for columns, rows in zip(names, (forms, scripts), strict=True)
    )
    return tuple(found)
