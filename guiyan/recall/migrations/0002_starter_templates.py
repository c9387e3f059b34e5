"""The templates every company starts with."""

from datetime import UTC, datetime

from django.db import migrations

from guiyan.recall.engine.starters import starters


def put_starters(apps, schema_editor):
    template = apps.get_model("recall", "MessageTemplate")
    for each in starters():
        template.objects.get_or_create(
            key=each.key,
            language=each.lang,
            version=1,
            defaults={
                "kind": each.kind,
                "reason": each.reason,
                "title": each.title,
                "body": each.body,
                "created_at": datetime(2026, 11, 1, tzinfo=UTC),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("recall", "0001_initial")]
    operations = [migrations.RunPython(put_starters, migrations.RunPython.noop, elidable=False)]
