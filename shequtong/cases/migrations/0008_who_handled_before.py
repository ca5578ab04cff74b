"""Data of the column that 0007 added: of every case that was ever handled, by its last step of that kind."""

from django.db import migrations

_AT_ONCE = 500


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    cases = apps.get_model("cases", "Case").objects.using(using)
    steps = apps.get_model("cases", "Step").objects.using(using).filter(move__in=("handle", "self_handle"))
    for place in cases.filter(handled_at__isnull=False).order_by().values_list("subdistrict_id", flat=True).distinct():
        there, last = cases.filter(subdistrict_id=place, handled_at__isnull=False), 0
        while True:
            ids = list(there.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
            if not ids:
                break
            last = ids[-1]
            found = steps.filter(subdistrict_id=place, case_id__in=ids).order_by("number").values_list("case_id", "account_id")
            by_account = {}
            for case, account in dict(found).items():  # the last of each
                if account is not None:
                    by_account.setdefault(account, []).append(case)
            for account, some in by_account.items():
                cases.filter(subdistrict_id=place, pk__in=some).update(handled_account_id=account)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_who_handled")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
