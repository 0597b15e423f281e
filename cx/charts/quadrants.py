"""Importance against performance. A quadrant is named only where the point's interval clears both lines."""

from enum import StrEnum

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, interval, number, percent
from cx.model.limits import N_WITHHELD

COLUMNS = [
    "key", "name", "quadrant", "x", "x_low", "x_high", "y", "y_low", "y_high",
    "x_text", "y_text", "base", "meaning", "x_line", "y_line", "x_min", "x_max", "y_max", "place", "label", "phone_place", "phone_label",
]  # fmt: skip
ASKED = [
    "predictor", "n", "unsure", "importance", "low", "high", "performance", "performance_low", "performance_high",
]  # fmt: skip
HEIGHT = 340
WIDTH, PHONE_WIDTH = 480, 280  # typical pixels of the map, to keep names apart
PHONE = "containerSize()[0] < 460"
TOP = 1.06  # of the furthest interval, so that the map ends above it
MARGIN = 0.12  # of the span, left free on both sides for names
CORNERS = 48  # of the polygon that draws an ellipse
NARROWEST = 0.1  # span below which the map would magnify noise
LINE, LETTER, GAP = 14, 7, 8  # pixels of a name's line, letter and distance from its point
LONGEST = 24  # letters of a name on the map
FREELY = 6  # names that all find a place
TURNS = 3  # of all names, each time giving way to the others
PICK = "pick"


class Crosshair(StrEnum):
    """Where the vertical line stands."""

    MIDDLE = "middle"
    MEAN = "mean"


def rows(frame: pd.DataFrame, crosshair: str = Crosshair.MIDDLE) -> pd.DataFrame:
    """Drivers with performance (columns of `Workspace.drivers`) as COLUMNS; those without a score or below n = 10 are left out."""
    known = frame[ASKED][frame["n"] >= N_WITHHELD].dropna(
        subset=["performance", "performance_low", "performance_high", "importance"]
    )
    if known.empty:
        return pd.DataFrame(columns=COLUMNS)
    x_line = float(known["performance"].mean()) if crosshair == Crosshair.MEAN else 0.0
    y_line = float(known["importance"].mean()) * 100
    found = pd.DataFrame([_row(row, x_line, y_line) for row in known.to_dict("records")], columns=COLUMNS[:15])
    left, right = min(x_line, found["x_low"].min()), max(x_line, found["x_high"].max())
    margin = MARGIN * max(right - left, NARROWEST)
    found = found.assign(x_min=left - margin, x_max=right + margin, y_max=TOP * (found["y_high"].max() or 1))
    return found.assign(**_named(found, "", WIDTH), **_named(found, "phone_", PHONE_WIDTH))[COLUMNS]


def _named(rows: pd.DataFrame, prefix: str, width: int) -> dict[str, list[str]]:
    """Place and label of each row on a map of this width."""
    names = list(words.told_apart(rows["name"]).map(_short))
    quadrants = list(map(_told, rows["quadrant"], rows["meaning"]))
    places = _places(rows, names, quadrants, width)
    return {f"{prefix}place": places, f"{prefix}label": list(map(_label, names, quadrants, places))}


def _row(row: dict, x_line: float, y_line: float) -> tuple:
    x = row["performance"], row["performance_low"], row["performance_high"]
    y = tuple(100 * row[name] for name in ("importance", "low", "high"))
    named, meaning = ("", Meaning.UNCERTAIN) if row["unsure"] else quadrant(x[1:], y[1:], x_line, y_line)
    return (
        row["predictor"],
        words.aspect_name(row["predictor"]),
        named,
        *x,
        *y,
        f"{words.value('', x[0])} ({words.bounds('', *x[1:])})",
        f"{percent(y[0] / 100, 1)} ({interval(*y[1:], 1)}\u00a0%)",
        number(row["n"]),
        str(meaning),
        x_line,
        y_line,
    )


def quadrant(x: tuple[float, float], y: tuple[float, float], x_line: float, y_line: float) -> tuple[str, Meaning]:
    """The quadrant's name and meaning for an interval of performance (x) and importance (y); "" where one touches its line."""
    left, right = x[1] < x_line, x[0] > x_line
    below, over = y[1] < y_line, y[0] > y_line
    if not (left or right) or not (below or over):
        return "", Meaning.UNCERTAIN
    if over:
        return (_("zuerst verbessern"), Meaning.NEGATIVE) if left else (_("halten"), Meaning.POSITIVE)
    return (_("beobachten"), Meaning.NEUTRAL)


