"""Who the customer of a row is, and who is nobody."""
