"""Tables of the ground: areas, their boundaries by plan version, who holds them. No personal columns but user ids."""

from django.db import models

from jingwei.kernel.fields import PathField


class GridSystem(models.Model):
    """A way to divide the ground ('base', 'fire', 'labour' ...). Its row is the lock of structural changes."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    levels = models.JSONField(default=list)  # names of its levels, from 1: ["大网格", "中网格", "小网格"]
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
    verb = models.CharField(max_length=8)  # rename | move | retire
    name = models.CharField(max_length=100, default="", blank=True)
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


class Staffing(models.Model):
    """A person on an area, with days. Ended ones stay: the history of posts (STF-36)."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="staffing")
    post = models.CharField(max_length=8)  # main | deputy | member
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    duties = models.JSONField(default=list)
    rank = models.SmallIntegerField(default=0)
    void = models.BooleanField(default=False)  # entered by mistake or taken back before its first day

    class Meta:
        db_table = "grids_staffing"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_staffing_ends_after_it_begins"),
            models.CheckConstraint(condition=models.Q(post__in=["main", "deputy", "member"]),
                                   name="grids_staffing_post_known"),
            models.UniqueConstraint(fields=["area", "user", "post", "since"], condition=models.Q(void=False),
                                    name="grids_staffing_once"),
        ]


class Absence(models.Model):
    """Somebody is away; the deputy answers meanwhile. Why is nobody's business here."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "grids_absence"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                                   name="grids_absence_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["user", "until"], name="grids_absence_open")]


class Certificate(models.Model):
    """A badge or licence of one kind with its days (STF-04, STF-27). Its number stays with the office."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "grids_certificate"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_certificate_ends_after_it_begins"),
            models.UniqueConstraint(fields=["user", "kind", "since"], name="grids_certificate_once"),
        ]


class LayerVersion(models.Model):
    """One import of a layer of the base map. At most one per layer is shown; `number` rises with every switch.

    state: staging (rows still arriving) → current; or dropping → dropped.
    """

    id = models.AutoField(primary_key=True)
    layer = models.CharField(max_length=10)
    number = models.IntegerField(null=True)
    state = models.CharField(max_length=10, default="staging")
    key = models.CharField(max_length=64)  # of the file's bytes and of how it was to be read
    rows = models.IntegerField(default=0)  # of the file that are done, refused ones included
    count = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        db_table = "grids_layer_version"
        constraints = [
            models.UniqueConstraint(fields=["layer"], condition=models.Q(state="current"), name="grids_layer_one_shown"),
            models.UniqueConstraint(fields=["layer", "number"], name="grids_layer_number_once"),
            models.CheckConstraint(condition=~models.Q(state="current") | models.Q(number__isnull=False),
                                   name="grids_layer_shown_has_number"),
            models.CheckConstraint(condition=models.Q(state__in=["staging", "current", "dropping", "dropped"]),
                                   name="grids_layer_state_known"),
            models.CheckConstraint(condition=models.Q(layer__in=["streets", "buildings", "water", "green"]),
                                   name="grids_layer_known"),
        ]


class BaseFeature(models.Model):
    """A street, a building, a water or a green on the base map. WKB, longitude first. Nothing of it is personal."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(LayerVersion, on_delete=models.CASCADE, related_name="features", db_index=False)
    name = models.CharField(max_length=100, default="", blank=True)
    kind = models.CharField(max_length=40, default="", blank=True)
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    zoom = models.SmallIntegerField()  # from which it is shown
    spot = models.BigIntegerField()    # the smallest map tile that holds its box: `quadtree`

    class Meta:
        db_table = "grids_base_feature"
        indexes = [models.Index(fields=["version", "spot"], name="grids_base_feature_spot")]


class MapState(models.Model):
    """One row: what the map shows has another name whenever it changes.

    The token is random: a database put back from yesterday must not find the tiles of a tomorrow it has lost.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.IntegerField(default=0)
    token = models.CharField(max_length=16)

    class Meta:
        db_table = "grids_map"
