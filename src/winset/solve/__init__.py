"""Exact search over outcome spaces."""
