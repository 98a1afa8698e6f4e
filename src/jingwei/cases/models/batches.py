"""Tables of new reports: each as it was sent, how far it is filed, and what became of every row."""

from django.db import models

from jingwei.cases.models.case import Case


class Batch(models.Model):
    """One table that somebody sent. `cursor`: how many of its `rows` were dealt with, so that it goes on where it was."""

    id = models.UUIDField(primary_key=True)             # made by the client (UUIDv7)
    by = models.UUIDField()
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    file_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8)              # running | done | stopped
    rows = models.IntegerField()
    bad = models.IntegerField(default=0)                # rows of the file that were left out as wrong
    there = models.IntegerField(default=0)              # and those that were filed before
    cursor = models.IntegerField(default=0)
    filed = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)            # while filing, after they had been found right
    why = models.CharField(max_length=200, default="", blank=True)  # it stopped by itself
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_batch"
        constraints = [models.CheckConstraint(condition=models.Q(cursor__gte=0) & models.Q(cursor__lte=models.F("rows")),
                                              name="cases_batch_cursor")]
        indexes = [models.Index(fields=["by", "-at"], name="cases_batch_by")]


class BatchPart(models.Model):
    """Some of the rows that are still to be filed; gone once the table is done with. Personal: `sealed`."""

    PERSONAL = ("sealed",)

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+", db_index=False)
    first = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "cases_batch_part"
        constraints = [models.UniqueConstraint(fields=["batch", "first"], name="cases_batch_part_once")]


class BatchRow(models.Model):
    """A row that was dealt with. `key`: of the file and the row, so that none is filed twice. Personal: the keyed hash of what it tells."""

    PERSONAL = ("digest",)

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()                      # as a spreadsheet shows it
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80, null=True)    # null: not filed, may be tried again
    digest = models.CharField(max_length=64, default="", blank=True)
    code = models.CharField(max_length=60, default="", blank=True)
    why = models.CharField(max_length=400, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_batch_row"
        constraints = [models.UniqueConstraint(fields=["key"], name="cases_batch_row_key_once"),
                       models.UniqueConstraint(fields=["batch", "number"], name="cases_batch_row_once")]
        indexes = [models.Index(fields=["digest", "at"], name="cases_batch_row_digest")]
