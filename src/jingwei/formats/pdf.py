"""A template of typst and data in, PDF out. What people wrote is data: no sign of it is ever read as markup.

Templates take what they show from `data` (JSON) and `picture(name)` (SVG), both declared here, and name no font: the
first Chinese one found on the machine is set. Nothing is read from disk, nothing is loaded from elsewhere.
"""

import base64
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal

FONT_PACKAGE = "fonts-noto-cjk"
_CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "Source Han Serif SC", "SimHei", "SimSun")
_HEAD = """\
#let data = json(bytes(sys.inputs.data))
#let picture(name, ..size) = image(bytes(sys.inputs.at("picture:" + name)), format: "svg", ..size)
#set text(font: sys.inputs.font, lang: "zh", region: "cn", size: 10.5pt)
#set document(title: data.title, author: ())
"""


def pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """The document. `data` holds a `title`; `pictures`: SVG texts by name. Refuses where no Chinese font is installed."""
    import typst

    font = chinese_font()
    inputs = {"data": json.dumps(_clean(data), ensure_ascii=False), "font": font}
    inputs |= {f"picture:{name}": _visible(svg) for name, svg in (pictures or {}).items()}
    made = typst.Compiler((_HEAD + template).encode(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs,
                          root=_nowhere().name, package_path=_nowhere().name,
                          package_cache_path=_nowhere().name).compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


def chinese_font() -> str:
    """The family that documents are set in, also for the texts of pictures."""
    installed = frozenset(_fonts().families())
    for family in _CHINESE:
        if family in installed:
            return family
    raise Refusal(FormatError.NO_CHINESE_FONT, package=FONT_PACKAGE)


def photo_svg(jpeg: bytes, width: int, height: int) -> str:
    """A photo as a picture for a document: filled into the frame, what stands out is cut off."""
    data = base64.b64encode(jpeg).decode()
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" preserveAspectRatio="xMidYMid slice" href="data:image/jpeg;base64,{data}"/></svg>')


@cache
def _fonts() -> Any:
    """Looking through the machine's fonts takes a fifth of a second: once per process."""
    import typst

    return typst.Fonts(include_embedded_fonts=False)


@cache
def _nowhere() -> tempfile.TemporaryDirectory[str]:
    """An empty folder: all that a template can reach of the disk. It goes with the process."""
    return tempfile.TemporaryDirectory(prefix="jingwei-paper-")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, Mapping):
        return {str(name): _clean(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    return value


def _visible(text: str) -> str:
    """Without what no page can show: control signs and halves of signs."""
    return "".join(sign for sign in text if (sign >= " " or sign in "\n\t") and not "\ud800" <= sign <= "\udfff" and sign != "\x7f")
