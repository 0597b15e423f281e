"""Numbers that stand for somebody: bank accounts, cards, customers and orders, dates of birth, licence plates."""

import re
import string

from stdnum import iban, luhn

from cx.ingest.personal.facts import alternatives, words
from cx.ingest.personal.spans import A_LONG_NUMBER, AMOUNT, DATE, DIGIT, LONG_NUMBER, SPACE, Hint, Span, says

# --- bank accounts

IBAN_HINTS: tuple[Hint, ...] = (A_LONG_NUMBER,)
IBAN = re.compile(rf"(?<![A-Za-z0-9])(?:IBAN)?([A-Za-z]{{2}}{SPACE}?\d\d(?:[ \u00a0.\-]{{0,2}}[A-Za-z0-9]){{11,30}})")
IBAN_LENGTHS = range(15, 35)
NOT_IN_IBAN = re.compile(r"[\s.\-]")
LETTER_VALUES = {ord(letter): str(value) for value, letter in enumerate(string.ascii_uppercase, 10)}


def ibans(text: str) -> list[Span]:
    """The longest stretch from each candidate's beginning whose checksum and country length hold."""
    found: list[Span] = []
    if not LONG_NUMBER.search(text):
        return found
    for match in IBAN.finditer(text):
        start = match.start(1)
        for stop in range(match.end(), start + IBAN_LENGTHS.start - 1, -1):
            if text[stop - 1].isalnum() and _is_iban(text[start:stop]):
                found.append((start, stop))
                break
    return found


def _is_iban(candidate: str) -> bool:
    compact = NOT_IN_IBAN.sub("", candidate).upper()
    if len(compact) not in IBAN_LENGTHS:
        return False
    # The remainder first: stdnum, which also knows each country's length and form, takes ten times as long.
    remainder = int((compact[4:] + compact[:4]).translate(LETTER_VALUES)) % 97
    return remainder == 1 and iban.is_valid(compact, check_country=False)


# --- cards

CARD_HINTS: tuple[Hint, ...] = (A_LONG_NUMBER,)
CARD = re.compile(r"(?<![\d.,-])(?<!\d )\d(?:[ \u00a0.\-]{0,2}\d){12,18}(?![\d-]|[.,]\d)")
# Beginnings and lengths of the big networks: Visa, Mastercard, American Express, Diners Club, Discover.
NETWORKS = re.compile(
    r"4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d)\d{12}"
)
NO_CARD = re.compile(
    r"(?:ean|gtin|isbn|imei|bahncard|(?:serien|teile|artikel|sendung|paket|bestell|auftrag|vertrag|rechnung|payback|kunden(?!karte))\w*|art\.?)[\s:#.-]*(?:nr\.?|nummer)?[\s:#]*$",
    re.IGNORECASE,
)
NO_DIGIT = re.compile(r"\D")
BEFORE = 60  # characters before a number that can say what it is


def cards(text: str) -> list[Span]:
    """Numbers of a network's form that pass the Luhn check and are called nothing else."""
    found: list[Span] = []
    if not LONG_NUMBER.search(text):
        return found
    for match in CARD.finditer(text):
        digits = NO_DIGIT.sub("", match.group())
        # An expiry date behind the number is not part of it: "4242 4242 4242 4242 12/26".
        for length in (len(digits), *(n for n in (16, 15, 14) if n < len(digits))):
            if NETWORKS.fullmatch(digits[:length]) and luhn.is_valid(digits[:length]):
                stop = _end_of_digits(text, match.start(), length)
                if not NO_CARD.search(text[max(0, match.start() - BEFORE) : match.start()]):
                    found.append((match.start(), stop))
                break
    return found


def _end_of_digits(text: str, start: int, n: int) -> int:
    stop = start
    while n:
        n -= text[stop].isdigit()
        stop += 1
    return stop


# --- customers, orders, contracts: a number that a word announces

