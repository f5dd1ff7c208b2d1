"""The workbook that the stub worker refreshes: its plan, its moment and its table on the sheet `Klanten`."""

from tests.hosts.libreoffice import stub_worker


def add_customers(workbook):
    """Add the sheet with the table of three customers in C5:E8, without columns of the user's."""
    page = workbook.add_worksheet("Klanten")
    workbook.define_name("kw_plan", "=Klanten!$B$1")
    workbook.define_name("kw_ververst", "=Klanten!$B$2")
    columns = [{"header": header} for header in stub_worker.COLUMNS]
    page.add_table("C5:E8", {"name": "tblKlanten", "columns": columns})
    return page
