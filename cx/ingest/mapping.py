"""Which column of a file stands for what: a proposal for the user to confirm.

The preset of a known source says it; what that leaves open, or all of an unknown file, header words and values suggest.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

import numpy as np
import pandas as pd

from cx.ingest import presets, surveys, values
from cx.ingest.presets import Preset
from cx.ingest.reading import Export
from cx.model.columns import USABLE, Column, Field, Mapping
from cx.model.kpi import CesVariant

SAMPLE = 1_000  # non-empty cells of a column that are looked at
LONGEST_ONLY_HEADER = 60  # characters of the header of a one-column file
DISTINCT = 5_000  # distinct scores that are looked at for the ends of a scale
MOSTLY = 0.6  # share of cells that must fit a meaning
CLEAR = 60.0  # evidence of a header that names a meaning, or points to it
WEAK = 1.0  # any evidence at all


class Need(StrEnum):
    """What a file does not say and the user should."""

    CHANNEL = "channel"
    DAY_ORDER = "day_order"  # dates such as 03/04/2026 only: both orders are possible
    EXPORT_DATE = "export_date"
    USABLE = "usable"  # no column with a text or a score is mapped


# --- what headers say

# Per meaning: words that name it fully, and parts of words that point to it. German and English, lower case.
NAMED: dict[Column, frozenset[str]] = {
    Column.TEXT: frozenset(
        [
            "text",
            "review",
            "reviews",
            "review text",
            "review content",
            "content",
            "comment",
            "comments",
            "feedback",
            "body",
            "message",
            "kommentar",
            "kommentare",
            "freitext",
            "bewertungstext",
            "rezension",
            "rezensionstext",
            "verbatim",
            "antworttext",
            "nachricht",
            "meinung",
            "anmerkung",
            "anmerkungen",
            "kundenstimme",
            "bewertung text",
            "open text",
            "open ended response",
            "snippet",
            "beschreibung",
        ]
    ),
    Column.TITLE: frozenset(
        [
            "title",
            "titel",
            "überschrift",
            "review title",
            "betreff",
            "headline",
            "subject",
            "rezensionstitel",
            "bewertungstitel",
            "summary",
        ]
    ),
    Column.RATING: frozenset(
        [
            "rating",
            "ratings",
            "stars",
            "star rating",
            "sterne",
            "sternebewertung",
            "review stars",
            "bewertung",
            "score",
            "note",
            "gesamtnote",
            "punkte",
            "gesamtbewertung",
            "overall rating",
            "review rating",
            "review score",
            "sternzahl",
            "anzahl sterne",
            "schulnote",
            "star",
        ]
    ),
    Column.NPS: frozenset(
        ["nps", "nps score", "net promoter score", "weiterempfehlung", "weiterempfehlungsbereitschaft", "nps wert"]
    ),
    Column.CSAT: frozenset(
        [
            "csat",
            "csat score",
            "zufriedenheit",
            "kundenzufriedenheit",
            "gesamtzufriedenheit",
            "satisfaction",
            "customer satisfaction",
            "overall satisfaction",
        ]
    ),
    Column.CES: frozenset(
        ["ces", "ces score", "customer effort score", "customer effort", "aufwand", "kundenaufwand", "effort"]
    ),
    Column.DATE: frozenset(
        [
            "date",
            "datum",
            "zeitstempel",
            "timestamp",
            "created at",
            "created",
            "submitted at",
            "review date",
            "bewertungsdatum",
            "erstellt am",
            "abgegeben am",
            "eingegangen am",
            "time",
            "zeit",
            "zeitpunkt",
            "published at",
            "datum der bewertung",
            "submission date",
            "at",
            "review created utc",
            "datum abgeschickt",
            "fertigstellungszeit",
            "completion time",
        ]
    ),
    Column.CHANNEL: frozenset(
        [
            "channel",
            "kanal",
            "kontaktkanal",
            "feedbackkanal",
            "eingangskanal",
            "contact channel",
            "touchpoint",
            "medium",
        ]
    ),
    Column.SOURCE: frozenset(
        [
            "source",
            "quelle",
            "plattform",
            "platform",
            "portal",
            "herkunft",
            "datenquelle",
            "source of review",
            "site",
            "provider",
        ]
    ),
    Column.PRODUCT: frozenset(
        [
            "product",
            "produkt",
            "produktname",
            "product name",
            "artikel",
            "artikelname",
            "app",
            "app id",
            "app name",
            "package name",
            "package",
            "tarif",
            "sortiment",
            "warengruppe",
            "produktgruppe",
            "kategorie",
            "category",
            "item",
            "anbieter",
            "dienstleistung",
            "service name",
            "asin",
            "sku",
        ]
    ),
    Column.LOCATION: frozenset(
        [
            "location",
            "standort",
            "filiale",
            "ort",
            "stadt",
            "city",
            "store",
            "branch",
            "niederlassung",
            "markt",
            "location name",
            "store name",
            "filialname",
            "region",
            "klinik",
            "hotel",
            "restaurant",
            "praxis",
            "geschäftsstelle",
            "business name",
            "place",
            "plz",
            "haus",
            "adresse",
        ]
    ),
    Column.LANGUAGE: frozenset(
        [
            "sprache",
            "language",
            "lang",
            "locale",
            "review language",
            "reviewer language",
            "start sprache",
            "user language",
        ]
    ),
    Column.CUSTOMER: frozenset(
        [
            "customer",
            "customer id",
            "kunde",
            "kunden id",
            "kundennummer",
            "kundennr",
            "kundenname",
            "name",
            "user",
            "user name",
            "username",
            "author",
            "autor",
            "verfasser",
            "reviewer",
            "reviewer name",
            "review username",
            "nutzer",
            "nutzername",
            "benutzer",
            "e mail",
            "email",
            "email address",
            "mail",
            "respondent",
            "person",
            "vertragsnummer",
            "member id",
            "reviewer id",
            "author name",
            "kd nr",
            "kundenkennung",
            "user id",
            "guest name",
        ]
    ),
    Column.SOURCE_ID: frozenset(
        [
            "id",
            "review id",
            "source id",
            "feedback id",
            "response id",
            "responseid",
            "antwort id",
            "bewertungs id",
            "vorgang",
            "vorgangsnummer",
            "uuid",
            "respondent id",
            "ticket id",
            "review url",
            "review link",
            "url",
            "link",
            "permalink",
            "external id",
            "reviewid",
            "datensatz",
            "fall id",
            "reference id",
            "survey response id",
        ]
    ),
    Column.REPLY: frozenset(
        [
            "reply",
            "response",
            "antwort",
            "developer response",
            "developer reply",
            "developer reply text",
            "owner response",
            "company response",
            "company reply",
            "reply content",
            "antwort des unternehmens",
            "antworten",
            "kommentar des inhabers",
            "property reply",
            "owner answer",
            "stellungnahme",
            "unternehmensantwort",
            "reply text",
            "response from the owner",
        ]
    ),
    Column.STATUS: frozenset(["status", "response type", "response status", "antworttyp", "art der antwort"]),
    Column.FINISHED: frozenset(
        ["finished", "abgeschlossen", "beendet", "vollständig", "completed", "progress", "fortschritt"]
    ),
    Column.STARTED: frozenset(
        ["start date", "startdatum", "start time", "startzeit", "datum gestartet", "started at", "start date utc"]
    ),
    Column.DURATION: frozenset(
        [
            "duration",
            "duration in seconds",
            "dauer",
            "dauer in sekunden",
            "dauer sekunden",
            "interviewzeit",
            "gesamtzeit",
        ]
    ),
}
HINTS: dict[Column, str] = {
    Column.TEXT: r"text|kommentar|comment|feedback|review|rezension|freitext|bewertung|meinung|anmerkung|begründ|warum|grund|"
    r"verbesser|gefallen|opinion|remark|suggest|wunsch|content|why",
    Column.TITLE: r"tit(?:el|le)\b|überschrift|headline|betreff",
    Column.RATING: r"stern|stars?\b|rating|bewertung|scor(?:e|ing)|note\b|punkte",
    Column.NPS: r"\bnps\b|net promoter",  # questions that do not name the figure: surveys.kpis
    Column.CSAT: r"\bcsat\b",
    Column.CES: r"\bces\b|customer effort",
    Column.DATE: r"datum|date\b|zeit(?:stempel|punkt)?\b|\btime|timestamp|created|submitted|erstellt|millis|epoch|"
    r"monat\b|tag\b|\w{2}ed at\b",
    Column.CHANNEL: r"kanal|channel",
    Column.SOURCE: r"quelle|source|plattform|platform|portal",
    Column.PRODUCT: r"produkt|product|artikel|warengruppe|tarif|package|app id|app name|provider|anbieter|marke\b|brand",
    Column.LOCATION: r"filial|standort|klinik|location|store\b|branch|niederlassung|hotel|restaurant|praxis|\bort\b|stadt\b|markt\b",
    Column.LANGUAGE: r"sprache\b|language|\blocale\b",
    Column.CUSTOMER: r"kunde|customer|user ?name|autor|author|reviewer name|nutzer|mail\b|\bname\b|verfasser|guest",
    Column.SOURCE_ID: r"\bid\b|\burl\b|\blink\b|nummer\b|permalink",
    Column.REPLY: r"repl(?:y|ies)|response|antwort",
}
# Words that take a column away from a meaning which its other words suggest.
AGAINST: dict[Column, str] = {
    Column.TEXT: r"date|datum|stern|star|link|url|\bid\b|likes|reply|antwort|developer|language|sprache|count|anzahl|upvote|titel|title",
    Column.TITLE: r"date|datum|job|anrede",
    Column.RATING: r"date|datum|likes|count|anzahl(?! sterne)|\bid\b|link|url|text|titel|title|max|min\b",
    Column.DATE: r"repl|antwort|(?<!survey )response|edited|version",
    Column.CUSTOMER: r"language|sprache|klinik|filial|standort|produkt|product|\bapp\b|package|version|location|store\b|datei|file|"
    r"zufrieden|satisf|service|domain|unit|webshop|effort|aufwand|business",
    Column.SOURCE_ID: r"app|produkt|product|user|customer|kunde|package|store|location|reviewer|domain|unit|collector|network|"
    r"survey id|agent|group|requester|assignee|artikel|telefon|phone|image|bild|avatar|foto|photo|profile|member",
    Column.REPLY: r"date|datum|time|millis|\bid\b|name\b|anzahl|count|started|status",
    Column.PRODUCT: r"version|code|date|datum",
    Column.LOCATION: r"\bid\b|date|datum",
    Column.NPS: r"date|datum|category|kategorie|gruppe|text|comment|grund|warum",
    Column.CSAT: r"date|datum|text|comment|grund|warum",
    Column.CES: r"date|datum|text|comment|grund|warum",
    Column.SOURCE: r"\bid\b|url|version",
    Column.CHANNEL: r"\bid\b|url",
}
ASKED = (Column.TEXT, Column.RATING, Column.NPS, Column.CSAT, Column.CES, Column.DATE)  # what a question can ask for
# Among several columns of one meaning: which one speaks of the feedback as a whole, and which of something else.
RATHER: dict[Column, str] = {
    Column.RATING: r"gesamt|overall|total|service|stern|star",
    Column.DATE: r"submit|created|abgeschickt|abgegeben|bewertung|review|fertig|completion|erstellt|datum|change",
    Column.TEXT: r"review|kommentar|comment|text|rezension",
    Column.CUSTOMER: r"kunde|customer|name|user",
    Column.SOURCE_ID: r"review|\bid\b",
}
LESS: dict[Column, str] = {
    Column.RATING: r"preis|price|change|wechsel|liefer|lage|staff|clean|comfort|facilities|value|qualit",
    Column.DATE: r"millis|epoch|update|start|order|bestell|kauf|purchase|experience|erfahrung|letzte|last|geburt|birth|modified",
    Column.CUSTOMER: r"mail|first|last|vor|nach",
    Column.SOURCE_ID: r"url|link",
}

# --- what values say


@dataclass(frozen=True)
class Profile:
    """What a column's values look like; shares are of its non-empty cells (of a sample)."""

    header: str
    words: str  # what was asked, else the header, in lower case, words parted by single spaces
    question: bool  # whether that is a question rather than a name
    n: int
    distinct: float  # share
    length: float  # mean characters
    spaced: float  # share with at least three words
    scored: float  # share that are scores
    whole: float  # share that are whole numbers
    low: float
    high: float
    named_high: float | None  # "4 von 5" names 5
    dated: float  # share
    written: float  # share that are dates not written as one number (an id may look like unix seconds)


