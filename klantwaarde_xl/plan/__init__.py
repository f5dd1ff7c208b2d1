"""A refresh as data: what is written where, and which row continues which."""
