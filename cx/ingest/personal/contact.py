"""Ways to reach somebody: links that lead to a person, e-mail addresses, telephone numbers, IP addresses."""

import ipaddress
import re

import phonenumbers

from cx.ingest.personal.spans import A_LONG_NUMBER, DATE, DIGIT, LONG_NUMBER, NBSP, Hint, Span, says

COUNTRY = "DE"  # numbers without a country code are read as German
BEFORE = 40  # characters before a number that can say what it is

# --- links

LINK_OR_EMAIL = r"@|[\[(](?i:at)[\])]|(?i:https?://|www\.)|\.[a-zA-Z]{2,6}/\S"
LINK_HINTS: tuple[Hint, ...] = ((LINK_OR_EMAIL, r"(?i:https?://|www\.)|\.[a-zA-Z]{2,6}/\S"),)
LINK = re.compile(
    r"(?:(?:https?://|www\.)|(?<![\w@.-])(?:[\w-]{1,40}\.){1,4}[a-z]{2,6}/)[^\s<>\"„“”]{1,2000}", re.IGNORECASE
)
LINK_END = ".,;:!?)]}'’"
# Where the rest of a link says who: a question or fragment with a value, a sign-in, a profile, a long number or a token.
LEADS_TO_SOMEBODY = re.compile(
    r"[?&#][^=&#?]{1,60}=[^&#]|//[^/?#]*@|/~\w|%40|\d{6}|"
    r"/(?:users?|profiles?|profil|members?|kunden?|kundin|accounts?|konto|u|in|status|order|bestellung)/[^/]*[\w-]{3}|"
    r"(?:facebook|instagram|linkedin|xing|tiktok|twitter|threads)\.com/[\w.@-]{3}|//(?:wa|t)\.me/\w|//(?:www\.)?x\.com/\w",
    re.IGNORECASE,
)
TOKEN = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9_]{10,}")
TOKEN_DIGITS = 3


def links(text: str) -> list[Span]:
    """Links with a query, a token, a number or a person in them; the plain address of a page stays."""
    found = []
    if "/" not in text and "www" not in text.lower():
        return found
    for match in LINK.finditer(text):
        link = match.group().rstrip(LINK_END)
        if LEADS_TO_SOMEBODY.search(link) or _has_token(link):
            found.append((match.start(), match.start() + len(link)))
    return found


def _has_token(link: str) -> bool:
    return any(sum(map(str.isdigit, token)) >= TOKEN_DIGITS for token in TOKEN.findall(link))


# --- e-mail

EMAIL_HINTS: tuple[Hint, ...] = ((LINK_OR_EMAIL, r"@|[\[(](?i:at)[\])]"),)
EMAIL = re.compile(
    r"(?<![\w.+-])\w[\w.+'’-]{0,63}\s?(?:@|[(\[]at[)\]])\s?(?:[\w-]{1,63}(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)){1,8}[^\W\d_]{2,}"
    r"|(?<![\w.+-])\w[\w.+'’-]{0,63}\s[(\[]at[)\]]\s(?:[\w-]{1,63}\s?[(\[](?:dot|punkt)[)\]]\s?){1,8}[^\W\d_]{2,}",
    re.IGNORECASE,
)


def emails(text: str) -> list[Span]:
    """E-mail addresses, also with (at) and [dot]."""
    return [match.span() for match in EMAIL.finditer(text)] if says(text, ("@", "(at)", "[at]")) else []


# --- telephone

