"""Who urged the holder of a case, when and with which words."""

from django.db import models

from jingwei.cases.models.case import Case


class Urging(models.Model):
    """One urging (催办) in one stay of a case. `by` null: a rung of the escalation ladder."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="urgings")
    step = models.SmallIntegerField()   # the stay in which the holder was urged
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    text = models.TextField()           # numbers of people stand in it as tokens

    class Meta:
        db_table = "cases_urging"
