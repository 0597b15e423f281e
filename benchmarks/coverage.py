"""How often nominal 95 % intervals hold the true value, over stated grids of true values. Seeded; prints, asserts nothing.

python -m benchmarks.coverage
"""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from benchmarks.tables import print_table
from cx.stats import changes, effects, importance, means, nps, shares, weights
from cx.stats.coverage import held

SEED = 20_261_126
RUNS = 5_000
IMPORTANCE_RUNS = 1_000
BOOTSTRAPS = 500  # draws per run; the app takes 1,000
COMENTION_RUNS = 500
WEIGHTED_RUNS = 1_000
ALARM_RUNS = 2_000  # per series
AIM = (0.93, 0.97)
SURE = 0.02  # importances from here on are to be covered; below, the page says that it is unsure
EXACT = 1e9  # answers that a population stands for: its own numbers have no error left

NPS_TRUTHS = [
    (0.9, 0.08, 0.02), (0.75, 0.2, 0.05), (0.6, 0.3, 0.1), (0.5, 0.3, 0.2), (1 / 3, 1 / 3, 1 / 3), (0.3, 0.3, 0.4), (0.1, 0.2, 0.7),
]  # fmt: skip
SHARE_TRUTHS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]
POLARITIES = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
STARS = np.arange(1.0, 6.0)
MEAN_TRUTHS = {  # values, and the shares of the answers that give them
    "pillar, mostly bad": (POLARITIES, (0.5, 0.25, 0.1, 0.1, 0.05)),
    "pillar, torn": (POLARITIES, (0.4, 0.05, 0.1, 0.05, 0.4)),
    "pillar, mostly good": (POLARITIES, (0.05, 0.05, 0.1, 0.3, 0.5)),
    "stars, J-shaped": (STARS, (0.15, 0.05, 0.05, 0.15, 0.6)),
    "stars, good": (STARS, (0.02, 0.03, 0.1, 0.35, 0.5)),
}
PILLARS = ["effort", "emotion", "expectation", "control", "trust", "resolution"]
EFFECTS = np.array([0.9, 0.35, 0.5, 0.0, 0.6, 1.2])  # on the latent scale of the outcome; control is a bystander
NAMED = {  # by mood: shares of customers in it, and how each pillar is named there (negative, positive)
    "bad": (0.35, [(0.5, 0.05), (0.3, 0.1), (0.3, 0.05), (0.2, 0.05), (0.25, 0.05), (0.35, 0.05)]),
    "good": (0.65, [(0.1, 0.3), (0.05, 0.4), (0.1, 0.15), (0.05, 0.15), (0.05, 0.2), (0.05, 0.25)]),
}
CUTS = (-0.9, 0.4)  # of the latent scale: detractors, passives, promoters
CHANNELS = pd.DataFrame(  # known share, how often a channel is in the sample, and its NPS groups
    {
        "known": [0.4, 0.3, 0.2, 0.1],
        "sampled": [0.15, 0.25, 0.35, 0.25],
        "promoters": [0.5, 0.35, 0.55, 0.2],
        "passives": [0.3, 0.3, 0.25, 0.25],
        "detractors": [0.2, 0.35, 0.2, 0.55],
    }
)

Row = dict[str, object]


def row(what: str, n: int | str, runs: int, inside: dict[object, float]) -> Row:
    """One line of the table: coverage by true value, its mean and its range."""
    found = np.array(list(inside.values()))
    average = found.mean()
    return {
        "interval": what,
        "n": n,
        "runs": runs,
        "true values": len(found),
        "covers on average": f"{100 * average:.1f} %",
        "lowest … highest": f"{100 * found.min():.1f} … {100 * found.max():.1f} %",
        "93–97 %": "yes" if AIM[0] <= average <= AIM[1] else "no",
    }


