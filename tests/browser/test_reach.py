"""The measure of reach finds what nobody could get at: a test of the test, on a page made for it."""

from tests.browser.conftest import Company
from tests.browser.reach import lost

BAD = """<meta charset=utf-8><body style="margin:0"><div style="position:relative;height:40px;width:200px">
<button>covered</button><div style="position:absolute;inset:0;background:white"></div></div>
<div style="width:40px;overflow:hidden;height:30px;position:relative"><button style="position:absolute;left:-300px">outside</button></div>
<p style="width:60px;overflow:hidden;white-space:nowrap">words that are cut off at the edge</p>
<button>reached</button></body>"""


def test_what_is_covered_outside_or_cut_is_found(person: Company) -> None:
    page = person("", "/sign-in")
    page.evaluate("words => { document.documentElement.innerHTML = words }", BAD)
    found = lost(page)
    assert [one.split(":")[0] for one in found] == ["covered", "out of view", "cut"]
    assert not any("reached" in one for one in found)
