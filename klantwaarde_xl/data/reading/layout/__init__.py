"""Where the table is in what was read: its header, titles and totals in it, tables side by side."""
