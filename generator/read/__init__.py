"""Disk to values that know their file and line."""
