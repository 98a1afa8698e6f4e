"""What refusals say: Chinese readers hear Chinese, English readers English, and every text has an end."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from jingwei.accounts.errors import AccountError, no_right
from jingwei.accounts.rights import Right
from jingwei.journal import rights as journal_rights
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import ErrorCode
from jingwei.kernel.wording import Words
from tests.architecture.tree import ROOT, SOURCE, python_files

# Names that Chinese readers write in Latin letters themselves, and what a keyboard types.
NAMES = frozenset(["ASCII", "BD", "Big", "CGCS", "CSRF", "CSV", "DOCX", "DWG", "DXF", "Excel", "EPSG", "FE", "GB", "GBK", "GCJ", "GDAL", "GPS", "GeoJSON", "GeoPackage", "HEIC", "HEIF", "HTML", "HTTP", "ID", "Idempotency", "JPEG", "JSON", "KB", "MB", "ETag", "Linux", "NUL", "Office", "PDF", "PKCS", "PNG", "PostgreSQL", "SQLite", "SVG", "Shapefile", "TOML", "TSV", "UTC", "UTF", "UTM", "UUID", "UUIDv", "UTF", "WGS", "WKT", "WebP", "XLSX", "XML", "ZIP", "zip", "gzip", "Android", "Windows", "Java", "macOS", "WebAssembly", "GIF", "RAR", "URL", "DNS", "IP", "API", "UnicodeError"])
# Words of the program that are typed as they stand: commands, options, files, fields, values.
TYPED = re.compile(
    r"(jingwei( --home \{\w+\})?( [a-z]+)+( \{\w+\})?( --[a-z-]+)*|--[a-z-]+|JINGWEI_[A-Z]+|[A-Z]+-[A-Za-z-]*Token|"
    r"X-CSRFToken|Idempotency-Key|Asia/Shanghai|\.[a-z]{2,}|settings\.toml|(sqlite|postgresql)(://[^，。]*)?|\{\w+\}|"
    r"holiday-cn|application/json|by-place|crs(=EPSG:\d+)?|\b[a-z]+_[a-z_]+\b|\b(off|work|main|deputy|member|file|files|serve|demo|states|days|papers|"
    r"https|starttls|tls|none|phone|text|mobile|content|notice|example|cn|hosts|department|streets|buildings|water|green|features|true|false|isOffDay|init|doctor|under|level|code|name)\b)")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile("[一-龥]")


def refusals() -> list[ErrorCode]:
    for path in SOURCE.rglob("*.py"):
        if path.name.endswith("errors.py") or path.name in ("findings.py", "faults.py", "defects.py"):
            importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))
    found: list[ErrorCode] = []
    kinds = list(ErrorCode.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("jingwei."):
            found += list(kind)
    return found


def english_in(text: str) -> list[str]:
    """The English words of a Chinese text that are no names and nothing that is typed."""
    left = TYPED.sub(" ", text)
    return [word for word in ENGLISH.findall(left) if word not in NAMES]


@pytest.mark.parametrize("reason", refusals(), ids=lambda reason: str(reason.code))
def test_a_refusal_speaks_the_language_of_its_reader(reason: ErrorCode) -> None:
    assert english_in(reason.zh) == []
    assert not CHINESE.search(reason.en)
    assert reason.zh.endswith(("。", "}"))


def test_words_of_details_never_mix_languages() -> None:
    """Every pair of words in the source, as it is written there."""
    mixed = []
    for path in python_files("src"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words" and len(node.args) >= 2:
                zh, en = (_plain(each) for each in node.args[:2])
                if english_in(zh) or CHINESE.search(en):
                    mixed.append(f"{path.relative_to(ROOT)}:{node.lineno} {zh} | {en}")
    assert mixed == []


def test_no_detail_of_a_refusal_says_the_same_in_both_languages_at_once() -> None:
    """'空文件 an empty file' once reached both readers; such a detail is a pair of Words."""
    both = re.compile(r"[一-龥]）?[ ，]*[A-Za-z]{2,} [A-Za-z]{2,}")
    mixed = []
    for path in python_files("src"):
        mixed += [f"{path.relative_to(ROOT)}:{line} {text}" for line, text in _details(path) if both.search(TYPED.sub("", text))]
    assert mixed == []


@pytest.mark.parametrize("right", list(Right), ids=lambda right: str(right.value))
def test_a_right_is_named_in_chinese_and_the_reason_is_the_true_one(right: Right) -> None:
    nobody, elsewhere = Actor(None, "nobody"), Actor(None, "w", (Grant("area_admin", "1/2/", frozenset({right.value})),))
    refused, held = no_right(nobody, right), no_right(elsewhere, right)
    assert (refused.reason, held.reason) == (AccountError.NO_RIGHT, AccountError.RIGHT_ELSEWHERE)
    for refusal in (refused, held):
        assert right.value not in refusal.text()
        assert right.value in refusal.text("en")
        assert str(refusal.details["right"]) == right.value


def test_who_lacks_a_right_is_refused_in_one_place() -> None:
    """A command that raises NO_RIGHT itself tells those who hold the right elsewhere that they do not have it."""
    raising = {path.relative_to(SOURCE).as_posix() for path in python_files("src") if "AccountError.NO_RIGHT" in path.read_text("utf-8")}
    assert raising == {"accounts/errors.py"}


def test_the_journal_calls_its_rights_as_accounts_do() -> None:
    named = {str(words): words.zh for words in vars(journal_rights).values() if isinstance(words, Words)}
    assert named == {name: Right(name).told.zh for name in named}
    assert len(named) == 4


def _plain(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "1" for each in node.values)
    return ""


def _details(path: Path) -> list[tuple[int, str]]:
    """Texts given to refusals and findings."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Refusal", "finding", "found"):
            found += [(node.lineno, _plain(each)) for word in node.keywords for each in ast.walk(word.value)]
    return found
