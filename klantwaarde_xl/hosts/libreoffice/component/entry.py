"""What LibreOffice loads: the two services, and nothing that can fail before one is asked for."""

import unohelper
from klantwaarde_calc.addin import Functions
from klantwaarde_calc.facts import FUNCTIONS, HANDLER, SERVICE
from klantwaarde_calc.menu import SERVICES, Menu

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Functions, FUNCTIONS, (SERVICE,))
g_ImplementationHelper.addImplementation(Menu, HANDLER, SERVICES)
