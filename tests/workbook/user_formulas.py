"""A workbook as users make them around our functions: many kinds of formulas, on three sheets."""

import io

import xlsxwriter

ROWS = 6
FIRST = 4  # the first body row of tblKlant and of the columns beside it
CUSTOMERS = [
    ("Jansen", 100.0, 9),
    ("De Vries", 250.0, 10),
    ("Bakker", 75.5, 6),
    ("Visser", 40.0, 3),
    ("Smit", 610.0, 9),
    ("Mulder", 120.0, 8),
]

# Formulas of one cell, on row FIRST + number; kinds in the order of the remark behind them
PLAIN = [
    # a call with cells, absolute and mixed
    "KLANTWAARDE(C4,2)", "KLANTWAARDE($C$4,2,50)", "KLANTWAARDE(C$5,2)", "CLV(100,0.8,0.12)", "AOV(C4,4)",
    # the row and column of the formula itself
    "KLANTWAARDE(ROW()*100,2)", "KLANTWAARDE(ROW(C7)*100,COLUMN())", "KLANTWAARDE(INDEX($C$4:$C$9,ROW()-10),2)",
    # a table's columns: whole, more than one, everything, headers
    "NPS(tblKlant[score])", "SUM(KLANTWAARDE(tblKlant[omzet],2))", "COUNTA(tblKlant[#Headers])",
    "SUM(tblKlant[[omzet]:[score]])", "SUM(tblKlant[])", "ROWS(tblKlant[#All])",
    # a call that gives a table, inside another function
    "SUM(KLANTWAARDE(C4:C9,2))", "MAX(KLANTWAARDE(C4:C9,2))", "AVERAGE(KLANTWAARDE(C4:C9,2,10))",
    "SUMPRODUCT(KLANTWAARDE(C4:C9,2))", "SUMPRODUCT(KLANTWAARDE(C4:C9,2)*(D4:D9>8))",
    "INDEX(KLANTWAARDE(C4:C9,2),3)", "LARGE(KLANTWAARDE(C4:C9,2),2)", "COUNT(KLANTWAARDE(C4:C9,2))",
    "ROWS(KLANTWAARDE(C4:C9,2))", "SUM(KLANTWAARDE(C4:C9,2)*2)", "MATCH(500,KLANTWAARDE(C4:C9,2),0)",
    "INDEX(ABCKLASSEN(B4:B9,C4:C9),2,1)",
    "SUM(KLANTWAARDE(KLANTWAARDE(C4:C9,2),3))", "KLANTWAARDE(C4:C9,2)", "ROUND(KLANTWAARDE(C4:C9,2)/7,1)",
    # names: cells, a range, a constant, an expression
    "NPS(scores)", "KLANTWAARDE(omzet1,2)", "CLV(100,0.8,rente)", "SUM(scores)*2", "totaal/2",
    "KLANTWAARDE(totaal,2)",
    # whole columns
    "NPS(H:H)", "SUM(H:H)", "COUNTIF(H:H,\">8\")", "SUM(1:2)",
    # conditions and errors
    "IF(KLANTWAARDE(C4,2)>100,\"veel\",\"weinig\")", "IFERROR(AOV(1,0),\"geen orders\")", "AOV(1,0)", "AOV(1,0)+1",
    "KLANTWAARDE(\"tien\",2)", "IFERROR(KLANTWAARDE(\"tien\",2),-1)", "ISERROR(AOV(1,0))",
    "IF(C4>50,KLANTWAARDE(C4,2),0)", "IF(AND(C4>50,D4>8),\"top\",\"gewoon\")", "KLANTWAARDE(IF(C4>50,C4,1),2)",
    "IF(NPS(scores)>=0,\"goed\",\"slecht\")", "IFERROR(VLOOKUP(\"Niemand\",B4:D9,2,FALSE),0)",
    # look-ups
    "KLANTWAARDE(VLOOKUP(\"Bakker\",B4:D9,2,FALSE),2)", "INDEX(C4:C9,MATCH(\"Smit\",B4:B9,0))*2",
    "KLANTWAARDE(INDEX(C4:C9,MATCH(\"Smit\",B4:B9,0)),2)", "SUMIFS(C4:C9,D4:D9,\">=9\")",
    "KLANTWAARDE(SUMIFS(C4:C9,D4:D9,\">=\"&D4),2)", "AVERAGEIF(D4:D9,9,C4:C9)",
    "_xlfn.XLOOKUP(\"Visser\",B4:B9,C4:C9)",
    # arithmetic and rounding around our functions
    "ROUND(CLV(100,0.8,0.12)/3,2)", "KLANTWAARDE(C4,2)-KLANTWAARDE(C5,2)", "-KLANTWAARDE(C4,2)^2",
    "KLANTWAARDE(C4,2)*10%", "2*(KLANTWAARDE(C4,2)+1)", "MAX(0,NPS(scores)-10)",
    # text
    "\"waarde: \"&ROUND(KLANTWAARDE(C4,2),0)", "\"waarde: \"&AOV(10,4)", "LEFT(B4,3)&\"-\"&D4",
    "RFMSEGMENT(5,5,5)", "\"segment \"&RFMSEGMENT(5,5,5)", "UPPER(RFMSEGMENT(1,1,1))",
    "TEXT(KLANTWAARDE(C4,2),\"0\")", "TEXT(KLANTWAARDE(C4,2),\"0.00\")",
    # other sheets
    "KLANTWAARDE('Mijn blad'!A1,2)", "SUM('Mijn blad'!A1:A3)", "NPS('Mijn blad'!A:A)",
    # ranges on the formula's own row, and not
    "KLANTWAARDE(C4:C9*2,2)", "SUM(C4:C9*2)", "NPS(IF(D4:D9>5,D4:D9))",
    # LET, OFFSET, INDIRECT, TODAY, unions, several sheets, functions that the engine has not
    "_xlfn.LET(_xlpm.w,KLANTWAARDE(C4,2),_xlpm.w+1)", "SUM(OFFSET(C4,0,0,3,1))", "NPS(OFFSET(D4,0,0,3,1))",
    "KLANTWAARDE(INDIRECT(\"C\"&4),2)", "INDIRECT(\"C4\")*2", "TODAY()-TODAY()", "NPS((D4:D5,D7:D9))",
    "SUM(Blad1:'Mijn blad'!C4)", "AGGREGATE(9,6,C4:C9)", "NPS({10,9,3})", "SUM((C4:C5,C7))",
    # our functions in each other, and functions of Excel around ranges
    "KLDW(KLANTWAARDE(C4,2),2,0.3)", "CLVCACRATIO(CLV(100,0.8,0.12),AOV(C4,4))", "SUMPRODUCT(C4:C9,D4:D9)",
    "IF(D4>=9,\"promotor\",IF(D4>=7,\"passief\",\"criticus\"))", "COUNTIFS(D4:D9,\">=9\",C4:C9,\">100\")",
    "KLANTWAARDE(MAX(C4:C9),2)", "SUM(IF(D4>5,C4:C9,0))", "CHOOSE(2,AOV(1,2),AOV(2,2))", "KLANTWAARDE(C4,PI())",
    "SUM(KLANTWAARDE(C3:C9,2))", "LOOKUP(9,D4:D5,C4:C5)", "YEAR(DATE(2026,5,1))+KLANTWAARDE(1,2)",
    "SUM(KLANTWAARDE(C4:C9,2),AOV(1,2))", "RANK(KLANTWAARDE(C4,1),C4:C9)", "NPV(0.1,KLANTWAARDE(C4:C9,1))",
    "COUNTIF(C4:C9,\">\"&KLANTWAARDE(C4,1))", "COUNTIF(C4:C9,\">\"&1/3)", "COUNTIF(B4:B9,\"*er\")",
    # a chain, in both directions
    "KLANTWAARDE(G4,2)", "KLANTWAARDE(F{above},2)+F{below}", "G5*2", "AOV(F{above},2)", "F{above}+1", "SUM(F4:F8)",
]  # fmt: skip


