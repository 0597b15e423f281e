"""What the columns of a survey ask: rating questions with scale, pillar and touchpoint; key figures; free texts; people's names.

A proposal for the user to confirm, read from the wording of each question and from the answers of the file's first rows.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from cx import text
from cx.ingest import scales, values
from cx.ingest.reading import Export
from cx.ingest.scales import Scale
from cx.model import taxonomy
from cx.model.columns import Column, Field
from cx.model.kpi import CesVariant
from cx.model.survey import Question

ENGLISH = Path(__file__).parents[2] / "data" / "surveys" / "english.tsv"
MOST_ANSWERS = 150  # different answers of one question; more are texts, ids or amounts
SAMPLE = 2_000  # filled cells of a column of texts that are looked at
NEGATIVE = -0.3  # polarity of a statement from which agreeing is bad; a plain negative word reads as about −0.5
WORDS_OF_TEXT = 3  # words that an answer in own words has on average, at least
WORDS_OF_OTHER = 5  # the same where "Other" is all that the file says of the question
WORDS_OF_HEADER = 5  # more are a question
LONGEST_LABEL = 25  # different answers; a column with fewer that come again and again holds labels
REPEATED = 0.2  # different per filled cell; labels stay below, texts above

# --- what wordings say

LADDER = 4  # steps of a scale in words, so that its two top boxes are not all of it
SUB_QUESTION = re.compile(r"^(?P<main>.*?)\s*\[(?P<sub>[^\[\]]+)\]\s*$", re.DOTALL)
DASHED = re.compile(r"^(?P<main>.+[?:.…])\s+[-–]\s+(?P<sub>\S.*)$", re.DOTALL)  # Qualtrics
DOTTED = re.compile(r"^(?P<main>.+[?:])\s*\.\s*(?P<sub>[^.].*)$", re.DOTALL)  # Microsoft Forms
NUMBERED = re.compile(r"\s\(\d+\)$")  # a second column of the same name
CODE = re.compile(
    r"(?:[a-zäöü]{1,4}\s?\d+(?:[_.\s-]?\w{1,4})*|\d+|spalte \d+|unnamed.*|frage \d+|question \d+)", re.IGNORECASE
)
STEM = re.compile(r"^(?P<main>[A-Za-z]{1,6}\d*)[_.\s-](?P<sub>\d{1,3})$")  # Q5_1, Q5_2 …
LEAD = re.compile(
    r"^(?:bitte )?(?:(?:bewerten|beurteilen) sie:? |"
    r"wie (?:sehr )?(?:un)?zufrieden (?:sind|waren|bist|warst|seid) (?:sie|du|ihr) (?:insgesamt |alles in allem )?mit |"
    r"wie (?:bewerten|beurteilen|empfanden|empfinden|finden|fanden|gefällt|gefallen) (?:sie |ihnen |du |dir )?)",
    re.IGNORECASE,
)
HOW = re.compile(
    r"^wie (?P<how>[a-zäöüß]+) (?P<verb>war|ist|waren|sind|haben|hat|wurde|wurden|finden) "
    r"(?:es )?(?:sie |für sie |ihnen )?(?P<rest>.+)$",
    re.IGNORECASE,
)
RATES = re.compile(
    r"zufrieden|bewert|beurteil|\b(?:schul|gesamt)?noten?\b|benot|zustimm|stimmen sie|trifft|treffen|empfehl|qualität|skala|sterne|"
    r"wie (?:gut|wohl|sehr|einfach|leicht|schwer|schwierig|schnell|kompliziert|verständlich|übersichtlich|hoch war ihr aufwand)|"
    r"wie \w+(?:lich|ig|bar|ent|ant|sam|reich|voll) (?:war|ist|fanden|finden|empf|sind|waren)|gefallen|gefällt|aufwand|erwartung|"
    r"satisf|\brate\b|rating|\bscore\b|agree|recommend|how (?:easy|likely|well|good|helpful|friendly|clear|quick)|effort|stars|"
    r"\bnps\b|\bcsat\b|\bces\b",
    re.IGNORECASE,
)
ASKS_ALL = re.compile(
    r"insgesamt|gesamt|alles in allem|overall|in general|generell|allgemein|grundsätzlich", re.IGNORECASE
)
AMOUNT = re.compile(
    r"\b(?:alter|age|jahrgang|geburts\w*|plz|postleitzahl|zip|postal|anzahl|wie ?viele?|how many|how much (?:money|time|was)|wie ?lange|how long|"
    r"stunden|hours|monate?n?|months?|jahre?n?|years?|minuten|minutes|dauer|duration|betrag|umsatz|einkommen|income|salary|"
    r"kosten in|ausgegeben|spent|nummer|number|nr|count|likes?|dislikes?|votes?|helpful|hilfreich gefunden|version|latitude|longitude|"
    r"breitengrad|längengrad|progress|stand|rang|rank|ranking|reihenfolge|position|index|zufallsstartwert|seed|seite|page|collector|session|"
    r"größe|gewicht|temperatur|haushalt\w*|kinder|personen|datum|date|zeit|time|startzeit|uhrzeit|id|ip|code|preis in|menge|quantity)\b",
    re.IGNORECASE,
)
DEMOGRAPHIC = re.compile(
    r"altersgruppe|age group|geschlecht|gender|\bsex\b|\bbildung|schulabschluss|abschluss|beruf|branche|familienstand|nationalität|staatsangehörig|bundesland|"
    r"wohnort|\bland\b|country|education|occupation|job|marital|welcher altersgruppe|religion|ethnic",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"^(?:\W|\d)*(?:welche[rsnm]?|wo|wer|wann|womit|wodurch|woher|wofür|worüber|which|where|when|who|what|in welche[rmn]?|mit welche[rmn]|"
    r"bei welche[rmn]|aus welche[mnr]|über welche[nms]?|auf welche[mnr]?|zu welche[rmn])\b(?! (?:note|schulnote|bewertung|rating))",
    re.IGNORECASE,
)
USES = re.compile(
    r"nutz|verwend|benutz|besuch|kauf|bestell|einkauf|bezieh|liest|lesen|\buse\b|using|visit|\bbuy|shop|purchase|wichtig|important|importance",
    re.IGNORECASE,
)
IMPORTANCE = re.compile(r"wichtig|important|importance|stellenwert", re.IGNORECASE)
CONSENT = re.compile(
    r"einverstanden|einwillig|teilnahme|datenschutz|kontaktier|newsletter erhalten|consent|gdpr|dsgvo|agb\b",
    re.IGNORECASE,
)
STATED_BAD = re.compile(
    r"mehrfach|mehrmals|umständlich|\bzu (?:lange?|viele?|hoch|teuer|wenige?|kompliziert|langsam|schwer)\b|unbehagen|überforder|unsicher|hilflos|"
    r"too (?:long|many|much|expensive|complicated|slow)|confusing|frustrating",
    re.IGNORECASE,
)
GENERIC = re.compile(r"aussage|statement|inwieweit stimmen|zustimm", re.IGNORECASE)
SOLVED = re.compile(
    r"gelöst|\blös(?:en|t|te)\b|geklärt|behoben|erledigt|geholfen|gemeistert|auch wenn|trotz|solved|resolved|helped",
    re.IGNORECASE,
)
YES_IS_BAD = re.compile(
    r"problem|schwierigkeit|ärger|beschwer|reklam|mangel|mängel|beschädig|defekt|fehler|lange?\w* (?:warten|gewartet|wartezeit)|verspät|"
    r"gestört|vermiss|mehrfach|mehrmals|umständlich|kompliziert|unfreundlich|verwirr|überforder|"
    r"\bissues?\b|trouble|difficult|complain|damaged|broken|confus|frustrat",
    re.IGNORECASE,
)
YES_IS_GOOD = re.compile(
    r"gefunden|zufrieden|freundlich|höflich|kompetent|hilfreich|verständlich|pünktlich|vollständig|erreich|empfehl|erfüllt|"
    r"übertroffen|einfach|leicht|schnell|zügig|sauber|ernst genommen|wohl|gefallen|gefällt|funktionier|wieder .*(?:kauf|bestell|komm|besuch|buch)|"
    r"recommend|helpful|satisf|easy|friendly|\bagain\b|found what|on time",
    re.IGNORECASE,
)
NEVER = re.compile(r"\bnicht\b|\bnot\b|n't\b", re.IGNORECASE)
STATES = re.compile(
    r"\b(?:ist|sind|war|waren|hat|haben|hatte|habe|wird|wurde|wurden|musste|muss|kann|konnte|gab|gibt|fühle|fühlte|fällt|macht|machen|"
    r"is|are|was|were|had|has|have|feel|felt)\b"
)

NPS = re.compile(r"empfehl|recommend|\bnps\b|net promoter", re.IGNORECASE)
CSAT = re.compile(
    r"\bcsat\b|gesamtzufriedenheit|kundenzufriedenheit|customer satisfaction|overall satisfaction|"
    r"zufrieden\w* .*\bmit (?:uns|unserem unternehmen|unserer firma|ihrem (?:besuch|einkauf|aufenthalt) insgesamt)\b|satisfied .*with (?:us|our company)\b",
    re.IGNORECASE,
)
CES_EFFORT = re.compile(
    r"\bces\b|customer effort|(?:aufwand|mühe|anstreng\w*)\b.*(?:anliegen|problem|anfrage|lös|klär|erledig|bearbeit|sie|ihr|betreib)|"
    r"(?:wie viel|wie hoch|wie groß)\b.*(?:aufwand|mühe|anstreng)|how much effort",
    re.IGNORECASE,
)
CES_EASE = re.compile(
    r"\bces\b|customer effort|(?:einfach|leicht) gemacht|(?:einfach|leicht)\b.*(?:anliegen|problem|anfrage|lös|klär|erledig|bearbeit)|"
    r"made it easy|easy (?:for me )?to (?:handle|solve|resolve|get)|how easy was it",
    re.IGNORECASE,
)
CES_EASE_ONLY = re.compile(r"einfach|leicht|\beas[ey]", re.IGNORECASE)
CES_SCALES = {CesVariant.V1: (1, 5), CesVariant.V2: (1, 7)}

POSITIVE = re.compile(
    r"^(?:pros?|vorteile?|positiv\w*|likes?|liked|gut|lob|stärken|strengths?|plus|gefallen|highlights?|was war gut|best)$|"
    r"positive (?:review|feedback|comment)|(?:gut |besonders |besten |am meisten )?gefallen|gefällt|gut gelaufen|was (?:war|fanden sie) .*\bgut\b|"
    r"überzeugt|begeistert|what (?:did|do) you like|like (?:most|best)|did well|worüber .*gefreut|zufrieden mit\?$|\blob\b|positives",
    re.IGNORECASE,
)
NEGATIVE_TEXT = re.compile(
    r"^(?:contras?|cons|kontra|nachteile?|negativ\w*|dislikes?|disliked|schlecht|schwächen|weaknesses|minus|kritik|mängel|worst)$|"
    r"negative (?:review|feedback|comment)|nicht (?:so )?(?:gut )?gefallen|gefällt .*nicht|missfall|gestört|geärgert|enttäuscht|nicht gut|schlecht gelaufen|"
    r"unzufrieden|dislike|like least|did not like|didn.t like|frustrat|negatives|was (?:war|lief|fanden sie) .*schlecht|probleme? .*(?:welche|beschreib)",
    re.IGNORECASE,
)
IMPROVEMENT = re.compile(
    r"verbesser|besser machen|besser werden|anregung|vorschl[aä]g|wünsch|wunsch|optimier|improve|suggestion|do better|could we|change|ändern|fehlt|vermiss|missing",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"sonstige|anderes|andere[rs]?\b|\bother\b|bitte angeben|please specify|kommentar|comment", re.IGNORECASE
)
SAYS_TEXT = re.compile(
    r"kommentar|comment|begründ|warum|weshalb|wieso|why|grund\b|reason|erzähl|beschreib|feedback|anmerk|mitteilen|sagen|meinung|freitext|open.?ended|"
    r"in eigenen worten|noch etwas|review|rezension|erfahrung|text\b|lob|kritik|nachricht|message|tell us|hinweis",
    re.IGNORECASE,
)
NO_TEXT = re.compile(
    r"e-?mail|mail\b|telefon|phone|handy|fax|adresse|address|straße|strasse|street|\bort\b|stadt|city|\bplz\b|zip|\burl\b|\blink\b|website$|"
    r"\bip\b|\bid\b|\buuid\b|user ?agent|browser|device|gerät$|version|sprache|language|locale|tags?$|labels?$|datum|date|zeit|time\b|"
    r"kundennummer|auftragsnummer|bestellnummer|vertragsnummer|nummer|number|firma$|company$|unternehmen$|organisation$|"
    r"filiale$|standort|location|kategorie|category|produkt$|product$|channel|kanal|quelle|source|collector|custom|antwort des|reply|response$|"
    r"antwort$|stellungnahme|status|topics?$|sentiment|geburt|birth|latitude|longitude|referenz|reference|permalink|group_?id|agent",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(?:(?:ihr|dein|your|wie (?:ist|lautet) (?:ihr|dein)) )?"
    r"(?:(?:kunden|nutzer|benutzer|reviewer|rezensenten|empfänger|autor|bearbeiter|berater|mitarbeiter|gast|ansprechpartner|customer|user|guest|author|"
    r"agent|employee|respondent|contact|recipient|assignee|reviewer|consumer|review|display|full|account|nick|first|last|middle|given|family|sur|"
    r"company reply|requester|vor|nach|familien|vor und nach|vor und zu|zu|ruf)[ -]?)*names?(?: des empfängers| der kundin| des kunden)?"
    r"|(?:review |reviewer )?(?:author|autor|autorin|verfasser|verfasserin|reviewer|rezensent|nutzer|username|nickname|displayname|person|assignee|"
    r"requester|bearbeiter|sachbearbeiter|berater|ansprechpartner|kunde|kundin|customer|recipient|respondent name)",
    re.IGNORECASE,
)
NOT_NAMES = re.compile(
    r"produkt|product|filial|store|shop|app|package|business|firm|unternehmen|location|standort|webshop|domain|file|datei|hotel|brand|marke|"
    r"projekt|project|event|survey|kampagne|campaign|column|firmen|company name|organi|ort|place|strasse|straße|street",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Asked:
    """One column of a survey: its header, what was asked in full, the question over several columns ("" where there is none), the
    question of the column alone, and its answers (cell -> how often).
    """

    header: str
    wording: str
    main: str
    sub: str
    answers: Counter[str]


def wording_of(export: Export, header: str) -> str:
    """What was asked in a column, on one line: what header rows say, else the header."""
    said = export.wordings.get(header) or NUMBERED.sub("", header)
    return values.clean(re.sub(r"<[^<>]{1,200}>", " ", said))


def _parts(wording: str, header: str) -> tuple[str, str]:
    """The question over several columns and that of the column: "Wie zufrieden … [Preis]", "Wie zufrieden …?.Preis", "Q5_1"."""
    match = (
        SUB_QUESTION.match(wording)
        or DASHED.match(wording)
        or DOTTED.match(wording)
        or (STEM.match(wording) if wording == header else None)
    )
    return (match["main"].strip(), match["sub"].strip()) if match else ("", wording)


def _columns(export: Export, taken: Collection[str]) -> list[_Asked]:
    found = []
    for header in export.headers:
        if header in taken:
            continue
        answers = Counter(
            export.head.cells[header].tolist()
        )  # on few different cells three times as fast as value_counts
        if len(answers) > MOST_ANSWERS:
            continue
        wording = wording_of(export, header)
        answers.update(dict.fromkeys(_elsewhere(export, header, answers), 1))
        found.append(_Asked(header, wording, *_parts(wording, header), answers))
    return found


def _elsewhere(export: Export, header: str, answers: Counter[str]) -> list[str]:
    """Answers that the first rows do not have but the file has."""
    facts = export.facts.get(header)
    distinct = [] if facts is None else list(facts.distinct)
    return [cell for cell in distinct if cell not in answers] if len(distinct) <= MOST_ANSWERS else []


# --- rating questions


def questions(export: Export, taken: Collection[str]) -> tuple[Question, ...]:
    """The rating questions among the columns not yet `taken`, in the file's order, each with scale, pillar and touchpoint.

    Amounts, dates, ids, choices, usage, importance and whatever the answers do not show to be a rating are left out; none is
    proposed where the file has none. Pillar and touchpoint are "" where the wording names none.
    """
    asked = [each for each in _columns(export, taken) if not _is_name(each.header)]
    scaled = [(each, scale) for each, scale in zip(asked, _scales(asked), strict=True) if scale is not None]
    read = _read([each for each, _scale in scaled])
    siblings = Counter((each.main, scale.ends) for each, scale in scaled if each.main)
    found = []
    for (each, scale), said in zip(scaled, read, strict=True):
        rated = _rated(each, scale, said, siblings[each.main, scale.ends])
        if rated is not None:
            ends = rated.worst, rated.best
            found.append(Question(each.header, each.wording, *ends, rated.words, said.pillar, said.touchpoint))
    return tuple(found)


def scale(export: Export, header: str) -> Scale | None:
    """The scale of one column as its wording and answers show it; None where it has none."""
    asked = _columns(export, [other for other in export.headers if other != header])
    return _scales(asked)[0] if asked else None


def _scales(asked: Sequence[_Asked]) -> list[Scale | None]:
    """The scale of each column. Columns of one question share their answers: what nobody said of one was said of another."""
    own = [scales.recognise(each.wording, each.answers) for each in asked]
    together: dict[str, Counter[str]] = {}
    for each, alone in zip(asked, own, strict=True):
        if each.main and alone:
            together.setdefault(each.main, Counter()).update(each.answers)
    shared = {main: scales.recognise(main, answers) for main, answers in together.items()}
    return [alone and (shared.get(each.main) or alone) for each, alone in zip(asked, own, strict=True)]


def _rated(each: _Asked, found: Scale, said: "_Said", siblings: int) -> Scale | None:
    """The scale, turned where a negative statement is agreed with; None where the column is no rating question."""
    wording = each.wording
    if found.usage or IMPORTANCE.search(wording) or (DEMOGRAPHIC.search(wording) and not RATES.search(wording)):
        return None
    turned = found.turned() if found.statement and said.leaning < 0 else found
    if found.kind == scales.YES_NO:
        wanted = said.leaning and not CONSENT.search(wording) and not CHOICE.search(wording)
        return turned if wanted else None
    if found.kind == "frequency":
        return turned if (said.leaning or said.names_any) and not USES.search(wording) else None
    if found.kind != scales.NUMBERS or found.words:
        return turned
    return turned if _is_rating(each, found, said, siblings) else None


def _is_rating(each: _Asked, found: Scale, said: "_Said", siblings: int) -> bool:
    """Whether plain numbers on a usual scale are ratings, as far as the wording tells."""
    if RATES.search(each.wording):
        return True
    if AMOUNT.search(each.wording.replace("_", " ")) or CHOICE.search(each.wording):
        return False
    if siblings >= 3:
        return True
    return found.ends[1] <= 10 and said.names_any and not CODE.fullmatch(each.wording)


# --- what a wording is about


@dataclass(frozen=True)
class _Said:
    """What the wording of a question says: pillar and touchpoint ("" for none); 1 where a yes would be good, −1 where bad, else 0."""

    pillar: str
    touchpoint: str
    leaning: int

    @property
    def names_any(self) -> bool:
        """Whether a pillar or a touchpoint is named."""
        return bool(self.pillar or self.touchpoint)


def aspects(wordings: Sequence[str]) -> list[tuple[str, str]]:
    """The pillar and the touchpoint that each wording of a question names most strongly, "" for none.

    Questions in German are put as statements and read by our own reader; of "Frage [Teilfrage]" the sub-question counts first. What
    it names nothing of is looked up in a short English list.
    """
    read = _read([_Asked(wording, wording, *_parts(wording, ""), Counter()) for wording in wordings])
    return [(said.pillar, said.touchpoint) for said in read]


def _read(asked: Sequence[_Asked]) -> list[_Said]:
    """What each column's wording says: all of them are read at once."""
    ways = [_ways(each) for each in asked]
    texts = list(dict.fromkeys(way for each in ways for way in each))
    if not texts:
        return []
    parts = text.explain_many(texts)
    named, polarity = _named(parts, texts), _polarity(parts, texts)
    found = []
    for each, way in zip(asked, ways, strict=True):
        aspect = [next((named[one][place] for one in way if named[one][place]), "") for place in (0, 1)]
        pillar, touchpoint = aspect if any(aspect) else _english(each.sub)
        found.append(_Said(pillar, touchpoint, _leaning(each.sub, polarity.get(each.sub, 0.0))))
    return found


