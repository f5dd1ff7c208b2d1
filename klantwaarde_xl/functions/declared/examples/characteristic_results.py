"""What the functions show of characteristics of the small shop's customers, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

CHANNELS = table_of(
    """
kenmerk | klanten | koopt x zo vaak | laag | hoog | stopt x zo snel | laag stoppen | hoog stoppen | herhaalaankopen | besteding | waarde | waarde laag | waarde hoog | oordeel
winkel | 21 | 1 | 1 | 1 | 1 | 1 | 1 | 1.762819 | 33.87037 | 59.70732 | 28.32956 | 125.839 | de maat: de andere worden hiermee vergeleken
web | 11 | 1.598847 | 0.4232474 | 6.039755 | 0.9207706 | 0.2233483 | 3.795948 | 2.490453 | 32.83333 | 81.76988 | 32.1267 | 208.1232 | geen aantoonbaar verschil in koopgedrag
"""
)

CHANNELS_BG = table_of(
    """
kenmerk | klanten | koopt x zo vaak | laag | hoog | stopt x zo snel | laag stoppen | hoog stoppen | herhaalaankopen | besteding | waarde | waarde laag | waarde hoog | oordeel
winkel | 21 | 1 | 1 | 1 | 1 | 1 | 1 | 1.095756 | 33.87037 | 11.1341 | 5.325768 | 23.27704 | de maat: de andere worden hiermee vergeleken
web | 11 | 1.664774 | 0.3817765 | 7.259414 | 0.828259 | 0.1163094 | 5.898175 | 1.683041 | 32.83333 | 16.57796 | 6.38224 | 43.06148 | geen aantoonbaar verschil in koopgedrag
"""
)

AMOUNTS = table_of(
    """
getal | klanten | koopt x zo vaak | laag | hoog | stopt x zo snel | laag stoppen | hoog stoppen | herhaalaankopen | besteding | waarde | waarde laag | waarde hoog | oordeel
29.5 | 16 | 1 | 1 | 1 | 1 | 1 | 1 | 2.087788 | 30.16393 | 62.97589 | 34.76443 | 114.0811 | de maat: de andere worden hiermee vergeleken
15.1 | 11 | 1.066043 | 0.5446757 | 2.086466 | 0.9003508 | 0.4763822 | 1.701641 | 2.35877 | 22.65 | 53.42613 | 24.92171 | 114.5327 | geen aantoonbaar verschil in koopgedrag
70.9 | 5 | 0.832047 | 0.1206959 | 5.735921 | 1.352279 | 0.2168976 | 8.430975 | 1.460226 | 79.77778 | 116.4936 | 38.06393 | 356.5255 | geen aantoonbaar verschil in koopgedrag; weinig klanten
"""
)

AMOUNTS_BG = table_of(
    """
getal | klanten | koopt x zo vaak | laag | hoog | stopt x zo snel | laag stoppen | hoog stoppen | herhaalaankopen | besteding | waarde | waarde laag | waarde hoog | oordeel
29.5 | 16 | 1 | 1 | 1 | 1 | 1 | 1 | 1.354529 | 30.16393 | 12.25738 | 6.685399 | 22.47335 | de maat: de andere worden hiermee vergeleken
15.1 | 11 | 0.9601965 | 0.5869379 | 1.570826 | 0.6379363 | 0.3136627 | 1.297453 | 1.483005 | 22.65 | 10.07702 | 4.358031 | 23.30096 | geen aantoonbaar verschil in koopgedrag
70.9 | 5 | 1.123866 | 0.2729806 | 4.626979 | 3.641374 | 0.4730004 | 28.03297 | 0.9057717 | 79.77778 | 21.67814 | 8.920057 | 52.6837 | geen aantoonbaar verschil in koopgedrag; weinig klanten
"""
)
