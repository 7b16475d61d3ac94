"""Stages of a build over many files: reading them all, rendering them all, in several processes."""