def profile(header: str, cells: pd.Series, wording: str = "") -> Profile:
    """What the values of one column look like; `wording`: what was asked, where that is not the header itself."""
    codes, cells_once = pd.factorize(cells)
    distinct = list(cells_once)
    missing = np.array([values.says_nothing(cell) for cell in distinct], dtype=bool)
    filled = codes[~missing[codes]]
    counts = {distinct[code]: n for code, n in Counter(filled[:SAMPLE].tolist()).items()}
    n = max(1, sum(counts.values()))
    scores = {cell: values.score(cell) for cell in counts}
    moments = {cell: values.moment(cell) for cell in counts}
    all_filled = [cell for cell, nothing in zip(distinct, missing, strict=True) if not nothing]
    numbers = [each for each in map(values.score, _looked_at(all_filled, scores)) if each]

    def share(cells: Iterable[str]) -> float:
        return sum(counts[cell] for cell in cells) / n

    return Profile(
        header=header,
        words=words_of(wording or header),
        question=presets.is_question(wording or header),
        n=len(filled),
        distinct=len(counts) / n,
        length=sum(len(cell) * count for cell, count in counts.items()) / n,
        spaced=share(cell for cell in counts if cell.count(" ") >= 2),
        scored=share(cell for cell, found in scores.items() if found),
        whole=share(cell for cell, found in scores.items() if found and found.value.is_integer()),
        low=min((each.value for each in numbers), default=float("nan")),
        high=max((each.value for each in numbers), default=float("nan")),
        named_high=max((each.of for each in numbers if each.of), default=None),
        dated=share(cell for cell, found in moments.items() if found),
        written=share(cell for cell, found in moments.items() if found and not cell.strip().isdigit()),
    )


