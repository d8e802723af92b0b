"""The shop owner in the admin: action → job → review → publish → shop → undo; mail, stock, releases, index."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import photograph


def run_action(owner: Page, query: str, label: str, *, rows: int = 1) -> None:
    """Select the first products of a search and run an action on them."""
    owner.goto(f"/admin/shop_demo/product/?q={query}")
    for box in owner.locator("input.action-select").all()[:rows]:
        box.check()
    owner.locator("select[name=action]").select_option(label=label)
    owner.locator("button[name=index]").click()


def wait_for_job(owner: Page) -> None:
    """The job page moves by itself until the job is done."""
    owner.wait_for_url(re.compile(r"/admin/retail_ai/job/\d+/change/"))
    expect(owner.locator("#content").get_by_text("done", exact=True).first).to_be_visible(timeout=240_000)


def test_the_shops_own_actions_stand_beside_the_apps(owner: Page):
    owner.goto("/admin/shop_demo/product/")
    labels = owner.locator("select[name=action] option").all_inner_texts()
    assert {"Generate descriptions", "Update recommendations", "Add to campaign"} <= set(labels)
    assert any("Hide" in label for label in labels)
    photograph(owner, "admin-products")


def test_lists_are_no_wider_than_a_laptop(owner: Page):
    owner.set_viewport_size({"width": 1280, "height": 900})
    for name in ("draft", "stockplan", "reordersuggestion", "job", "release", "campaign"):
        owner.goto(f"/admin/retail_ai/{name}/")
        assert owner.evaluate("document.documentElement.scrollWidth") <= 1280, name


def test_a_description_goes_from_action_to_shop_and_back(owner: Page):
    run_action(owner, "Highfell", "Generate descriptions")
    expect(owner.get_by_text("What it will take")).to_be_visible()
    photograph(owner, "admin-describe-estimate")
    owner.locator("#rai-write button[type=submit], #rai-write input[type=submit]").last.click()
    wait_for_job(owner)
    photograph(owner, "admin-job")

    owner.goto("/admin/retail_ai/draft/?state__exact=draft&field__exact=description&q=Highfell")
    owner.locator("#result_list tbody th a").first.click()
    expect(owner.locator("mark.rai-claim").first).to_be_visible()
    assert owner.locator("mark.rai-unbacked").count() == 0
    text = owner.locator("#rai-edit").input_value()
    shop = owner.get_by_role("link", name="in the shop").get_attribute("href")
    draft = owner.url
    photograph(owner, "admin-review")

    owner.goto(shop)
    before = owner.locator(".about").inner_text() if owner.locator(".about").count() else ""
    owner.goto(draft)
    owner.locator("body").press("a")  # the keyboard publishes
    owner.wait_for_load_state()
    owner.goto(shop)
    sentence = text.split(". ")[0][:60]
    expect(owner.locator(".about")).to_contain_text(sentence)
    photograph(owner, "product-after-publishing")

    owner.goto(draft)
    owner.get_by_role("button", name=re.compile("Undo")).click()
    owner.wait_for_load_state()
    owner.goto(shop)
    after = owner.locator(".about").inner_text() if owner.locator(".about").count() else ""
    assert after == before


def test_an_edit_that_invents_a_fact_is_warned_about(owner: Page):
    owner.goto("/admin/retail_ai/draft/?state__exact=draft&field__exact=description")
    owner.locator("#result_list tbody th a").first.click()
    invented = owner.locator("#rai-edit").input_value() + " It is waterproof and weighs 777 kg."
    owner.locator("#rai-edit").fill(invented)
    owner.get_by_role("button", name=re.compile("Save and check")).click()
    expect(owner.get_by_text("777").first).to_be_visible()
    assert owner.locator("mark.rai-unbacked").count() >= 2
    photograph(owner, "admin-review-warning")


def test_recommendations_are_updated_by_an_action_and_releases_show_their_figures(owner: Page):
    run_action(owner, "Galaxy", "Update recommendations", rows=2)
    wait_for_job(owner)
    owner.goto("/admin/retail_ai/release/")
    expect(owner.locator("#content")).to_contain_text("serving")
    photograph(owner, "admin-releases")
    owner.goto("/admin/retail_ai/release/preview/")
    photograph(owner, "admin-preview")


def test_the_product_page_of_the_admin_links_to_results(owner: Page):
    owner.goto("/admin/shop_demo/product/?q=Highfell")
    owner.locator("#result_list tbody th a").first.click()
    panel = owner.locator(".field-retail_ai_panel")
    expect(panel).to_contain_text("Indexed")
    assert panel.locator("a").count() >= 2
    panel.scroll_into_view_if_needed()
    photograph(owner, "admin-product")


def test_a_campaign_is_looked_at_approved_and_sent_once(owner: Page):
    owner.goto("/admin/retail_ai/campaign/")
    owner.locator("#result_list tbody th a").first.click()
    photograph(owner, "admin-campaign")
    owner.get_by_role("link", name="Recipients and their mails").click()
    expect(owner.locator("#content table tbody tr").first).to_be_visible()
    photograph(owner, "admin-recipients")
    owner.locator("#content table tbody tr th a").first.click()
    text = owner.locator(".retail-ai-text").inner_text()
    assert "unsubscribe" in text.lower()
    photograph(owner, "admin-mail")

    link = re.search(r"https?://[^/\s]+(/\S*unsubscribe\S*)", text)
    assert link
    owner.goto(link[1])
    photograph(owner, "unsubscribe")
    owner.get_by_role("button", name=re.compile("unsubscribe", re.IGNORECASE)).click()
    expect(owner.get_by_role("button", name=re.compile("unsubscribe", re.IGNORECASE))).to_have_count(0)

    owner.goto("/admin/retail_ai/campaign/")
    owner.locator("#result_list tbody th a").first.click()
    owner.locator("input[value=Approve]").click()
    owner.locator("input[value='Send now']").click()
    wait_for_job(owner)
    owner.goto("/admin/retail_ai/campaign/")
    owner.locator("#result_list tbody th a").first.click()
    expect(owner.locator("#content")).to_contain_text("Sending is over; nobody was mailed twice.")
    expect(owner.locator("#content")).to_contain_text(re.compile(r"unsubscribed: 1\b"))
    photograph(owner, "admin-campaign-sent")


def test_a_reorder_is_accepted_and_undone_and_its_forecast_is_drawn(owner: Page):
    owner.goto("/admin/retail_ai/reordersuggestion/")
    rows = owner.locator("#result_list tbody tr")
    before = rows.count()
    assert before
    photograph(owner, "admin-reorder")
    owner.get_by_role("button", name="Accept").first.click()
    owner.wait_for_load_state()
    owner.goto("/admin/retail_ai/reordersuggestion/?state=accepted")
    owner.get_by_role("button", name="Undo").first.click()
    owner.wait_for_load_state()
    owner.goto("/admin/retail_ai/reordersuggestion/")
    assert owner.locator("#result_list tbody tr").count() == before
    owner.locator("#result_list a[href*='/forecast/']").first.click()
    expect(owner.locator("svg").first).to_be_visible()
    photograph(owner, "admin-forecast")


def test_the_state_of_the_index_and_the_jobs_can_be_read(owner: Page):
    owner.goto("/admin/retail_ai/catalogentry/")
    expect(owner.locator("#content")).to_contain_text("use-multilingual")
    photograph(owner, "admin-index")
    owner.goto("/admin/retail_ai/job/")
    assert owner.locator("#result_list tbody tr").count() >= 5
    photograph(owner, "admin-jobs")


def test_questions_without_an_answer_are_listed(owner: Page):
    owner.goto("/admin/retail_ai/conversation/")
    expect(owner.locator("#result_list")).to_be_visible()
    photograph(owner, "admin-conversations")
