"""What a user does: a ledger, with one method for each thing."""
