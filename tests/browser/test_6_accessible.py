"""axe, the checker of accessibility rules, finds nothing on the pages that customers and owners use most."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
SHOP = ("/", "/search/?q=phone", "/search/?q=zzzqqq", "/departments/phones/", "/cart/", "/help/", "/login/",
        "/retail-ai/assistant/", "/retail-ai/privacy")  # fmt: skip
OWNER = ("", "draft", "job", "reordersuggestion", "reordersuggestion/scenario", "purchaseorder", "stockalert",
         "release", "campaign", "segment", "slaterule", "synonym", "unansweredquestion")  # fmt: skip
FIRST_OF = ("draft", "job", "reordersuggestion", "release")
DJANGOS_OWN = [[".breadcrumbs"]]


def violations(page: Page) -> list[str]:
    answer = Axe().run(page, context={"exclude": DJANGOS_OWN}, options={"runOnly": RULES})
    return [
        f"{page.url} {rule['id']}: {node['html'][:160]}"
        for rule in answer.response["violations"]
        for node in rule["nodes"]
    ]


def test_the_shops_pages(page: Page):
    page.set_viewport_size({"width": 375, "height": 800})
    found = []
    for path in SHOP:
        page.goto(path)
        found += violations(page)
    assert found == []


def test_the_owners_pages(owner: Page):
    found = []
    for name in OWNER:
        owner.goto(f"/admin/retail_ai/{name}/" if name else "/admin/retail_ai/")
        found += violations(owner)
    assert found == []


@pytest.mark.parametrize("model", FIRST_OF)
def test_the_first_of_a_list(owner: Page, model: str):
    owner.goto(f"/admin/retail_ai/{model}/")
    owner.goto(
        owner.locator("#result_list tbody")
        .locator("th a, td.field-product_link a")
        .first.evaluate("link => link.href")
    )
    assert violations(owner) == []
