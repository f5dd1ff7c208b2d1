"""Under which headers exports bring what: plain words (see `headers.plain`), the surest first.

From the public documentation of WooCommerce, Shopify, Magento, Lightspeed, Bol, Mollie, Stripe, PayPal,
Exact, Moneybird, e-Boekhouden, SnelStart, Shopware, Amazon and Etsy, and from exports that people put in
public.
"""

from __future__ import annotations

import re


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _each(firsts: tuple[str, ...], ends: str) -> tuple[str, ...]:
    return tuple(first + end for first in firsts for end in ends.split())


# Who may have a number
_NUMBERED = _words(
    "klant klants customer client clients relatie debiteur donateur donateurs donor deelnemer deelnemers "
    "participant lid leden lids member afnemer afnemers begunstiger begunstigers supporter abonnee abonnees "
    "cursist cursisten leerling leerlingen student studenten patient huurder huurders koper kopers buyer "
    "cust kunden"
)
# Who: a code or an e-mail address says who somebody is, a name does not
CODES = _words(
    "klantid klantnr klantnummer klantcode customerid customernumber customerno customercode custid "
    "customeruserid buyerusername usernamebuyer customerusername "
    "customerreferenceid customerreference clientid buyerid "
    "buyeruserid householdid "
    "debiteurnummer debiteurnr debiteurcode relatienummer relatienr relatiecode kundenid kundennummer "
    "kundennr shopperreference accountid accountcode accountnumber userid contactid contactnummer "
    "patientnummer patientnr patientid patientcode patnr patnummer clientnr clientnummer clientcode "
    "clientnumber studentid studentnummer studentnr leerlingid leerlingnummer leerlingnr cursistnummer "
    "cursistnr deelnemernr kopernr kopernummer donateurnr "
    "playerid donorid donornumber donateurid spenderid lidnr memberid membernumber deelnemernummer "
    "verkooprelatie verkooprelatienummer donateurnummer abonneenummer huurdernummer guestid "
    "lidid lidnummer ledennummer klantenkaart klantkaart klantenkaartnummer klantkaartnr klantkaartnummer "
    "debnr debnummer debcode debiteurennummer debiteurennr relnr relnummer abonneenr customerkey soldtoparty "
    "cust numerodeidentificaciondelpagador "
    # Of programs for the books: Business Central in English and Dutch, SAP Business One, Sage, Lexware
    "selltocustomerno selltocustomernr billtocustomerno billtocustomernr orderklantnr factuurklantnr "
    "cardcode accountreference accountref kontaktnummer kontaktnr "
    "deb nclient noclient numeroclient gastnr gastnummer"
) + _each(_NUMBERED, "nr nummer no number id code")
_ADDRESSES = _words(
    "buyeremail emailadres email customeremail billingemail klantemail emailbilling emailaddress "
    "contactemail shopperemail accountemail vanemailadres absenderemailadresse customeremailaddress "
    "fromemailaddress useremail emailklant billingaddressemail mail emailadresfactuur emailfactuur "
    "correoelectronicodelremitente direcciondecorreoelectronicodelremitente indirizzoemailmittente "
    "emaildoremetente enderecodeemaildoremetente deladresseemail "
    "supporteremail purchaseemail purchaseremail donoremail donateuremail "
    "factuuremail factuuremailadres emailfacturering emailadresfacturering emailfactuurgegevens "
    "emailadresfactuurgegevens emailadresbesteller emailbesteller payeremail payeremailaddress"
)
# Whoever he is to the program
_OF_A_BUYER = _words(
    "client customer klant guest gast attendee bezoeker deelnemer lid member patient student cursist leerling"
)
MAILS = (*_ADDRESSES, *_each(_OF_A_BUYER, "email emailaddress emailadres mail mailadres"))
NAMES = _words(
    "klant customer client buyer relatie debiteur afnemer koper kunde account user contact klantnaam "
    "debiteurnaam debiteurennaam relatienaam customername clientname buyername contactnaam contactpersoon "
    "contactname invoicepartnerdisplayname partnerdisplayname customerdisplayname "
    "consumentnaam consumentennaam consumername naamklant billtoname billingname fullname fullnamebilling "
    "opdrachtgever huurder donateur deelnemer cursist leerling abonnee patient patientnaam hoofdgast "
    "associatedcompany associatedcontact geassocieerdbedrijf gekoppeldbedrijf "
    "dbtrnm payername payer naambetaler betaler supporter supportername partnerweergavenaam "
    "factuurpartnerweergavenaam partnernaamfactuur partnernaam naamtegenpartij tegenpartij "
    "tegenrekeninghouder naamomschrijving partnername "
    "auftraggeberzahlungsempfanger counterpartyname counterparty beguenstigterzahlungspflichtiger "
    "begunstigterzahlungspflichtiger zahlungspflichtiger namezahlungsbeteiligter zahlungsbeteiligter "
    "auftraggeberempfanger auftraggeberempfaenger auftraggeberbegunstigter auftraggeberbeguenstigter huesped "
    "organisatie organization organisation donor donorname spender donateurnaam schenker "
    "bedrijfsnaam bedrijf company companyname bookedby hoofdboeker guestname guestnames gastnaam "
    "geboektdoor boeker naamnamenvandegasten accountname accountnaam besteller naambesteller bestelddoor "
    "bedrijfsnaamklant naambedrijf klantnaamvolledig volledigenaam factuurnaam factuuradresnaam "
    "naamfactuuradres facturatienaam debnaam rekeninghouder naamrekeninghouder shopper shoppername billto "
    "billedto soldto customerfullname purchaser booker titular pagador pagatore payeur zahler einzahler "
    "passagier passenger passengername reiziger traveler traveller naamdeelnemer naamcursist naamleerling "
    "naamlid naampatient naamhuurder naamgast naamkoper naamopdrachtgever naamdonateur "
    "selltocustomername billtocustomername orderklantnaam factuurklantnaam kontakt kontaktname "
    "bedrijfcontact bedrijfcontactpersoon companycontact "
    "titulardelatarjeta nombredeltitular cardholder cardholdername kaarthouder naamkaarthouder naam id"
)
CUSTOMER = (*CODES, *MAILS, *NAMES)
DATE = _words(
    "orderdatum besteldatum bestelddatum datumbestelling aankoopdatum transactiedatum verkoopdatum "
    "dateadd closedate closingdate sluitingsdatum "
    "factuurdatum datumfactuur boekdatum datumtijd aangemaaktop aangemaakt besteldop orderdate orderplacedon "
    "purchasedate purchasedon datepurchase datepurchased dateordered transactiondate transdate "
    "transactiontimestamp invoicedate saledate salesdate bestelldatum date createdat created createddate "
    "orderdatetime datetime timestamp tijdstip ordertime orderedat orderedon posteddate postingdate "
    "creationdate datum documentdatum documentdate day dag closedat capturedat bookedon geboektop "
    "boekingsdatum datumboeking bookingdate datebooked reserveringsdatum datumreservering gereserveerdop "
    "reservationdate "
    "afspraakdatum datumafspraak appointmentdate bezoekdatum behandeldatum behandelingsdatum "
    "datumbehandeling consultdatum datumconsult sessiedatum datumsessie verrichtingsdatum verrichtingdatum "
    "datumverrichting prestatiedatum datumprestatie dateofservice servicedate treatmentdate "
    "sessiondate chargedat chargedon chargedate "
    "gekochtop aangekochtop "
    "billedat billedon invoicedat gefactureerdop verkochtop soldat soldon datesold afgerekendop sluitdatum "
    "datumgesloten dateclosed donatedat donationdate donatiedatum datumdonatie "
    "buchungstag bookgdt buchungsdatum dateoperation bookeddate "
    "purchasedat purchasetime purchasetimestamp invoicebilledat invoicecreatedat billeddate "
    "supportcreatedon datesent dateissued issuedon closedon gewonnenop wonon wontime issuedate processedat "
    "bookedat bookingcreated boekinggemaaktop gemaaktop ordertimestamp tijdstiptransactie datetimeutc "
    "factdat completedat afrekendatum datenew "
    "bestellzeitpunkt kaufzeitpunkt besteltijdstip bestelmoment "
    "fechadeorigen fechadecreacion fechadelaoperacion fechaoperacion datadeorigem dataorigem datadecriacao "
    # Of the answers to a form that a program keeps in a sheet
    "tijdstempel zeitstempel horodateur marcatemporal carimbodedatahora informazionicronologiche "
    "paidat paymentdate betaaldop"
)

