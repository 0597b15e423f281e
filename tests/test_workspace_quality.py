"""Words against stars, on the workspace's own feedback."""

import pandas as pd
import pytest

import cx
from cx import workspace as workspaces
from cx.analysis import stars
from cx.errors import AskError
from cx.model.correction import Correction
from cx.text import quality

FILE = """Kanal;Sterne;Titel;Kommentar
Web;5;Super;Sehr gut und freundlich.
Web;1;;Schlecht und defekt.
Web;1;;"Sehr gut, alles perfekt."
Web;3;;Am Montag.
Web;;;Ohne Sterne schlecht.
App;4;;
App;2;;The parcel arrived two days late and nobody told me.
App;4;;Tolle Beratung.
"""


@pytest.fixture
def ws() -> cx.Workspace:
    workspace = cx.open()
    workspace.import_file(FILE.encode(), name="stars.csv")
    return workspace


def test_words_stand_beside_what_stars_speak_for(ws: cx.Workspace) -> None:
    found = ws.against_stars()
    pairs = sorted(zip(found["wanted"], found["got"], strict=True))
    assert pairs == [
        ("negative", "negative"), ("negative", "positive"), ("neutral", "neutral"), ("positive", "positive"),
        ("positive", "positive"),
    ]  # fmt: skip
    assert set(found["total"]) == {5}
    assert quality.levels(found).set_index("measure").loc["right", "value"] == 0.8


def test_a_selection_narrows_it(ws: cx.Workspace) -> None:
    assert ws.against_stars(cx.Filter(channels=("App",)))["wanted"].tolist() == ["positive"]
    assert ws.against_stars(cx.Filter(channels=("Fax",))).empty


def test_another_engine_reads_the_same_texts(ws: cx.Workspace) -> None:
    ours, classic = ws.against_stars(), ws.against_stars(engine="textblob-de")
    assert classic["wanted"].tolist() == ours["wanted"].tolist()
    assert classic["got"].notna().all()
    with pytest.raises(AskError):
        ws.against_stars(engine="orakel")


def test_the_sample_is_fixed_and_says_of_how_many(ws: cx.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "RATED_SAMPLE", 2)
    once, again = ws.against_stars(), ws.against_stars()
    pd.testing.assert_frame_equal(once, again)
    assert (len(once), once["total"].tolist()) == (2, [5, 5])


def test_what_a_person_corrected_does_not_flatter_the_reader(ws: cx.Workspace) -> None:
    before = ws.against_stars()
    voices = ws.voices()
    ws.correct(voices.loc[voices["text"].str.contains("perfekt"), "statement"].iloc[0], Correction("negative"))
    pd.testing.assert_frame_equal(ws.against_stars(), before)


def test_what_is_stored_is_not_read_again_where_the_reader_is_the_same(
    ws: cx.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = ws.against_stars()
    monkeypatch.setattr(stars, "MODEL_VERSION", "another")
    other = cx.open()
    other.import_file(FILE.encode(), name="stars.csv")
    pd.testing.assert_frame_equal(other.against_stars(), stored)
    monkeypatch.undo()
    monkeypatch.setattr(stars.quality, "read", None)
    pd.testing.assert_frame_equal(ws.against_stars(cx.Filter(rating_min=1)), stored)


def test_what_is_read_now_is_what_is_stored(ws: cx.Workspace) -> None:
    stored = ws._store.frame("contradictions", **workspaces._contradiction_parameters(cx.Filter()), size=9, offset=0)
    read = ws.against_stars()
    assert set(stored["polarity"]) <= set(read["polarity"])
