"""Pure: a Site to every Output."""
