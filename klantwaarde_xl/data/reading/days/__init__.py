"""Days that are not simply in a column: in three of them, without a year, or months for days."""
