"""Mark an account as one of staff (标记为工作人员): it has a desk, and its sessions end when idle."""

from django.db import transaction

from shequtong.accounts.models import Account


@transaction.atomic
def mark_staff(*, account_id: int) -> Account:
    """The account, locked. Called by `access` with an appointment, which checks the right and writes the trace. Account.DoesNotExist."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_staff_member:
        account.is_staff_member = True
        account.save(update_fields=["is_staff_member"])
    return account