def nps_rows(chance: np.random.Generator) -> Iterator[Row]:
    """NPS and shares at n = 30, 100, 1,000, and their differences."""
    for n in (30, 100, 1_000):
        inside = {}
        for truth in NPS_TRUTHS:
            drawn = pd.DataFrame(chance.multinomial(n, truth, RUNS), columns=list(nps.GROUPS))
            inside[truth] = _covered(nps.nps_frame(drawn), nps.LIMIT * (truth[0] - truth[2]))
        yield row("NPS (adjusted Wald)", n, RUNS, inside)
    for n in (30, 100, 1_000):
        inside = {}
        for truth in SHARE_TRUTHS:
            drawn = pd.DataFrame({"successes": chance.binomial(n, truth, RUNS), "n": n})
            inside[truth] = _covered(shares.wilson_frame(drawn), truth)
        yield row("share (Wilson)", n, RUNS, inside)
    for n in (100, 1_000):
        pairs = list(zip(NPS_TRUTHS, NPS_TRUTHS[1:], strict=False))
        yield row("difference of two NPS", n, RUNS, {pair: _nps_difference(pair, n, chance) for pair in pairs})
        pairs = list(zip(SHARE_TRUTHS, SHARE_TRUTHS[1:], strict=False))
        yield row(
            "difference of two shares (Newcombe)", n, RUNS, {pair: _share_difference(pair, n, chance) for pair in pairs}
        )


def _nps_difference(pair: tuple, n: int, chance: np.random.Generator) -> float:
    now, before = (pd.DataFrame(chance.multinomial(n, truth, RUNS), columns=list(nps.GROUPS)) for truth in pair)
    true = [nps.LIMIT * (truth[0] - truth[2]) for truth in pair]
    return _covered(nps.nps_difference_frame(now, before), true[0] - true[1])


def _share_difference(pair: tuple, n: int, chance: np.random.Generator) -> float:
    now, before = (pd.DataFrame({"successes": chance.binomial(n, truth, RUNS), "n": n}) for truth in pair)
    return _covered(shares.newcombe_frame(now, before), pair[0] - pair[1])


def mean_rows(chance: np.random.Generator) -> Iterator[Row]:
    """Means of stars and pillar scores at n = 100 and 1,000."""
    for n in (100, 1_000):
        inside = {}
        for name, (values, truth) in MEAN_TRUTHS.items():
            drawn = chance.multinomial(n, truth, RUNS)
            sums = pd.DataFrame({"n": n, "total": drawn @ values, "squares": drawn @ values**2})
            inside[name] = _covered(means.mean_frame(sums), float(np.dot(values, truth)))
        yield row("mean, pillar score (t)", n, RUNS, inside)


def weighted_rows(chance: np.random.Generator) -> Iterator[Row]:
    """NPS, share of promoters and mean of a sample that is raked to known shares of channels."""
    groups = CHANNELS[list(nps.GROUPS)].to_numpy()
    known = CHANNELS["known"].to_numpy()
    true = known @ groups
    for n in (300, 1_000):
        inside = {"NPS": 0.0, "share": 0.0, "mean": 0.0}
        for sizes in chance.multinomial(n, CHANNELS["sampled"], WEIGHTED_RUNS):
            cells = pd.DataFrame(chance.multinomial(sizes, groups), columns=list(nps.GROUPS))
            cells = cells.assign(channel=CHANNELS.index, n=sizes)
            found = _weighted(cells, weights.rake(cells, {"channel": dict(enumerate(known))}))
            truths = {"NPS": nps.LIMIT * (true[0] - true[2]), "share": true[0], "mean": nps.LIMIT * (true[0] - true[2])}
            for name, truth in truths.items():
                inside[name] += bool(held(found[name].low, found[name].high, truth)) / WEIGHTED_RUNS
        for name, covered in inside.items():
            yield row(f"weighted {name}, raked to channels", n, WEIGHTED_RUNS, {name: covered})


def _weighted(cells: pd.DataFrame, weight: pd.Series) -> dict[str, weights.Weighted]:
    points = nps.LIMIT * (cells["promoters"] - cells["detractors"])
    squares = nps.LIMIT**2 * (cells["promoters"] + cells["detractors"])
    return {
        "NPS": weights.nps(cells, weight),
        "share": weights.share(cells.assign(successes=cells["promoters"]), weight),
        "mean": weights.mean(cells.assign(total=points, squares=squares), weight),
    }


