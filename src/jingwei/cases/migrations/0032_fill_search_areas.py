from django.db import migrations, transaction

from jingwei.cases.tokens import area_tokens, tokens_of

_AT_ONCE = 2000


def fill(apps, schema_editor):
    """Each batch is a transaction: stopped in the middle, it goes on where it was."""
    connection, searched = schema_editor.connection, apps.get_model("cases", "Searched")
    on_postgresql, last = connection.vendor == "postgresql", 0
    if on_postgresql:  # made anew afterwards: every changed row would write all its words into it
        schema_editor.execute("DROP INDEX IF EXISTS cases_search_tokens")
    while True:
        some = list(searched.objects.filter(doc__gt=last, area_path="").order_by("doc").values_list(
            "doc", "said", "number", "reported_at", "case__area_path")[:_AT_ONCE])
        if not some:
            break
        last = some[-1][0]
        with transaction.atomic(), connection.cursor() as cursor:
            (_tell_postgresql if on_postgresql else _tell_sqlite)(cursor, [row for row in some if row[-1]])
    if on_postgresql:
        schema_editor.execute("CREATE INDEX IF NOT EXISTS cases_search_tokens ON cases_search USING gin (tokens) WITH (fastupdate = off)")


def _tell_postgresql(cursor, some):
    cursor.executemany("UPDATE cases_search SET area_path = %s, tokens = tokens || array_to_tsvector(%s::text[]) WHERE doc = %s",
                       [(path, area_tokens(path), doc) for doc, _, _, _, path in some])


def _tell_sqlite(cursor, some):
    """Words are kept without a copy: they are taken out by being told once more."""
    cursor.executemany("INSERT INTO cases_words (cases_words, rowid, tokens) VALUES ('delete', %s, %s)",
                       [(doc, " ".join(tokens_of(said, number, at, ""))) for doc, said, number, at, _ in some])
    cursor.executemany("INSERT INTO cases_words (rowid, tokens) VALUES (%s, %s)",
                       [(doc, " ".join(tokens_of(said, number, at, path))) for doc, said, number, at, path in some])
    cursor.executemany("UPDATE cases_search SET area_path = %s WHERE doc = %s", [(path, doc) for doc, _, _, _, path in some])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('cases', '0031_search_areas'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
