"""Photos and documents in: what they are by content, what is kept of them, and nothing of what is refused."""

import errno
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from PIL import Image

from jingwei.accounts.errors import AccountError
from jingwei.files import commands, queries
from jingwei.files.errors import FileError
from jingwei.files.models import StoredFile
from jingwei.formats.errors import FormatError
from jingwei.journal import queries as journal
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Entry, SubjectKey
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from tests.files import pictures
from tests.files.conftest import bytes_below, worker

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def content(file_id, variant: str = "shown") -> bytes:
    return b"".join(queries.open_shown(file_id, variant).chunks)


def seen(file_id, variant: str = "shown") -> Image.Image:
    return Image.open(io.BytesIO(content(file_id, variant)))


def nothing_written(stored) -> bool:
    """Neither a content nor a part of one, neither a row nor an entry nor a key."""
    return stored() == [] and not any(
        table.objects.exists() for table in (StoredFile, Entry, SubjectKey))


# what is taken

def test_it_keeps_a_photo_and_answers_what_it_is(adder):
    with clock.held_at(NOON):
        row = commands.add(adder, pictures.photo(400, 300), "路面破损.jpg")
    size = len(pictures.photo(400, 300))
    assert row == queries.FileRow(row.id, "photo", "image/jpeg", "路面破损.jpg", size, 400, 300, adder.user_id, NOON)
    assert queries.of_ids([row.id]) == [row]


@pytest.mark.parametrize(("name", "form", "media_type"), [
    ("a.jpg", "JPEG", "image/jpeg"), ("a.jpg", "PNG", "image/png"), ("a.png", "JPEG", "image/jpeg"),
    ("a.jpg", "WEBP", "image/webp"), ("a.pdf", "PNG", "image/png"), ("", "PNG", "image/png")])
def test_the_content_tells_what_a_photo_is_and_not_its_name(adder, name, form, media_type):
    row = commands.add(adder, pictures.photo(form=form), name)
    assert (row.kind, row.media_type, row.name) == ("photo", media_type, name)
    assert seen(row.id).format == "JPEG"


