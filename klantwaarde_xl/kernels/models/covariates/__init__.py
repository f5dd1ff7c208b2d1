"""What makes customers buy more often or stay longer: characteristics that they had from the start."""
