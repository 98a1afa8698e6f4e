"""Uploading over HTTP: one file a request, the same answer for the same key, headers that keep a browser from running it."""

import io
import os
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart
from PIL import Image

from jingwei.accounts.rights import RIGHTS_OF, Right, Role
from jingwei.files import commands
from jingwei.files.models import StoredFile
from jingwei.journal import queries as journal
from jingwei.kernel.ids import new_id
from tests.cast import cast  # noqa: F401
from tests.files import pictures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]

MAY_ADD = {Role.AREA_ADMIN, Role.SUPERVISOR, Role.ACCEPTOR, Role.SHIFT_LEADER, Role.DISPATCHER, Role.HANDLER,
           Role.COMMUNITY_OFFICER, Role.TOWN_OFFICER, Role.COUNTY_OFFICER}


def sent(data: bytes | None = None, name: str = "井盖.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictures.photo() if data is None else data)


def upload(client: Client, file=None, key: str = "", **fields):
    headers = {"Idempotency-Key": key} if key else None
    return client.post("/api/files", {"file": file or sent(), **fields}, headers=headers)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def client(cast):  # noqa: F811
    return cast.client(cast.of(Role.SUPERVISOR))


def test_it_takes_a_photo_and_gives_it_back(client):
    answer = upload(client)
    assert answer.status_code == 201
    row = answer.json()
    assert (row["kind"], row["media_type"], row["name"]) == ("photo", "image/jpeg", "井盖.jpg")
    shown, thumb = (client.get(f"/api/files/{row['id']}{end}") for end in ("", "/thumb"))
    for copy in (shown, thumb):
        assert copy.status_code == 200
        data = body(copy)
        assert copy["Content-Length"] == str(len(data))
        assert Image.open(io.BytesIO(data)).format == "JPEG"
    assert client.get(f"/api/files/{row['id']}/original").status_code == 404


def test_it_takes_the_id_that_the_client_made(client):
    file_id = new_id()
    assert upload(client, id=str(file_id)).json()["id"] == str(file_id)
    again = upload(client, id=str(file_id))
    assert (again.status_code, again.json()["id"]) == (201, str(file_id))
    other = upload(client, sent(pictures.photo(shade=1)), id=str(file_id))
    assert (other.status_code, other.json()["code"]) == (409, "file.id_taken")
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.code)
def test_only_those_upload_whose_post_works_on_cases(cast, role):  # noqa: F811
    assert (Right.FILE_ADD in RIGHTS_OF[role]) is (role in MAY_ADD)
    answer = upload(cast.client(cast.of(role)))
    assert answer.status_code == (201 if role in MAY_ADD else 403)
    if role not in MAY_ADD:
        assert answer.json()["code"] == "account.no_right"


def test_strangers_and_people_without_a_post_upload_nothing(cast, stored):  # noqa: F811
    assert upload(cast.client(None)).status_code == 401
    assert upload(cast.client(cast.of(None))).status_code == 403
    assert stored() == []


def test_one_sees_ones_own_uploads_alone(cast, client):  # noqa: F811
    row = upload(client).json()
    for person, status in ((Role.SUPERVISOR, 200), (Role.SHIFT_LEADER, 404), (Role.SYSTEM_ADMIN, 404), (None, 404)):
        for end in ("", "/thumb"):
            answer = cast.client(cast.of(person)).get(f"/api/files/{row['id']}{end}")
            assert answer.status_code == status
    assert cast.client(None).get(f"/api/files/{row['id']}").status_code == 401


@pytest.mark.parametrize("by", ["session", "token"])
def test_it_works_by_cookie_and_by_token_with_and_without_a_key(cast, by):  # noqa: F811
    """Signing in by cookie reads the body before the file is looked at; both ways must end the same."""
    client = cast.client(cast.of(Role.SUPERVISOR), by=by, csrf=by == "session")
    if by == "session":
        assert upload(client).json()["code"] == "account.csrf"
        request = HttpRequest()
        client.defaults["HTTP_X_CSRFTOKEN"] = get_token(request)
        client.cookies["csrftoken"] = request.META["CSRF_COOKIE"]
    assert upload(client).status_code == 201
    assert upload(client, key="0190-first-try").status_code == 201


# the same request twice

def test_the_same_key_is_one_row_and_the_same_answer(client, stored):
    first = upload(client, key="0190-first-try")
    kept = stored()
    again = upload(client, key="0190-first-try")
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    assert StoredFile.objects.count() == 1
    assert len(journal.history(f"file:{first.json()['id']}")) == 1
    assert stored() == kept


