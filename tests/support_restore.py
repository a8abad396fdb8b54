"""What tests of restoring and of backups share."""

EXPORTED = 42
