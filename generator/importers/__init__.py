"""The outside world's stories to Markdown in content/."""
