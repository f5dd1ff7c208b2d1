"""What the functions show of the small shop: the tables of the examples, a line a row.

Estimates are rounded to the digits that other computers find too; the tests compare them.
"""

from __future__ import annotations

from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.functions.spec import Cell


def _cell(text: str) -> Cell:
    if text.startswith("'"):  # as in a spreadsheet: text, whatever it looks like
        return text[1:]
    try:
        return float(text)
    except ValueError:
        return BY_TEXT.get(text, text)


def table_of(text: str) -> tuple[tuple[Cell, ...], ...]:
    """Read lines of cells with a bar between; a header is text, whatever it looks like."""
    header, *lines = (line.split(" | ") for line in text.strip().splitlines())
    return tuple(header), *(tuple(_cell(one) for one in line) for line in lines)


SHORT = table_of(
    """
klant | herhaalaankopen | recentheid (weken) | leeftijd (weken) | besteding per herhaalaankoop | omzet | eerste aankoop | laatste aankoop
K01 | 1 | 28.1428571428571 | 28.1428571428571 | 24 | 53 | 45433 | 45630
K02 | 0 | 0 | 21.8571428571429 | 0 | 21 | 45477 | 45477
K03 | 0 | 0 | 39.8571428571429 | 0 | 17 | 45351 | 45351
K04 | 2 | 11.8571428571429 | 25.7142857142857 | 44.5 | 179 | 45450 | 45533
"""
)

REFUND = table_of(
    """
klant | herhaalaankopen | recentheid (weken) | leeftijd (weken) | besteding per herhaalaankoop | omzet | eerste aankoop | laatste aankoop
Ada | 1 | 1 | 3 | 15 | 25 | 1 | 8
Bo | 0 | 0 | 1 | 0 | 5 | 15 | 15
"""
)

CHECK = table_of(
    """
onderwerp | waarde | toelichting
rijen gelezen | 93 | tot en met de peildatum
rijen erna | 0 | na de peildatum: tellen niet mee
peildatum | 45657 | 31-12-2024: de dag waarop wordt gekeken
jaren gegevens | 0.9965777 | van de eerste aankoop tot de peildatum
klanten | 32 | met een aankoop na aftrek van retouren
klanten vervallen | 0 | alles is teruggebracht, of er waren alleen retouren
aankopen | 90 | een dag van een klant is een aankoop
deel met één aankoop | 0.40625 | van de klanten, die (nog) niet opnieuw kochten
retouren | 2 | van de laatste aankopen ervoor afgetrokken
bedrag van retouren | 61 | samen
retour zonder aankoop | 0 | bedrag waarvoor geen eerdere aankoop bekend is
aankopen vervallen | 1 | geheel teruggebracht: tellen niet als aankoop
gratis aankopen | 0 | tellen als aankoop; wie alleen gratis herhaalde telt niet mee in de besteding
BG/NBD | 1 | geslaagd: dit is de best passende waarde
Gamma-Gamma | 1 | geslaagd: dit is de best passende waarde
frequentie en besteding | -0.2192517 | Te weinig klanten om te zien of frequentie en besteding samenhangen (correlatie -0,22).
"""
)

CHECK_FEW = table_of(
    """
onderwerp | waarde | toelichting
rijen gelezen | 3 | tot en met de peildatum
rijen erna | 0 | na de peildatum: tellen niet mee
peildatum | 9 | 08-01-1900: de dag waarop wordt gekeken
jaren gegevens | 0.0219028062970568 | van de eerste aankoop tot de peildatum
klanten | 3 | met een aankoop na aftrek van retouren
klanten vervallen | 0 | alles is teruggebracht, of er waren alleen retouren
aankopen | 3 | een dag van een klant is een aankoop
deel met één aankoop | 1 | bijna niemand kocht opnieuw: neem een langere periode, de schatting is onzeker
retouren | 0 | van de laatste aankopen ervoor afgetrokken
bedrag van retouren | 0 | samen
retour zonder aankoop | 0 | bedrag waarvoor geen eerdere aankoop bekend is
aankopen vervallen | 0 | geheel teruggebracht: tellen niet als aankoop
gratis aankopen | 0 | tellen als aankoop; wie alleen gratis herhaalde telt niet mee in de besteding
BG/NBD | 0 | Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
Gamma-Gamma | 0 | Te weinig klanten met betaalde herhaalaankopen: 0; minstens 3 zijn nodig. Neem meer klanten of een langere periode.
frequentie en besteding | 0 | Te weinig klanten met betaalde herhaalaankopen (0) om te zeggen of dit model past. Neem er minstens 10.
"""
)

