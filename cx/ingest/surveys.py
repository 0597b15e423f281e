"""The rating questions of a survey, each with its scale, pillar and touchpoint: a proposal for the user to confirm, read from the wording of
each question and from the answers of the file's first rows.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from cx import text
from cx.ingest import people, questionnaire, scales
from cx.ingest.reading import Export
from cx.ingest.scales import Scale
from cx.model import taxonomy
from cx.model.survey import Question

ENGLISH = Path(__file__).parents[2] / "data" / "surveys" / "english.tsv"
NEGATIVE = -0.3  # polarity of a statement from which agreeing is bad; a plain negative word reads as about −0.5
CODE = re.compile(
    r"(?:[a-zäöü]{1,4}\s?\d+(?:[_.\s-]?\w{1,4})*|\d+|spalte \d+|unnamed.*|frage \d+|question \d+)", re.IGNORECASE
)
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
AMOUNT = re.compile(
    r"\b(?:alter|age|jahrgang|geburts\w*|plz|postleitzahl|zip|postal|anzahl|wie ?viele?|how many|how much (?:money|time|was)|wie ?lange|how long|"
    r"stunden|hours|monate?n?|months?|jahre?n?|years?|minuten|minutes|dauer|duration|betrag|umsatz|einkommen|income|salary|"
    r"kosten in|ausgegeben|spent|nummer|number|nr|count|likes?|dislikes?|votes?|helpful|hilfreich gefunden|version|latitude|longitude|"
    r"breitengrad|längengrad|progress|stand|rang|rank|ranking|reihenfolge|position|index|zufallsstartwert|seed|seite|page|collector|session|"
    r"größe|gewicht|temperatur|haushalt\w*|kinder|personen|datum|date|zeit|time|startzeit|uhrzeit|id|ip|code|preis in|menge|quantity)\b",
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


def questions(export: Export, taken: Collection[str]) -> tuple[Question, ...]:
    """The rating questions among the columns not yet `taken`, in the file's order, each with scale, pillar and touchpoint.

    Amounts, dates, ids, choices, usage, importance and whatever the answers do not show to be a rating are left out; none is
    proposed where the file has none. Pillar and touchpoint are "" where the wording names none.
    """
    asked = [each for each in questionnaire.columns(export, taken) if not people.is_name(each.header)]
    scaled = [
        (each, scale) for each, scale in zip(asked, questionnaire.scales_of(asked), strict=True) if scale is not None
    ]
    read = _read([each for each, _scale in scaled])
    siblings = Counter((each.main, scale.ends) for each, scale in scaled if each.main)
    found = []
    for (each, scale), said in zip(scaled, read, strict=True):
        rated = _rated(each, scale, said, siblings[each.main, scale.ends])
        if rated is not None:
            ends = rated.worst, rated.best
            found.append(Question(each.header, each.wording, *ends, rated.words, said.pillar, said.touchpoint))
    return tuple(found)


def _rated(each: questionnaire.Asked, found: Scale, said: "_Said", siblings: int) -> Scale | None:
    """The scale, turned where a negative statement is agreed with; None where the column is no rating question."""
    wording = each.wording
    if (
        found.usage
        or IMPORTANCE.search(wording)
        or (questionnaire.DEMOGRAPHIC.search(wording) and not RATES.search(wording))
    ):
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


def _is_rating(each: questionnaire.Asked, found: Scale, said: "_Said", siblings: int) -> bool:
    """Whether plain numbers on a usual scale are ratings, as far as the wording tells."""
    if RATES.search(each.wording):
        return True
    if AMOUNT.search(each.wording.replace("_", " ")) or CHOICE.search(each.wording):
        return False
    if siblings >= 3:
        return True
    return found.ends[1] <= 10 and said.names_any and not CODE.fullmatch(each.wording)


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
    read = _read(
        [questionnaire.Asked(wording, wording, *questionnaire.parts(wording, ""), Counter()) for wording in wordings]
    )
    return [(said.pillar, said.touchpoint) for said in read]


def _read(asked: Sequence[questionnaire.Asked]) -> list[_Said]:
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


def _ways(asked: questionnaire.Asked) -> list[str]:
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