# Money: without VAT goes before with; the total of an order before the revenue of a line
_EXCL = "exclbtw exbtw excl ex exclusiefbtw exclvat exvat excltax extax excludingvat excludingtax zonderbtw"
_INCL = "inclbtw incl inclusiefbtw inclvat incltax includingvat includingtax metbtw"
_SUMS = _words(
    "bedrag totaal totaalbedrag factuurbedrag omzet totaalprijs factuurtotaal orderbedrag ordertotaal "
    "orderwaarde eindbedrag eindtotaal total amount totalprice totalamount invoiceamount invoicetotal "
    "ordertotal orderamount ordervalue grandtotal"
)
WITHOUT_VAT = (*_each(_SUMS, _EXCL), "totalwithoutvat", "invoiceamountnet", *_EXCL.split()[:3])
OF_THE_ORDER = _words(
    "finaltotal finalamount convertedamount totaalprijs factuurtotaal invoicetotal "
    "orderbedrag orderwaarde ordertotaal totaalbedrag totaal "
    "factuurbedrag ordertotal ordertotalamount orderamount ordervalue besteltotaal eindbedrag eindtotaal "
    "tebetalen totaaltebetalen totaalbedragbestelling bestellingtotaal totaalbestelling grandtotal "
    "grandtotalpurchased basegrandtotal totalinclusiverate totalprice totalcollected total totalamount "
    "gesamtbetrag gesamtsumme invoiceamount appointmentprice appointmenttotal afspraakprijs gtbase "
    "gtpurchased supportamount "
    # Of Magento in other languages, in the shop's own money and in that of the order
    "eindtotaalbasis eindtotaalgekocht eindtotaalaangekocht totaalbasis totaalgekocht totaalaangekocht "
    "gesamtsummebasis gesamtsummeeingekauft gesamtbetragbasis gesamtbetrageingekauft totalgeneralbase "
    "totalgeneralachete"
)
WITH_VAT = (*_each(_SUMS, _INCL), "priceincl", *_INCL.split()[:2])
# Parts of headers that say whether money is without or with VAT; net may also be without fees
_TAXES = "btw|vat|tax|mwst|(?:omzet)?belasting|steuer"
_OF_VAT = f"(?:{_TAXES}|$)"
SAYS_WITHOUT = (
    f"ex(?:cl(?:usief|usive|uding)?)?{_OF_VAT}|(?:zonder|without)(?:{_TAXES})"
    "|(?:before|pre)(?:vat|tax)|untaxed"
)
SAYS_WITH = f"inc(?:l(?:usief|usive|uding)?)?{_OF_VAT}|(?:met|with)(?:{_TAXES})|after(?:vat|tax)"
SAYS_NET = "^net(?!work)|netto$|net$|neto$|liquid[oa]$"
OF_A_LINE = _words(
    "billableamount factureerbaarbedrag declarabelbedrag "
    "regelbedrag regeltotaal regelomzet linetotal lineamount lineitemtotal extendedprice itemtotal itemprice "
    "hammerprice hamerprijs veilingprijs winningbid "
    "posgesamt positiongesamt positionsgesamt positionsbetrag positionssumme possumme gesamtpos posbetrag "
    "itemsubtotal rowtotal sales salesvalue salesamount omzet revenue umsatz"
)
OF_EITHER = _words(
    "bedrag amount betrag waarde value spend spent monetary gross grossamount bruto brutobedrag "
    "tranamount transactionamount purchaseamount verkoopbedrag "
    "omzetbruto totaalbruto bedragbruto totalgross amountgross "
    "subtotaal subtotal ordersubtotal nettotal netamount nettobedrag nettobetrag netto net "
    "reissom huursom verblijfssom aanneemsom koopsom donatiebedrag giftbedrag "
    "omzetnetto totaalnetto bedragnetto totalnet amountnet nrevenue "
    "besteedbedrag bedragbesteed bestedingsbedrag besteding uitgegevenbedrag "
    "gefactureerdbedrag bedraggefactureerd invoicedamount amountinvoiced billedamount amountbilled "
    "chargedamount amountcharged chargeamount factbedrag notabedrag bedragnota tebetalenbedrag sum som "
    "opbrengst opbrengsten dealwaarde dealvalue opdrachtwaarde boekingsbedrag boekingswaarde "
    "totaleboekingswaarde finalprice declaratiebedrag honorarium eur"
)
# Of a club, a charity or a course: what somebody gives; below these may stand words as well
GIVEN = _words(
    "contributie contributiebedrag lidmaatschapsgeld donatie donation gift giftamount donationamount "
    "schenking giften donaties collecte collectes spenden dons inleg inlegbedrag lesgeld cursusgeld "
    "collegegeld spende spendenbetrag mitgliedsbeitrag beitrag cotisation"
)
# What came in of a row may be less than its revenue; all of it holds what was given beside a ticket
_ALL_PAID = _words("totaalbetaald totalpaid betaaltotaal")
WAS_PAID = _ALL_PAID + _words(
    "paymentamount amountpaid betaaldbedrag bedragbetaald paidamount "
    "zahlbetrag cantidadpagada importerecibido valorrecebido montantrecu erhaltenerbetrag ontvangenbedrag "
    "bedragontvangen receivedamount amountreceived"
)
_PIECE = _words("stukprijs prijsperstuk eenheidsprijs verkoopprijs prijs unitprice price")
OF_A_PIECE = (
    *_words(
        "stukprijs prijsperstuk eenheidsprijs verkoopprijs unitprice priceeach priceperunit lineitemprice "
        "sellingprice listprice itemunitprice artikelprijs articleprice productprijs productprice prijs "
        "price preis stueckpreis soldfor"
    ),
    *_each(_PIECE, _EXCL),
    *_each(_PIECE, _INCL),
)
_MAY_BE_A_PART = ("waarde", "value", *GIVEN)
AMOUNT = tuple(dict.fromkeys((
    *WITHOUT_VAT, *OF_THE_ORDER, *WITH_VAT, *OF_A_LINE,
    *(word for word in OF_EITHER if word not in _MAY_BE_A_PART),
    *_ALL_PAID, *_MAY_BE_A_PART, *WAS_PAID, *OF_A_PIECE,
)))  # fmt: skip

