"""Plugins: how they are written, found, checked, configured, and joined by hooks."""
