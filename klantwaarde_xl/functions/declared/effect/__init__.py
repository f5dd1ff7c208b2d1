"""What a measure brings: scenarios, goals, savings."""
