"""Tells Django whose session it is (会话所属账号). Signing in itself is done by the use-cases, never by `authenticate()`."""

from shequtong.accounts.models import Account


class AccountBackend:
    """The least that `django.contrib.auth` asks of a backend. It grants no permissions: those come from appointments."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, while it may sign in. One statement."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
