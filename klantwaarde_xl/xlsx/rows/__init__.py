"""What belongs to the rows of a table goes where they go: one map, and a mover for each kind of part."""
