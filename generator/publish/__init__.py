"""The manifest and the output folder."""
