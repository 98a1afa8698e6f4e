"""What pydantic finds wrong reaches a Chinese reader in Chinese, every kind of it."""

import re
from typing import Any, get_args

import orjson
import pytest
from django.test import Client
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import core_schema

from jingwei.accounts.queries import Role
from jingwei.config import misfits
from jingwei.config.api import api
from tests.cast import Cast

SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
NOT_FROM_REQUESTS = re.compile(
    r"frozen_(field|instance)|no_such_attribute|needs_python_object|invalid_key|get_attribute_error|dataclass|named_tuple|"
    r"default_factory|iteration_error|frozen_dict|ordered_dict|counter|deque|set_item|missing_sentinel|ellipsis|"
    r"subclass|callable|union_tag|argument|fraction|complex")


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client(cast.of(Role.AREA_ADMIN, ""))


class Taste(BaseModel):
    """Every constraint that the interface's schemas use, by the words of its description."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field("", min_length=2, max_length=3, pattern=r"^[^\x00]*$")
    number: int = Field(0, ge=1, le=9)
    ratio: float = Field(0, gt=0, lt=1)
    many: list[int] = Field([], min_length=1, max_length=2)
    at: AwareDatetime | None = None


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_kind_of_misfit_has_chinese_words(kind: str) -> None:
    assert NOT_FROM_REQUESTS.search(kind) or kind in misfits.WHY
    told = misfits.why({"type": kind, "msg": "Input should be a valid thing", "ctx": {"ge": 1, "expected": "'0' or '1'"}})
    assert told.en == "Input should be a valid thing"
    assert not SENTENCE.search(told.zh)
    assert re.search("[一-龥]", told.zh)


@pytest.mark.parametrize("template", sorted(misfits.WHY.values()))
def test_no_sentence_of_english_stands_in_the_table(template: str) -> None:
    assert not SENTENCE.search(re.sub(r"\{\w+\}", "", template))


@pytest.mark.parametrize(("given", "said"), [
    ({"text": "a"}, "至少要有 2 个字"), ({"text": "abcd"}, "最多 3 个字"), ({"text": "a\0"}, "不能含空字符（NUL）"),
    ({"number": 0}, "不能小于 1"), ({"number": 10}, "不能大于 9"), ({"number": "x"}, "应为整数，用半角数字"),
    ({"number": 1.5}, "应为整数，不能有小数"), ({"ratio": 0}, "应大于 0.0"), ({"ratio": 1}, "应小于 1.0"),
    ({"many": []}, "至少要有 1 项"), ({"many": [1, 2, 3]}, "最多 2 项"), ({"many": 1}, "应为列表"),
    ({"at": "2026-11-01T00:00:00"}, "须写明时区，如 2026-09-30T16:00:00+08:00"), ({"more": 1}, "接口说明里没有这一项"),
])
def test_limits_are_told_with_their_figures(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as found:
        Taste(**given)
    assert misfits.why(found.value.errors()[0]).zh == said


def test_choices_are_listed_without_the_grammar_of_english() -> None:
    assert misfits.why({"type": "literal_error", "msg": "", "ctx": {"expected": "'off', 'work' or ''"}}).zh == (
        "只能是 off、work、（空）")


def test_every_field_that_a_request_may_hold_has_a_name_in_chinese() -> None:
    assert sorted(name for name in _asked() if name not in misfits.FIELDS) == []


def test_a_place_in_a_list_is_counted_from_one() -> None:
    told = misfits.where(["days", 0, "on"])
    assert (told.zh, str(told)) == ("特殊日期，第 1 项，日期", "days.0.on")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    f"{path}?{name}={value}"
    for path, name in (("/api/cases", "limit"), ("/api/cases", "since"), ("/api/cases", "late"), ("/api/cases/points", "west"),
                       ("/api/changes", "after"), ("/api/areas", "limit"), ("/api/overview", "area"), ("/api/users", "limit"))
    for value in ("x", "１２x", "%00", "1e400", "-1")])
def test_no_english_reaches_a_chinese_reader_from_a_question(desk: Client, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        told = orjson.loads(answer.content)
        said = [told["detail"], *(one["why"] for one in told.get("errors", ()))]
        assert [text for text in said if SENTENCE.search(text)] == []
        english = orjson.loads(desk.get(address, headers={"accept-language": "en"}).content)
        assert not re.search("[一-龥]", english["detail"])


@pytest.mark.django_db
def test_a_body_that_is_no_json_is_told_so_in_chinese(desk: Client) -> None:
    answer = desk.post("/api/cases", "{", content_type="application/json")
    assert orjson.loads(answer.content)["detail"] == (
        "没有执行：请求的内容不符合约定（请求内容：不是有效的 JSON）。请按接口说明改正后再试。")


def _asked() -> set[str]:
    """Names of parameters and of fields of bodies, from the description of the interface."""
    described: Any = api.get_openapi_schema()
    found: set[str] = set()
    for path in described["paths"].values():
        for asked in path.values():
            found |= {one["name"] for one in asked.get("parameters", ())}
            for content in asked.get("requestBody", {}).get("content", {}).values():
                found |= _fields(content["schema"], described["components"]["schemas"], set())
    return found


def _fields(schema: Any, named: dict[str, Any], seen: set[str]) -> set[str]:
    if isinstance(schema, list):
        return set().union(*(_fields(one, named, seen) for one in schema))
    if not isinstance(schema, dict):
        return set()
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        return _fields(named[name], named, seen | {name})
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*(_fields(one, named, seen) for one in schema.values()))
