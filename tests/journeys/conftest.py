"""Databases of their own for the data folders of journeys."""

from tests.cli.conftest import fresh_database

__all__ = ["fresh_database"]
