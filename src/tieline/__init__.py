"""Tieline: an infrastructure for relationships."""

__version__ = "0.1.0"
