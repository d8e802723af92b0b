"""Signals that a shop may listen to."""

from django.dispatch import Signal

# Sent by the worker some seconds after products were saved, once they are indexed. ``sender``: the shop's product
# model; ``keys``: primary keys of the products. A receiver's error is logged and stops nothing.
products_indexed = Signal()
