"""The event table takes new rows only; the trigger also stops bulk and raw SQL."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [
                "CREATE FUNCTION platform_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
                "$$ BEGIN RAISE EXCEPTION 'platform_eventrow is append-only' USING ERRCODE = 'insufficient_privilege'; END $$",
                "CREATE TRIGGER eventrow_append_only BEFORE UPDATE OR DELETE ON platform_eventrow "
                "FOR EACH ROW EXECUTE FUNCTION platform_refuse_change()",
                "CREATE TRIGGER eventrow_no_truncate BEFORE TRUNCATE ON platform_eventrow "
                "FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change()",
            ],
            [
                "DROP TRIGGER eventrow_append_only ON platform_eventrow",
                "DROP TRIGGER eventrow_no_truncate ON platform_eventrow",
                "DROP FUNCTION platform_refuse_change()",
            ],
        )
    ]
