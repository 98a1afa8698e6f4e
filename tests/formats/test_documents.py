"""Attachments: known kinds only, whole, of a sane size, and nothing in them that runs (C1, S2, T3)."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jingwei.formats import documents
from jingwei.formats.documents import sniff_document
from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml", "word/media/image1.png")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (DOCX, "docx"),
        (workbook(), "xlsx"),
        ("会议记录\n一、井盖破损……\n".encode(), "text"),
        ("会议记录".encode("gbk"), "text"),
        ("会议记录".encode("utf-16"), "text"),
        (b"MZ is how this note begins", "text"),
        (b"a < b and b > c", "text"),
        (b"1,2\n3,4\n", "text"),
    ],
)
def test_known_kinds_are_told_by_their_bytes(data: bytes, kind: str) -> None:
    assert sniff_document(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FormatError.FILE_EMPTY),
        (b" \n\x00", FormatError.FILE_EMPTY),
        (b"MZ\x90\x00\x03" + bytes(100), FormatError.DOCUMENT_ACTIVE),
        (b"\x7fELF\x02\x01\x01", FormatError.DOCUMENT_ACTIVE),
        (b"\xcf\xfa\xed\xfe\x07", FormatError.DOCUMENT_ACTIVE),
        (b"#!/bin/sh\nrm -rf /\n", FormatError.DOCUMENT_ACTIVE),
        (b"@echo off\r\ndel *.*\r\n", FormatError.DOCUMENT_ACTIVE),
        ("@echo off\r\n".encode("utf-16"), FormatError.DOCUMENT_ACTIVE),
        (b"<!DOCTYPE html><script>alert(1)</script>", FormatError.DOCUMENT_ACTIVE),
        ("说明<script src=x>".encode(), FormatError.DOCUMENT_ACTIVE),
        (b"<svg onload=alert(1)>", FormatError.DOCUMENT_ACTIVE),
        (b"<?php system($_GET[0]);", FormatError.DOCUMENT_ACTIVE),
        (PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(x)>>"), FormatError.DOCUMENT_ACTIVE),
        (PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/Launch>>"), FormatError.DOCUMENT_ACTIVE),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), FormatError.DOCUMENT_ACTIVE),
        (archive("[Content_Types].xml", "xl/workbook.xml", "xl/activeX/activeX1.bin"), FormatError.DOCUMENT_ACTIVE),
        (archive("[Content_Types].xml", "word/document.xml", "setup.exe"), FormatError.DOCUMENT_ACTIVE),
        (PDF[:-8], FormatError.DOCUMENT_DAMAGED),
        (DOCX[:-30], FormatError.ARCHIVE_BROKEN),
        (archive("a.txt"), FormatError.DOCUMENT_KIND),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), FormatError.DOCUMENT_KIND),
        (archive("[Content_Types].xml", "word/document.xml", "../../etc/cron.d/x"), FormatError.ARCHIVE_BROKEN),
        (archive("[Content_Types].xml", "word/document.xml", "/etc/passwd"), FormatError.ARCHIVE_BROKEN),
        (b"\xff\xd8\xff\xe0" + bytes(20), FormatError.DOCUMENT_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FormatError.DOCUMENT_KIND),
        (b"\x1f\x8b\x08" + bytes(20), FormatError.DOCUMENT_KIND),
        (bytes(range(256)), FormatError.DOCUMENT_KIND),
        (b"note\x07with a bell", FormatError.DOCUMENT_KIND),
        ("場所連續噪音臺南市南區文南路妨礙安寧".encode("big5"), FormatError.ENCODING_UNKNOWN),
    ],
)
def test_everything_else_is_refused_by_its_name(data: bytes, reason: FormatError) -> None:
    with pytest.raises(Refusal) as caught:
        sniff_document(data)
    assert caught.value.reason is reason
    assert "?" not in caught.value.text()


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        sniff_document(b"a" * (documents.MAX_BYTES + 1))
    assert caught.value.reason is FormatError.DOCUMENT_TOO_LARGE


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    bomb = archive("[Content_Types].xml", "word/document.xml", content=bytes(30_000_000))
    with pytest.raises(Refusal) as caught:
        sniff_document(bomb)
    assert caught.value.reason is FormatError.ARCHIVE_BOMB


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    """The central directory says one byte; what comes out is counted all the same."""
    data = bytearray(archive("[Content_Types].xml", "word/document.xml", content=b"x" * 1000))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    with pytest.raises(Refusal) as caught:
        sniff_document(bytes(data))
    assert caught.value.reason is FormatError.ARCHIVE_BROKEN


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(DOCX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    with pytest.raises(Refusal) as caught:
        sniff_document(bytes(data))
    assert caught.value.reason is FormatError.ARCHIVE_LOCKED


def test_two_members_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archive("[Content_Types].xml", "word/document.xml", "word/document.xml")
    with pytest.raises(Refusal) as caught:
        sniff_document(data)
    assert caught.value.reason is FormatError.ARCHIVE_BROKEN


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"MZ", b"\xff\xfe", b"<"]))
def test_no_bytes_bring_anything_but_a_kind_or_a_coded_refusal(data: bytes, start: bytes) -> None:
    try:
        kind = sniff_document(start + data)
    except Refusal:
        return
    assert kind in ("pdf", "docx", "xlsx", "text")
