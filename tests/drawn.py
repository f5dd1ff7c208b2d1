"""Templates drawn once: most tests of a template begin with the same empty workbook of it.

That it is the same when it is drawn again is for a test that draws it by the function within: `__wrapped__`.
"""

import functools
from collections import OrderedDict

_MOST = 60  # workbooks, of a tenth of a megabyte each


def once(draw):
    """`skeleton` of the product, whose result of the last templates and moments is kept."""
    kept = OrderedDict()

    @functools.wraps(draw)
    def drawn(template, created, **how):
        key = id(template), created, *sorted(how.items())
        if key not in kept:
            kept[key] = (
                template,
                draw(template, created, **how),
            )  # with the template, lest another gets its id
        kept.move_to_end(key)
        if len(kept) > _MOST:
            kept.popitem(last=False)
        return kept[key][1]

    return drawn
