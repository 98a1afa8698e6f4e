"""The demonstration district, made once for all tests of it."""

from datetime import UTC, date, datetime

import pytest

from jingwei.cli.demo.district import District, make_district
from jingwei.cli.demo.people import People, make_people
from jingwei.cli.demo.stories import Story, make_stories

TODAY = date(2026, 11, 20)                              # a Friday
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)         # 10:30 there


@pytest.fixture(scope="session")
def district() -> District:
    return make_district(1)


@pytest.fixture(scope="session")
def people(district: District) -> People:
    return make_people(district, 1, TODAY)


@pytest.fixture(scope="session")
def stories(district: District, people: People) -> list[Story]:
    return make_stories(district, people, 1, NOW)
