"""Forecasting methods that come from other packages."""
