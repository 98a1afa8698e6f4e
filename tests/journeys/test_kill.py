"""T1, the small one: processes are killed under load, and the database is held against what clients were told."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bench.audit import audit, compare
from bench.rows.t1 import Struck, strike
from bench.service import Service, service

from tests.settings import DATABASE

pytestmark = pytest.mark.usefixtures("socket_enabled")
KILLS = 5


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service of its own, on a database server of its own: the tests' server must not be broken."""
    for name in ("JINGWEI_DATABASE", "JINGWEI_HOME", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")  # the server names its own; put back afterwards
    with service(DATABASE) as made:
        yield made


def test_no_answer_is_lost_or_doubled_by_kills(held: Service) -> None:
    struck = strike(held, KILLS, int(DATABASE == "postgresql"), between=(1.0, 2.0), threads=4)
    killed = [kill.what for kill in struck.killer.kills]
    assert len([what for what in killed if what != "database"]) == KILLS
    assert killed.count("database") == int(DATABASE == "postgresql")
    assert struck.behind == 0, "a reader did not come to the end by itself"
    found = audit(held, struck.traffic)
    assert found.faults == []
    assert found.sound
    assert found.acknowledged > KILLS
    assert found.entries >= found.acknowledged + found.steps
    assert found.copies > found.acknowledged
    _the_audit_itself_sees(held, struck)


def _the_audit_itself_sees(held: Service, struck: Struck) -> None:
    """An answer that left no trace, an answer of another number, a copy that was not made, one that was not owed."""
    traffic = struck.traffic
    report = traffic.reports()[0]
    invented = replace(report, case=str(uuid.uuid4()), key=str(uuid.uuid4()))
    assert compare(held, replace(traffic, sent=[*traffic.sent, invented])).lost == 3, "case, entry, kept answer"
    told_otherwise = replace(report, answer=report.answer | {"number": "990101-2026-999999"})
    others = [one for one in traffic.sent if one is not report]
    assert compare(held, replace(traffic, sent=[told_otherwise, *others])).lost == 2, "case, kept answer"
    assert compare(held, replace(traffic, sent=others)).doubled > 0, "nobody was told of it"
    with held.connect() as writing:
        writing.execute("DELETE FROM cases_copy WHERE entry_position = (SELECT MIN(entry_position) FROM cases_copy)")
        assert compare(held, traffic).skipped == 1
        writing.execute("UPDATE cases_copy SET entry_position = 999999999 WHERE entry_position ="
                        " (SELECT MAX(entry_position) FROM cases_copy)")
    found = compare(held, traffic)
    assert (found.skipped, found.doubled) == (2, 1)
