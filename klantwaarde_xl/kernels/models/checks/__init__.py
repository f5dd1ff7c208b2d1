"""Whether a fitted model fits, tracks and predicts."""
