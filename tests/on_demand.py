"""What many tests of a file share, each part made when the first of them asks for it."""


class OnDemand(dict):
    """Key → what `make` gives for it, made once.

    A worker that runs a few tests of a file does not make what the tests of the others need.
    """

    def __init__(self, make):
        super().__init__()
        self._make = make

    def __missing__(self, key):
        self[key] = made = self._make(key)
        return made
