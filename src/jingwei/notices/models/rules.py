"""What the installation changed of what is told, and how far the timed messages have come."""

from django.db import models


class Rule(models.Model):
    """What this installation set for one kind of message instead of what is shipped."""

    kind = models.CharField(max_length=20, primary_key=True)
    active = models.BooleanField()
    ways = models.CharField(max_length=40, default="", blank=True)  # "|mail|chat|"; the list is always there
    urgent = models.BooleanField()

    class Meta:
        db_table = "notices_rule"


class Setting(models.Model):
    name = models.CharField(max_length=20, primary_key=True)
    value = models.CharField(max_length=40)

    class Meta:
        db_table = "notices_setting"


class Mark(models.Model):
    """Up to which instant something timed has been told."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "notices_mark"
