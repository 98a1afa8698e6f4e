"""Parts from an uploaded file. The same command as at the keyboard; repeating it changes nothing."""

from typing import Literal

from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from jingwei.formats.imports import Told, for_a_screen
from jingwei.kernel.uploads import Uploading, bounded, only_file
from jingwei.registry.commands import import_files

router = Router(tags=["导入 imports"])
Flag = Literal["0", "1"]
_bounded = decorate_view(bounded())


class PartsFileIn(Schema):
    """`dry_run` "1", or left out: only checked. `scheme`: by which the classes are coded; left out, the one offered.

    `crs`: of the coordinates, where the file does not name it. `layer`, `sheet`: of a file that has several.
    """

    dry_run: Flag = "1"
    scheme: str = Field("", max_length=40)
    crs: str = Field("", max_length=4000)
    layer: str = Field("", max_length=200)
    sheet: str = Field("", max_length=100)


@router.post("/import/parts", response=Told, summary="导入部件（图层，或带经纬度的表）")
@_bounded
def parts(request: Uploading, given: Form[PartsFileIn],
          file: UploadedFile | None = File(None)) -> Told:  # noqa: B008
    """GeoJSON、GeoPackage、装有 Shapefile 的 .zip，或 CSV、XLSX；列名用国家标准的名称或缩写。"""
    return for_a_screen(import_files.parts_of_file(
        request.auth, only_file(request).read(), scheme=given.scheme, crs=given.crs, layer=given.layer,
        sheet=given.sheet, dry_run=given.dry_run == "1"))
