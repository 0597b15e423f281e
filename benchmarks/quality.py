"""How well texts are read: our test split, the labelled sets that are at hand, the challenge set. Prints, asserts nothing.

python -m benchmarks.quality
"""

import gzip
from pathlib import Path

import pandas as pd

from benchmarks.tables import ROOT, print_table
from cx import text
from cx.model.kpi import Label
from cx.text import quality
from cx.text.engines import CLASSIC, OURS

LABELLED = ROOT.parent / "shared" / "data" / "labelled"
SIDES = {"-1": Label.NEGATIVE, "0": Label.NEUTRAL, "1": Label.POSITIVE}
SETS = {  # name: file, whether the labels are stars; none of them but MobASA's and PotTS' other parts is learned from
    "GermEval 2017 test (syn)": ("germeval2017/test_syn.tsv.gz", False),
    "MobASA test": ("mobasa/test.tsv.gz", False),
    "PotTS test": ("potts/test.tsv.gz", False),
    "GERestaurant": ("gerestaurant/train.tsv.gz", False),
    "shop reviews, stars": ("amazon_de_household/dev.tsv.gz", True),
}
ENGINES = (OURS, CLASSIC)
MEASURES = {"right": "right", "macro_f1": "macro-F1", "auc": "AUC"}


def labelled(path: Path, *, stars: bool) -> pd.DataFrame:
    """text and wanted of a set; texts without a label are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        frame = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False)
    frame = frame[(frame["label"] != "") & (frame["text"].str.strip() != "")].reset_index(drop=True)
    wanted = quality.rated(frame["label"].astype(float)) if stars else frame["label"].map(SIDES)
    return frame[["text"]].assign(wanted=wanted)


def polarity_rows() -> list[dict[str, object]]:
    """One row per set and engine: n, share right, macro-F1 and AUC of three classes, each with its 95 % interval."""
    rows = [_row("own test split", engine, quality.held_out(engine)) for engine in ENGINES]
    for name, (file, stars) in SETS.items():
        if not (LABELLED / file).exists():
            print(f"{name} is not at hand ({LABELLED / file}).")
            continue
        found = labelled(LABELLED / file, stars=stars)
        rows += [_row(name, engine, quality.read(found["text"], found["wanted"], engine)) for engine in ENGINES]
    return rows


def _row(name: str, engine: str, read: pd.DataFrame) -> dict[str, object]:
    levels = quality.levels(read).set_index("measure")
    return {"set": name, "engine": engine, "n": len(read)} | {
        title: _written(*levels.loc[measure, ["value", "low", "high"]]) for measure, title in MEASURES.items()
    }


def _written(value: float, low: float, high: float) -> str:
    return f"{value:.3f} ({low:.3f}–{high:.3f})"


def aspect_rows() -> list[dict[str, object]]:
    """Pillars and touchpoints on our test split: precision, recall and micro-F1 over all pairs, and the coverage."""
    found = quality.aspects()
    rows = [
        {
            "dimension": row["dimension"],
            **{m: _written(row[m], row[f"{m}_low"], row[f"{m}_high"]) for m in ("precision", "recall", "f1")},
            "statements that name any": row["n"],
        }
        for row in found[found["aspect"] == ""].to_dict("records")
    ]
    covered = quality.coverage()
    coverage = {
        "dimension": "either (coverage)",
        "recall": _written(covered.value, covered.low, covered.high),
        "statements that name any": covered.n,
    }
    return [*rows, {name: coverage.get(name, "") for name in rows[0]}]


def phenomenon_rows() -> list[dict[str, object]]:
    """The challenge set: the share of right cases per phenomenon, best first, and over all."""
    cases = quality.challenge()
    found = quality.phenomena(cases)
    whole = quality.phenomena(cases.assign(phenomenon="all"))
    return [
        {"phenomenon": row["phenomenon"], "n": row["n"], "right": _written(row["value"], row["low"], row["high"])}
        for row in pd.concat([found, whole]).to_dict("records")
    ]


if __name__ == "__main__":
    print(f"Model {text.MODEL_VERSION}")
    print_table("Polarity in three classes", polarity_rows())
    print_table("Pillars and touchpoints, own test split", aspect_rows())
    print_table("Challenge set, four labels", phenomenon_rows())