class Place(StrEnum):
    """Where a name stands from its point."""

    UPPER_RIGHT = "upper right"
    LOWER_RIGHT = "lower right"
    UPPER_LEFT = "upper left"
    LOWER_LEFT = "lower left"
    RIGHT = "right"
    LEFT = "left"
    ABOVE = "above"
    BELOW = "below"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _places(rows: pd.DataFrame, names: list[str], quadrants: list[str], width: int) -> list[str]:
    """A place for each name, so that names, points and the two lines overlap as little as they allow; most important first.

    "" where more than FREELY names leave no place free of others and no quadrant is to be told: the tooltip has the name.
    """
    points, lines = _pixels(rows, width)
    edges = [(0, 0, width, 4 * LINE), (width, -HEIGHT, 2 * width, HEIGHT), (-width, -HEIGHT, 0, HEIGHT)]
    fixed = [*edges, *((x - 5, y - 5, x + 5, y + 5) for x, y in points)]
    sizes = [
        (LETTER * max(len(name), len(quadrant_name)), LINE * (2 if quadrant_name else 1))
        for name, quadrant_name in zip(names, quadrants, strict=True)
    ]
    boxes = [{place: _box(place, *point, *size) for place in Place} for point, size in zip(points, sizes, strict=True)]
    chosen: dict[int, Place] = {}
    for row in [*range(len(boxes))] * TURNS:
        others = [*fixed, *(boxes[other][place] for other, place in chosen.items() if other != row)]
        costs = {place: (_covered(box, others), _covered(box, lines)) for place, box in boxes[row].items()}
        best = min(Place, key=lambda place, costs=costs: sum(costs[place]))
        chosen[row] = best
        if len(rows) > FREELY and costs[best][0] and not quadrants[row]:
            del chosen[row]
    return [str(chosen.get(row, "")) for row in range(len(boxes))]


def _pixels(rows: pd.DataFrame, width: int) -> tuple[list[tuple[float, float]], list[tuple[float, ...]]]:
    """Where the points and the two lines stand on a map of this width; y counts down from its lower edge."""
    first = rows.iloc[0]
    across, up = width / (first["x_max"] - first["x_min"]), HEIGHT / first["y_max"]
    points = [((x - first["x_min"]) * across, -y * up) for x, y in zip(rows["x"], rows["y"], strict=True)]
    x, y = (first["x_line"] - first["x_min"]) * across, -first["y_line"] * up
    return points, [(x - 2, -HEIGHT, x + 2, 0), (0, y - 2, width, y + 2)]


def _covered(box: tuple[float, ...], others: list[tuple[float, ...]]) -> float:
    left, upper, right, lower = box
    return sum(
        (min(right, end) - max(left, start)) * (min(lower, bottom) - max(upper, top))
        for start, top, end, bottom in others
        if start < right and left < end and top < lower and upper < bottom
    )


def _told(quadrant_name: str, meaning: str) -> str:
    """What is written beside a name: where to act and what to keep. Where nothing presses, the tooltip tells."""
    return "" if meaning == Meaning.NEUTRAL else quadrant_name


def _label(name: str, quadrant_name: str, place: str) -> str:
    """Two lines; over a point the last of them is never empty, so that the name stands close."""
    if quadrant_name:
        return f"{name}\n{quadrant_name}"
    return f"\n{name}" if place in UPWARD else name


RIGHTWARD = (Place.UPPER_RIGHT, Place.LOWER_RIGHT, Place.RIGHT)
CENTRED = (Place.ABOVE, Place.BELOW)
UPWARD = (Place.UPPER_RIGHT, Place.UPPER_LEFT, Place.ABOVE)
DOWNWARD = (Place.LOWER_RIGHT, Place.LOWER_LEFT, Place.BELOW)


