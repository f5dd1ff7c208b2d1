"""The Calc extension: built from the registry, computing in a worker process of our own Python."""
