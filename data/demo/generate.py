"""Makes `feedback.csv`, the export of a fictional retailer, from hand-written sentences: python data/demo/generate.py

Seeded: the same sentences give the same file to the byte. What is planted here is written down in TRUTH.md and found again
by the app's own analysis (tests/test_demo.py). Standard library only.
"""

import csv
import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SEED = 2026
FEEDBACKS = 6_000
FIRST_DAY, LAST_DAY = date(2024, 11, 1), date(2026, 10, 31)

CHANNELS = {"Webshop": 28, "App": 18, "Filiale": 18, "Marktplatz": 12, "Telefon": 17, "E-Mail": 7}
WHERE = {"Webshop": "shop", "App": "app", "Filiale": "store", "Marktplatz": "marketplace", "Telefon": "phone", "E-Mail": "email"}
KINDS = {  # what is asked, by channel: weights of star review, NPS, CSAT and CES survey
    "Webshop": {"stars": 38, "nps": 32, "csat": 18, "ces": 12},
    "App": {"stars": 50, "nps": 25, "csat": 10, "ces": 15},
    "Filiale": {"stars": 45, "nps": 35, "csat": 20, "ces": 0},
    "Marktplatz": {"stars": 70, "nps": 15, "csat": 15, "ces": 0},
    "Telefon": {"stars": 0, "nps": 60, "csat": 15, "ces": 25},
    "E-Mail": {"stars": 0, "nps": 40, "csat": 20, "ces": 40},
}
SOURCES = {"nps": "NPS-Umfrage", "csat": "Zufriedenheitsumfrage", "ces": "Servicebefragung"}
REVIEW_SOURCES = {"Webshop": "Shop-Bewertung", "App": "App-Bewertung", "Filiale": "Kartendienst", "Marktplatz": "Marktplatz-Bewertung"}
PRODUCTS = {"Küche": 28, "Haushalt": 22, "Elektrokleingeräte": 20, "Mode": 18, "Garten": 12}
STORES = ["Altstadt", "Am Bahnhof", "Westpark", "Hafen"]
WITH_TEXT = {"stars": 0.72, "nps": 0.8, "csat": 0.8, "ces": 0.8}

# The planted drivers: change of the outcome, on its own scale, per pillar named positive (+1) or negative (−1).
EFFECTS = {
    "nps": {"resolution": 3.4, "trust": 1.0, "expectation": 0.8, "emotion": 0.5, "effort": 0.2, "control": 0.0},
    "csat": {"expectation": 1.7, "emotion": 0.4, "resolution": 0.3, "trust": 0.2, "effort": 0.1, "control": 0.0},
    "ces": {"effort": 2.0, "control": 0.6, "resolution": 0.3, "trust": 0.0, "expectation": 0.0, "emotion": 0.0},
    "stars": {"trust": 1.8, "emotion": 0.7, "expectation": 0.7, "resolution": 0.5, "effort": 0.3, "control": 0.0},
}
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "stars": (1, 5)}
BASES = {"nps": 7.6, "csat": 3.9, "ces": 5.1, "stars": 4.1}
NOISES = {"nps": 1.6, "csat": 0.7, "ces": 1.1, "stars": 0.7}
OTHER_WORDS = {"nps": 1.0, "csat": 0.5, "ces": 0.5, "stars": 1.0}  # weight of a judgement that names no pillar
MOOD = {"Webshop": 0.25, "App": -0.25, "Filiale": 0.45, "Marktplatz": 0.0, "Telefon": 0.3, "E-Mail": 0.05}


def main() -> None:
    """Write feedback.csv beside this file."""
    chance = random.Random(SEED)
    decks = Decks(sentences(), chance)
    days = sorted(any_day(chance) for _ in range(FEEDBACKS))
    rows = [feedback(number, day, decks, chance) for number, day in enumerate(days, start=1)]
    with (HERE / "feedback.csv").open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def sentences() -> list[dict[str, str]]:
    """The hand-written sentences: polarity, pillars, touchpoints, where, text, event."""
    with (HERE / "sentences.tsv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))


class Decks:
    """Sentences by channel, polarity and event, dealt like cards: none comes again before its deck is through."""

    def __init__(self, rows: list[dict[str, str]], chance: random.Random) -> None:
        self.chance = chance
        self.piles: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.decks = defaultdict(list)
        for row in rows:
            places = WHERE if row["where"] == "any" else [c for c, key in WHERE.items() if key in row["where"].split(",")]
            for channel in places:
                self.decks[channel, row["event"] or row["polarity"]].append(row)

    def deal(self, channel: str, kind: str) -> dict[str, str]:
        """The next sentence of a polarity or event in a channel."""
        pile = self.piles.get((channel, kind)) or self.shuffled(channel, kind)
        self.piles[channel, kind] = pile
        return pile.pop()

    def shuffled(self, channel: str, kind: str) -> list[dict[str, str]]:
        deck = list(self.decks[channel, kind])
        self.chance.shuffle(deck)
        return deck


def any_day(chance: random.Random) -> datetime:
    """A moment in the 24 months; more before Christmas, by day rather than by night."""
    while True:
        day = FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days + 1))
        if chance.random() < {11: 0.9, 12: 1.0}.get(day.month, 0.72):
            return datetime(day.year, day.month, day.day, min(23, int(chance.triangular(6, 24, 18))), chance.randrange(60))


