"""What the functions show of what comes to the small shop, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

STILL = table_of(
    """
klant | laatste aankoop | kans nog klant | kans klant op die dag | blijft, als nu klant
K01 | 45630 | 0.7032279 | 0.6181537 | 0.8790234
K02 | 45477 | 0.2867177 | 0.2572397 | 0.8971882
K03 | 45351 | 0.1908472 | 0.1769567 | 0.927217
K04 | 45533 | 0.3787214 | 0.3228678 | 0.8525206
K05 | 45465 | 0.2744565 | 0.2473069 | 0.9010788
K06 | 45444 | 0.254959 | 0.2313041 | 0.9072209
K07 | 45500 | 0.4465809 | 0.3982791 | 0.8918409
K08 | 45471 | 0.2547748 | 0.2234403 | 0.8770109
K09 | 45413 | 0.2300567 | 0.2105036 | 0.9150075
K10 | 45342 | 0.1860809 | 0.1728139 | 0.9287032
K11 | 45366 | 0.1992581 | 0.1842334 | 0.924597
K12 | 45594 | 0.6349315 | 0.5598005 | 0.8816706
K13 | 45627 | 0.8478145 | 0.724466 | 0.8545101
K14 | 45649 | 0.9263038 | 0.7828084 | 0.8450882
K15 | 45620 | 0.6861271 | 0.6042664 | 0.8806916
K16 | 45332 | 0.181014 | 0.1683946 | 0.9302848
K17 | 45483 | 0.2531453 | 0.2201031 | 0.8694733
K18 | 45390 | 0.09385607 | 0.08377059 | 0.8925431
K19 | 45422 | 0.1477387 | 0.1312064 | 0.8880974
K20 | 45348 | 0.189236 | 0.1755578 | 0.9277192
K21 | 45565 | 0.4726099 | 0.3955683 | 0.8369869
K22 | 45450 | 0.07586896 | 0.06505447 | 0.8574583
K23 | 45639 | 0.8063422 | 0.716374 | 0.8884243
K24 | 45405 | 0.2242769 | 0.205619 | 0.9168088
K25 | 45294 | 0.1637149 | 0.1531887 | 0.9357039
K26 | 45362 | 0.1969556 | 0.1822457 | 0.925314
K27 | 45390 | 0.110009 | 0.09844617 | 0.8948917
K28 | 45337 | 0.1835182 | 0.1705807 | 0.9295029
K29 | 45449 | 0.2323277 | 0.2063296 | 0.8880974
K30 | 45497 | 0.3904551 | 0.3449512 | 0.8834593
K31 | 45508 | 0.3696192 | 0.3234882 | 0.8751931
K32 | 45513 | 0.4624041 | 0.4099499 | 0.8865621
"""
)

STILL_FEW = table_of(
    """
klant | laatste aankoop | kans nog klant | kans klant op die dag | blijft, als nu klant
K01 | 45630 | 0.704241 | 0.5865409 | 0.8328696
K02 | 45477 | 1 | 0.9482648 | 0.9482648
K03 | 45351 | 1 | 0.9675457 | 0.9675457
K04 | 45533 | 0.3763953 | 0.2664611 | 0.707929
K05 | 45465 | 1 | 0.9510371 | 0.9510371
K06 | 45444 | 1 | 0.9552339 | 0.9552339
K07 | 45500 | 0.4413125 | 0.3526125 | 0.7990086
K08 | 45471 | 0.2664038 | 0.2040525 | 0.7659517
K09 | 45413 | 1 | 0.9602604 | 0.9602604
K10 | 45342 | 1 | 0.9683868 | 0.9683868
K11 | 45366 | 1 | 0.9660397 | 0.9660397
K12 | 45594 | 0.6582901 | 0.5513814 | 0.8375964
K13 | 45344 | 0.004249123 | 0.002885391 | 0.6790556
"""
)

BETWEEN = table_of(
    """
