"""Teams on areas, and how many households an area has. No personal columns but user ids."""

from django.db import models

from jingwei.grids.models.areas import Area


class Team(models.Model):
    """People who look after an area or several together, of a kind from `data/team_kinds.csv`."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day

    class Meta:
        db_table = "grids_team"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_team_ends_after_it_begins"),
        ]


class TeamArea(models.Model):
    """An area of a team."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "grids_team_area"
        constraints = [models.UniqueConstraint(fields=["team", "area"], name="grids_team_area_once")]


class TeamMember(models.Model):
    """A person in a team with a function, with days. Ended ones stay (STF-36)."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    void = models.BooleanField(default=False)  # taken back before the first day

    class Meta:
        db_table = "grids_team_member"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_team_member_ends_after_it_begins"),
            models.UniqueConstraint(fields=["team", "user", "function", "since"], condition=models.Q(void=False),
                                    name="grids_team_member_once"),
        ]


class Households(models.Model):
    """How many households an area has, as somebody counted them on a day. A number, nobody's name."""

    id = models.BigAutoField(primary_key=True)
    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    count = models.IntegerField()
    counted_on = models.DateField()

    class Meta:
        db_table = "grids_households"
        constraints = [models.CheckConstraint(condition=models.Q(count__gte=0), name="grids_households_not_negative")]
