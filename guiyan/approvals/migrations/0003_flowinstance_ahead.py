"""Whom the steps to come would ask, kept for the picture: reading it costs no question to the organisation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_history_is_append_only")]
    operations = [
        migrations.AddField(model_name="flowinstance", name="ahead", field=models.JSONField(default=dict)),
    ]
