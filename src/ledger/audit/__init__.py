"""What those check who trust nothing: proofs, explanations, verification."""