def _ways(asked: _Asked) -> list[str]:
    """The texts to read for a question, best first. A question over several columns tells what a word or two below it are about."""
    main = [] if STATES.search(asked.sub) or GENERIC.search(asked.main) else [_bare(asked.main)]
    return [way for way in dict.fromkeys([stated(asked.sub), _bare(asked.sub), asked.sub, *main]) if way]


def stated(wording: str) -> str:
    """A question as a statement: "Wie freundlich war die Beraterin?" -> "die Beraterin war freundlich"."""
    bare = _bare(wording)
    match = HOW.match(bare)
    return f"{match['rest']} {match['verb']} {match['how']}" if match else bare


def _bare(wording: str) -> str:
    return LEAD.sub("", wording).rstrip("?: …")


def _named(parts: pd.DataFrame, texts: list[str]) -> dict[str, tuple[str, str]]:
    """Per text the pillar and the touchpoint with the most evidence, "" where none is named."""
    naming = parts[parts["dimension"].isin(["pillar", "touchpoint"])]
    sums = naming.groupby(["text", "statement", "dimension", "aspect"])["naming"].sum().reset_index()
    best = sums.sort_values("naming", ascending=False, kind="stable").drop_duplicates(["text", "dimension"])
    found = {(row.text, row.dimension): row.aspect for row in best.itertuples()}
    return {
        each: (found.get((place, "pillar"), ""), found.get((place, "touchpoint"), ""))
        for place, each in enumerate(texts)
    }


