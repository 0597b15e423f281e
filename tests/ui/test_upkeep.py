"""The server sets aside what stays."""

import gc
from pathlib import Path

from screen import Open

from cx import upkeep


def test_what_is_loaded_after_the_first_page_is_set_aside_once(full: Path, open_app: Open) -> None:
    upkeep.settle.cache_clear()
    gc.unfreeze()
    page = open_app(full)
    assert not page.exception
    aside = gc.get_freeze_count()
    assert aside > 100_000
    page.run()
    assert gc.get_freeze_count() <= aside
