"""The published site looked at as its readers and machines will: links, markup, feeds."""
