"""Telephone and identity numbers in free text: found, masked, put back; everything else stays (S3, T7).

All numbers are samples: 13800138000 is an operator's service number, the identity numbers are those printed in
GB 11643-1999 or computed from its formula for invented people.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.masking import Found, Masked, mask, unmask

ID = "11010519491231002X"


def numbers(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.number) for found in mask(text).values]


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000", "138-0013-8000", "138—0013—8000", "138 - 0013 - 8000", "1380 013 8000", "138 00138000",
        "1380013 8000", "138 001 38000", "13800 138000", "13800 138 000", "138.0013.8000", "138·0013·8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "+8613800138000", "+86 138 0013 8000", "+86-138-0013-8000", "008613800138000", "8613800138000",
        "86-13800138000", "(+86)13800138000", "（86）138 0013 8000", "013800138000",
        "１３８００１３８０００", "１３８－００１３－８０００", "＋８６　１３８００１３８０００", "138　0013　8000",
        "138\u200b0013\u200b8000", "1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8\u200b0\u200b0\u200b0",
        "138\u00a00013\u00a08000", "٠١٣٨٠٠١٣٨٠٠٠", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(written: str) -> None:
    text = f"请联系王示例{written}，谢谢"
    masked = mask(text)
    assert masked.text == "请联系王示例〔电话1〕，谢谢"
    assert [(found.kind, found.number) for found in masked.values] == [("phone", "13800138000")]
    assert unmask(masked.text, masked.values) == text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("010-62345678", "01062345678"), ("010 6234 5678", "01062345678"), ("01062345678", "01062345678"),
        ("(010)62345678", "01062345678"), ("（０１０）６２３４５６７８", "01062345678"),
        ("0755-26543210", "075526543210"), ("0755 2654 3210", "075526543210"), ("075526543210", "075526543210"),
        ("0359-2345678", "03592345678"),  # a seven-digit number
        ("+86 10 62345678", "01062345678"), ("+86-755-26543210", "075526543210"), ("86-10-62345678", "01062345678"),
        ("0755-26543210转801", "075526543210"), ("0755-26543210-801", "075526543210"),
        ("0755-26543210 ext. 801", "075526543210"),
        ("06-2991111", "062991111"), ("(06)299-1111", "062991111"), ("02-2345-6789", "0223456789"),  # Taiwan
        ("0912-345-678", "0912345678"), ("0912345678", "0912345678"), ("0912 345 678", "0912345678"),
        ("+886 912 345 678", "0912345678"), ("+886-912-345-678", "0912345678"), ("０９１２－３４５－６７８", "0912345678"),
    ],
)
def test_landlines_and_taiwanese_numbers_are_found(written: str, number: str) -> None:
    text = f"聯絡人李演示：{written}。"
    masked = mask(text)
    assert masked.text == "聯絡人李演示：〔电话1〕。"
    assert numbers(text) == [("phone", number)]
    assert unmask(masked.text, masked.values) == text


@pytest.mark.parametrize(
    "text", ["电话：62345678", "电话62345678", "联系方式 6234-5678", "手机号码为2345678", "請致電 2991111", "tel: 62345678"],
)
def test_a_number_without_area_code_is_found_where_a_word_announces_it(text: str) -> None:
    masked = mask(text)
    assert "〔电话1〕" in masked.text
    assert not re.search(r"\d{4}", masked.text)


@pytest.mark.parametrize(
    "written",
    [
        ID, ID.lower(), "110105 19491231 002X", "110105-19491231-002x", "1101 0519 4912 3100 2X", "110105 1949 1231 002X",
        "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002×", "11010519491231002 X", "110105\u200b19491231\u200b002X",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(written: str) -> None:
    text = f"王示例（{written}）申请"
    masked = mask(text)
    assert masked.text == "王示例（〔证件1〕）申请"
    assert numbers(text) == [("identity", ID)]
    assert unmask(masked.text, masked.values) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("440524188001010014", [("identity", "440524188001010014")]),  # the standard's second sample
        ("130503670401001", [("identity", "130503670401001")]),  # fifteen digits, as issued until 1999
        ("130503 670401 001", [("identity", "130503670401001")]),
        # mistyped, but called what it is
        ("身份证号：110105194912310021", [("identity", "110105194912310021")]),
        ("身份證 11010519491331002X", [("identity", "11010519491331002X")]),
        ("证件号码440305200101001", [("identity", "440305200101001")]),
        (f"{ID} 13800138000", [("identity", ID), ("phone", "13800138000")]),
        (f"13800138000/{ID}", [("phone", "13800138000"), ("identity", ID)]),
    ],
)
def test_identity_numbers_are_told_by_check_digit_date_or_word(text: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(text) == expected


SURVIVORS = [
    # house and room numbers
    "南区文南路105巷56号", "永福路一段115号3楼之2", "12-3-401室", "1380号院2幢1501室", "13栋1单元3801房", "708台灣台南市安平區",
    "A座1-1501至1-1508", "电杆编号：01808600 路灯不亮", "京A12345", "粤B·D12345",
    # case, grid, part and other codes
    "UN201601040199", "案号20260305000123", "案件编号13912345678", "工单号：15800001234", "No.13912345678", "№ 13912345678",
    "鲁公交决字〔2016〕第13912345678号", "国办函〔2026〕12号", "130102001001", "440305001001001", "网格440305301101001",
    "单元网格标识码 440305320101001", "部件3205080101000001", "统一社会信用代码91350100M000100Y43",
    "018f3a5c-7b1e-7c3d-9a2f-138001380001", "d41d8cd98f00b204e9800998ecf8427e", "编号0755-26543210",
    "67000150013", "6212260000000000000",
    # eighteen digits that are nobody's number: wrong check digit, no such day, parts of two numbers
    "110105194912310021", "110105194902310029", "201601180101 2016-01", "123456789012345678",
    # coordinates
    "113.94615213800, 22.49755913900", "120.13812345678,22.9848030", "22.984170077838716 120.19980501383543",
    "坐标 22.13800138000", "经度113.13800138000 纬度22.13912345678", "lat=39.13800138000", "POINT(138.5 36.1)",
    "500000.123, 2500000.456", "E116°24′15″", "(116.404, 39.915)",
    # dates and times
    "2026-03-05 08:30:00", "2026年3月5日8时30分", "20260305083000", "2016-01-04至2016-01-15", "20160104-20160115", "08:30-17:30",
    "1949-12-31", "13/01/2026", "1380年前",
    # money and amounts
    "15000000000元", "合计13800138000.00元", "¥13800138000", "￥ 15912345678.5", "人民币13800138000", "13,800,138,000",
    "补助1380元", "长150米宽200米", "33.5平方米", "100000000㎡", "约1500-2000元", "13800138000.5",
    # public numbers
    "请拨打12345", "119、110、120", "400-800-1234", "热线96333",
    # too short or too long
    "1380013800", "138001380001", "12800138000", "138-0013-800", "138-0013-80001", "010-6234567", "0000-0000",
]


@pytest.mark.parametrize("text", SURVIVORS)
def test_what_is_no_number_of_a_person_stays_readable(text: str) -> None:
    for around in (text, f"说明：{text}，请处理。"):
        assert mask(around) == Masked(around, ())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("1.13800138000 2.13900139000", "1.〔电话1〕 2.〔电话2〕"),  # a numbered list, no coordinates
        ("13800138000元旦值班", "〔电话1〕元旦值班"),  # New Year's Day, no money
        ("13800138000、13900139000", "〔电话1〕、〔电话2〕"),
        ("13800138000/010-62345678", "〔电话1〕/〔电话2〕"),
        ("微信wx13800138000", "微信wx〔电话1〕"),
        ("支付宝账号13800138000", "支付宝账号〔电话1〕"),
        ("13800138000和13800138000", "〔电话1〕和〔电话1〕"),  # written alike: one token
        ("13800138000和138-0013-8000", "〔电话1〕和〔电话2〕"),  # written twice: both must come back as they were
        ("南区文南路105巷56号王示例13800138000反映", "南区文南路105巷56号王示例〔电话1〕反映"),
        (f"2026-03-05 13800138000 {ID} 116.404,39.915", "2026-03-05 〔电话1〕 〔证件1〕 116.404,39.915"),
        ("138-0013-8000.139-0013-9000", "〔电话1〕.〔电话2〕"),
        ("13800138000\n13900139000", "〔电话1〕\n〔电话2〕"),
    ],
)
def test_numbers_are_found_among_other_things(text: str, masked: str) -> None:
    result = mask(text)
    assert result.text == masked
    assert unmask(result.text, result.values) == text


def test_the_same_person_written_twice_has_one_number() -> None:
    first, second = mask("13800138000和+86 138-0013-8000").values
    assert first.number == second.number
    assert first.token != second.token


def test_a_token_that_is_already_there_is_never_used_again() -> None:
    """An edited text holds the tokens of before; somebody may also simply type one."""
    text = "〔电话1〕和〔电话3〕的说明：13800138000、13900139000"
    masked = mask(text)
    assert masked.text == "〔电话1〕和〔电话3〕的说明：〔电话2〕、〔电话4〕"
    assert unmask(masked.text, masked.values) == text


def test_unmasking_needs_the_values_and_leaves_other_tokens_alone() -> None:
    values = (Found("〔电话1〕", "phone", "13800138000", "13800138000"),)
    assert unmask("〔电话1〕〔电话11〕〔证件1〕", values) == "13800138000〔电话11〕〔证件1〕"
    assert unmask("〔电话1〕", ()) == "〔电话1〕"


PIECES = st.one_of(
    st.sampled_from([
        "13800138000", "138-0013-8000", "+86", "010-62345678", ID, "110105", "电话", "身份证", "〔电话1〕", "〔证件2〕", " ", "-", ".",
        "元", "第", "号", "编号", "120.1234567", "x", "X", "\u200b", "（", "）", "转801", "0912345678", "２",
    ]),
    st.text(st.sampled_from("0123456789 -.Xx"), max_size=24),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_masking_is_undone_exactly_and_finds_nothing_new_the_second_time(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.values) == text
    assert mask(masked.text).values == ()
    assert all(found.text in text and found.token not in text for found in masked.values)
    assert all(re.fullmatch("[0-9]{7,17}[0-9X]?", found.number) for found in masked.values)


def check_digit(seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


@given(
    st.sampled_from(["110105", "440305", "659006", "820000"]), st.dates().filter(lambda day: 1900 <= day.year <= 2099),
    st.integers(0, 999), st.sampled_from(["", "身份证", "他是", "（", "ID:"]), st.sampled_from(["", "。", "的", "，电话"]),
)
def test_every_valid_identity_number_is_found(place: str, day: object, serial: int, before: str, after: str) -> None:
    number = f"{place}{str(day).replace('-', '')}{serial:03}"
    number += check_digit(number)
    assert mask(before + number + after).text == f"{before}〔证件1〕{after}"


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "电话", "请拨打", "微信", "tel:", "（"]),
       st.sampled_from(["", "。", "联系我", "）", " 谢谢"]))
def test_every_mobile_number_is_found(number: str, before: str, after: str) -> None:
    assert mask(before + number + after).text == f"{before}〔电话1〕{after}"


def test_a_long_text_is_masked_without_delay() -> None:
    """Digits without end must not make the patterns try every way of grouping."""
    assert mask("1 " * 20_000).values == ()
    assert mask("138-" * 10_000).values == ()
    assert mask("1" * 40_000).values == ()
    assert len(mask("138-0013-8000." * 2_000).values) == 1
    assert len(mask("".join(f"1380013{n:04}、" for n in range(2_000))).values) == 2_000