def population() -> pd.DataFrame:
    """Every pattern of six pillars and NPS with its true share (n, together 1): the world that answers are drawn from."""
    patterns = np.array(np.meshgrid(*[(-1, 0, 1)] * len(PILLARS), indexing="ij")).reshape(len(PILLARS), -1).T
    share = np.zeros(len(patterns))
    for size, named in NAMED.values():
        by_pillar = np.array([(bad, 1 - bad - good, good) for bad, good in named])
        share += size * np.take_along_axis(by_pillar[None], (patterns + 1)[:, :, None], axis=2)[:, :, 0].prod(axis=1)
    below = 1 / (1 + np.exp(-(np.array(CUTS) - (patterns @ EFFECTS)[:, None])))
    outcomes = np.diff(below, prepend=0, append=1, axis=1)
    parts = [
        pd.DataFrame(patterns, columns=PILLARS).assign(outcome=value, n=share * outcomes[:, place])
        for place, value in enumerate((-100, 0, 100))
    ]
    return pd.concat(parts, ignore_index=True)


def samples(world: pd.DataFrame, n: int, runs: int, chance: np.random.Generator) -> Iterator[pd.DataFrame]:
    """Counted patterns of n answers, drawn `runs` times."""
    for _ in range(runs):
        place, counts = np.unique(chance.choice(len(world), n, p=world["n"]), return_counts=True)
        yield world.iloc[place].assign(n=counts)


def effect_rows(world: pd.DataFrame, chance: np.random.Generator) -> Iterator[Row]:
    """The adjusted effects of six pillars at n = 100 and 1,000 against those of the whole population."""
    true = effects.adjusted(world.assign(n=EXACT * world["n"]), PILLARS, "outcome")["effect"].to_numpy()
    for n in (100, 1_000):
        found = [effects.adjusted(drawn, PILLARS, "outcome") for drawn in samples(world, n, RUNS, chance)]
        low, high = (np.array([frame[bound] for frame in found]) for bound in ("low", "high"))
        yield row("adjusted effect (HC3)", n, RUNS, _by_pillar(low, high, true))


def importance_rows(world: pd.DataFrame, chance: np.random.Generator) -> Iterator[Row]:
    """The importances of the pillars at n = 300 and 1,000: those of at least SURE, and the rest."""
    true = importance.lmg(importance.correlations(world, PILLARS, "outcome"))
    for n in (300, 1_000):
        bounds = [
            importance.interval(importance.bootstrap(drawn, PILLARS, "outcome", draws=BOOTSTRAPS))
            for drawn in samples(world, n, IMPORTANCE_RUNS, chance)
        ]
        low, high = np.array(bounds).swapaxes(0, 1)
        inside = _by_pillar(low, high, true)
        for name, wanted in (("≥", true >= SURE), ("<", true < SURE)):
            kept = {pillar: inside[pillar] for pillar in np.array(PILLARS)[wanted]}
            yield row(f"importance {name} {SURE} (bootstrap)", n, IMPORTANCE_RUNS, kept)


