"""The official forms as data: one file a layout, and the one reader of such files."""
