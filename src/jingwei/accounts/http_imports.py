"""Units and staff from an uploaded file. The same commands as at the keyboard; repeating an import changes nothing."""

from typing import Literal

from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from jingwei.accounts.commands import import_files
from jingwei.formats.imports import Told, for_a_screen
from jingwei.kernel.uploads import Uploading, bounded, only_file

router = Router(tags=["导入 imports"])
_bounded = decorate_view(bounded())


class TableIn(Schema):
    """`dry_run` "1", or left out: only checked. `sheet`: of a workbook."""

    dry_run: Literal["0", "1"] = "1"
    sheet: str = Field("", max_length=100)


class StaffIn(TableIn):
    """`url`: the address that one-time links begin with; this service's own if left out."""

    url: str = Field("", max_length=200)


@router.post("/import/units", response=Told, summary="导入单位表")
@_bounded
def units(request: Uploading, given: Form[TableIn], file: UploadedFile | None = File(None)) -> Told:  # noqa: B008
    """CSV 或 XLSX，放在 file 字段。dry_run 留空或为 1 时只检查，不写入。"""
    return for_a_screen(import_files.units_of_file(
        request.auth, only_file(request).read(), sheet=given.sheet or None, dry_run=given.dry_run == "1"))


@router.post("/import/staff", response=import_files.StaffTold, summary="导入人员与岗位表")
@_bounded
def staff(request: Uploading, given: Form[StaffIn],
          file: UploadedFile | None = File(None)) -> import_files.StaffTold:  # noqa: B008
    """系统管理员导入人员并得到一次性链接（只在这一次的回答里），安全管理员再导入同一文件授予岗位。"""
    return for_a_screen(import_files.staff_of_file(
        request.auth, only_file(request).read(), given.url or request.build_absolute_uri("/"),
        sheet=given.sheet or None, dry_run=given.dry_run == "1"))
