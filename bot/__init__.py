"""Bothways: workplace mentoring that goes both ways."""
