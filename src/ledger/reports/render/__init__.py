"""Renderings of report values; they compute nothing."""