FORECAST = table_of(
    """
klant | herhaalaankopen | recentheid (weken) | leeftijd (weken) | kans nog klant | kans op aankoop | verwachte aankopen | besteding per aankoop | klantwaarde | laag | hoog | opmerking
K01 | 1 | 28.1429 | 32 | 0.678446 | 0.361137 | 0.590925 | 30.9078 | 5.35671 | 2.1153 | 13.5652 | '
K02 | 0 | 0 | 25.7143 | 1 | 0.235551 | 0.320784 | 36.8792 | 3.46972 | 1.64068 | 7.3378 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K03 | 0 | 0 | 43.7143 | 1 | 0.171433 | 0.212923 | 36.8792 | 2.30232 | 1.04115 | 5.09115 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K04 | 2 | 11.8571 | 29.5714 | 0.422613 | 0.313558 | 0.654695 | 41.7074 | 8.00949 | 3.17682 | 20.1937 | '
K05 | 0 | 0 | 27.4286 | 1 | 0.227399 | 0.305957 | 36.8792 | 3.30921 | 1.55562 | 7.03956 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K06 | 0 | 0 | 30.4286 | 1 | 0.214443 | 0.283097 | 36.8792 | 3.06175 | 1.42608 | 6.57348 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K07 | 2 | 25.1429 | 47.5714 | 0.515915 | 0.321102 | 0.553368 | 39.4899 | 6.40781 | 3.18966 | 12.8729 | '
K08 | 2 | 12.8571 | 39.4286 | 0.31427 | 0.21124 | 0.391441 | 22.0673 | 2.53325 | 0.238152 | 26.9464 | '
K09 | 0 | 0 | 34.8571 | 1 | 0.197853 | 0.255028 | 36.8792 | 2.75796 | 1.26978 | 5.99029 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K10 | 0 | 0 | 45 | 1 | 0.168181 | 0.207947 | 36.8792 | 2.24848 | 1.01461 | 4.98286 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K11 | 0 | 0 | 41.5714 | 1 | 0.177147 | 0.221771 | 36.8792 | 2.39806 | 1.0886 | 5.28264 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K12 | 1 | 24.1429 | 33.1429 | 0.627323 | 0.328724 | 0.532086 | 74.9542 | 11.6967 | 0.71649 | 190.95 | '
K13 | 13 | 47.4286 | 51.7143 | 0.884307 | 0.87855 | 4.80663 | 31.4804 | 44.3725 | 18.18599 | 64.7412 | '
K14 | 15 | 47.1429 | 48.2857 | 0.94717 | 0.945019 | 6.24687 | 21.8894 | 40.1006 | 19.18675 | 67.6117 | '
K15 | 1 | 27.4286 | 32.7143 | 0.665625 | 0.350844 | 0.570172 | 29.0532 | 4.85838 | 1.35022 | 17.4815 | '
K16 | 0 | 0 | 46.4286 | 1 | 0.16471 | 0.202686 | 36.8792 | 2.19156 | 0.986656 | 4.86788 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K17 | 2 | 11.1429 | 36 | 0.304578 | 0.211739 | 0.407068 | 31.5705 | 3.76911 | 1.36815 | 11.47494 | '
K18 | 1 | 0.285714 | 38.4286 | 0.117348 | 0.057349 | 0.0887941 | 48.99 | 1.27566 | 0.159315 | 10.2145 | '
K19 | 1 | 2.57143 | 36.1429 | 0.188189 | 0.0947331 | 0.149362 | 29.0532 | 1.27261 | 0.237664 | 6.81439 | '
K20 | 0 | 0 | 44.1429 | 1 | 0.170335 | 0.211238 | 36.8792 | 2.28409 | 1.03215 | 5.05453 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K21 | 2 | 11.7143 | 24.8571 | 0.505062 | 0.393584 | 0.886266 | 27.1357 | 7.05533 | 1.90098 | 26.1852 | '
K22 | 2 | 1.71429 | 31.2857 | 0.0711589 | 0.0518758 | 0.105743 | 23.0176 | 0.713915 | 0.0485105 | 10.5065 | '
K23 | 3 | 49.4286 | 52 | 0.829207 | 0.599622 | 1.16108 | 40.3343 | 13.7321 | 8.75729 | 21.5329 | '
K24 | 0 | 0 | 36 | 1 | 0.193987 | 0.248674 | 36.8792 | 2.68919 | 1.23482 | 5.85651 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K25 | 0 | 0 | 51.8571 | 1 | 0.152747 | 0.184921 | 36.8792 | 1.99937 | 0.893114 | 4.47587 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K26 | 0 | 0 | 42.1429 | 1 | 0.175586 | 0.21934 | 36.8792 | 2.37175 | 1.07553 | 5.23016 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K27 | 1 | 1.57143 | 39.7143 | 0.145437 | 0.0699279 | 0.107239 | 65.6813 | 2.06552 | 0.134338 | 31.7583 | '
K28 | 0 | 0 | 45.7143 | 1 | 0.166427 | 0.205282 | 36.8792 | 2.21965 | 1.00044 | 4.92469 | eenmalig: besteding van allen; in bg/nbd altijd nog klant
K29 | 1 | 6.42857 | 36.1429 | 0.289178 | 0.14557 | 0.229514 | 29.9805 | 2.01795 | 0.514705 | 7.91156 | '
K30 | 2 | 19.8571 | 42.7143 | 0.459056 | 0.298971 | 0.536821 | 43.608 | 6.86491 | 2.67994 | 17.5851 | '
K31 | 4 | 27.2857 | 48.5714 | 0.441462 | 0.364281 | 0.841005 | 32.3189 | 7.9704 | 2.86977 | 19.4619 | '
K32 | 2 | 23.8571 | 44.4286 | 0.527005 | 0.337713 | 0.597246 | 39.1732 | 6.86072 | 3.47772 | 13.5346 | '
"""
)

