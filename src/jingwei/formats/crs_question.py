"""What is to be asked about a layer's coordinate system: nothing, a yes to the only one that fits, or a choice. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jingwei.formats.crs import reference
from jingwei.formats.crs_finding import DEGREES, Box, Candidate, candidates, exchanged, in_degrees, landing, title_of
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHOWN = 12


class Asked(StrEnum):
    WRITTEN = "written"        # the file says it, and it fits: nothing to ask
    RULE = "rule"              # GeoJSON that says nothing is WGS-84 by its rule; whether that was kept, one must know
    ELSEWHERE = "elsewhere"    # the file says it, but the layer would not lie where it should
    NOT_FIT = "not_fit"        # the file says it, but such numbers are none of that system
    NOT_KNOWN = "not_known"    # the file says something that is no system we know
    DEGREES = "degrees"        # degrees, of which of three systems numbers do not tell
    ONE = "one"                # only one fits: proposed
    SEVERAL = "several"        # more than one fits
    NONE = "none"              # none fits
    EMPTY = "empty"            # no places to go by


@dataclass(frozen=True, slots=True)
class CrsQuestion:
    """`written`: what the file says, '' if nothing. `proposed`: the system to begin with, '' where one must choose.
    `exchanged`: y stands before x.
    """

    asked: Asked
    text: Words
    written: str
    title: Words
    proposed: str
    candidates: tuple[Candidate, ...] = ()
    exchanged: bool = False


def ask(points: "NDArray[np.float64]", *, written: str = "", by_rule: bool = False, box: Box | None = None,
        district: Box | None = None) -> CrsQuestion:
    """`points`: some places of the layer; `written`: the system the file names; `by_rule`: it does not name it, its kind
    of file does; `district`: where layers belong.
    """
    if not len(points):
        return CrsQuestion(Asked.EMPTY, Words("图层里没有图形，看不出坐标系。", "There is no shape to tell by."), written,
                           Words(written, written), "")
    found = candidates(points, district, box)
    if written:
        return _of_written(written, by_rule, points, box, district, found)
    return _of_none(points, found, district)


def _of_written(written: str, by_rule: bool, points: "NDArray[np.float64]", box: Box | None, district: Box | None,
                found: list[Candidate]) -> CrsQuestion:
    try:
        system = reference(written)
    except Refusal:
        text = Words("文件里写的坐标系不认识。", "The system the file names is unknown.")
        rest = _of_none(points, found, district)
        return CrsQuestion(Asked.NOT_KNOWN, _joined(text, rest.text), written[:80], Words("不认识", "unknown"), rest.proposed,
                           rest.candidates, rest.exchanged)
    title = title_of(system.name)
    wrong_way = exchanged(points)
    here = None if system.degrees != in_degrees(points) or wrong_way else landing(system.name, points, district, box) or landing(
        written, points, district, box)
    if here is None:
        return CrsQuestion(Asked.NOT_FIT, _joined(_not_fit(title, in_degrees(points), wrong_way), _choose(found, district)),
                           system.name, title, _only(found), tuple(found[:_SHOWN]), wrong_way)
    if here.meets:
        offsets = tuple(one for one in found if one.crs in ("GCJ-02", "BD-09")) if system.degrees else ()
        return CrsQuestion(Asked.RULE if by_rule else Asked.WRITTEN, _fits(title, by_rule, bool(offsets)), system.name, title,
                           system.name, (here, *offsets))
    better = [one for one in found if one.meets and one.crs != here.crs]
    return CrsQuestion(Asked.ELSEWHERE, _elsewhere(here, better, district), system.name, title, "",
                       (*better[: _SHOWN - 1], here))


def _of_none(points: "NDArray[np.float64]", found: list[Candidate], district: Box | None) -> CrsQuestion:
    wrong_way = exchanged(points)
    before = Words("横坐标和纵坐标是反的：先写了纵坐标（北、纬度），下面已经调换过来判断。",
                   "x and y stand the wrong way round, north first; they are exchanged below. ") if wrong_way else Words("", "")
    fitting = [one for one in found if one.meets]
    if in_degrees(points) and fitting:
        asked, proposed = Asked.DEGREES, ""
    else:
        asked = Asked.NONE if not fitting else Asked.ONE if len(fitting) == 1 else Asked.SEVERAL
        proposed = _only(found)
    return CrsQuestion(asked, _joined(before, _choose(found, district)), "", Words("没有写明", "not stated"), proposed,
                       tuple(found[:_SHOWN]), wrong_way)


def _only(found: list[Candidate]) -> str:
    fitting = [one for one in found if one.meets]
    return fitting[0].crs if len(fitting) == 1 else ""


def _choose(found: list[Candidate], district: Box | None) -> Words:
    where, there = _where(district)
    fitting = [one for one in found if one.meets]
    if not fitting:
        return Words(f"没有一种常用的坐标系能让图层落在{where}，可能是地方坐标系。请测绘单位转换为 CGCS2000 后再导。",
                     f"By no usual system would the layer lie in {there}; it may be a local one. Have it converted to CGCS2000.")
    if fitting[0].crs.removeprefix("yx:") in (DEGREES, "GCJ-02", "BD-09"):
        return Words("是经纬度，但光凭数字分不出是 CGCS2000（WGS-84）、GCJ-02 还是 BD-09，三者相差几百米。请问明图从哪里来再选。",
                     "These are degrees, but numbers do not tell CGCS2000 (WGS-84) from GCJ-02 and BD-09, which lie some hundred metres "
                     "apart. Ask where the map comes from, and choose.")
    if len(fitting) == 1:
        return Words(f"按数字看，只有“{fitting[0].title.zh}”落在{where}，请核对。若图是西安 80 或北京 54 的，数字看不出来，会差几十到一百多米。",
                     f"Only by {fitting[0].title.en} would the layer lie in {there}; check it. Xi'an 1980 and Beijing 1954 cannot "
                     "be told by numbers and lie tens of metres off.")
    return Words(f"有 {len(fitting)} 种坐标系都能落在{where}。请向制图单位问明，或看图选择。",
                 f"By {len(fitting)} systems the layer would lie in {there}. Ask whoever made it, or choose by the picture.")


def _where(district: Box | None) -> tuple[str, str]:
    return ("中国（辖区还没有画出来，无法进一步判断）", "China (no district is drawn to tell more)") if district is None else ("辖区内", "the district")


def _fits(title: Words, by_rule: bool, offsets: bool) -> Words:
    doubt = Words("如果数据取自高德、腾讯或百度地图，实际是 GCJ-02 或 BD-09，会偏几百米，光凭数字看不出来，请改选。",
                  "Data taken from AMap, Tencent or Baidu are really GCJ-02 or BD-09 and lie some hundred metres off, which numbers do "
                  "not tell: then choose that.") if offsets else Words("", "")
    if by_rule:
        return _joined(Words("文件没有写坐标系，GeoJSON 按规定是 WGS-84。", "The file names no system; GeoJSON is WGS-84 by its rule. "), doubt)
    return _joined(Words(f"文件写明：{title.zh}，位置相符。", f"The file says {title.en}, and the place fits. "), doubt)


def _elsewhere(here: Candidate, better: list[Candidate], district: Box | None) -> Words:
    where, there = _where(district)
    if district is None:
        off = Words(f"文件写明“{here.title.zh}”，但按它不在中国。", f"The file says {here.title.en}, by which it is not in China. ")
    else:
        off = Words(f"文件写明“{here.title.zh}”，但按它落在辖区以外约 {here.km:,.0f} 公里。",
                    f"The file says {here.title.en}, by which it lies some {here.km:,.0f} km outside the district. ")
    if not better:
        return _joined(off, Words("也没有别的坐标系能让它落在辖区。请核对选的是不是这个区的文件。",
                                  f"No other system brings it into {there}. Check that it is the file of this district."))
    return _joined(off, Words(f"按“{better[0].title.zh}”则落在{where}，文件的坐标系多半写错了（例如带号差一）。请选择。",
                              f"By {better[0].title.en} it lies in {there}: what the file says is probably wrong, such as a zone off by one. Choose."))


def _not_fit(title: Words, degrees: bool, wrong_way: bool) -> Words:
    if wrong_way:
        return Words(f"文件写明“{title.zh}”，但横坐标和纵坐标是反的（先写了北）。", f"The file says {title.en}, but x and y stand the wrong way round. ")
    if degrees:
        return Words(f"文件写明“{title.zh}”，单位是米，但这些数是经纬度。", f"The file says {title.en}, in metres, but these are degrees. ")
    return Words(f"文件写明“{title.zh}”，但这些数是米，不是经纬度，或换算不出来。",
                 f"The file says {title.en}, but these are metres, or cannot be converted. ")


def _joined(one: Words, other: Words) -> Words:
    return Words(one.zh + other.zh, one.en + other.en)
