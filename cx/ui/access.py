"""Who may import and undo: whoever sits at the machine that the app runs on.

The rule. CX_EDIT=1 allows it to every visitor, CX_EDIT=0 to nobody. Without it, a visitor may change data where
all three hold: the server listens on loopback only (option server.address is 127.0.0.1, ::1 or localhost; unset means every
network), the request names a loopback host, and nothing has passed it on (no Forwarded or X-Forwarded-… header: behind a
reverse proxy the server looks like loopback to everybody). Everyone else looks only. A proxy that sets none of these headers
and rewrites Host cannot be told from the machine itself: set CX_EDIT=0 there.
"""

import os
from collections.abc import Mapping

import streamlit as st

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def may_edit() -> bool:
    """Whether this visitor may import and undo."""
    return allowed(os.environ.get("CX_EDIT", ""), st.get_option("server.address"), st.context.headers)


def allowed(setting: str, address: str | None, headers: Mapping[str, str]) -> bool:
    """The rule of this module for CX_EDIT, the server's address and the headers of a request."""
    if setting in ("0", "1"):
        return setting == "1"
    names = {name.lower(): value for name, value in headers.items()}
    host = _without_port(names.get("host", ""))
    return address in LOOPBACK and host in LOOPBACK and not any(name in names for name in PASSED_ON)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
