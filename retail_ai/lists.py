"""What the app's lists in the admin share: rows that only the app writes, and a word where there is none yet.

The look is in templates/admin/retail_ai/change_list.html and static/retail_ai/lists.css.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class ReadOnlyAdmin(Base):
    """Rows to look at: no adding, changing or deleting by hand, which would falsify what happened.

    ``empty_text`` says, above an empty list, where its rows come from.
    """

    empty_text: Any = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
