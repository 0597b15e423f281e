"""What a process does for itself, not for who asks it."""

import gc
from functools import cache


@cache
def settle() -> None:
    """Set aside, once, all that is loaded by now, lexicon and libraries: a collection of garbage that walked through it made every page wait
    for a fifth of a second, and cost an import a twentieth of its time."""
    gc.collect()
    gc.freeze()
