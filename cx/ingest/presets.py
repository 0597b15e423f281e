"""Exports of known sources, found by their header: which of their columns stands for what. The format: data/presets/README.md."""

import os
import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cx.errors import FileError
from cx.ingest import values
from cx.ingest.reading import Export
from cx.language import _
from cx.model import taxonomy
from cx.model.columns import Column, Field, Mapping
from cx.model.kpi import CesVariant
from cx.model.survey import Question

SHIPPED = Path(__file__).parents[2] / "data" / "presets"
FOLDER = "CX_PRESETS"  # environment variable: a folder with the user's own presets
QUESTION_WORDS = 5  # a header of so many words is a question
SCALES = ("rating_scale", "csat_scale")


class Sample(StrEnum):
    """What a header row was taken from."""

    REAL = "real"  # a file that was exported from the source
    DOCUMENTED = "documented"  # the source's documentation, or code that reads its exports
    UNKNOWN = "unknown"  # neither is at hand: a cautious guess


@dataclass(frozen=True)
class Layout:
    """A header row as the source writes it, or wrote it in earlier years. Headers are normal (see `normal`)."""

    header: tuple[str, ...]  # the whole row, as far as it is known
    signature: frozenset[str]  # of it, what a file must have to be recognised
    sample: Sample
    origin: str  # what the header was taken from, a sentence
    file_name: str = ""  # what the file's name must hold besides, in lower case
    first: str = ""  # the header that must be the file's first
    questions: bool = False  # other headers must be questions

    def weight(self, headers: Sequence[str], name: str) -> tuple[int, bool] | None:
        """How much of the signature there is, the more the more specific; None where this is no such file."""
        if not self.signature <= frozenset(headers) or self.file_name not in name.casefold():
            return None
        if self.first and headers[0] != self.first:
            return None
        return len(self.signature), bool(self.file_name)


@dataclass(frozen=True)
class Kinded:
    """A column of scores whose meaning another column names: "nps", "csat" …"""

    headers: tuple[str, ...]
    named_by: tuple[str, ...]
    kinds: tuple[tuple[str, Column], ...]  # what that column says, and what the score is then


@dataclass(frozen=True)
class Preset:
    """What is known of the exports of one source. Headers are alternatives, normal (see `normal`), the better one first."""

    key: str
    de: str
    en: str
    layouts: tuple[Layout, ...]
    source: str
    channel: str | None = None
    columns: tuple[tuple[Column, tuple[str, ...]], ...] = ()
    texts: tuple[tuple[Field, tuple[str, ...]], ...] = ()
    questions: tuple[tuple[tuple[str, ...], Question], ...] = ()  # `header` of the question is filled in
    score: Kinded | None = None
    people: tuple[str, ...] = ()  # columns with names of people
    ignored: tuple[str, ...] = ()  # columns that mean nothing here, so that nobody guesses
    rating_scale: tuple[float, float] | None = None  # None: to be seen from the values, like all that follow
    csat_scale: tuple[float, float] | None = None
    ces_variant: CesVariant | None = None
    day_first: bool | None = None

    @property
    def sample(self) -> Sample:
        """The best that any of its header rows rests on."""
        found = {layout.sample for layout in self.layouts}
        return next(sample for sample in Sample if sample in found)

    def name(self, language: str) -> str:
        """The name on the screen."""
        return self.en if language == "en" else self.de

    def weight(self, headers: Sequence[str], name: str) -> tuple[int, bool] | None:
        """How specific the best of its layouts fits a file with these headers and this name; None where none does."""
        plain = [normal(header) for header in headers]
        asked = any(map(is_question, headers))
        found = [layout.weight(plain, name) for layout in self.layouts if headers and (asked or not layout.questions)]
        return max((weight for weight in found if weight), default=None)

    def missing(self, headers: Sequence[str]) -> tuple[str, ...]:
        """What a file with these headers lacks to be recognised, by the layout that it is nearest to; nothing where one is complete."""
        plain = {normal(header) for header in headers}
        return min((tuple(sorted(layout.signature - plain)) for layout in self.layouts), key=len)

    def mapping(self, export: Export) -> Mapping:
        """What the columns of a file stand for. Columns that the file lacks are left out; scales that are not known stay as usual."""
        file = _Headers(export)
        columns = {column: header for column, names in self.columns if (header := file.first(names))}
        columns |= self._kinded(file)
        found = Mapping(
            columns=tuple((column, columns[column]) for column in Column if column in columns),
            texts=tuple((said, header) for said, names in self.texts for header in file.all(names)),
            questions=tuple(self._questions(file)),
            names=file.all(self.people),
            channel=None if Column.CHANNEL in columns else self.channel,
            source=None if Column.SOURCE in columns else self.source,
            preset=self.key,
            headers=export.headers,
        )
        return self._scaled(found)

    def ignores(self, headers: Sequence[str]) -> frozenset[str]:
        """Which of a file's headers nobody shall guess at: they mean nothing here, or what their scores mean the file says row by row."""
        known = {*self.ignored, *(self.score.headers if self.score else ())}
        return frozenset(header for header in headers if normal(header) in known)

    def _scaled(self, found: Mapping) -> Mapping:
        known = {
            "rating_scale": self.rating_scale,
            "csat_scale": self.csat_scale,
            "ces_variant": self.ces_variant,
            "day_first": self.day_first,
        }
        return Mapping(**vars(found) | {name: value for name, value in known.items() if value is not None})

    def _questions(self, file: "_Headers") -> list[Question]:
        found = []
        for names, question in self.questions:
            if header := file.first(names):
                wording = question.wording or file.wording(header)
                found.append(Question(**vars(question) | {"header": header, "wording": wording}))
        return found

    def _kinded(self, file: "_Headers") -> dict[Column, str]:
        """The column of scores, where all rows name one kind of it."""
        if self.score is None:
            return {}
        score, kind = file.first(self.score.headers), file.first(self.score.named_by)
        if not score or not kind:
            return {}
        kinds = dict(self.score.kinds)
        found = {kinds.get(word) for word in file.words(kind)}
        return {column: score for column in found if column} if len(found) == 1 else {}


