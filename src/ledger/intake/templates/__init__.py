"""Workbooks to fill in, and their reader."""
