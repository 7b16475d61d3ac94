"""Picture files: what is in them besides pixels, and the same pixels without it."""