class _Headers:
    """The headers of a file by what they are called in presets."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._known: dict[str, str] = {}
        for header in export.headers:
            self._known.setdefault(normal(header), header)

    def all(self, names: Sequence[str]) -> tuple[str, ...]:
        """The headers of the file among `names`."""
        return tuple(self._known[name] for name in names if name in self._known)

    def first(self, names: Sequence[str]) -> str | None:
        """The first of `names` that the file has, rather one with anything in it; None where it has none."""
        there = self.all(names)
        return next((header for header in there if self.words(header)), there[0] if there else None)

    def words(self, header: str) -> frozenset[str]:
        """What the first rows say under `header`, in lower case."""
        cells = self._export.head.cells[header].unique()
        return frozenset(values.clean(cell).casefold() for cell in cells if not values.says_nothing(cell))

    def wording(self, header: str) -> str:
        """What was asked under `header`."""
        return self._export.wordings.get(header) or header


# --- finding


def normal(header: str) -> str:
    """A header as presets compare it: lower case, words parted by single spaces ("Review Created (UTC)" -> "review created utc").

    "#" stays as it is.
    """
    plain = values.clean(header).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", plain).split()) or plain


def is_question(header: str) -> bool:
    """Whether a header asks something, as the headers of survey tools do."""
    return bool(re.search(r"\?|\[.+\]", header)) or len(header.split()) >= QUESTION_WORDS


def find(headers: Sequence[str], name: str, folder: Path | None = None) -> Preset | None:
    """The preset of a file with these headers and this name; None for an unknown layout.

    The user's own presets come first (see `load`), then the one whose signature is the most specific.
    """
    for presets in (_own(folder), shipped()):
        found = [(weight, preset) for preset in presets if (weight := preset.weight(headers, name))]
        if found:
            return max(found, key=lambda each: each[0])[1]
    return None


def get(key: str, folder: Path | None = None) -> Preset:
    """The preset called `key`. Raises FileError where there is none."""
    known = {preset.key: preset for preset in load(folder)}
    if key not in known:
        message = _("Es gibt keine Vorlage „{key}“. Bekannt sind: {known}.")
        raise FileError(message.format(key=key, known=", ".join(sorted(known))))
    return known[key]


def named(key: str, language: str) -> str:
    """The name of the preset called `key` on the screen; the key itself where there is no such preset any more."""
    return next((preset.name(language) for preset in load() if preset.key == key), key)


def tells_day_order(key: str) -> bool:
    """Whether the preset called `key` knows if the day or the month comes first; not, where there is no such preset."""
    return any(preset.key == key and preset.day_first is not None for preset in load())


def load(folder: Path | None = None) -> tuple[Preset, ...]:
    """All presets: the user's own from `folder` (default: what the environment variable CX_PRESETS names), then the shipped ones.

    An own preset with the key of a shipped one replaces it. Raises FileError where a preset is malformed or there is no such folder.
    """
    own = _own(folder)
    keys = {preset.key for preset in own}
    return own + tuple(preset for preset in shipped() if preset.key not in keys)


@cache
def shipped() -> tuple[Preset, ...]:
    """The presets that come with the app, by key."""
    return tuple(read(path) for path in sorted(SHIPPED.glob("*.toml")))


def _own(folder: Path | None) -> tuple[Preset, ...]:
    """The presets in the user's folder, read again where a file has changed; none without a folder."""
    place = folder or (Path(os.environ[FOLDER]) if os.environ.get(FOLDER) else None)
    if place is None:
        return ()
    if not place.is_dir():
        message = _("Den Ordner für eigene Vorlagen „{folder}“ gibt es nicht. Prüfen Sie {variable}.")
        raise FileError(message.format(folder=place, variable=FOLDER))
    return tuple(_read_once(path, path.stat().st_mtime_ns) for path in sorted(place.glob("*.toml")))