@pytest.mark.parametrize(("name", "data", "media_type"), [
    ("通知.pdf", pictures.PDF, "application/pdf"),
    ("通知.docx", pictures.PDF, "application/pdf"),
    ("清单.docx", pictures.document(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("说明.txt", "井盖缺失，已围挡。".encode(), "text/plain"),
    ("说明", "井盖缺失，已围挡。".encode("gb18030"), "text/plain")])
def test_it_keeps_documents_as_they_were_sent(adder, name, data, media_type):
    row = commands.add(adder, data, name)
    assert (row.kind, row.media_type, row.width, row.height) == ("document", media_type, None, None)
    assert content(row.id) == content(row.id, "original") == data
    assert queries.evidence(row.id) is None
    with pytest.raises(Refusal) as refused:
        queries.open_shown(row.id, "thumb")
    assert refused.value.reason is FileError.NO_THUMBNAIL


def test_it_reads_a_file_object_as_well_as_bytes(adder):
    data = pictures.photo()
    assert content(commands.add(adder, io.BytesIO(data), "a.jpg").id, "original") == data


def test_it_keeps_time_and_place_as_evidence_and_strips_them_from_what_others_see(adder, home):
    """Photos: place kept as evidence, stripped from what others see."""
    data = pictures.photo(placed=True)
    assert pictures.CAMERA in data
    row = commands.add(adder, data, "a.jpg")

    told = queries.evidence(row.id)
    assert (told.lon, told.lat) == pytest.approx(pictures.PLACE, abs=1e-6)
    assert told.accuracy_m == pytest.approx(4.5)
    assert told.taken_at == datetime(2026, 11, 20, 1, 30, 15, tzinfo=UTC), "the camera's clock stood in the home's zone"
    assert content(row.id, "original") == data
    for variant in ("shown", "thumb"):
        copy = content(row.id, variant)
        assert not dict(Image.open(io.BytesIO(copy)).getexif())
        for trace in (b"Exif", b"GPS", b"2026:11:20", pictures.CAMERA, b"http://ns.adobe.com"):
            assert trace not in copy
    assert pictures.CAMERA not in bytes_below(home.files), "the original lies encrypted"


def test_it_keeps_no_evidence_in_clear_in_the_database(adder):
    row = commands.add(adder, pictures.photo(placed=True), "a.jpg")
    sealed = bytes(StoredFile.objects.get(id=row.id).evidence)
    assert b"lon" not in sealed
    assert b"120." not in sealed
    entry = journal.history(f"file:{row.id}")[0]
    assert "120." not in entry.data
    assert "a.jpg" not in entry.data


def test_a_photo_that_tells_nothing_has_no_evidence(adder):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    assert queries.evidence(row.id) is None
    assert not SubjectKey.objects.exists()


@pytest.mark.parametrize(("orientation", "width", "height", "corner"), [
    (1, 400, 300, (5, 5)), (3, 400, 300, (394, 294)), (6, 300, 400, (294, 5)), (8, 300, 400, (5, 394))],
    ids=["as held", "upside down", "turned right", "turned left"])
def test_it_shows_a_photo_upright(adder, orientation, width, height, corner):
    row = commands.add(adder, pictures.photo(400, 300, orientation=orientation), "a.jpg")
    shown = seen(row.id)
    assert (row.width, row.height) == shown.size == (width, height)
    red, green, _ = shown.getpixel(corner)
    assert red > 200 > 100 > green


def test_it_shows_a_large_photo_at_2048_pixels_and_its_thumbnail_at_320(adder):
    row = commands.add(adder, pictures.photo(3000, 1500), "a.jpg")
    assert (row.width, row.height) == (3000, 1500)
    assert seen(row.id).size == (2048, 1024)
    assert seen(row.id, "thumb").size == (320, 160)
    assert seen(row.id, "original").size == (3000, 1500)


@pytest.mark.parametrize("variant", ["shown", "thumb", "original"])
def test_it_says_how_many_bytes_it_will_send(adder, variant):
    row = commands.add(adder, pictures.photo(1000, 700), "a.jpg")
    assert queries.open_shown(row.id, variant).size == len(content(row.id, variant))


def test_the_same_photo_twice_is_two_rows_and_one_stored_content(adder, stored):
    first = commands.add(adder, pictures.photo(), "a.jpg")
    kept = stored()
    second = commands.add(worker("另一人"), pictures.photo(), "b.jpg")
    assert first.id != second.id
    assert stored() == kept
    assert len(kept) == 3, "original, shown copy, thumbnail"
    hashes = set(StoredFile.objects.values_list("original_hash", "shown_hash", "thumb_hash"))
    assert len(hashes) == 1


def test_the_journal_tells_of_an_added_file_by_hashes_alone(adder):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    entry, = journal.history(f"file:{row.id}")
    held = StoredFile.objects.get(id=row.id)
    assert (entry.verb, entry.actor) == ("file.added", adder.user_id)
    assert entry.data == (f'{{"original":"{held.original_hash}","shown":"{held.shown_hash}",'
                          f'"thumb":"{held.thumb_hash}"}}')


# the same id

def test_the_same_id_with_the_same_content_is_the_same_row(adder, stored):
    file_id = new_id()
    first = commands.add(adder, pictures.photo(), "a.jpg", file_id=file_id)
    kept = stored()
    assert commands.add(adder, pictures.photo(), "a.jpg", file_id=file_id) == first
    assert first.id == file_id
    assert stored() == kept
    assert len(journal.history(f"file:{file_id}")) == 1


@pytest.mark.parametrize(("somebody_else", "shade"), [(False, 91), (True, 90), (True, 91)],
                         ids=["another content", "another person", "both"])
def test_the_same_id_for_anything_else_is_refused_and_leaves_nothing(adder, stored, somebody_else, shade):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    kept = stored()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        commands.add(worker() if somebody_else else adder, pictures.photo(shade=shade), "a.jpg", file_id=row.id)
    assert refused.value.reason is FileError.ID_TAKEN
    assert stored() == kept
    assert StoredFile.objects.count() == 1


# what is refused

@pytest.mark.parametrize(("gloss", "name", "make", "reason"), [
    ("a photo of 50 MB", "a.jpg", lambda: pictures.padded_photo(50 << 20), FormatError.IMAGE_TOO_LARGE),
    ("a photo of 60 MB", "a.jpg", lambda: pictures.padded_photo(60 << 20), FormatError.IMAGE_TOO_LARGE),
    ("text called .jpg", "a.jpg", lambda: "井盖缺失".encode(), FormatError.IMAGE_KIND),
    ("text called .jpg behind unseen signs", "a.jpg\u202e\x00", lambda: b"text", FormatError.IMAGE_KIND),
    ("a PDF called .jpg", "a.JPG", lambda: pictures.PDF, FormatError.IMAGE_KIND),
    ("a page called .jpg", "a.jpg", lambda: pictures.HTML, FormatError.IMAGE_KIND),
    ("a page called .txt", "a.txt", lambda: pictures.HTML, FormatError.DOCUMENT_ACTIVE),
    ("half a JPEG", "a.jpg", lambda: pictures.photo(800, 600)[:-2000], FormatError.IMAGE_DAMAGED),
    ("a PNG without its end", "a.png", lambda: pictures.photo(form="PNG")[:-12], FormatError.IMAGE_DAMAGED),
    ("a bomb of 20000 × 20000 pixels", "a.png", pictures.bomb, FormatError.IMAGE_TOO_MANY_PIXELS),
    ("HEIC", "a.heic", lambda: pictures.HEIC, FormatError.IMAGE_HEIC),
    ("HEIC called .jpg", "a.jpg", lambda: pictures.HEIC, FormatError.IMAGE_HEIC),
    ("HEIC without a name", "", lambda: pictures.HEIC, FormatError.IMAGE_HEIC),
    ("SVG", "a.svg", lambda: pictures.SVG, FormatError.IMAGE_KIND),
    ("SVG without a name", "", lambda: pictures.SVG, FormatError.DOCUMENT_ACTIVE),
    ("GIF", "a.gif", lambda: pictures.photo(form="GIF"), FormatError.IMAGE_KIND),
    ("nothing", "a.jpg", lambda: b"", FormatError.FILE_EMPTY),
    ("nothing, as a document", "a.pdf", lambda: b"", FormatError.FILE_EMPTY),
    ("a zip bomb", "a.docx", pictures.zip_bomb, FormatError.ARCHIVE_BOMB),
    ("macros", "a.docx", lambda: pictures.document(**{"word/vbaProject.bin": b"x"}), FormatError.DOCUMENT_ACTIVE),
    ("a program", "a.pdf", lambda: b"MZ\x90\x00\x03\x00" + bytes(500), FormatError.DOCUMENT_ACTIVE),
    ("a document of 51 MB", "a.txt", lambda: b"1\n" * (51 << 19), FormatError.DOCUMENT_TOO_LARGE),
])
def test_it_refuses_what_it_cannot_take_and_writes_nothing(adder, stored, gloss, name, make, reason):
    """Bad input: 50 MB photos, text called .jpg: a coded error in words, nothing half-written."""
    with pytest.raises(Refusal) as refused:
        commands.add(adder, make(), name)
    assert refused.value.reason is reason, gloss
    assert "没有" in refused.value.text()
    assert "?" not in refused.value.text(), "every gap of the text is filled"
    assert nothing_written(stored), gloss


def test_it_refuses_a_large_file_object_without_reading_all_of_it(adder, stored):
    endless = io.BytesIO(pictures.padded_photo(60 << 20))
    with pytest.raises(Refusal) as refused:
        commands.add(adder, endless, "a.jpg")
    assert refused.value.reason is FormatError.IMAGE_TOO_LARGE
    assert endless.tell() == commands.LARGEST + 1


def test_it_refuses_who_has_no_right_before_looking_at_the_content(stored):
    nobody = Actor(new_id(), "无岗位")
    with pytest.raises(Refusal) as refused:
        commands.add(nobody, pictures.photo(), "a.jpg")
    assert refused.value.reason is AccountError.NO_RIGHT
    assert nothing_written(stored)


@pytest.mark.parametrize(("spoil", "reason"), [
    (lambda key: key.unlink(), JournalError.KEYS_MISSING),
    (lambda key: key.write_bytes(b"short"), JournalError.KEYS_DAMAGED)], ids=["missing", "damaged"])
def test_it_refuses_without_its_key_and_makes_no_other(adder, home, stored, spoil, reason):
    spoil(home.keys / "files.key")
    with pytest.raises(Refusal) as refused:
        commands.add(adder, pictures.photo(), "a.jpg")
    assert refused.value.reason is reason
    assert nothing_written(stored)


@pytest.mark.parametrize(("typed", "kept"), [
    ("../../x", "x"), ("a\x00b.jpg", "ab.jpg"), ("长" * 5000, "长" * 120), ("x\u202egpj.exe", "xgpj.exe"),
    ("/etc/passwd", "passwd"), ("..", "")])
def test_a_hostile_name_is_only_ever_a_label(adder, home, typed, kept):
    row = commands.add(adder, pictures.photo(), typed)
    assert queries.of_ids([row.id])[0].name == kept
    assert {path.name for path in home.root.iterdir()} == {"keys", "files"}
    assert all(len(path.name) == 64 for path in home.files.rglob("*") if path.is_file())


# a disk that is full

@pytest.mark.parametrize("call", ["write", "fsync", "rename", "mkdir"])
@pytest.mark.parametrize("calls_before", [0, 1, 2])
def test_a_full_disk_is_refused_in_words_with_nothing_half_written(adder, stored, monkeypatch, call, calls_before):
    """Bad input: a disk that is full: a coded error in words, nothing half-written."""
    real, left = getattr(os, call), [calls_before]

    def full(*arguments, **named):
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        return real(*arguments, **named)

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        commands.add(adder, pictures.photo(placed=True), "a.jpg")
    monkeypatch.undo()
    assert refused.value.reason is KernelError.FULL
    assert nothing_written(stored)


def test_a_database_that_takes_no_more_leaves_no_content_behind(adder, stored):
    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT INTO \"files_stored\""):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full), pytest.raises(OperationalError), transaction.atomic():
        commands.add(adder, pictures.photo(placed=True), "a.jpg")
    assert nothing_written(stored)


