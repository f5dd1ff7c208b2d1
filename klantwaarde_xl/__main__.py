"""`python -m klantwaarde_xl` is `klantwaarde`."""

import sys

from klantwaarde_xl.cli import main

sys.exit(main())