@lru_cache(maxsize=500)
def _read_once(path: Path, _changed: int) -> Preset:
    return read(path)


# --- reading


def read(path: Path) -> Preset:
    """The preset in a TOML file. Raises FileError, naming file and line or key, where it is malformed."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        message = _("Die Vorlage „{file}“ ist kein gültiges TOML, Zeile {line}: {why}.")
        number = line[1] if line else _("am Ende")
        raise FileError(message.format(file=path.name, line=number, why=str(error).split(" (")[0])) from error
    except (OSError, UnicodeDecodeError) as error:
        message = _("Die Vorlage „{file}“ lässt sich nicht als UTF-8 lesen. Speichern Sie sie neu.")
        raise FileError(message.format(file=path.name)) from error
    return _Reader(path.name, "", content).preset()


class _Reader:
    """A table of a preset file: takes out values of the right type, and says which key is wrong."""

    def __init__(self, file: str, place: str, content: dict[str, Any]) -> None:
        self._file, self._place, self._content = file, place, content

    def preset(self) -> Preset:
        """The whole file."""
        de, en = self._names()
        key = self.text("key")
        found = Preset(
            key=key,
            de=de,
            en=en,
            layouts=tuple(each.layout() for each in self.tables("layout", needed=True)),
            source=self.text("source", de),
            channel=self.text("channel", "") or None,
            columns=self._alternatives("columns", Column),
            texts=self._alternatives("texts", Field),
            questions=tuple(each.question() for each in self.tables("question")),
            score=self.table("score").kinded() if "score" in self._content else None,
            people=self.headers("people"),
            ignored=self.headers("ignored"),
            **{name: self.scale(name) for name in SCALES if name in self._content},
            ces_variant=self.word("ces_variant", CesVariant) if "ces_variant" in self._content else None,
            day_first=self.flag("day_first") if "day_first" in self._content else None,
        )
        self.refuse_others(
            {"key", "name", "layout", "source", "channel", "columns", "texts", "question", "score", "people", "ignored"}
            | {*SCALES, "ces_variant", "day_first"}
        )
        return found

    def _names(self) -> tuple[str, str]:
        name = self._content.get("name")
        if isinstance(name, dict):
            names = self.table("name")
            de = names.text("de")
            names.refuse_others({"de", "en"})
            return de, names.text("en", de)
        return self.text("name"), self.text("name")

    def _alternatives(self, key: str, words: type[StrEnum]) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        listed = self.table(key) if key in self._content else None
        if listed is None:
            return ()
        listed.refuse_others(set(words))
        return tuple((words(word), listed.headers(word)) for word in listed._content)

    def layout(self) -> Layout:
        """One layout of its headers."""
        signature = self.headers("signature", needed=True)
        header = self.headers("header") or signature
        first = self.flag("first") if "first" in self._content else False
        if missing := set(signature) - set(header):
            self.refuse("signature", _("„{header}“ fehlt unter header").format(header=sorted(missing)[0]))
        known = {"header", "signature", "sample", "origin", "file_name", "first", "questions"}
        self.refuse_others(known)
        return Layout(
            header=header,
            signature=frozenset(signature),
            sample=self.word("sample", Sample, Sample.REAL),
            origin=self.text("origin", ""),
            file_name=self.text("file_name", "").casefold(),
            first=signature[0] if first else "",
            questions=self.flag("questions") if "questions" in self._content else False,
        )

    def question(self) -> tuple[tuple[str, ...], Question]:
        """The headers a rating question may have, and the question."""
        pillar, touchpoint = self.text("pillar", ""), self.text("touchpoint", "")
        for key, value, known in (
            ("pillar", pillar, taxonomy.pillar_keys()),
            ("touchpoint", touchpoint, taxonomy.touchpoint_keys()),
        ):
            if value and value not in known:
                self.refuse(key, _one_of(known))
        worst, best = self.scale("scale")
        words = self.table("words") if "words" in self._content else None
        self.refuse_others({"header", "wording", "scale", "words", "pillar", "touchpoint"})
        return self.headers("header", needed=True), Question(
            header="",
            wording=self.text("wording", ""),
            worst=worst,
            best=best,
            words=tuple((word.casefold(), words.number(word)) for word in words._content) if words else (),
            pillar=pillar,
            touchpoint=touchpoint,
        )

    def kinded(self) -> Kinded:
        """A score whose kind another column names."""
        self.refuse_others({"header", "named_by", "nps", "csat", "ces", "rating"})
        kinds = [
            (values.clean(word).casefold(), column)
            for column in (Column.NPS, Column.CSAT, Column.CES, Column.RATING)
            for word in self.words(str(column))
        ]
        return Kinded(self.headers("header", needed=True), self.headers("named_by", needed=True), tuple(kinds))

    # values of one type

    def text(self, key: str, default: str | None = None) -> str:
        """A text; it must be there where there is no default."""
        found = self._content.get(key, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            self.refuse(key, _("ein Text in Anführungszeichen gehört hierher"))
        return found.strip()

    def flag(self, key: str) -> bool:
        """True or false."""
        found = self._content[key]
        if not isinstance(found, bool):
            self.refuse(key, _("true oder false gehört hierher"))
        return found

    def number(self, key: str) -> float:
        """A number."""
        found = self._content[key]
        if not _is_number(found):
            self.refuse(key, _("eine Zahl gehört hierher"))
        return float(found)

    def scale(self, key: str) -> tuple[float, float]:
        """Worst and best value."""
        found = self._content.get(key)
        if not isinstance(found, list) or len(found) != 2 or not all(map(_is_number, found)) or found[0] == found[1]:
            self.refuse(key, _("schlechtester und bester Wert gehören hierher, zum Beispiel [1, 5]"))
        return float(found[0]), float(found[1])

    def words(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """One text or a list of them."""
        found = self._content.get(key, [])
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed) or (needed and not listed):
            self.refuse(key, _('eine Liste von Texten gehört hierher, zum Beispiel ["Text"]'))
        return tuple(listed)

    def headers(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Headers, alike where only case and spaces differ, each once."""
        return tuple(dict.fromkeys(map(normal, self.words(key, needed=needed))))

    def word(self, key: str, words: type[StrEnum], default: StrEnum | None = None) -> Any:
        """One of `words`."""
        found = self._content.get(key, default)
        if found not in list(words):
            self.refuse(key, _one_of(words))
        return words(found)

    def table(self, key: str) -> "_Reader":
        """The table below `key`."""
        found = self._content[key]
        if not isinstance(found, dict):
            self.refuse(key, _("eine Tabelle [{key}] gehört hierher").format(key=key))
        return _Reader(self._file, f"{self._place}{key}.", found)

    def tables(self, key: str, *, needed: bool = False) -> list["_Reader"]:
        """The tables of the list below `key`."""
        found = self._content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found) or (needed and not found):
            self.refuse(key, _("mindestens eine Tabelle [[{key}]] gehört hierher").format(key=key))
        return [_Reader(self._file, f"{self._place}{key}[{n}].", each) for n, each in enumerate(found, start=1)]

    def refuse_others(self, known: Collection[str]) -> None:
        """Raise FileError for a key that presets do not have: most likely a misspelt one."""
        for key in self._content:
            if key not in known:
                self.refuse(key, _one_of(known))

    def refuse(self, key: str, why: str) -> None:
        """Raise FileError: what is wrong, at which key of which file."""
        message = _("Die Vorlage „{file}“ ist bei „{key}“ fehlerhaft: {why}.")
        raise FileError(message.format(file=self._file, key=f"{self._place}{key}", why=why))


def _one_of(known: Collection[str]) -> str:
    return _("möglich sind {known}").format(known=", ".join(sorted(map(str, known))))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
