from django.contrib import admin

from retail_ai.stores.admin import RetailAIProductAdminMixin
from tests.alt_store.models import Article


@admin.register(Article)
class ArticleAdmin(RetailAIProductAdminMixin, admin.ModelAdmin):
    list_display = ["code", "name", "gross_cents"]
    actions = ["hide"]

    @admin.action(description="Hide")
    def hide(self, request, queryset):
        queryset.update(hidden=True)
