"""The custom properties of a book, as COM gives them."""

import types

# ruff: noqa: N802, N803  the names are COM's


class Properties:
    """The custom properties of a book, counted from one or asked for by name."""

    def __init__(self, held):
        self.held = dict(held)

    @property
    def Count(self):
        return len(self.held)

    def Item(self, which):
        name = which if isinstance(which, str) else [*self.held][which - 1]
        delete = lambda: self.held.pop(name)  # noqa: E731
        return types.SimpleNamespace(Name=name, Value=self.held[name], Delete=delete)

    def Add(self, Name, LinkToContent, Type, Value):
        assert (LinkToContent, Type) == (False, 4)
        assert Name not in self.held
        assert len(Value) <= 255
        self.held[Name] = Value