klant | kans klant aan het begin | kans klant aan het eind | verwachte aankopen | aankopen laag | aankopen hoog | klantwaarde | waarde laag | waarde hoog | opmerking
alle klanten |  |  | 9.534985 | 4.104954 | 16.93898 | 89.21218 | 40.26072 | 162.705 | '
K01 | 0.6189592 | 0.5543577 | 0.3813809 | 0.2455036 | 0.5924614 | 3.414532 | 1.353648 | 8.613039 | '
K02 | 0.25752 | 0.2349208 | 0.1043174 | 0.04287575 | 0.2538061 | 1.114404 | 0.4159989 | 2.985335 | eenmalig: besteding van allen
K03 | 0.1770946 | 0.1656189 | 0.05061186 | 0.01372447 | 0.1866419 | 0.5406357 | 0.1370567 | 2.132599 | eenmalig: besteding van allen
K04 | 0.3233836 | 0.2827811 | 0.2996641 | 0.1120332 | 0.725065 | 3.620479 | 1.350185 | 9.708206 | '
K05 | 0.2475665 | 0.2265519 | 0.09643213 | 0.03815229 | 0.2437378 | 1.030157 | 0.371501 | 2.856582 | eenmalig: besteding van allen
K06 | 0.2315323 | 0.2129424 | 0.08451426 | 0.03123206 | 0.2286964 | 0.9028278 | 0.3058922 | 2.664658 | eenmalig: besteding van allen
K07 | 0.3987474 | 0.3605507 | 0.2662345 | 0.1189472 | 0.5279438 | 3.045334 | 1.361062 | 6.497043 | '
K08 | 0.2237387 | 0.1997343 | 0.1709386 | 0.05822665 | 0.545604 | 1.092665 | 0.09778525 | 12.20958 | '
K09 | 0.2106944 | 0.1950275 | 0.07038886 | 0.02347008 | 0.2111024 | 0.7519176 | 0.2316128 | 2.441057 | eenmalig: besteding van allen
K10 | 0.1729459 | 0.1619441 | 0.04841237 | 0.01274434 | 0.1839058 | 0.5171387 | 0.1274502 | 2.098329 | eenmalig: besteding van allen
K11 | 0.184382 | 0.1720509 | 0.05460138 | 0.0155611 | 0.1915874 | 0.5832558 | 0.1550056 | 2.194677 | eenmalig: besteding van allen
K12 | 0.5605143 | 0.5031266 | 0.3374912 | 0.217352 | 0.5240361 | 7.327577 | 0.4535054 | 118.3964 | '
K13 | 0.7256231 | 0.6337186 | 1.960121 | 0.6416005 | 3.258848 | 17.87401 | 5.855827 | 30.04268 | '
K14 | 0.7841399 | 0.6792233 | 2.542267 | 0.9172734 | 3.958638 | 16.11979 | 5.821932 | 30.06517 | '
K15 | 0.6050431 | 0.542651 | 0.3674448 | 0.2367988 | 0.5701704 | 3.092351 | 0.8660786 | 11.0413 | '
K16 | 0.1685204 | 0.1580137 | 0.04612284 | 0.01175004 | 0.1810475 | 0.4926799 | 0.1176839 | 2.062588 | eenmalig: besteding van allen
K17 | 0.2204147 | 0.1955074 | 0.1793237 | 0.05998542 | 0.5824651 | 1.639925 | 0.538727 | 5.32529 | '
K18 | 0.08386774 | 0.07597542 | 0.04568727 | 0.01044471 | 0.2742543 | 0.6483272 | 0.08290109 | 5.070237 | '
K19 | 0.1313648 | 0.118555 | 0.07463315 | 0.02149001 | 0.3274363 | 0.6280894 | 0.1118866 | 3.525858 | '
K20 | 0.1756937 | 0.1643791 | 0.04986338 | 0.01338826 | 0.1857117 | 0.5326397 | 0.1337637 | 2.120942 | eenmalig: besteding van allen
K21 | 0.3962659 | 0.3420928 | 0.4090965 | 0.1639152 | 0.8540401 | 3.215871 | 0.839089 | 12.32506 | '
K22 | 0.06515497 | 0.05720991 | 0.0582145 | 0.01086435 | 0.4500622 | 0.388156 | 0.02935332 | 5.132812 | '
K23 | 0.7172459 | 0.646187 | 0.5825074 | 0.3570187 | 0.8523279 | 6.805488 | 4.126854 | 11.22276 | '
K24 | 0.2058015 | 0.1907846 | 0.06728471 | 0.02184319 | 0.2072605 | 0.7187547 | 0.2159375 | 2.392397 | eenmalig: besteding van allen
K25 | 0.1532945 | 0.1444093 | 0.03868456 | 0.008718195 | 0.1716519 | 0.4132188 | 0.08776284 | 1.945582 | eenmalig: besteding van allen
K26 | 0.1823914 | 0.1702968 | 0.05349551 | 0.01504466 | 0.1902183 | 0.5714417 | 0.1499653 | 2.177474 | eenmalig: besteding van allen
K27 | 0.0985579 | 0.08946195 | 0.05247602 | 0.01307084 | 0.2808415 | 0.9983709 | 0.06252135 | 15.94247 | '
K28 | 0.1707096 | 0.1599593 | 0.04724812 | 0.01223534 | 0.1824538 | 0.5047011 | 0.1224534 | 2.080165 | eenmalig: besteding van allen
K29 | 0.2065787 | 0.1864345 | 0.1173649 | 0.04350892 | 0.3653501 | 1.019232 | 0.249567 | 4.162543 | '
K30 | 0.3453879 | 0.3100442 | 0.2493478 | 0.1018917 | 0.5598812 | 3.14966 | 1.152001 | 8.611413 | '
K31 | 0.3239293 | 0.2883589 | 0.3407583 | 0.1001038 | 0.8633032 | 3.190022 | 0.9375872 | 8.314861 | '
K32 | 0.4104553 | 0.3694415 | 0.2880552 | 0.1295008 | 0.5595442 | 3.268536 | 1.469977 | 6.826253 | '
"""
)

BETWEEN_FEW = table_of(
    """
