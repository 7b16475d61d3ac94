"""Sounds, films and documents: what their files tell, and the same without what none should."""