def _polarity(parts: pd.DataFrame, texts: list[str]) -> dict[str, float]:
    """Per text its polarity, −1 … 1."""
    sums = parts[parts["dimension"] == "polarity"].groupby("text")["contribution"].sum().to_dict()
    return {each: sums.get(place, 0.0) for place, each in enumerate(texts)}


@cache
def _english_words() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    known = {*taxonomy.pillar_keys(), *taxonomy.touchpoint_keys(), ""}
    listed = pd.read_csv(ENGLISH, sep="\t", dtype=str, keep_default_na=False)
    assert set(listed["pillar"]) | set(listed["touchpoint"]) <= known
    return tuple(
        (re.compile(rf"\b{re.escape(row.word)}", re.IGNORECASE), row.pillar, row.touchpoint)
        for row in listed.itertuples()
    )


def _english(wording: str) -> tuple[str, str]:
    hits = [(pillar, touchpoint) for pattern, pillar, touchpoint in _english_words() if pattern.search(wording)]
    return next((p for p, _t in hits if p), ""), next((t for _p, t in hits if t), "")


def _leaning(wording: str, polarity: float) -> int:
    """1 where a yes to a question, or agreeing with a statement, would be good, −1 where it would be bad, 0 where it is neither."""
    if "?" in wording:
        if YES_IS_BAD.search(wording) and not SOLVED.search(wording):
            return -1
        good = SOLVED.search(wording) or YES_IS_GOOD.search(wording)
        return (-1 if NEVER.search(wording) else 1) if good else 0
    if not STATES.search(wording) and len(wording.split()) < 4:
        return int(bool(YES_IS_GOOD.search(wording)))
    if STATED_BAD.search(wording):
        return -1
    if polarity <= NEGATIVE and not SOLVED.search(wording):
        return -1
    return int(polarity >= -NEGATIVE or bool(YES_IS_GOOD.search(wording)))


