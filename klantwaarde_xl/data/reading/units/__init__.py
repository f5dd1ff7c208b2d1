"""The unit of a row: orders of lines, of shops and of files that number their own."""