FORECAST_FEW = table_of(
    """
klant | herhaalaankopen | recentheid (weken) | leeftijd (weken) | kans nog klant | kans op aankoop | verwachte aankopen | besteding per aankoop | klantwaarde | laag | hoog | opmerking
Ada | 0 | 0 | 1.14285714285714 | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
Bo | 0 | 0 | 1 | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
Cas | 0 | 0 | 0 | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | #N/A | Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
"""
)

TOTAL = table_of(
    """
grootheid | waarde | laag | hoog | toelichting
klanten | 32 | ' | ' | met minstens één aankoop tot en met 31-12-2024, na retouren
nog klant | 21.93335 | ' | ' | de kansen om nog klant te zijn opgeteld; in bg/nbd blijft wie één keer kocht altijd klant, in mbg/nbd niet
verwachte aankopen | 22.53598 | 12.35066 | 34.84634 | van allen, in de horizon
klantwaarde | 210.2367 | 119.9732 | 335.0446 | van allen, nu
klantwaarde per klant | 6.569898 | 3.749163 | 10.47014 | gemiddeld
"""
)

TOTAL_OWN = table_of(
    """
grootheid | waarde | laag | hoog | toelichting
klanten | 32 | ' | ' | met minstens één aankoop tot en met 31-12-2024, na retouren
nog klant | 21.93335 | ' | ' | de kansen om nog klant te zijn opgeteld; in bg/nbd blijft wie één keer kocht altijd klant, in mbg/nbd niet
verwachte aankopen | 22.53598 | 12.35066 | 34.84634 | van allen, in de horizon
klantwaarde | 207.682 | 119.3512 | 331.1605 | van allen, nu
klantwaarde per klant | 6.490064 | 3.729726 | 10.34876 | gemiddeld
"""
)

