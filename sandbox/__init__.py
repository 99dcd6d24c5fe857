"""A local stand-in for Slack: its Web API, what it sends to an app, and a page to look at it."""