# --- key figures


def kpi(wording: str, scale: Scale) -> Column | None:
    """Which key figure a question with this wording and scale asks for: NPS (0–10, would recommend), CES (see `ces_variant`),
    CSAT (overall satisfaction, higher is better); None for any other question.
    """
    if NPS.search(wording) and _is_nps_scale(wording, scale):
        return Column.NPS
    if ces_variant(wording, scale) is not None:
        return Column.CES
    overall = CSAT.search(wording) or (
        ASKS_ALL.search(wording) and re.search(r"zufrieden|satisf", wording, re.IGNORECASE)
    )
    return Column.CSAT if overall and scale.best > scale.worst and scale.ends != (0, 1) else None


def _is_nps_scale(wording: str, scale: Scale) -> bool:
    """0–10, also where nobody gave a 0; a wording of its own ("1 bis 10") is another scale."""
    if scale.worst > scale.best:
        return False
    written = scales.RANGE.search(wording)
    return scale.ends == (0, 10) or (scale.ends == (1, 10) and not (written and written["low"] == "1"))


def ces_variant(wording: str, scale: Scale) -> CesVariant | None:
    """CES 1.0 where the effort is asked for on 1–5 (low is good), 2.0 where the ease is on 1–7 (high is good); None where it is
    neither: ease on five steps is a rating question, no CES.
    """
    if scale.ends == CES_SCALES[CesVariant.V1] and CES_EFFORT.search(wording) and not CES_EASE_ONLY.search(wording):
        return CesVariant.V1 if scale.worst > scale.best or not scale.told else None
    if scale.ends == CES_SCALES[CesVariant.V2] and CES_EASE.search(wording):
        return CesVariant.V2 if scale.best > scale.worst else None
    return None


