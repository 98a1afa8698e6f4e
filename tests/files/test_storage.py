"""Contents by address: whole or not at all, one file for equal contents, nothing left by a full disk or a crash."""

import errno
import os
import time
from datetime import timedelta

import pytest

from jingwei.files import storage
from jingwei.files.errors import FileError
from jingwei.kernel.errors import KernelError, Refusal

DAY = timedelta(days=1)


def put(*contents: bytes) -> str:
    """The address of the last."""
    with storage.Batch() as batch:
        for content in contents:
            batch.put(storage.plain_hash(content), [content])
        batch.place()
    return storage.plain_hash(contents[-1])


def age(home, address: str, by: timedelta) -> None:
    then = time.time() - by.total_seconds()
    os.utime(home.files / address[:2] / address[2:4] / address, (then, then))


def fail(number: int, calls_before: int = 0):
    """A stand-in for a call of `os` that fails after so many calls."""
    left = [calls_before]

    def failing(real):
        def call(*arguments, **named):
            if left[0] == 0:
                raise OSError(number, os.strerror(number))
            left[0] -= 1
            return real(*arguments, **named)
        return call
    return failing


def test_it_keeps_a_content_under_its_hash_in_two_levels_of_folders(home, stored):
    address = put("两级目录".encode())
    assert stored() == [f"{address[:2]}/{address[2:4]}/{address}"]
    assert b"".join(storage.blocks_of(address)).decode() == "两级目录"
    assert storage.size_of(address) == 12
    assert (home.files / stored()[0]).stat().st_mode & 0o077 == 0


def test_it_keeps_equal_contents_once(stored):
    assert put(b"the same") == put(b"the same")
    assert len(stored()) == 1


def test_it_gives_a_large_content_in_blocks():
    content = os.urandom(storage.BLOCK * 2 + 17)
    blocks = list(storage.blocks_of(put(content)))
    assert [len(block) for block in blocks] == [storage.BLOCK, storage.BLOCK, 17]
    assert b"".join(blocks) == content


def test_it_shows_nothing_before_it_is_placed_and_leaves_nothing_when_it_is_not(stored):
    address = storage.plain_hash(b"given up")
    with storage.Batch() as batch:
        batch.put(address, [b"given ", b"up"])
        assert [path.split("/")[0] for path in stored()] == ["part"]
        with pytest.raises(Refusal) as refused:
            storage.size_of(address)
    assert refused.value.reason is FileError.CONTENT_MISSING
    assert stored() == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT], ids=["full disk", "used-up quota"])
@pytest.mark.parametrize(
    ("call", "calls_before"),
    [("write", 0), ("write", 1), ("fsync", 0), ("fsync", 1), ("fsync", 3), ("fsync", 4), ("rename", 0), ("rename", 1)])
def test_it_refuses_a_full_disk_in_words_and_leaves_nothing(monkeypatch, stored, call, calls_before, number):
    """Bad input: a disk that is full. Each place where the disk can say no, for the first and for a later content."""
    monkeypatch.setattr(os, call, fail(number, calls_before)(getattr(os, call)))
    with pytest.raises(Refusal) as refused:
        put(b"one", b"two")
    assert refused.value.reason is KernelError.FULL
    assert stored() == []


def test_it_does_not_call_another_fault_a_full_disk(monkeypatch, stored):
    monkeypatch.setattr(os, "write", fail(errno.EIO)(os.write))
    with pytest.raises(OSError, match="Input/output") as failed:
        put(b"one")
    assert failed.value.errno == errno.EIO
    assert stored() == []


def test_it_writes_all_of_a_block_that_the_disk_takes_in_bits(monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, rest: real(handle, rest[:3]))
    assert b"".join(storage.blocks_of(put(b"taken in bits"))) == b"taken in bits"


def test_it_cleans_parts_of_a_crash_once_they_are_an_hour_old(home, stored):
    put(b"makes the folders")
    old, new = home.files / "part/a.part", home.files / "part/b.part"
    for part, minutes in ((old, 61), (new, 59)):
        part.write_bytes(b"half")
        os.utime(part, (time.time() - minutes * 60,) * 2)
    assert storage.clean_leftovers() == 1
    assert not old.exists()
    assert new.exists()


def test_it_cleans_parts_of_a_crash_when_a_process_first_writes(home, stored):
    part = home.files / "part/a.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, (time.time() - 7200,) * 2)
    address = put(b"first of this process")
    assert stored() == [f"{address[:2]}/{address[2:4]}/{address}"]


def test_it_withdraws_only_what_nobody_put_lately(home, stored):
    address = put(b"forgotten")
    assert not storage.withdraw(address, DAY)
    age(home, address, 2 * DAY)
    assert storage.withdraw(address, DAY)
    assert stored() == []
    assert not storage.withdraw(address, DAY)


def test_putting_a_content_again_keeps_it_from_being_withdrawn(home):
    address = put(b"wanted again")
    age(home, address, 2 * DAY)
    with storage.Batch() as batch:
        batch.put(address, [b"wanted again"])
        assert not storage.withdraw(address, DAY)
        batch.place()
    assert storage.size_of(address) == 12


def test_it_brings_back_a_content_that_was_put_while_it_was_being_withdrawn(home, monkeypatch):
    address = put(b"in between")
    age(home, address, 2 * DAY)
    real = os.rename

    def put_meanwhile(source, target):
        os.utime(source)
        real(source, target)

    monkeypatch.setattr(os, "rename", put_meanwhile)
    assert not storage.withdraw(address, DAY)
    monkeypatch.undo()
    assert (home.files / address[:2] / address[2:4] / address).read_bytes() == b"in between"


def test_it_refuses_to_rely_on_a_content_that_went_away_since_it_was_put(home, stored):
    address = put(b"gone again")
    with storage.Batch() as batch:
        batch.put(address, [b"gone again"])
        (home.files / stored()[0]).unlink()
        with pytest.raises(Refusal) as refused:
            batch.place()
    assert refused.value.reason is KernelError.BUSY


@pytest.mark.parametrize("address", ["", "../../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "０" * 64])
def test_an_address_is_64_hex_digits_and_nothing_else(address):
    with pytest.raises(ValueError, match="64 hex digits"):
        storage.size_of(address)


def test_it_lists_the_stored_addresses_of_a_folder(home):
    address = put(b"listed")
    (home.files / address[:2] / address[2:4] / "something else").write_bytes(b"")
    assert storage.addresses(address[:2]) == [address]
    assert storage.addresses("00" if address[:2] != "00" else "01") == []
