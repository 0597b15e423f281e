"""What a process does for itself, not for who asks it."""

import gc
from functools import cache


@cache
def settle() -> None:
    """Set aside, once, all that is loaded by now, lexicon and libraries: collections of garbage that walked through it took 2 to 5 % of a block
    of an import, and a fifth of a second from a page in the way."""
    gc.collect()
    gc.freeze()
