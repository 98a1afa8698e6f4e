"""The codes of map layers and of polygons that are not what they should be."""

from typing import Any

from jingwei.kernel.errors import ErrorCode, Kind
from jingwei.kernel.wording import Words

_SHAPES = {
    "Point": "点", "MultiPoint": "多个点", "LineString": "线", "MultiLineString": "多条线", "LinearRing": "闭合的线",
    "Polygon": "面", "MultiPolygon": "多个面", "GeometryCollection": "几种图形的组合",
}


def shape_name(shape: Any) -> Words:
    """What kind of geometry it is."""
    return kind_name(shape.geom_type)


def kind_name(kind: str) -> Words:
    """What a kind of geometry is called; '' is none."""
    return Words(_SHAPES.get(kind, "别的图形"), kind) if kind else Words("没有图形", "none")


class ShapeError(ErrorCode):
    # layers
    LAYER_KIND = (
        "formats.layer_kind", Kind.UNSUPPORTED,
        "没有读取：这不是支持的地图图层（{found}）。请提供 GeoJSON、GeoPackage、Shapefile（.shp 或其 .zip 压缩包）或 DXF。",
        "Nothing was read: {found} is no supported map layer. Give GeoJSON, GeoPackage, a Shapefile (.shp or .zip) or a DXF.",
    )
    LAYER_BROKEN = (
        "formats.layer_broken", Kind.INVALID,
        "没有读取：图层文件损坏或内容不合格式（{why}）。请用制图软件打开检查并重新导出后再试。",
        "Nothing was read: the layer file is damaged or malformed ({why}). Open it in a GIS program, export it anew.",
    )
    LAYER_PART_MISSING = (
        "formats.layer_part_missing", Kind.INVALID,
        "没有读取：Shapefile 缺少 {parts}。请把同名的 .shp、.shx、.dbf、.prj 放在一起（或一并压缩）再试。",
        "Nothing was read: the Shapefile lacks {parts}. Keep .shp, .shx, .dbf and .prj together (or zip them).",
    )
    LAYER_CHOOSE = (
        "formats.layer_choose", Kind.INVALID,
        "没有读取：文件里有多个图层：{found}。请指明要读哪一个。",
        "Nothing was read: the file holds several layers: {found}. Say which one to read.",
    )
    LAYER_MISSING = (
        "formats.layer_missing", Kind.INVALID,
        "没有读取：文件里没有图层“{layer}”，只有：{found}。请改用其中之一。",
        "Nothing was read: the file has no layer \"{layer}\", only: {found}. Name one of these.",
    )
    LAYER_WITHOUT_FEATURES = (
        "formats.layer_without_features", Kind.REFUSED,
        "没有可以导入的：这个图层里一个要素也没有。请确认选对了图层，或重新导出。",
        "Nothing to import: this layer holds no feature at all. Check that it is the right one, or export it anew.",
    )
    KINDS_MIXED = (
        "formats.kinds_mixed", Kind.REFUSED,
        "不会全部采用：图层里混有几种图形（{found}），只采用与所选内容相符的一种，其余逐行退回。最好先在制图软件里分开。",
        "Not all will be taken: the layer mixes shapes ({found}); only those that fit are taken, the others refused by row. Better split it first.",
    )
    DRAWING_KIND = (
        "formats.drawing_kind", Kind.UNSUPPORTED,
        "没有读取：{found} 图纸不能直接读。请在制图软件里另存为文本（ASCII）格式的 DXF 后再试。",
        "Nothing was read: {found} cannot be read. Save the drawing as an ASCII DXF and try again.",
    )
    DRAWING_EMPTY = (
        "formats.drawing_empty", Kind.REFUSED,
        "没有读取：图纸里没有线、面、点（只有文字 {texts} 处、图块 {blocks} 处）。图块请先在制图软件里分解再另存。",
        "Nothing was read: the drawing holds no line, area or point ({texts} texts, {blocks} blocks). Explode its blocks and save it anew.",
    )
    TOO_MANY_FEATURES = (
        "formats.too_many_features", Kind.TOO_LARGE,
        "没有读取：图层里的要素超过 {most} 个。请按街道、社区拆成几份后分次导入。",
        "Nothing was read: the layer holds more than {most} features. Split it and import the parts.",
    )
    CLOSED_LINES = (
        "formats.closed_lines", Kind.REFUSED,
        "{count} 条线首尾闭合，没有按线采用：导入为建筑、绿地、水系或网格时当作面；导入为街巷时仍是线。请按图上画的是什么选图层。",
        "{count} lines are closed and not taken as lines: as buildings, greens, waters or grids they become areas, as streets they stay lines. Choose by what the drawing shows.",
    )
    TEXTS_LEFT_OUT = (
        "formats.texts_left_out", Kind.REFUSED,
        "图纸里的 {count} 处文字没有采用：只取图形。名称请另行填写或改用带属性的图层。",
        "{count} texts of the drawing were left out: only shapes are taken. Use a layer with attributes where names are needed.",
    )
    BLOCKS_LEFT_OUT = (
        "formats.blocks_left_out", Kind.REFUSED,
        "图纸里的 {count} 个图块没有采用。需要其中图形的，请在制图软件里分解图块后另存再导。",
        "{count} blocks of the drawing were left out. Explode them in the drawing program if their shapes are needed.",
    )
    HEIGHTS_LEFT_OUT = (
        "formats.heights_left_out", Kind.REFUSED,
        "高程（Z）和度量（M）值没有采用：这里只用平面位置。无需处理。",
        "Heights (Z) and measures (M) were left out: only the place is used. Nothing needs doing.",
    )
    CURVES_STRAIGHTENED = (
        "formats.curves_straightened", Kind.REFUSED,
        "文件里的曲线没有按原样采用：已按每 4 度一段改成折线。边界要求精确的，请在制图软件里先转为折线。",
        "Curves were not taken as they stand: they became lines of 4 degrees each. Where borders must be exact, convert them first.",
    )
    CRS_UNKNOWN = (
        "formats.crs_unknown", Kind.INVALID,
        "没有读取：文件没有写明坐标系（{why}）。请先看哪一种说得通（导入页，或 jingwei import look），向制图单位问明后用 crs 指明，例如 --crs EPSG:4547。",
        ("Nothing was read: the coordinate system is not stated ({why}). See which ones make sense (the import page, or "
         "jingwei import look), ask whoever made the map and pass crs, for example --crs EPSG:4547."),
    )
    CRS_NOT_UNDERSTOOD = (
        "formats.crs_not_understood", Kind.INVALID,
        "没有读取：不认识坐标系“{crs}”，或它是无法换算的地方坐标系。请用 crs（命令行 --crs）另行指明，或先由测绘单位转换为 CGCS2000。",
        ("Nothing was read: the coordinate system \"{crs}\" is unknown or a local one that cannot be converted. "
         "Pass another crs, or have the layer converted to CGCS2000 first."),
    )
    CRS_DOES_NOT_FIT = (
        "formats.crs_does_not_fit", Kind.REFUSED,
        "没有读取：坐标（如 {x}, {y}）与坐标系 {crs} 不相符，{why}。请核对后用 crs（命令行 --crs）指明正确的坐标系。",
        "Nothing was read: coordinates such as {x}, {y} do not fit {crs}: {why}. Check and pass the right crs.",
    )
    CRS_INEXACT = (
        "formats.crs_inexact", Kind.REFUSED,
        "坐标已换算但精度没有保证：{crs} 与 CGCS2000 的大地基准不同，缺少本地转换参数，可能偏差数十米。请用已知点核对。",
        ("Coordinates were converted without a guarantee: {crs} has another datum and no local parameters are known; "
         "tens of metres are possible. Check against known points."),
    )
    GEOMETRY_UNREADABLE = (
        "formats.geometry_unreadable", Kind.REFUSED,
        "这个要素没有采用：图形坐标的结构不对，读不出来。请在制图软件里重画或删去。",
        "This feature was not taken: its coordinates are malformed. Draw it again or remove it.",
    )
    GEOMETRY_MISSING = (
        "formats.geometry_missing", Kind.REFUSED,
        "这个要素没有采用：没有图形。请补画或删去。",
        "This feature was not taken: it has no geometry. Draw it or remove it.",
    )

    # polygons
    NOT_A_POLYGON = (
        "formats.not_a_polygon", Kind.REFUSED,
        "没有采用：图形是 {found}，不是面。请改用面要素。",
        "Not taken: the geometry is a {found}, no polygon. Use a polygon.",
    )
    POLYGON_EMPTY = (
        "formats.polygon_empty", Kind.REFUSED,
        "没有采用：面里没有任何坐标。请重画。",
        "Not taken: the polygon holds no coordinates. Draw it again.",
    )
    POLYGON_ZERO_AREA = (
        "formats.polygon_zero_area", Kind.REFUSED,
        "没有采用：面积为零，各点在一条线上或重合。请重画。",
        "Not taken: the area is zero, all points lie on one line or coincide. Draw it again.",
    )
    POINT_NOT_FINITE = (
        "formats.point_not_finite", Kind.REFUSED,
        "没有采用：坐标里有空值或无穷大。请改正坐标。",
        "Not taken: a coordinate is no finite number. Correct it.",
    )
    POINT_OUT_OF_RANGE = (
        "formats.point_out_of_range", Kind.REFUSED,
        "没有采用：坐标 {lon}, {lat} 超出经纬度范围。请核对坐标系。",
        "Not taken: {lon}, {lat} lies outside the range of longitude and latitude. Check the coordinate system.",
    )
    RING_UNCLOSED = (
        "formats.ring_unclosed", Kind.REFUSED,
        "未按原样采用：有一圈边界首尾没有闭合，已补上终点。请核对形状。",
        "Not taken as it stands: a ring was not closed; its first point was added at the end. Check the shape.",
    )
    POINTS_REPEATED = (
        "formats.points_repeated", Kind.REFUSED,
        "未按原样采用：有 {count} 个连续重复的点，已合并。无需处理。",
        "Not taken as it stands: {count} consecutive repeated points were merged. Nothing needs doing.",
    )
    SPIKE = (
        "formats.spike", Kind.REFUSED,
        "未按原样采用：在 {lon}, {lat} 有去而复返的尖刺。请核对形状。",
        "Not taken as it stands: a spike runs out and back at {lon}, {lat}. Check the shape.",
    )
    RING_CROSSES_ITSELF = (
        "formats.ring_crosses_itself", Kind.REFUSED,
        "未按原样采用：边界在 {lon}, {lat} 处自相交。请核对形状。",
        "Not taken as it stands: the ring crosses itself at {lon}, {lat}. Check the shape.",
    )
    RING_TOUCHES_ITSELF = (
        "formats.ring_touches_itself", Kind.REFUSED,
        "未按原样采用：边界在 {lon}, {lat} 处与自身相接。请核对形状。",
        "Not taken as it stands: the ring touches itself at {lon}, {lat}. Check the shape.",
    )
    HOLE_OUTSIDE_SHELL = (
        "formats.hole_outside_shell", Kind.REFUSED,
        "未按原样采用：有一个洞（在 {lon}, {lat}）不在外边界之内。请核对形状。",
        "Not taken as it stands: a hole at {lon}, {lat} does not lie inside its shell. Check the shape.",
    )
    RINGS_OVERLAP = (
        "formats.rings_overlap", Kind.REFUSED,
        "未按原样采用：几个部分或几个洞在 {lon}, {lat} 处重叠或沿边相接。请核对形状。",
        "Not taken as it stands: parts or holes overlap or share an edge at {lon}, {lat}. Check the shape.",
    )
    PART_COLLAPSED = (
        "formats.part_collapsed", Kind.REFUSED,
        "未按原样采用：有一部分或一个洞缩成了线或点（在 {lon}, {lat}），已略去。请核对形状。",
        ("Not taken as it stands: a part or hole has shrunk to a line or point at {lon}, {lat}; it was left out. "
        "Check the shape."),
    )
    POLYGON_REPAIRED = (
        "formats.polygon_repaired", Kind.REFUSED,
        "未按原样采用：面已自动修正，面积变化 {percent} %。请在地图上核对。",
        "Not taken as it stands: the polygon was repaired, its area changed by {percent} %. Check it on the map.",
    )
    POLYGON_NOT_REPAIRABLE = (
        "formats.polygon_not_repairable", Kind.REFUSED,
        "没有采用：面有错误，自动修正会使面积变化 {percent} %（上限 {limit} %）。请在制图软件里改正。",
        ("Not taken: the polygon is wrong and repair would change its area by {percent} % (limit {limit} %). "
         "Correct it in a GIS program."),
    )
    NOT_A_LINE = (
        "formats.not_a_line", Kind.REFUSED,
        "没有采用：图形是 {found}，不是线。请改用线要素。",
        "Not taken: the geometry is a {found}, no line. Use a line.",
    )
    LINE_WITHOUT_LENGTH = (
        "formats.line_without_length", Kind.REFUSED,
        "没有采用：线没有长度。请重画。",
        "Not taken: the line has no length. Draw it again.",
    )
