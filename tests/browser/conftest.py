"""The screens in a real browser, over a demonstration district of their own.

They run apart from the other tests (`pytest tests/browser`, `make test`): the browser's driver keeps a loop running in
the thread, in which Django refuses to touch a database. Chromium is `/usr/bin/chromium` or what `CHROMIUM` names;
without one the tests skip, in CI they fail. `JINGWEI_PICTURES` names a folder for the pictures of the manual.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.journeys.homes import environment

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader")
DESK, WIDE, PHONE = (1366, 768), (1920, 1080), (360, 740)
# Refusals are answers; a computer without a graphics card is slow; what a test cuts off fails.
_EXPECTED = ("status of 4", "GL Driver Message", "net::ERR_FAILED")
HEAVIEST = 110_000  # bytes of one picture of the manual
FEWEST = Path(__file__).with_name("fewest.txt")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run of the whole folder in which fewer tests passed than were counted before has lost some."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    whole = not session.config.option.keyword and [Path(arg).name for arg in session.config.args] == ["browser"]
    if exitstatus == 0 and whole and os.environ.get("CI") and reporter is not None:
        passed, fewest = len(reporter.stats.get("passed", [])), int(FEWEST.read_text())
        if passed < fewest:
            reporter.write_line(f"only {passed} tests of the screens ran, {fewest} did before", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@dataclass(frozen=True)
class House:
    """A served demonstration district. `passwords`: by login."""

    home: Path
    base: str
    passwords: dict[str, str]

    def run(self, *words: object) -> str:
        return _jingwei(self.home, *words)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demonstration district as it was made. Nobody serves it: it is copied."""
    home = tmp_path_factory.mktemp("made") / "home"
    _jingwei(home, "demo", "--no-serve")
    return home


@pytest.fixture(scope="module")
def house(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Every file of tests has one of its own: none finds what another has done."""
    with served(made, tmp_path_factory.mktemp("house")) as held:
        yield held


@contextmanager
def served(made: Path, folder: Path) -> Iterator[House]:
    """A copy of the demonstration, served on a port of its own until the block ends."""
    home = folder / "home"
    shutil.copytree(made, home)
    lines = (line.split() for line in (home / "demo" / "accounts.txt").read_text().splitlines()[3:])
    passwords = {words[1]: words[2] for words in lines if len(words) > 3}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jingwei.cli.main", "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as serving:
        try:
            _await(f"http://127.0.0.1:{port}/healthz")
            yield House(home, f"http://127.0.0.1:{port}", passwords)
        finally:
            serving.terminate()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as held:
        yield held


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: the screens are not tested")
        pytest.skip("there is no Chromium (apt-get install chromium fonts-noto-cjk): the screens are not tested")
    held = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    yield held
    held.close()


@dataclass
class Visit:
    """What a page said on its console, threw, and asked of other hosts."""

    context: BrowserContext
    faults: list[str]


class Company:
    """People who have signed in, each in a browser of their own, and what their pages complained of."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house, self.browser = house, browser
        self.visits: list[Visit] = []

    def __call__(self, login: str, path: str, *, size: tuple[int, int] = DESK, dark: bool = False, large: bool = False,
                 scale: float = 1) -> Page:
        """`("shift1", "/desk/today", size=PHONE, dark=True)`: a page of somebody signed in; nobody without a login."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="zh-CN",
            timezone_id="Asia/Shanghai", reduced_motion="reduce", accept_downloads=True, device_scale_factor=scale)
        if large:
            context.add_init_script("try { localStorage.setItem('jingwei.appearance', '{\"size\": \"large\"}') } catch { /* a page without one */ }")
        self.visits.append(Visit(context, []))
        _listen(context, self.visits[-1].faults, self.house.base)
        if login:
            sign_in(context, self.house, login)
        page = context.new_page()
        page.goto(self.house.base + path)
        return page

    def leave(self) -> None:
        """All go home; none of their pages may have thrown, complained on its console, or asked another host."""
        for visit in self.visits:
            visit.context.close()
        faults = [fault for visit in self.visits for fault in visit.faults]
        assert faults == []


def sign_in(context: BrowserContext, house: House, login: str) -> None:
    answer = context.request.post(f"{house.base}/api/session", data={"login": login, "password": house.passwords[login]})
    assert answer.ok, answer.text()


@pytest.fixture
def person(house: House, browser: Browser) -> Iterator[Company]:
    """`person("shift1", "/desk/today")`: see Company."""
    company = Company(house, browser)
    yield company
    company.leave()


def _listen(context: BrowserContext, faults: list[str], base: str) -> None:
    def page_opened(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"thrown: {error}"))
        page.on("console", lambda told: faults.append(f"console: {told.text}")
                if told.type in ("error", "warning") and not any(part in told.text for part in _EXPECTED) else None)

    def asked(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and f"{parts.scheme}://{parts.netloc}" != base:
            faults.append(f"another host: {address}")

    context.on("page", page_opened)
    context.on("request", lambda request: asked(request.url))


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], None]:
    """`picture(page, "acceptor-queue")`: for the manual, where a folder is named; few colours, so that it stays small."""
    folder = os.environ.get("JINGWEI_PICTURES")

    def taken(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            path = Path(folder) / f"{name}.png"
            for colours in (256, 96, 40):
                drawn.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
                if path.stat().st_size < HEAVIEST:
                    break

    return taken


def _jingwei(home: Path, *words: object) -> str:
    command = [sys.executable, "-m", "jingwei.cli.main", "--home", str(home), *map(str, words)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _await(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == 200:
                return
        assert time.monotonic() < until, f"{address} does not answer"
        time.sleep(0.1)
