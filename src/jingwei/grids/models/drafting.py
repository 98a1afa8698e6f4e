"""How a draft is worked on: every deed with what was before and after, and proposals of the partition engine."""

from django.db import models

from jingwei.grids.models.areas import Area
from jingwei.grids.models.plans import PlanVersion


class PlanEdit(models.Model):
    """One deed on a draft. `before`, `after`: area id → its state in the draft, null where it is not there.

    `touch`: the draft's counter when this deed was last done or undone, so that a tile of the map knows whether it is
    still true. Rows therefore stay, without their states, when they can no longer be redone.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="edits_made")
    number = models.IntegerField(null=True)  # null: it was undone and another took its place
    community = models.IntegerField(default=0)  # id of the community it is about
    verb = models.CharField(max_length=8)  # split | merge | border | move | note
    about = models.JSONField(default=list)  # codes, for the sentence
    touched = models.JSONField(default=list)  # ids, without neighbours that only got points of a shared border
    undone = models.BooleanField(default=False)
    touch = models.IntegerField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    before = models.JSONField()
    after = models.JSONField()
    at = models.DateTimeField()  # when it was last done or undone
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "grids_plan_edit"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="grids_plan_edit_numbered")]


class Proposal(models.Model):
    """A run of the partition engine over an area's ground. `state`: waiting | running | done | failed | cancelled."""

    id = models.AutoField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    keep = models.BooleanField(default=False)  # change as little as possible of what stands
    rules = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    stopping = models.BooleanField(default=False)  # somebody cancelled it
    stage = models.CharField(max_length=20, default="", blank=True)
    done = models.FloatField(default=0)  # of the stage, 0 to 1
    said = models.CharField(max_length=400, default="", blank=True)  # why it failed
    report = models.JSONField(null=True)
    plan = models.ForeignKey(PlanVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "grids_proposal"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=["waiting", "running", "done", "failed", "cancelled"]),
                                   name="grids_proposal_state_known"),
        ]
