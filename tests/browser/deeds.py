"""What a person does on the screens, in their words: open a case, press a button, fill in what it asks."""

import re
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

from tests.files.pictures import photo

_GIVEN = {"text": "已处理完毕，<b>现场</b>恢复。", "reason": "现场情况与描述不符"}


def open_case(page: Page, base: str, case_id: str) -> Locator:
    """The case on the desk; returns the group of its buttons."""
    page.goto(f"{base}/desk/cases/{case_id}")
    expect(page.get_by_text("办理经过").first).to_be_visible()
    return page.get_by_role("group", name="可做的操作")


def buttons(page: Page, base: str, case_id: str) -> list[str]:
    """The names of what can be done here now."""
    found = open_case(page, base, case_id)
    return found.get_by_role("button").all_inner_texts() if found.count() else []


def do(page: Page, base: str, case_id: str, name: str, *, kind: str = "", photos: bool = False) -> None:
    """Press the button, fill in all that is asked, send it by Ctrl+Enter; fails if it was refused."""
    before = len(told(page.request, base, case_id)["timeline"])
    open_case(page, base, case_id).get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog", name=name)
    page.wait_for_timeout(500)  # a deed that asks nothing opens none
    if dialog.count():
        _fill(page, dialog, kind, photos)
        page.keyboard.press("Control+Enter")
        try:
            expect(dialog).to_be_hidden(timeout=10_000)
        except AssertionError as error:
            raise AssertionError(f"{name}: {dialog.inner_text()}") from error
    page.wait_for_timeout(300)
    answer = page.request.get(f"{base}/api/cases/{case_id}")
    assert answer.status == 404 or len(answer.json()["timeline"]) > before, f"{name} left nothing in the timeline"


def _fill(page: Page, dialog: Locator, kind: str, photos: bool) -> None:
    page.wait_for_timeout(400)
    classes = dialog.get_by_role("combobox", name="分类")
    if classes.count():
        if kind or not classes.input_value():
            classes.click()
            page.keyboard.type(kind or "占道经营")
            page.get_by_role("option").filter(has_text=kind or "占道经营").first.click()
            page.wait_for_timeout(500)
        choices = dialog.get_by_role("radio")
        if choices.count():
            choices.first.check()
    units = dialog.get_by_role("combobox", name="单位")
    if units.count() and not dialog.get_by_role("button", name=re.compile("^派遣给")).count():
        units.click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    if dialog.get_by_role("button", name="1 个工作日").count():
        dialog.get_by_role("button", name="1 个工作日").click()
    for label, words in (("情况说明", _GIVEN["text"]), ("理由", _GIVEN["reason"])):
        field = dialog.get_by_role("textbox", name=re.compile(label))
        if field.count():
            field.fill(words)
    chooser = dialog.locator("input[type=file]")
    if photos and chooser.count():
        chooser.set_input_files(files=[{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
        expect(dialog.locator("img")).to_have_count(1)
    page.wait_for_timeout(300)
    last = dialog.get_by_role("textbox")
    (last.last if last.count() else dialog.get_by_role("button").last).focus()


def told(request: APIRequestContext, base: str, case_id: str) -> dict[str, Any]:
    """The case as the service tells it to this person."""
    answer = request.get(f"{base}/api/cases/{case_id}")
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found
