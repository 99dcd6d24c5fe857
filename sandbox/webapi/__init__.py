"""Slack's Web API: the methods a bot uses, strict where Slack is strict."""
