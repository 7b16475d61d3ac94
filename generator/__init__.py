"""Broadsheet turns a folder of article text files into a complete static news site."""
