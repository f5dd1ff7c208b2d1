"""What is asked when a file does not say, what was answered, and how that is kept."""