# Of a row as a whole, and of no piece of it
OF_MONEY = frozenset(AMOUNT) - frozenset(OF_A_PIECE)

# Of a payment service: what it credits the shop with, and what it debits
COMES_IN = _words("grosscreditgc grosscredit")
GOES_OUT = _words("grossdebitgc grossdebit")

# Last of VAT what says the share of it
TAX_RATES = _words(
    "btwpercentage btwtarief btwpercent btwperc vatrate vatpercentage vatpercent taxrate taxpercentage "
    "taxpercent mwstsatz mwstpercent"
)
_TAX = _words(
    "btw btwbedrag bedragbtw btwtotaal totaalbtw vat vatamount tax taxes taxamount ordertax ordertotaltax "
    "belasting belastingbedrag omzetbelasting totaltax salestax mwst"
)
TAX = (*_TAX, *TAX_RATES)
REFUND = _words(
    "refundedamount amountrefunded orderrefundamount refundamount refunded totalrefunded refundtotal "
    "terugbetaald terugbetaaldbedrag bedragterugbetaald gecrediteerd orderrefund "
    "terugbetaaldbedragbestelling bestellingterugbetaald bedragcredit creditbedrag"
)
# A header with a part of these, and none that says that it is no money; its contents must be amounts
_NO_MONEY = (
    "percent|refundable|refunds$|id$|nr$|nummer|number|no$|datum|date|reden|reason|grund|status|state|aantal|count|qty|"
    "quantity|anzahl|stuks|pieces|op$|at$|on$|by$|door$|method|type|soort|kosten|cost|fee|btw|vat|tax|mwst|belasting|"
    "shipping|verzend|currency|valuta|munt|note|line|item|reference|referentie|policy|beleid|adres|address|"
    "rekening|iban|termijn|days|dagen"
)
OF_REFUNDS = (
    f"^(?!.*(?:{_NO_MONEY}))(?:.*(?:refund|terugbeta|terugstort|teruggestort|retourbedrag|bedragretour|"
    "restitut|gerestitueerd|gecrediteer|credited|erstattet|erstattung|rembours|amountreturned|returnedamount|"
    "reembols|rimbors|devuelt|gestorneerd$|"
    "returnamount|zwrot)|retour(?:en)?$|geretourneerd$|returned$|returns$|salesreturns$)"
)
# What a bank or a card took back, beside what the shop paid back itself
CHARGED_BACK = (
    f"^(?!.*(?:{_NO_MONEY})).*(?:charged?back|teruggeboekt|stornobedrag|bedragstorno|gestorneerdbedrag|"
    "disputed?amount|amountdisputed)"
)
# For which campaign money went, or by which a customer came; whom it reached
CAMPAIGN = _words(
    "campagnenaam naamvancampagne naamcampagne utmcampaign utmcampagne campaign campaignname nameofcampaign "
    "marketingcampagne reclamecampagne advertentiecampagne adcampaign adcampaignname sessioncampaign "
    "sessioncampaignname firstusercampaign firstusercampaignname firsttouchcampaign firsttouchutmcampaign "
    "firstutmcampaign originalcampaign initialcampaign initialutmcampaign acquisitioncampaign leadcampaign "
    "wcorderattributionutmcampaign orderattributionutmcampaign kampagne kampagnenname campagnetitel"
)
REACHED = _words(
    "bereik reach personenbereikt bereiktepersonen aantalbereikt peoplereached accountsreached "
    "accountscentreaccountsreached accountscenteraccountsreached ontvangers recipients"
)
ORDER = _words(
    "orderid ordernummer ordernr orderno ordernumber orderreference orderreferentie ordercode "
    "bestelnummer bestelnr bestellingid bestelling bestellnummer bestellnr "
    "factuurnummer factuurnr factuurid invoiceno invoiceid invoicenumber invoicenr invoice "
    "boekstuknummer boekstuknr boekstuk rechnungsnummer rechnungsnr amazonorderid merchantorderid saleid "
    "receiptid bonnummer "
    "transactienummer transactieid transactionid transid basketid winkelmandid merchantreference order "
    "boekingsnummer boekingnummer bookingnumber bookingid bookingreference reserveringsnummer reservationid "
    "reservationnumber"
)
INVOICE = tuple(word for word in ORDER if word.startswith(("factuur", "invoice", "rechnung")))
# What went off: of a line, or of an order; last what says the share of it
DISCOUNT = _words(
    "korting kortingsbedrag kortingbedrag bedragkorting regelkorting totalekorting kortingtotaal "
    "totaalkorting orderkorting discount discountamount linediscount lineitemdiscount itemdiscount "
    "discounttotal totaldiscount totaldiscountamount orderdiscount cartdiscount cartdiscountamount rabatt "
    "kortingpercent kortingspercentage kortingpercentage discountpercent discountpercentage discountrate "
    "remise rabattpercent"
)
# What a promotion takes off the price of a line, and off its shipping; our columns of these
_PROMOTED = "promo(?:tion(?:al)?)?discounts?(?:amount)?|promotiekorting(?:sbedrag)?"
OF_PROMOTIONS = (f"^(?!.*(?:ship|verzend|delivery)).*(?:{_PROMOTED})$",
                 f"^.*(?:ship|verzend|delivery).*(?:{_PROMOTED})$")  # fmt: skip
