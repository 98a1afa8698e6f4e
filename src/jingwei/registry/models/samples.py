"""Samples of parts looked at in the field to prove a survey. No personal columns: who looked stands in the journal."""

from django.db import models

from jingwei.kernel.fields import PathField
from jingwei.registry.models.parts import Part


class PartSample(models.Model):
    """A draw: reproducible from its seed and the numbers in service then (`population` of them, `digest` of their list)."""

    id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=60)
    seed = models.CharField(max_length=60)
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    area_path = PathField(default="", blank=True)
    classes = models.JSONField(default=list)
    size = models.IntegerField()
    population = models.IntegerField()
    digest = models.CharField(max_length=64)
    threshold = models.DecimalField(max_digits=5, decimal_places=4)
    drawn_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    verdict = models.JSONField(null=True)

    class Meta:
        db_table = "registry_part_sample"
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=1), name="registry_sample_not_empty")]
        indexes = [models.Index(fields=["-drawn_at"], name="registry_sample_newest")]


class SampledPart(models.Model):
    """A part of a sample, as it was registered when drawn, and what was found. A mark is null until looked at."""

    id = models.BigAutoField(primary_key=True)
    sample = models.ForeignKey(PartSample, on_delete=models.CASCADE, related_name="parts", db_index=False)
    place = models.IntegerField()                     # on the sheet, from 1
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")
    then = models.JSONField(default=dict)             # number, name, class, owner, state, accuracy, lon, lat
    is_there = models.BooleanField(null=True)
    place_right = models.BooleanField(null=True)
    class_right = models.BooleanField(null=True)
    owner_right = models.BooleanField(null=True)
    state_right = models.BooleanField(null=True)
    found_lon = models.FloatField(null=True)
    found_lat = models.FloatField(null=True)
    note = models.CharField(max_length=200, default="", blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_sampled_part"
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="registry_sampled_place_once"),
            models.UniqueConstraint(fields=["sample", "part"], name="registry_sampled_part_once"),
        ]