klant | kans klant aan het begin | kans klant aan het eind | verwachte aankopen | aankopen laag | aankopen hoog | klantwaarde | waarde laag | waarde hoog | opmerking
alle klanten |  |  | 1.571191 | 0.4423458 | 5.136775 | 63.76418 | 17.95187 | 208.4674 | de kans om te stoppen is voor alle klanten dezelfde; klanten verschillen niet zichtbaar in wat ze per aankoop besteden: voor allen het gemiddelde
K01 | 0.5873906 | 0.5180526 | 0.234441 | 0.0728778 | 0.6119178 | 9.514398 | 2.957624 | 27.26923 | de kans om te stoppen is voor alle klanten dezelfde
K02 | 0.948658 | 0.9154345 | 0.112333 | 0.03844615 | 0.3471579 | 4.558847 | 1.461392 | 14.22143 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K03 | 0.9678027 | 0.9455206 | 0.07533889 | 0.02461856 | 0.2787365 | 3.057503 | 0.9211686 | 11.31206 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K04 | 0.2671871 | 0.2111534 | 0.1894576 | 0.02855759 | 1.122438 | 7.688819 | 1.158962 | 47.99076 | de kans om te stoppen is voor alle klanten dezelfde
K05 | 0.9514114 | 0.9196674 | 0.1073306 | 0.03691795 | 0.3392277 | 4.355832 | 1.385943 | 13.76699 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K06 | 0.9555792 | 0.9261331 | 0.09956098 | 0.03405095 | 0.3261881 | 4.040516 | 1.270032 | 13.2378 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K07 | 0.3532524 | 0.3011934 | 0.1760181 | 0.03793742 | 0.7265619 | 7.143402 | 1.539627 | 31.46384 | de kans om te stoppen is voor alle klanten dezelfde
K08 | 0.2044886 | 0.1696676 | 0.1177346 | 0.01796026 | 0.7458284 | 4.778063 | 0.7172471 | 31.82987 | de kans om te stoppen is voor alle klanten dezelfde
K09 | 0.9605702 | 0.9339712 | 0.08993481 | 0.03023005 | 0.3086725 | 3.649854 | 1.128927 | 12.52696 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K10 | 0.9686376 | 0.9468688 | 0.07360316 | 0.02396723 | 0.2748668 | 2.987062 | 0.8970098 | 11.15501 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K11 | 0.9663078 | 0.9431143 | 0.07842023 | 0.02578347 | 0.2854339 | 3.182554 | 0.9643535 | 11.58386 | eenmalig: besteding van allen; in bg/nbd altijd nog klant; de kans om te stoppen is voor alle klanten dezelfde
K12 | 0.5521571 | 0.4886714 | 0.2146532 | 0.06285536 | 0.5972179 | 8.711344 | 2.55088 | 26.4718 | de kans om te stoppen is voor alle klanten dezelfde
K13 | 0.002894461 | 0.002194949 | 0.002365142 | 7.361069e-05 | 0.4228631 | 0.09598533 | 0.002907715 | 17.16119 | de kans om te stoppen is voor alle klanten dezelfde
"""
)

MONTHS = table_of(
    """
