"""A German transformers model as an engine of CX-Explorer. It reads a model folder on this machine and downloads nothing.

Needed: `pip install transformers torch` into .venv (CX-Explorer itself does without), and a folder with a model for text
classification, its tokenizer beside it, as `save_pretrained` writes it. Then:

    CX_TRANSFORMERS_MODEL=/models/german-sentiment CX_ENGINES=docs/examples/transformers_engine.py script/app

From a notebook: `cx.text.register(Transformers("/models/german-sentiment"))`, then
`cx.text.sentiment(texts, engine="transformers")`.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import cx
from cx.errors import AskError
from cx.model.kpi import Label

SETTING = "CX_TRANSFORMERS_MODEL"
BATCH = 32
LONGEST = 512  # word pieces that such models take


class Transformers:
    """Polarity: the probability of good minus that of bad. The model's labels must begin with neg, neu or pos."""

    name = "transformers"

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._classify = None

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        places = [place for place, text in enumerate(texts) if isinstance(text, str) and text.strip()]
        found = pd.DataFrame({"polarity": float("nan"), "label": None}, index=range(len(texts)), dtype=object)
        answers = self._model()([texts[place] for place in places]) if places else []
        for place, scores in zip(places, answers, strict=True):
            shares = {_label(score["label"]): score["score"] for score in scores}
            found.loc[place] = [
                shares.get(Label.POSITIVE, 0) - shares.get(Label.NEGATIVE, 0),
                max(shares, key=shares.get),
            ]
        return found.astype({"polarity": "float64"})

    def _model(self):  # the pipeline of transformers, loaded at the first text
        if self._classify is None:
            self._classify = _pipeline(self.folder)
        return self._classify


def _pipeline(folder: Path):
    if not folder.is_dir():
        raise AskError(
            f"Den Modellordner „{folder}“ gibt es nicht. Nennen Sie in {SETTING} einen Ordner auf diesem Rechner; "
            "heruntergeladen wird nichts."
        )
    try:
        from transformers import (  # noqa: PLC0415  optional, and it takes seconds
            AutoModelForSequenceClassification,
            AutoTokenizer,
            pipeline,
        )
    except ImportError as error:
        raise AskError(
            "Die Sprachanalyse „transformers“ braucht das Paket transformers. Installieren Sie es mit „pip install "
            "transformers torch“ in die Umgebung der App (.venv)."
        ) from error
    local = {"local_files_only": True, "trust_remote_code": False}
    return pipeline(
        "text-classification",
        model=AutoModelForSequenceClassification.from_pretrained(str(folder), **local),
        tokenizer=AutoTokenizer.from_pretrained(str(folder), **local),
        top_k=None,
        batch_size=BATCH,
        truncation=True,
        max_length=LONGEST,
    )


def _label(name: str) -> Label:
    sides = {"neg": Label.NEGATIVE, "neu": Label.NEUTRAL, "pos": Label.POSITIVE}
    found = sides.get(name.lower()[:3])
    if found is None:
        raise AskError(f"Das Modell nennt eine Klasse „{name}“. Gebraucht werden negative, neutral und positive.")
    return found


if os.environ.get(SETTING):
    cx.text.register(Transformers(os.environ[SETTING]))
elif __name__.startswith("cx_engine"):  # named in CX_ENGINES
    raise AskError(f"Nennen Sie in {SETTING} den Ordner des Modells.")
