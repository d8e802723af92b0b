"""Retail intelligence for any Django store. Nothing is imported here: see apps.py for the app's entry."""

__version__ = "0.1.0"
