"""What is still to come: who is a customer on a day, purchases between two days, months ahead, newcomers."""
