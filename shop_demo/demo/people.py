"""The two logins of the demo: the owner of the shop, and a customer with a history. Other users are left alone."""

import secrets
import string
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count

from shop_demo.demo.folder import DemoFolder

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and the password, or a remark where it is not ours to know."""

    username: str
    password: str


def make_admin(folder: DemoFolder) -> Login:
    """The superuser ``admin`` with a generated password; one that a shop had before keeps its own."""
    user, created = User.objects.get_or_create(
        username=ADMIN, defaults={"email": "owner@example.com", "is_staff": True, "is_superuser": True}
    )
    return _admin_login(user, created, folder)


def make_customer(folder: DemoFolder) -> Login | None:
    """The simulated customer with most orders, who can log in with a generated password. None without history."""
    for name, password in folder.passwords().items():
        kind, _, username = name.partition(" ")
        if kind == "customer" and User.objects.filter(username=username).exists():
            return Login(username, password)
    user = (
        User.objects.filter(profile__is_simulated=True, is_staff=False)
        .annotate(orders=Count("shop_orders"))
        .order_by("-orders", "pk")
        .first()
    )
    if user is None:
        return None
    password = folder.keep_password(f"customer {user.username}", new_password())
    user.set_password(password)
    user.save(update_fields=["password"])
    return Login(user.username, password)


def new_password() -> str:
    """Twelve random letters and digits."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(12))


def _admin_login(user: User, created: bool, folder: DemoFolder) -> Login:
    known = folder.password(ADMIN)
    if known and user.check_password(known):
        return Login(ADMIN, known)
    if not created:
        return Login(ADMIN, "(its own password; change it with: manage.py changepassword admin)")
    user.set_password(known := folder.keep_password(ADMIN, new_password()))
    user.save(update_fields=["password"])
    return Login(ADMIN, known)
