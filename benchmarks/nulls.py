"""How many marks are false where nothing is true: the demo data with their truth dealt away, asked as the pages ask. Seeded; prints, asserts nothing.

python -m benchmarks.nulls [--seeds 200] [--first 20261126] [--pages Treiber]

A mark says that something is real. Instead of 200 generated demos without truth, one is imported and what a page holds against each other is
dealt anew among its feedbacks (or statements): every deal is as likely as any other exactly if there is no truth, and all else stays as
real as it was: the texts, how often a thing is named, what is named together, how the scores are spread. Where nothing is true every mark is
false, so the share of pages with any mark is the false discovery rate that Benjamini–Hochberg promises to keep at 5 %.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

import cx
from benchmarks.tables import print_table
from cx.analysis.pillars import Across
from cx.model.kpi import Outcome, Predictors
from cx.model.limits import FALSE_DISCOVERY_RATE
from cx.model.segment import By
from cx.stats.asymmetry import Kind
from cx.stats.estimate import Estimate
from cx.stats.shares import wilson
from cx.store import sql
from cx.store.connection import SCHEMA
from cx.workspace import Workspace

SEED = 20_261_126
SEEDS = 200
ANSWERS = 6_000  # feedbacks that rate the questions of a survey
ITEMS = 8
COMMON = 0.6  # share of an answer's variance that all answers of one customer have in common
STARS, STAR_SHARES = np.arange(1.0, 6.0), (0.15, 0.05, 0.05, 0.15, 0.6)
APART = 7_919  # seeds between the deals of one page

DEAL = """
UPDATE feedback SET {assigned} FROM (
    SELECT a.id, b.* EXCLUDE (place) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM feedback) a
    JOIN (SELECT {columns}, row_number() OVER (ORDER BY hash(id, $seed)) AS place FROM feedback) b USING (place)
) other WHERE feedback.id = other.id
"""
DEAL_TOUCHPOINTS = """
UPDATE mention SET statement = other.other_statement, feedback = other.other_feedback FROM (
    SELECT a.id, b.id AS other_statement, b.feedback AS other_feedback
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM statement) a
    JOIN (SELECT id, feedback, row_number() OVER (ORDER BY hash(id, $seed)) AS place FROM statement) b USING (place)
) other WHERE mention.dimension = 'touchpoint' AND mention.statement = other.id
"""
KEPT_BESIDE = "UPDATE feedback SET touchpoints = NULL, pairs = NULL, phases = NULL"
SURVEY = """
INSERT INTO feedback BY NAME SELECT id, 1 AS batch, CAST(id AS VARCHAR) AS identity, 'survey' AS kind, 'x' AS source, rating, true AS live
FROM given_feedback;
INSERT INTO question SELECT DISTINCT question, 1, 'Frage ' || question, 'Frage ' || question, 1, 5, '', '' FROM given_answer;
INSERT INTO answer SELECT feedback, 1, question, score, score FROM given_answer;
"""
SCORES = ("nps", "csat", "csat_high", "ces", "ces_variant", "rating", "rating_native", "rating_low", "rating_high")
Marks = tuple[int, int]  # tests made, of which marked


@dataclass(frozen=True)
class Page:
    """A view of a page: what is dealt anew to take its truth away, and the tests and marks that it then shows, by what is added to the name."""

    name: str
    deals: tuple[str, ...]
    ask: Callable[[Workspace], dict[str, Marks]]


def dealt(*columns: str) -> str:
    """The statement that deals these columns of the feedback, together, anew among all of it."""
    assigned = ", ".join(f"{name} = other.{name}" for name in columns)
    return DEAL.format(assigned=assigned, columns=", ".join(columns))


def summed_mentions() -> str:
    """The statements that sum the mentions of each feedback anew, as they did when the sums came into the schema."""
    files = (sql(SCHEMA / name) for name in ("007_named.sql", "008_phases.sql"))
    return "".join("CREATE TEMP TABLE" + file.split("CREATE TEMP TABLE")[1] for file in files)


def marked(*frames: pd.DataFrame) -> Marks:
    """Over frames with p (missing: no test) and real."""
    return sum(int(frame["p"].notna().sum()) for frame in frames), sum(int(frame["real"].sum()) for frame in frames)


def pillar_map(ws: Workspace) -> dict[str, Marks]:
    """Säulen: every pillar in every channel and month."""
    found = ws.pillar_map()
    return {"": marked(found.channels, found.months)}


def touchpoint_map(ws: Workspace, across: Across) -> dict[str, Marks]:
    """Touchpoints crossed with pillars or channels."""
    return {"": marked(ws.touchpoint_map(across=across).cells)}


def drivers(ws: Workspace, outcome: Outcome, predictors: Predictors) -> dict[str, Marks]:
    """Treiber: adjusted effects with the difference between feedback with and without text, and what stands beside them untested: importances told
    from noise, and predictors called basic, performance or excitement factor."""
    found = ws.explained(outcome, predictors=predictors)
    commenting = pd.DataFrame({"p": [found.commenting.difference.p], "real": [found.commenting.real]})
    named = found.drivers[found.drivers["kind"] != ""]
    return {
        "": marked(found.drivers, commenting),
        ", above noise": (len(found.drivers), int(found.drivers["above_noise"].sum())),
        ", kind": (len(named), int((named["kind"] != Kind.UNDECIDED).sum())),
    }


def segments(ws: Workspace, by: By) -> dict[str, Marks]:
    """Kanäle: differences, consistency, the split of the change, and whether it is said to be reversed."""
    found = ws.compare(by)
    parts = [found.split.parts] if found.split else []
    tests, marks = marked(found.differences, found.consistency, *parts)
    return {"": (tests, marks + int(bool(found.split and found.split.reversed)))}


NO_SCORES, NO_PLACE, NO_DATE = dealt(*SCORES), dealt("channel"), dealt("submitted_at")
TEXT_PAGES = (
    Page("Säulen", (NO_PLACE, NO_DATE), pillar_map),
    Page(
        "Touchpoints by pillar",
        (DEAL_TOUCHPOINTS, KEPT_BESIDE, summed_mentions()),
        partial(touchpoint_map, across=Across.PILLARS),
    ),
    Page("Touchpoints by channel", (NO_PLACE,), partial(touchpoint_map, across=Across.CHANNELS)),
    *(
        Page(f"Treiber: {outcome} by {each}", (NO_SCORES,), partial(drivers, outcome=outcome, predictors=each))
        for each in (Predictors.PILLARS, Predictors.TOUCHPOINTS)
        for outcome in Outcome
    ),
    *(Page(f"Kanäle by {each}", (NO_PLACE, NO_DATE), partial(segments, by=each)) for each in (By.CHANNEL, By.MONTH)),
)
SURVEY_PAGES = (
    Page(
        "Treiber: rating by items", (NO_SCORES,), partial(drivers, outcome=Outcome.RATING, predictors=Predictors.ITEMS)
    ),
)


def texts() -> Workspace:
    """The demo data, read."""
    ws = cx.open(":memory:")
    ws.load_demo()
    return ws


def survey() -> Workspace:
    """A survey of ITEMS rated questions whose answers hang together, as those of one customer do, and stars that know nothing of them."""
    chance = np.random.default_rng(SEED)
    shared, own = chance.normal(size=(ANSWERS, 1)), chance.normal(size=(ANSWERS, ITEMS))
    scores = np.clip(np.rint(2 * (np.sqrt(COMMON) * shared + np.sqrt(1 - COMMON) * own)), -2, 2) / 2
    feedback = pd.DataFrame({"id": np.arange(ANSWERS), "rating": chance.choice(STARS, ANSWERS, p=STAR_SHARES)})
    answers = (
        pd.DataFrame(scores)
        .melt(ignore_index=False, var_name="question", value_name="score")
        .reset_index(names="feedback")
    )
    ws = cx.open(":memory:")
    with (
        ws._store.writing() as session,
        session.given(given_feedback=feedback),
        session.given(given_answer=answers),
    ):
        session.run(SURVEY)
    return ws


def falsely_marked(ws: Workspace, pages: Sequence[Page], seeds: range) -> list[dict[str, object]]:
    """One row per page and kind of mark: over the deals of these seeds the tests made, what was marked, and the pages with any mark, with the Wilson interval
    of their share."""
    rows = []
    for page in pages:
        found = [_asked(ws, page, seed) for seed in seeds]
        told = [_row(page.name + kind, [each[kind] for each in found]) for kind in found[0] if found[0][kind][0]]
        print(*(f"{row['page']}: {row['pages with a mark']}" for row in told), sep="\n", flush=True)
        rows += told
    return rows


def _asked(ws: Workspace, page: Page, seed: int) -> dict[str, Marks]:
    with ws._store.writing() as session:
        for place, deal in enumerate(page.deals):
            session.run(deal, seed=seed + place * APART)
    return page.ask(ws)


def _row(name: str, found: list[Marks]) -> dict[str, object]:
    tests, marks = (sum(each) for each in zip(*found, strict=True))
    pages = wilson(sum(some > 0 for _, some in found), len(found))
    return {
        "page": name,
        "seeds": len(found),
        "tests": f"{tests:,}",
        "marks": marks,
        "of the tests": f"{100 * marks / tests:.2f} %",
        "pages with a mark": f"{100 * pages.value:.1f} %",
        "interval": f"{100 * pages.low:.1f} … {100 * pages.high:.1f} %",
        "at most 5 %": _verdict(pages),
    }


def _verdict(pages: Estimate) -> str:
    if pages.value <= FALSE_DISCOVERY_RATE:
        return "yes"
    return "not refuted" if pages.low <= FALSE_DISCOVERY_RATE else "no"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--first", type=int, default=SEED, help="the first of the seeds")
    parser.add_argument("--pages", default="", help="only those whose name begins so")
    asked = parser.parse_args()
    rows = []
    for made, pages in ((texts, TEXT_PAGES), (survey, SURVEY_PAGES)):
        chosen = [page for page in pages if page.name.startswith(asked.pages)]
        rows += falsely_marked(made(), chosen, range(asked.first, asked.first + asked.seeds)) if chosen else []
    print_table(f"False marks over {asked.seeds} deals without truth", rows)


if __name__ == "__main__":
    main()
