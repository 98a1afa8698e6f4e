"""The duty rota of an area: shifts, and which times must be covered. No personal columns but user ids."""

from django.db import models

from jingwei.grids.models.areas import Area


class Shift(models.Model):
    """One person on an area from a time of day on, by the clock of the place; it may run over midnight."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    start = models.SmallIntegerField()    # minute of the day
    minutes = models.SmallIntegerField()
    void = models.BooleanField(default=False)

    class Meta:
        db_table = "grids_shift"
        constraints = [
            models.CheckConstraint(condition=models.Q(start__gte=0, start__lt=1440, minutes__gte=1, minutes__lte=1440),
                                   name="grids_shift_within_a_day"),
            models.UniqueConstraint(fields=["area", "user", "day", "start"], condition=models.Q(void=False),
                                    name="grids_shift_once"),
        ]
        indexes = [models.Index(fields=["area", "day"], name="grids_shift_day")]


class Cover(models.Model):
    """Which times of day must be covered on an area; else its system's rule for its level holds."""

    id = models.BigAutoField(primary_key=True)
    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    start = models.SmallIntegerField()
    minutes = models.SmallIntegerField()
    weekdays = models.JSONField(default=list)  # Monday is 0
    on_holidays = models.BooleanField(default=True)

    class Meta:
        db_table = "grids_cover"
        constraints = [
            models.CheckConstraint(condition=models.Q(start__gte=0, start__lt=1440, minutes__gte=1, minutes__lte=1440),
                                   name="grids_cover_within_a_day"),
        ]
