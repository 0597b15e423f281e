"""Frozen reports: what leaves the app as a file or a sentence."""
