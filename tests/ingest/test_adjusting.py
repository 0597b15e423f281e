"""An upload learns from its own ratings: checked, applied, withdrawn; pillars and drivers stay; whole or not at all."""

import random
from pathlib import Path

import pandas as pd
import pytest
from killing import kill_in_the_middle

import cx
from cx.errors import AskError
from cx.ingest import adjusting, importing
from cx.model.correction import Correction
from cx.text import adjusting as laid
from cx.workspace import Workspace

HEADER = "Kommentar;Sterne;Kanal\n"
PRAISE, BLAME = (
    ("Die Bedienung war freundlich.", "Das ging schnell."),
    ("Der Versand war langsam.", "Niemand half mir."),
)
GOOD_HERE, BAD_HERE = ("Im Becken quendelt es.", "Die Perlen zirpen."), ("Am Rand mockelt es.", "Der Beutel runkelt.")
PLAIN = ("Gekauft im Mai.", "Das Pulver steht im Bad.", "Ich wasche oft.", "Zwei Pakete im Karton.")


def ratings(n: int = 600, *, planted: bool = True, seed: int = 0, kind: str = "stars") -> str:
    """Ratings and texts. `planted`: words that the reader does not know go with the rating; else nothing in the text does."""
    chance, lines = random.Random(seed), []
    for number in range(n):
        good = chance.random() < 0.6
        known = chance.choice(PRAISE if good == (chance.random() < (0.7 if planted else 0.5)) else BLAME)
        here = chance.choice(GOOD_HERE if good == (chance.random() < (0.9 if planted else 0.5)) else BAD_HERE)
        value = {"stars": (5, 4) if good else (1, 2), "nps": (10, 9) if good else (0, 3)}[kind][number % 2]
        lines.append(f"{known} {chance.choice(PLAIN)} {here} Nummer {number}.;{value};Web\n")
    return HEADER.replace("Sterne", {"stars": "Sterne", "nps": "NPS"}[kind]) + "".join(lines)


def opened(*files: str) -> Workspace:
    workspace = cx.open()
    for place, file in enumerate(files):
        workspace.import_file(file.encode(), name=f"{place}.csv", source=f"Quelle {place}")
    return workspace


@pytest.fixture
def planted() -> Workspace:
    return opened(ratings())


def frame(workspace: Workspace, query: str) -> pd.DataFrame:
    with workspace._store.reading() as session:
        return session.frame(query)


SCORES = "SELECT id, effort, emotion, expectation, control, trust, resolution FROM feedback ORDER BY id"
MENTIONS = (
    "SELECT s.verbatim, s.ordinal, m.dimension, m.aspect, m.polarity, m.label, m.evidence::VARCHAR AS evidence "
    "FROM mention m JOIN statement s ON s.id = m.statement ORDER BY ALL"
)
VERDICTS = "SELECT id, polarity, label FROM feedback ORDER BY id"
STATEMENTS = "SELECT verbatim, ordinal, start, stop, polarity, label FROM statement ORDER BY ALL"


def unmoved(workspace: Workspace) -> list[bytes]:
    """What learning must not touch, byte by byte."""
    stored = [frame(workspace, query) for query in (SCORES, MENTIONS)]
    asked = [workspace.pillars(), workspace.touchpoints(), workspace.drivers("rating")]
    return [found.to_csv(float_format="%.17g").encode() for found in stored + asked]


def verdicts(workspace: Workspace) -> list[str]:
    return [frame(workspace, query).to_csv() for query in (VERDICTS, STATEMENTS)]


def test_planted_words_are_found_and_named(planted: Workspace) -> None:
    seen: list[tuple[int, int, str]] = []
    found = planted.propose_adjustment(1, lambda *told: seen.append(told))
    assert found.applicable
    assert (found.feedbacks, found.gain.gain.n, found.corrections) == (600, 600, 0)
    assert found.gain.auc_after.low > found.gain.auc_before.high
    assert found.gain.right_after.value > found.gain.right_before.value
    moved = found.words.set_index("word")["shift"]
    assert moved["quendelt"] > 0 > moved["mockelt"]
    assert {what for *_, what in seen} == {"Texte", "Prüfschritte"}
    assert planted.version() == 1  # nothing is stored
    assert planted.propose_adjustment(1) is found