NAMED, ENDINGS, ALONE = (words("numbers", kind) for kind in ("named", "ending", "alone"))
SOME_CODE = r"(?:\d.{0,3}\d.{0,3}\d|\d[A-Z]|[A-Z]\d)"  # in the hint and in the finder, so that they agree
NUMBER_HINTS: tuple[Hint, ...] = ((DIGIT, SOME_CODE, rf"(?i:{alternatives(ALONE | ENDINGS)})\b"),)
FILLERS = frozenset(
    ["ist", "lautet", "lauten", "war", "is", "was", "die", "der", "mit", "unter", "wie", "folgt", "meine", "ihre"]
)
A_CODE = re.compile(SOME_CODE)
DIGITS = re.compile(r"\d+")
START = re.compile(
    r"(?:(?<![A-Za-z0-9_,\[-])(?!(?i:id|nr|no|code|nummer|number)\b)(?:[A-Z]{1,4} )?[A-Za-z]{0,8}[-/.]?)?$"
)
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_,\[-])(?:[A-Z]{1,4} )?[A-Za-z]{0,8}[-/.]?\d[A-Za-z0-9]*"
    r"(?:[-/._][A-Za-z0-9]+|[ \u00a0](?:[A-Z]{1,2}[ ])?\d{2,}(?:/\d+)?(?![.,:]\d)(?!\w)){0,8}"
)
LONGEST_START = 14
AND = re.compile(r"\s{0,2}(?:,|und|and|oder|or|&|sowie|bzw\.)\s{0,2}", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
NOUN = re.compile(r"\s[A-ZÄÖÜ]")
FEW_DIGITS = 3  # enough where the word says number
MANY_DIGITS = 5  # needed where it does not: "Bestellung 12345"
CODE = 6  # characters of a code of capitals and digits in its place
SHORTEST_CODE = 5
SURE_DIGITS = 6  # no count of things any more: "Auftrag 50000 Flyer"
WORDS_BETWEEN = 6


def numbers(text: str) -> list[Span]:
    """Numbers that a word for a number of customers, orders, contracts … announces, also two of them joined by "und"."""
    found: list[Span] = []
    position = 0
    while digits := DIGITS.search(text, position):
        before = text[max(0, digits.start() - LONGEST_START) : digits.start()]
        match = NUMBER.match(text, digits.start() - len(before) + START.search(before).start())
        position = max(digits.end(), match.end()) if match else digits.end()
        if match is None:
            continue
        start, stop = match.span()
        said = _says_number(text[max(0, start - BEFORE) : start])
        if said is None and found and AND.fullmatch(text[found[-1][1] : start][:BEFORE]):
            said = False
        if said is not None and _is_number(text, start, stop, said=said):
            found.append((start, stop))
    return found


def _says_number(before: str) -> bool | None:
    """What announces a number: True: a word that says number, False: a thing that has one, None: nothing."""
    number = False
    for token in reversed(before.split()[-WORDS_BETWEEN:]):
        word = token.casefold().strip(":#=(\"„'.[-")
        if token[-1] in ".!?;," and word not in ENDINGS and not word.endswith(("nr", "no")) and word != "az":
            return None
        if word in ENDINGS and word not in ALONE:
            number = True
        elif word and word not in FILLERS:
            return _announces(word, number=number)
    return None


def _announces(word: str, *, number: bool) -> bool | None:
    if number and (word in NAMED or word in ALONE):
        return True
    stems = (word.removesuffix(ending).rstrip("-") for ending in ENDINGS if word.endswith(ending))
    if any(stem.endswith(tuple(NAMED)) for stem in stems):
        return True
    return False if word in ALONE or word.rsplit("-", 1)[-1] in ALONE else None


def _is_number(text: str, start: int, stop: int, *, said: bool) -> bool:
    written = text[start:stop]
    digits = sum(map(str.isdigit, written))
    if DATE.fullmatch(written) or YEAR.fullmatch(written) or AMOUNT.match(text, stop) or not A_CODE.search(written):
        return False
    if said:
        return digits >= FEW_DIGITS or (written.isalnum() and written.isupper() and len(written) >= SHORTEST_CODE)
    if written.isdigit():
        return digits >= SURE_DIGITS or (digits >= MANY_DIGITS and not NOUN.match(text, stop))
    return digits >= MANY_DIGITS or (written.isupper() and len(written) >= CODE)


# --- dates of birth

MONTHS = "Jan|Feb|Mär|Maer|Mrz|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec|Mar"
A_DATE = (
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)?{SPACE}{{0,2}}(?:{MONTHS})[a-zä]{{0,6}}\.?,?{SPACE}{{0,2}}\d{{2,4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})(?!\d)"
)
BIRTH_HINTS: tuple[Hint, ...] = ((DIGIT, r"(?i:\bgeb(?:oren|urts|[.\s\p{Z}\d-])|\bborn|birth|\bdob)"),)
BORN = re.compile(
    r"(?<![\w-])(?:geboren|geb\.?(?:-|\s)?(?:dat(?:um|\.)|tag)?|geburtsdatum|geburtsdaten|date of birth|birth ?date|born|dob|"
    r"geburtstag(?=\s*(?::|ist\b|am\s*:|lautet)))"
    r"(?:\s{0,3}(?:\([TMJDY.\s/-]{4,12}\)|[:.(=,]|\b(?:am|ist|war|der|dem|lautet|on|is|den)\b)){0,4}\s{0,3}"
    rf"({A_DATE}|(?<=: )\d{{6}}\b)",
    re.IGNORECASE,
)
BORN_BEHIND = re.compile(rf"\bam\s({A_DATE})\s(?:(?:in|zu)\s\w+\s)?(?:wurde\s\w+\s)?geboren\b", re.IGNORECASE)


