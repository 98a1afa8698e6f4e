"""The national schemes as data: complete as far as they were transcribed, holes named as holes (C2)."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

import jingwei.catalogue

DATA = Path(jingwei.catalogue.__file__).parent / "data"
OLD, NEW = "gbt30428.2-2013", "gbt47678.5-2026"
CONFIDENCES = {"high", "med-high", "med", "low"}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(scheme: str, kind: str, *, minor: bool = True) -> dict[str, str]:
    return {
        row["code"]: row["name_zh"] for row in table(f"{scheme}.csv")
        if row["kind"] == kind and (len(row["code"]) > 2) is minor}


def test_the_scheme_of_2026_has_153_components_and_250_matters():
    components, matters = codes(NEW, "component"), codes(NEW, "matter")
    assert len(components) == 153
    assert len(matters) == 250
    assert len([code for code in matters if code[:2] > "05"]) == 97
    assert Counter(code[:2] for code in components) == {"01": 76, "02": 44, "03": 16, "04": 14, "05": 3}
    own = Counter(code[:2] for code in matters if code[:2] > "05")
    assert own == {"06": 51, "07": 7, "08": 16, "09": 21, "10": 2}


def test_its_first_matters_are_abnormal_components():
    components, matters = codes(NEW, "component"), codes(NEW, "matter")
    for code, name in components.items():
        assert matters[code] == ("紧急报警点异常SOS" if code == "01066" else f"{name}异常")


def test_each_scheme_names_its_major_classes():
    assert list(codes(NEW, "component", minor=False).values()) == [
        "市政公用设施", "交通设施", "市容环卫设施", "园林绿化设施", "其他管理部件"]
    assert len(codes(NEW, "matter", minor=False)) == 10
    assert list(codes(OLD, "component", minor=False).values()) == [
        "公用设施", "交通设施", "市容环境设施", "园林绿化设施", "其他部件"]
    assert list(codes(OLD, "matter", minor=False).values()) == [
        "市容环境", "宣传广告", "施工管理", "街面秩序", "突发事件", "其他事件"]


def test_street_order_stands_before_incidents_in_2013():
    """CJ/T 214 has them the other way round: an event code means nothing without its scheme."""
    matters = codes(OLD, "matter")
    assert matters["0406"] == "占道经营"
    assert matters["0507"] == "道路积雪、积冰"


@pytest.mark.parametrize("scheme", [OLD, NEW])
def test_every_class_has_its_major_class_a_source_and_a_confidence(scheme):
    rows = table(f"{scheme}.csv")
    digits = {row["scheme"]: int(row["minor_digits"]) for row in table("schemes.csv")}[scheme]
    majors = {(row["kind"], row["code"]) for row in rows if len(row["code"]) == 2}
    assert len({(row["kind"], row["code"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["scheme"] == scheme
        assert row["kind"] in {"component", "matter"}
        assert re.fullmatch(rf"\d{{2}}(\d{{{digits}}})?", row["code"], re.ASCII)
        assert (row["kind"], row["code"][:2]) in majors
        assert row["name_zh"].strip() == row["name_zh"] != ""
        assert re.search("[A-Za-z]", row["name_en"])
        assert row["source"]
        assert row["confidence"] in CONFIDENCES


@pytest.mark.parametrize("scheme", [OLD, NEW])
def test_holes_are_listed_and_nothing_stands_in_them(scheme):
    holes = {(row["kind"], row["code"]) for row in table("holes.csv") if row["scheme"] == scheme}
    for kind in ("component", "matter"):
        present = codes(scheme, kind)
        last: dict[str, int] = {}
        for code in present:
            last[code[:2]] = max(last.get(code[:2], 0), int(code[2:]))
        width = len(next(iter(present))) - 2
        missing = {
            f"{major}{minor:0{width}d}" for major, top in last.items() for minor in range(1, top + 1)
        } - present.keys()
        assert {code for held, code in holes if held == kind} == missing


def test_the_holes_of_2026_are_those_of_the_transcription():
    holes = {(row["kind"], row["code"]) for row in table("holes.csv") if row["scheme"] == NEW}
    skipped = {"01016", "05001", "05004", "05005", "05006", "05007", "05008"}
    expected = {(kind, code) for kind in ("component", "matter") for code in skipped}
    assert holes == expected | {("matter", "06031"), ("matter", "07005"), ("matter", "09007")}


def test_the_crosswalk_leads_from_every_old_class_to_a_new_one_or_says_that_it_is_gone():
    rows = table("crosswalk.csv")
    known = {kind: codes(NEW, kind) for kind in ("component", "matter")}
    holes = {(row["kind"], row["code"]) for row in table("holes.csv") if row["scheme"] == OLD}
    told = {(row["from_kind"], row["from_code"]) for row in rows}
    assert len(told) == len(rows)
    for kind in ("component", "matter"):
        assert {(kind, code) for code in codes(OLD, kind)} <= told
    assert told <= {(kind, code) for kind in known for code in codes(OLD, kind)} | holes
    for row in rows:
        assert (row["to_code"] == "") is (row["relation"] in {"gone", "to_monitoring"})
        if row["to_code"]:
            assert row["to_code"] in known[row["to_kind"]]


@pytest.mark.parametrize(("kind", "old", "new"), [
    ("component", "0101", "01001"), ("component", "0127", "01027"), ("component", "0506", "01069"),
    ("component", "0507", "01070"), ("component", "0508", "01071"), ("component", "0504", ""),
    ("matter", "0110", "06010"), ("matter", "0401", "09001"), ("matter", "0405", "09005"),
    ("matter", "0311", "08011"), ("matter", "0201", "07001"), ("matter", "0507", "10001"),
    ("matter", "0508", "10002"), ("matter", "0602", "09013"), ("matter", "0131", ""), ("matter", "0205", ""),
    ("matter", "0407", ""), ("matter", "0505", ""),
])
def test_the_crosswalk_agrees_with_the_examples_given(kind, old, new):
    """Standards §3.4."""
    found = {(row["from_kind"], row["from_code"]): row["to_code"] for row in table("crosswalk.csv")}
    assert found[kind, old] == new


def test_defaults_say_their_unit_source_and_confidence():
    from jingwei.catalogue.limits import READINGS, UNITS

    rows = {row["key"]: row for row in table("defaults.csv")}
    assert (rows["stage.accept"]["value"], rows["stage.dispatch"]["value"]) == ("15", "15")
    assert (rows["stage.verify"]["value"], rows["stage.check"]["value"]) == ("30", "30")
    assert rows["setting.limit_reading"]["value"] in READINGS
    for key, row in rows.items():
        assert row["source"]
        assert row["confidence"] in CONFIDENCES
        assert not key.startswith("stage.") or row["unit"] in ({*UNITS} if row["value"] else {""})


def test_data_files_are_plain_text_in_one_form():
    for path in sorted(DATA.glob("*.csv")):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in raw, path.name
        assert raw.endswith(b"\n"), path.name
        assert json.dumps(raw.decode("utf-8")), path.name
        assert path.name in (DATA / "SOURCES.md").read_text(encoding="utf-8")