def kpis(export: Export, taken: Collection[str]) -> dict[Column, str]:
    """NPS, CSAT and CES among the columns not yet `taken`: per key figure the first column that asks for it.

    CSAT also in words ("sehr zufrieden"), of a scale of four steps or more; NPS and CES in numbers only.
    """
    found: dict[Column, str] = {}
    asked = [each for each in _columns(export, taken) if NPS.search(each.wording) or _may_be_kpi(each.wording)]
    for each, known in zip(asked, _scales(asked), strict=True):
        if known is None:
            continue
        column = kpi(each.wording, _wide(each.wording, known))
        if column is not None and (_in_numbers(each.answers) or column == Column.CSAT and is_ladder(known)):
            found.setdefault(column, each.header)
    return found


def _may_be_kpi(wording: str) -> bool:
    return bool(
        CSAT.search(wording) or CES_EFFORT.search(wording) or CES_EASE.search(wording) or ASKS_ALL.search(wording)
    )


def _wide(wording: str, known: Scale) -> Scale:
    """The scale, 0–10 where a column is called NPS and nobody gave more than a 5."""
    named = re.search(r"\bnps\b|net promoter", wording, re.IGNORECASE) and known.kind == scales.NUMBERS
    return replace(known, worst=0, best=10) if named and known.ends in ((0, 5), (1, 5), (1, 6), (1, 7)) else known


