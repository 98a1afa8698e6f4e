"""Units and staff from tables: rejects by row and code, safe to repeat, safe to be cut off."""

from datetime import timedelta
from typing import NamedTuple

import pytest

from jingwei.accounts import queries
from jingwei.accounts.commands import imports, invitations, sign_in, units, users
from jingwei.accounts.commands.import_staff import import_staff
from jingwei.accounts.commands.import_units import import_units
from jingwei.accounts.errors import AccountError, RowError
from jingwei.accounts.models import Invitation, RoleGrant, Unit, User
from jingwei.accounts.queries import Role
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from tests import cast as stage
from tests.accounts.asking import refused
from tests.cast import EVERYWHERE, PASSWORD

pytestmark = pytest.mark.django_db


def area_path_of(code: str) -> str | None:
    """As strict as a database: PostgreSQL takes no zero byte."""
    assert code.isascii()
    assert "\0" not in code
    return stage.area_path_of(code)


class Row(NamedTuple):
    number: int
    values: dict[str, str]


def table(header: str, *lines: str) -> list[Row]:
    """Rows as `formats.tables` gives them; the header is row 1."""
    columns = header.split("|")
    return [Row(number, dict(zip(columns, line.split("|"), strict=True))) for number, line in enumerate(lines, 2)]


def rejects(outcome) -> dict[int, str]:
    return {rejected.row: rejected.reason.code for rejected in outcome.rejected}


UNITS = "单位编码|单位名称|上级编码|类别"
STAFF = "登录名|姓名|单位编码|岗位|区域编码"


def units_as_they_are() -> set[tuple]:
    return set(Unit.objects.values_list("code", "name", "parent__code", "kind", "path"))


def test_parents_may_stand_below_their_children(cast, operator):
    rows = table(UNITS, "N-1-1|二级站|N-1|station", "N-1|新局||bureau", "B-1-2|二站|B-1|")
    outcome = import_units(operator, rows)
    assert (outcome.created, outcome.updated, outcome.unchanged, outcome.rejected) == (3, 0, 0, [])
    top, below = (Unit.objects.get(code=code) for code in ("N-1", "N-1-1"))
    assert (below.path, below.kind) == (f"{top.id}/{below.id}/", "station")
    assert Unit.objects.get(code="B-1-2").kind == "department"


def test_a_repeat_changes_nothing_and_a_changed_row_changes_one(cast, operator):
    rows = table(UNITS, "N-1|新局||bureau", "N-1-1|站|N-1|station")
    import_units(operator, rows)
    before = units_as_they_are()
    again = import_units(operator, rows)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert units_as_they_are() == before
    moved = import_units(operator, table(UNITS, "N-1|新局改名||bureau", "N-1-1|站|B-2|station"))
    assert (moved.created, moved.updated, moved.unchanged) == (0, 2, 0)
    assert Unit.objects.get(code="N-1-1").parent.code == "B-2"


def test_turning_a_tree_upside_down_is_no_circle(cast, operator):
    """B-1 above B-1-1 becomes B-1-1 above B-1."""
    outcome = import_units(operator, table(UNITS, "B-1|城市管理局|B-1-1|bureau", "B-1-1|环卫站||station"))
    assert (outcome.updated, outcome.rejected) == (2, [])
    assert Unit.objects.get(code="B-1").path.startswith(Unit.objects.get(code="B-1-1").path)


def test_each_bad_row_is_told_with_its_number_and_the_others_are_taken(cast, operator):
    rows = table(
        UNITS, "N-1|新局||", "N 2|空格||", "N-3|||", "N-1|重复||", "N-4|甲|N-5|", "N-5|乙|N-4|", "N-6|丙|没有|",
        "N-7|丁|NONE|", "N-8|戊|N 2|", "N-9|己|N-8|", "N-10|庚\0||", "N-11|辛||坏类别", "N-12|壬|N-1|")
    outcome = import_units(operator, rows)
    assert rejects(outcome) == {
        3: "account.bad_code", 4: "account.bad_name", 5: "account.row.repeated", 6: "account.row.parent_circle",
        7: "account.row.parent_unknown", 8: "account.bad_code", 9: "account.row.parent_unknown",
        10: "account.bad_code", 11: "account.row.parent_unknown", 12: "account.bad_name", 13: "account.bad_kind"}
    assert outcome.created == 2
    assert all(rejected.text("zh") and rejected.text("en") for rejected in outcome.rejected)
    assert next(rejected for rejected in outcome.rejected if rejected.row == 5).details == {"first": 2}


