import pytest
from django.urls import reverse

from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.recommendations.models import Release
from tests.recommendations.world import make_world, train

pytestmark = pytest.mark.django_db
LIST = "admin:retail_ai_release_changelist"


def test_an_empty_list_says_what_to_do(admin_client):
    assert "Train now" in admin_client.get(reverse(LIST)).content.decode()


def test_a_release_shows_its_figures_beside_popularity(admin_client):
    products, customers = make_world()
    train()
    release = Release.objects.get()
    page = admin_client.get(reverse("admin:retail_ai_release_change", args=[release.pk])).content.decode()
    assert "It serves: it was judged by what" in page and "Better than popularity" in page
    assert "<svg" in page and "NDCG@10 (tail)" in page
    assert "Roll back" not in page and 'name="_save"' not in page  # no release before it, nothing to type
    preview = reverse("admin:retail_ai_release_preview")
    found = admin_client.get(preview, {"q": "tent"}).content.decode()
    assert f"?product={products['Tent'].pk}" in found
    shown = admin_client.get(preview, {"product": products["Tent"].pk}).content.decode()
    assert "Often chosen after Tent" in shown
    assert admin_client.get(preview, {"customer": customers[0].pk}).status_code == 200
    assert admin_client.get(preview, {"customer": "<x>", "product": "x"}).status_code == 200
    product_page = admin_client.get(reverse("admin:shop_demo_product_change", args=[products["Tent"].pk]))
    assert "products follow from it" in product_page.content.decode()


def test_promote_and_roll_back_by_button(admin_client):
    make_world()
    train()
    train()
    new, old = Release.objects.all()
    for page in (reverse(LIST), reverse("admin:retail_ai_release_change", args=[new.pk])):
        assert f"Roll back to release #{old.pk}" in admin_client.get(page).content.decode()
    admin_client.post(reverse("admin:retail_ai_release_roll_back"))
    old.refresh_from_db()
    assert old.state == "serving"
    admin_client.post(reverse(LIST), {"action": "promote", "_selected_action": [new.pk]})
    new.refresh_from_db()
    assert new.state == "serving"
    assert admin_client.get(reverse("admin:retail_ai_release_roll_back")).status_code == 403


def test_training_starts_from_the_list_and_from_the_product_action(admin_client, monkeypatch):
    monkeypatch.setattr("retail_ai.recommendations.admin.enqueue", lambda job: run(job.pk))  # no broker here
    products, _ = make_world()
    assert admin_client.post(reverse("admin:retail_ai_release_train")).status_code == 302
    chosen = {"action": "retail_ai_recommend", "_selected_action": [products["Tent"].pk]}
    assert admin_client.post(reverse("admin:shop_demo_product_changelist"), chosen).status_code == 302
    assert Job.objects.filter(kind="recommendations.train", state="done").count() == 2


def test_a_release_is_put_in_service_from_its_own_page(admin_client, client, django_user_model):
    make_world()
    train()
    train()
    new, old = Release.objects.all()
    page, serve = (reverse(f"admin:retail_ai_release_{name}", args=[old.pk]) for name in ("change", "serve"))
    assert serve in admin_client.get(page).content.decode()
    client.force_login(django_user_model.objects.create_user("looker", is_staff=True))
    assert client.post(serve).status_code == 403 and admin_client.get(serve).status_code == 403
    assert f"#{old.pk} serves" in admin_client.post(serve, follow=True).content.decode()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("serving", "retired")
    assert serve not in admin_client.get(page).content.decode()
