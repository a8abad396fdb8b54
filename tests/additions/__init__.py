"""What it takes to add an event type, a figure, a status…: done to a copy, and run."""
