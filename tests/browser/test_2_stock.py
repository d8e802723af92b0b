"""The shop owner orders: advice with a changed quantity, a purchase order to received and back, a scenario, alerts."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import photograph

REORDERS = "/admin/retail_ai/reordersuggestion/"


def button(owner: Page, name: str) -> None:
    owner.get_by_role("button", name=re.compile(name)).first.click()
    owner.wait_for_load_state()


def test_from_advice_to_received_and_back(owner: Page):
    owner.goto(REORDERS)
    owner.locator("input[name^=units-]").first.fill("24")
    button(owner, "^Accept:")
    expect(owner.get_by_text("1 order accepted.")).to_be_visible()
    photograph(owner, "admin-reorders")
    owner.goto("/admin/retail_ai/purchaseorder/?state__exact=draft")
    owner.locator("#result_list tbody th a").first.click()
    owner.wait_for_load_state()
    button(owner, "Mark as ordered")
    owner.locator("input[name^=came-]").first.fill("1")
    button(owner, "Book what came")
    expect(owner.get_by_text("partly received")).to_be_visible()
    button(owner, "All of the rest came")
    expect(owner.locator(".retail-ai-facts")).to_contain_text("received")
    photograph(owner, "admin-purchase-order")
    button(owner, "^Undo: received")
    expect(owner.get_by_text("partly received")).to_be_visible()
    owner.emulate_media(media="print")
    expect(owner.locator(".retail-ai-nav")).to_be_hidden()
    expect(owner.locator(".retail-ai-order table").first).to_be_visible()


def test_a_products_plots_and_a_scenario(owner: Page):
    owner.goto(REORDERS)
    owner.locator(".field-product_link a").first.click()
    expect(owner.locator("svg.retail-ai-plot")).to_have_count(2)
    photograph(owner, "admin-forecast")
    owner.get_by_role("link", name="What if…").click()
    owner.get_by_role("link", name="Supplier two weeks late").click()
    expect(owner.get_by_role("cell", name="as forecast, present plan").or_(
        owner.get_by_role("columnheader", name="as forecast, present plan")
    )).to_be_visible()  # fmt: skip
    photograph(owner, "admin-scenario")


def test_alerts_and_stock_plan_fit_a_phone(owner: Page):
    owner.set_viewport_size({"width": 375, "height": 760})
    for page in ("stockalert", "stockplan", "purchaseorder", "reordersuggestion/scenario", "supplierpolicy/import"):
        owner.goto(f"/admin/retail_ai/{page}/")
        assert owner.evaluate("document.documentElement.scrollWidth") <= 380, page