def test_noise_is_refused_with_the_reason() -> None:
    workspace = opened(ratings(planted=False))
    before = verdicts(workspace)
    assert not workspace.propose_adjustment(1).applicable
    with pytest.raises(AskError, match="nicht gesichert"):
        workspace.apply_adjustment(1)
    assert (verdicts(workspace), workspace.version()) == (before, 1)


def test_where_no_stars_are_the_nps_teaches() -> None:
    found = opened(ratings(kind="nps")).propose_adjustment(1)
    assert found.applicable
    assert found.words.set_index("word")["shift"]["quendelt"] > 0


def test_too_few_or_one_sided_ratings_are_refused() -> None:
    one_sided = HEADER + "".join(f"Gut {n}.;5;Web\n" for n in range(600))
    workspace = opened(ratings(60), one_sided)
    for batch, told in ((1, "mindestens 500"), (2, "0 schlechte und 600 gute")):
        with pytest.raises(AskError, match=told):
            workspace.propose_adjustment(batch)
    with pytest.raises(AskError, match="gibt es nicht mehr"):
        workspace.propose_adjustment(3)
    assert workspace.rated_batches()[["batch", "negative", "positive", "enough"]].values.tolist() == [
        [2, 0, 600, False],
        [1, *workspace.rated_batches().loc[1, ["negative", "positive"]], False],
    ]


def test_applying_moves_verdicts_of_this_upload_and_nothing_else() -> None:
    workspace = opened(ratings(), ratings(300, seed=1).replace("Nummer", "Folge"))
    kept, before = unmoved(workspace), frame(workspace, VERDICTS)
    statements = frame(workspace, STATEMENTS)
    version = workspace.version()
    assert workspace.apply_adjustment(1) == 600
    after = frame(workspace, VERDICTS)
    assert unmoved(workspace) == kept
    assert (after["polarity"] != before["polarity"]).iloc[:600].mean() > 0.9
    assert after.iloc[600:].equals(before.iloc[600:])
    assert not frame(workspace, STATEMENTS).equals(statements)
    assert workspace.version() == version + 1
    listed = workspace.rated_batches().set_index("batch")
    assert (listed.loc[1, "learned_from"], pd.isna(listed.loc[2, "learned_from"])) == (600, True)


def test_withdrawing_leaves_no_trace(planted: Workspace) -> None:
    before, kept = verdicts(planted), unmoved(planted)
    with pytest.raises(AskError, match="nichts Gelerntes"):
        planted.withdraw_adjustment(1)
    planted.apply_adjustment(1)
    version = planted.version()
    assert planted.withdraw_adjustment(1) == 600
    assert (verdicts(planted), unmoved(planted), planted.version()) == (before, kept, version + 1)
    assert frame(planted, "FROM adjustment").empty


