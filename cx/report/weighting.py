"""What the page *Gewichtung* says: whether weighting matters, what it costs, and where it rests on few feedbacks."""

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import words
from cx.language import NO_NUMBER, _, interval, ngettext, number, percent
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.model.targets import Dimension
from cx.report.findings import listed
from cx.stats.weights import EXTREME


def dimension_name(dimension: str) -> str:
    """ "Kanal", "Produkt", "Ort"."""
    names = {Dimension.CHANNEL: _("Kanal"), Dimension.PRODUCT: _("Produkt"), Dimension.LOCATION: _("Ort")}
    return names[Dimension(dimension)]


def unmoved() -> str:
    """What stands over the key figures as long as the shares are those of the selection."""
    return _("Noch ohne Wirkung: Eingetragen sind die Anteile Ihrer Auswahl")


def finding(kpis: pd.DataFrame) -> str:
    """Which key figures weighting moves out of their own interval (`Workspace.weighted(…).kpis`)."""
    pairs = kpis[kpis["n"] >= N_UNCERTAIN].set_index("kpi")
    plain, weighted = pairs[~pairs["weighted"]], pairs[pairs["weighted"]]
    if weighted.empty:
        return _("Für eine Aussage sind es zu wenige Antworten")
    moved = weighted[(plain["value"] < weighted["low"]) | (plain["value"] > weighted["high"])]
    if moved.empty:
        return _("Gewichtung ändert keine Kennzahl um mehr als ihr Intervall")
    said = [_instead(kpi, row, plain.loc[kpi, "value"]) for kpi, row in moved.to_dict("index").items()]
    return _("Gewichtet anders: {kpis}").format(kpis=listed(said))


def _instead(kpi: str, row: dict, plain: float) -> str:
    after, before = words.pair(kpi, row["value"], plain)
    name = words.kpi_name(kpi, row["variant"])
    return _("{name} {after} statt {before}").format(name=name, after=after, before=before)


def cost(n: int, effective_n: float) -> str:
    """How many equally weighted feedbacks the weighted ones are worth."""
    text = _(
        "Effektives n = {effective} von {n} Feedbacks, Designeffekt {effect}. Graue Punkte: ungewichtet; jede Kennzahl hat ihre eigene Skala."
    )
    return text.format(effective=number(effective_n), n=number(n), effect=number(n / effective_n, 2))


def span(smallest: float, largest: float) -> str:
    """The grey line over the table of weights."""
    return _("{weights}; 1 heißt: zählt wie ein Feedback im Durchschnitt").format(
        weights=interval(smallest, largest, 2)
    )


def warning(values: pd.DataFrame, largest: float) -> str:
    """A sentence where weights are extreme or rest on few feedbacks; "" where neither is so (`Workspace.weighted(…).values`)."""
    few = values[(values["n"] < N_WITHHELD) & (values["known"] > 0)]
    parts = []
    if largest > EXTREME:
        parts.append(
            _(
                "Das größte Gewicht ist {largest}: Wenige Feedbacks tragen dann viel vom Ergebnis, und ein Zufall unter ihnen auch. "
                "Ab {limit} lohnt es, Werte zusammenzulegen oder mehr Feedback einzuholen."
            ).format(largest=number(largest, 1), limit=number(EXTREME))
        )
    if len(few):
        text = ngettext(
            "{names} hat weniger als {n} Feedbacks; das Intervall kann hier trügen.",
            "{names} haben je weniger als {n} Feedbacks; das Intervall kann hier trügen.",
            len(few),
        )
        parts.append(text.format(names=listed(list(few["value"])), n=number(N_WITHHELD)))
    return " ".join(parts)


def shares(lacks: float) -> str:
    """What the shares entered so far lack; "" where they are complete."""
    if not lacks:
        return ""
    text = (
        _("Die Anteile ergeben {sum}: Es fehlen {lacks}.")
        if lacks > 0
        else _("Die Anteile ergeben {sum}: {lacks} zu viel.")
    )
    return text.format(sum=percent(1 - lacks / 100, 1), lacks=percent(abs(lacks) / 100, 1))


def weight_cells(row: dict) -> tuple[str, str, str, str]:
    """One value of a dimension as it is written: n, its share in the sample, the known one, the weight."""
    return number(row["n"]), percent(row["sampled"], 1), percent(row["known"], 1), number(row["weight"], 2)


def kpis(frame: pd.DataFrame) -> Styler:
    """The key figures without and with weights, with bounds, n and effective n."""
    withheld = frame["effective_n"] < N_WITHHELD
    names = [words.kpi_name(*pair) for pair in zip(frame["kpi"], frame["variant"], strict=True)]
    table = frame.assign(
        kpi=names,
        weighted=frame["weighted"].map({True: _("gewichtet"), False: _("ungewichtet")}),
        **{name: frame[name].mask(withheld) for name in ("value", "low", "high")},
    )[["kpi", "weighted", "value", "low", "high", "n", "effective_n"]]
    headings = [_("Kennzahl"), "", _("Wert"), _("von"), _("bis"), "n", _("effektives n")]
    named = table.set_axis(headings, axis="columns")
    two_digits = dict.fromkeys(headings[2:5], lambda value: number(value, 2))
    return named.style.format(two_digits | dict.fromkeys(headings[5:], number), na_rep=NO_NUMBER)
