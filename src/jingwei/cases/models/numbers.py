"""Where the numbers of cases come from."""

from django.db import models


class NumberBlock(models.Model):
    """The next free number of a county and year; processes take numbers by the block, so no report waits for another."""

    name = models.CharField(max_length=20, primary_key=True)
    next = models.BigIntegerField(default=1)

    class Meta:
        db_table = "cases_number_block"
