"""A process that is killed in the middle of its work, by kill -9."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest_files import ROOT

WAIT_S = 120
REACHED = "half"  # file by which the process says that it is in the middle

# Stands before every script.
PREFACE = """
import sys, time
from pathlib import Path

folder = Path(sys.argv[1])

def in_the_middle():
    (folder / "half").touch()
    time.sleep(600)
"""


def kill_in_the_middle(script: str, folder: Path) -> None:
    """Run `script` and kill -9 it once it calls in_the_middle(); it finds its `folder` under that name."""
    process = subprocess.Popen([sys.executable, "-c", PREFACE + script, str(folder)], cwd=ROOT)
    try:
        deadline = time.monotonic() + WAIT_S
        while not (folder / REACHED).exists():
            assert process.poll() is None, "the work ended before it could be killed"
            assert time.monotonic() < deadline, "the work did not get half way in time"
            time.sleep(0.05)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
