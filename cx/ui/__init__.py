"""The app: what its pages are built from. Several people ask at once, so linear algebra gets one thread; a second one would mostly spin."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded, which is later
