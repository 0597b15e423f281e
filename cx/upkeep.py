"""What a process does for itself, not for who asks it."""

import gc
from functools import cache


@cache
def settle() -> None:
    """Set aside, once, all that is loaded by now, lexicon and libraries: collections of garbage that walked through it cost an import a twentieth
    of its time."""
    gc.collect()
    gc.freeze()
