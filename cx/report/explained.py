"""How a score came about, ready to be shown: sums of words, the weightiest first, small ones folded, each re-adding exactly."""

from dataclasses import dataclass

import pandas as pd

from cx.charts import words
from cx.language import _, ngettext, number

WEIGHTY = 5  # words shown of a sum; the others are folded into one line
FOLDED_FROM = 2  # a fold of one word would save nothing
DIMENSIONS = ("pillar", "touchpoint")


@dataclass(frozen=True)
class Part:
    """One line of a sum: the words as written, why they count, what they add."""

    words: str
    why: str
    amount: float


@dataclass(frozen=True)
class Tally:
    """A sum: what it is about, its parts, what they come to, and what follows from that."""

    name: str
    parts: tuple[Part, ...]
    total: float
    verdict: str
    label: str = ""

    @property
    def largest(self) -> float:
        """The size of the largest part, which the bars are measured by; never 0."""
        return max((abs(part.amount) for part in self.parts), default=0.0) or 1.0


@dataclass(frozen=True)
class Reading:
    """One statement: its words, what decides whether it judges, and one sum per aspect that it names."""

    text: str
    polarity: float
    label: str
    judging: Tally
    aspects: tuple[Tally, ...]


def polarity(explained: pd.DataFrame, value: float, label: str | None) -> Tally:
    """What each word adds to the polarity of a text (columns of cx.text.explain)."""
    rows = explained[explained["dimension"] == "polarity"]
    parts = _parts(rows, "contribution")
    return Tally(_("In welche Richtung?"), parts, value, words.label_name(label), label or "")


def readings(text: str, analysed: pd.DataFrame, explained: pd.DataFrame) -> list[Reading]:
    """Each statement of `text` with its sums (columns of cx.text.analyse and cx.text.explain)."""
    found = []
    for number_, rows in analysed.groupby("statement"):
        first, mine = rows.iloc[0], explained[explained["statement"] == number_]
        if mine.empty:
            continue
        aspects = [row for row in rows.to_dict("records") if row["dimension"]]
        ranked = sorted(aspects, key=lambda row: DIMENSIONS.index(row["dimension"]))
        found.append(
            Reading(
                text[first["start"] : first["stop"]],
                first["polarity"],
                first["label"],
                _judging(mine[mine["dimension"] == "judging"]),
                tuple(_aspect(row, mine) for row in ranked),
            )
        )
    return found


def _judging(rows: pd.DataFrame) -> Tally:
    total = float(rows["naming"].sum())
    verdict = _("wertet") if total >= 0 else _("wertet nicht: neutral")
    return Tally(_("Wertet die Aussage?"), _parts(rows, "naming"), total, verdict)


def _aspect(row: dict, explained: pd.DataFrame) -> Tally:
    mine = explained[(explained["dimension"] == row["dimension"]) & (explained["aspect"] == row["aspect"])]
    kind = _("Säule") if row["dimension"] == "pillar" else _("Touchpoint")
    verdict = _("genannt, mit Polarität {polarity}").format(polarity=number(row["aspect_polarity"], 2, signed=True))
    name = f"{kind}: {words.aspect_name(row['aspect'])}"
    return Tally(name, _parts(mine, "naming"), float(mine["naming"].sum()), verdict)


def _parts(rows: pd.DataFrame, column: str) -> tuple[Part, ...]:
    """One part per place of words, largest first, the others folded; what adds nothing is left out."""
    places = rows[rows[column] != 0].groupby(["start", "stop", "word"], sort=False)
    parts = [
        Part(word or _("Ausgangswert"), _why(mine["rule"], word), float(mine[column].sum()))
        for (_start, _stop, word), mine in places
    ]
    ranked = sorted((part for part in parts if part.amount), key=lambda part: -abs(part.amount))
    if len(ranked) < WEIGHTY + FOLDED_FROM:
        return tuple(ranked)
    rest = ranked[WEIGHTY:]
    count = ngettext("{n} weiteres Wort", "{n} weitere", len(rest)).format(n=number(len(rest)))
    return (*ranked[:WEIGHTY], Part(_("übrige Wörter"), count, sum(part.amount for part in rest)))


def _why(rules: pd.Series, word: str) -> str:
    """The rules behind a part in words, those of the lexicon before what was learned."""
    if not word:
        return ""
    ranked = sorted(set(rules), key=lambda rule: (rule in LEARNED, rule))
    return " + ".join(dict.fromkeys(_rule(rule) for rule in ranked))


LEARNED = ("learned", "names", "judges")


def _rule(rule: str) -> str:
    names = {
        "lexicon": _("Lexikon"),
        "polart": _("Lexikon"),
        "phrase": _("feste Wendung"),
        "emoji": _("Emoji"),
        "affix": _("Wortbildung"),
        "compound": _("Zusammensetzung"),
        "typo": _("vertippt, erkannt"),
        "negated": _("verneint"),
        "negation": _("Verneinung"),
        "too": _("zu viel des Guten"),
        "wish": _("Wunsch"),
        "intensified": _("verstärkt"),
        "diminished": _("abgeschwächt"),
        "question": _("in einer Frage"),
        "but_clause": _("nach „aber“"),
        "statement": _("die Aussage als Ganzes"),
        "learned_here": _("aus den eigenen Sternen gelernt"),
    }
    return _("gelernt") if rule in LEARNED else names.get(rule, rule)
