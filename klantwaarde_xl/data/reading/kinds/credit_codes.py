"""Codes and letters by which programs of bookkeeping name a credit note."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Letters in the number or the code of a credit note that hardly are of anything else
CREDIT_CODES = """
    CN CNR CRN CNV CR CRE CRED CREDIT CREDITNOTA CREDITFACTUUR CM VCN VCR VC SCN SCR FCR FCN GS GU GUT
    GUTSCHRIFT STORNO AVOIR RF RFD RFND REFUND RET RETOUR RTN RETURN"""
# At the end of a code, where another code is the same with an invoice for it: `VKC` beside `VKF`
_CREDIT = re.compile("(?P<base>[A-Z]{1,5}?)[-_ ]?(C|CN|CR|CRE|CRED|CREDIT)")
_INVOICE = re.compile("(?P<base>[A-Z]{1,5}?)[-_ ]?(F|FA|FAC|FACT|FACTUUR|I|IN|INV|INVOICE|R|RE|RG)")
_SALES = re.compile("VE?R?K|VERKOOP|SALES?|AR")  # alone this is the code of an invoice too


def credit_codes(codes: Iterable[str]) -> list[str]:
    """Those codes of a list that are of a credit note, by themselves or by that of an invoice beside."""
    said = {code: code.strip().upper() for code in codes}
    bases = {found["base"] for one in said.values() if (found := _INVOICE.fullmatch(one))}
    bases |= {one for one in said.values() if _SALES.fullmatch(one)}
    return [
        code
        for code, one in said.items()
        if one in CREDIT_CODES.split() or ((found := _CREDIT.fullmatch(one)) and found["base"] in bases)
    ]
