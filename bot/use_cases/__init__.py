"""What people come for: plain functions, each inside one transaction. They load, decide, save and post."""
