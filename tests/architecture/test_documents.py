"""Documents that follow from the code are those of the code, and every refusal has its own code and three parts."""

import re
from pathlib import Path

import pytest

from jingwei.cli import docs
from jingwei.config.problems import STATUS
from jingwei.kernel.errors import Kind

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [name for name in docs.DOCUMENTS if name != "licences.md"])
def test_the_document_is_what_the_code_says_now(name):
    """Style, habit 15. Licences depend on the platform's packages and are written, not compared."""
    assert (ROOT / "docs" / name).read_text("utf-8") == docs.DOCUMENTS[name](), f"make docs: {name} has drifted"


def test_no_code_is_used_twice_and_each_has_a_way_out():
    codes = [one.code for one in docs.every_error()]
    assert len(codes) == len(set(codes))
    for one in docs.every_error():
        assert one.code == one.code.lower(), one.code
        if "无需处理" in one.zh:  # a remark of an import, not a refusal
            continue
        assert len([part for part in re.split("[。；！]", one.zh) if part]) >= 2, one.zh
        assert len([part for part in re.split("[.;:]", one.en) if part.strip()]) >= 2, one.en


def test_every_kind_of_refusal_has_a_status():
    assert set(STATUS) == set(Kind)