@pytest.mark.parametrize("act", [
    lambda actor, dry: import_units(actor, table(
        UNITS, "N-1|新局||", "N-1-1|站|N-1|", "B-2|改名局||bureau", "C-1|监督中心||centre", "X|坏|没有|"), dry_run=dry),
    lambda actor, dry: import_staff(actor, table(
        STAFF, "a.one|王示例|B-1|受理员|*", "a.one|王示例||派遣员|*", "b.two|李演示|||", "door|赵样例||leader|*"),
        area_path_of, dry_run=dry)])
def test_a_dry_run_foretells_the_run_and_writes_nothing(cast, operator, act):
    cast.hire("door", Role.LEADER, EVERYWHERE, name="旧名示例")
    before = (units_as_they_are(), User.objects.count(), RoleGrant.objects.count(), journal.last_position())
    foretold = act(operator, True)
    assert (units_as_they_are(), User.objects.count(), RoleGrant.objects.count(), journal.last_position()) == before
    done = act(operator, False)
    assert [(each.created, each.updated, each.unchanged, rejects(each)) for each in (foretold, done)] == [
        (done.created, done.updated, done.unchanged, rejects(done))] * 2
    assert done.created
    assert done.updated
    assert rejects(done)


def test_a_row_refused_only_when_it_is_taken_takes_no_other_with_it(cast, operator):
    """How deep the tree may be shows only on the way: those above stay, those below are told."""
    rows = table(UNITS, *(f"D-{n}|第{n}级|{f'D-{n - 1}' if n else ''}|" for n in range(120)), "N-1|新局||")
    outcome = import_units(operator, rows)
    assert 30 < outcome.created < 100
    assert outcome.created + len(outcome.rejected) == 121
    assert outcome.rejected[0].reason is AccountError.UNIT_TOO_DEEP
    assert {rejected.reason for rejected in outcome.rejected[1:]} == {AccountError.UNIT_UNKNOWN}
    assert Unit.objects.filter(code="N-1").exists()
    assert Unit.objects.filter(path=None).count() == 0


def test_a_manager_tied_to_a_unit_imports_below_it_only(cast):
    manager = cast.actor(cast.of(Role.AREA_ADMIN, EVERYWHERE, unit="B-1"))
    outcome = import_units(manager, table(
        UNITS, "B-1-9|九站|B-1|", "B-1-9-1|一班|B-1-9|", "N-1|新局||", "N-1-1|新站|N-1|", "B-2|改名局||bureau",
        "B-1-1|环卫站|B-2|station"))
    assert rejects(outcome) == {4: "account.right_elsewhere", 5: "account.row.parent_unknown",
                                6: "account.right_elsewhere", 7: "account.right_elsewhere"}
    assert outcome.created == 2


def test_a_file_without_a_needed_column_is_refused_whole(operator):
    told = refused(lambda: import_units(operator, table("单位编码|上级编码", "N-1|")), RowError.COLUMN_MISSING)
    assert told.details == {"column": "单位名称"}
    refused(lambda: import_staff(operator, table("姓名|岗位", "王示例|"), area_path_of), RowError.COLUMN_MISSING)


def test_without_a_parent_column_units_stay_where_they_are(cast, operator):
    outcome = import_units(operator, table("code|name", "B-1-1|环卫站改名", "N-1|新局"))
    assert (outcome.created, outcome.updated) == (1, 1)
    assert Unit.objects.get(code="B-1-1").parent.code == "B-1"