def test_it_can_be_added_once_the_disk_has_room_again(adder, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    file_id = new_id()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(Refusal):
            commands.add(adder, pictures.photo(), "a.jpg", file_id=file_id)
    assert content(commands.add(adder, pictures.photo(), "a.jpg", file_id=file_id).id, "original") == pictures.photo()


# reading

def test_of_ids_keeps_the_order_asked_and_leaves_out_what_is_not_there(adder, django_assert_num_queries):
    one, two = (commands.add(adder, pictures.photo(shade=shade), "a.jpg") for shade in (10, 20))
    with django_assert_num_queries(1):
        assert queries.of_ids([two.id, new_id(), one.id, two.id]) == [two, one]
    with django_assert_num_queries(0):
        assert queries.of_ids([]) == []


def test_one_sees_ones_own_uploads_and_nobody_elses(adder):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    assert queries.own(adder, row.id) == row
    with pytest.raises(Refusal) as refused:
        queries.own(worker(), row.id)
    assert refused.value.reason is KernelError.NOT_FOUND


@pytest.mark.parametrize("variant", ["large", "", "../shown"])
def test_it_knows_three_variants(adder, variant):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    with pytest.raises(Refusal) as refused:
        queries.open_shown(row.id, variant)
    assert refused.value.reason is KernelError.NOT_FOUND


def test_what_does_not_exist_is_not_found():
    for ask in (queries.open_shown, queries.evidence):
        with pytest.raises(Refusal) as refused:
            ask(new_id())
        assert refused.value.reason is KernelError.NOT_FOUND


def test_a_content_that_was_lost_or_changed_is_refused_before_anything_is_sent(adder, home):
    row = commands.add(adder, pictures.photo(), "a.jpg")
    held = StoredFile.objects.get(id=row.id)
    original, shown = (home.files / address[:2] / address[2:4] / address
                       for address in (held.original_hash, held.shown_hash))
    original.write_bytes(original.read_bytes()[:-1] + b"?")
    shown.unlink()
    for variant, reason in (("original", FileError.CONTENT_DAMAGED), ("shown", FileError.CONTENT_MISSING)):
        with pytest.raises(Refusal) as refused:
            queries.open_shown(row.id, variant)
        assert refused.value.reason is reason


def test_evidence_is_forgotten_with_its_key(adder):
    from jingwei.journal import vault

    row = commands.add(adder, pictures.photo(placed=True), "a.jpg")
    vault.forget(f"file:{row.id}")
    with pytest.raises(Refusal) as refused:
        queries.evidence(row.id)
    assert refused.value.reason is JournalError.SEALED_FOREVER


def test_two_are_decoded_at_once_and_the_rest_wait_their_turn(adder, monkeypatch, stored):
    from jingwei.files import content as contents

    monkeypatch.setattr(contents, "_PATIENCE", 0.01)
    held = [contents._decoding.acquire() for _ in range(contents._DECODERS)]
    try:
        with pytest.raises(Refusal) as refused:
            commands.add(adder, pictures.photo(), "a.jpg")
        assert commands.add(adder, pictures.PDF, "a.pdf").kind == "document"
    finally:
        for _ in held:
            contents._decoding.release()
    assert refused.value.reason is KernelError.BUSY
    assert commands.add(adder, pictures.photo(), "a.jpg").added_at - clock.now() < timedelta(seconds=5)
