"""`jingwei flow`: a flow is written out, changed by hand, and checked."""

import json

import pytest


def test_a_flow_that_is_written_out_passes_the_check(command, tmp_path):
    command("init")
    document = json.loads(command("flow", "show", "township"))
    assert document["code"] == "township"
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(document), "utf-8")
    assert "可以发布" in command("flow", "check", file)
    document["apart"] = []
    file.write_text(json.dumps(document), "utf-8")
    said = command("flow", "check", file, status=1)
    assert "“处置”和“核查”必须由不同的人做" in said
    assert "不能发布" in said


@pytest.mark.parametrize(("content", "said", "status"), [
    ("{", "不是有效的 JSON", 2), ("[]", "这里不能这样写", 1), ("[" * 100_000, "不是有效的 JSON", 2)])
def test_what_is_no_flow_is_refused_in_words(command, tmp_path, content, said, status):
    command("init")
    file = tmp_path / "flow.json"
    file.write_text(content, "utf-8")
    assert said in command("flow", "check", file, status=status)


def test_a_flow_that_does_not_exist_is_refused_in_words(command):
    command("init")
    assert command("flow", "show", "village", status=1)
    assert "第 7 版" in command("flow", "show", "city", "--version", "7", status=1)