def _looked_at(distinct: Sequence[str], scores: dict[str, values.Score | None]) -> Sequence[str]:
    """All distinct cells of a column of scores, so that a rare 10 is not missed; of others the sample."""
    looks_scored = sum(found is not None for found in scores.values()) >= 0.5 * len(scores)
    return distinct[:DISTINCT] if looks_scored else list(scores)


def words_of(header: str) -> str:
    """A header in lower case words: "reviewCreated_UTC" -> "review created utc"."""
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", header)
    return " ".join(re.sub(r"[^\w]|_", " ", re.sub(r"\s\(\d+\)$", "", parted)).lower().split())


def fits(column: Column, found: Profile) -> bool:
    """Whether the values can have this meaning at all. A column without any value can have each."""
    return not found.n or FITS.get(column, _fits_group)(found)


def _fits_group(found: Profile) -> bool:
    """Channel, source, product, location: few short values, numbers only under a header such as "app_id"."""
    short = found.length <= 80 and found.distinct <= max(0.7, 20 / found.n)
    named = any(found.words in NAMED[column] for column in (Column.PRODUCT, Column.LOCATION, Column.CHANNEL))
    return short and found.written < 0.5 and (found.scored < 0.5 or named)


def _fits_text(found: Profile) -> bool:
    return found.scored < 0.5 and found.written < 0.5


