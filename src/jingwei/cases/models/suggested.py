"""What was proposed of a case beside what a person chose: by it the proposals are judged, never the person."""

from django.db import models

from jingwei.cases.models.case import Case

KINDS = ("class", "condition", "unit")


class Suggested(models.Model):
    """`model`: which one proposed. `rank`: where the choice stood among the three proposed, 0 for not at all."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    model = models.CharField(max_length=16)
    proposed = models.CharField(max_length=80)
    confidence = models.FloatField()
    chosen = models.CharField(max_length=80)
    rank = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_suggested"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="cases_suggested_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="cases_suggested_kind_known"),
            models.CheckConstraint(condition=models.Q(confidence__gte=0, confidence__lte=1), name="cases_suggested_confidence"),
        ]
        indexes = [models.Index(fields=["model", "kind", "at"], name="cases_suggested_model")]
