"""The paths that referrals keep, after an area or a unit was moved."""

from django.db import connection

from jingwei.kernel.paths import span

_KEPT = {
    "unit_path": (("cases_referral", "unit_path"), ("cases_referral", "from_unit_path"), ("cases_referral_sending", "unit_path")),
    "area_path": (("cases_referral", "area_path"), ("cases_referral", "from_post"), ("cases_referral_sending", "area_path")),
}


def move(what: str, old: str, new: str) -> None:
    """Rewrite kept paths from `old…` to `new…`. `what`: area_path or unit_path. Three statements."""
    low, high = span(old)
    with connection.cursor() as cursor:
        for table, column in _KEPT[what]:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s || substr({column}, %s) WHERE {column} >= %s AND {column} < %s",
                [new, len(old) + 1, low, high])
