"""How somebody has their list of cases (我的列表): filters under a name (我的筛选), and its columns."""

from django.db import models

from shequtong.core.locality import Local


class OwnList(Local):
    """One row an account and subdistrict. `filters` are {name, query} by name, `query` as the queue's address says it; `hidden` are columns left out, `added` those put to them."""

    account_id = models.BigIntegerField()
    filters = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    added = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "account_id"], name="cases_own_list_account")]
