"""Cases by words: whichever way the database is asked, it shows the rows that LIKE on the text would, and no others."""

from datetime import timedelta
from uuid import UUID

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries, tokens
from jingwei.cases.commands import search as searching
from jingwei.cases.models import Case, Searched
from jingwei.cases.queries import listing
from jingwei.cases.queries import searching as query
from jingwei.cases.search_errors import SearchError
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_SECOND, MONDAY_NINE, NEXT_DOOR, VENDOR, expect_refusal
from tests.cases.test_following import read_on

pytestmark = pytest.mark.django_db

TOLD = [  # days before Monday, text, place, class
    (900, "枫林路口井盖破损", "枫林路 12 号", GARBAGE), (400, "井盖破损有积水", "", VENDOR), (90, "路燈不亮", "東街", GARBAGE),
    (30, "垃圾堆放，井边无盖", "柳溪桥", VENDOR), (8, "盖破损的井", "", GARBAGE), (3, "噪音扰民 99%_a'b\"c", "KTV 门口", VENDOR),
    (1, "井盖破损", "枫林路112号", GARBAGE), (0, "井盖破损，夜间无照明", "枫林路", VENDOR), (0, "电话13800138000反映井盖", "", GARBAGE),
]
QUESTIONS = ["井盖", "井盖破损", "盖破损", "破损", "路灯", "路燈", "東街", "东街", "12号", "112号", "99%_a", "9%", "a'b\"", "\"c", "ktv", "ＫＴＶ",
             "井盖 枫林", "枫林 坏", "不存在", "损井", "，井", "' OR 1", "13800138000", "〔电", "〔手", "井盖 & 破损", "!井盖", "井*"]


