"""Outputs to bytes: Markdown, Jinja, XML."""
