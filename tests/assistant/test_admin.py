import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from retail_ai.assistant.models import Conversation, Message, UnansweredQuestion
from retail_ai.assistant.services import start_index_job
from retail_ai.jobs.runner import run

CHAT, LIST = "/retail-ai/assistant/", "/admin/retail_ai/unansweredquestion/"


@pytest.fixture
def question(client, pages):
    client.post(CHAT, {"text": "who won the world cup <b>2018</b>"})
    return Message.objects.get(role="customer")


def test_what_could_not_be_answered_is_listed_and_can_be_settled_and_taken_back(admin_client, question):
    assert "who won the world cup &lt;b&gt;" in admin_client.get(LIST).content.decode()
    admin_client.post(LIST, {"action": "settle", "_selected_action": [question.pk]})
    assert UnansweredQuestion.objects.get(pk=question.pk).outcome == "resolved"
    assert "Nothing here" in admin_client.get(LIST).content.decode()
    admin_client.post(LIST + "?state=resolved", {"action": "unsettle", "_selected_action": [question.pk]})
    assert UnansweredQuestion.objects.get(pk=question.pk).outcome == "unanswered"


def test_answered_questions_are_not_listed(client, admin_client, pages):
    client.post(CHAT, {"text": "how much is shipping?"})
    assert "how much is shipping" not in admin_client.get(LIST).content.decode()


def test_who_waits_for_a_person(client, admin_client, db):
    client.post(CHAT, {"text": "I want to speak to a person"})
    page = admin_client.get("/admin/retail_ai/conversation/?state__exact=needs_human").content.decode()
    assert "a visitor" in page


def test_the_transcript_is_escaped_and_read_only_for_viewers(client, question):
    from django.contrib.auth.models import Permission

    viewer = get_user_model().objects.create_user("viewer", password="pw", is_staff=True)
    address = f"/admin/retail_ai/conversation/{question.conversation_id}/change/"
    client.force_login(viewer)
    assert client.get(address).status_code == 403
    viewer.user_permissions.add(Permission.objects.get(codename="view_conversation"))
    page = client.get(address).content.decode()
    assert "&lt;b&gt;2018&lt;/b&gt;" in page
    assert "Send reply" not in page
    client.post(address, {"text": "hello"})
    assert not Message.objects.filter(role="staff").exists()


def test_closing_and_opening_again(admin_client, question):
    address = f"/admin/retail_ai/conversation/{question.conversation_id}/change/"
    admin_client.post(address, {"close": "1"})
    assert Conversation.objects.get().state == "closed"
    admin_client.post(address, {"reopen": "1"})
    assert Conversation.objects.get().state == "needs_human"
    assert "Please type a reply" in admin_client.post(address, {"text": " "}, follow=True).content.decode()


def test_the_index_job(pages):
    job = start_index_job()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["indexed"]) == ("done", 5)


def test_the_command(pages, capsys):
    call_command("retail_ai_ask", "how", "much", "is", "shipping?")
    out = capsys.readouterr().out
    assert "Source: How much does shipping cost? /help/shipping/" in out
    assert "tool passages" in out
