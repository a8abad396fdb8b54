"""The append-only event log: lines, hashes and bytes on disk."""
