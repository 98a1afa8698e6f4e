"""Parts (部件), the numbers they bear and bore, what changed about them when. No personal columns."""

from django.db import models

from jingwei.kernel.fields import PathField
from jingwei.registry.parts.states import ACCURACY, STATES


class Part(models.Model):
    """One thing that stands in the district. `wkb`: longitude first. `lon`, `lat`: the point that stands for it.

    Of the three bodies: the unit where it is one of ours, and code and name as they were given.
    `area_then`: the grid it was surveyed in. Nothing is deleted: what is gone is abandoned or removed.
    """

    id = models.UUIDField(primary_key=True)           # made by the client (UUIDv7)
    number = models.CharField(max_length=20)          # 管理部件标识码
    county = models.CharField(max_length=12)          # immutable: the distribution key of a sharded database
    class_entry = models.ForeignKey("catalogue.ClassEntry", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=30)
    supervisor = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    supervisor_code = models.CharField(max_length=40, default="", blank=True)
    supervisor_name = models.CharField(max_length=100, default="", blank=True)
    owner = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner_code = models.CharField(max_length=40, default="", blank=True)
    owner_name = models.CharField(max_length=100, default="", blank=True)
    maintainer = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    maintainer_code = models.CharField(max_length=40, default="", blank=True)
    maintainer_name = models.CharField(max_length=100, default="", blank=True)
    state = models.CharField(max_length=10, default="intact")
    surveyed_on = models.DateField()
    changed_on = models.DateField(null=True)
    source = models.CharField(max_length=30, default="", blank=True)
    accuracy = models.CharField(max_length=1, default="", blank=True)
    note = models.TextField(default="", blank=True)
    shape = models.CharField(max_length=8, default="point")
    wkb = models.BinaryField()
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    spot = models.BigIntegerField()                   # the smallest map tile that holds its box
    # Like cases: areas of drafts are dropped by the thousand, and no part refers to any of them.
    area_then = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                  db_constraint=False)
    area_now = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                 db_constraint=False)
    area_path = PathField()                           # of area_now: scope

    class Meta:
        db_table = "registry_part"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="registry_part_number_once"),
            models.CheckConstraint(condition=models.Q(state__in=list(STATES)), name="registry_part_state_known"),
            models.CheckConstraint(condition=models.Q(accuracy__in=["", *ACCURACY]), name="registry_part_accuracy_known"),
            models.CheckConstraint(condition=models.Q(shape__in=["point", "line", "polygon"]), name="registry_part_shape_known"),
            models.CheckConstraint(condition=models.Q(west__gte=-180, east__lte=180, south__gte=-90, north__lte=90),
                                   name="registry_part_on_earth"),
            models.CheckConstraint(
                condition=models.Q(changed_on=None) | models.Q(changed_on__gte=models.F("surveyed_on")),
                name="registry_part_changed_after_survey"),
        ]
        indexes = [
            models.Index(fields=["class_entry", "number"], name="registry_part_class"),
            models.Index(fields=["area_path", "number"], name="registry_part_area"),
            models.Index(fields=["area_now"], name="registry_part_area_now"),
            models.Index(fields=["cell"], name="registry_part_cell"),
            models.Index(fields=["spot"], name="registry_part_spot"),
            models.Index(fields=["owner", "number"], condition=models.Q(owner__isnull=False), name="registry_part_owner"),
        ]


class PartNumber(models.Model):
    """Every number ever given. `until` null: the part bears it now. None is given twice."""

    number = models.CharField(max_length=20, primary_key=True)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="numbers")
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_part_number"


class PartSequence(models.Model):
    """The sequence that is tried first for the next number of a county and class; its row is locked by who takes one."""

    prefix = models.CharField(max_length=20, primary_key=True)
    next = models.IntegerField(default=1)

    class Meta:
        db_table = "registry_part_sequence"


class PartChange(models.Model):
    """What changed about a part: `what` holds each column as [before, after]. The journal has an entry for each, or
    one for a batch of an import; this is what a person reads of one part.
    """

    id = models.BigAutoField(primary_key=True)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="changes", db_index=False)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    via = models.CharField(max_length=10)
    verb = models.CharField(max_length=30)
    reason = models.CharField(max_length=300, default="", blank=True)
    what = models.JSONField(default=dict)

    class Meta:
        db_table = "registry_part_change"
        indexes = [models.Index(fields=["part", "id"], name="registry_part_change_part")]