def formulas():
    """The formulas of one cell, written out: row → formula."""
    found = {}
    for number, text in enumerate(PLAIN):
        row = FIRST + number
        found[row] = (
            text.replace("{here}", str(row - 1))
            .replace("{above}", str(row - 1))
            .replace("{below}", str(row + 1))
        )
    return found


# Array formulas: the cells, and the formula
ARRAYS = {
    "N4:N9": "KLANTWAARDE(C4:C9,2)",
    "O4:O9": "KLANTWAARDE(tblKlant[omzet],2)*2",
    "P4:S10": "ABCKLASSEN(B4:B9,C4:C9)",
    "N20": "SUM(IF(D4:D9>8,C4:C9))",
    "N21": "SUM(KLANTWAARDE(C4:C9,2)*(D4:D9>8))",
    "N22": "SUM(C4:C9*D4:D9)",
    "O20:O25": "C4:C9*2",
    "P20:P22": "AOV(10,4)",
}
OWN = {  # columns that the user added to the table: F is taken by the formulas above
    "waarde": "KLANTWAARDE(tblKlant[[#This Row],[omzet]],2)",
    "per punt": "IF(tblKlant[[#This Row],[score]]>5,tblKlant[[#This Row],[waarde]]/2,0)",
}


def book(absurd=-98765.0):
    """The workbook, with an absurd value in every formula cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet("Blad1")
        other = made.add_worksheet("Mijn blad")
        for row, value in enumerate((10, 9, 3)):
            other.write(row, 0, value)
        names = [{"header": "klant"}, {"header": "omzet"}, {"header": "score"}]
        page.add_table(FIRST - 2, 1, FIRST + ROWS - 2, 3, {"name": "tblKlant", "columns": names})
        made.define_name("scores", "=Blad1!$D$4:$D$9")
        made.define_name("omzet1", "=Blad1!$C$4")
        made.define_name("rente", "=0.12")
        made.define_name("totaal", "=SUM(Blad1!$C$4:$C$9)")
        for row, customer in enumerate(CUSTOMERS, FIRST - 1):
            page.write_row(row, 1, customer)
            page.write(row, 6, 100 + row)
            page.write(row, 7, customer[2])
        for row, formula in formulas().items():
            page.write_formula(row - 1, 5, "=" + formula, None, absurd)
        for area, formula in ARRAYS.items():
            page.write_array_formula(area, "{=" + formula + "}", None, absurd)
        _own_table(made, absurd)
    return out.getvalue()


def _own_table(made, absurd):
    page = made.add_worksheet("Eigen")
    columns = [{"header": "klant"}, {"header": "omzet"}, {"header": "score"}]
    columns += [{"header": name} for name in OWN]
    page.add_table(2, 1, 2 + ROWS, 5, {"name": "tblEigen", "columns": columns})
    for row, customer in enumerate(CUSTOMERS, 3):
        page.write_row(row, 1, customer)
        for column, formula in enumerate(OWN.values(), 4):
            page.write_formula(row, column, "=" + formula.replace("tblKlant", "tblEigen"), None, absurd)