def is_ladder(known: Scale) -> bool:
    """Whether a scale in words counts from 1 and has steps enough for two top boxes."""
    low, high = known.ends
    return bool(known.words) and low == 1 and high >= LADDER


def _in_numbers(answers: Counter[str]) -> bool:
    """Whether the answers can be read as numbers without words of a scale."""
    given = {cell: n for cell, n in answers.items() if not scales.says_nothing(cell)}
    return sum(n for cell, n in given.items() if values.score(cell)) >= scales.KNOWN * max(sum(given.values()), 1)


# --- free texts


def texts(export: Export, taken: Collection[str]) -> tuple[tuple[Field, str], ...]:
    """The columns with answers in own words among those not yet `taken`: what each answers, and its header, in the file's order.

    Names, addresses, ids, links, dates, labels that come again and again and columns without any text are left out.
    """
    found = []
    for header in export.headers:
        wording = wording_of(export, header)
        main, sub = _parts(wording, header)
        if header in taken or _is_name(header) or any(_holds_data(said) for said in (header, sub)):
            continue
        cells = _filled(export.head.cells[header])
        if len(cells) and _own_words(cells, main, sub) and not _on_a_scale(wording, cells):
            found.append((field_of(wording), header))
    return tuple(found)


def field_of(wording: str) -> Field:
    """What a free text with this wording answers: what was bad, what was good, what to improve, or anything else."""
    main, sub = _parts(values.clean(wording), "")
    for said in (sub, main):
        plain = re.sub(r"[_?:!.]+", " ", said).strip()
        if IMPROVEMENT.search(plain) and not re.search(r"nicht .*verbesser", plain, re.IGNORECASE):
            return Field.IMPROVEMENT
        if NEGATIVE_TEXT.search(plain):
            return Field.NEGATIVE
        if POSITIVE.search(plain):
            return Field.POSITIVE
    return Field.OTHER


