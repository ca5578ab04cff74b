"""Calls of the open interface as its tests make them."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from shequtong.testing.town import point

BASE = "/open311/v2"
HERE = {"jurisdiction_id": "320505002"}
SCHEMAS = Path(settings.BASE_DIR).parent / "shared/data/open311/schema"
LON, LAT = point(0.5, 0.5)
TOLD = {"service_code": "L01", "lat": str(LAT), "long": str(LON), "description": "路灯不亮，晚上看不清路。"}


def get(client: Client, path: str, **said: str) -> Any:
    return client.get(f"{BASE}/{path}", said)


def post(client: Client, key: str, *, fmt: str = "json", headers: dict[str, str] | None = None, **said: Any) -> Any:
    return client.post(f"{BASE}/requests.{fmt}", {"api_key": key, **TOLD, **said}, headers=headers)


def told(client: Client, key: str, **said: Any) -> dict[str, Any]:
    answer = post(client, key, **said)
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()[0]
    return found


def code_and_words(answer: Any) -> tuple[str, str]:
    if answer["Content-Type"].startswith("text/xml"):
        root = ET.fromstring(answer.content)
        assert root.tag == "errors"
        return root.findtext("error/code", ""), root.findtext("error/description", "")
    one = json.loads(answer.content)[0]
    return str(one["code"]), one["description"]