def feedback(number: int, moment: datetime, decks: Decks, chance: random.Random) -> dict[str, object]:
    """One row of the export."""
    channel = weighted(CHANNELS, chance)
    kind = weighted(KINDS[channel], chance)
    said = statements(channel, moment, decks, chance) if chance.random() < WITH_TEXT[kind] else []
    score = outcome(kind, said, MOOD[channel] + shift(channel, moment), chance)
    short = [s for s in said if len(s["text"]) <= 40]
    title = short[0] if kind == "stars" and len(said) > 1 and short else None
    return {
        "Vorgang": f"W-{number:05d}",
        "Datum": moment.strftime("%d.%m.%Y %H:%M"),
        "Kanal": channel,
        "Quelle": SOURCES.get(kind) or REVIEW_SOURCES[channel],
        "Warengruppe": weighted(PRODUCTS, chance),
        "Filiale": chance.choice(STORES) if channel == "Filiale" else "",
        "Kundennummer": f"K{chance.randrange(1_000, 5_200):05d}" if chance.random() < 0.8 else "",
        "Sterne": score if kind == "stars" else "",
        "Weiterempfehlung (NPS 0-10)": score if kind == "nps" else "",
        "Zufriedenheit (CSAT 1-5)": score if kind == "csat" else "",
        "Es war einfach (CES 1-7)": score if kind == "ces" else "",
        "Titel": title["text"].rstrip(".") if title else "",
        "Kommentar": " ".join(ended(s["text"]) for s in said if s is not title),
    }


def statements(channel: str, moment: datetime, decks: Decks, chance: random.Random) -> list[dict[str, str]]:
    """One to three sentences: an event's where one is going on, else by the mood of channel and month."""
    mood = MOOD[channel] + shift(channel, moment) + chance.gauss(0, 0.6)
    count = chance.choices([1, 2, 3], [50, 36, 14])[0]
    found = []
    event = event_of(channel, moment, chance)
    if event:
        found.append(decks.deal(channel, event))
    while len(found) < count:
        found.append(decks.deal(channel, polarity(mood - (1.2 if event else 0), chance)))
    if chance.random() < 0.004 and decks.decks[channel, "personal"]:
        found.append(decks.deal(channel, "personal"))
    return list({s["text"]: s for s in found}.values())


def event_of(channel: str, moment: datetime, chance: random.Random) -> str:
    """The carrier change of March 2026 (fading in April), the outsourced hotline since August 2026."""
    month = (moment.year, moment.month)
    if channel in ("Webshop", "Marktplatz") and chance.random() < {(2026, 3): 0.85, (2026, 4): 0.15}.get(month, 0.012):
        return "event_delivery"
    if channel == "Telefon" and chance.random() < (0.65 if month >= (2026, 8) else 0.01):
        return "event_hotline"
    return ""


def shift(channel: str, moment: datetime) -> float:
    """The app was rebuilt in August 2026: since then it is spoken of much better."""
    return 1.1 if channel == "App" and (moment.year, moment.month) >= (2026, 8) else 0.0


def polarity(mood: float, chance: random.Random) -> str:
    """pos, neg, mix or neu; a good mood makes pos likelier."""
    if (draw := chance.random()) < 0.13:
        return "neu" if draw < 0.08 else "mix"
    return "pos" if chance.gauss(0, 1) < 0.35 + mood else "neg"


def outcome(kind: str, said: list[dict[str, str]], mood: float, chance: random.Random) -> int:
    """The score given: planted effects of the pillars named, of other judgements, of the channel where nothing is said, and noise."""
    low, high = SCALES[kind]
    named = Counter()
    other = 0
    for statement in said:
        aspects = [entry.split(":") for entry in statement["pillars"].split(",") if entry]
        for pillar, sign in aspects:
            named[pillar] += {"pos": 1, "neg": -1}.get(sign, 0)
        other += {"pos": 1, "neg": -1}.get(statement["polarity"], 0) if not aspects else 0
    effect = sum(EFFECTS[kind][pillar] * sign_of(value) for pillar, value in named.items())
    unsaid = 0 if said else mood * NOISES[kind]
    value = BASES[kind] + effect + OTHER_WORDS[kind] * sign_of(other) + unsaid + chance.gauss(0, NOISES[kind])
    return min(high, max(low, round(value)))


def sign_of(value: int) -> int:
    """−1, 0 or 1."""
    return (value > 0) - (value < 0)


def ended(text: str) -> str:
    """The sentence as written, closed where the next one would run into it."""
    return text if not text[-1].isalnum() else text + "."


def weighted(weights: dict[str, int], chance: random.Random) -> str:
    """A key, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


if __name__ == "__main__":
    main()
