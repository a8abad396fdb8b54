"""The indicator that tests of a ledger name."""

TRAINING = "开展就业培训数"
