"""Learning from a town's closed cases, what is proposed to whom, and how the proposals are watched."""

from datetime import date, timedelta

import orjson
import pytest
from django.conf import settings

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, learned, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Suggested
from jingwei.cases.queries.suggestion_state import Month, drifted
from jingwei.catalogue.commands import import_rules, set_setting
from jingwei.journal import commands as journal
from jingwei.journal import readers
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from tests.cases.closed_cases import SHOPS, close_many
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, NO_RULE_CLASS, SCHEME, VENDOR, Row, expect_refusal
from tests.cases.test_entries import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def packed(standing, django_db_blocker):
    """What is learned of 600 cases, once for the tests of this file."""
    from django.db import transaction

    with django_db_blocker.unblock(), clock.held_at(MONDAY_NINE), transaction.atomic():
        close_many(600)
        lesson = commands.learn_suggestions(accounts.operator())
        content = (settings.HOME.suggestions / f"model-{lesson.name}.npz").read_bytes()
        transaction.set_rollback(True)
    (settings.HOME.suggestions / "current").unlink()
    return lesson, content


@pytest.fixture
def taught(centre, packed):
    """The centre with a model in force."""
    _, content = packed
    learned.put_in_force(settings.HOME.suggestions, learned.write(settings.HOME.suggestions, content))
    yield centre
    (settings.HOME.suggestions / "current").unlink()


def read_on() -> None:
    """The worker reads what the journal tells."""
    journal.number_entries()
    while readers.step():
        pass


def ask(centre, login="acceptor", **more):
    telling = queries.Telling(**{"text": "路口有流动摊贩占道卖菜", "lon": IN_FIRST[0], "lat": IN_FIRST[1]} | more)
    return queries.suggest(centre.act(login), telling)


def test_too_few_closed_cases_are_refused_in_words(centre):
    close_many(40)
    with expect_refusal(CaseError.TOO_FEW_TO_LEARN):
        commands.learn_suggestions(accounts.operator())
    assert learned.in_force(settings.HOME.suggestions) is None


def test_a_day_that_leaves_nothing_to_judge_by_is_refused(centre):
    close_many(520)
    for day in (date(2020, 1, 1), date(2030, 1, 1)):
        with expect_refusal(CaseError.NOTHING_TO_JUDGE_BY):
            commands.learn_suggestions(accounts.operator(), until=day)


def test_cases_of_one_class_alone_teach_nothing(centre):
    close_many(520)
    Case.objects.update(class_entry_id=Case.objects.first().class_entry_id)
    with expect_refusal(CaseError.NOTHING_TO_TELL_APART):
        commands.learn_suggestions(accounts.operator())


def test_only_whoever_keeps_the_catalogue_everywhere_may_have_it_learned(centre):
    close_many(520)
    for login in ("acceptor", "dispatcher", "supervisor", "boss", "sysadmin", "admin"):
        with expect_refusal(AccountError.NO_RIGHT, AccountError.RIGHT_ELSEWHERE):
            commands.learn_suggestions(centre.act(login))


def test_learning_is_judged_on_later_cases_and_leaves_one_entry(packed):
    lesson, content = packed
    assert lesson.cases == 600
    assert 0.7 * 600 < lesson.learned_from < 0.9 * 600
    assert lesson.classes.cases == 600 - lesson.learned_from
    assert lesson.classes.first > 0.95 > lesson.classes.commonest
    assert lesson.conditions is not None
    assert lesson.units is not None
    assert lesson.units.first == 1.0
    assert lesson.name == learned.name_of(content)


def test_judging_alone_puts_nothing_in_force_and_writes_nothing(centre):
    close_many(520)
    before = everything()
    lesson = commands.learn_suggestions(accounts.operator(), keep=False)
    assert (lesson.name, everything()) == ("", before)
    assert learned.in_force(settings.HOME.suggestions) is None


def test_putting_in_force_tells_the_journal(centre):
    close_many(520)
    lesson = commands.learn_suggestions(accounts.operator())
    entry = Entry.objects.get(subject="home:suggestions")
    assert (entry.verb, orjson.loads(entry.data)["model"]) == ("suggestion.learned", lesson.name)
    model = learned.in_force(settings.HOME.suggestions)
    assert model is not None
    assert model.name == lesson.name
    (settings.HOME.suggestions / "current").unlink()


