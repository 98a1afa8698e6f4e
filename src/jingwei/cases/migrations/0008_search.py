import django.db.models.deletion
from django.db import migrations, models

# Filled without a waiting list: a list of what is not yet sorted in would be read through by every search.
_POSTGRESQL = (
    "ALTER TABLE cases_search ADD COLUMN tokens tsvector NOT NULL",
    "CREATE INDEX cases_search_tokens ON cases_search USING gin (tokens) WITH (fastupdate = off)",
)
# Without a copy of the tokens: they follow from the row whenever one is to be taken out again.
_SQLITE = ("CREATE VIRTUAL TABLE cases_words USING fts5(tokens, content='', detail=none, tokenize='ascii')",)


def index(apps, schema_editor):
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE cases_words")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_flow'),
    ]

    operations = [
        migrations.CreateModel(
            name="Searched",
            fields=[
                ("doc", models.BigAutoField(primary_key=True, serialize=False)),
                ("reported_at", models.DateTimeField()),
                ("number", models.CharField(max_length=30)),
                ("said", models.TextField()),
                ("case", models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
            ],
            options={
                "db_table": "cases_search",
                "indexes": [models.Index(fields=["reported_at"], name="cases_search_newest")],
            },
        ),
        migrations.RunPython(index, drop),
    ]
