"""The demonstration with the network cut: service and browser stand where there is no way to another host.

Where the system lets them, both run in a network of their own that has only the loopback (`unshare --net`); everywhere
the browser is given a way out that only counts who knocks.
"""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Playwright, expect

from tests.browser.conftest import FLAGS, House
from tests.journeys.homes import environment

# Loopback up, then become the program named after it.
ALONE = """import fcntl, os, socket, struct, sys
with socket.socket() as one:
    fcntl.ioctl(one, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
os.execv(sys.argv[1], sys.argv[1:])"""
VENDOR = ("googleapis.com", "google.com", "gvt1.com")  # the browser sees to itself, whatever page it shows
PAGES = ("/desk/today", "/desk/cases", "/desk/map", "/desk/overview", "/desk/settings", "/field/")


@contextmanager
def knocked() -> Iterator[list[str]]:
    """A port that notes what is asked of it and answers nothing."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as gate:
        def listen() -> None:
            while True:
                try:
                    guest, _ = gate.accept()
                except OSError:
                    return
                with guest:
                    heard.append(guest.recv(200).decode("latin-1").split("\r\n")[0])

        threading.Thread(target=listen, daemon=True).start()
        heard.append(str(gate.getsockname()[1]))
        yield heard
        gate.shutdown(socket.SHUT_RDWR)


def browser_path() -> str:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("there is no Chromium")
    return path


def walk_through(page: Page, base: str, login: str, password: str) -> None:
    """Sign in by the form and open every part of the desk; the map draws its streets."""
    page.goto(f"{base}/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").first.fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    for path in PAGES:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        expect(page.locator("#app")).not_to_be_empty()
    page.goto(f"{base}/desk/map")
    with page.expect_response("**/*.mvt"):
        page.reload()
    page.goto(f"{base}/desk/cases")
    page.locator("tbody tr[data-row] a").first.click()
    expect(page.get_by_text("办理经过").first).to_be_visible()


def test_nothing_knocks_at_the_way_out(playwright: Playwright, house: House) -> None:
    """Not the pages, and not the browser on their account (fonts, hints, manifests)."""
    with knocked() as heard:
        gate = heard.pop()
        held = playwright.chromium.launch(
            executable_path=browser_path(), args=[*FLAGS, "--disable-features=NetworkTimeServiceQuerying,OptimizationHints"],
            proxy={"server": f"http://127.0.0.1:{gate}", "bypass": "127.0.0.1"})
        try:
            page = held.new_page()
            walk_through(page, house.base, "shift1", house.passwords["shift1"])
            with suppress(Error):  # what the gate hears when somebody does knock
                page.goto("http://outside.example/")
        finally:
            held.close()
        asked = {one.split(" ")[1].removeprefix("http://").partition("/")[0].partition(":")[0] for one in heard if " " in one}
        assert {host for host in asked if not host.endswith(VENDOR)} == {"outside.example"}, "what the test itself asked for"


def test_service_and_browser_alone_on_a_host_without_a_network(made: Path, playwright: Playwright, tmp_path: Path) -> None:
    unshare, enter = shutil.which("unshare"), shutil.which("nsenter")
    if not unshare or not enter or subprocess.run([unshare, "--map-root-user", "--net", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody have a network of their own")
    home = tmp_path / "home"
    shutil.copytree(made, home)
    lines = (line.split() for line in (home / "demo" / "accounts.txt").read_text().splitlines())
    password = next(words[2] for words in lines if len(words) > 3 and words[1] == "shift1")
    command = [unshare, "--map-root-user", "--net", sys.executable, "-c", ALONE,
               sys.executable, "-m", "jingwei.cli.main", "--home", str(home), "serve", "--port", "8000"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as serving:
        try:
            wrapper = tmp_path / "browser"
            wrapper.write_text(f'#!/bin/sh\nexec {enter} --target {serving.pid} --user --net --preserve-credentials {browser_path()} "$@"\n')
            wrapper.chmod(0o755)
            held = playwright.chromium.launch(executable_path=wrapper, args=list(FLAGS))
            try:
                page = held.new_page()
                _await(page, "http://127.0.0.1:8000/healthz")
                walk_through(page, "http://127.0.0.1:8000", "shift1", password)
                page.goto("http://127.0.0.1:8000/desk/today")
                outside = page.evaluate("fetch('http://192.0.2.1/', {mode: 'no-cors'}).then(() => 'open', () => 'shut')")
                assert outside == "shut"
            finally:
                held.close()
        finally:
            serving.terminate()


def _await(page: Page, address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            answer = page.goto(address)
            if answer and answer.ok:
                return
        except Error:
            assert time.monotonic() < until, "the service does not answer in there"
        time.sleep(0.2)
