"""The edges: every chat command, button and form, and the platforms that carry them."""
