"""What comes in: forms of approval and bulk files of events."""
