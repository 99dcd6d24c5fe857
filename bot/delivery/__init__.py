"""Brings what waits to where it belongs: events to their handlers, messages to their readers."""
