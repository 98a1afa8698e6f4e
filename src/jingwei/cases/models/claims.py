"""The sum of money that a complaint is about."""

from django.db import models

from jingwei.cases.models.case import Case


class Claim(models.Model):
    """What is claimed in a case and what of it was settled, in cents. `settled` null: nothing was said of it yet."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)          # wages | refund | compensation | other
    claimed = models.BigIntegerField()
    settled = models.BigIntegerField(null=True)
    people = models.IntegerField(null=True)         # how many it concerns
    month = models.CharField(max_length=7)          # in which the case was reported, in the zone of the place
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_claim"
        constraints = [
            models.CheckConstraint(condition=models.Q(claimed__gt=0), name="cases_claim_something"),
            models.CheckConstraint(condition=models.Q(settled=None) | models.Q(settled__gte=0, settled__lte=models.F("claimed")),
                                   name="cases_claim_settled_of_it"),
        ]
        indexes = [models.Index(fields=["month"], name="cases_claim_month")]