def test_without_a_model_nothing_is_proposed_and_all_goes_on(centre):
    found = ask(centre)
    assert (found.learned, found.classes, found.class_filled, found.units) == (False, [], "", [])
    case_id = centre.handled()
    read_on()
    assert not Suggested.objects.exists()
    assert [one.by for one in queries.suggest_for(centre.act("dispatcher"), case_id).units] == ["rule"]
    assert queries.suggestion_state(centre.act("acceptor")).advice == "none"


def test_the_class_is_proposed_with_sureness_and_the_words_that_spoke_for_it(taught):
    found = ask(taught)
    assert found.learned
    assert found.classes[0].code == VENDOR
    assert found.classes[0].name == "无照经营游商"
    assert found.classes[0].sure > 0.8
    assert len(found.classes) <= 3
    assert "流动摊贩占道卖菜" in "".join(found.classes[0].because)
    assert found.class_filled == VENDOR


def test_traditional_signs_are_proposed_the_same(taught):
    """B14."""
    one, other = ask(taught, text="流动摊贩占道卖菜"), ask(taught, text="流動攤販佔道賣菜")
    assert [(each.code, each.sure) for each in one.classes] == [(each.code, each.sure) for each in other.classes]


def test_the_condition_is_proposed_among_those_of_the_class(taught):
    found = ask(taught, text="店门口搭了棚架", class_code=SHOPS)
    assert next(one.name for one in found.conditions) == "店外搭建棚架"
    assert {one.name for one in found.conditions} <= {"店外摆放商品", "店外搭建棚架"}
    assert ask(taught, class_code=GARBAGE).conditions == [], "with one condition there is nothing to choose"


def test_a_rule_wins_over_what_was_learned_and_the_learned_stands_where_there_is_none(taught):
    assert [(one.code, one.by) for one in ask(taught, class_code=GARBAGE).units] == [("HW", "rule")]
    assert [(one.code, one.by) for one in ask(taught, class_code=NO_RULE_CLASS).units] == [("YL", "learned")]
    import_rules(accounts.operator(), SCHEME, [Row(2, {"类别": "事项", "分类代码": "10", "区域编码": "990101000000", "单位编码": "HW"})])
    assert [(one.code, one.by) for one in ask(taught, class_code=NO_RULE_CLASS).units] == [("HW", "rule")]


@pytest.mark.parametrize(("setting", "filled"), [("auto", True), ("80", True), ("never", False)])
def test_a_sure_proposal_is_filled_in_unless_that_is_switched_off(taught, setting, filled):
    set_setting(accounts.operator(), "suggest_prefill_percent", setting)
    assert ask(taught).class_filled == (VENDOR if filled else "")


@pytest.mark.parametrize("setting", ["auto", "80", "99", "never"])
def test_below_the_set_sureness_nothing_is_filled_in(taught, setting):
    """At most three are offered still."""
    set_setting(accounts.operator(), "suggest_prefill_percent", setting)
    found = ask(taught, text="有人反映一件事")
    assert found.classes[0].sure < 0.6
    assert (found.class_filled, 1 <= len(found.classes) <= 3) == ("", True)


@pytest.mark.parametrize("text", ["", "  ", "0", "𠮷𠮷", "‮‏", "a" * 4000, "路口有流动摊贩" * 500])
def test_no_text_is_a_fault(taught, text):
    client = taught.client("acceptor")
    answer = client.post("/api/suggestions", orjson.dumps({"text": text}), content_type="application/json")
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("body", [
    {"text": "x", "lon": 181, "lat": 0}, {"text": "x", "lon": "一", "lat": 0}, {"text": "x" * 30_000}, {"texts": "x"}, {"part": "1"}])
def test_what_does_not_fit_is_refused(taught, body):
    answer = taught.client("acceptor").post("/api/suggestions", orjson.dumps(body), content_type="application/json")
    assert answer.status_code in (400, 422), answer.content


