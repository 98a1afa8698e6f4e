"""What cases are searched by."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class Searched(models.Model):
    """A case's masked text and place as they are searched. Written by the reader `cases.search`; made anew at any time.

    The tokens of a row stand in `tokens` (tsvector) on PostgreSQL, in the FTS5 table `cases_words` under `doc` on SQLite.
    """

    doc = models.BigAutoField(primary_key=True)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    reported_at = models.DateTimeField()
    number = models.CharField(max_length=30)
    said = models.TextField()
    area_path = PathField(default="")  # as its tokens name it; moved with the case's own by the reader `cases.paths`

    class Meta:
        db_table = "cases_search"
        indexes = [models.Index(fields=["reported_at"], name="cases_search_newest")]
