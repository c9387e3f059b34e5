"""The history and the published definitions take new rows only; the trigger also stops bulk and raw SQL."""

from django.db import migrations

FUNCTION = (
    "CREATE FUNCTION approvals_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$"
)
TRIGGER = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON approvals_{table} "
    "FOR EACH ROW EXECUTE FUNCTION approvals_refuse_change()"
)
DROP = "DROP TRIGGER {table}_append_only ON approvals_{table}"
TABLES = ("decision", "flowversion")


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [FUNCTION, *(TRIGGER.format(table=table) for table in TABLES)],
            [*(DROP.format(table=table) for table in TABLES), "DROP FUNCTION approvals_refuse_change()"],
        )
    ]
