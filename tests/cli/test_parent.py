"""A child ends with its parent, whatever it is doing then (T1)."""

import os
import subprocess
import sys

CHILD = """
import os, signal, time
from jingwei.cli.parent import end_with

heard = []

def hear(*_):
    heard.append(1)
    if len(heard) == 2:
        os.write(1, b"ended when asked again")
        os._exit(0)

signal.signal(signal.SIGTERM, hear)
end_with(os.getppid())
os.write(1, b"watching ")
until = time.monotonic() + 30
while time.monotonic() < until:
    time.sleep(0.1)
"""
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def test_it_is_asked_again_when_it_did_not_hear_the_first_time() -> None:
    """As a web server that is just starting: its own handler comes after the signal."""
    with subprocess.Popen([sys.executable, "-c", PARENT, CHILD], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.read(9) == b"watching "
        parent.kill()
        assert parent.stdout.read() == b"ended when asked again"


def test_it_does_not_begin_when_its_parent_is_gone_already() -> None:
    late = f"from jingwei.cli.parent import end_with; end_with({os.getppid()}); print('begun')"
    done = subprocess.run([sys.executable, "-c", late], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (1, "")
