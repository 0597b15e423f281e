"""The screen's configuration: private, closed, in the colours of the charts."""

import tomllib
from pathlib import Path

from cx.charts.theme import PALETTES, Theme

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_server_listens_on_loopback_and_sends_nothing_home() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["showErrorLinks"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True


def test_no_font_is_loaded() -> None:
    assert "fontFaces" not in CONFIG["theme"]
    assert "http" not in (CONFIG["theme"]["font"] + CONFIG["theme"]["codeFont"])


def test_the_themes_have_the_colours_of_the_charts() -> None:
    for theme in Theme:
        ours, screen = PALETTES[theme], CONFIG["theme"][theme]
        assert screen["primaryColor"] == screen["linkColor"] == ours.accent
        assert (screen["backgroundColor"], screen["textColor"]) == (ours.ground, ours.ink)
        assert screen["borderColor"] == ours.grid