def test_staff_get_their_roles_and_a_link_but_no_password(cast, operator):
    rows = table(
        STAFF + "|限于单位", "ｗａｎｇ．ｌｉ|王示例|C-1|受理员|330199001|", "wang.li|王示例|C-1|shift_leader|330199|",
        "zhang.yan|张演示|B-1|处置人员|*|B-1", "new.none|陈样例||||")
    outcome = import_staff(operator, rows, area_path_of)
    assert (outcome.created, outcome.rejected) == (3, [])
    assert [invited.login for invited in outcome.invited] == ["wang.li", "zhang.yan", "new.none"]
    assert not User.objects.exclude(password="").exists()
    wang = User.objects.get(login="wang.li")
    assert [(grant.role, grant.area_path) for grant in queries.grants_of(wang.pk)] == [
        ("acceptor", "1/11/"), ("shift_leader", "1/")]
    zhang = queries.grants_of(User.objects.get(login="zhang.yan").pk)[0]
    assert (zhang.area_path, zhang.unit_path) == ("", queries.unit_by_code("B-1").path)
    invitations.accept(outcome.invited[0].token, PASSWORD)
    assert sign_in.sign_in("wang.li", PASSWORD).user_id == wang.pk


def test_staff_rows_are_rejected_by_code(cast, operator):
    gone = cast.hire("gone.one")
    users.dismiss(operator, gone.id)
    cast.hire("old.hand", Role.HANDLER, EVERYWHERE, name="旧示例")
    rows = table(
        STAFF, "|王示例|||", "a b|王示例|||", "a.one|  |||", "b.one|王示例|没有||", "b.one|王示例|NONE||",
        "c.one|王示例||总管|*", "d.one|王示例||leader|", "e.one|王示例||leader|999", "f.one|王示例||handler|*",
        "f.one|王示例||evaluator|*", "f.one|李演示||handler|330199", "f.one|王示例||handler|*", "gone.one|王示例|||",
        "old.hand|旧示例||supervisor|*", "13900000000|王示例|||", "g.one|王示例||system_admin|*",
        "g.one|王示例||audit_admin|*")
    outcome = import_staff(operator, rows, area_path_of)
    assert rejects(outcome) == {
        2: "account.row.empty", 3: "account.bad_login", 4: "account.bad_name", 5: "account.bad_code",
        6: "account.unit_unknown", 7: "account.role_unknown", 8: "account.row.empty", 9: "account.area_unknown",
        11: "account.role_clash", 12: "account.row.differs", 13: "account.row.repeated", 14: "account.user_dismissed",
        15: "account.role_clash", 16: "account.personal_number", 18: "account.role_clash"}
    assert outcome.created == 2


def test_staff_may_be_sent_again_and_keep_their_links(cast, operator):
    rows = table(STAFF, "wang.li|王示例|C-1|受理员|330199", "li.yan|李演示|C-1|受理员|330199")
    first = import_staff(operator, rows, area_path_of)
    again = import_staff(operator, rows, area_path_of)
    assert (again.created, again.updated, again.unchanged, again.invited) == (0, 0, 2, [])
    invitations.accept(first.invited[0].token, PASSWORD)
    lost = import_staff(operator, rows, area_path_of, links_for_all=True)
    assert [invited.login for invited in lost.invited] == ["li.yan"]
    changed = import_staff(operator, table(
        STAFF, "wang.li|王示例|C-2|值班长|330199", "li.yan|李演示改||受理员|330199"), area_path_of)
    assert (changed.created, changed.updated, changed.unchanged) == (0, 2, 0)
    wang = User.objects.get(login="wang.li")
    assert (wang.unit.code, {grant.role for grant in queries.grants_of(wang.pk)}) == ("C-2", {"acceptor", "shift_leader"})
    assert User.objects.get(login="li.yan").unit.code == "C-1"  # an empty cell says nothing


