"""The ways to read sentiment: ours ("cx"), the classic one ("textblob-de"), and those that a user registers.

CX_ENGINES names further ones: Python modules, or files ending in .py, separated by commas. Each is loaded when an engine
other than ours is first asked for, and calls `cx.text.register`.
"""

import importlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

import pandas as pd

from cx.errors import AskError, CxError
from cx.language import _
from cx.model.kpi import Label

CLASSIC = "textblob-de"
OURS = "cx"
SETTING = "CX_ENGINES"
LONGEST_REASON = 200  # characters of a foreign error that are passed on


@runtime_checkable
class Engine(Protocol):
    """Reads the polarity of German texts. Any object with a name and this method can be registered."""

    name: str

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (a cx.model.kpi.Label; None without text)."""
        ...


class Classic:
    """textblob-de with its PatternTokenizer, which needs no download. Knows neither mixed nor statements."""

    name = CLASSIC

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        score = _scorer()
        scores = [score(text) if text and text.strip() else None for text in texts]
        labels = [None if s is None else _label(s) for s in scores]
        return pd.DataFrame({"polarity": pd.array(scores, "float64"), "label": pd.Series(labels, dtype=object)})


@cache
def _scorer() -> Callable[[str], float]:
    from textblob_de import PatternTokenizer, TextBlobDE  # noqa: PLC0415  takes a second

    tokenizer = PatternTokenizer()
    return lambda text: max(-1.0, min(1.0, float(TextBlobDE(text, tokenizer=tokenizer).sentiment.polarity)))


def _label(score: float) -> Label:
    if score == 0:
        return Label.NEUTRAL
    return Label.POSITIVE if score > 0 else Label.NEGATIVE


_registered: dict[str, Engine] = {}
_loaded: set[str] = set()
_loading = threading.RLock()


def register(engine: Engine) -> None:
    """Make `engine` known to `cx.text.sentiment(engine=…)` and to the page that compares engines.

    A second one of the same name takes the place of the first. Raises AskError for what is no Engine and for the names of
    the engines that ship.
    """
    name = getattr(engine, "name", None)
    if not isinstance(engine, Engine) or not isinstance(name, str) or not name.strip():
        raise AskError(
            _("Eine Sprachanalyse braucht einen Namen („name“) und eine Methode „sentiment“. Ergänzen Sie, was fehlt.")
        )
    if name in (OURS, CLASSIC):
        raise AskError(
            _("„{name}“ heißt schon eine mitgelieferte Sprachanalyse. Geben Sie Ihrer einen anderen Namen.").format(
                name=name
            )
        )
    _registered[name] = engine


def names() -> tuple[str, ...]:
    """What `engine=` takes: ours, the classic one, the registered ones in order. Raises AskError where CX_ENGINES is wrong."""
    _load_setting()
    return (OURS, CLASSIC, *_registered)


def sentiment(name: str, texts: Sequence[str | None], ours: Engine) -> pd.DataFrame:
    """The answer of the engine called `name`, checked. Raises AskError for an unknown one and for whatever goes wrong in it."""
    if name == OURS:
        return ours.sentiment(texts)
    if name == CLASSIC:
        return Classic().sentiment(texts)
    known = names()
    if name not in _registered:
        listed = ", ".join(f"„{each}“" for each in known)
        raise AskError(
            _("Die Sprachanalyse „{name}“ gibt es nicht. Möglich sind: {known}.").format(name=name, known=listed)
        )
    try:
        return _checked(name, _registered[name].sentiment(texts), len(texts))
    except CxError:
        raise
    except Exception as error:  # foreign code may raise anything
        message = _("Die Sprachanalyse „{name}“ ist mit einem Fehler stehen geblieben: {reason}")
        raise AskError(message.format(name=name, reason=_reason(error))) from error


def _checked(name: str, answer: pd.DataFrame, n: int) -> pd.DataFrame:
    """`answer` as polarity (float, NaN where missing) and label (Label or None), if it is one."""
    if not isinstance(answer, pd.DataFrame) or not {"polarity", "label"} <= set(answer.columns) or len(answer) != n:
        message = _(
            "Die Sprachanalyse „{name}“ antwortet nicht so, wie es vereinbart ist: eine Zeile je Text mit „polarity“ und „label“."
        )
        raise AskError(message.format(name=name))
    polarity = pd.to_numeric(answer["polarity"]).astype("float64").reset_index(drop=True)
    labels = [None if pd.isna(label) else str(label) for label in answer["label"]]
    outside = polarity[(polarity.abs() > 1)].tolist() + [x for x in labels if x is not None and x not in list(Label)]
    if outside:
        message = _(
            "Die Sprachanalyse „{name}“ gibt „{value}“ zurück; erlaubt sind Polaritäten von −1 bis 1 und die Stimmungen {labels}."
        )
        raise AskError(message.format(name=name, value=outside[0], labels=", ".join(Label)))
    return pd.DataFrame({"polarity": polarity, "label": pd.Series(labels, dtype=object)})


def _load_setting() -> None:
    """Import what CX_ENGINES names, each once; one that fails is tried again at the next call."""
    with _loading:
        for entry in filter(None, (part.strip() for part in os.environ.get(SETTING, "").split(","))):
            if entry not in _loaded:
                _import(entry)
                _loaded.add(entry)


def _import(entry: str) -> None:
    try:
        if entry.endswith(".py"):
            _run(Path(entry))
        else:
            importlib.import_module(entry)
    except CxError:
        raise
    except Exception as error:  # foreign code may raise anything
        message = _(
            "„{entry}“ aus CX_ENGINES lässt sich nicht laden: {reason}. Nennen Sie ein Python-Modul oder eine Datei, die auf .py endet."
        )
        raise AskError(message.format(entry=entry, reason=_reason(error))) from error


def _run(path: Path) -> None:
    spec = importlib.util.spec_from_file_location(f"cx_engine_{path.stem}", path)
    assert spec is not None and spec.loader is not None  # the name ends in .py
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def _reason(error: Exception) -> str:
    told = " ".join(str(error).split())[:LONGEST_REASON]
    return f"{type(error).__name__} ({told})" if told else type(error).__name__
