"""Block Kit as Slack checks it: shapes, required fields, enumerations, lengths and counts, as tables."""

# Sources: the types of Slack's npm packages @slack/types 3.2.0 and @slack/web-api 8.2.0, and Slack's block
# reference for the limits that the types do not carry. Never the app's own builders.