def test_reading_again_and_correcting_keep_what_was_learned(
    planted: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.import_file(ratings(20, seed=3).replace("Nummer", "Folge").encode(), name="later.csv", source="Später")
    planted.apply_adjustment(1)
    before = verdicts(planted)
    monkeypatch.setattr(importing, "CHUNK", 170)  # chunks cut at the borders of uploads
    planted.rescore()
    assert verdicts(planted) == before
    statement = int(frame(planted, "SELECT id FROM statement WHERE feedback = 5 ORDER BY id")["id"][0])
    planted.correct(statement, Correction("mixed"))
    planted.withdraw_correction(*planted.corrections()["id"])
    assert verdicts(planted) == before


def test_undo_takes_what_was_learned_along(planted: Workspace) -> None:
    planted.apply_adjustment(1)
    planted.undo(1)
    planted.purge(1)
    assert frame(planted, "FROM adjustment").empty


def test_checking_again_compares_with_the_shipped_reader(planted: Workspace) -> None:
    first = planted.propose_adjustment(1)
    planted.apply_adjustment(1)
    again = planted.propose_adjustment(1)
    assert again is not first
    assert (again.gain, again.leans) == (first.gain, first.leans)


def test_corrected_statements_teach(planted: Workspace) -> None:
    first = planted.propose_adjustment(1)
    places = frame(
        planted,
        "SELECT s.feedback, s.ordinal FROM statement s JOIN verbatim v ON v.id = s.verbatim "
        "WHERE contains(v.text[s.start + 1 : s.stop], 'Karton') ORDER BY s.feedback LIMIT 12",
    )
    for feedback, ordinal in places.itertuples(index=False):  # ids of statements change with each correction
        found = frame(planted, f"SELECT id FROM statement WHERE feedback = {feedback} AND ordinal = {ordinal}")
        planted.correct(int(found["id"][0]), Correction("negative"))
    again = planted.propose_adjustment(1)
    assert (again.corrections, again.feedbacks, again.gain.gain.n) == (12, 600, first.gain.gain.n)
    shifts = [found.words.set_index("word")["shift"].get("Karton", 0.0) for found in (first, again)]
    assert shifts[1] < shifts[0]


def test_explain_shows_what_was_learned_and_re_adds(planted: Workspace) -> None:
    planted.apply_adjustment(1)
    stored = frame(
        planted, "SELECT f.polarity, v.text FROM feedback f JOIN verbatim v ON v.feedback = f.id ORDER BY f.id"
    )
    parts = planted.explain(list(stored["text"]), 1)
    assert laid.RULE in set(parts["rule"])
    sums = parts[parts["dimension"] == "polarity"].groupby("text")["contribution"].sum()
    assert sums.reindex(range(len(stored))).fillna(0).tolist() == stored["polarity"].tolist()
    assert laid.RULE not in set(planted.explain(list(stored["text"][:5]))["rule"])
    mixed = planted.explain(["Es quendelt.", "Es quendelt."], [1, 2])
    assert set(mixed.loc[mixed["rule"] == laid.RULE, "text"]) == {0}
    assert planted.explain([], []).empty
    page = planted.voices()
    assert set(page["batch"]) == {1}


def test_an_error_in_the_middle_leaves_the_old_state(planted: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = verdicts(planted), unmoved(planted)
    proposal = planted.propose_adjustment(1)
    monkeypatch.setattr(importing, "CHUNK", 100)

    def broken(done: int, total: int, what: str) -> None:
        if done > 200:
            raise RuntimeError("unplugged")

    with pytest.raises(RuntimeError, match="unplugged"):
        adjusting.apply(planted._store, proposal, broken)
    assert (verdicts(planted), unmoved(planted), planted.version()) == (before, kept, 1)
    assert frame(planted, "FROM adjustment").empty


SCRIPT = """
import cx
from cx.ingest import adjusting, importing

workspace = cx.open(folder / "cx.duckdb")
workspace.import_file(folder / "file.csv")
proposal = workspace.propose_adjustment(1)
assert proposal.applicable
importing.CHUNK = 100

def told(done, total, what):
    if done >= total / 2:
        in_the_middle()

adjusting.apply(workspace._store, proposal, told)
"""


def test_kill_9_in_the_middle_leaves_the_old_state(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(ratings(), encoding="utf-8")
    kill_in_the_middle(SCRIPT, tmp_path)
    workspace = cx.open(tmp_path / "cx.duckdb")
    assert frame(workspace, "FROM adjustment").empty
    assert verdicts(workspace) == verdicts(opened((tmp_path / "file.csv").read_text(encoding="utf-8")))
    workspace.close()


def test_a_new_upload_is_read_as_shipped(planted: Workspace) -> None:
    planted.apply_adjustment(1)
    planted.import_file(ratings(30, seed=9).replace("Nummer", "Folge").encode(), name="b.csv", source="B")
    alone = opened(ratings(30, seed=9).replace("Nummer", "Folge"))
    assert frame(planted, VERDICTS)["polarity"].tolist()[600:] == frame(alone, VERDICTS)["polarity"].tolist()
