"""What ails an installation: each check says in Dutch whether it is good, and what to do.

`finding` is what a check says; `python`, `excel`, `policies` and `libreoffice` hold the checks of
each; `examine` runs them all and renders the result for a person or a help desk.
"""