FITS: dict[Column, Callable[[Profile], bool]] = {
    Column.TEXT: _fits_text,
    Column.TITLE: _fits_text,
    Column.REPLY: _fits_text,
    Column.RATING: lambda found: found.scored >= MOSTLY and found.length < 40 and found.high <= 200,
    Column.NPS: lambda found: found.scored >= MOSTLY and found.low >= 0 and found.high <= 10,
    Column.CSAT: lambda found: found.scored >= MOSTLY and found.low >= 0 and 1 < found.high <= 100,
    Column.CES: lambda found: found.scored >= MOSTLY and found.low >= 1 and found.high <= 7,
    Column.DATE: lambda found: found.dated >= 0.6,
    Column.STARTED: lambda found: found.dated >= 0.6,
    Column.DURATION: lambda found: found.scored >= MOSTLY,
    Column.LANGUAGE: lambda found: found.length <= 20 and found.spaced < 0.1 and found.scored < 0.5,
    Column.SOURCE_ID: lambda found: found.distinct >= 0.99 and found.spaced < 0.2 and found.written < 0.5,
    Column.CUSTOMER: lambda found: (
        found.written < 0.5 and found.length <= 60 and not (found.n >= 20 and found.distinct < 0.05)
    ),
}


CHANNELS = re.compile(
    r"e-?mail|telefon|phone|hotline|chat|app|web|website|webseite|filiale|shop|onlineshop|online|social media|brief|post|"
    r"store|vor ort|callcenter|sms|whatsapp",
    re.IGNORECASE,
)