def _box(place: Place, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    left = x - width / 2 if place in CENTRED else x + GAP if place in RIGHTWARD else x - GAP - width
    top = y - GAP - height if place in UPWARD else y + GAP if place in DOWNWARD else y - LINE / 2
    return left, top, left + width, top + height


def importance_performance(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """The map; every point can be clicked (point parameter `pick`)."""
    colours = themes.palette(theme)
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    x_axis = alt.Axis(tickCount=5, labelExpr=themes.signed_labels(2))
    x = alt.X("x:Q").scale(nice=False).axis(x_axis).title(_("Leistung, möglich sind −1 … +1"))
    y = alt.Y("y:Q").scale(zero=True, nice=False).axis(tickCount=5, format=".0f").title(_("Wichtigkeit, in Prozent"))
    base = alt.Chart(data)
    line = {"color": colours.second_ink, "strokeDash": [4, 3], "strokeWidth": 1}
    layers = [
        *(base.mark_point(opacity=0).encode(x=f"{edge}:Q", y="y_max:Q") for edge in ("x_min", "x_max")),
        base.mark_rule(**line).encode(x=alt.X("x_line:Q", aggregate="mean")),
        base.mark_rule(**line).encode(y=alt.Y("y_line:Q", aggregate="mean")),
        *_ellipses(base, colour),
        base.mark_point(filled=True, size=40, opacity=1).encode(x=x, y=y, color=colour),
        *_names(base, colours, x, y),
        _clickable(base, x, y),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=HEIGHT, description=_("Karte: Leistung waagerecht, Wichtigkeit senkrecht")
    )
    return themes.configured(chart, theme)


def _ellipses(base: alt.Chart, colour: alt.Color) -> list[alt.Chart]:
    """Around each point as far as its intervals reach, each of the four quarters with its own half-axes."""
    turn = f"datum.corner * 2 * PI / {CORNERS}"
    edges = (
        base.transform_calculate(corner=f"sequence(0, {CORNERS + 1})")
        .transform_flatten(["corner"])
        .transform_calculate(
            edge_x=f"datum.x + cos({turn}) * (cos({turn}) > 0 ? datum.x_high - datum.x : datum.x - datum.x_low)",
            edge_y=f"datum.y + sin({turn}) * (sin({turn}) > 0 ? datum.y_high - datum.y : datum.y - datum.y_low)",
        )
    )
    place = {"x": "edge_x:Q", "y": "edge_y:Q", "order": "corner:Q", "detail": "key:N", "color": colour}
    return [
        edges.mark_line(filled=True, opacity=0.14).encode(**place),
        edges.mark_line(strokeWidth=1.25).encode(**place),
    ]


def _names(base: alt.Chart, colours: themes.Palette, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Name and quadrant of each point at its place, on a ground of their own, so that no line crosses them."""
    text = {"fontSize": themes.NOTE_SIZE + 1, "lineBreak": "\n", "lineHeight": LINE - 1}
    ground = {"color": colours.ground, "stroke": colours.ground, "strokeWidth": 4}
    return [
        base.transform_filter(f"{there} && datum.{prefix}place == '{place}'")
        .mark_text(**text, **ink, **_beside(place))
        .encode(x=x, y=y, text=f"{prefix}label:N")
        for ink in (ground, {"color": colours.ink})
        for prefix, there in (("", f"!({PHONE})"), ("phone_", PHONE))
        for place in Place
    ]


def _beside(place: Place) -> dict[str, object]:
    shift = (
        {"dy": -24}
        if place in UPWARD
        else {"dy": GAP + 10}
        if place == Place.BELOW
        else {"dy": 12}
        if place in DOWNWARD
        else {"dy": 4}
    )
    if place in CENTRED:
        return {"align": "center", **shift}
    right = place in RIGHTWARD
    return {"align": "left" if right else "right", "dx": GAP + 2 if right else -GAP - 2, **shift}


def _clickable(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Name")),
        alt.Tooltip("x_text:N").title(_("Leistung")),
        alt.Tooltip("y_text:N").title(_("Wichtigkeit")),
        alt.Tooltip("quadrant:N").title(_("Lage")),
        alt.Tooltip("base:N").title("n"),
    ]
    target = base.mark_point(filled=True, size=900, opacity=0, cursor="pointer").encode(x=x, y=y, tooltip=tooltip)
    return target.add_params(alt.selection_point(name=PICK, fields=["key"]))