PROMOTIONS = ("promotiekorting", "promotiekorting2")
TIP = _words(
    "fooi fooien fooibedrag tip tips tipamount tiptotal totaltip gratuity gratuityamount trinkgeld pourboire "
    "bedragfooi totaalfooi"
)
# What is given back, or handed on to a town: in the amount it is no revenue either
HANDED_ON = _words(
    "borg borgsom borgbedrag waarborg waarborgsom statiegeld emballage securitydeposit pfand "
    "toeristenbelasting touristtax citytax kurtaxe taxedesejour verwijderingsbijdrage recyclingbijdrage "
    "recyclagebijdrage recupel depositamount bottledeposit"
)
# A gift card that was sold, in any words
GIFTS_SOLD = (
    "^(?!.*(?:aantal|number|code|qty|count))(?:(?:sold|verkochte?|verkoop)(?:gift(?:card|voucher)s?|cadeau"
    "(?:bon|kaart)(?:nen|en)?|waardebon(?:nen)?)|(?:gift(?:card|voucher)s?|cadeau(?:bon|kaart)(?:nen|en)?|"
    "waardebon(?:nen)?)(?:sold|sales|verkocht|verkoop|verkopen))$"
)
HANDED = ("fooi", "fooi2", "fooi3")  # our columns of both
CANCELLED = _words(
    "qtycanceled qtycancelled quantitycanceled quantitycancelled canceledquantity cancelledquantity "
    "canceledqty cancelledqty aantalgeannuleerd geannuleerdaantal geannuleerdestuks stuksgeannuleerd"
)
OF_A_SUBTOTAL = frozenset(_words("subtotaal subtotal ordersubtotal subtotaalbestelling ordersubtotalamount"))
QUANTITY = _words(
    "aantal hoeveelheid stuks quantity qty lineitemquantity quantityordered quantitypurchased itemquantity "
    "orderquantity qtyordered orderedquantity aantalbesteld besteldaantal menge anzahl units"
)
BEFORE = re.compile("ordered|besteld|bestellt|order")  # of a number of pieces, before any was cancelled
CURRENCY = _words(
    "valuta munt muntsoort valutacode currency currencycode ordercurrency convertedcurrency waehrung wahrung "
    "munteenheid muntcode valutasoort grosscurrency devise waluta ccy"
)
# A row with one of these is a line of an order, not the order
OF_AN_ARTICLE = frozenset(
    _words(
        "artikel artikelnummer artikelnr artikelnaam product productnummer productnaam productname producten "
        "productid sku ean item itemname lineitemname omschrijving description regel regelnummer "
        "btwtarief btwpercentage btwpercent vatrate vatpercentage vatpercent taxrate taxpercent"
    )
)
# An export of customers: a row is somebody, and the money of all his orders
OF_CUSTOMERS = frozenset(
    _words(
        "aantalorders aantalbestellingen aantalaankopen orderscount ordercount numberoforders totalorders "
        "totalordercount numberofpurchases"
    )
)
# A column of these says whether money came in: no counts as open
PAID = frozenset(
    _words(
        "betaald paid ispaid isbetaald voldaan afgerekend bezahlt paye payee regle reglee pagado pagada "
        "pagato pagata pago paidflag haspaid geincasseerd betalingontvangen paymentreceived betalingvoldaan "
        "factuurbetaald orderbetaald bestellingbetaald orderpaid invoicepaid settled succeeded geslaagd "
        "captured"
    )
)
CANCELLED_ON = frozenset(
    _words(
        "cancelledat canceledat geannuleerdop annuleringsdatum cancelledon canceledon cancellationdate "
        "canceldate cancelleddate voidedat deletedat verwijderdop stornodatum dateannulation "
        "fechadecancelacion fechayhoradecancelacion datadecancelamento datacancelamento datadiannullamento"
    )
)
# Words that need no taking apart: each is that of one column
ALL = (
    frozenset(
        (
            *CUSTOMER,
            *DATE,
            *AMOUNT,
            *TAX,
            *REFUND,
            *ORDER,
            *QUANTITY,
            *CURRENCY,
            *OF_AN_ARTICLE,
            *OF_CUSTOMERS,
        )
    )
    | PAID
    | CANCELLED_ON
)
# How a cell begins that names a total, as a pattern
TOTAL = (
    r"(?:(?:sub|eind|grand|general|deel|dag|week|maand|jaar|tussen)[\s-]?)?"
    r"(?:totaal|totalen|total|totals|som|saldo|gesamt(?:summe|betrag)?|(?:zwischen|end)?summe|übertrag|somme|"
    r"sous-total)\b"
)
