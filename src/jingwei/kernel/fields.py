"""Column types shared by the rooms' tables."""

from typing import Any

from django.db import models


class PathField(models.CharField):  # type: ignore[type-arg]  # at run time it takes none
    """A materialised path, compared by code point on every database (collation C on PostgreSQL, BINARY on SQLite)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters
