"""Which language a feedback is in: function words and scripts counted, data/languages.tsv. What is no German is not read."""

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cx.store import Session, sql
from cx.text.cutting import Cut
from cx.text.places import sums

SHIPPED = Path(__file__).parents[2] / "data" / "languages.tsv"
QUERIES = Path(__file__).parent / "queries"
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


@dataclass(frozen=True, eq=False)
class _Counted:
    """Words of each language in n feedbacks; columns: the foreign languages by code, then German."""

    feedback: np.ndarray  # (n,) int64: place in Cut.feedbacks
    size: np.ndarray  # (n,) int64: characters
    hits: np.ndarray  # (n × languages) int64
    kinds: np.ndarray  # (n × languages) int64: different words


def recognise(session: Session, cut: Cut) -> np.ndarray:
    """The language of each feedback of `cut` that is no German, None for the others ((f,) objects).

    The text decides; where it holds as many foreign as German words, what the session's temp table
    declared_language(feedback, language) says, if somebody has filled it.
    """
    declared = _declared(session, cut)
    known = declared.astype(bool)
    counted = _counted(cut, known)
    best = counted.hits[:, :-1].max(axis=1, initial=0)
    agreed = known[counted.feedback] & (best >= counted.hits[:, -1])
    found = np.full(len(cut.feedbacks), None)
    found[counted.feedback[agreed]] = declared[counted.feedback[agreed]]
    if cut.wide.any():
        _tell(found, cut, _scripts(session))
    _tell_worded(found, counted)
    return found


def _declared(session: Session, cut: Cut) -> np.ndarray:
    """The foreign language that a feedback with text is said to be in; None for the others ((f,) objects)."""
    session.run("CREATE TEMP TABLE IF NOT EXISTS declared_language (feedback BIGINT, language VARCHAR)")
    found = np.full(len(cut.feedbacks), None)
    _tell(found, cut, session.frame(sql(QUERIES / "declared.sql")))
    found[np.bincount(cut.feedback, minlength=len(found)) == 0] = None
    return found


def _scripts(session: Session) -> pd.DataFrame:
    with session.given(language_script=_script_classes()):
        return session.frame(sql(QUERIES / "scripts.sql"), script_letters=SCRIPT_LETTERS, script_share=SCRIPT_SHARE)


def _tell(found: np.ndarray, cut: Cut, rows: pd.DataFrame) -> None:
    """Write the languages of `rows` (feedback, language) into `found`."""
    found[np.searchsorted(cut.feedbacks, rows["feedback"])] = rows["language"].to_numpy(object)


def _counted(cut: Cut, known: np.ndarray) -> _Counted:
    """Counts for the feedbacks that hold many foreign words for their length, or are `known` to be foreign."""
    forms, incidence = _forms()
    form = pc.fill_null(pc.index_in(cut.spellings, value_set=forms), -1).to_numpy()
    foreign = np.append(incidence[:, :-1].any(axis=1), False)[form]
    strange = np.flatnonzero(foreign[cut.token])
    hits = np.bincount(cut.feedback[cut.statement[strange]], minlength=len(known))
    size = sums(cut.feedback, cut.stop - cut.start, len(known))
    looked_at = (hits >= min(HITS, SHORT_HITS)) & (hits * SPREAD >= size) | known
    tokens = np.flatnonzero(looked_at[cut.feedback][cut.statement] & (form >= 0)[cut.token])
    times = incidence[form[cut.token[tokens]]]
    listed, language = np.nonzero(times)
    owner = (np.cumsum(looked_at) - 1)[cut.feedback[cut.statement[tokens]]][listed] * incidence.shape[1] + language
    word = pc.utf8_lower(cut.spellings).dictionary_encode().indices.to_numpy()[cut.token[tokens]][listed]
    kinds = np.unique(owner * (len(cut.spellings) + 1) + word) // (len(cut.spellings) + 1)
    shape = int(looked_at.sum()), incidence.shape[1]
    return _Counted(
        feedback=np.flatnonzero(looked_at),
        size=size[looked_at],
        hits=sums(owner, times[listed, language], shape[0] * shape[1]).reshape(shape),
        kinds=np.bincount(kinds, minlength=shape[0] * shape[1]).reshape(shape),
    )


def _tell_worded(found: np.ndarray, counted: _Counted) -> None:
    """Write into `found` the languages that the words of a feedback speak for."""
    foreign, german = counted.hits[:, :-1], counted.hits[:, -1]
    if not len(german):
        return
    best = np.argmax(
        foreign * (counted.kinds.max() + 1) + counted.kinds[:, :-1], axis=1
    )  # of equal ones the first code
    row = np.arange(len(best))
    hits, kinds, size = foreign[row, best], counted.kinds[row, best], counted.size
    dense = (hits >= HITS) & (hits * SPREAD >= size)
    short = (german == 0) & (hits >= SHORT_HITS) & (hits * SHORT_SPREAD >= size) & (size >= SHORT_SIZE)
    worded = (kinds >= KINDS) & (hits >= OUTWEIGHED * german) & (dense | short)
    found[counted.feedback[worded]] = np.array(_codes(), object)[best[worded]]


@cache
def _codes() -> tuple[str, ...]:
    """The languages with words of their own: the foreign ones by code, then German."""
    return (*sorted(set(shipped()) - {SHARED, GERMAN}), GERMAN)


@cache
def _forms() -> tuple[pa.Array, np.ndarray]:
    """The forms of the words (lower case, capitalised, all capitals), and of how many words of each language (forms × languages, int64):
    DASS is "dass" and "daß"."""
    pairs = [
        (form, column)
        for column, code in enumerate(_codes())
        for word in shipped()[code].words
        for form in sorted({word, word.capitalize(), word.upper()})
    ]
    written, columns = zip(*pairs, strict=True)
    forms = pa.array(written, pa.string()).dictionary_encode()
    incidence = np.zeros((len(forms.dictionary), len(_codes())), np.int64)
    np.add.at(incidence, (forms.indices.to_numpy(), columns), 1)
    return forms.dictionary, incidence


@cache
def _script_classes() -> pa.Table:
    """Each script with what holds no letter of it, as RE2."""
    scripts = [(each.code, f"[^{each.letters}]+") for each in shipped().values() if each.letters]
    codes, others = zip(*scripts, strict=True)
    return pa.table({"language": pa.array(codes, pa.string()), "others": pa.array(others, pa.string())})
