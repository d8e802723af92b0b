"""From recorded searches and clicks to another order: end to end, with too little, and back again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from retail_ai.catalog import rankers
from retail_ai.catalog.clicks import read_showings
from retail_ai.catalog.learning import learn_ranking
from retail_ai.catalog.models import SearchRanker
from retail_ai.catalog.rankers import forget_ranker
from retail_ai.catalog.search import search_products
from retail_ai.catalog.search_models import SearchChoice, SearchLog
from retail_ai.catalog.tasks import learn_ranking as nightly
from retail_ai.events.models import Event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.privacy.models import Consent

THINGS = [f"{adjective}{noun}" for adjective in ("red", "blue", "soft", "hard", "tall") for noun in
          ("lamp", "chair", "table", "clock", "vase", "mirror", "basket")]  # fmt: skip


@pytest.fixture(autouse=True)
def known_ranker():
    forget_ranker()
    yield
    forget_ranker()


@pytest.fixture
def shop(make, index):
    """Of each thing four that the words cannot tell apart."""
    for thing in THINGS:
        for colour in ("Alpha", "Beta", "Gamma", "Delta"):
            make(f"{thing} {colour}")
    index()


def searched(words, person, *, hits=None, click=None, buy=False):
    """A search as it is recorded, with what it shows now, and a click on a hit whose title holds ``click``."""
    hits = hits or search_products(words).hits
    shown = [str(hit.product.pk) for hit in hits]
    name = f"{words}-{person}"
    event = Event.objects.create(kind="search", visitor=person, query=words, slate=name, reference=f"search:{name}")
    SearchLog.objects.create(event=event, search=name, folded=words, words=words, total=len(hits), shown=shown)
    for hit in hits:
        if click and click in hit.product.title:
            Event.objects.create(kind="click", visitor=person, product=hit.product, slate=name)
            if buy:
                Event.objects.create(kind="purchase", visitor=person, product=hit.product, order=name)


def titles(words):
    return [hit.product.title for hit in search_products(words).hits]


def everybody_wants_the_last(people=5):
    found = {thing: search_products(thing).hits for thing in THINGS}
    last = {thing: hits[3].product.title for thing, hits in found.items()}
    for person in range(people):
        for thing, hits in found.items():
            searched(thing, f"p{person}", hits=hits, click=last[thing], buy=person == 0)
    return last


def learn():
    out = StringIO()
    call_command("retail_ai_learn_search", stdout=out)
    return out.getvalue()


def test_what_is_clicked_and_bought_rises_and_one_click_goes_back(shop, admin_client):
    before = {thing: titles(thing) for thing in THINGS}
    last = everybody_wants_the_last()
    said = learn()
    assert "serves" in said and "chosen first" in said, said
    ranker = SearchRanker.objects.get()
    assert ranker.active and ranker.source == "shoppers" and ranker.report["seen"]["purchases"] == len(THINGS)
    assert all(titles(thing)[0] == last[thing] for thing in THINGS)
    page = admin_client.get(reverse("admin:retail_ai_searchranker_change", args=[ranker.pk])).content.decode()
    assert "This order serves" in page and "as fused" in page
    admin_client.post(reverse("admin:retail_ai_searchranker_back"))
    assert {thing: titles(thing) for thing in THINGS} == before
    admin_client.post(reverse("admin:retail_ai_searchranker_serve", args=[ranker.pk]))
    assert titles(THINGS[0])[0] == last[THINGS[0]]


def test_too_few_clicks_say_so_and_change_nothing(shop):
    for person in range(4):
        searched(THINGS[0], f"p{person}", click="Delta")
    before = titles(THINGS[0])
    said = learn()
    assert "Too little to learn from: 1 different searches" in said and "Nothing has changed" in said
    assert not SearchRanker.objects.exists() and titles(THINGS[0]) == before


def test_clicks_that_follow_the_order_teach_no_other(shop):
    found = {thing: search_products(thing).hits for thing in THINGS}
    for person in range(5):
        for thing, hits in found.items():
            searched(thing, f"p{person}", hits=hits, click=hits[0].product.title)
    assert "Nothing has changed" in learn()
    assert not SearchRanker.objects.get().active


def test_words_of_one_person_are_not_kept(shop):
    for _ in range(3):
        searched("redlamp", f"only-{_}", click="Beta")
    searched("my secret name", "one", click="Beta")
    searched("bluelamp", "one", click="Beta")
    learn()
    assert set(SearchChoice.objects.values_list("words", flat=True)) == {"redlamp"}


def test_searches_of_those_who_declined_since_are_not_read(shop):
    for person in ("p1", "p2", "p3"):
        searched("redlamp", person, click="Beta")
    assert len(read_showings()) == 3
    Consent.objects.create(visitor="p2", purpose="tracking", granted=False)
    assert {one.person for one in read_showings()} == {"p1", "p3"}


def test_the_admin_starts_learning_and_shows_how_it_went(shop, admin_client, django_capture_on_commit_callbacks):
    page = admin_client.get(reverse("admin:retail_ai_searchranker_changelist")).content.decode()
    assert "No order has been learned yet" in page
    admin_client.post(reverse("admin:retail_ai_searchranker_learn"))
    job = Job.objects.get(kind="catalog.learn_ranking")
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and "Too little to learn from" in job.report["result"]
    assert (
        "Too little to learn from"
        in admin_client.get(reverse("admin:retail_ai_job_change", args=[job.pk])).content.decode()
    )


def test_who_may_not_change_the_order_cannot(shop, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    for name in ("learn", "back"):
        assert client.post(reverse(f"admin:retail_ai_searchranker_{name}")).status_code == 403
    assert not Job.objects.filter(kind="catalog.learn_ranking").exists()


def test_the_nightly_task_learns_only_where_it_is_switched_on(shop, settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SEARCH": {"LEARN_FROM_CLICKS": False}}
    assert nightly() is None
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SEARCH": {"LEARN_FROM_CLICKS": True}}
    assert nightly() == nightly() == Job.objects.get(kind="catalog.learn_ranking").pk


def test_going_back_from_the_first_order_says_that_there_is_none(db):
    with pytest.raises(CommandError, match="none before it"):
        call_command("retail_ai_learn_search", "--back")


def test_an_order_that_cannot_be_restored_does_not_serve(db):
    row = SearchRanker.objects.create(kind="magic", source="shoppers", state={})
    with pytest.raises(InvalidInput):
        rankers.promote(row)
    assert not SearchRanker.objects.filter(active=True).exists()


def test_judgements_of_a_shop_with_one_product_are_learned_from(make, index):
    product = make("Laptop sleeve")
    index()
    ranker = learn_ranking({"laptop sleeve": {product.pk: 3.0}})
    assert not ranker.active and ranker.report["queries"] == 1


def test_judgements_of_what_is_not_indexed_say_so(make):
    with pytest.raises(InvalidInput, match="none finds anything"):
        learn_ranking({"laptop sleeve": {make("Laptop sleeve").pk: 3.0}})
