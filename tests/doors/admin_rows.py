"""Rows enough to fill a page of every list that the app has in the admin."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from retail_ai.assistant.models import Conversation, Message
from retail_ai.campaigns.models import Campaign, Segment
from retail_ai.catalog.models import CatalogEntry, SearchRanker, VectorSpace
from retail_ai.catalog.search_models import CuratedQuery, CuratedResult, FacetValue, SearchLog, Synonym
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.voice_models import VoiceGuide, VoiceRelease
from retail_ai.events.models import Event
from retail_ai.experiments.models import Experiment
from retail_ai.inventory.models import (
    Forecast,
    ForecastRun,
    PurchaseOrder,
    PurchaseOrderLine,
    ReorderSuggestion,
    SavedScenario,
    StockAlert,
    StockPlan,
    StockSnapshot,
    Supplier,
    SupplierPolicy,
)
from retail_ai.jobs.models import Job
from retail_ai.privacy.models import Consent
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.rule_models import SlateRule
from shop_demo.models import Department, Product

LONG = "Insulated stainless-steel trekking bottle with a bamboo lid, 750 ml"


def fill_every_list(count=50):
    """Each row has another product and customer, so that a query a row shows."""
    now = timezone.now()
    shelf = Department.objects.create(slug="all", name="All")
    products = Product.objects.bulk_create(
        Product(sku=f"s{n}", slug=f"s{n}", title=f"{LONG} {n}", department=shelf, price=Decimal(10), stock=5)
        for n in range(count)
    )
    user = get_user_model()
    people = user.objects.bulk_create(
        user(username=f"someone-with-a-long-name{n}", email=f"c{n}@example.com") for n in range(count)
    )
    pairs = list(enumerate(zip(products, people, strict=True)))
    Event.objects.bulk_create(
        Event(kind="view", customer=who, product=what, query=LONG, slate="bought_together", source="page")
        for _n, (what, who) in pairs
    )
    report = {"kind": "bm25", "ndcg10": {"bm25": 0.5}, "gains": {"bm25": [0.1, 0.01]}, "queries": 40, "passed": True}
    SearchRanker.objects.bulk_create(
        SearchRanker(kind="linear", source="shoppers", state={"weights": {}}, report=report) for _n in range(count)
    )
    Consent.objects.bulk_create(
        Consent(customer=who, purpose="tracking", granted=True, source="privacy page") for _n, (_p, who) in pairs
    )
    Job.objects.bulk_create(
        Job(kind="descriptions.draft", title=f"Write descriptions for {n} products", started_by=who, state="running",
            total=12_000, done=4_500, failed=12, tokens=1_250_000, seconds=5_000)
        for n, (_p, who) in pairs
    )  # fmt: skip
    Draft.objects.bulk_create(
        Draft(product=what, field="description", language="zh-hans", text=f"{LONG}. {LONG}.", generator="composer",
              claims=[])
        for n, (what, _w) in pairs
    )  # fmt: skip
    VoiceGuide.objects.bulk_create(VoiceGuide(name=f"House {n}", banned=LONG, is_active=False) for n in range(count))
    VoiceRelease.objects.bulk_create(
        VoiceRelease(state="retired", alias="default", base="SmolLM2-135M-Instruct/b179c952", text_count=4_000,
                     passed_gate=True, promoted_at=now)
        for _n in range(count)
    )  # fmt: skip
    CatalogEntry.objects.bulk_create(
        CatalogEntry(product=what, text=LONG, title=LONG, sku=f"sku-{n}", terms=["bottle"], indexed_at=now)
        for n, (what, _w) in pairs
    )  # fmt: skip
    VectorSpace.objects.bulk_create(
        VectorSpace(identity=f"universal-sentence-encoder-multilingual-v3:{n}", dimensions=512) for n in range(count)
    )
    Release.objects.bulk_create(
        Release(state="retired", backend="retail_ai.backends.recommenders.linear.SequentialLinear", 
                event_count=250_000, passed_gate=True, promoted_at=now)
        for _n in range(count)
    )  # fmt: skip
    _inventory(pairs, now)
    _people(pairs, now)
    _searches(pairs)


def _inventory(pairs, now):
    weeks = {name: [7.0] * 8 for name in ("mean", "lower80", "upper80", "lower95", "upper95")}
    run = ForecastRun.objects.create(origin=now.date(), weeks=8, finished_at=now)
    Forecast.objects.bulk_create(
        Forecast(run=run, product=what, method="weekly exponential smoothing", error=0.8, naive_error=1, **weeks)
        for _n, (what, _w) in pairs
    )
    ReorderSuggestion.objects.bulk_create(
        ReorderSuggestion(product=what, run=run, quantity=120, order_by=now.date() + timedelta(n), days_of_cover=12,
                          weekly_demand=7, stock=12, on_order=24, reorder_point=20, safety_stock=5, lead_time_days=14,
                          cost=Decimal("1234.56"))
        for n, (what, _w) in pairs
    )  # fmt: skip
    StockSnapshot.objects.bulk_create(StockSnapshot(product=p, day=now.date(), quantity=5) for _n, (p, _w) in pairs)
    suppliers = Supplier.objects.bulk_create(Supplier(name=f"Northwind {n} Ltd") for n, _pair in pairs)
    SupplierPolicy.objects.bulk_create(SupplierPolicy(supplier=suppliers[n], product=p) for n, (p, _w) in pairs)
    StockPlan.objects.bulk_create(
        StockPlan(product=p, supplier=suppliers[n], status="excess", stock=90, weekly_demand=1, reorder_point=3,
                  surplus_units=70, surplus_value=Decimal(700), remedy="markdown", discount=0.2)
        for n, (p, _w) in pairs
    )  # fmt: skip
    orders = PurchaseOrder.objects.bulk_create(PurchaseOrder(supplier=one, state="ordered") for one in suppliers)
    PurchaseOrderLine.objects.bulk_create(
        PurchaseOrderLine(order=orders[n], product=p, quantity=12, unit_cost=3) for n, (p, _w) in pairs
    )
    SlateRule.objects.bulk_create(SlateRule(action="boost", product=p, created_by=who) for _n, (p, who) in pairs)
    StockAlert.objects.bulk_create(StockAlert(kind="spike", product=p) for _n, (p, _w) in pairs)
    SavedScenario.objects.bulk_create(SavedScenario(name="10 % off", created_by=who) for _n, (_p, who) in pairs)


def _people(pairs, now):
    segments = Segment.objects.bulk_create(Segment(name=f"Bought {n}", category="All") for n, _pair in pairs)
    Campaign.objects.bulk_create(
        Campaign(name=f"Spring sale {n}", segment=segments[n], created_by=who, sent_at=now, state="sent")
        for n, (_p, who) in pairs
    )
    talks = Conversation.objects.bulk_create(Conversation(customer=who) for _n, (_p, who) in pairs)
    Message.objects.bulk_create(
        Message(conversation=talk, role="customer", text=LONG, outcome="unanswered") for talk in talks
    )
    Experiment.objects.bulk_create(Experiment(key=f"colour-{n}", variants={"red": 1}) for n, _pair in pairs)


def _searches(pairs):
    Synonym.objects.bulk_create(Synonym(phrase=f"bottle {n}", means="flask") for n, _pair in pairs)
    FacetValue.objects.bulk_create(FacetValue(kind="brand", value=f"Bottle & Co {n}") for n, _pair in pairs)
    arranged = CuratedQuery.objects.bulk_create(CuratedQuery(query=f"bottle {n}") for n, _pair in pairs)
    CuratedResult.objects.bulk_create(CuratedResult(curated=arranged[n], product=what) for n, (what, _w) in pairs)
    events = Event.objects.bulk_create(Event(kind="search", customer=who, query=LONG) for _n, (_p, who) in pairs)
    SearchLog.objects.bulk_create(
        SearchLog(event=event, search=f"{n:032x}", folded=f"bottle {n}", total=0, is_poor=True)
        for n, event in enumerate(events)
    )