WHY = table_of(
    """
stap | waarde | toelichting
aankoop | 45 | 24-02-2024: de eerste, telt niet als herhaling
aankoop | 40 | 01-04-2024: herhaalaankoop 1
aankoop | 41 | 09-08-2024: herhaalaankoop 2
retouren | -20 | afgetrokken van de laatste aankopen ervoor, zover die er zijn
herhaalaankopen | 2 | frequentie: alle aankoopdagen behalve de eerste
recentheid | 23.85714 | leeftijd bij de laatste aankoop, in weken na de eerste
leeftijd | 44.42857 | weken van de eerste aankoop tot 31-12-2024
r | 0.4435486 | parameter van BG/NBD, uit alle klanten
alpha | 5.524605 | parameter van BG/NBD, uit alle klanten
a | 0.6219749 | parameter van BG/NBD, uit alle klanten
b | 1.534737 | parameter van BG/NBD, uit alle klanten
kans nog klant | 0.5270046 | 1 / (1 + 0,622 / (1,535 + 1) × (49,953 / 29,382)^2,444)
aankopen als klant | 1.133284 | verwacht in 26,0 weken als hij nog klant is
verwachte aankopen | 0.5972458 | in 26,0 weken: kans nog klant × aankopen als klant
kans op een aankoop | 0.3377134 | minstens één in 26,0 weken
hoogstens | 3 | met minstens 95% kans worden het niet meer aankopen dan dit
gemiddelde van allen | 36.87918 | p × v / (q − 1) van het Gamma-Gamma-model
eigen gemiddelde | 40.5 | van herhaalaankopen: 2, na retouren
gewicht van eigen | 0.6335501 | p × x / (p × x + q − 1): hoe meer aankopen, hoe zwaarder
besteding per aankoop | 39.17315 | eigen gemiddelde en dat van allen, naar dit gewicht
weken 0,0–13,0 | 3.659532 | 0,3150 aankopen × 39,17 × marge 30,0% × contant 0,9885
weken 13,0–26,0 | 3.201187 | 0,2822 aankopen × 39,17 × marge 30,0% × contant 0,9652
klantwaarde | 6.86072 | de som hiervan: wat deze klant nu waard is
laag | 3.477719 | 95%-interval van deze verwachting
hoog | 13.53458 | de werkelijkheid van één klant wijkt verder af
"""
)

WHY_ONCE = table_of(
    """
stap | waarde | toelichting
aankoop | 21 | 04-07-2024: de eerste, telt niet als herhaling
herhaalaankopen | 0 | frequentie: alle aankoopdagen behalve de eerste
recentheid | 0 | leeftijd bij de laatste aankoop, in jaren na de eerste
leeftijd | 0.4928131 | jaren van de eerste aankoop tot 31-12-2024
r | 1.316955 | parameter van Pareto/NBD, uit alle klanten
alpha | 0.3409403 | parameter van Pareto/NBD, uit alle klanten
s | 0.4811966 | parameter van Pareto/NBD, uit alle klanten
beta | 0.1446916 | parameter van Pareto/NBD, uit alle klanten
kans nog klant | 0.3085373 | zo lang stil, na deze aankopen, bij klanten die op elk moment kunnen stoppen
aankopen als klant | 1.225463 | verwacht in 1,0 jaren als hij nog klant is
verwachte aankopen | 0.3781009 | in 1,0 jaren: kans nog klant × aankopen als klant
kans op een aankoop | 0.1654237 | minstens één in 1,0 jaren
hoogstens | 3 | met minstens 95% kans worden het niet meer aankopen dan dit
besteding per aankoop | 33.45556 | gemiddelde van alle klanten: één aankoop
jaren 0,00–0,25 | 1.112569 | 0,1121 aankopen × 33,46 × marge 30,0% × contant 0,9885
jaren 0,25–0,50 | 0.9463967 | 0,0977 aankopen × 33,46 × marge 30,0% × contant 0,9651
jaren 0,50–0,75 | 0.8304345 | 0,0878 aankopen × 33,46 × marge 30,0% × contant 0,9424
jaren 0,75–1,00 | 0.7430752 | 0,0805 aankopen × 33,46 × marge 30,0% × contant 0,9202
klantwaarde | 3.632475 | de som hiervan: wat deze klant nu waard is
laag | 0.8745901 | 95%-interval van deze verwachting
hoog | 9.488482 | de werkelijkheid van één klant wijkt verder af
"""
)

FIT = table_of(
    """
grootheid | waarde | standaardfout | laag | hoog | toelichting
r | 0.4435486 | 0.1779885 | 0.2020079 | 0.973899 | vorm van het kooptempo: hoe hoger, hoe meer de klanten op elkaar lijken
alpha | 5.524605 | 3.563042 | 1.560726 | 19.5558 | schaal van het kooptempo, in weken
a | 0.6219749 | 0.5689811 | 0.103537 | 3.736371 | vorm van de kans om te stoppen na een herhaalaankoop, samen met b
b | 1.534737 | 1.611564 | 0.1959846 | 12.01838 | hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar
aankopen per week | 0.08028602 | 0.03101223 | 0.03765692 | 0.171173 | gemiddeld, van een klant zolang die actief is
kans om te stoppen | 0.2883904 | 0.1173813 | 0.1166789 | 0.5542443 | gemiddeld, na een herhaalaankoop: a / (a + b)
log-aannemelijkheid | -210.1594 | ' | ' | ' | hoe hoger hoe beter, op dezelfde klanten
AIC | 428.3188 | ' | ' | ' | lager is beter
BIC | 434.1817 | ' | ' | ' | lager is beter
klanten | 32 | ' | ' | ' | '
BG/NBD | 1 | ' | ' | ' | geslaagd: dit is de best passende waarde
"""
)

