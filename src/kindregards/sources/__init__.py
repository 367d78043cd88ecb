"""Bytes from outside. Knows core, not Django."""
