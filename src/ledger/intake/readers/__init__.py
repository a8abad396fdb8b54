"""Readers of forms: text, tables, workbooks, PDF."""
