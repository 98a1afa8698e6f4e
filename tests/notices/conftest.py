"""The cast for every test of the room."""

from tests.cast import cast  # noqa: F401
