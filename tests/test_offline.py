"""Nothing leaves this machine: an import and every page, in a process that may speak to loopback only."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

GUARD = """
import ipaddress, socket

def loopback(host):
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return host in ("localhost", None, "")

def guarded(function, host_of):
    def call(*arguments, **named):
        host = host_of(arguments)
        if not loopback(host):
            tried.append(host)
            raise OSError(f"forbidden: {host}")
        return function(*arguments, **named)
    return call

tried = []
local = lambda a: "localhost" if a[0].family == socket.AF_UNIX else a[1][0]
for name in ("connect", "connect_ex", "sendto"):
    address = (lambda a: "localhost" if a[0].family == socket.AF_UNIX else a[-1][0]) if name == "sendto" else local
    setattr(socket.socket, name, guarded(getattr(socket.socket, name), address))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, guarded(getattr(socket, name), lambda a: a[0]))
"""
CONTROL = """
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)  # TEST-NET-1, RFC 5737
except OSError as error:
    assert "forbidden" in str(error), error
try:
    socket.getaddrinfo("example.org", 443)
except OSError as error:
    assert "forbidden" in str(error), error
assert tried == ["192.0.2.1", "example.org"], tried
"""
JOURNEY = """
import os, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
import cx

ws = cx.open(os.environ["CX_DATABASE"])
assert ws.load_demo().added > 1000
ws.close()
at = AppTest.from_file("app.py", default_timeout=120).run()
for page in sorted(Path("pages").glob("*.py")):
    at.switch_page(str(page)).run()
    assert not at.exception, at.exception
    assert not at.error, at.error
    assert len(at.main) > 1, page
ws = cx.open()
ws.import_file(Path("tests/data/bewertungen_cp1252.csv"), channel="Google")
for question in (ws.kpis, ws.trend, ws.channels, ws.pillars, ws.touchpoints, ws.movements, ws.drivers, ws.voices, ws.export):
    question()
assert tried == [], tried
print("offline")
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-X", "utf8", "-c", GUARD + code]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_guard_holds() -> None:
    done = run(CONTROL)
    assert done.returncode == 0, done.stderr


def test_import_pages_and_questions_ask_nobody(tmp_path: Path) -> None:
    done = run(JOURNEY, CX_DATABASE=str(tmp_path / "cx.duckdb"))
    assert done.stdout.strip().endswith("offline"), done.stderr[-3000:]
