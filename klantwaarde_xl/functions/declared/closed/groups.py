"""Tables with a row a group: names compared to the letter, sums of the rows of each."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native


def _grouped(keys: str, sums: dict[str, str], headers: str, columns: str, shown: str = "") -> str:
    """A table with a row a group, in order of appearance.

    sums: what is summed for each group, under a name; headers, columns: of the table, in which gl is the
    group's name; shown: bindings between. A last row, of no group, is added and dropped again: what
    engines do with a column of one cell differs.
    """
    bound = ",".join(
        f"{name},MAP(gu,LAMBDA(gy,SUM((gi=gy)*VSTACK({column},0))))" for name, column in sums.items()
    )
    head = ",".join(f'"{header}"' for header in headers.split(";"))
    return (
        f'LET(gk,VSTACK({keys},""),gi,MAP(gk,LAMBDA(gy,XMATCH(TRUE,EXACT(TRIM(gk),TRIM(gy))))),'
        f"gf,gi=SEQUENCE(ROWS(gi)),gu,FILTER(gi,gf),gl,FILTER(gk,gf),{bound},{shown}"
        f"VSTACK(HSTACK({head}),DROP(HSTACK({columns}),-1)))"
    )


def _share(part: str, whole: str) -> str:
    """A part of a whole for each row: of nothing #DIV/0!, of less than nothing #NUM!."""
    return f"IF(0*{part}+{whole}<0,#NUM!,{part}/{whole})"


SPLIT = Native(
    _grouped(
        "{soorten}", {"gs": "{bedragen}"}, "soort;omzet;aandeel", "gl,gs," + _share("gs", "SUM({bedragen})")
    )
)
RESULT = Native(
    _grouped(
        "{groepen}",
        {"go": "{omzet}", "gc": "{kosten}"},
        "groep;omzet;kosten;winst;marge;deel van de winst",
        f"gl,go,gc,gw,{_share('gw', 'go')},{_share('gw', '(SUM({omzet})-SUM({kosten}))')}",
        "gw,go-gc,",
    )
)
CHANNELS = Native(
    _grouped(
        "{kanalen}",
        {"gc": "{kosten}", "gn": "{nieuwe_klanten}"},
        "kanaal;kosten;nieuwe klanten;CAC;deel van de kosten;deel van de klanten;CAC alle kanalen",
        "gl,gc,gn,gc/gn,gc/SUM({kosten}),gn/SUM({nieuwe_klanten}),(0*gc+SUM({kosten}))/SUM({nieuwe_klanten})",
    ),
    num="SUM(({kosten}<0)+({nieuwe_klanten}<0))>0",
)
GAPS = Native(
    _grouped(
        "{aspecten}",
        {"ga": "0*{verwachting}+1", "gv": "{verwachting}", "ge": "{ervaring}"},
        "aspect;verwachting;ervaring;verschil;oordeel",
        'gl,gx,gz,gd,IF(ABS(gd)<={tolerantie}+1E-12,"volgens verwachting",'
        'IF(gd<0,"onder verwachting","boven verwachting"))',
        "gx,gv/ga,gz,ge/ga,gd,gz-gx,",
    ),
    num="{tolerantie}<0",
)
BRIDGE = Native(
    "LET(ga,{omzet_begin},ge,{omzet_eind},gb,(ga>0)*(ge>0),gm,gb*(ge>ga),gk,gb*(ge<ga),gw,(ga>0)*(ge=0),"
    'gn,(ga=0)*(ge>0),VSTACK(HSTACK("post","klanten","omzet"),'
    'HSTACK("begin",SUM((ga>0)*1),SUM(ga)),HSTACK("uitbreiding",SUM(gm),SUM(gm*(ge-ga))),'
    'HSTACK("krimp",SUM(gk),SUM(gk*(ga-ge))),HSTACK("verlies",SUM(gw),SUM(gw*ga)),'
    'HSTACK("nieuw",SUM(gn),SUM(gn*ge)),HSTACK("eind",SUM((ge>0)*1),SUM(ge))))',
    num="SUM(({omzet_begin}<0)+({omzet_eind}<0))>0",
)
# The first day of a row's customer, and the next purchase after it; with all days apart it may be that day
REPEAT = Native(
    "LET(gk,TRIM({klanten}),gd,INT({datums}),gi,MAP(gk,LAMBDA(gy,XMATCH(TRUE,EXACT(gk,gy)))),"
    "gf,MAP(gi,LAMBDA(gy,MIN(IF(gi=gy,gd,1E9)))),"
    "gv,MAP(gi,gf,LAMBDA(gy,gq,IF({zelfde_dag}*(SUM((gi=gy)*(gd=gq))-1)>0,gq,MIN(IF((gi=gy)*(gd>gq),gd,1E9))))),"
    'gw,IF({venster}="",1E9,{venster}),'
    'ge,(gi=SEQUENCE(ROWS(gi)))*IF({venster}="",1,gf+gw<=MAX(gd)),'
    "SUM(ge*(gv<1E9)*(gv-gf<=gw))/SUM(ge))",
    num='IF({venster}="",FALSE,{venster}<0)',
)
