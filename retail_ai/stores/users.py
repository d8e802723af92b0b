"""By what a person is found and mailed. A shop's own user model may name these fields as it likes, or lack them."""

from typing import Any

from django.contrib.auth import get_user_model


def user_search_fields() -> list[str]:
    """Names of the fields that a person is looked up by: the login name and, where there is one, the address."""
    model = get_user_model()
    there = {field.name for field in model._meta.get_fields()}
    wanted = (model.USERNAME_FIELD, model.get_email_field_name())
    return [name for name in dict.fromkeys(wanted) if name in there]


def email_of(user: Any) -> str:
    """A user's address; where the model has no such field, the login name if it is one. Empty otherwise."""
    address = str(getattr(user, user.get_email_field_name(), "") or "")
    name = str(user.get_username())
    return address or (name if "@" in name else "")
