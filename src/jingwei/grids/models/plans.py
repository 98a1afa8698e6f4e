"""Ways to divide the ground and the versions of each. What a version brings is invisible until it is published."""

from django.db import models


class GridSystem(models.Model):
    """A way to divide the ground ('base', 'fire', 'labour' ...). Its row is the lock of structural changes."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    levels = models.JSONField(default=list)  # names of its levels, from 1: ["大网格", "中网格", "小网格"]
    rules = models.JSONField(default=list)   # what it asks of its areas: `system_rules`
    version = models.IntegerField(default=1)  # raised whenever paths may have changed

    class Meta:
        db_table = "grids_system"


class PlanVersion(models.Model):
    """One version of a system's division. What it brings is invisible until it is published.

    state: staging (rows still arriving) → draft → published; or dropping → dropped.
    """

    id = models.AutoField(primary_key=True)
    system = models.ForeignKey(GridSystem, on_delete=models.PROTECT)
    number = models.IntegerField(null=True)  # 1, 2, 3 … in the order of publication
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=10, default="staging")
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    drawing = models.CharField(max_length=16, default="", blank=True)  # new whenever its outlines change; '': none
    file_hash = models.CharField(max_length=64, default="", blank=True)
    counts = models.JSONField(default=dict)
    based_on = models.IntegerField(default=0)  # the system's version when it was begun
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    edit = models.IntegerField(default=0)  # raised by every deed on the draft, undoing included
    rules = models.JSONField(default=dict)  # what this division was drawn by: `plan_rules`
    publish_at = models.DateTimeField(null=True)  # when a draft is to be published, and who said so
    publish_by = models.UUIDField(null=True)
    publish_why = models.CharField(max_length=400, default="", blank=True)  # why that did not happen

    class Meta:
        db_table = "grids_plan"
        constraints = [
            models.UniqueConstraint(fields=["system", "number"], name="grids_plan_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(number__isnull=False, valid_from__isnull=False),
                name="grids_plan_published_has_number"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="grids_plan_ends_after_it_begins"),
            models.CheckConstraint(
                condition=models.Q(state__in=["staging", "draft", "published", "dropping", "dropped"]),
                name="grids_plan_state_known"),
        ]
