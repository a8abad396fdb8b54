"""Cells, formats and safe text of spreadsheets."""
