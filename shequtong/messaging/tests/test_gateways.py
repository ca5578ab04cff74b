"""The gateways that come with the platform."""

import json
import logging
import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from shequtong.messaging.gateways import ConsoleGateway, FileGateway, gateway
from shequtong.messaging.testing import PHONE


def test_the_settings_name_the_gateway(settings: Settings) -> None:
    assert isinstance(gateway(), ConsoleGateway)
    settings.MESSAGING_GATEWAY = "shequtong.messaging.gateways.FileGateway"
    assert isinstance(gateway(), FileGateway)


def test_the_console_shows_neither_number_nor_text(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("shequtong"), "propagate", True)
    with caplog.at_level(logging.INFO):
        ConsoleGateway().send(PHONE, "验证码 123456", "77")
    assert "138****5678" in caplog.text
    assert PHONE not in caplog.text
    assert "123456" not in caplog.text


def test_the_file_gets_a_line_each_and_is_private(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    settings.MESSAGING_GATEWAY_FILE = str(file)
    for ref in ("1", "2"):
        assert FileGateway().send(PHONE, "两行\n文字", ref) == ref
    assert [json.loads(line)["ref"] for line in file.read_text().splitlines()] == ["1", "2"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