def births(text: str) -> list[Span]:
    """Dates that the text calls somebody's birth."""
    if not says(text, ("geboren", "geburt", "geb.", "geb ", "geb-", "born", "birth", "dob")):
        return []
    found = {match.span(1) for pattern in (BORN, BORN_BEHIND) for match in pattern.finditer(text)}
    return sorted(found)


# --- licence plates

DISTRICTS = words("districts", "district")
PLATE_HINTS: tuple[Hint, ...] = (
    (DIGIT, r"(?i:kennzeichen|nummernschild|autonummer|kfz-?zeichen|amtlich|\breg\b|plate)"),
    (DIGIT, r"[A-ZÄÖÜ]{1,3}[\s\p{Z}]?-[\s\p{Z}]?[A-Z]{1,2}[\s\p{Z}-]?\d"),
)
PLATE = re.compile(
    r"(?:\b([A-ZÄÖÜ]{1,3})(\s?[-:]\s?|\s)?([A-Z]{1,2})|\b([a-zäöü]{1,3})(-)([a-z]{1,2}))[\s-]?([1-9]\d{0,3})\s?[EHeh]?(?![\w]|-\w|[.,]\d)"
)
PLATE_WORD = re.compile(
    r"kennzeichen(?!\])|nummernschild|autonummer|kfz-?zeichen|amtlich|\breg\b|license plate|licence plate",
    re.IGNORECASE,
)
VEHICLE = re.compile(
    r"\b(?:auto|wagen|pkw|lkw|kfz|fahrzeug|taxi|bus|transporter|lieferwagen|mietwagen|leihwagen|firmenwagen|dienstwagen|"
    r"anhänger|oldtimer|motorrad|kurier|parkplatz|kundenparkplatz|parkticket|fahrer|golf|car|van|truck)[sn]?\b",
    re.IGNORECASE,
)
NO_PLATE = re.compile(
    r"(?:modell|typ|norm|serie|größe|bohrer|akku|drucker|kamera|leuchte|linie|bahn|bus|reifen)\W{0,2}$|\b(?:euro|ps)\W{0,2}$",
    re.IGNORECASE,
)
AROUND = 45


def plates(text: str) -> list[Span]:
    """Plates of German districts: with a word for plates in any form, with a word for vehicles as "HH-AB 123"."""
    return [match.span() for match in PLATE.finditer(text) if _is_plate(text, match)]


def _is_plate(text: str, match: re.Match[str]) -> bool:
    district, separator, letters = (match[1] or match[4], match[2] or match[5], match[3] or match[6])
    start, stop = match.span()
    before = text[max(0, start - AROUND) : start]
    if before.endswith("-") or NO_PLATE.search(before):
        return False
    if separator is None:  # "HHAB1234"
        return bool(PLATE_WORD.search(before)) and _begins_with_district(district)
    if district.casefold() not in DISTRICTS:
        return False
    if PLATE_WORD.search(before):
        return True
    hyphen = "-" in separator and (district + letters).isupper()
    return hyphen and bool(VEHICLE.search(before) or VEHICLE.search(text[stop : stop + AROUND]))


def _begins_with_district(letters: str) -> bool:
    return any(letters[:n].casefold() in DISTRICTS for n in range(1, len(letters) + 1))
