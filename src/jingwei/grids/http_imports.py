"""Areas and postings from an uploaded file. The same commands as at the keyboard; repeating one changes nothing."""

from itertools import zip_longest
from typing import Literal

from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from jingwei.formats.imports import Told, for_a_screen
from jingwei.grids.commands import import_files
from jingwei.grids.commands.import_files import AreasTold, LayerTold
from jingwei.grids.layer_levels import Level, fields_of, word_of
from jingwei.grids.queries import Looked, look_into
from jingwei.kernel.asking import language_of
from jingwei.kernel.uploads import Uploading, bounded, only_file

router = Router(tags=["导入 imports"])
Flag = Literal["0", "1"]
_bounded = decorate_view(bounded())


class TableIn(Schema):
    """`dry_run` "1", or left out: only checked. `system`: of grids, the base system if left out."""

    dry_run: Flag = "1"
    system: str = Field("base", max_length=20)


class DivisionsIn(TableIn):
    """`top_level`: of the topmost rows, where codes do not tell it."""

    title: str = Field("", max_length=100)
    top_level: int = Field(1, ge=1, le=20)


class StaffingIn(TableIn):
    """`sheet`: of a workbook."""

    sheet: str = Field("", max_length=100)


class LayerIn(TableIn):
    """`level`, `code`, `name` may be repeated, one of each per level: the layer's own first, then those above it.

    Without levels above, the parent is named by the field `parent`, by one code in `under`, or found `by_place`.
    """

    level: list[str] = Field(default_factory=list, max_length=20)
    code: list[str] = Field(default_factory=list, max_length=20)
    name: list[str] = Field(default_factory=list, max_length=20)
    parent: str = Field("", max_length=100)
    under: str = Field("", max_length=40)
    by_place: Flag = "0"
    note: str = Field("", max_length=100)
    crs: str = Field("", max_length=4000)
    layer: str = Field("", max_length=200)
    encoding: str = Field("", max_length=20)
    title: str = Field("", max_length=100)


class LookIn(Schema):
    """`encoding`: of the texts, where the look found it wrongly."""

    encoding: str = Field("", max_length=20)


class BaseLayerIn(Schema):
    """`layer`: streets, buildings, water or green. `name`, `kind`, `households` (of buildings): fields of the file.

    `sublayer`: which layer of the file; `crs`, `encoding`: where the file does not say them, or says them wrongly.
    """

    dry_run: Flag = "1"
    layer: str = Field("", max_length=20)
    name: str = Field("", max_length=100)
    kind: str = Field("", max_length=100)
    households: str = Field("", max_length=100)
    crs: str = Field("", max_length=4000)
    sublayer: str = Field("", max_length=200)
    encoding: str = Field("", max_length=20)


@router.post("/import/divisions", response=AreasTold, summary="导入行政区划表")
@_bounded
def divisions(request: Uploading, given: Form[DivisionsIn],
              file: UploadedFile | None = File(None)) -> AreasTold:  # noqa: B008
    """CSV 或 XLSX，放在 file 字段，导入后即发布。"""
    return for_a_screen(import_files.divisions_of_file(
        request.auth, only_file(request).read(), title=given.title, system=given.system, top_level=given.top_level,
        dry_run=given.dry_run == "1"))


@router.post("/import/areas", response=AreasTold, summary="导入地图图层里的区域")
@_bounded
def areas(request: Uploading, given: Form[LayerIn], file: UploadedFile | None = File(None)) -> AreasTold:  # noqa: B008
    """GeoJSON、GeoPackage、DXF，或装有 Shapefile 的 .zip；导入后即发布。"""
    by_place = given.by_place == "1"
    groups = zip_longest(given.level, given.code, given.name, fillvalue="")
    fields = fields_of([Level(word_of(word) or word, code, name) for word, code, name in groups],
                       parent=given.parent, under=given.under, by_place=by_place, note=given.note)
    return for_a_screen(import_files.areas_of_file(
        request.auth, only_file(request).read(), fields, title=given.title, system=given.system, crs=given.crs,
        layer=given.layer, encoding=given.encoding, by_place=by_place, dry_run=given.dry_run == "1"))


@router.post("/import/look", response=Looked, summary="导入前先看一看图层文件")
@_bounded
def look(request: Uploading, given: Form[LookIn], file: UploadedFile | None = File(None)) -> Looked:  # noqa: B008
    """有哪些图层、字段和样例，文字编码和坐标系是什么、有几分把握。不写入，也不留存文件。"""
    return look_into(request.auth, only_file(request).read(), encoding=given.encoding, language=language_of(request))


@router.post("/import/layer", response=LayerTold, summary="导入底图图层：街巷、建筑、水系、绿地")
@_bounded
def base_layer(request: Uploading, given: Form[BaseLayerIn],
               file: UploadedFile | None = File(None)) -> LayerTold:  # noqa: B008
    """整个替换这一层。只取图形、名称、种类；建筑还可以取户数。别的字段不导入。"""
    return for_a_screen(import_files.layer_of_file(
        request.auth, only_file(request).read(), given.layer, name=given.name, kind=given.kind,
        households=given.households, crs=given.crs, sublayer=given.sublayer, encoding=given.encoding,
        dry_run=given.dry_run == "1"))


@router.post("/import/staffing", response=Told, summary="导入网格人员配置表")
@_bounded
def staffing(request: Uploading, given: Form[StaffingIn],
             file: UploadedFile | None = File(None)) -> Told:  # noqa: B008
    """只安排本人权限范围内的网格；范围外的行退回。"""
    return for_a_screen(import_files.staffing_of_file(
        request.auth, only_file(request).read(), system=given.system, sheet=given.sheet or None,
        dry_run=given.dry_run == "1"))


@router.post("/import/rota", response=Told, summary="导入排班表")
@_bounded
def rota(request: Uploading, given: Form[StaffingIn], file: UploadedFile | None = File(None)) -> Told:  # noqa: B008
    """列：网格编码、登录名、日期、上班、下班。只排本人权限范围内的网格；范围外的行退回。"""
    return for_a_screen(import_files.rota_of_file(
        request.auth, only_file(request).read(), system=given.system, sheet=given.sheet or None,
        dry_run=given.dry_run == "1"))
