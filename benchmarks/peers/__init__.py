"""What a user would pick instead, each doing the same jobs on the same events."""
