"""Calls of the typed API as its tests make them."""

import json
from itertools import count
from typing import Any

from django.test import Client

from shequtong.testing.town import point

BASE = "/api/v1"
LON, LAT = point(0.5, 0.5)
NEW = {"class_code": "L01", "text": "路灯不亮，晚上看不清路。", "lon": LON, "lat": LAT}
_KEYS = count(1)


class Caller:
    """A system with its key."""

    def __init__(self, key: str, language: str = "en") -> None:
        self._client, self.key, self.language = Client(), key, language

    def headers(self, **more: str) -> dict[str, str]:
        """Those of every call."""
        return {"Authorization": f"Bearer {self.key}", "Accept-Language": self.language, **more}

    def get(self, path: str, **said: Any) -> Any:
        """A read."""
        return self._client.get(f"{BASE}/{path}", said, headers=self.headers())

    def post(self, path: str, body: Any, *, once: str | None = None) -> Any:
        """A write, under its own Idempotency-Key unless `once` names one; none for ""."""
        once = f"call-{next(_KEYS):06}" if once is None else once
        more = {"Idempotency-Key": once} if once else {}
        return self._client.post(
            f"{BASE}/{path}", json.dumps(body), content_type="application/json", headers=self.headers(**more)
        )

    def made(self, path: str, body: Any, **named: Any) -> dict[str, Any]:
        """A write that is done."""
        answer = self.post(path, body, **named)
        assert answer.status_code == 201, answer.content.decode()
        found: dict[str, Any] = answer.json()
        return found
