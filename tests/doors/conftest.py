"""What tests of the admin's doors share: the owner, signed in."""

import pytest

from tests.events.shop import make_customer


@pytest.fixture
def owner(client, db):
    client.force_login(make_customer("owner", is_staff=True, is_superuser=True))
    return client
