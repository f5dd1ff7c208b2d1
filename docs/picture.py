"""Make the pictures in beelden/: the page of each workbook, as `klantwaarde voorbeelden` draws it.

python docs/picture.py        needs LibreOffice and the extra `beelden`
"""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.cli.commands import main

if __name__ == "__main__":
    main(["voorbeelden", "--uit", str(Path(__file__).with_name("beelden")), "--overschrijven"])