def evidence(column: Column, found: Profile, cells: pd.Series) -> float:
    """How strongly header and values speak for a meaning: 0 (not at all) … about 120."""
    if not fits(column, found) or (found.n == 0 and column in USABLE):
        return 0.0
    if column == Column.SOURCE_ID and _running_number(found):
        return 0.0
    if found.words in NAMED[column]:
        strength = 100.0
    elif _points_to(column, found):
        strength = CLEAR
    else:
        return _silent(column, found, cells)
    strength += 10 * bool(re.search(RATHER.get(column, r"(?!)"), found.words))
    strength -= 25 * bool(re.search(LESS.get(column, r"(?!)"), found.words))
    if column == Column.TEXT:
        strength += min(found.length, 200) / 10
    return strength


def _points_to(column: Column, found: Profile) -> bool:
    """Whether words of the header suggest the meaning. A question asks for a score or a text, never for who, where or what."""
    if found.question and column not in ASKED:
        return False
    hinted = re.search(HINTS.get(column, r"(?!)"), found.words)
    return bool(hinted) and not re.search(AGAINST.get(column, r"(?!)"), found.words)


def _running_number(found: Profile) -> bool:
    """1, 2, 3 … counts the rows of this export and starts anew in the next: no identity of a feedback."""
    return found.n > 1 and found.whole == 1 and found.low in (0, 1) and found.high - found.low == found.n - 1


def _silent(column: Column, found: Profile, cells: pd.Series) -> float:
    """For headers that say nothing ("F7", "Spalte 3", a question): what the values alone suggest."""
    if not found.n:
        return 0.0
    if column == Column.TEXT:
        return (
            20 + min(found.length, 200) / 10
            if found.spaced >= 0.4 and found.length >= 20 and not _links(cells)
            else 0.0
        )
    if re.search("|".join(HINTS.values()), found.words) or IGNORED.search(found.words):
        return 0.0
    return SILENT[column](found, cells) if column in SILENT else 0.0


def _whole(found: Profile) -> bool:
    return found.scored >= 0.95 and found.whole >= 0.95 and found.n >= 5


