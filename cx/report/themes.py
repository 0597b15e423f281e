"""The sentences and tables of Themen: which words differ for sure, and nothing more. Contrasts of cx.analysis.themes in, by their parts."""

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import words
from cx.charts.wording import Against, bounds, share, sides, times
from cx.language import NO_NUMBER, _, day, ngettext, number
from cx.model.kpi import Kpi
from cx.report import findings

NAMED = 3  # words in a title


def against_name(against: str) -> str:
    """What a choice of sides is called."""
    names = {
        Against.REST: _("Auswahl gegen den Rest"),
        Against.PRAISE: _("Kritische gegen lobende Aussagen"),
        Against.BEFORE: _("Jüngste Monate gegen die Zeit davor"),
    }
    return names[Against(against)]


def title(terms: pd.DataFrame, against: str) -> str:
    """The most telling words of both sides; that there are none, where there are none."""
    a, b = sides(against)
    if terms.empty:
        return _("Kein Wort ist {a} gesichert häufiger oder seltener als {b}").format(a=a, b=b)
    told = [
        _("häufiger {side}: {words}").format(side=side, words=_quoted(part))
        for side, part in ((a, terms[terms["log_odds"] > 0]), (b, terms[terms["log_odds"] < 0]))
        if len(part)
    ]
    text = "; ".join(told)
    return text[0].upper() + text[1:]


def _quoted(terms: pd.DataFrame) -> str:
    return ", ".join(_("„{word}“").format(word=word) for word in terms["word"].head(NAMED))


def note(feedbacks_a: int, feedbacks_b: int, tested: int, every: int, against: str) -> str:
    """How many feedbacks each side has, how many terms were tested, and whether only a part was looked at."""
    a, b = sides(against)
    parts = [
        _("{n_a} Feedbacks {a}, {n_b} {b}").format(n_a=number(feedbacks_a), a=a, n_b=number(feedbacks_b), b=b),
        ngettext("{n} Wort geprüft", "{n} Wörter und Wortpaare geprüft", tested).format(n=number(tested)),
    ]
    if every > 1:
        parts.append(_("gelesen wird jedes {every}. Feedback, immer dieselben").format(every=number(every)))
    return " · ".join(parts)


def rising(terms: pd.DataFrame | None) -> str:
    """What rises in the latest months; None: there is no time before."""
    if terms is None:
        return _("Neue Themen: dafür braucht es mehr als drei volle Monate vor Ihrem Zeitraum oder in den Daten")
    if terms.empty:
        return _("Kein Thema hat in der jüngsten Zeit gesichert zugenommen")
    return _("In der jüngsten Zeit öfter als davor: {words}").format(words=_quoted(terms))


def period(days: tuple | None) -> str:
    """From when to when the latest months reach."""
    return _("{period}, verglichen mit der ganzen Zeit davor").format(period=findings.span(*days)) if days else ""


def figures(row: dict) -> str:
    """ "×12, in 5,6 % gegen 0,4 % der Feedbacks (n = 64)" """
    return _("{times}, in {a} gegen {b} der Feedbacks (n = {n})").format(
        times=times(row["log_odds"]),
        a=share(row["share_a"]),
        b=share(row["share_b"]),
        n=number(row["n_a"] + row["n_b"]),
    )


def further(n: int) -> str:
    """What unfolds the words that do not stand there at once."""
    return ngettext("Noch {n} Wort mit Sätzen", "Noch {n} Wörter mit Sätzen", n).format(n=number(n))


def risen(row: dict) -> str:
    """The same with the day of its first use, where a date is known."""
    if pd.isna(row["first_day"]):
        return figures(row)
    return _("{figures}, zuerst am {day}").format(figures=figures(row), day=day(row["first_day"]))


def table(terms: pd.DataFrame, against: str) -> Styler:
    """Words with both counts and shares, how many times, bounds, p, mood of their sentences, first use."""
    a, b = sides(against)
    listed = terms.assign(
        times=[times(odds) for odds in terms["log_odds"]],
        bounds=[bounds(low, high) for low, high in zip(terms["low"], terms["high"], strict=True)],
        side=np.where(terms["log_odds"] > 0, a, b),
    )
    columns = [
        "word",
        "side",
        "times",
        "bounds",
        "n_a",
        "share_a",
        "n_b",
        "share_b",
        "p",
        "mood",
        "sentences",
        "first_day",
    ]
    headings = [
        _("Wort"), _("häufiger"), _("so viel mal"), _("95\u00a0%"), _("n {side}").format(side=a), _("Anteil {side}").format(side=a),
        _("n {side}").format(side=b), _("Anteil {side}").format(side=b), "p", _("Stimmung"), _("Sätze"), _("zuerst"),
    ]  # fmt: skip
    formats = [str, str, str, str, number, share, number, share, _p, _mood, number, day]
    named = listed[columns].set_axis(headings, axis="columns")
    return named.style.format(dict(zip(headings, formats, strict=True)), na_rep=NO_NUMBER)


def _p(value: float) -> str:
    return "< " + number(0.0001, 4) if value < 0.0001 else number(value, 4)


def _mood(value: float) -> str:
    return words.value(Kpi.POLARITY, value)
