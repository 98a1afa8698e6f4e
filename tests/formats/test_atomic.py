"""Files that are there whole or not at all, and what a killed program leaves of them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jingwei.formats.atomic import atomic_file, clear_leavings, leavings, scratch_folder

_FILE = """
import sys, time
from jingwei.formats.atomic import atomic_file
with atomic_file(sys.argv[1]) as stream:
    stream.write(b"half"); stream.flush(); print("begun", flush=True); time.sleep(60)
"""
_FOLDER = """
import sys, time
from pathlib import Path
from jingwei.formats.atomic import scratch_folder
with scratch_folder(Path(sys.argv[1]).parent) as folder:
    (folder / "copy").write_bytes(b"half"); print("begun", flush=True); time.sleep(60)
"""


@contextmanager
def writing(code: str, target: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has begun to write and does not come to an end."""
    with subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "begun\n"
            yield other
        finally:
            other.kill()


@pytest.mark.parametrize("code", [_FILE, _FOLDER])
def test_what_a_killed_program_left_is_named_and_cleared_by_the_next_one(code: str, tmp_path: Path) -> None:
    with writing(code, tmp_path / "first.tar") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    (left,) = leavings(tmp_path)
    assert left.name.startswith(".")
    with atomic_file(tmp_path / "second.tar") as stream:
        stream.write(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["second.tar"]


@pytest.mark.parametrize("code", [_FILE, _FOLDER])
def test_what_a_living_program_is_writing_is_left_alone(code: str, tmp_path: Path) -> None:
    with writing(code, tmp_path / "first.tar"):
        assert leavings(tmp_path) == []
        clear_leavings(tmp_path)
        assert len(list(tmp_path.iterdir())) == 1


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    for name in (".first.tar.abcdefgh.part", ".rsync.X1", "notes.jingwei-part.txt"):
        (tmp_path / name).write_bytes(b"theirs")
    clear_leavings(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_scratch_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "copy").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    """Not by the name of the half-written file, which nobody has ever seen."""
    wanted = tmp_path / "nowhere" / "out.csv"
    with pytest.raises(FileNotFoundError) as caught, atomic_file(wanted):
        pass
    assert caught.value.filename == str(wanted)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError) as caught, atomic_file(tmp_path / "out.csv"):
        pass
    assert caught.value.filename == str(tmp_path / "out.csv")
    tmp_path.chmod(0o700)
