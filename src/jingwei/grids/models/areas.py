"""Areas, their outlines by plan version, what a plan will change, who took over from whom."""

from django.db import models

from jingwei.grids.models.plans import PlanVersion
from jingwei.kernel.fields import PathField


class Area(models.Model):
    """A node of a system's tree. The code is what the scheme gives, the path is ours.

    valid_from null: since its plan. county: the distribution key, six digits, or the code of the tree's root
    where the scheme has no counties; never changed.
    """

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=20, default="base")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=16)
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False)
    path = PathField()
    county = models.CharField(max_length=12)
    status = models.CharField(max_length=8, default="active")  # active | retired | void
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="areas")
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    four_bounds = models.CharField(max_length=300, default="", blank=True)  # 四至
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "grids_area"
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="grids_area_code_once"),
            models.UniqueConstraint(fields=["path"], name="grids_area_path_once"),
            models.CheckConstraint(condition=~models.Q(code=""), name="grids_area_has_code"),
            models.CheckConstraint(condition=~models.Q(county=""), name="grids_area_has_county"),
            models.CheckConstraint(condition=models.Q(level__gte=1), name="grids_area_level_from_one"),
            models.CheckConstraint(
                condition=models.Q(status="active", valid_to=None)
                | models.Q(status__in=["retired", "void"], valid_to__isnull=False),
                name="grids_area_retired_has_end"),
        ]
        indexes = [models.Index(fields=["parent", "code"], name="grids_area_children")]


class Boundary(models.Model):
    """The outline of an area from a plan version on, until a later one draws it anew. WKB, longitude first."""

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="boundaries", db_index=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_m2 = models.BigIntegerField()
    spot = models.BigIntegerField(default=0, db_index=True)  # the smallest map tile that holds its box: `quadtree`
    buildings = models.IntegerField(null=True)  # whose middle lies inside; null: not counted
    cut = models.IntegerField(null=True)  # of the buildings on its ground those that its border cuts
    households = models.IntegerField(null=True)

    class Meta:
        db_table = "grids_boundary"
        constraints = [
            models.UniqueConstraint(fields=["area", "plan"], name="grids_boundary_once_per_plan"),
            models.CheckConstraint(
                condition=models.Q(west__gte=-180, east__lte=180, south__gte=-90, north__lte=90,
                                   west__lte=models.F("east"), south__lte=models.F("north")),
                name="grids_boundary_box_on_earth"),
        ]


class PlanChange(models.Model):
    """What publishing a plan will do to an area that exists already."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="changes")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=8)  # rename | move | retire | note
    name = models.CharField(max_length=100, default="", blank=True)  # or the note
    parent = models.ForeignKey(Area, null=True, on_delete=models.CASCADE, related_name="+")
    level = models.SmallIntegerField(default=0)
    successors = models.JSONField(default=list)  # ids, of a retirement

    class Meta:
        db_table = "grids_plan_change"
        constraints = [models.UniqueConstraint(fields=["plan", "area", "verb"], name="grids_plan_change_once")]


class Succession(models.Model):
    """The crosswalk: which area took over from a retired one."""

    id = models.BigAutoField(primary_key=True)
    predecessor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="precessions")
    at = models.DateTimeField()
    of_old = models.FloatField(null=True)  # shares of the ground, 0 to 1: of the predecessor, of the successor
    of_new = models.FloatField(null=True)
    households = models.FloatField(null=True)  # who lived in the part that passed over, where counted
    of_households = models.FloatField(null=True)  # their share of the predecessor's

    class Meta:
        db_table = "grids_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="grids_succession_once"),
            models.CheckConstraint(condition=~models.Q(predecessor=models.F("successor")),
                                   name="grids_succession_of_another"),
        ]


class Membership(models.Model):
    """An area of the base tree that belongs to a grid of another system (a labour grid of 2-3 communities)."""

    id = models.BigAutoField(primary_key=True)
    grid = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        db_table = "grids_membership"
        constraints = [models.UniqueConstraint(fields=["grid", "member"], name="grids_membership_once")]