PHONE_HINTS: tuple[Hint, ...] = (A_LONG_NUMBER,)
PHONE = re.compile(
    rf"(?<![\w€$£.,/+-])(?<![\d]\s)(?:\+|00|\(\+?0|\(?0(?=[1-9])|0(?= ?[1-9]\d ?/))[\d()\[\] {NBSP}/.\-–]{{5,24}}"
    r"\d(?![\w€$£]|[.,]\d|\s?(?:€|Euro|EUR|%))"
)
SPAN_LIKE = re.compile(
    r"\d{1,2}\.\s?[-–]|\d{1,2}[-–]\d{1,2}\s?/|\d{1,2}[.:]\d{2}\.?\s*[-–]\s*\d{1,2}[.:]\d{2}"
)  # days or opening hours
NOT_A_CALL = re.compile(
    r"(?:\w{3,}-?(?:nummer|nr|number)|\b(?:art|id|code|artikel|ean|isbn|pin|zähler|serien|modell|imei)\w*)"
    r"\.?\s*(?:ist|lautet|war|nr\.?|nummer)?\s*[:#]?\s*$",
    re.IGNORECASE,
)
CALL = re.compile(
    r"\b(?!telefon\])(?:telefon|tel|handy|mobil|ruf|rückruf|fax|phone|hotline|durchwahl|whatsapp)\w*\.?", re.IGNORECASE
)


def phones(text: str) -> list[Span]:
    """Numbers that a German (or, with country code, any) telephone could have, and that are called nothing else."""
    if not LONG_NUMBER.search(text):
        return []
    return [(_opened(match), match.end()) for match in PHONE.finditer(text) if _is_phone(text, match)]


def _opened(match: re.Match[str]) -> int:
    """The beginning, without a bracket that nothing in the number closes."""
    written = match.group()
    return match.start() + (written[0] == "(" and ")" not in written)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    written, before = match.group(), text[max(0, match.start() - BEFORE) : match.start()]
    if (
        DATE.match(written.lstrip("("))
        or SPAN_LIKE.match(written)
        or (NOT_A_CALL.search(before) and not CALL.search(before))
    ):
        return False
    plain = re.sub(r"\(0\)", "", written)
    try:
        parsed = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(parsed):
        return True
    # A made-up or very new area code: possible by its length, and the text calls it a telephone.
    return bool(phonenumbers.is_possible_number(parsed) and CALL.search(before))


# --- IP addresses

IP_HINTS: tuple[Hint, ...] = ((DIGIT, r"\d[.-]\d+[.-]\d+[.-]\d|:[0-9a-fA-F]*:"),)
IP4 = re.compile(r"\d(?<![\w.,-]\d)\d{0,2}(?:(?:\.\d{1,3}){3}|(?:-\d{1,3}){3})(?![\w-]|[.,]\d)")
IP6 = re.compile(r"(?<![\w:.])(?=[0-9a-fA-F]*:)[0-9a-fA-F:]{6,45}(?![\w:])")
IP6_GROUPS = 3
CALLED_IP = re.compile(
    r"\b(?!ip-adresse\])(?:ip|ipv4|ipv6|ip-adressen?|ip-addresse?s?|dns|host|router|ping|gateway)\b", re.IGNORECASE
)
CALLED_VERSION = re.compile(
    r"(?:version|firmware|build|ios|android|windows|update|upgrade|release|software|treiber|driver|app|kapitel|punkt|abschnitt|"
    r"stand|auf|v)\W{0,3}$",
    re.IGNORECASE,
)
NEAR = 30
A_HOST = 3  # digits in the longest part of an address that nothing calls one


def ips(text: str) -> list[Span]:
    """IPv4 addresses that are no version numbers, and IPv6 addresses."""
    found = [match.span() for match in IP4.finditer(text) if _is_ip4(text, match)]
    if text.count(":") > 1:
        found += [match.span() for match in IP6.finditer(text) if _is_ip6(text, match)]
    return sorted(found)


def _is_ip4(text: str, match: re.Match[str]) -> bool:
    parts = re.split("[.-]", match.group())
    before = text[max(0, match.start() - NEAR) : match.start()]
    if any(int(part) > 255 or (len(part) > 1 and part[0] == "0") for part in parts):
        return False
    if CALLED_IP.search(before):
        return not CALLED_VERSION.search(before)
    return "." in match.group() and max(map(len, parts)) >= A_HOST and not CALLED_VERSION.search(before)


def _is_ip6(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    groups = [group for group in written.split(":") if group]
    if not any(map(str.isdigit, written)) or len(groups) < IP6_GROUPS:
        return False
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return True
