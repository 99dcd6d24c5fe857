"""Measurements of the bot beside their peers: each prints its figures as Markdown."""