def comention_rows(chance: np.random.Generator) -> Iterator[Row]:
    """A topic without effect that is named in 80 % of the cases of a guilty one, N = 2,000: who is blamed?"""
    covered = blamed = 0
    impacts = []
    for _ in range(COMENTION_RUNS):
        guilty = chance.random(2_000) < 0.2
        innocent = chance.random(2_000) < np.where(guilty, 0.8, 0.05)
        latent = 0.3 - 1.6 * guilty + chance.logistic(size=2_000)
        outcome = np.select([latent > CUTS[1], latent < CUTS[0]], [100, -100], 0)
        rows = pd.DataFrame({"guilty": 1 * guilty, "innocent": 1 * innocent, "outcome": outcome, "n": 1})
        adjusted = effects.adjusted(rows, ["guilty", "innocent"], "outcome").loc["innocent"]
        covered += bool(held(adjusted["low"], adjusted["high"], 0))
        named, rest = (_groups(outcome[side]) for side in (innocent, ~innocent))
        impacts.append(effects.leave_out(innocent.sum(), outcome[innocent].mean(), len(outcome), outcome.mean()))
        # The impact is n_t/N times this difference, so its sign is as certain.
        blamed += nps.nps_difference(named, rest).high < 0
    yield row("adjusted effect of the innocent holds 0", 2_000, COMENTION_RUNS, {0: covered / COMENTION_RUNS})
    print(
        f"The leave-out impact blames the innocent in {100 * blamed / COMENTION_RUNS:.1f} % of {COMENTION_RUNS} runs, "
        f"by {np.mean(impacts):.1f} points on average."
    )


def _groups(outcome: np.ndarray) -> tuple[int, int, int]:
    return tuple(int((outcome == value).sum()) for value in (100, 0, -100))


def alarm_rows(chance: np.random.Generator) -> Iterator[Row]:
    """How often a chart of 24 months without any change shows a point outside its limits, or a shift of the level."""
    sizes = np.linspace(40, 300, 24).astype(int)
    alarms = {"control limits": {}, "change points": {}}
    for name, truth in (
        ("NPS", NPS_TRUTHS[3]),
        ("NPS, high", NPS_TRUTHS[1]),
        ("stars", MEAN_TRUTHS["stars, J-shaped"][1]),
    ):
        found = np.array([_alarms(name, chance.multinomial(sizes, truth)) for _ in range(ALARM_RUNS)])
        for kind, share in zip(alarms, found.mean(axis=0), strict=True):
            alarms[kind][name] = 100 * share
    stated = 100 * changes.ALARM_RATE
    for kind, shares_by_series in alarms.items():
        average = np.mean(list(shares_by_series.values()))
        yield {
            "false alarm of a chart": kind,
            "charts": ALARM_RUNS * len(shares_by_series),
            "stated": f"{stated:.1f} %",
            "found": f"{average:.2f} %",
            "by series": ", ".join(f"{name} {share:.2f} %" for name, share in shares_by_series.items()),
            "within a fifth": "yes" if abs(average - stated) <= stated / 5 else "no",
        }


def _alarms(name: str, drawn: np.ndarray) -> tuple[bool, bool]:
    if name == "stars":
        powers = {column: drawn @ STARS**power for power, column in enumerate(("n", "total", "squares", "cubes"))}
        sums = pd.DataFrame(powers)
    else:
        sums = changes.nps_sums(pd.DataFrame(drawn, columns=list(nps.GROUPS)))
    return bool(changes.control_limits(sums)["outside"].any()), bool(changes.change_points(sums))


def _covered(found: pd.DataFrame, true: float) -> float:
    return float(held(found["low"], found["high"], true).mean())


def _by_pillar(low: np.ndarray, high: np.ndarray, true: np.ndarray) -> dict[str, float]:
    """Coverage per pillar over the runs that gave it an interval."""
    told = ~np.isnan(low)
    return dict(zip(PILLARS, held(low, high, true).sum(axis=0) / told.sum(axis=0), strict=True))


def _timed(make: Callable[..., Iterator[Row]], *arguments: object) -> list[Row]:
    start = time.perf_counter()
    found = list(make(*arguments))
    print(f"{make.__name__}: {time.perf_counter() - start:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    chance = np.random.default_rng(SEED)
    world = population()
    rows = [
        *_timed(nps_rows, chance),
        *_timed(mean_rows, chance),
        *_timed(weighted_rows, chance),
        *_timed(effect_rows, world, chance),
        *_timed(comention_rows, chance),
        *_timed(importance_rows, world, chance),
    ]
    print_table("Coverage of nominal 95 % intervals", rows)
    print_table("False alarms of charts without a change", _timed(alarm_rows, chance))
