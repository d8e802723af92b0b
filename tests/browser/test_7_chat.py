"""The chat's script in a real Chromium on made-up answers: long conversations, impatient fingers. Needs no demo."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Request, Route, expect

from retail_ai.assistant.models import Message
from retail_ai.assistant.selectors import MESSAGES_SHOWN, Shown

CHAT = "/retail-ai/assistant/"
SCRIPT = Path(__file__).resolve().parents[2] / "retail_ai/static/retail_ai/assistant/chat.js"
SHOP = f'''<a href="{CHAT}" data-retail-ai-open data-close="Close" data-failed="Failed">Ask us</a>
<script src="/chat.js" defer></script>'''


class Server:
    """Answers as the chat's view does: each question adds two messages, and the newest are shown."""

    def __init__(self, said: int) -> None:
        self.said, self.talks = said, 1

    def __call__(self, route: Route) -> None:
        if route.request.url.endswith("/chat.js"):
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif CHAT in route.request.url:
            self.hear(route.request)
            route.fulfill(body=self.fragment(), content_type="text/html")
        else:
            route.fulfill(body=SHOP, content_type="text/html")

    def hear(self, request: Request) -> None:
        if b"anew" in (request.post_data_buffer or b""):
            self.said, self.talks = 0, self.talks + 1
        elif request.method == "POST":
            self.said += 2

    def fragment(self) -> str:
        numbers = range(max(1, self.said - MESSAGES_SHOWN + 1), self.said + 1)
        messages = [Message(pk=1000 * self.talks + n, role="assistant", text=f"number {n}") for n in numbers]
        shown = [Shown(message, [], []) for message in messages]
        return render_to_string("retail_ai/assistant/conversation.html", {"shown": shown})


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(base_url="http://shop.test")
    yield context.new_page()
    context.close()


def opened(page: Page, said: int) -> Server:
    server = Server(said)
    page.route("**/*", server)
    page.goto("/")
    return server


def ask(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("said", [0, 2, MESSAGES_SHOWN - 1, MESSAGES_SHOWN, 3 * MESSAGES_SHOWN])
def test_each_answer_is_added_however_long_the_conversation_is(page, said):
    opened(page, said)
    page.get_by_text("Ask us").click()
    for turn in (1, 2, 3):
        ask(page, "one more")
        expect(page.get_by_text(f"number {said + 2 * turn}", exact=True)).to_have_count(1)
    assert page.locator("article").count() == min(said, MESSAGES_SHOWN) + 6


def test_a_new_conversation_takes_the_old_ones_place(page):
    opened(page, 6)
    page.get_by_text("Ask us").click()
    page.get_by_text("Start a new conversation").click()
    expect(page.locator("article")).to_have_count(0)
    ask(page, "hello")
    expect(page.locator("article")).to_have_count(2)


def test_the_button_for_a_person_works(page):
    opened(page, 0)
    page.get_by_text("Ask us").click()
    page.get_by_text("Ask a person").click()
    expect(page.locator("article")).to_have_count(2)


def test_a_double_click_opens_one_panel(page):
    opened(page, 0)
    page.get_by_text("Ask us").dblclick()
    expect(page.locator("textarea")).to_be_focused()
    page.wait_for_timeout(300)
    assert page.locator(".retail-ai-panel").count() == 1
    page.keyboard.press("Escape")
    expect(page.get_by_text("Ask us")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_be_focused()
