"""Analysis to workbook, and back: templates, lossless editing, the refresh plan."""
