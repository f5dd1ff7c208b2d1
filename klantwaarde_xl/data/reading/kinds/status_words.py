"""The words by which shops say what became of an order, and the headers above them, as patterns."""

from __future__ import annotations

import re

# By the name of a fate pieces of words, a blank as a point; the first that fits holds: `unpaid` is no `paid`,
# a partial refund no refund, and what waits for its parcel has been paid
PIECES = (
    ("PAID", r"""
        (refund|terugbetaling).*(failed|mislukt) chargeback.?reversed
        ^(refund|retour|returns?|terugbetaling|restitutie|annulering|cancell?ation)\b.*(denied|reject|refused|withdrawn)
        ^(refund|retour|returns?|terugbetaling|restitutie|annulering|cancell?ation)\b.*(afgewezen|geweigerd|ingetrokken)
        ^(refund|retour|returns?|terugbetaling|restitutie)\b.(request.|aanvraag.)?(cancell?ed|geannuleerd)
        ^(paid|betaald)\b.*(niet|not|pending|await|wacht|nog).*(verzond|verstuur|gelever|bezorg|ship|deliver|sent)
        (disput|chargeback|geschil|betwisting).*\b(won|gewonnen|in.uw.voordeel) cancell?ed.reversal
        (niet|not|no|geen|un|on).?(disput|betwist|geschil)
        (cancel|annul|afgezegd|no.?show).*(?<!not.)(?<!niet.)(charged|in.rekening.gebracht|doorberekend|doorbelast)\W*$
        ^(geen|niet|no|not|nicht|keine?|non).(ge)?(refund|retour|terug|annul|cancel|storn|return|erstatt)"""),
    ("PARTLY_REFUNDED", """
        part(ial|ly|ieel).*(refund|terug|retour|rembours|return|cancel|annul)
        (deels|gedeeltelijk).*(terug|refund|retour|annul|cancel)
        teilweise.*erstattet parcial.*(reembols|devol) parzial.*rimbors"""),
    ("CANCELLED", r"""
        cancel kansell avbrut makuler afbrudt batal annul anulowan anulad
        void(?!aan) vervallen ingetrokken stornier abgebrochen afgebroken
        afgezegd abgesagt trash verwijderd deleted gelöscht supprim ^verzet$ ^rescheduled$
        ^not.attending$ ^skipped ^overgeslagen ^storno$ ^duplicate
        ^dubbele?(.(order|bestelling|boeking|factuur))?$ ^merged ^samengevoegd ^waived kwijtgescholden"""),
    ("REFUNDED", r"""
        (disput|geschil|betwisting).*(lost|verloren)
        refund terugbetaald terugbetaling teruggestort teruggeboekt retour returned charged?.?back
        gecrediteerd crediteringe?n? ^returns?\b.*(complet|approv|accept|receiv|process)
        credited reversed reversal erstattet gestorneerd storner rembours
        reembols devolvid devuelt estornad rimbors zwrócon zwrot
        åter(betal|för) tilbakebetal tilbagebetal refunder dikembalikan
        gerestitueerd credit.?(nota|factuur|note|memo) ^(wieder)?gutschrift"""),
    ("FAILED", """
        fail mislukt declin geweigerd afgewezen afgekeurd reject expired verlopen denied error abandon blocked
        (not|niet|no|não|nao|non|nicht).(geautori|authori|autori) denegad ^negad[oa] ^(ko|nok)$
        insufficient onvoldoende.(saldo|tegoed) do.not.honou?r ^time.?d?.?out$
        refused refusal (betaal|betalings?|payment|zahlungs).?(fout|fehler|probleem)
        erreur.de.paiement missing.order
        unsuccess not.success niet.(gelukt|geslaagd) geen.betaling ^verlaten ^no.?show$ did.not.attend
        nicht.erschienen niet.(komen.opdagen|opgedaagd|verschenen|gekomen|opgekomen)
        ^((closed|deal|gesloten).*)?(lost|verloren)$ (?<!no.)(?<!not.)(?<!geen.)fraud(e|ulent|uleus)?$
        fehlgeschlagen abgelaufen abgelehnt échou
        refusé expiré odrzucon fallid rechazad recusad rifiutat fallit[oa]$ expirad
        ^invalid ^ongeldig (niet|geen).akkoord ^afwezig
        misslyck mislyk nekad avvis(t|ad) afvist ^gagal$ ditolak kedaluwarsa
        uncollectible oninbaar written.?off afgeschreven uneinbringlich irrécouvrable"""),
    ("DRAFT", """
        concept draft offerte quote quotation pro.?forma wens(en)?.?lijst wish.?list verlanglijst
        ^(opgeslagen|saved)$ wunschliste ^entwurf ^angebot$ ^brouillon ^devis$"""),
    ("PAID", """
        (await|wacht).*(fulfil|shipment|shipping|pick.?up|verzend|levering|ophalen|afhalen)
        ^in.behandeling$ ^in.bearbeitung$"""),
    ("OPEN", r"""
        pending open hold wacht await unpaid uncleared unsettled
        onbetaald onvoldaan authori[sz]ed geautoriseerd autorisiert autorisée? incomplete uncaptured
        autorizad autorizzat sin.finalizar
        disput betwist geschil needs.response under.review in.beoordeling
        unconfirmed inactie?[vf] requires checkout initiali[sz]ed initiated ge[iï]nitieerd ge[iï]nitialiseerd
        ^(winkel(wagen|mand|kar)(tje|je)?|cart|basket|warenkorb|panier)$ ^(in.)?optie$ ^tentative$
        queued ^((in)?gepland|geplant|planned|scheduled|upcoming|toekomstig)$ ^(snooz|pauze|gepauz|paus)
        ^((in|on).)?trial
        ^proef past.due ^dunning retry ^in.incasso$ incasso(traject|bureau|procedure) deurwaarder
        betalingsregeling wanbetaler payment.review
        ^option$ ^(voorlopig|provisional)e?$ ^(aangevraagd|requested)$
        overdue achterstallig herinnering aanmaning outstanding uitstaand
        (niet|not|nog|nicht|never|nooit|\bnon\b).*(paid|betaald|betalen|voldaan|voltooid|complete|afgehandeld|verzonden)
        (niet|not|nicht|never|nooit|\bnon|\bun).?(captured|settled|ontvangen|received|afgerond|verwerkt|processed)
        (niet|not|nicht|never|nooit|\bnon|\bun).?(goedgekeurd|approved|geaccepteerd|accepted|acti(ef|ve)|bevestigd|confirmed)
        ^(da|a).pag \b(no|não|nao|non|sin|sem|por).(pag|cobrar|saldat) pendient pendente aguardando impagad
        in.(attesa|sospeso) em.(aberto|espera) vencid[oa]$ scadut[oa]$
        nicht.*bezahlt ^offen unbezahlt ausstehend mahnung en.attente impay non.pay oczekuj nieopłacon
        \bobetald ^(ej|icke|ikke|inte).betal ubetalt ^väntar ^venter ^afventer belum.(di)?bayar menunggu
        ^late$ ^te.laat$ ^nog.niet$ ^not.yet$ ^nieuw$ ^new$ ^neu$ ^nee$ ^no$ ^false$ ^onwaar$ ^0$"""),
    ("PAID", """
        paid betaald voldaan complete voltooid afgerond succe geslaagd processing verwerk verzonden verstuurd
        shipped dispatch deliver geleverd bezorgd fulfil captured settled afgehandeld gereed klaar ready
        ^(finished|done|gedaan|verkocht|sold|charged|cleared|posted|executed|uitgevoerd|processed)$
        ^(verrekend|aanwezig|attended|bezocht|gebruikt|used|redeemed|ingewisseld|definitief|erledigt)$
        ^(overgemaakt|transferred|sent|geboekt|booked|onderweg|in.transit|afgehaald|opgehaald|picked.up)$
        ^(ingepakt|packed|versandfertig)$
        ^akkoord ^(gefactureerd|invoiced|facturée?)$ ^in.produ[ck]ti(e|on)$ ^label.created$
        ^(ge)?print(ed)?$ ^(ge)?teken(d)?$ ^signed$
        bevestigd confirmed accepted geaccepteerd approved goedgekeurd received ontvangen active actief
        bezahlt versendet versandt geliefert zugestellt abgeschlossen ^payée? livrée? expédié terminée?
        ^pag(ad|at)?[oa]$ ^pago.(aprobado|recibido) ^pagamento.(aprovado|confirmado|ricevuto) recibid ricevut
        acreditad ^dispon[íi]ve[li]s?$ ^disponibles?$
        completad concluíd concluid completat enviad entregad entregue aprobad aprovad spedit[oa] consegnat
        ^complétée?$ aanvaard paiement.accepté wysłan zrealizowan opłacon dostarczon
        ^betal(d|t)$ levere?ra?[dt] ^skicka[dt] ^sendt$ fullfør slutför gennemført ^klar$
        \bselesai$ dikirim ^lunas$ dibayar
        (uit|in)gecheckt checked.(in|out) sent.?for.?settle afgerekend geïncasseerd
        ^(closed.?|gesloten.?)?(won|gewonnen)$
        ^ja$ ^yes$ ^true$ ^waar$ ^1$ ^ok$"""),
)  # fmt: skip
# A status of a sale; one of a customer, a subscription or a newsletter says nothing of it
PAYMENT = re.compile("betaal|betaling|payment|transacti|financial|zahlung|paiement|pago|pagamento")
DISPUTES = "(dispute|chargeback|geschil|betwisting)s?status"
STATUS = re.compile(
    f"{DISPUTES}|"
    # of a parcel a state is a province
    "(current|order|idorder|payment|financial|fulfil+ment|transaction|invoice)state|"
    "status|(item|lineitem|line|regel|order|bestel|bestellings?|betaal|betalings?|payment|financial|fulfil+ment|transactie|"
    "transaction|verzend|verzendings?|shipping|shipment|delivery|levering|factuur|invoice|sale|verkoop|"
    "orderpayment|orderfulfil+ment|bestell|zahlungs?|zahl|auftrags|liefer|versand|rechnungs)s?status|"
    "(order|bestel|betaal|payment|transactie|transaction)?status(code|id|nr|nummer|number)|"
    "(order|bestel|betaal|payment)?status(omschrijving|beschrijving|naam|tekst|description|name|text|label)|"
    "(order|payment|betaal)?status(code|id|nr|nummer)|"
    "status(van)?(de|het|uw|je|der|of)?(the)?(afspraak|boeking|reservering|order|bestelling|betaling|transactie|factuur|levering|"
    "booking|appointment|reservation|payment)|"
    "(afspraak|boekings?|reserverings?|booking|appointment|reservation|buchungs?|termin)s?status|"
    "statut(de)?(la)?(commande|paiement)?|orderfase|bestelfase|"
    "(estado|status|situacao|stato)(de|do|del|dell|della)?(la|el)?(orden|pedido|ordine|pago|pagamento|envio|venta|"
    "venda|vendita|compra|factura|fatura|fattura|transaccion|transacao|transazione|spedizione|entrega)"
)
DELIVERY = re.compile(
    "fulfil|verzend|shipping|shipment|deliver|lever|bezorg|liefer|versand|livraison|envio|entrega|spedizione"
)
ORDERS = re.compile("order|bestel|commande|auftrag|orden$|pedido|ordine")
# A word for a document whose own amount goes off
CREDIT = "credit.?(nota|factuur|note|memo)|^gutschrift"
