"""The files of a case."""

from django.db import models

from jingwei.cases.models.case import Case


class CaseFile(models.Model):
    """A photo or document of a case, and at which step it came."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=16)
    shot = models.CharField(max_length=8, default="", blank=True)  # of `photo_asks.SHOTS`, '' where nobody said

    class Meta:
        db_table = "cases_file"
        constraints = [models.UniqueConstraint(fields=["case", "file"], name="cases_file_once")]
