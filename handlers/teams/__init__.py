"""Microsoft Teams: what comes in from it, and what goes out to it."""
