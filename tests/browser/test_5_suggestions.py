"""A new visitor clicks three running shoes and the home page follows; reasons, choices, keyboard, a phone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import photograph


def test_three_running_shoes_change_the_home_page_and_choices_act_at_once(page: Page):
    page.goto("/search/?q=running+shoes")
    cards = page.locator("main ul.cards .card > a")
    shoes = [card.get_attribute("href") for card in cards.all()[:3]]
    titles = []
    for shoe in shoes:
        page.goto(shoe)
        titles.append(page.locator("h1").inner_text())
    page.goto("/")
    slate = page.locator(".retail-ai-slate[data-slate=for_you]")
    reason = slate.locator(".retail-ai-reason").first.inner_text()
    assert any(title in reason for title in titles), (reason, titles)
    slate.locator(".retail-ai-why summary").first.focus()
    page.keyboard.press("Enter")
    expect(slate.get_by_role("button", name="Don't use this").first).to_be_visible()
    photograph(page, "suggestions-why")
    first = slate.locator(".retail-ai-card-title").first.inner_text()
    slate.get_by_role("button", name=f"Not interested in {first}").click()
    expect(slate.get_by_role("button", name="Undo")).to_be_focused()
    assert first not in slate.locator(".retail-ai-card-title").all_inner_texts()
    page.keyboard.press("Enter")
    expect(slate.locator(".retail-ai-card-title", has_text=first).first).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 376
