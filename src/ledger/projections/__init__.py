"""Read models: pure folds over events, and the figures that follow from a state."""
