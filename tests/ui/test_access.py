"""Who may import and undo."""

import pytest

from cx.ui.access import allowed

LOCAL = {"Host": "localhost:8501"}


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST"])
def test_the_machine_itself_may(host: str) -> None:
    assert allowed("", "127.0.0.1", {"Host": host})


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "192.168.0.7", "cx.example.de"])
def test_a_server_that_listens_beyond_loopback_lets_nobody(address: str | None) -> None:
    assert not allowed("", address, LOCAL)


@pytest.mark.parametrize(
    "host", ["cx.example.de", "192.168.0.7:8501", "localhost.evil.example", "", "127.0.0.1.evil.example"]
)
def test_another_host_name_may_not(host: str) -> None:
    assert not allowed("", "127.0.0.1", {"Host": host})


@pytest.mark.parametrize("header", ["X-Forwarded-For", "x-forwarded-proto", "Forwarded", "X-Real-IP", "Via"])
def test_a_request_that_was_passed_on_may_not(header: str) -> None:
    assert not allowed("", "127.0.0.1", LOCAL | {header: "127.0.0.1"})


def test_without_headers_nobody_may() -> None:
    assert not allowed("", "127.0.0.1", {})


def test_the_setting_decides_over_everything() -> None:
    assert allowed("1", None, {"X-Forwarded-For": "1.2.3.4"})
    assert not allowed("0", "127.0.0.1", LOCAL)
    assert not allowed("yes", None, LOCAL)
