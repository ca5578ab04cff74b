"""Where sessions are kept (会话存储): Django's database store over our table, under a hash of the key.

Costs one statement to load; a save fills the columns by which the owner recognises a device from what the session says of itself.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any, Final, cast

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.crypto import get_random_string

from shequtong.accounts.models import Session

DEVICE: Final = "device"  # "chrome/windows"
SIGNED_IN_AT: Final = "signed_in_at"  # seconds since 1970
SEEN_AT: Final = "seen_at"  # likewise, in steps


def stored_key(session_key: str) -> str:
    """What the table holds of the key in a cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


class SessionStore(DatabaseStore):
    """`settings.SESSION_ENGINE` names this module."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        key = stored_key(self.session_key or "")
        found = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def _get_new_session_key(self) -> str:
        # Not looked up first, as Django does: `create` inserts, and takes another key in the case that never happens.
        return get_random_string(32, VALID_KEY_CHARS)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.session_key = stored_key(row.session_key)
        account = data.get("_auth_user_id")
        row.account_id = int(account) if account else None
        row.device = str(data.get(DEVICE, ""))
        row.signed_in_at, row.seen_at = _moment(data.get(SIGNED_IN_AT)), _moment(data.get(SEEN_AT))
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(stored_key(key))
