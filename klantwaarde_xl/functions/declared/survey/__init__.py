"""What customers answer: NPS, satisfaction, effort."""