FIT_FEW = table_of(
    """
grootheid | waarde | standaardfout | laag | hoog | toelichting
r | #NUM! | #NUM! | #NUM! | #NUM! | vorm van het kooptempo: hoe hoger, hoe meer de klanten op elkaar lijken
alpha | #NUM! | #NUM! | #NUM! | #NUM! | schaal van het kooptempo, in weken
a | #NUM! | #NUM! | #NUM! | #NUM! | vorm van de kans om te stoppen na een herhaalaankoop, samen met b
b | #NUM! | #NUM! | #NUM! | #NUM! | hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar
aankopen per week | #NUM! | #NUM! | #NUM! | #NUM! | gemiddeld, van een klant zolang die actief is
kans om te stoppen | #NUM! | #NUM! | #NUM! | #NUM! | gemiddeld, na een herhaalaankoop: a / (a + b)
log-aannemelijkheid | #NUM! | ' | ' | ' | hoe hoger hoe beter, op dezelfde klanten
AIC | #NUM! | ' | ' | ' | lager is beter
BIC | #NUM! | ' | ' | ' | lager is beter
klanten | 4 | ' | ' | ' | '
BG/NBD | 0 | ' | ' | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
"""
)

SEGMENTS = table_of(
    """
segment | klanten | r | alpha | a of s | b of beta | aankopen per eenheid (weken) | log-aannemelijkheid | p-waarde | oordeel
web | 11 | 1.776537 | 11.7119 | 0.9952912 | 1.96558 | 0.1516865 | -86.52563 | ' | '
winkel | 21 | 1.270195 | 13.60549 | 0.9875551 | 1.939391 | 0.09335905 | -123.3589 | ' | '
alle klanten | 32 | 1.364627 | 11.9435 | 0.982261 | 1.892304 | 0.1142568 | -210.2413 | 0.9496367 | De segmenten verschillen niet aantoonbaar: één schatting voor allen volstaat.
"""
)

SEGMENTS_FEW = table_of(
    """
segment | klanten | r | alpha | a of s | b of beta | aankopen per eenheid (weken) | log-aannemelijkheid | p-waarde | oordeel
web | 4 | #NUM! | #NUM! | #NUM! | #NUM! | #NUM! | #NUM! | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
alle klanten | 4 | #NUM! | #NUM! | #NUM! | #NUM! | #NUM! | #NUM! | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
"""
)

COMPARISON = table_of(
    """
model | log-aannemelijkheid | AIC | BIC | gewicht | p chi-kwadraat | aankopen erna | verwacht erna | afwijking | oordeel
Pareto/NBD | -167.1999 | 342.3998 | 348.2627 | 0.5562848 | ' | 10 | 17.3872 | 0.7387205 | past het best, maar het scheelt weinig
MBG/NBD | -167.7341 | 343.4682 | 349.3312 | 0.3260516 | ' | 10 | 15.73448 | 0.5734477 | past bijna even goed
BG/NBD | -168.7533 | 345.5067 | 351.3696 | 0.1176636 | ' | 10 | 18.0968 | 0.8096796 | past bijna even goed
"""
)

COMPARISON_FEW = table_of(
    """
model | log-aannemelijkheid | AIC | BIC | gewicht | p chi-kwadraat | aankopen erna | verwacht erna | afwijking | oordeel
BG/NBD | #NUM! | #NUM! | #NUM! | #NUM! | ' | ' | ' | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
MBG/NBD | #NUM! | #NUM! | #NUM! | #NUM! | ' | ' | ' | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
Pareto/NBD | #NUM! | #NUM! | #NUM! | #NUM! | ' | ' | ' | ' | Er kochten maar 2 klanten opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien. Neem een langere periode of meer klanten.
"""
)

COUNTS = table_of(
    """
herhaalaankopen | klanten | verwacht | verschil
'0 | 13 | 12.76143 | 0.2385743
'1 | 7 | 9.057153 | -2.057153
'2 | 8 | 3.778997 | 4.221003
'3 | 1 | 2.029353 | -1.029353
'4 | 1 | 1.235567 | -0.2355667
'5 | 0 | 0.8112271 | -0.8112271
'6 | 0 | 0.5601481 | -0.5601481
7 of meer | 2 | 1.76613 | 0.2338701
"""
)

