"""Facts, values and rules; no input or output."""