def _on_a_scale(wording: str, cells: pd.Series) -> bool:
    answers = Counter(cells.tolist())
    return len(answers) <= MOST_ANSWERS and scales.recognise(wording, answers) is not None


def _holds_data(said: str) -> bool:
    """Whether a header says that a column holds addresses, ids, dates and the like; a question that mentions them does not."""
    return len(said.split()) <= WORDS_OF_HEADER and "?" not in said and bool(NO_TEXT.search(said.replace("_", " ")))


def _filled(cells: pd.Series) -> pd.Series:
    return cells[~scales.is_missing(cells)].head(SAMPLE)


def _own_words(cells: pd.Series, main: str, sub: str) -> bool:
    """Whether filled cells are answers in own words: not numbers, dates, links or labels, and several words or asked for as a text."""
    distinct = cells.drop_duplicates()
    if len(cells) > 1 and len(distinct) == 1:
        return False  # a box that was ticked
    if distinct.str.fullmatch(r"\s*(?:https?://\S+|\S+@\S+|[\d\s.,:/%+-]+|[0-9a-f-]{16,}|(?:[^;]+;)+)\s*").mean() > 0.5:
        return False
    if distinct.head(200).map(lambda cell: values.moment(cell) is not None).mean() > 0.5:
        return False
    asked = bool(SAYS_TEXT.search(sub) or field_of(sub) != Field.OTHER)
    words = distinct.str.count(r"\w+(?:[-'’]\w+)*").mean()
    if OTHER.search(sub) and not SAYS_TEXT.search(sub):  # "[Sonstiges]": often one more label
        return words >= (WORDS_OF_TEXT if main else WORDS_OF_OTHER) and not DEMOGRAPHIC.search(main)
    labels = (
        len(cells) >= 20
        and len(distinct) <= max(LONGEST_LABEL, REPEATED * len(cells))
        and len(distinct) < 0.5 * len(cells)
    )
    if labels or (DEMOGRAPHIC.search(sub) and not asked):
        return False
    return words >= WORDS_OF_TEXT or asked


# --- names


def names(export: Export) -> tuple[str, ...]:
    """The columns that hold people's names ("Vorname", "Reviewer Name", "displayName", "author"), in the file's order."""
    return tuple(header for header in export.headers if _is_name(header) or _is_name(wording_of(export, header)))


def _is_name(header: str) -> bool:
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", NUMBERED.sub("", header))
    plain = " ".join(re.sub(r"[^\w]|_", " ", parted).split())
    last = plain.split(" reviewer ")[-1]
    return bool(NAMES.fullmatch(last)) and not NOT_NAMES.search(last)
