"""Markdown: from a text to the tree of its blocks and spans, its links and what is wrong in it."""
