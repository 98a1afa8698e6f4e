"""The base map (streets, buildings, waters, greens) and the name of what the map shows."""

from django.db import models


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
    households = models.PositiveIntegerField(null=True)  # of a building, where its file tells; a number and no more

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
