"""The door to Django-oscar's pages: what shoppers do there is recorded, the dashboard leads to the app. The adapter,
which knows Oscar's tables, is retail_ai.stores.oscar."""
