"""What is owed to the platform above."""

from django.db import models


class Copy(models.Model):
    """What is owed to the platform above: written by a reader of the journal, one row per copied step."""

    entry_position = models.BigIntegerField(primary_key=True)
    case_id = models.UUIDField()
    action = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_copy"
        indexes = [models.Index(fields=["case_id"], name="cases_copy_case")]
