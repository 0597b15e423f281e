"""Which column of a file stands for what: a proposal from header words and values, for the user to confirm.

Presets of known sources and survey layouts with several header rows come before this proposal, later.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

import pandas as pd

from cx.ingest import values
from cx.ingest.reading import Table
from cx.model.columns import USABLE, Column, Mapping
from cx.model.kpi import CesVariant

SAMPLE = 1_000  # non-empty cells of a column that are looked at
LONGEST_ONLY_HEADER = 60  # characters of the header of a one-column file
DISTINCT = 5_000  # distinct scores that are looked at for the ends of a scale
MOSTLY = 0.6  # share of cells that must fit a meaning


class Need(StrEnum):
    """What a file does not say and the user should."""

    CHANNEL = "channel"
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
    Column.NPS: r"\bnps\b|net promoter|weiterempf|empfehl|recommend",
    Column.CSAT: r"\bcsat\b|zufrieden|satisf",
    Column.CES: r"\bces\b|effort|aufwand|einfach|easy|mühe",
    Column.DATE: r"datum|date\b|zeit(?:stempel|punkt)?\b|\btime|timestamp|created|submitted|erstellt|millis|epoch|monat\b|tag\b",
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
    Column.DATE: r"repl|antwort|response|edited|version",
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
    words: str  # the header in lower case, words parted by single spaces
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


def profile(header: str, cells: pd.Series) -> Profile:
    """What the values of one column look like."""
    filled = cells[~values.is_missing(cells)]
    counts = filled.head(SAMPLE).value_counts()
    n = max(1, int(counts.sum()))
    scores = {cell: values.score(cell) for cell in counts.index}
    moments = {cell: values.moment(cell) for cell in counts.index}
    numbers = [each for each in map(values.score, _distinct(filled, scores)) if each]

    def share(cells: Iterable[str]) -> float:
        return sum(counts[cell] for cell in cells) / n

    return Profile(
        header=header,
        words=words_of(header),
        n=len(filled),
        distinct=len(counts) / n,
        length=sum(len(cell) * count for cell, count in counts.items()) / n,
        spaced=share(cell for cell in counts.index if cell.count(" ") >= 2),
        scored=share(cell for cell, found in scores.items() if found),
        whole=share(cell for cell, found in scores.items() if found and found.value.is_integer()),
        low=min((each.value for each in numbers), default=float("nan")),
        high=max((each.value for each in numbers), default=float("nan")),
        named_high=max((each.of for each in numbers if each.of), default=None),
        dated=share(cell for cell, found in moments.items() if found),
        written=share(cell for cell, found in moments.items() if found and not cell.strip().isdigit()),
    )


def _distinct(filled: pd.Series, scores: dict[str, values.Score | None]) -> Sequence[str]:
    """All distinct cells of a column of scores, so that a rare 10 is not missed; of others the sample."""
    looks_scored = sum(found is not None for found in scores.values()) >= 0.5 * len(scores)
    return list(filled.unique()[:DISTINCT]) if looks_scored else list(scores)


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
    Column.CSAT: lambda found: found.scored >= MOSTLY and found.low >= 0 and found.high <= 100,
    Column.CES: lambda found: found.scored >= MOSTLY and found.low >= 1 and found.high <= 7,
    Column.DATE: lambda found: found.dated >= 0.6,
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
    elif re.search(HINTS.get(column, r"(?!)"), found.words) and not re.search(
        AGAINST.get(column, r"(?!)"), found.words
    ):
        strength = 60.0
    else:
        return _silent(column, found, cells)
    strength += 10 * bool(re.search(RATHER.get(column, r"(?!)"), found.words))
    strength -= 25 * bool(re.search(LESS.get(column, r"(?!)"), found.words))
    if column == Column.TEXT:
        strength += min(found.length, 200) / 10
    return strength


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


def propose(table: Table) -> Mapping:
    """What each column most probably means, the scales, and the source; the user confirms or corrects it.

    The best evidence wins; each header and each meaning is used once. The channel stays open where no column holds it.
    """
    profiles = {header: profile(header, table.cells[header]) for header in table.headers}
    columns = _assigned(table, profiles)
    chosen = {column: profiles[header] for column, header in columns.items()}
    return Mapping(
        columns=tuple((column, columns[column]) for column in Column if column in columns),
        rating_scale=_rating_scale(chosen.get(Column.RATING)),
        csat_scale=_scale(chosen.get(Column.CSAT)),
        ces_variant=_ces_variant(chosen.get(Column.CES)),
        day_first=_day_first(table, columns.get(Column.DATE)),
        source=None if Column.SOURCE in columns else source_of(table),
        headers=table.headers,
    )


def _assigned(table: Table, profiles: dict[str, Profile]) -> dict[Column, str]:
    """Greedy from the strongest evidence down; of equals the one further left."""
    found = [
        (evidence(column, profiles[header], table.cells[header]), -position, column, header)
        for position, header in enumerate(table.headers)
        for column in Column
        if len(table.headers) > 1 or _speaks(profiles[header].words)
    ]
    columns: dict[Column, str] = {}
    for strength, _position, column, header in sorted(found, key=lambda each: each[:2], reverse=True):
        if strength > 0 and column not in columns and header not in columns.values():
            columns[column] = header
    return columns


def _speaks(words: str) -> bool:
    """Whether a header has a word of any meaning; the first line of a letter has not, and is no one-column table."""
    return len(words) <= LONGEST_ONLY_HEADER and bool(re.search("|".join(HINTS.values()), words))


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


def _ces_variant(found: Profile | None) -> CesVariant:
    if found and found.n and (found.high <= 5 and not re.search(r"\b1 (?:bis |to )?7\b|einfach|easy", found.words)):
        return CesVariant.V1
    return CesVariant.V2


def _day_first(table: Table, header: str | None) -> bool:
    """False only where a date such as 04/27/2026 shows that the month stands first."""
    if header is None:
        return True
    parts = table.cells[header].str.extract(r"^\s*(\d{1,2})/(\d{1,2})/\d{2,4}").dropna().astype(int)
    return not (len(parts) and (parts[1] > 12).any() and not (parts[0] > 12).any())


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


def source_of(table: Table) -> str:
    """The source that the file's name, headers or first links name; else the file's name, made readable."""
    stem = PurePath(table.name.replace("\\", "/")).stem
    first = " ".join(table.cells.iloc[0].str.slice(0, 200)) if len(table) else ""
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


def needs(table: Table, mapping: Mapping) -> frozenset[Need]:
    """What the user should still say before the import."""
    found = set()
    if not mapping.is_usable():
        found.add(Need.USABLE)
    if mapping.header(Column.CHANNEL) is None and not mapping.channel:
        found.add(Need.CHANNEL)
    header = mapping.header(Column.DATE)
    if header in table.headers and mapping.export_date is None and _any_relative(table.cells[header]):
        found.add(Need.EXPORT_DATE)
    return frozenset(found)


def _any_relative(cells: pd.Series) -> bool:
    # Only words can be relative; the digits of a hundred thousand time stamps need no second look.
    wordy = cells[cells.str.contains(r"vor |ago|heute|gestern|today|yesterday|now|eben", case=False, regex=True)]
    return any(values.is_relative(cell) for cell in wordy.unique())