def _is_nps(found: Profile, _cells: pd.Series) -> float:
    return 25.0 if _whole(found) and 5 < found.high <= 10 and found.low <= 1 else 0.0


def _is_rating(found: Profile, _cells: pd.Series) -> float:
    return 25.0 if found.scored >= 0.95 and found.n >= 5 and found.low >= 1 and 3 <= found.high <= 5 else 0.0


def _is_date(found: Profile, _cells: pd.Series) -> float:
    return 30.0 if found.written >= 0.95 else 0.0


def _is_channel(_found: Profile, cells: pd.Series) -> float:
    known = sum(bool(CHANNELS.fullmatch(values.clean(cell))) for cell in cells.unique()[:50])
    return 25.0 if cells.nunique() <= 50 and known >= max(2, 0.5 * cells.nunique()) else 0.0


SILENT: dict[Column, Callable[[Profile, pd.Series], float]] = {
    Column.NPS: _is_nps,
    Column.RATING: _is_rating,
    Column.DATE: _is_date,
    Column.CHANNEL: _is_channel,
}


IGNORED = re.compile(
    r"like|hilfreich|helpful|vote|version|anzahl|count|thumbs|alter\b|age\b|dauer|duration|menge|betrag|preis|price|umsatz|"
    r"plz|jahr|year|progress|device|gerät|laufende|rang|rank|index|status"
)


def _links(cells: pd.Series) -> bool:
    return bool(cells.head(50).str.match(r"https?://").mean() > 0.5)


# --- the proposal


def propose(export: Export, preset: Preset | None = None) -> Mapping:
    """What each column most probably means, the scales, and the source; the user confirms or corrects it.

    `preset`: of the source, where it is known; else found by the headers. What it leaves open, headers and values say where they
    are clear. Without one the best evidence wins; each header and each meaning is used once. The channel stays open where no column
    holds it and the source does not imply it. Rating questions, further texts and names of people are added last.
    """
    if _is_letter(export.headers):
        return Mapping(source=source_of(export), headers=export.headers)
    known = preset or presets.find(export.headers, export.name)
    said = known.mapping(export) if known else Mapping(headers=export.headers)
    ignored = known.ignores(export.headers) if known else frozenset()
    profiles = {
        header: profile(header, export.head.cells[header], export.wordings.get(header, ""))
        for header in export.headers
        if header not in ignored
    }
    columns = _columns(export, said, profiles, known is not None)
    chosen = {column: profiles[header] for column, header in columns.items() if header in profiles}
    csat_scale, csat_words = _csat_scale(export, chosen.get(Column.CSAT))
    mapped = replace(
        said,
        columns=tuple((column, columns[column]) for column in Column if column in columns),
        rating_scale=(known and known.rating_scale) or _rating_scale(chosen.get(Column.RATING)),
        csat_scale=(known and known.csat_scale) or csat_scale,
        csat_words=csat_words,
        ces_variant=(known and known.ces_variant) or _ces_variant(chosen.get(Column.CES)),
        day_first=_day_first(export, columns.get(Column.DATE), known),
        source=None if Column.SOURCE in columns else said.source or source_of(export),
    )
    return _with_answers(export, mapped, ignored)


def _columns(export: Export, said: Mapping, profiles: dict[str, Profile], is_known: bool) -> dict[Column, str]:
    """What the preset said, as far as it is sound; then questions that ask for a key figure; then the evidence."""
    columns = _sound(dict(said.columns), profiles)
    wanted = _open(said, is_known)
    taken = [header for header in export.headers if header not in profiles or header in said.used()]
    asked = surveys.kpis(export, taken)
    columns |= {column: header for column, header in asked.items() if column in wanted}
    left = {header: each for header, each in profiles.items() if header not in {*taken, *columns.values()}}
    wanted = [column for column in wanted if column not in columns]
    return columns | _assigned(export, left, wanted, CLEAR if is_known else WEAK)


