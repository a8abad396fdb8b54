"""States of streams: held, packed and loaded."""
