"""Which case became part of which."""

from django.db import models

from jingwei.cases.models.case import Case


class Merged(models.Model):
    """A case that goes on as part of another. `leader` is the one that is handled; `into` the one it was joined to by
    hand, which may itself have become part of the leader since: un-merging that one takes this one along.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="merged")
    leader = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    into = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_merged"
        constraints = [
            models.CheckConstraint(condition=~models.Q(case=models.F("leader")), name="cases_merged_not_into_itself"),
        ]
