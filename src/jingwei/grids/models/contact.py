"""What of a person of the staff may be made public with their consent, and the offices' phones on an area's papers."""

from django.db import models
from django.db.models import Q

from jingwei.grids.models.areas import Area


class PublicContact(models.Model):
    """One consent (STF-37). Personal: phone (sealed, journal/vault.py, subject public_contact:<user>) and photo.

    When it is withdrawn both are gone, with their key; the days and who recorded them stay.
    """

    PERSONAL = ("phone", "photo")

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    phone = models.BinaryField(null=True)
    photo = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    form = models.BooleanField(default=False)  # a signed form that somebody recorded, else given by the person
    recorded_by = models.UUIDField(null=True)  # null: the operator
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        db_table = "grids_public_contact"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(withdrawn_on=None), name="grids_public_contact_one_in_force"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | Q(phone=None, photo=None),
                                   name="grids_public_contact_withdrawn_is_gone"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")),
                                   name="grids_public_contact_withdrawn_after_given"),
        ]


class BoardText(models.Model):
    """What stands on the notice boards and cards of an area and of all below it, unless one has its own."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="+")
    office_phone = models.CharField(max_length=40, default="", blank=True)       # of the unit, never of a person
    supervision_phone = models.CharField(max_length=40, default="", blank=True)  # where one complains (监督电话)
    services = models.JSONField(default=list)                                    # what the grid worker does, line by line

    class Meta:
        db_table = "grids_board_text"
