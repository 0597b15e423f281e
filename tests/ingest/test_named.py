"""What a feedback names, kept beside its mentions: after everything that changes mentions it is what they sum to."""

from itertools import product

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import cx
from cx.ingest import named
from cx.model import taxonomy
from cx.store import Store
from cx.store.connection import SCHEMA
from cx.workspace import Workspace

TEXTS = [
    "Die Lieferung kam viel zu spät, aber der Kundendienst war freundlich und hilfsbereit.",
    "Der Fahrer hat das Paket einfach abgestellt. Die Rechnung war falsch, niemand hat geholfen.",
    "Schnelle Lieferung, sehr zufrieden.",
    "Alles gut.",
    "Hotline nicht erreichbar, ich fühle mich im Stich gelassen. Die Hotline legt auf!",
]
COLUMNS = ["touchpoints", "pairs", "phases"]
MIGRATIONS = ("007", "008")


def migration(number: str) -> str:
    """The text of a migration."""
    [file] = SCHEMA.glob(f"{number}_*.sql")
    return file.read_text(encoding="utf-8")


@pytest.fixture
def workspace() -> Workspace:
    found = cx.open()
    lines = [f"{place};2026-05-0{place};{text}" for place, text in enumerate(TEXTS, start=1)]
    found.import_file("\n".join(["Sterne;Datum;Text", *lines]).encode(), name="a.csv", channel="App")
    return found


def stored(workspace: Workspace) -> dict[int, tuple[list, ...]]:
    """What the columns of each feedback say, as lists of tuples."""
    with workspace._store.reading() as session:
        rows = session.arrow("SELECT id, touchpoints, pairs, phases FROM feedback").to_pylist()
    return {row["id"]: tuple([tuple(each.values()) for each in row[name] or ()] for name in COLUMNS) for row in rows}


def summed(workspace: Workspace) -> dict[int, tuple[list, ...]]:
    """The same from the mentions, statement by statement."""
    with workspace._store.reading() as session:
        mentions = session.frame("SELECT statement, feedback, dimension, aspect, polarity FROM mention")
        ids = session.frame("SELECT id FROM feedback")["id"]
    return {feedback: _of_one(mentions[mentions["feedback"] == feedback]) for feedback in ids}


def _of_one(mentions: pd.DataFrame) -> tuple[list, ...]:
    touchpoints: dict[tuple[str], list[float]] = {}
    pairs: dict[tuple[str, str], list[float]] = {}
    phases: dict[tuple[str], list[float]] = {}
    for _statement, said in mentions.groupby("statement"):
        sides = {side: dict(rows[["aspect", "polarity"]].to_numpy()) for side, rows in said.groupby("dimension")}
        pillars, places = sides.get("pillar", {}), sides.get("touchpoint", {})
        for touchpoint, polarity in places.items():
            touchpoints.setdefault((touchpoint,), []).append(polarity)
            phases.setdefault((taxonomy.load().aspect(touchpoint).phase,), []).append(polarity)
        for pillar, touchpoint in product(pillars or [""], places or [""]):
            pairs.setdefault((pillar, touchpoint), []).append(pillars.get(pillar, places.get(touchpoint)))
    return tuple(
        [(*key, pytest.approx(sum(found)), len(found)) for key, found in sorted(sums.items())]
        for sums in (touchpoints, pairs, phases)
    )


def test_an_import_sums_what_its_mentions_say(workspace: Workspace) -> None:
    found = stored(workspace)
    assert found == summed(workspace)
    assert max(len(pairs) for _touchpoints, pairs, _phases in found.values()) > 1
    assert any(len(phases) < len(touchpoints) for touchpoints, _pairs, phases in found.values())
    assert ([], [], []) in found.values()


def test_a_correction_and_its_withdrawal_sum_anew(workspace: Workspace) -> None:
    before = stored(workspace)
    statement = int(workspace.voices()["statement"].iloc[-1])
    workspace.correct(statement, cx.Correction("negative", "touchpoint", "payment"), cx.Correction("positive"))
    assert stored(workspace) == summed(workspace) != before
    workspace.withdraw_correction(*workspace.corrections()["id"])
    assert stored(workspace) == summed(workspace) == before


def test_reading_again_sums_anew(workspace: Workspace) -> None:
    before = stored(workspace)
    with workspace._store.writing() as session:
        session.run("UPDATE feedback SET touchpoints = NULL, pairs = NULL, phases = NULL")
    workspace.rescore()
    assert stored(workspace) == before


@pytest.mark.parametrize("seed", range(5))
def test_arrays_sum_what_the_database_sums(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(0, 400)) if seed else 0
    feedbacks = pa.table({"feedback": -np.arange(1, 120)[::-1]})
    rows = pd.DataFrame(
        {
            "text": chance.integers(1, 150, n),
            "statement": chance.integers(0, 3, n),
            "dimension": chance.choice(["pillar", "touchpoint"], n),
            "aspect": chance.choice(["trust", "app", "Äpfel", "price", "payment"], n),
            "polarity": chance.integers(-16384, 16385, n) / 16384,
        }
    )
    rows = rows.drop_duplicates(["text", "statement", "dimension", "aspect"]).sort_values(["text", "statement"])
    mentions = pa.Table.from_pandas(rows.assign(feedback=-(rows["text"] % 100) - 1), preserve_index=False)
    mentions = mentions.set_column(
        mentions.schema.get_field_index("aspect"), "aspect", mentions["aspect"].cast(pa.string())
    )
    with Store().reading() as session:
        with session.given(given=mentions):
            session.run(
                "CREATE TEMP TABLE mention AS SELECT text * 10 + statement AS statement, * EXCLUDE (text, statement) FROM given"
            )
        session.run("CREATE TEMP TABLE feedback AS SELECT DISTINCT feedback AS id FROM mention")
        for number in MIGRATIONS:
            session.run(migration(number))
        summed = session.arrow("SELECT id AS feedback, * EXCLUDE (id) FROM feedback ORDER BY id").to_pylist()
    found = named.beside(feedbacks, mentions).to_pylist()
    assert [row for row in found if row["pairs"] is not None] == summed
    assert [row["feedback"] for row in found] == feedbacks["feedback"].to_pylist()


def test_an_older_database_is_summed_when_it_is_opened(workspace: Workspace) -> None:
    before = stored(workspace)
    with workspace._store.writing() as session:
        for column in COLUMNS:
            session.run(f"ALTER TABLE feedback DROP COLUMN {column}")
        for number in MIGRATIONS:
            session.run(migration(number))
    assert stored(workspace) == before
