"""Pure rules of parts: numbers, words, days, credit codes, columns, shapes."""

from datetime import date

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as some

from jingwei.registry.parts import credit_code, fields, numbers, shapes
from jingwei.registry.parts.days import day_in, packed
from jingwei.registry.parts.states import accuracy_in, state_in


@pytest.mark.parametrize(("number", "expected"), [
    ("3205080101000001", ("320508", "0101", 1)), ("32050801001000001", ("320508", "01001", 1)),
    ("32050801010000", None), ("", None), ("３２０５０８０１０１０００００１", None), ("32050801001000001x", None),
    ("3205080100100000123456", None), ("32050801001999999", ("320508", "01001", 999999))])
def test_a_number_is_taken_apart(number: str, expected: tuple[str, str, int] | None) -> None:
    """Standards §3.2: 16 digits by the scheme of 2013, 17 by that of 2026."""
    assert numbers.apart(number) == expected


@given(some.integers(1, numbers.LAST), some.sampled_from(["0101", "01001", "99999"]))
def test_a_number_made_is_taken_apart_again(sequence: int, class_code: str) -> None:
    number = numbers.made(numbers.prefix("320508", class_code), sequence)
    assert numbers.apart(number) == ("320508", class_code, sequence)
    assert len(number) == numbers.length(class_code)


@pytest.mark.parametrize(("first", "taken", "count", "expected"), [
    (1, [], 2, [1, 2]), (1, [1, 3], 3, [2, 4, 5]), (5, [1, 2], 1, [5]), (999_999, [], 2, [999_999]), (999_999, [999_999], 1, [])])
def test_free_sequences_pass_over_those_in_use(first: int, taken: list[int], count: int, expected: list[int]) -> None:
    assert numbers.free(first, taken, count) == expected


@pytest.mark.parametrize(("before", "code"), [("32050", "01001"), ("32050a", "01001"), ("320508", "1"), ("３２０５０８", "01001")])
def test_what_is_no_prefix_is_refused(before: str, code: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        numbers.prefix(before, code)


def test_the_check_sign_of_a_credit_code() -> None:
    """GB 32100-2015; the body is made up, the sign follows."""
    body = "12990101MB1X00001"
    code = body + credit_code.check_sign(body)
    assert not credit_code.doubtful(code)
    assert not credit_code.doubtful(f" {code.lower()} ")
    for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        assert credit_code.doubtful(body + sign) == (sign != code[-1])
    assert credit_code.doubtful(body[:-1] + "I" + code[-1]), "I is no sign of these codes"
    assert not credit_code.doubtful("CG-01"), "a code of another kind is not judged"


@pytest.mark.parametrize(("body", "place"), [("12990101MB1X00001", place) for place in range(17)])
def test_one_changed_digit_is_always_found(body: str, place: int) -> None:
    code = body + credit_code.check_sign(body)
    changed = code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1:]
    assert credit_code.doubtful(changed)


@pytest.mark.parametrize(("text", "expected"), [
    ("20260701", date(2026, 7, 1)), ("2026-07-01", date(2026, 7, 1)), ("2026/7/1", date(2026, 7, 1)), ("2026年7月1日", date(2026, 7, 1)),
    ("2026-07-01 00:00:00", date(2026, 7, 1)), ("20260230", None), ("", None), ("18991231", None), ("2026", None), ("２０２６０７０１", None)])
def test_days_as_tables_write_them(text: str, expected: date | None) -> None:
    assert day_in(text) == expected
    assert packed(expected) == (expected.strftime("%Y%m%d") if expected else "")


@pytest.mark.parametrize(("word", "code"), [("完好", "intact"), ("丢失", "lost"), ("removed", "removed"), ("坏", None), ("", None)])
def test_states_by_both_names(word: str, code: str | None) -> None:
    assert state_in(word) == code


@pytest.mark.parametrize(("word", "letter"), [("a", "A"), ("B类", "B"), ("C级", "C"), ("", ""), ("D", None)])
def test_classes_of_accuracy(word: str, letter: str | None) -> None:
    assert accuracy_in(word) == letter


def test_both_names_of_the_standard_are_columns_and_those_before_too() -> None:
    """Standards §3.3, table 2: eighteen fields."""
    assert len(fields.STANDARD) == 18
    for name in (lambda column: column.zh, lambda column: column.abbr, lambda column: column.abbr.lower()):
        assert list(fields.keys_of([name(column) for column in fields.COLUMNS]).values()) == [
            column.key for column in fields.COLUMNS]
    assert fields.keys_of(["ObjID", "ObjName", "OBJSTATE", "别的"]) == {"ObjID": "number", "ObjName": "name", "OBJSTATE": "state"}
    assert fields.keys_of(["GLBJBSM", "管理部件标识码"]) == {"GLBJBSM": "number"}, "the first of two that mean the same"


def test_the_export_writes_every_column_by_either_name() -> None:
    assert fields.headers()[:2] == ("管理部件标识码", "管理部件名称")
    assert fields.told({"number": "1"}, abbreviated=True)["GLBJBSM"] == "1"
    assert tuple(fields.told({}, abbreviated=True)) == fields.headers(abbreviated=True)


@pytest.mark.parametrize(("shape", "kind", "spot"), [
    (shapely.Point(120, 30), "point", (120, 30)), (shapely.MultiPoint([(120, 30)]), "point", (120, 30)),
    (shapely.Point(120, 30, 5), "point", (120, 30)),
    (shapely.LineString([(120, 30), (120.002, 30)]), "line", (120.001, 30)),
    (shapely.box(120, 30, 120.002, 30.002), "polygon", None)])
def test_a_part_is_a_point_a_line_or_a_surface(shape: shapely.Geometry, kind: str, spot: tuple[float, float] | None) -> None:
    found, remarks = shapes.checked(shape)
    assert found is not None
    assert (found.kind, remarks) == (kind, ())
    assert not shapely.has_z(shapely.from_wkb(found.wkb))
    if spot:
        assert (found.lon, found.lat) == pytest.approx(spot)
    else:
        assert shape.contains(shapely.Point(found.lon, found.lat))


@pytest.mark.parametrize("shape", [
    None, shapely.Point(), shapely.Point(float("nan"), 1), shapely.Point(200, 10), shapely.MultiPoint([(1, 1), (2, 2)]),
    shapely.GeometryCollection([shapely.Point(1, 1)]), shapely.LineString([(1, 1), (1, 1)]),
    shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)])])
def test_what_cannot_be_a_part_is_named(shape: shapely.Geometry | None) -> None:
    found, remarks = shapes.checked(shape)
    assert found is None
    assert remarks[0].text()


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x01\x01\x00\x00\x00", b"\xff" * 40, b"\x00" * 300_000])
def test_bytes_that_are_no_shape_are_named(data: bytes) -> None:
    assert shapes.from_wkb(data)[0] is None


@pytest.mark.parametrize("geometry", [{}, {"type": "Point"}, {"type": "Point", "coordinates": ["a", 1]}, {"type": "Point", "coordinates": None},
                                      {"type": "Polygon", "coordinates": 5}, {"type": "Circle", "coordinates": [1, 1]}, {"type": ["x"]}])
def test_geojson_that_is_no_shape_is_named(geometry: dict[str, object]) -> None:
    assert shapes.from_geojson(geometry)[0] is None


def test_metres_between_points() -> None:
    assert shapes.metres(120, 30, 120, 30.001) == pytest.approx(111.2, rel=0.002)
    assert shapes.metres(120, 60, 120.001, 60) == pytest.approx(55.6, rel=0.002)
