"""Engines that a user registers: found, checked, and never more than one sentence when they go wrong."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cx import text
from cx.errors import AskError

ENGINES = importlib.import_module("cx.text.engines")  # `cx.text.engines` itself is the function
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "transformers_engine.py"
ENGINE_FILE = """
import pandas as pd
from cx import text

class Glad:
    name = "glad"
    def sentiment(self, texts):
        return pd.DataFrame({"polarity": [1.0] * len(texts), "label": ["positive"] * len(texts)})

text.register(Glad())
"""


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ENGINES, "_registered", {})
    monkeypatch.setattr(ENGINES, "_loaded", set())
    monkeypatch.delenv("CX_ENGINES", raising=False)
    yield


def answering(polarity: Sequence, label: Sequence, name: str = "own") -> SimpleNamespace:
    return SimpleNamespace(name=name, sentiment=lambda texts: pd.DataFrame({"polarity": polarity, "label": label}))


def test_a_registered_engine_is_listed_and_asked() -> None:
    text.register(answering([0.5, None, -1], ["positive", None, "negative"]))
    assert text.engines() == ("cx", "textblob-de", "own")
    found = text.sentiment(["Gut.", "", "Schlecht."], engine="own")
    assert found["label"].tolist() == ["positive", None, "negative"]
    assert found["polarity"].dtype == np.float64 and np.isnan(found["polarity"][1])


def test_an_engine_of_the_same_name_takes_the_place_of_the_first() -> None:
    text.register(answering([1], ["positive"]))
    text.register(answering([-1], ["negative"]))
    assert text.engines() == ("cx", "textblob-de", "own")
    assert text.sentiment(["x"], engine="own")["polarity"].tolist() == [-1]


@pytest.mark.parametrize("name", ["cx", "textblob-de", "", "  ", None, 7])
def test_names_that_are_taken_or_none_are_refused(name: object) -> None:
    with pytest.raises(AskError):
        text.register(answering([1], ["positive"], name))


def test_what_is_no_engine_is_refused() -> None:
    with pytest.raises(AskError, match="sentiment"):
        text.register(SimpleNamespace(name="half"))


def test_an_engine_that_breaks_is_one_sentence() -> None:
    def broken(texts: Sequence[str]) -> pd.DataFrame:
        raise RuntimeError("weights\n  are   gone")

    text.register(SimpleNamespace(name="own", sentiment=broken))
    with pytest.raises(AskError, match=r"„own“ .* RuntimeError \(weights are gone\)"):
        text.sentiment(["Gut."], engine="own")


def test_an_engine_may_say_itself_what_is_wrong() -> None:
    def missing(texts: Sequence[str]) -> pd.DataFrame:
        raise AskError("Der Ordner fehlt.")

    text.register(SimpleNamespace(name="own", sentiment=missing))
    with pytest.raises(AskError, match="^Der Ordner fehlt.$"):
        text.sentiment(["Gut."], engine="own")


@pytest.mark.parametrize(
    ("polarity", "label"),
    [([2.0], ["positive"]), ([0.1], ["great"]), ([0.1, 0.2], ["positive"] * 2), (["much"], ["positive"])],
    ids=["beyond 1", "unknown label", "too many rows", "no number"],
)
def test_answers_that_are_not_as_agreed_are_refused(polarity: list, label: list) -> None:
    text.register(answering(polarity, label))
    with pytest.raises(AskError, match="own"):
        text.sentiment(["Gut."], engine="own")


def test_an_answer_that_is_no_frame_is_refused() -> None:
    text.register(SimpleNamespace(name="own", sentiment=lambda texts: [1] * len(texts)))
    with pytest.raises(AskError, match="vereinbart"):
        text.sentiment(["Gut."], engine="own")


def test_an_unknown_engine_is_told_what_there_is() -> None:
    text.register(answering([1], ["positive"]))
    with pytest.raises(AskError, match="„cx“, „textblob-de“, „own“"):
        text.sentiment(["Gut."], engine="orakel")


# --- CX_ENGINES


def test_the_setting_names_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "glad.py"
    file.write_text(ENGINE_FILE)
    monkeypatch.setenv("CX_ENGINES", f" {file} ,")
    assert text.engines() == ("cx", "textblob-de", "glad")
    assert text.sentiment(["Schlecht."], engine="glad")["label"].tolist() == ["positive"]


def test_the_setting_names_modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cx_glad_engine.py").write_text(ENGINE_FILE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("CX_ENGINES", "cx_glad_engine")
    assert "glad" in text.engines()
    monkeypatch.delitem(sys.modules, "cx_glad_engine")


def test_our_own_engine_needs_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CX_ENGINES", "no_such_module_here")
    assert text.sentiment(["Sehr gut."])["label"].tolist() == ["positive"]
    assert text.sentiment(["Sehr gut."], engine="textblob-de")["label"].tolist() == ["positive"]


@pytest.mark.parametrize("entry", ["no_such_module_here", "/nowhere/engine.py", "broken.py"])
def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entry: str) -> None:
    (tmp_path / "broken.py").write_text("1 / 0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CX_ENGINES", entry)
    for _again in range(2):
        with pytest.raises(AskError, match="CX_ENGINES"):
            text.engines()


# --- the example with transformers


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.delenv("CX_TRANSFORMERS_MODEL", raising=False)
    spec = importlib.util.spec_from_file_location("transformers_example", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list:
    """A transformers that is none; notes how it was loaded, finds „gut“ good and everything else bad."""
    loaded: list = []

    def auto(kind: str) -> type:
        def from_pretrained(folder: str, **options: object) -> str:
            loaded.append((kind, folder, options))
            return kind

        return type(kind, (), {"from_pretrained": staticmethod(from_pretrained)})

    def pipeline(task: str, **options: object) -> object:
        def classify(texts: list[str]) -> list[list[dict]]:
            goods = [0.9 if "gut" in said else 0.2 for said in texts]
            return [[{"label": "positive", "score": g}, {"label": "negative", "score": 1 - g}] for g in goods]

        return classify

    fake = ModuleType("transformers")
    fake.AutoModelForSequenceClassification, fake.AutoTokenizer, fake.pipeline = auto("model"), auto("words"), pipeline
    monkeypatch.setitem(sys.modules, "transformers", fake)
    return loaded


def test_the_example_reads_a_local_folder_and_downloads_nothing(
    example: ModuleType, asked: list, tmp_path: Path
) -> None:
    text.register(example.Transformers(tmp_path))
    found = text.sentiment(["Alles gut.", None, " ", "Mies."], engine="transformers")
    assert found["label"].tolist() == ["positive", None, None, "negative"]
    np.testing.assert_allclose(found["polarity"], [0.8, np.nan, np.nan, -0.6])
    assert [kind for kind, *_ in asked] == ["model", "words"]
    for _, folder, options in asked:
        assert folder == str(tmp_path)
        assert options == {"local_files_only": True, "trust_remote_code": False}


def test_the_example_says_that_the_folder_is_missing(example: ModuleType, asked: list, tmp_path: Path) -> None:
    text.register(example.Transformers(tmp_path / "model"))
    with pytest.raises(AskError, match="Modellordner .* gibt es nicht"):
        text.sentiment(["Gut."], engine="transformers")
    assert asked == []


def test_the_example_says_that_transformers_is_missing(
    example: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    text.register(example.Transformers(tmp_path))
    with pytest.raises(AskError, match="pip install transformers"):
        text.sentiment(["Gut."], engine="transformers")


def test_the_example_registers_itself_where_the_app_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CX_ENGINES", str(EXAMPLE))
    monkeypatch.delenv("CX_TRANSFORMERS_MODEL", raising=False)
    with pytest.raises(AskError, match="CX_TRANSFORMERS_MODEL"):
        text.engines()
    monkeypatch.setenv("CX_TRANSFORMERS_MODEL", str(tmp_path))
    assert "transformers" in text.engines()
