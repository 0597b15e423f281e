"""Lenses as charts: groups as ranked dots, the gap of two groups, surface against whole per channel."""

import altair as alt
import pandas as pd

from cx.charts import dots, words
from cx.charts import theme as themes
from cx.charts.theme import Meaning
from cx.language import _, current, number, percent
from cx.model import taxonomy
from cx.model.limits import N_WITHHELD

CHANNEL_COLUMNS = [
    "key", "name", "note", "surface", "surface_low", "surface_high", "whole", "whole_low", "whole_high", "surface_text", "whole_text",
    "difference", "base", "meaning",
]  # fmt: skip
ROW = 44
NAMES = 196
SURFACE, WHOLE = "surface", "whole"
GAP = "gap"  # the row of the distance between two groups
MISMATCHES = {
    "good_surface": Meaning.POSITIVE,
    "surface_ahead": Meaning.POSITIVE,
    "weak_surface": Meaning.NEGATIVE,
    "surface_behind": Meaning.NEGATIVE,
}


def mismatch_name(mismatch: str) -> str:
    """ "gute Oberfläche, schwaches Ganzes" …; "kein gesicherter Unterschied" where none is named."""
    names = {
        "good_surface": _("gute Oberfläche, schwaches Ganzes"),
        "weak_surface": _("schwache Oberfläche, gutes Ganzes"),
        "surface_ahead": _("Oberfläche besser als das Ganze"),
        "surface_behind": _("Oberfläche schwächer als das Ganze"),
    }
    return names.get(mismatch, _("kein gesicherter Unterschied"))


def group_rows(groups: pd.DataFrame, key: str) -> pd.DataFrame:
    """`LensView.groups` of the lens `key` as columns of cx.charts.dots, in the order of the lens; withheld ones last."""
    lens, language = taxonomy.load().lens(key), current()
    order = [group.key for group in lens.groups]
    placed = groups.assign(place=groups["group"].map(order.index), few=groups["n"] < N_WITHHELD)
    listed = placed.sort_values(["few", "place"]).to_dict("records")
    found = pd.DataFrame(
        [_group_row(row, lens.group(row["group"]).name(language)) for row in listed], columns=dots.COLUMNS
    )
    return found.assign(start=themes.start(found))


def _group_row(row: dict, name: str) -> tuple:
    withheld = row["n"] < N_WITHHELD
    value, low, high = (float("nan"),) * 3 if withheld else (row["value"], row["low"], row["high"])
    return (
        row["group"],
        name,
        _("{share} der Texte · n = {n}").format(share=percent(row["share"]), n=number(row["n"])),
        value,
        low,
        high,
        words.too_few() if withheld else words.value("", value),
        "" if withheld else words.bounds("", low, high),
        number(row["n"]),
        str(words.meaning(row["value"], row["low"], row["high"], row["n"])),
        0.0,
    )


def gap_rows(groups: pd.DataFrame, difference: pd.DataFrame) -> pd.DataFrame:
    """The two groups that the lens "value" compares, and their difference, as columns of cx.charts.dots."""
    if difference.empty:
        return pd.DataFrame(columns=dots.COLUMNS)
    gap = difference.iloc[0]
    sides = group_rows(groups[groups["group"].isin([gap["first"], gap["second"]])], "value").sort_values("key")
    enough = min(groups.loc[groups["group"].isin([gap["first"], gap["second"]]), "n"]) >= N_WITHHELD
    meaning = (Meaning.POSITIVE if gap["value"] > 0 else Meaning.NEGATIVE) if gap["real"] else Meaning.UNCERTAIN
    row = (
        GAP,
        _("Abstand"),
        _("n = {n} nennen beides").format(n=number(gap["n"])),
        *(gap[["value", "low", "high"]] if enough else (float("nan"),) * 3),
        words.value("", gap["value"]) if enough else words.too_few(),
        words.bounds("", gap["low"], gap["high"]) if enough else "",
        number(gap["n"]),
        str(meaning if enough else Meaning.WITHHELD),
        0.0,
    )
    found = pd.concat([sides, pd.DataFrame([row], columns=dots.COLUMNS)], ignore_index=True)
    return found.assign(start=themes.start(found))