COUNTS_PARETO = table_of(
    """
herhaalaankopen | klanten | verwacht | verschil
'0 | 13 | 14.40742 | -1.407417
'1 | 7 | 6.309933 | 0.6900666
'2 | 8 | 3.681016 | 4.318984
'3 | 1 | 2.369109 | -1.369109
'4 | 1 | 1.589299 | -0.5892995
'5 | 0 | 1.088394 | -1.088394
'6 | 0 | 0.7542107 | -0.7542107
7 of meer | 2 | 1.800621 | 0.1993789
"""
)

TRACK = table_of(
    """
periode (maanden) | tot en met | aankopen | verwacht | aankopen opgeteld | verwacht opgeteld | deel
1 | 45322 | 2 | 0.9437128 | 2 | 0.9437128 | schatting
2 | 45352 | 6 | 2.31693 | 8 | 3.260643 | schatting
3 | 45383 | 3 | 3.981988 | 11 | 7.242631 | schatting
4 | 45413 | 5 | 5.046767 | 16 | 12.2894 | schatting
5 | 45444 | 7 | 6.321867 | 23 | 18.61126 | schatting
6 | 45474 | 5 | 7.135924 | 28 | 25.74719 | schatting
7 | 45505 | 10 | 7.388095 | 38 | 33.13528 | schatting
8 | 45535 | 6 | 7.027349 | 44 | 40.16263 | schatting
9 | 45565 | 4 | 6.664238 | 48 | 46.82687 | controle
10 | 45596 | 5 | 6.371783 | 53 | 53.19865 | controle
11 | 45626 | 1 | 6.127607 | 54 | 59.32626 | controle
"""
)

TRACK_MBG = table_of(
    """
periode (maanden) | tot en met | aankopen | verwacht | aankopen opgeteld | verwacht opgeteld | deel
1 | 45322 | 2 | 0.9908012 | 2 | 0.9908012 | schatting
2 | 45352 | 6 | 2.401305 | 8 | 3.392106 | schatting
3 | 45383 | 3 | 4.066705 | 11 | 7.458812 | schatting
4 | 45413 | 5 | 5.052017 | 16 | 12.51083 | schatting
5 | 45444 | 7 | 6.231288 | 23 | 18.74212 | schatting
6 | 45474 | 5 | 6.897747 | 28 | 25.63986 | schatting
7 | 45505 | 10 | 6.968449 | 38 | 32.60831 | schatting
8 | 45535 | 6 | 6.409454 | 44 | 39.01777 | schatting
9 | 45565 | 4 | 5.883099 | 48 | 44.90087 | controle
10 | 45596 | 5 | 5.462263 | 53 | 50.36313 | controle
11 | 45626 | 1 | 5.11602 | 54 | 55.47915 | controle
"""
)

HOLDOUT = table_of(
    """
herhaalaankopen | klanten | aankopen erna | verwacht erna | verschil
'0 | 16 | 0.1875 | 0.1912497 | -0.003749727
'1 | 4 | 0 | 0.2470693 | -0.2470693
'2 | 9 | 0.1111111 | 0.7287678 | -0.6176567
'3 | 0 | ' | ' | '
'4 | 1 | 0 | 1.125266 | -1.125266
'5 | 0 | ' | ' | '
'6 | 0 | ' | ' | '
7 of meer | 2 | 3 | 3.182173 | -0.1821731
alle klanten | 32 | 0.3125 | 0.5655249 | -0.2530249
"""
)

HOLDOUT_MBG = table_of(
    """
herhaalaankopen | klanten | aankopen erna | verwacht erna | verschil
'0 | 16 | 0.1875 | 0.0990085 | 0.0884915
'1 | 4 | 0 | 0.2022856 | -0.2022856
'2 | 9 | 0.1111111 | 0.7484901 | -0.637379
'3 | 0 | ' | ' | '
'4 | 1 | 0 | 1.116472 | -1.116472
'5 | 0 | ' | ' | '
'6 | 0 | ' | ' | '
7 of meer | 2 | 3 | 2.744158 | 0.2558423
alle klanten | 32 | 0.3125 | 0.4917024 | -0.1792024
"""
)
