"""Where a figure comes from: formula, terms, events."""
