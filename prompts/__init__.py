"""All wording: templates, labels and the journey as data, and how a prompt becomes a view."""