periode | van | tot en met | verwachte aankopen | aankopen laag | aankopen hoog | verwachte omzet | omzet laag | omzet hoog | toelichting
januari 2025 | 45658 | 45688 | 4.011966 | 0 | 11 | 129.3246 | 0 | 423.2042 | '
februari 2025 | 45689 | 45716 | 3.422304 | 0 | 11 | 110.3772 | 0 | 391.4442 | '
maart 2025 | 45717 | 45747 | 3.590996 | 0 | 11 | 115.8779 | 0 | 419.6495 | '
april 2025 | 45748 | 45777 | 3.297739 | 0 | 11 | 106.4689 | 0 | 408.1679 | '
mei 2025 | 45778 | 45808 | 3.242999 | 0 | 11 | 104.7521 | 0 | 416.4764 | '
juni 2025 | 45809 | 45838 | 2.994247 | 0 | 11 | 96.76142 | 0 | 405.2764 | '
samen | 45658 | 45838 | 20.56025 | 3 | 50 | 663.562 | 75.9294 | 1747.868 | '
"""
)

ALL = table_of(
    """
periode | van | tot en met | verwachte aankopen | aankopen laag | aankopen hoog | verwachte omzet | omzet laag | omzet hoog | toelichting
rest van juni 2024 | 45464 | 45473 | 4.504273 | 0 | 10 | 172.9641 | 0 | 449.2094 | '
juli 2024 | 45474 | 45504 | 14.9647 | 3 | 27 | 573.0257 | 82.66855 | 1129.12 | '
augustus 2024 | 45505 | 45535 | 16.4791 | 3 | 30 | 628.7306 | 73.11426 | 1253.321 | '
september 2024 | 45536 | 45565 | 17.38943 | 2 | 33 | 661.4875 | 59.03458 | 1347.993 | '
samen | 45464 | 45565 | 53.3375 | 14 | 89 | 2036.208 | 469.8321 | 3583.177 | Gerekend met 3 hele maanden vanaf maart 2024: 5 per maand, elke maand evenveel. Zonder dezelfde maanden in twee jaren is groei niet van een seizoen te onderscheiden: gerekend is met het gemiddelde, en laag en hoog laten er ruimte voor. Niemand stopt zichtbaar.
"""
)

NEW = table_of(
    """
periode | van | tot en met | nieuwe klanten | klanten laag | klanten hoog | herhaalaankopen | verwachte omzet | omzet laag | omzet hoog | toelichting
rest van juni 2024 | 45464 | 45473 | 1.630435 | 0 | 6 | 0.07091356 | 75.21075 | 0 | 306.9576 | '
juli 2024 | 45474 | 45504 | 5.054348 | 0 | 13 | 1.221289 | 269.9904 | 0 | 768.6045 | '
augustus 2024 | 45505 | 45535 | 5.054348 | 0 | 13 | 2.735688 | 325.6953 | 13.2056 | 885.9987 | '
september 2024 | 45536 | 45565 | 4.891304 | 0 | 13 | 4.089349 | 368.2275 | 18.82039 | 989.2758 | '
oktober 2024 | 45566 | 45596 | 5.054348 | 0 | 14 | 5.715633 | 435.3081 | 24.92234 | 1172.229 | '
november 2024 | 45597 | 45626 | 4.891304 | 0 | 14 | 6.973167 | 474.3044 | 21.21719 | 1298.648 | '
december 2024 | 45627 | 45657 | 5.054348 | 0 | 15 | 8.695579 | 544.921 | 21.03509 | 1512.477 | '
samen | 45464 | 45657 | 31.63043 | 8 | 69 | 29.50162 | 2493.657 | 504.3205 | 5826.537 | Gerekend met 3 hele maanden vanaf maart 2024: 5 per maand, elke maand evenveel. Zonder dezelfde maanden in twee jaren is groei niet van een seizoen te onderscheiden: gerekend is met het gemiddelde, en laag en hoog laten er ruimte voor. Niemand stopt zichtbaar.
"""
)

NONE = table_of(
    """
periode | van | tot en met | nieuwe klanten | klanten laag | klanten hoog | herhaalaankopen | verwachte omzet | omzet laag | omzet hoog | toelichting
januari 2025 | 45658 | 45688 | 0 | 0 | 1 | 0 | 0 | 0 | 61.51573 | '
februari 2025 | 45689 | 45716 | 0 | 0 | 1 | 0 | 0 | 0 | 65.83702 | '
samen | 45658 | 45716 | 0 | 0 | 2 | 0 | 0 | 0 | 105.0831 | Vanaf augustus 2024 kwam er niemand bij. Gerekend is met deze maanden zonder nieuwe klanten.
"""
)
