"""Parts of the scheme of 2013 become parts of that of 2026 (CAT-01); and a district's own scheme loads exactly (AT-07)."""

from typing import Any, NamedTuple

import pytest

from jingwei.catalogue import queries as catalogue
from jingwei.catalogue.commands import OwnScheme, import_scheme
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode
from jingwei.registry import commands, queries
from jingwei.registry.errors import PartError
from jingwei.registry.models import Part, PartNumber
from jingwei.registry.queries import PartFilter
from tests.cases.conftest import Centre, expect_refusal
from tests.registry.conftest import MANHOLE, OLD, SCHEME, add, part, verbs

pytestmark = pytest.mark.django_db


class Row(NamedTuple):
    number: int
    values: dict[str, str]


def test_a_districts_own_five_classes_eighty_four_parts_and_thirty_two_events_load_exactly(centre: Centre, operator: Actor) -> None:
    """AT-07, CAT-01. The names are placeholders: no national number is made up."""
    majors = ["公用设施", "道路交通", "市容环境", "园林绿化", "其他"]
    sizes, events = [30, 22, 14, 10, 8], [8, 8, 6, 6, 4]
    lines = [(kind, f"{major:02}", name) for kind in ("部件", "事件") for major, name in enumerate(majors, 1)]
    lines += [("部件", f"{major:02}{n:02}", f"示例部件{major}-{n}") for major, size in enumerate(sizes, 1) for n in range(1, size + 1)]
    lines += [("事件", f"{major:02}{n:02}", f"示例事件{major}-{n}") for major, size in enumerate(events, 1) for n in range(1, size + 1)]
    rows = [Row(number, dict(zip(("类别", "代码", "名称"), line, strict=True))) for number, line in enumerate(lines, 2)]
    own = OwnScheme("shili-2005", "示例区部件事件分类")
    assert import_scheme(operator, own, rows).created == 5 + 84 + 5 + 32
    assert import_scheme(operator, own, rows).changed == 0
    line = next(each for each in catalogue.schemes(operator) if each.code == "shili-2005")
    assert (line.components, line.matters) == (84, 32)
    held = {row.major_name for row in catalogue.book(generations()).classes.values() if row.scheme == "shili-2005"}
    assert held == set(majors)
    found = part(add(centre, class_code="shili-2005/component/0130"))
    assert (found.number, found.name) == ("9901010130000001", "示例部件1-30")


def test_parts_get_numbers_of_seventeen_digits_and_the_old_ones_find_them(both: Centre) -> None:
    actor = both.act("admin")
    first, second = (add(both, class_code=f"{OLD}/component/0101", number=f"9901010101{n:06d}") for n in (7, 9))
    add(both, number="99010101001000009")
    foretold = commands.change_scheme(actor, OLD, SCHEME, dry_run=True)
    assert (foretold.changed, part(first).number) == (2, "9901010101000007")
    outcome = commands.change_scheme(actor, OLD, SCHEME)
    assert (outcome.changed, outcome.rejected) == (2, [])
    assert part(first).number == "99010101001000007", "the sequence stays"
    assert part(second).number == "99010101001000001", "unless it is taken"
    for old, held in (("9901010101000007", first), ("9901010101000009", second)):
        assert queries.id_of_number(old) == held
        assert [line.id for line in queries.list_parts(actor, PartFilter(number=old)).rows] == [held]
    detail = queries.part_detail(actor, first)
    assert [(each["number"], each["until"] is None) for each in detail.numbers] == [
        ("9901010101000007", False), ("99010101001000007", True)]
    assert (detail.history[-1].said, detail.history[-1].by) == ("转到新分类，改标识码", "admin示例")
    assert {(each["name"], each["before"], each["after"]) for each in detail.history[-1].what} == {
        ("管理部件标识码", "9901010101000007", "99010101001000007"), ("分类", "上水井盖 0101", "供水井盖 01001")}
    assert verbs(f"part_scheme:{OLD}") == ["parts.renumbered"]
    assert commands.change_scheme(actor, OLD, SCHEME).changed == 0, "again changes nothing"


def test_what_is_not_one_to_one_is_left_and_told(both: Centre) -> None:
    """Standards §3.4: 0504 left the list."""
    actor = both.act("admin")
    gone = add(both, class_code=f"{OLD}/component/0504")
    outcome = commands.change_scheme(actor, OLD, SCHEME)
    assert [remark.reason.code for remark in outcome.rejected] == ["part.row.crossing_gone"]
    assert "1 个" in outcome.rejected[0].text()
    assert len(part(gone).number) == 16
    commands.correct(actor, gone, {}, class_code=MANHOLE, reason="人工确认")
    assert len(part(gone).number) == 17


def test_every_old_class_either_goes_to_one_class_of_its_own_or_is_told(both: Centre) -> None:
    """The crosswalk as it is shipped: no two old classes become one without a word."""
    actor, book = both.act("admin"), catalogue.book(generations())
    old = [row for row in book.classes.values() if row.scheme == OLD and row.kind == "component"]
    for row in old:
        add(both, class_code=row.full_code)
    outcome = commands.change_scheme(actor, OLD, SCHEME)
    left = Part.objects.filter(class_entry__scheme__code=OLD).count()
    assert outcome.changed + left == len(old)
    assert left == len(outcome.rejected)
    assert outcome.changed > 100
    assert PartNumber.objects.count() == len(old) + outcome.changed


@pytest.mark.parametrize(("before", "after", "reason"), [
    (OLD, OLD, PartError.SAME_SCHEME), (SCHEME, OLD, PartError.NO_CROSSWALK), ("没有", SCHEME, PartError.UNKNOWN_SCHEME),
    (OLD, "a\x00b", PartError.UNKNOWN_SCHEME)])
def test_schemes_that_cannot_be_crossed_are_refused(both: Centre, before: str, after: str, reason: ErrorCode) -> None:
    with expect_refusal(reason):
        commands.change_scheme(both.act("admin"), before, after)


def test_over_http_a_bounded_number_goes_at_once(both: Centre, monkeypatch: Any) -> None:
    from jingwei.registry.commands import changing_scheme
    from jingwei.registry.http import parts as http

    monkeypatch.setattr(changing_scheme, "BATCH", 2)
    monkeypatch.setattr(http, "_CONVERTED_AT_ONCE", 2)
    for _ in range(3):
        add(both, class_code=f"{OLD}/component/0101")
    client, waiting = both.client("admin"), []
    for _ in range(2):
        answer = client.post("/api/parts/change-scheme", {"before": OLD, "after": SCHEME, "dry_run": False}, content_type="application/json")
        waiting.append((answer.json()["changed"], answer.json()["waiting"]))
    assert waiting == [(2, 1), (1, 0)]