def test_creating_people_and_giving_roles_stay_two_peoples_work(cast, operator):
    """The system administrator takes the people of a file, the security administrator then gives the roles."""
    rows = table(STAFF, "wang.li|王示例|C-1|受理员|330199", "li.yan|李演示|C-1||", "chief.one|陈样例||system_admin|*")
    system, security = (cast.actor(cast.of(role, EVERYWHERE)) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    early = import_staff(security, rows, area_path_of)
    assert set(rejects(early).values()) == {"account.row.not_created"}
    first = import_staff(system, rows, area_path_of)
    assert (first.created, len(first.invited), [each.reason.code for each in first.remarks]) == (
        3, 3, ["account.row.posts_left"])
    assert first.remarks[0].details == {"count": 2}
    assert not RoleGrant.objects.filter(user__login="wang.li").exists()
    renamed = table(STAFF, "wang.li|王改名|C-2|受理员|330199", "li.yan|李演示|C-1||", "chief.one|陈样例||system_admin|*")
    second = import_staff(security, renamed, area_path_of)
    assert (second.updated, second.unchanged, second.invited) == (1, 1, [])
    assert rejects(second) == {4: "account.administrators_at_keyboard"}
    wang = User.objects.get(login="wang.li")
    assert (wang.name, wang.unit.code, queries.grants_of(wang.pk)[0].role) == ("王示例", "C-1", "acceptor")


def test_nobody_else_imports_staff_and_links_for_all_are_given_at_the_keyboard(cast):
    for role in set(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        actor = cast.actor(cast.of(role, EVERYWHERE))
        refused(lambda actor=actor: import_staff(actor, [], area_path_of), AccountError.NO_RIGHT)
    system = cast.actor(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    refused(lambda: import_staff(system, [], area_path_of, links_for_all=True), AccountError.ADMINISTRATORS_AT_KEYBOARD)


@pytest.mark.parametrize("typed", ["网格员（监督员）", "网格员(监督员)", "网格员", "监督员", "supervisor"])
def test_a_post_is_known_by_the_names_people_write(cast, operator, typed):
    outcome = import_staff(operator, table(STAFF, f"wang.li|王示例||{typed}|３３０１９９００１"), area_path_of)
    assert outcome.rejected == []
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.area_code, grant.area_path) == ("supervisor", "330199001", "1/11/")


def test_no_two_posts_share_a_name():
    assert [Role.meant(role.zh) for role in Role] == list(Role)
    assert [Role.meant(role.code) for role in Role] == list(Role)


def test_links_of_an_import_last_three_days(cast, operator):
    """They are handed out on paper to a whole office; half an hour would not do."""
    with clock.held_at(clock.now()):
        outcome = import_staff(operator, table(STAFF, "wang.li|王示例|||"), area_path_of)
        assert outcome.invited[0].expires_at == clock.now() + timedelta(days=3)
    assert Invitation.objects.get().expires_at == outcome.invited[0].expires_at


def test_an_import_cut_off_is_finished_by_repeating_it(cast, operator, monkeypatch):
    """Killed between batches: what was committed stays, the rest is taken by the next run."""
    rows = table(UNITS, *(f"N-{number}|新局{number}||" for number in range(6)))
    made = []

    def create(*args, **more):
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(real(*args, **more))
        return made[-1]

    real = units.create
    monkeypatch.setattr(imports, "_BATCH", -1.0)  # every row is a transaction of its own
    monkeypatch.setattr(units, "create", create)
    with pytest.raises(KeyboardInterrupt):
        import_units(operator, rows)
    monkeypatch.setattr(units, "create", real)
    outcome = import_units(operator, rows)
    assert (outcome.created, outcome.unchanged) == (3, 3)


def test_an_import_is_told_in_the_journal_by_counts_alone(cast, operator):
    from jingwei.journal import commands

    import_staff(operator, table(STAFF, "wang.li|王示例|||", "x y|李演示|||"), area_path_of)
    commands.number_entries()
    told = [entry for entry in journal.since(0, limit=1000) if entry.verb == "staff.imported"]
    assert [entry.data for entry in told] == ['{"created":1,"rejected":1,"unchanged":0,"updated":0}']


@pytest.mark.parametrize("text", ["\0", "'", "x" * 10_000, "\ud83d", "*", "=1+1"])
def test_odd_cells_are_taken_or_rejected(cast, operator, text):
    for column in range(5):
        cells = ["wang.li", "王示例", "C-1", "leader", "*"]
        cells[column] = text
        row = Row(2, dict(zip(STAFF.split("|"), cells, strict=True)))
        try:
            outcome = import_staff(operator, [row], area_path_of)
        except Refusal as refusal:
            pytest.fail(f"the whole file was refused: {refusal}")
        assert outcome.created + outcome.updated + outcome.unchanged + len(outcome.rejected) == 1
