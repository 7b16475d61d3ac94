"""The preview server: a live site over HTTP, to its own user only."""
