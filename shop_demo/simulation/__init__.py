"""Two years of invented customers, orders, visits and reviews for the demo shop. Everything it writes is labelled."""
