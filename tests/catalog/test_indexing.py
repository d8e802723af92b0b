from retail_ai.catalog.models import CatalogEntry, ProductVector, Term
from retail_ai.catalog.services import index_products
from shop_demo.models import Product


def test_a_full_index_describes_and_embeds_every_product(make, index):
    make("iPhone 13", attributes={"battery": "3240 mAh", "5g": True, "headphone jack": False})
    make("Galaxy S21", is_active=False)
    job = index()
    assert job.report == {"described": 2, "embedded": 2, "unchanged": 0, "removed": 0}
    entry = CatalogEntry.objects.get(title="iphone 13")
    assert "battery: 3240 mAh" in entry.text
    assert {"iphone", "13", "3240mah", "5g"} <= set(entry.terms)
    assert "jack" not in entry.terms
    assert Term.objects.get(pk="phone").entries == 2


def test_nothing_changed_embeds_nothing(make, index, embedded):
    make("iPhone 13")
    index()
    embedded.clear()
    assert index().report == {"described": 0, "embedded": 0, "unchanged": 1, "removed": 0}
    assert embedded == []


def test_only_what_changed_is_embedded_again(make, index, embedded):
    phone, _other = make("iPhone 13"), make("Galaxy S21")
    index()
    embedded.clear()
    Product.objects.filter(pk=phone.pk).update(title="iPhone 13 mini")
    assert index().report == {"described": 1, "embedded": 1, "unchanged": 1, "removed": 0}
    assert embedded == ["Phones: iPhone 13 mini"]


def test_a_new_price_is_written_down_but_not_embedded(make, index):
    phone = make("iPhone 13")
    index()
    Product.objects.filter(pk=phone.pk).update(price=99)
    assert index().report == {"described": 1, "embedded": 0, "unchanged": 0, "removed": 0}


def test_stock_changes_nothing(make, index):
    phone = make("iPhone 13")
    index()
    Product.objects.filter(pk=phone.pk).update(stock=0)
    assert index().report["unchanged"] == 1


def test_full_does_all_again(make, index):
    make("iPhone 13")
    index()
    assert index(full=True).report["embedded"] == 1


def test_chosen_products_only(make, index):
    phone, _other = make("iPhone 13"), make("Galaxy S21")
    index(products=Product.objects.filter(pk=phone.pk))
    assert list(CatalogEntry.objects.values_list("pk", flat=True)) == [phone.pk]


def test_deleting_a_product_deletes_what_is_known_of_it(make, index):
    phone = make("iPhone 13")
    index()
    phone.delete()
    assert not CatalogEntry.objects.exists()
    assert not ProductVector.objects.exists()


def test_products_that_the_adapter_no_longer_lists_leave_the_index(make, index, monkeypatch):
    from retail_ai.stores import get_store

    make("iPhone 13"), make("Galaxy S21")
    index()
    monkeypatch.setattr(get_store(), "products", lambda: Product.objects.filter(title="iPhone 13"), raising=False)
    assert index().report["removed"] == 1
    assert list(CatalogEntry.objects.values_list("title", flat=True)) == ["iphone 13"]
    assert not Term.objects.filter(pk="galaxy").exists()


def test_one_bad_product_spoils_only_itself(make, django_capture_on_commit_callbacks, monkeypatch):
    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run
    from retail_ai.stores import get_store

    make("iPhone 13"), make("Broken"), make("Galaxy S21")
    store, facts = get_store(), get_store().facts

    def sometimes(product):
        if product.title == "Broken":
            raise ValueError("bad attribute")
        return facts(product)

    monkeypatch.setattr(store, "facts", sometimes, raising=False)
    with django_capture_on_commit_callbacks(execute=True):
        job = start_index_job()
        run(job.pk)
    job.refresh_from_db()
    assert (job.done, job.failed, job.state) == (2, 1, "done")
    assert "bad attribute" in job.failures.get().reason


def test_hostile_text_is_indexed(make, index):
    make("'; DROP TABLE shop_demo_product; -- {0} %s \u202e 😀 <script>")
    make("…", description="x" * 100_000 + " end")
    index()
    assert CatalogEntry.objects.count() == 2


def test_reading_takes_the_same_number_of_queries_for_one_product_or_many(make, index, django_assert_num_queries):
    products = [make(f"Phone {n}") for n in range(20)]
    index()
    with django_assert_num_queries(8):  # spaces, length, products, gists, hashes, vectors' hashes; one transaction
        index_products(keys=[products[0].pk])
    with django_assert_num_queries(8):
        index_products(keys=[p.pk for p in products])


def test_a_product_deleted_while_it_is_indexed_is_left_out(make, monkeypatch, django_capture_on_commit_callbacks):
    from retail_ai.backends import get_embedder
    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run

    phone, other = make("phone"), make("other")
    embedder = get_embedder()
    embed = type(embedder).embed

    def meanwhile(texts):
        Product.objects.filter(pk=phone.pk)._raw_delete("default")
        return embed(embedder, texts)

    monkeypatch.setattr(embedder, "embed", meanwhile, raising=False)
    with django_capture_on_commit_callbacks(execute=True):
        job = start_index_job()
        run(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert ProductVector.objects.get().product_id == other.pk