def _sound(columns: dict[Column, str], profiles: dict[str, Profile]) -> dict[Column, str]:
    """Without a number of the source that does not tell rows apart: it would make versions of one feedback out of several."""
    header = columns.get(Column.SOURCE_ID)
    found = profiles.get(header) if header else None
    unsound = found is not None and (not fits(Column.SOURCE_ID, found) or _running_number(found))
    return {column: header for column, header in columns.items() if not (unsound and column == Column.SOURCE_ID)}


def _open(said: Mapping, is_known: bool) -> list[Column]:
    """The meanings that evidence may still find. Where a source is known, what is a text is no matter of evidence."""
    named = dict(said.columns)
    given = {Column.CHANNEL: said.channel, Column.SOURCE: said.source}
    texts = (Column.TEXT, Column.TITLE, Column.SOURCE_ID, Column.REPLY) if is_known else ()
    return [column for column in Column if column not in named and not given.get(column) and column not in texts]


def _with_answers(export: Export, mapped: Mapping, ignored: Collection[str]) -> Mapping:
    """With the rating questions, the texts and the names among the columns that mean nothing yet."""
    taken = {*mapped.used(), *ignored}
    questions = surveys.questions(export, taken)
    taken |= {question.header for question in questions}
    texts = surveys.texts(export, taken)
    columns = mapped.columns
    main = _main_text(export, texts)
    if main and mapped.header(Column.TEXT) is None and not mapped.texts:
        texts = tuple(each for each in texts if each[1] != main)
        columns = tuple((column, h) for column in Column if (h := dict([*columns, (Column.TEXT, main)]).get(column)))
    groups = {header for column, header in columns if column != Column.CUSTOMER}  # the name of a place is no name
    people = [header for header in surveys.names(export) if header not in groups]
    return replace(
        mapped,
        columns=columns,
        texts=(*mapped.texts, *texts),
        questions=(*mapped.questions, *questions),
        names=tuple(dict.fromkeys([*mapped.names, *people])),
    )


def _main_text(export: Export, texts: Sequence[tuple[Field, str]]) -> str | None:
    """The column in which most is written; None where that answers what was good, bad or to be improved, and so is no text as such."""
    written = {header: int(export.head.cells[header].str.len().sum()) for _field, header in texts}
    said, header = max(texts, key=lambda each: written[each[1]], default=(None, None))
    return header if said in (Field.TEXT, Field.OTHER) else None


def _assigned(
    export: Export, profiles: dict[str, Profile], wanted: Sequence[Column], least: float
) -> dict[Column, str]:
    """Greedy from the strongest evidence down to `least`; of equals the one further left."""
    found = [
        (evidence(column, each, export.head.cells[header]), -position, column, header)
        for position, (header, each) in enumerate(profiles.items())
        for column in wanted
    ]
    columns: dict[Column, str] = {}
    for strength, _position, column, header in sorted(found, key=lambda each: each[:2], reverse=True):
        if strength >= least and column not in columns and header not in columns.values():
            columns[column] = header
    return columns


def _is_letter(headers: Sequence[str]) -> bool:
    """Whether the only header has no word of any meaning: the first line of a letter, read as a table of one column."""
    words = words_of(headers[0])
    speaks = len(words) <= LONGEST_ONLY_HEADER and re.search("|".join(HINTS.values()), words)
    return len(headers) == 1 and not speaks


def _rating_scale(found: Profile | None) -> tuple[float, float]:
    """Worst and best value; German school marks ("Note" up to 6) are best at 1."""
    if found and re.search(r"\b(?:schul|gesamt)?note\b", found.words) and 5 < found.high <= 6:
        return (6, 1)
    return _scale(found)


