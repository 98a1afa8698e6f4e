"""Attribute texts: which encoding, why, and how sure (never mojibake without a word)."""

from pathlib import Path

import numpy as np
import pytest

from jingwei.formats.encodings import decide, decoder, told
from jingwei.formats.errors import FormatError
from jingwei.formats.layers import read_layer
from jingwei.kernel.errors import Refusal
from tests.formats.test_layers import BLOCK, refused, write, zipped

NAMES = ["南山街道办事处", "粤海街道文心社区", "沙河街道华侨城社区", "西丽街道大学城社区"]
FEW = ["陈村"]
ODD = ["龘靐齉爩麤灪龖厵"]  # nobody's names


def bytes_of(names: list[str], codec: str) -> list[bytes]:
    return [name.encode(codec) for name in names]


@pytest.mark.parametrize(("names", "codec", "cpg", "language", "found", "sure", "stated"), [
    (NAMES, "gb18030", "GBK", 0, "GBK", "yes", ""),
    (NAMES, "gb18030", "936", 0x4D, "GBK", "yes", ""),
    (NAMES, "gb18030", "", 0x4D, "GBK", "yes", ""),        # the .dbf itself says so
    (NAMES, "gb18030", "", 0x57, "GBK", "likely", ""),     # by trial
    (NAMES, "gb18030", "UTF-8", 0, "GBK", "likely", "UTF-8"),
    (NAMES, "gb18030", "UTF-8", 0x4D, "GBK", "yes", "UTF-8"),
    (NAMES, "utf-8", "UTF-8", 0, "UTF-8", "yes", ""),
    (NAMES, "utf-8", "", 0, "UTF-8", "yes", ""),           # nothing else can be
    (NAMES, "utf-8", "GBK", 0, "UTF-8", "likely", "GBK"),
    (NAMES, "utf-8", "nonsense", 0, "UTF-8", "yes", ""),
    (["臺北市大安區和平東路", "臺南市中西區民權路", "高雄市左營區"], "cp950", "", 0, "Big5", "likely", ""),
    (["臺北市大安區和平東路", "臺南市中西區民權路", "高雄市左營區"], "cp950", "Big5", 0, "Big5", "yes", ""),
    (FEW, "gb18030", "", 0, "GBK", "likely", ""),
    (FEW, "gb18030", "GBK", 0, "GBK", "yes", ""),
    (["A1", "B2"], "ascii", "GBK", 0, "ASCII", "yes", ""),
    (ODD, "gb18030", "", 0, "GBK", "no", ""),
])
def test_the_encoding_and_how_sure_it_is(
        names: list[str], codec: str, cpg: str, language: int, found: str, sure: str, stated: str) -> None:
    encoding = decide(bytes_of(names, codec), cpg=cpg, language=language)
    assert (encoding.name, encoding.sure, encoding.stated) == (found, sure, stated)
    assert encoding.why.zh
    assert encoding.why.en
    if encoding.codec:
        decode = decoder(encoding)
        assert [decode(data.decode("latin-1")) for data in bytes_of(names, codec)] == names


def test_what_a_person_says_is_believed_as_far_as_it_can_be_read() -> None:
    assert decide(bytes_of(NAMES, "cp936"), said="gbk").sure == "yes"
    with pytest.raises(Refusal) as refusal:
        decide(bytes_of(NAMES, "cp936"), said="UTF-8")
    assert refusal.value.reason is FormatError.ENCODING_NOT_THIS
    for name in ("", "hex", "zip", "latin-9", "x" * 99, "utf-7"):
        with pytest.raises(Refusal) as refusal:
            told(name)
        assert refusal.value.reason is FormatError.ENCODING_NAME


@pytest.mark.parametrize("cpg", ["hex", "zip", "idna", "undefined", "utf-7", "punycode", "x" * 5000, "\x00"])
def test_a_cpg_full_of_rubbish_changes_nothing(cpg: str) -> None:
    assert decide(bytes_of(NAMES, "gb18030"), cpg=cpg).codec == "gb18030"


def shapefile(folder: Path, encoding: str, cpg: bytes | None, names: list[str] = NAMES) -> Path:
    path = write(folder / "a.shp", [BLOCK] * len(names), columns={"名称": np.array(names, dtype=object)}, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_bytes(cpg)
    return path


@pytest.mark.parametrize(("encoding", "cpg", "codes"), [
    ("GBK", None, []), ("GBK", b"GBK", []), ("UTF-8", b"UTF-8", []),
    ("GBK", b"UTF-8", [FormatError.ENCODING_OTHER]), ("UTF-8", b"GBK", [FormatError.ENCODING_OTHER])])
def test_a_wrong_cpg_is_remarked_with_a_sample(encoding: str, cpg: bytes | None, codes: list[FormatError], tmp_path: Path) -> None:
    path = shapefile(tmp_path, encoding, cpg)
    for source in (path, zipped(tmp_path)):
        layer = read_layer(source)
        assert [one.properties["名称"] for one in layer] == NAMES
        assert [one.reason for one in layer.findings] == codes
        for remark in layer.findings:
            assert remark.details["sample"] in NAMES


def test_texts_that_make_no_sense_are_remarked(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "GBK", None, ODD)
    path.with_suffix(".dbf").write_bytes(_unmarked(path.with_suffix(".dbf").read_bytes()))
    [remark] = read_layer(path).findings
    assert (remark.reason, remark.details) == (FormatError.ENCODING_DOUBTFUL, {"name": "GBK", "sample": ODD[0]})
    assert refused(path, encoding="UTF-8").reason is FormatError.ENCODING_NOT_THIS
    assert read_layer(path, encoding="GBK").findings == ()


def _unmarked(dbf: bytes) -> bytes:
    """Without the byte that names the language; the field's name, which is plain Chinese, made ASCII."""
    return (dbf[:29] + b"\x00" + dbf[30:]).replace("名称".encode("gbk"), b"name")
