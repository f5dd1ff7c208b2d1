"""Models of buying until leaving, behind one face."""