def test_the_same_file_under_another_boundary_is_the_same_request(client):
    """A browser makes up another boundary for every try, so the bytes of two tries differ."""
    def send(boundary: str):
        data = encode_multipart(BOUNDARY, {"file": sent()}).replace(BOUNDARY.encode(), boundary.encode())
        return client.post("/api/files", data, content_type=f"multipart/form-data; boundary={boundary}",
                           headers={"Idempotency-Key": "0190-first-try"})

    first, again = send("one-boundary"), send("another-one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content


@pytest.mark.parametrize("other", [
    {"file": lambda: sent(pictures.photo(shade=7))}, {"file": lambda: sent(name="另一名.jpg")},
    {"id": lambda: str(new_id())}], ids=["another content", "another name", "another id"])
def test_a_key_that_stood_for_another_file_is_refused(client, other):
    upload(client, key="0190-first-try")
    answer = upload(client, key="0190-first-try", **{field: make() for field, make in other.items()})
    assert (answer.status_code, answer.json()["code"]) == (409, "journal.key_reused")
    assert StoredFile.objects.count() == 1


# what is refused at the door

@pytest.mark.parametrize(("gloss", "fields", "count"), [
    ("no file", dict, 0), ("a text in its place", lambda: {"file": "x"}, 0),
    ("two in one field", lambda: {"file": [sent(), sent()]}, 2),
    ("two in two fields", lambda: {"file": sent(), "other": sent()}, 2)])
def test_it_takes_exactly_one_file(client, stored, gloss, fields, count):
    answer = client.post("/api/files", fields())
    assert (answer.status_code, answer.json()["code"]) == (400, "file.not_one_file"), gloss
    assert answer.json()["params"] == {"count": str(count)}
    assert stored() == []


def test_it_says_what_is_wrong_with_a_body_that_is_no_upload(client):
    answer = client.post("/api/files", {"file": "x"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "file.not_one_file")
    answer = client.post("/api/files", b"--x\r\n", content_type="multipart/form-data; boundary=\x80")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")


def test_it_refuses_an_id_that_is_none(client, stored):
    answer = upload(client, id="../../x")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")
    assert stored() == []


@pytest.mark.parametrize(("name", "make", "status", "code"), [
    ("a.jpg", lambda: b"text", 415, "formats.image_kind"),
    ("a.heic", lambda: pictures.HEIC, 415, "formats.image_heic"),
    ("a.jpg", lambda: pictures.photo(900, 900)[:-999], 400, "formats.image_damaged"),
    ("a.png", pictures.bomb, 413, "formats.image_too_many_pixels"),
    ("a.jpg", lambda: pictures.padded_photo(21 << 20), 413, "formats.image_too_large"),
    ("a.jpg", lambda: b"", 400, "formats.file_empty")])
def test_a_refused_content_is_told_in_words_and_leaves_nothing(client, stored, name, make, status, code):
    answer = upload(client, sent(make(), name), key="0190-first-try")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert stored() == []
    assert upload(client, key="0190-first-try").status_code == 201, "after a refusal the key is free"


def test_it_stops_keeping_what_is_larger_than_anything_it_takes(client, stored, monkeypatch):
    """50 MB photos: what is over the limit is not even written to the passing folder."""
    monkeypatch.setattr(commands, "LARGEST", 200_000)
    kept = []
    real = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", lambda handler, piece, start: (
        kept.append(len(piece)), real(handler, piece, start))[1])
    answer = upload(client, sent(bytes(5 << 20)))
    assert (answer.status_code, answer.json()["code"]) == (413, "file.upload_too_large")
    assert 0 < sum(kept) <= 200_000
    assert stored() == []


def test_a_full_disk_is_answered_507_in_words(client, stored, monkeypatch):
    import errno

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = upload(client)
    assert (answer.status_code, answer.json()["code"]) == (507, "request.full")
    assert stored() == []
    assert not StoredFile.objects.exists()


# what a browser is told

def test_a_photo_is_shown_and_a_document_only_downloaded(client):
    photo = client.get(f"/api/files/{upload(client).json()['id']}")
    document = client.get(f"/api/files/{upload(client, sent(pictures.PDF, '通知 1.html')).json()['id']}")
    assert photo["Content-Disposition"].startswith("inline;")
    assert document["Content-Disposition"].startswith("attachment;")
    assert unquote(document["Content-Disposition"].split("''")[1]) == "通知 1.html.pdf"
    for answer in (photo, document):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ['a"; filename="x.exe', "a\r\nX-Evil: 1.jpg", "照片\u202egpj.exe.jpg", "a;b,c.jpg"])
def test_a_hostile_name_stays_within_its_header(client, name):
    row = upload(client, sent(name=name)).json()
    answer = client.get(f"/api/files/{row['id']}")
    assert not answer.has_header("X-Evil")
    told = answer["Content-Disposition"]
    assert "\r" not in told
    assert "\u202e" not in unquote(told)
    assert told.isascii()


def test_a_document_has_no_thumbnail(client):
    row = upload(client, sent(pictures.PDF, "a.pdf")).json()
    answer = client.get(f"/api/files/{row['id']}/thumb")
    assert (answer.status_code, answer.json()["code"]) == (404, "file.no_thumbnail")


def test_the_interface_describes_the_upload():
    from tests.files.urls import api

    form = api.get_openapi_schema()["paths"]["/api/files"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(form["properties"]) == {"file", "id"}
