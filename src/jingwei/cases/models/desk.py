"""What the desk keeps beside cases: who looks, and sets of filters."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class Looking(models.Model):
    """Somebody has the case open now, so that a colleague leaves it to them. Deleted once it is over, kept nowhere else."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "cases_looking"
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="cases_looking_once")]


class SavedView(models.Model):
    """A person's own set of filters under a name: the query string of the list's address."""

    id = models.UUIDField(primary_key=True)
    user = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "cases_view"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="cases_view_named_once")]


class SharedView(models.Model):
    """Filters that somebody lays out for all who work in an area, or for one post there. `user`: who shared it."""

    id = models.UUIDField(primary_key=True)
    user = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    area_path = PathField()
    area_code = models.CharField(max_length=40)
    role = models.CharField(max_length=20, default="", blank=True)  # "": every post
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_shared_view"
        indexes = [models.Index(fields=["area_path"], name="cases_shared_view_area")]
