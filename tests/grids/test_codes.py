"""What the digits of a code say: GB/T 2260, GB/T 10114, the statistical 12 digits, unit grids of 15."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids import codes
from jingwei.grids.codes import Kind, Level, Scheme
from jingwei.grids.errors import GridError
from jingwei.kernel.errors import Refusal

DIVISIONS = [
    # code, level, kind, parent, gloss
    ("110000000000", Level.PROVINCE, Kind.PROVINCE, "", "a province has nobody above"),
    ("110100000000", Level.CITY, Kind.CITY, "110000000000", "a city"),
    ("110101000000", Level.COUNTY, Kind.COUNTY, "110100000000", "a district"),
    ("110110000000", Level.COUNTY, Kind.COUNTY, "110100000000", "a county whose own digits end in zero"),
    ("110101001000", Level.TOWN, Kind.STREET, "110101000000", "a street, 001-099"),
    ("110101100000", Level.TOWN, Kind.TOWN, "110101000000", "a town, 100-199"),
    ("110101399000", Level.TOWN, Kind.TOWNSHIP, "110101000000", "a township, 200-399"),
    ("110101599000", Level.TOWN, Kind.JOINT, "110101000000", "a joint unit, 400-599"),
    ("110101600000", Level.TOWN, None, "110101000000", "GB/T 10114 ends at 599"),
    ("110101001010", Level.VILLAGE, Kind.COMMUNITY, "110101001000", "a community ending in zero"),
    ("110101001200", Level.VILLAGE, Kind.VILLAGE, "110101001000", "a village from 200"),
    ("110101001400", Level.VILLAGE, Kind.QUASI_VILLAGE, "110101001000", "a quasi-village from 400"),
    ("441900003000", Level.TOWN, Kind.STREET, "441900000000", "a street right under its city"),
    ("429004001000", Level.TOWN, Kind.STREET, "429004000000", "of a county-level city under the province"),
]


@pytest.mark.parametrize(("code", "level", "kind", "parent", "gloss"), DIVISIONS, ids=lambda v: str(v))
def test_it_reads_a_division_code(code: str, level: Level, kind: Kind | None, parent: str,
                                  gloss: str) -> None:
    assert codes.division(code) == (level, kind, parent)


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True))
def test_the_parent_is_shorter_and_the_chain_ends(code: str) -> None:
    chain = [code]
    while parent := codes.division(chain[-1]).parent:
        assert codes.division(parent).level < codes.division(chain[-1]).level
        assert chain[-1].startswith(parent.rstrip("0"))
        chain.append(parent)
    assert codes.division(chain[-1]).level is Level.PROVINCE


SCHEMES = [
    ("110101001001", Scheme.DIVISION, "110101", "twelve digits"),
    ("110101001001001", Scheme.UNIT, "110101", "fifteen digits"),
    ("11010100100101", Scheme.OLD_UNIT, "110101", "fourteen digits of the older rule"),
    ("67000150013", Scheme.OTHER, "", "eleven digits from elsewhere stay what they are"),
    ("110101001001000", Scheme.OTHER, "", "sequence 000 is no unit grid"),
    ("110101001000001", Scheme.OTHER, "", "a unit grid stands in a community, not in a street"),
    ("000101001001", Scheme.OTHER, "", "no province is called 00"),
    ("１１０１０１００１００１", Scheme.OTHER, "", "full-width digits are not digits"),
    ("A-03", Scheme.OTHER, "", "a cell of a laboratory"),
]


@pytest.mark.parametrize(("code", "scheme", "county", "gloss"), SCHEMES, ids=[s[3] for s in SCHEMES])
def test_it_tells_schemes_apart(code: str, scheme: Scheme, county: str, gloss: str) -> None:
    assert codes.scheme_of(code) is scheme
    assert codes.county_of(code) == county


@pytest.mark.parametrize("code", ["", " ", "１１", "①", "a b", "x" * 33, "-1", "汉", "a/b", "1\n2"])
def test_it_refuses_what_is_no_plain_code(code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        codes.clean_code(code)
    assert refusal.value.reason is GridError.BAD_CODE


def test_it_trims_a_code_and_takes_other_schemes_as_they_are() -> None:
    """Standards section 9: foreign codes of eleven digits are accepted."""
    assert codes.clean_code("\u3000 67000150013 ") == "67000150013"
    assert codes.clean_code("A-03") == "A-03"


@pytest.mark.parametrize(("short", "whole"), [("11", "110000000000"), ("1101", "110100000000"),
                                              ("110101", "110101000000"), ("110101001", "110101001000")])
def test_it_fills_up_a_code_cut_after_its_level(short: str, whole: str) -> None:
    assert codes.padded_division(short) == whole


@pytest.mark.parametrize("short", ["1", "110", "11010", "00", "１１", "11010100100", ""])
def test_it_refuses_to_fill_up_other_lengths(short: str) -> None:
    with pytest.raises(Refusal):
        codes.padded_division(short)


def test_it_takes_a_unit_code_apart_and_puts_it_together() -> None:
    """Standards section 2.2: 6 + 3 + 3 + 3 digits."""
    assert codes.unit_code("110101001001007") == codes.UnitCode("110101001001", 7)
    assert str(codes.UnitCode("110101001001", 7)) == "110101001001007"
    assert str(codes.from_old_unit_code("11010100100107")) == "110101001001007"


@pytest.mark.parametrize("text", ["110101001001000", "110101001000001", "11010100100107", "67000150013",
                                  "１" * 15])
def test_it_refuses_what_is_no_unit_code(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        codes.unit_code(text)
    assert refusal.value.reason is GridError.BAD_UNIT_CODE


def test_a_void_code_is_never_given_again() -> None:
    """Product G2: retired codes are never reused."""
    used = {f"110101001001{n:03d}" for n in (1, 2, 4)}
    assert str(codes.next_unit_code("110101001001", used)) == "110101001001003"


def test_the_thousandth_unit_of_a_community_is_refused() -> None:
    used = {f"110101001001{n:03d}" for n in range(1, 1000)}
    with pytest.raises(Refusal) as refusal:
        codes.next_unit_code("110101001001", used)
    assert refusal.value.reason is GridError.CODES_EXHAUSTED
