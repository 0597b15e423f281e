"""What the figures of quality say, in one sentence each, and the sentences of the method page."""

import pandas as pd

from cx.charts import words
from cx.language import _, interval, number, percent
from cx.model.limits import N_UNCERTAIN
from cx.stats.estimate import Estimate
from cx.stats.shares import wilson


def _share(value: float, low: float, high: float) -> str:
    bounds = interval(100 * low, 100 * high).replace(" ", "\u00a0")
    return _("{share} (95\u00a0%: {bounds}\u00a0%)").format(share=percent(value), bounds=bounds)


def _of(row: pd.Series) -> str:
    return _share(row["value"], row["low"], row["high"])


def engines(frame: pd.DataFrame) -> str:
    """The finding over the comparison of engines (columns of cx.text.quality.compared)."""
    right = frame[frame["measure"] == "right"]
    first = _("CX-Explorer liest {share} der Prüfsätze richtig").format(share=_of(right.iloc[0]))
    others = [
        _("{engine} {share}").format(engine=words.engine_name(row["engine"]), share=_of(row))
        for _index, row in right.iloc[1:].iterrows()
    ]
    return ", ".join([first, *others])


def engines_note(frame: pd.DataFrame) -> str:
    """What the comparison rests on."""
    text = _(
        "n = {n} von Hand beurteilte Aussagen, von denen nichts gelernt wurde; negativ, neutral, positiv (gemischt zählt als neutral)"
    )
    return text.format(n=number(frame["n"].max()))


def confusion(table: pd.DataFrame) -> str:
    """The most frequent confusion of the matrix; the two most frequent where they are about equally so."""
    wrong = table.stack().rename("n").reset_index().set_axis(["wanted", "got", "n"], axis="columns")
    wrong = wrong[wrong["wanted"] != wrong["got"]]
    if wrong["n"].sum() == 0:
        return _("Nichts ist verwechselt")
    first, second = wrong.nlargest(2, "n").to_dict("records")
    all_ = number(wrong["n"].sum())
    if wilson(int(first["n"]), int(first["n"] + second["n"])).low > 0.5:
        text = _("Am häufigsten verwechselt: {pair} ({n} von {all} Fehlern)")
        return text.format(pair=_pair(first), n=number(first["n"]), all=all_)
    text = _("Oft verwechselt: {pair} ({n}) und {other} ({n_other} von {all} Fehlern)")
    return text.format(
        pair=_pair(first), n=number(first["n"]), other=_pair(second), n_other=number(second["n"]), all=all_
    )


def _pair(confused: dict) -> str:
    wanted, got = words.label_name(confused["wanted"]), words.label_name(confused["got"] or None)
    return _("{wanted} gemeint, {got} gelesen").format(wanted=wanted, got=got)


def confusion_note() -> str:
    """How to read the matrix."""
    return _("Zeilen: was gemeint ist; Spalten: was gelesen wurde. Anteil an der Zeile")


def aspects(frame: pd.DataFrame) -> str:
    """The finding over the pillars or the touchpoints (one dimension of cx.text.quality.aspects)."""
    whole = frame[frame["aspect"] == ""].iloc[0]
    names = {"pillar": _("Säulen"), "touchpoint": _("Touchpoints")}
    text = _("{name}: {recall} der Nennungen werden gefunden, {precision} der gefundenen stimmen")
    return text.format(
        name=names[whole["dimension"]], recall=percent(whole["recall"]), precision=percent(whole["precision"])
    )


def aspects_note(frame: pd.DataFrame) -> str:
    """F1 over all aspects, and what it rests on."""
    whole = frame[frame["aspect"] == ""].iloc[0]
    bounds = interval(whole["f1_low"], whole["f1_high"], 2).replace(" ", "\u00a0")
    text = _("F1 über alle {f1} (95\u00a0%: {bounds}); {n} Aussagen nennen etwas davon")
    return text.format(f1=number(whole["f1"], 2), bounds=bounds, n=number(whole["n"]))


def coverage(found: Estimate) -> str:
    """How many statements that should name an aspect get one."""
    text = _(
        "Von den Aussagen, die eine Säule oder einen Touchpoint nennen, wird bei {share} mindestens einer erkannt; n = {n}."
    )
    return text.format(share=_share(found.value, found.low, found.high), n=number(found.n))


def stars(levels: pd.DataFrame) -> str:
    """The finding on the user's own rated feedback (columns of cx.text.quality.levels)."""
    auc = levels[levels["measure"] == "auc"].iloc[0]
    if pd.isna(auc["value"]) or auc["n"] < N_UNCERTAIN:
        return _("Für ein Urteil über gut und schlecht sind es zu wenige Feedbacks mit Sternen")
    text = _(
        "Von einem guten und einem schlechten Feedback erkennt der Text in {share} der Fälle, welches das bessere ist"
    )
    return text.format(share=_of(auc))


def stars_note(n: int, total: int) -> str:
    """What it rests on."""
    text = _("bis 2 Sterne gelten als negativ, 3 als neutral, ab 4 als positiv; n = {n}")
    sampled = _("n = {n}, eine feste Auswahl aus {total}").format(n=number(n), total=number(total))
    return text.format(n=number(n)) if n >= total else text.replace("n = {n}", sampled)


def phenomena(frame: pd.DataFrame) -> str:
    """The finding over the challenge set: the ends, where their intervals lie apart."""
    best, worst = frame.iloc[0], frame.iloc[-1]
    if best["low"] <= worst["high"]:
        return _("Zwischen den Phänomenen ist kein Unterschied gesichert")
    text = _("Nicht alles gelingt gleich gut: {best} zu {high} richtig, {worst} zu {low}")
    return text.format(
        best=words.phenomenon_name(best["phenomenon"]),
        high=percent(best["value"]),
        worst=words.phenomenon_name(worst["phenomenon"]),
        low=percent(worst["value"]),
    )


def phenomena_note(frame: pd.DataFrame) -> str:
    """What it rests on."""
    n = int(frame["n"].sum())
    right = n - int(frame["failed"].sum())
    text = _("{right} von {n} eigens geschriebenen schwierigen Sätzen richtig; Intervalle nach Wilson")
    return text.format(right=number(right), n=number(n))
