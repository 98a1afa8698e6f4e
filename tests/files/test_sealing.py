"""Originals at rest: nobody reads, moves, cuts or extends them without being noticed."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.files import sealing
from jingwei.files.errors import FileError
from jingwei.kernel.errors import Refusal

KEY = bytes(range(32))
ADDRESS = "a" * 64
HEAD = 4 + sealing.RANDOM_BYTES
CHUNK = sealing.CHUNK + 16


def sealed(content: bytes, address: str = ADDRESS) -> bytes:
    return b"".join(sealing.seal(KEY, address, content, os.urandom(sealing.RANDOM_BYTES)))


def opened(content: bytes, key: bytes = KEY, address: str = ADDRESS) -> bytes:
    return b"".join(sealing.unseal(key, address, io.BytesIO(content)))


@pytest.mark.parametrize("size", [
    0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 2 * sealing.CHUNK, 3 * sealing.CHUNK + 5])
def test_it_gives_back_what_it_was_given(size):
    content = os.urandom(size)
    assert opened(sealed(content)) == content


def test_it_hides_the_content_and_seals_equal_contents_differently():
    content = "同一张照片".encode() * 100
    first, second = sealed(content), sealed(content)
    assert "照片".encode() not in first
    assert first != second


def test_one_seal_is_the_same_wherever_it_is_computed():
    """The form of stored originals must not drift: a file sealed years ago is opened by today's program."""
    fixed = b"".join(sealing.seal(KEY, ADDRESS, b"kept for years", bytes(sealing.RANDOM_BYTES)))
    assert fixed.hex() == FIXED
    assert opened(bytes.fromhex(FIXED)) == b"kept for years"


FIXED = (
    "4a5746310000000000000000000000000000000000000000000000"
    "65413a7cfa01447495a6563ff7b4276030e3eddad8dd9031b6f73b07f6a3")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_it_notices_any_changed_byte(place, change):
    spoiled = bytearray(sealed(b"evidence" * 20))
    spoiled[place % len(spoiled)] ^= change
    with pytest.raises(Refusal) as refused:
        opened(bytes(spoiled))
    assert refused.value.reason is FileError.CONTENT_DAMAGED


@pytest.mark.parametrize(("what", "spoil"), [
    ("cut within the head", lambda whole: whole[:10]),
    ("cut after the head", lambda whole: whole[:HEAD]),
    ("the last chunk dropped", lambda whole: whole[:HEAD + 2 * CHUNK]),
    ("cut within a chunk", lambda whole: whole[:HEAD + CHUNK + 100]),
    ("the first chunk dropped", lambda whole: whole[:HEAD] + whole[HEAD + CHUNK:]),
    ("two chunks exchanged",
     lambda whole: whole[:HEAD] + whole[HEAD + CHUNK:HEAD + 2 * CHUNK] + whole[HEAD:HEAD + CHUNK]
     + whole[HEAD + 2 * CHUNK:]),
    ("something added", lambda whole: whole + b"\0" * 40),
    ("nothing at all", lambda whole: b""),
])
def test_it_notices_chunks_that_were_cut_moved_or_added(what, spoil):
    with pytest.raises(Refusal) as refused:
        opened(spoil(sealed(os.urandom(2 * sealing.CHUNK + 100))))
    assert refused.value.reason is FileError.CONTENT_DAMAGED


@pytest.mark.parametrize(("key", "address"), [(bytes(32), ADDRESS), (KEY, "b" * 64)], ids=["other key", "other place"])
def test_it_opens_only_with_its_key_and_at_its_address(key, address):
    with pytest.raises(Refusal) as refused:
        opened(sealed(b"mine"), key, address)
    assert refused.value.reason is FileError.CONTENT_DAMAGED


def test_the_address_needs_the_key():
    assert sealing.keyed_hash(KEY, b"photo") == sealing.keyed_hash(KEY, b"photo")
    assert sealing.keyed_hash(KEY, b"photo") != sealing.keyed_hash(bytes(32), b"photo")
    assert sealing.keyed_hash(KEY, b"photo") != sealing.keyed_hash(KEY, b"another")
    assert len(sealing.keyed_hash(KEY, b"photo")) == 64
