"""Extracted text split into the rows and cells of its tables."""
