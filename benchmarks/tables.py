"""How a benchmark prints, and the large file that several of them use."""

import csv
import io
import random
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "data" / "demo" / "feedback.csv"
SEED = 7


def print_table(title: str, rows: list[dict[str, object]]) -> None:
    """`rows` as a Markdown table under a title."""
    names = list(rows[0])
    print(f"\n### {title}\n\n| {' | '.join(names)} |\n|{'---|' * len(names)}")
    for row in rows:
        print(f"| {' | '.join(str(row[name]) for name in names)} |")
    print(flush=True)


def large_export(n: int) -> bytes:
    """An export of `n` rows drawn from the demo's, each with an id of its own, as UTF-8 CSV."""
    with DEMO.open(encoding="utf-8-sig", newline="") as source:
        known = list(csv.DictReader(source, delimiter=";"))
    chance = random.Random(SEED)
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=list(known[0]), delimiter=";")
    writer.writeheader()
    for number in range(n):
        writer.writerow(chance.choice(known) | {"Vorgang": f"B-{number:07d}"})
    return target.getvalue().encode("utf-8")
