"""What is mediated beside a case: who mediates, when they met, what came of it, when it is looked after."""

from django.db import models

from jingwei.cases.models.case import Case


class Mediation(models.Model):
    """The mediation of a case as it stands now.

    Personal: `private`, the one ciphertext that holds parties, what was said, agreed and found on visits, under a key of
    its own. Nobody is found by it: there is no hash of a name or number.
    """

    PERSONAL = ("private",)

    id = models.UUIDField(primary_key=True)            # made by the client (UUIDv7)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    county = models.CharField(max_length=12)           # immutable: the distribution key of a sharded database
    kind = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    matter = models.CharField(max_length=16)
    state = models.CharField(max_length=10)
    state_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, default="", blank=True)
    form = models.CharField(max_length=8, default="", blank=True)
    agreed_on = models.DateField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    lead = models.UUIDField()                          # whom the list of what is due names
    parties = models.SmallIntegerField()               # how many
    sessions = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)           # by when it is usually done; null: no result is waited for
    next_at = models.DateTimeField(null=True)          # when they meet again
    concluded_at = models.DateTimeField(null=True)
    private = models.BinaryField(null=True)

    class Meta:
        db_table = "cases_mediation"
        constraints = [
            models.CheckConstraint(condition=models.Q(state="mediating") | models.Q(concluded_at__isnull=False),
                                   name="cases_mediation_concluded_when"),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="cases_mediation_newest")]


class Mediator(models.Model):
    """Somebody who mediates, or did so until a day."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="mediators")
    user = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_mediator"
        constraints = [models.UniqueConstraint(fields=["mediation", "user"], condition=models.Q(until=None), name="cases_mediator_once")]
        indexes = [models.Index(fields=["user"], condition=models.Q(until=None), name="cases_mediator_user")]


class MediationSession(models.Model):
    """A meeting with the parties; where and what was said is in the mediation's ciphertext under its number."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="+")
    number = models.SmallIntegerField()
    at = models.DateTimeField()
    people = models.JSONField()                        # ids of those who mediated
    result = models.CharField(max_length=8)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "cases_mediation_session"
        constraints = [models.UniqueConstraint(fields=["mediation", "number"], name="cases_mediation_session_numbered")]


class MediationVisit(models.Model):
    """A visit after an agreement: due on a day, made on one, or dropped."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="+")
    number = models.SmallIntegerField()
    due_on = models.DateField()
    made_on = models.DateField(null=True)
    result = models.CharField(max_length=8, default="", blank=True)
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_mediation_visit"
        constraints = [models.UniqueConstraint(fields=["mediation", "number"], name="cases_mediation_visit_numbered")]


class MediationFile(models.Model):
    """A document of a mediation, and with which deed it came."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=16)

    class Meta:
        db_table = "cases_mediation_file"
        constraints = [models.UniqueConstraint(fields=["mediation", "file"], name="cases_mediation_file_once")]