@pytest.mark.parametrize("more", [{"lon": IN_FIRST[0], "lat": None}, {"lon": 0.0, "lat": 0.0}, {"class_code": "no/such/class"}])
def test_what_names_nothing_known_is_left_out(taught, more):
    assert ask(taught, **more).units == [] or more.get("class_code")


def test_asking_writes_nothing_and_files_nothing(taught):
    case_id = taught.report()
    before = everything()
    queries.suggest_for(taught.act("acceptor"), case_id)
    ask(taught)
    assert everything() == before


def test_asking_costs_few_statements(taught, django_assert_max_num_queries):
    case_id = taught.report()
    asked = taught.act("acceptor")
    ask(taught)
    with django_assert_max_num_queries(1):
        queries.suggest(asked, queries.Telling("路口有流动摊贩", "", *IN_FIRST))
    with django_assert_max_num_queries(2):
        queries.suggest_for(asked, case_id)


def test_what_was_proposed_is_kept_beside_what_was_chosen(taught):
    """By the reader alone; of no person."""
    case_id = taught.report(text="流动摊贩占道卖菜", class_code="")
    commands.file(taught.act("acceptor"), case_id, class_code=GARBAGE)
    read_on()
    row = Suggested.objects.get(case_id=case_id)
    assert (row.kind, row.proposed, row.chosen) == ("class", VENDOR, GARBAGE)
    assert row.rank in (0, 2, 3)
    commands.undo(taught.act("acceptor"), case_id)
    read_on()
    assert not Suggested.objects.filter(case_id=case_id).exists()
    commands.file(taught.act("acceptor"), case_id, class_code=NO_RULE_CLASS)
    commands.dispatch(taught.act("dispatcher"), case_id, unit_code="YL")
    read_on()
    assert {(row.kind, row.rank) for row in Suggested.objects.filter(case_id=case_id, kind="unit")} == {("unit", 1)}


def test_a_unit_that_a_rule_names_is_no_proposal_of_the_model(taught):
    taught.handled()
    read_on()
    assert {row.kind for row in Suggested.objects.all()} == {"class"}


def test_the_state_tells_month_by_month_what_came_of_the_proposals(taught):
    for number in range(3):
        case_id = taught.report(text="流动摊贩占道卖菜", class_code=VENDOR if number else GARBAGE)
        commands.file(taught.act("acceptor"), case_id)
    read_on()
    state = queries.suggestion_state(taught.act("acceptor"))
    assert (state.cases, state.advice) == (600, "")
    assert [(one.month, one.kind, one.choices, round(one.taken, 2)) for one in state.months] == [("2026-11", "class", 3, 0.67)]
    with clock.held_at(MONDAY_NINE + timedelta(days=181)):
        assert queries.suggestion_state(accounts.operator()).advice == "old"


@pytest.mark.parametrize(("taken", "choices", "so"), [(0.95, 1000, False), (0.90, 1000, True), (0.90, 50, False), (0.93, 200, False)])
def test_what_falls_short_by_more_than_chance_has_drifted(taken, choices, so):
    """Promised 95 %: of fifty choices nothing follows."""
    assert drifted([Month("2026-11", "class", choices, taken, 1.0, 0.95)]) is so


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x04\x95" + b"\x00" * 40])
def test_a_broken_file_is_as_good_as_no_model(centre, content):
    """Never a fault of a request, never unpickled."""
    folder = settings.HOME.suggestions
    learned.put_in_force(folder, learned.write(folder, content))
    assert not ask(centre).learned
    (folder / "current").write_text("../../keys/secret")
    assert not ask(centre).learned
    (folder / "current").unlink()


def test_a_new_model_counts_at_once_and_the_one_before_is_kept(taught):
    folder = settings.HOME.suggestions
    before = learned.in_force(folder)
    assert before is not None
    for number in range(3):
        name = learned.write(folder, learned.pack(before.classes, None, before.whose, {**before.facts, "cases": number}))
        learned.put_in_force(folder, name)
        now = learned.in_force(folder)
        assert now is not None
        assert (now.name, now.facts["cases"]) == (name, number)
    assert len(list(folder.glob("model-*.npz"))) == 2
