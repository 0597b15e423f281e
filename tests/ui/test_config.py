"""The screen's configuration: private, closed, in the colours of the charts."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from cx.charts.theme import PALETTES, Theme

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_server_listens_on_loopback_and_sends_nothing_home() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["showErrorLinks"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True


def test_linear_algebra_gets_one_thread_before_it_is_loaded() -> None:
    """A second one of OpenBLAS mostly spins beside the database and other visitors."""
    script = "import sys, cx.ui, cx.language, cx.errors; from threadpoolctl import threadpool_info as pools; "
    script += "early = 'numpy' in sys.modules; import numpy; print(early, [each['num_threads'] for each in pools()])"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    run = [sys.executable, "-c", script]
    said = subprocess.run(run, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False [1]"


def test_no_font_is_loaded() -> None:
    assert "fontFaces" not in CONFIG["theme"]
    assert "http" not in (CONFIG["theme"]["font"] + CONFIG["theme"]["codeFont"])


def test_the_themes_have_the_colours_of_the_charts() -> None:
    for theme in Theme:
        ours, screen = PALETTES[theme], CONFIG["theme"][theme]
        assert screen["primaryColor"] == screen["linkColor"] == ours.accent
        assert (screen["backgroundColor"], screen["textColor"]) == (ours.ground, ours.ink)
        assert screen["borderColor"] == ours.grid
