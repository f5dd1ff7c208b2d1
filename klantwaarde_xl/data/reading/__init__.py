"""Files that users bring, to checked tables: sources, text, workbooks, columns, doubts, quality."""
