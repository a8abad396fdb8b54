"""What tests of restoring and of backups share."""

SIZE = 42
