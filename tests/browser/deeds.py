"""What a person does on the screens, in their words: open a case, press a button, fill in what it asks."""

import re
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

from tests.files.pictures import photo

_UNIT_LOADED = re.compile("按规则应由|您改选了别的单位|请选择单位|请另选单位|只能转给本单位|本单位没有下级")
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


def turn_to(page: Page, case_id: str) -> None:
    """Another case without loading the page anew, as a link within the desk would; waits until it, or its lack, is shown."""
    page.evaluate("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate', {state: {}})) }",
                  f"/desk/cases/{case_id}")
    page.wait_for_function("""id => document.querySelector(`article.case[data-case="${id}"], .case.failed[data-case="${id}"]`)""", arg=case_id)


def shown_buttons(page: Page) -> list[str]:
    """The steps of the flow; what may be done beside it stands under 更多."""
    group = page.get_by_role("group", name="可做的操作").get_by_role("button")
    return [name.strip() for name in group.all_inner_texts() if not name.startswith("更多")]


def do(page: Page, base: str, case_id: str, name: str, *, kind: str = "", photos: bool = False) -> None:
    """Open the case, press the button, fill in all that is asked, send it by Ctrl+Enter; fails if it was refused."""
    press(page, base, case_id, name, kind=kind, photos=photos)


def press(page: Page, base: str, case_id: str, name: str, *, kind: str = "", photos: bool = False) -> None:
    before = len(told(page.request, base, case_id)["timeline"])
    open_case(page, base, case_id).get_by_role("button", name=name, exact=True).click()
    dialog, note = page.get_by_role("dialog", name=name), page.locator(".step-note")
    expect(dialog.or_(note).first).to_be_visible()
    if dialog.count():
        _fill(page, dialog, kind, photos)
        page.keyboard.press("Control+Enter")
        try:
            expect(dialog).to_be_hidden(timeout=15_000)
        except AssertionError as error:
            raise AssertionError(f"{name}: {dialog.inner_text()}") from error
    expect(note.or_(page.locator(".case.failed")).first).to_be_visible()
    answer = page.request.get(f"{base}/api/cases/{case_id}")
    assert answer.status == 404 or len(answer.json()["timeline"]) > before, f"{name} left nothing in the timeline"


def _fill(page: Page, dialog: Locator, kind: str, photos: bool) -> None:
    expect(dialog.locator(".el-skeleton")).to_have_count(0)
    classes = dialog.get_by_role("combobox", name="分类", exact=True)
    if classes.count():
        if kind or not _chosen(dialog):
            classes.click()
            page.keyboard.type(kind or "占道经营")
            page.get_by_role("option").filter(has_text=kind or "占道经营").first.click()
        choices = dialog.get_by_role("radio")
        expect(choices.first).to_be_visible()  # every class of the catalogue that is offered has a condition
        choices.first.check()
    units = dialog.get_by_role("combobox", name="单位", exact=True)
    if units.count():
        _choose_unit(page, dialog, units)
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
    send = dialog.locator("button[type=submit]")
    expect(send).to_be_enabled()
    send.focus()


def _choose_unit(page: Page, dialog: Locator, units: Locator) -> None:
    """The one that the rules name stands there by itself; else the first of the list."""
    expect(dialog.get_by_text(_UNIT_LOADED).first).to_be_visible()
    if not _chosen(dialog):
        units.click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")


def _chosen(dialog: Locator) -> bool:
    """Whether a value stands in the first field with a list."""
    return dialog.locator(".el-select__placeholder:not(.is-transparent)").count() > 0


def told(request: APIRequestContext, base: str, case_id: str) -> dict[str, Any]:
    """The case as the service tells it to this person."""
    answer = request.get(f"{base}/api/cases/{case_id}")
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found
