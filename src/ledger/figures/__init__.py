"""Every figure that reports give, known in one place."""
