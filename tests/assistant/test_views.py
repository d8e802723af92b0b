import pytest
from django.test import Client

from retail_ai.assistant.models import Conversation, Message
from retail_ai.privacy.services import adopt_visitor

CHAT, API = "/retail-ai/assistant/", "/retail-ai/api/assistant/messages"


def test_the_empty_page_offers_examples(client, db):
    page = client.get(CHAT).content.decode()
    assert "How long does delivery take?" in page
    assert 'role="log"' in page
    assert not Conversation.objects.exists()


def test_a_form_post_without_javascript(client, pages):
    response = client.post(CHAT, {"text": "how much is shipping?"})
    assert response["Location"].endswith("#latest")
    page = client.get(CHAT).content.decode()
    assert "how much is shipping?" in page
    assert "EUR 4.90" in page
    assert 'href="/help/shipping/"' in page
    assert Message.objects.get(role="assistant").milliseconds is not None


def test_the_fragment_has_no_page_around_it(client, pages):
    page = client.post(CHAT, {"text": "hello"}, headers={"X-Retail-AI": "fragment"}).content.decode()
    assert page.startswith('<div class="retail-ai-conversation">')
    assert "<html" not in page


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "\u200b\u200b"])
def test_an_empty_message_is_refused_kindly(client, db, text):
    page = client.post(CHAT, {"text": text}, follow=True)
    assert page.status_code == 200
    assert client.post(API, {"text": text}, "application/json").status_code == 400


def test_a_very_long_message_is_cut_on_the_page_and_refused_by_the_api(client, pages):
    assert client.post(CHAT, {"text": "shipping " * 1200}).status_code == 302
    assert len(Message.objects.get(role="customer").text) <= 2000
    assert client.post(API, {"text": "a" * 10_000}, "application/json").status_code == 400


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 123456|add:654321 }} {% x %}"]
)
def test_html_is_shown_as_text(client, pages, products, text):
    client.post(CHAT, {"text": text})
    page = client.get(CHAT).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "777777" not in page


@pytest.mark.parametrize("text", ["👋🏽", "🚚❓", "\u202eabc", "a\x00b", "𠮷野家", "e\u0301" * 50])
def test_odd_characters_do_no_harm(client, pages, products, text):
    assert client.post(CHAT, {"text": text}, follow=True).status_code == 200
    assert "\x00" not in Message.objects.filter(role="customer").latest("pk").text


def test_nobody_sees_anothers_conversation(client, ada_and_bob):
    ada, bob = ada_and_bob
    visitor, other = Client(), Client()
    visitor.post(CHAT, {"text": "visitor's secret"})
    for person in (client, other):
        person.force_login(ada if person is client else bob)
    client.post(CHAT, {"text": "ada's secret"})
    assert "ada&#x27;s secret" in client.get(CHAT).content.decode()
    for person in (other, visitor, Client()):
        assert "ada" not in person.get(CHAT).content.decode().replace("canada", "")
        assert "ada's secret" not in str(person.get(API).json())
    assert "visitor" not in str(client.get(API).json())
    assert len(visitor.get(API).json()) == 2


def test_signing_in_takes_the_visitors_talk_along_and_signing_out_leaves_it(client, ada_and_bob):
    client.post(CHAT, {"text": "hello"})
    client.force_login(ada_and_bob[0])
    assert len(client.get(API).json()) == 2
    client.logout()
    assert client.get(API).json() == []
    client.force_login(ada_and_bob[1])
    assert client.get(API).json() == []


def test_the_price_shown_is_the_one_of_now(client, products):
    client.post(API, {"text": "show me a coffee table"}, "application/json")
    type(products[0]).objects.filter(pk=products[0].pk).update(price="99.00", stock=0)
    shown = client.get(API).json()[-1]["products"][0]
    assert (shown["price"], shown["in_stock"]) == ("99.00", False)
    type(products[0]).objects.filter(pk=products[0].pk).update(is_active=False)
    assert "Oak coffee table" not in [p["title"] for p in client.get(API).json()[-1]["products"]]


def test_hand_over_and_the_reply_of_a_person(client, admin_client, db):
    client.post(CHAT, {"action": "human"})
    conversation = Conversation.objects.get()
    assert conversation.state == "needs_human"
    address = f"/admin/retail_ai/conversation/{conversation.pk}/change/"
    admin_client.post(address, {"text": "Good day, <b>how</b> can we help?"})
    conversation.refresh_from_db()
    assert conversation.state == "answered"
    page = client.get(CHAT).content.decode()
    assert "Good day, &lt;b&gt;how&lt;/b&gt; can we help?" in page
    assert "Our team" in page


def test_beginning_anew(client, db):
    client.post(CHAT, {"text": "good morning"})
    client.post(CHAT, {"action": "anew"})
    assert "good morning" not in client.get(CHAT).content.decode()
    assert Conversation.objects.get().state == "closed"


def test_beginning_anew_waits_for_the_person_who_will_answer_and_says_so(client, db):
    client.post(CHAT, {"action": "human"})
    page = client.post(CHAT, {"action": "anew"}, headers={"X-Retail-AI": "fragment"}).content.decode()
    assert "will answer here first" in page and 'role="alert"' in page
    assert Conversation.objects.get().state == "needs_human"


def test_too_many_messages(client, db):
    for _ in range(21):  # the first has no session yet
        client.post(CHAT, {"text": "hello"})
    assert client.post(API, {"text": "hello"}, "application/json").status_code == 429
    assert "many messages" in client.post(CHAT, {"text": "hello"}, follow=True).content.decode()


def test_a_post_from_another_site_is_refused(ada_and_bob):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada_and_bob[0])
    assert strict.post(CHAT, {"text": "hello"}).status_code == 403
    assert strict.post(API, {"text": "hello"}, "application/json").status_code == 403


def test_the_tag_is_a_link_without_inline_script(rf):
    from django.template import Context, Template

    made = Template("{% load retail_ai_assistant %}{% retail_ai_assistant %}").render(
        Context({"request": rf.get("/")})
    )
    assert f'href="{CHAT}"' in made
    assert "onclick" not in made
    assert "<script>" not in made


def test_a_persons_reply_is_seen_whichever_conversation_it_is_in(client, admin_client, ada_and_bob):
    """Ada waits for an answer, asks something as a visitor, and signs in: the reply must still reach her."""
    ada = ada_and_bob[0]
    client.force_login(ada)
    client.post(CHAT, {"action": "human"})
    waiting = Conversation.objects.get()
    client.logout()
    client.post(CHAT, {"text": "hello"})
    client.force_login(ada)
    adopt_visitor(visitor=Conversation.objects.exclude(pk=waiting.pk).get().visitor, customer=ada)
    admin_client.post(f"/admin/retail_ai/conversation/{waiting.pk}/change/", {"text": "It left today."})
    assert "It left today." in client.get(CHAT).content.decode()
    client.post(CHAT, {"text": "hello"})
    assert waiting.messages.filter(text="hello").exists()
