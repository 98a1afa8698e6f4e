"""Papers: a template and data in, PDF out; what people wrote stays text whatever it looks like."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from jingwei.formats import pdf
from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal

HOSTILE = (
    '#panic("x")', "*粗* _斜_ = 标题", "$ x^2 $ <lab> @ref", '"]; #set page(width: 1cm)', "\\u{41}\\ \\#", "// 注释 /* x */",
    '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"', "`原文` ```x```", "- 项目\n+ 编号", "{{data}} ${x}", "王<示例>&", "#", "\\")


@pytest.fixture(autouse=True)
def font() -> None:
    try:
        pdf.chinese_font()
    except Refusal:
        pytest.skip("no Chinese font on this machine")


def text_of(made: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(name: str) -> None:
    made = pdf.pdf("#set page(width: 200mm, height: 100mm)\n#data.name", {"title": name, "name": name})
    assert squeezed(text_of(made)) == squeezed(name)
    assert PdfReader(io.BytesIO(made)).metadata.title == name


def test_signs_that_no_page_can_show_are_left_out() -> None:
    made = pdf.pdf("#data.rows.at(0).name", {"title": "", "rows": [{"name": "王\x00示\ud800例\x1b[31m"}]})
    assert squeezed(text_of(made)) == "王示例[31m"


def test_a_picture_stands_in_the_document_with_its_words() -> None:
    svg = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="10" font-size="5" '
           f'font-family="{pdf.chinese_font()}">柳溪路</text></svg>')
    made = pdf.pdf('#picture("map", width: 80mm)', {"title": "图"}, {"map": svg})
    assert "柳溪路" in squeezed(text_of(made))


def test_a_photo_becomes_a_picture() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (30, 60), "red").save(out, "jpeg")
    made = pdf.pdf('#picture("photo", width: 20mm)', {"title": "图"}, {"photo": pdf.photo_svg(out.getvalue(), 30, 40)})
    assert len(PdfReader(io.BytesIO(made)).pages[0].images) == 1


def test_the_same_data_give_the_same_words_whatever_came_before() -> None:
    first, other, again = (text_of(pdf.pdf("#data.name", {"title": "", "name": name})) for name in ("甲", "乙", "甲"))
    assert (first, other, again) == ("甲", "乙", "甲")


def test_without_a_chinese_font_the_refusal_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(pdf, "_fonts", Latin)
    with pytest.raises(Refusal) as refused:
        pdf.pdf("x", {"title": ""})
    assert refused.value.reason is FormatError.NO_CHINESE_FONT
    assert "fonts-noto-cjk" in refused.value.text("zh")


def test_a_template_cannot_reach_the_disk_or_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    def refused(template: str) -> Any:
        with pytest.raises(typst.TypstError) as fault:
            pdf.pdf(template, {"title": ""})
        return fault.value

    assert refused('#read("/etc/hostname")')
    monkeypatch.chdir(tmp_path)
    (tmp_path / "beside.txt").write_text("beside", "utf-8")
    assert refused('#read("beside.txt")')
    assert refused('#import "@preview/cetz:0.3.0": *')
