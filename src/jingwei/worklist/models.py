"""One table of everything due. Today's list, hand-over, escalation and the leader's map read only this."""

from django.db import models

from jingwei.kernel.fields import PathField


class Item(models.Model):
    """One due thing: who (or which unit) where must do what by when. Written by the room that owns the thing."""

    subject = models.CharField(max_length=60, primary_key=True)  # "case:0197…": one open stage per subject
    kind = models.CharField(max_length=30)   # what is to be done: verify, file, dispatch, handle, check, close …
    area_path = PathField(default="", blank=True)
    unit_path = PathField(default="", blank=True)
    person = models.UUIDField(null=True)     # when it waits for one person
    due_at = models.DateTimeField(null=True)  # null: no clock runs (suspended, or no limit known)
    since = models.DateTimeField()
    place = models.CharField(max_length=300, default="", blank=True)
    urged = models.BooleanField(default=False)  # stands first on the list of those it waits for
    posts = models.CharField(max_length=120, default="", blank=True)  # for whom it waits: "|acceptor|shift_leader|"

    class Meta:
        db_table = "worklist_item"
        indexes = [
            models.Index(fields=["kind", "due_at"], name="worklist_kind_due"),
            models.Index(fields=["area_path", "due_at"], name="worklist_area_due"),
            models.Index(fields=["unit_path", "due_at"], name="worklist_unit_due"),
        ]
