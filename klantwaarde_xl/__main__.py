"""`python -m klantwaarde_xl` is `klantwaarde`."""

import sys

from klantwaarde_xl.cli.commands import main

sys.exit(main())