@pytest.fixture
def told(centre):
    """Nine cases over two and a half years in two unit grids, one next door, read by the reader."""
    for number, (days, text, place, which) in enumerate(TOLD):
        login, at = ("supervisor2", IN_SECOND) if number % 2 else ("supervisor", IN_FIRST)
        case_id = centre.report(login, at, text=text, place=place, class_code=which)
        Case.objects.filter(id=case_id).update(reported_at=MONDAY_NINE - timedelta(days=days) + timedelta(minutes=number // 2))
    centre.report("neighbourworker", NEXT_DOOR, text="邻区的井盖破损")
    read_on()
    return centre


def expected(centre, login, words, **wanted):
    """Ids by looking through every text, newest first."""
    pieces = [tokens.fold(piece) for piece in words.split()]
    rows = Case.objects.order_by("-reported_at", "-id").select_related("class_entry")
    return [case.id for case in rows
            if all(piece in tokens.fold(case.text) or piece in tokens.fold(case.place) for piece in pieces)
            and centre.act(login).covers("case.read", case.area_path, case.unit_path)
            and case.state in wanted.get("states", [case.state])
            and (not wanted.get("classes") or case.class_entry.code in wanted["classes"][0])
            and (not wanted.get("since") or case.reported_at >= wanted["since"])]


def listed(centre, login, limit=2, **words):
    shown, after = [], ""
    while True:
        page = queries.list_cases(centre.act(login), queries.Filter(**words), limit=limit, after=after)
        shown += [row.id for row in page.rows]
        if page.next is None:
            return shown
        after = page.next


@pytest.mark.parametrize(("wide", "few", "little"), [(2.0, 3000, 2.0), (0.0, 3000, 0.01), (0.0, -1, 0.01)],
                         ids=["narrow", "few", "by stretches"])
@pytest.mark.parametrize("login", ["supervisor", "acceptor", "neighbour", "handler", "sysadmin"])
def test_every_question_shows_what_the_text_holds_page_by_page(told, monkeypatch, wide, few, little, login):
    """B16: recall and precision 1 against the text itself, within reach alone; counts and the map agree."""
    monkeypatch.setattr(listing, "_WIDE", wide)
    monkeypatch.setattr(listing, "_FEW", few)
    monkeypatch.setattr(query, "LITTLE", little)
    for more in ({}, {"states": ["reported"]}, {"states": ["closed"]}, {"classes": [VENDOR]}, {"since": MONDAY_NINE - timedelta(days=40)}):
        for words in QUESTIONS:
            asked = {"words": words, **more}
            due = expected(told, login, words, **more)
            assert listed(told, login, **asked) == due, asked
            actor, wanted = told.act(login), queries.Filter(**asked)
            assert queries.count_cases(actor, wanted) == len(due), asked
            assert {point.id for point in queries.points(actor, wanted).points} == set(due), asked
    assert login not in ("supervisor", "acceptor") or len(expected(told, login, "井盖破损")) == 4


@pytest.mark.parametrize("few", [3000, -1])
def test_cases_of_the_same_moment_are_torn_apart_by_no_page(told, monkeypatch, few):
    monkeypatch.setattr(listing, "_FEW", few)
    monkeypatch.setattr(listing, "_WIDE", 0.0)
    for _ in range(4):
        told.report(text="同一时刻的围栏")
    read_on()
    assert listed(told, "acceptor", limit=1, words="围栏") == expected(told, "acceptor", "围栏")


def test_a_case_is_found_by_its_number_or_the_last_digits_of_it(told, monkeypatch):
    monkeypatch.setattr(listing, "_WIDE", 0.0)
    case = Case.objects.order_by("reported_at").first()
    for few in (3000, -1):
        monkeypatch.setattr(listing, "_FEW", few)
        for words in (case.number, case.number[-4:], case.number[-6:], f"{case.number[-4:]} 井盖"):
            assert case.id in listed(told, "acceptor", words=words), words
            assert case.id not in listed(told, "neighbour", words=words), words
        assert listed(told, "acceptor", words=f"{case.number[-4:]} 路灯") == []


def test_a_page_with_words_costs_at_most_four_statements_and_five_with_signing_in(told, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(listing, "_WIDE", 0.0)
    actor = told.act("acceptor")
    for few, wanted in ((-1, {}), (3000, {"states": ["reported"]}), (-1, {"states": ["reported"]})):
        monkeypatch.setattr(listing, "_FEW", few)
        queries.list_cases(actor, queries.Filter(words="井盖", **wanted))
        with django_assert_max_num_queries(4):
            queries.list_cases(actor, queries.Filter(words="井盖", **wanted))
    with django_assert_max_num_queries(2):
        queries.list_cases(actor, queries.Filter())


def test_masked_numbers_are_not_searched_nor_kept(told):
    assert not Searched.objects.filter(said__contains="13800138000").exists()
    assert Searched.objects.filter(said__contains="反映井盖").count() == 1


def test_a_case_whose_text_is_given_up_is_found_no_more(told):
    """Also by no token of it: a row of the same words that comes later gets its own."""
    ids = [case.id for case in Case.objects.filter(text__contains="井盖破损")]
    assert searching.forget(ids) == 5
    assert listed(told, "acceptor", words="井盖") == expected(told, "acceptor", "反映井盖")
    assert searching.forget(ids) == 0
    searching.show(ids)
    assert listed(told, "acceptor", words="井盖破损") == expected(told, "acceptor", "井盖破损")


def test_what_a_case_says_anew_replaces_what_it_said(told):
    case = Case.objects.get(text="盖破损的井")
    Case.objects.filter(id=case.id).update(text="窨井冒水")
    assert searching.show([case.id]) == 1
    assert searching.show([case.id]) == 0
    assert listed(told, "acceptor", words="冒水") == [case.id]
    assert listed(told, "acceptor", words="损的") == []


def test_all_can_be_built_anew_and_only_what_is_missing_is_written(told, monkeypatch):
    monkeypatch.setattr(searching, "BATCH", 4)
    before = listed(told, "acceptor", words="井盖")
    searching.forget(before[:2])
    counted: list[int] = []
    assert searching.rebuild_search(accounts.operator(), told=counted.append) == 2
    assert searching.rebuild_search(accounts.operator(), anew=True) == len(TOLD) + 1
    assert listed(told, "acceptor", words="井盖") == before
    assert counted[-1] == 2
    with expect_refusal(AccountError.NO_RIGHT):
        searching.rebuild_search(told.act("acceptor"))


def test_a_step_that_is_undone_leaves_the_case_to_be_found(told):
    """The reader is told of it and finds all as it was."""
    case_id = UUID(str(expected(told, "acceptor", "夜间")[0]))
    commands.file(told.act("acceptor"), case_id)
    commands.undo(told.act("acceptor"), case_id)
    read_on()
    assert listed(told, "acceptor", words="夜间") == [case_id]


def test_one_sign_and_a_whole_page_are_refused_over_the_interface(told):
    client = told.client("acceptor")
    for words, code in (("井", "case.words_too_short"), ("井" * 80, "case.words_too_long"), ("\x00", "case.words_too_short")):
        for address in ("/api/cases", "/api/cases/count", "/api/cases/points"):
            answer = client.get(address, {"words": words})
            assert answer.status_code == 422, address
            assert answer.json()["code"] == code
    assert client.get("/api/cases/count", {"words": "井盖破损"}).json()["count"] == 4
    with expect_refusal(SearchError.WORDS_TOO_SHORT):
        queries.count_cases(told.act("acceptor"), queries.Filter(words="。"))
