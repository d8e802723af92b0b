"""A small shop with a past, made in the words of whichever shop is installed. Says nothing about what is checked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

KINDS = {
    "Tents": ("Tent", {"weight": "2.1 kg", "persons": "2", "colour": "green"}),
    "Lamps": ("Lamp", {"power": "8 W", "colour": "white", "socket": "E27"}),
    "Mugs": ("Mug", {"volume": "300 ml", "material": "stoneware", "colour": "blue"}),
    "Headphones": ("Headphones", {"battery life": "20 h", "weight": "210 g", "colour": "black"}),
    "Kettles": ("Kettle", {"volume": "1.7 l", "power": "2200 W", "colour": "silver"}),
}
NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm")
HELP = {
    "Returns": "You may return goods within 30 days. Print the label and hand the parcel in at any post office.",
    "Delivery": "Standard delivery costs 4.90 and takes two to four working days.",
}
CUSTOMERS = 8
TURNS = 12


@dataclass
class World:
    """25 products, five of each kind; eight customers, of whom the last did not allow mail; a year of orders."""

    products: list[Any]
    customers: list[Any]


def make_world(shop: Any) -> World:
    products = [
        shop.product(
            f"{name} {noun}", category=category, brand=name, price=f"{10 + 7 * place}.50", stock=20,
            attributes=attributes, text=f"The shop's own words on {name} {noun}.",
        )
        for category, (noun, attributes) in KINDS.items()
        for place, name in enumerate(NAMES)
    ]  # fmt: skip
    customers = [shop.customer(f"c{n}@example.com", may_contact=n < CUSTOMERS - 1) for n in range(CUSTOMERS)]
    for title, text in HELP.items():
        shop.passage(title, text)
    _make_orders(shop, World(products, customers))
    return World(products, customers)


def _make_orders(shop: Any, world: World) -> None:
    """Each customer walks along the shelf of one kind, which is the order that a recommender can learn."""
    now = timezone.now()
    for turn in range(TURNS):
        for number, customer in enumerate(world.customers):
            shelf = 5 * (number % 5)
            lines = [(world.products[shelf + (number + turn) % 5], 1 + turn % 3)]
            shop.order(customer, lines, now - timedelta(days=7 * (TURNS - turn), hours=number))


def make_superuser() -> Any:
    """Whatever the user model calls its login name."""
    users = get_user_model()
    return users.objects.create_superuser(**{users.USERNAME_FIELD: "boss@example.com", "password": "boss-secret-1"})
