"""Which header of a file is which of our columns."""