def groups(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Groups of a lens around a line at 0."""
    axis = alt.Axis(**themes.ticks(), labelExpr=themes.signed_labels(2))
    x = alt.X("value:Q").scale(nice=False).axis(axis).title(None)
    return dots.ranked(data, theme, x, _("Polarität"))


def channel_rows(groups: pd.DataFrame, difference: pd.DataFrame) -> pd.DataFrame:
    """`LensView` of "ux" as CHANNEL_COLUMNS: channels in which both have enough feedback, largest difference first, then the others."""
    levels = groups.set_index(["part", "group"])
    ranked = difference.assign(size=difference["value"].abs()).sort_values(["real", "size"], ascending=False)
    found = [
        _channel_row(row, levels.loc[(row["part"], SURFACE)], levels.loc[(row["part"], WHOLE)])
        for row in ranked.to_dict("records")
    ]
    return pd.DataFrame(found, columns=CHANNEL_COLUMNS).sort_values("meaning", key=lambda m: m == Meaning.WITHHELD)


def _channel_row(row: dict, surface: pd.Series, whole: pd.Series) -> tuple:
    base = _("{surface} · {whole}").format(surface=number(surface["n"]), whole=number(whole["n"]))
    if min(surface["n"], whole["n"]) < N_WITHHELD:
        nothing = (float("nan"),) * 6
        return (
            row["part"],
            row["part"],
            words.too_few(),
            *nothing,
            words.too_few(),
            "",
            "",
            base,
            str(Meaning.WITHHELD),
        )
    bounds = words.bounds("", row["low"], row["high"])
    return (
        row["part"],
        row["part"],
        mismatch_name(row["mismatch"]),
        *surface[["value", "low", "high"]],
        *whole[["value", "low", "high"]],
        *(
            f"{words.value('', side['value'])} ({words.bounds('', side['low'], side['high'])})"
            for side in (surface, whole)
        ),
        f"{words.value('', row['value'])} ({bounds})",
        base,
        str(MISMATCHES.get(row["mismatch"], Meaning.UNCERTAIN)),
    )


def channels(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Surface (filled) over whole (hollow) per channel, each with its interval; a click picks the channel."""
    colours = themes.palette(theme)
    base = alt.Chart(data).encode(
        y=alt.Y("key:N").sort(None).axis(labels=False, minExtent=NAMES, grid=False).title(None)
    )
    shown = base.transform_filter(f"datum.meaning != '{Meaning.WITHHELD}'")
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    axis = alt.Axis(**themes.ticks(), labelExpr=themes.signed_labels(2))
    left = {"align": "left", "limit": NAMES - 6}
    layers = [
        alt.Chart(data).mark_rule(color=colours.second_ink).encode(x=alt.datum(0)),
        base.mark_text(dy=-7, fontSize=themes.TEXT_SIZE, color=colours.ink, **left).encode(
            x=alt.value(-NAMES), text="name:N"
        ),
        base.mark_text(dy=8, fontSize=themes.NOTE_SIZE, **left).encode(
            x=alt.value(-NAMES), text="note:N", color=colour
        ),
        shown.mark_rule(strokeWidth=2, yOffset=-7, color=colours.accent).encode(x="surface_low:Q", x2="surface_high:Q"),
        shown.mark_rule(strokeWidth=2, yOffset=7, color=colours.second_ink).encode(x="whole_low:Q", x2="whole_high:Q"),
        shown.mark_point(filled=True, size=90, opacity=1, yOffset=-7, color=colours.accent).encode(
            x=alt.X("surface:Q").scale(nice=False).axis(axis).title(None)
        ),
        shown.mark_point(
            shape="square",
            filled=True,
            size=80,
            opacity=1,
            yOffset=7,
            fill=colours.ground,
            stroke=colours.second_ink,
            strokeWidth=2,
        ).encode(x="whole:Q"),
        _hover(base),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=alt.Step(ROW), description=_("Oberfläche und Ganzes je Kanal, Punkte mit Intervallen")
    )
    return themes.configured(chart, theme)


def _hover(base: alt.Chart) -> alt.Chart:
    titles = {
        "name": _("Kanal"), "surface_text": _("Oberfläche (UX)"), "whole_text": _("Ganzes (CX)"), "difference": _("Unterschied"),
        "note": _("Urteil"), "base": _("n Oberfläche · Ganzes"),
    }  # fmt: skip
    row = base.mark_rect(opacity=0, cursor="pointer").encode(
        x=alt.value(-NAMES),
        x2=alt.value("width"),
        tooltip=[alt.Tooltip(f"{field}:N").title(title) for field, title in titles.items()],
    )
    return row.add_params(alt.selection_point(name=dots.PICK, fields=["key"]))
