"""Which four-bounds texts the program wrote: one that stands otherwise was written by hand and is left alone."""

from django.db import models

from jingwei.grids.models.areas import Area


class WrittenBounds(models.Model):
    """The text that was last written for an area from the base map around it (GRD-01)."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        db_table = "grids_written_bounds"
