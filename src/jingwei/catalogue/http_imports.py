"""The catalogue's tables from an uploaded file. The same commands as at the keyboard; repeating one changes nothing."""

from typing import Literal

from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from jingwei.catalogue.commands import import_files
from jingwei.catalogue.commands.import_files import CalendarTold, CatalogueTold
from jingwei.formats.imports import for_a_screen
from jingwei.kernel.uploads import Uploading, bounded, only_file

router = Router(tags=["导入 imports"])
Flag = Literal["0", "1"]
_bounded = decorate_view(bounded())


class HolidaysIn(Schema):
    """`dry_run` "1", or left out: only checked. `area` left out: everywhere."""

    dry_run: Flag = "1"
    area: str = Field("", max_length=40)


class SchemeIn(Schema):
    """`scheme`: code of the classification scheme. `sheet`: of a workbook."""

    scheme: str = Field(max_length=40)
    dry_run: Flag = "1"
    sheet: str = Field("", max_length=100)


class StandardIn(SchemeIn):
    """`kind`: the whole table holds only components, or matters. `fill_down`: empty class cells mean the row above."""

    kind: Literal["", "component", "matter"] = ""
    fill_down: Flag = "0"


class ClassesIn(SchemeIn):
    """`title`: of the scheme. `digits`: of a minor class beyond the two of its major one."""

    title: str = Field("", max_length=100)
    digits: int = Field(2, ge=1, le=6)


class RulesIn(SchemeIn):
    """`replace` "1": rules that the table does not have are deleted."""

    replace: Flag = "0"


@router.post("/import/catalogue", response=CatalogueTold, summary="导入本市的立案、处置、结案标准")
@_bounded
def standard(request: Uploading, given: Form[StandardIn],
             file: UploadedFile | None = File(None)) -> CatalogueTold:  # noqa: B008
    """CSV 或 XLSX，放在 file 字段；表里没有的条款停用。"""
    return for_a_screen(import_files.standard_of_file(
        request.auth, only_file(request).read(), given.scheme, kind=given.kind or None,
        fill_down=given.fill_down == "1", sheet=given.sheet or None, dry_run=given.dry_run == "1"))


@router.post("/import/classes", response=CatalogueTold, summary="导入自有的分类方案")
@_bounded
def classes(request: Uploading, given: Form[ClassesIn],
            file: UploadedFile | None = File(None)) -> CatalogueTold:  # noqa: B008
    """列：类别、代码、名称。"""
    return for_a_screen(import_files.classes_of_file(
        request.auth, only_file(request).read(), given.scheme, title=given.title, digits=given.digits,
        sheet=given.sheet or None, dry_run=given.dry_run == "1"))


@router.post("/import/rules", response=CatalogueTold, summary="导入责任单位规则表")
@_bounded
def rules(request: Uploading, given: Form[RulesIn],
          file: UploadedFile | None = File(None)) -> CatalogueTold:  # noqa: B008
    """列：类别、分类代码、责任单位编码，可选 区域编码、权属单位、时间、协办单位编码、时限建议、自动派遣、备注。"""
    return for_a_screen(import_files.rules_of_file(
        request.auth, only_file(request).read(), given.scheme, replace=given.replace == "1",
        sheet=given.sheet or None, dry_run=given.dry_run == "1"))


@router.post("/import/holidays", response=CalendarTold, summary="导入放假安排")
@_bounded
def holidays(request: Uploading, given: Form[HolidaysIn],
             file: UploadedFile | None = File(None)) -> CalendarTold:  # noqa: B008
    """holiday-cn 的年度文件，或列为 date,kind,name,year_file,source 的表。"""
    return for_a_screen(import_files.holidays_of_files(
        request.auth, [only_file(request).read()], area_code=given.area, dry_run=given.dry_run == "1"))
