"""Minutes of a meeting whose matters were filed as cases."""

from django.db import models

from jingwei.cases.models.case import Case


class Minutes(models.Model):
    """Of the minutes only what names them: their words stand in the cases that came of them."""

    id = models.UUIDField(primary_key=True)             # made by the client (UUIDv7)
    title = models.CharField(max_length=120)            # numbers of people stand in it as tokens
    held_on = models.DateField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_minutes"
        indexes = [models.Index(fields=["-held_on", "-at"], name="cases_minutes_held")]


class MinutesItem(models.Model):
    id = models.BigAutoField(primary_key=True)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.SmallIntegerField()                  # among the matters that were filed, from 1
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "cases_minutes_item"
        constraints = [models.UniqueConstraint(fields=["minutes", "place"], name="cases_minutes_item_once")]
