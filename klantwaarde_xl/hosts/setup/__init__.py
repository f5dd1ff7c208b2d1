"""Putting Klantwaarde XL into Excel and LibreOffice, taking it out again, and saying what ails it.

`machine` is all that the computer tells; `registry` reads and writes Windows' settings; `excel`,
`libreoffice` and `mac` place and remove; `commands` are the files to double-click; `intellisense`
describes the functions to a tooltip; `doctor/` checks. Nothing but `intellisense` imports xlwings,
numpy or another library, because the rest has to work where one of those does not.
"""
