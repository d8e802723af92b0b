"""The app can be taken out of a shop that used it, and put back: in a database and a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
LEAVE = """
import django
django.setup()
from django.core.management import call_command
from retail_ai.catalog.services import index_products
from retail_ai.inventory.models import SupplierPolicy
from tests.shop_demo.maker import DemoShop
call_command("migrate", verbosity=0)
tent = DemoShop().product("Tent Fjell 2", category="Tents", attributes={"weight": "2.1 kg"})
index_products(keys=[tent.pk])
SupplierPolicy.objects.create(product=tent)
call_command("migrate", "retail_ai", "zero", verbosity=0)
"""


def test_a_shop_that_used_the_app_can_take_it_out(postgres_url):
    name = "retail_ai_left"
    url = urlsplit(postgres_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            done = subprocess.run(
                [sys.executable, "-c", LEAVE], cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True,
                text=True, timeout=600,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr[-3000:]
            with psycopg.connect(url) as left:
                tables = {
                    row[0] for row in left.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                }
                extensions = {row[0] for row in left.execute("SELECT extname FROM pg_extension")}
            assert [table for table in tables if table.startswith("retail_ai")] == []
            assert "shop_demo_product" in tables
            assert {"vector", "pg_trgm", "unaccent"} <= extensions  # the shop's own queries may use them
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
