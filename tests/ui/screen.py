"""What the tests of the screen share."""

import shutil
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
SECONDS = 120  # a busy machine, first import of everything

Open = Callable[..., AppTest]


def copied(database: Path, target: Path) -> Path:
    shutil.copy(f"{database}.key", f"{target}.key")
    return Path(shutil.copy(database, target))


def html_of(app: AppTest) -> str:
    """All HTML on the page but the styles."""
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style>"))
