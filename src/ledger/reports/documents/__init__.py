"""The reports that users hold: values, and what they are shown as."""
