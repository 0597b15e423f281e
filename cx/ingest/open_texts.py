"""Which columns of a survey hold answers in own words, and what they answer."""

import re
from collections import Counter
from collections.abc import Collection

import pandas as pd

from cx.ingest import people, questionnaire, scales, values
from cx.ingest.reading import Export
from cx.model.columns import Field

SAMPLE = 2_000  # filled cells of a column of texts that are looked at
WORDS_OF_TEXT = 3  # words that an answer in own words has on average, at least
WORDS_OF_OTHER = 5  # the same where "Other" is all that the file says of the question
WORDS_OF_HEADER = 5  # more are a question
LONGEST_LABEL = 25  # different answers; a column with fewer that come again and again holds labels
REPEATED = 0.2  # different per filled cell; labels stay below, texts above
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


def texts(export: Export, taken: Collection[str]) -> tuple[tuple[Field, str], ...]:
    """The columns with answers in own words among those not yet `taken`: what each answers, and its header, in the file's order.

    Names, addresses, ids, links, dates, labels that come again and again and columns without any text are left out.
    """
    found = []
    for header in export.headers:
        wording = questionnaire.wording_of(export, header)
        main, sub = questionnaire.parts(wording, header)
        if header in taken or people.is_name(header) or any(_holds_data(said) for said in (header, sub)):
            continue
        cells = _filled(export.head.cells[header])
        if len(cells) and _own_words(cells, main, sub) and not _on_a_scale(wording, cells):
            found.append((field_of(wording), header))
    return tuple(found)


def field_of(wording: str) -> Field:
    """What a free text with this wording answers: what was bad, what was good, what to improve, or anything else."""
    main, sub = questionnaire.parts(values.clean(wording), "")
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
    return len(answers) <= questionnaire.MOST_ANSWERS and scales.recognise(wording, answers) is not None


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
        return words >= (WORDS_OF_TEXT if main else WORDS_OF_OTHER) and not questionnaire.DEMOGRAPHIC.search(main)
    labels = (
        len(cells) >= 20
        and len(distinct) <= max(LONGEST_LABEL, REPEATED * len(cells))
        and len(distinct) < 0.5 * len(cells)
    )
    if labels or (questionnaire.DEMOGRAPHIC.search(sub) and not asked):
        return False
    return words >= WORDS_OF_TEXT or asked
