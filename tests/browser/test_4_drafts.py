"""A reviewer at the keyboard: typing is checked, nothing is overwritten unseen, the guide marks, history goes back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import photograph


def open_draft(owner: Page, query: str) -> str:
    owner.goto(f"/admin/retail_ai/draft/?state__exact=draft&field__exact=description&q={query}")
    owner.locator("#result_list tbody th a").first.click()
    expect(owner.locator("mark.rai-claim").first).to_be_visible()
    return owner.url


def type_live_text(owner: Page, texts_url: str, more: str) -> None:
    """Change the live text in the shop's own admin, as a colleague might."""
    key = re.search(r"texts/([^/]+)/", texts_url)
    assert key
    owner.goto(f"/admin/shop_demo/product/{key[1]}/change/")
    box = owner.locator("#id_description")
    box.fill((box.input_value() + more).strip())
    owner.locator("input[name=_save]").click()
    owner.wait_for_load_state()


def test_typing_is_checked_and_keys_do_not_clash_with_it(owner: Page) -> None:
    open_draft(owner, "Corvina")
    owner.locator("body").press("e")
    owner.keyboard.press("Control+End")
    owner.keyboard.type(" It is waterproof, and ranks among us. <b>n</b>")  # every shortcut's letter is typed
    expect(owner.locator("#rai-verdict")).to_contain_text("waterproof")
    expect(owner.locator("mark.rai-unbacked", has_text="waterproof")).to_be_visible()
    assert "<b>n</b>" in owner.locator("#rai-text").inner_text()
    owner.keyboard.press("Escape")
    mark = owner.locator("mark.rai-claim").first
    mark.focus()
    expect(owner.locator(f"tr#rai-fact-{mark.get_attribute('data-fact')}")).to_have_class(re.compile("rai-on"))
    photograph(owner, "admin-review-typing")
    owner.locator("body").press("2")
    expect(owner.locator(".rai-tabs a[aria-current]")).to_contain_text("short description")
    owner.set_viewport_size({"width": 375, "height": 800})
    assert owner.evaluate("document.documentElement.scrollWidth") <= 375
    photograph(owner, "admin-review-phone")


def test_a_text_that_someone_else_changed_is_not_overwritten_unseen(owner: Page) -> None:
    draft = open_draft(owner, "Corvina")
    texts = owner.get_by_role("link", name="all texts and undo").get_attribute("href") or ""
    shop = owner.get_by_role("link", name="in the shop").get_attribute("href") or ""
    other = owner.context.new_page()
    type_live_text(other, texts, " Typed by a colleague.")
    owner.locator("body").press("a")
    expect(owner.locator("#content")).to_contain_text("Publish over it")
    expect(owner.locator(".messagelist")).to_contain_text("Nothing was overwritten")
    expect(owner.locator("#rai-diff")).to_contain_text("colleague.")
    photograph(owner, "admin-review-conflict")
    owner.locator("body").press("a")
    owner.wait_for_load_state()
    owner.goto(shop)
    expect(owner.locator(".about")).not_to_contain_text("Typed by a colleague.")
    owner.goto(texts)
    own = owner.locator(".rai-versions li", has_text="colleague.").first
    photograph(owner, "admin-text-history")
    own.get_by_role("button", name="Put this one back").click()
    owner.goto(shop)
    expect(owner.locator(".about")).to_contain_text("Typed by a colleague.")
    owner.goto(draft)
    expect(owner.locator(".rai-state")).to_contain_text("superseded")
    other.close()


def test_a_guide_marks_waiting_drafts(owner: Page) -> None:
    open_draft(owner, "")
    ending = " ".join(re.findall(r"\w+", owner.locator("#rai-edit").input_value())[-2:])
    owner.goto("/admin/retail_ai/voiceguide/add/")
    owner.fill("#id_name", "House")
    owner.fill("#id_banned", ending)
    owner.locator("input[name=_continue]").click()
    expect(owner.locator(".retail-ai-found li").first).to_contain_text(f"“{ending}” is banned")
    owner.locator(".retail-ai-found a").first.click()
    expect(owner.locator("#rai-notes")).to_contain_text(f"“{ending}” is banned")
    photograph(owner, "admin-review-guide")
    owner.goto("/admin/retail_ai/voiceguide/")
    owner.locator("input.action-select").first.check()
    owner.locator("select[name=action]").select_option("delete_selected")
    owner.locator("button[name=index]").click()
    owner.locator("input[type=submit]").last.click()
    expect(owner.locator("#content")).to_contain_text("No guide yet")