def _scale(found: Profile | None) -> tuple[float, float]:
    """Worst and best value of a column of scores: the named best value, else the smallest usual scale that holds all."""
    if found is None or not found.n:
        return (1, 5)
    written = re.search(r"\b([01]) (?:bis |to )?(5|7|10|100)\b", found.words)
    if written and found.high <= float(written[2]):
        return (float(written[1]), float(written[2]))
    best = found.named_high or next((high for high in (5, 7, 10, 100) if found.high <= high), found.high)
    if found.low < 0:
        return (-best, best)
    return (0 if found.low < 1 or best == 100 else 1, best)


def _csat_scale(export: Export, found: Profile | None) -> tuple[tuple[float, float], tuple[tuple[str, float], ...]]:
    """Scale and words as the question shows them; for numbers without a told scale the smallest usual one that holds all."""
    asked = surveys.scale(export, found.header) if found else None
    if asked and found and surveys.is_ladder(asked) and found.scored < MOSTLY:
        return (asked.worst, asked.best), asked.words
    return ((asked.worst, asked.best) if asked and not asked.words else _scale(found)), ()


def _ces_variant(found: Profile | None) -> CesVariant:
    if found and found.n and (found.high <= 5 and not re.search(r"\b1 (?:bis |to )?7\b|einfach|easy", found.words)):
        return CesVariant.V1
    return CesVariant.V2


def _day_first(export: Export, header: str | None, known: Preset | None) -> bool:
    """As the whole column shows; where it shows nothing as the source writes it, else the German way."""
    if header is None:
        return True
    facts = export.facts[header]
    if facts.first_over_12 != facts.second_over_12:
        return facts.first_over_12
    if known and known.day_first is not None:
        return known.day_first
    return not any(values.is_american(cell) for cell in facts.distinct)


# What a file's name or headers say about where it comes from; first match counts.
SOURCES = (
    ("Google Play", r"google[ _-]?play|package name|play\.google"),
    ("App Store", r"app[ _-]?store|itunes|apps\.apple|developerresponse"),
    ("Trustpilot", r"trustpilot"),
    ("Google", r"google"),
    ("Verivox", r"verivox|\brts_"),
    ("kununu", r"kununu"),
    ("Trusted Shops", r"trusted[ _-]?shops"),
    ("ProvenExpert", r"proven[ _-]?expert"),
    ("Amazon", r"amazon"),
    ("jameda", r"jameda"),
    ("HolidayCheck", r"holiday[ _-]?check"),
    ("Booking.com", r"booking"),
    ("Tripadvisor", r"trip[ _-]?advisor"),
    ("Zendesk", r"zendesk"),
)


def source_of(table: Export) -> str:
    """The source that the file's name, headers or first links name; else the file's name, made readable."""
    stem = PurePath(table.name.replace("\\", "/")).stem
    first = " ".join(table.head.cells.iloc[0].str.slice(0, 200)) if len(table) else ""
    for text in (
        stem,
        " ".join(h for h in table.headers if len(h) <= 30),
        " ".join(re.findall(r"https?://\S+", first)),
    ):
        for name, pattern in SOURCES:
            if re.search(pattern, text, re.IGNORECASE):
                return name
    pretty = re.sub(r"[\s_]+", " ", re.sub(r"[-_.]+", " ", stem)).strip()
    return pretty[:1].upper() + pretty[1:] if pretty else "Import"


def needs(export: Export, mapping: Mapping) -> frozenset[Need]:
    """What the user should still say before the import."""
    found = set()
    if not mapping.is_usable():
        found.add(Need.USABLE)
    if mapping.header(Column.CHANNEL) is None and not mapping.channel:
        found.add(Need.CHANNEL)
    header = mapping.header(Column.DATE)
    if header in export.headers:
        facts = export.facts[header]
        ordered = facts.first_over_12 or facts.second_over_12 or presets.tells_day_order(mapping.preset)
        if not ordered and any(map(values.is_slashed, facts.distinct)):
            found.add(Need.DAY_ORDER)
        if mapping.export_date is None and any(map(values.is_relative, facts.distinct)):
            found.add(Need.EXPORT_DATE)
    return frozenset(found)
