"""What is publicised (公示)."""

from django.db import models

from jingwei.cases.models.case import Case


class Publicity(models.Model):
    """Words shown at one level, community or town, from–until; two rows for one approval.

    It is shown while the case is being publicised and its clock runs; `current`: of the last approval.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10)           # community | town
    area = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    words = models.TextField()
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)           # null: the place set no time
    by = models.UUIDField(null=True)
    current = models.BooleanField(default=True)

    class Meta:
        db_table = "cases_publicity"
        constraints = [
            models.UniqueConstraint(fields=["case", "level"], condition=models.Q(current=True), name="cases_publicity_once"),
        ]
