"""What the server does for itself, not for a page."""

import gc
from functools import cache


@cache
def settle() -> None:
    """Set aside, once, all that is loaded by now, lexicon and libraries: a collection of garbage that walked through it made every page wait
    for a fifth of a second."""
    gc.collect()
    gc.freeze()
