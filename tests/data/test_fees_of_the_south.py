"""Payment services in Spanish, Portuguese and Italian: fees beside gross and net, from whom, to whom, back."""

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

ROWS = "{paid};a@x.es;70,00;{sign}3,00;67,00\n{paid};b@x.es;90,00;{sign}4,00;86,00\n{lost};b@x.es;10,00;0,00;10,00\n"


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("heads", "paid", "lost"),
    [
        ("Fecha de origen;Estado;Email del comprador;Monto bruto;Tarifa;Monto neto", "Aprobado", "Rechazado"),
        ("Fecha de creación;Estado;Correo electrónico del cliente;Importe bruto;Comisión;Importe neto", "Acreditado", "Fallido"),
        ("Data de origem;Status;E-mail do comprador;Valor bruto;Valor da taxa;Valor líquido", "Disponível", "Recusado"),
        ("Data creazione;Stato;Email cliente;Importo lordo;Commissioni;Importo netto", "Completato", "Rifiutato"),
    ],
)  # fmt: skip
def test_what_came_in_before_the_fees_is_the_revenue(write, heads, paid, lost, sign):
    rows = "".join(
        f"{at}/03/2025;{row}\n"
        for at, row in enumerate(ROWS.format(paid=paid, lost=lost, sign=sign).splitlines(), 13)
    )
    assert figures(read(write(f"{heads}\n{rows}"))) == (2, 160.0, 160.0, 2)


def test_a_withdrawal_is_asked_about_and_a_refund_is_of_who_got_it(write):
    head = (
        "Fecha;Nombre;Tipo;Estado;Divisa;Bruto;Tarifa;Neto;Correo electrónico del remitente;"
        "Correo electrónico del destinatario;Id. de transacción"
    )
    rows = (
        "13/03/2025;Ana;Pago exprés;Completado;EUR;70,00;-2,00;68,00;a@x.es;shop@y.es;T1\n"
        "14/03/2025;Bea;Pago exprés;Completado;EUR;90,00;-3,00;87,00;b@x.es;shop@y.es;T2\n"
        "15/03/2025;;Retirada general;Completado;EUR;-155,00;0,00;-155,00;shop@y.es;;T3\n"
        "16/03/2025;Ana;Reembolso;Completado;EUR;-70,00;2,00;-68,00;shop@y.es;a@x.es;T4\n"
    )
    path = write(f"{head}\n{rows}")
    with pytest.raises(Ambiguous, match="Retirada general") as asked:
        read(path)
    checked = typed(path, first_answer(asked.value.remedy))
    assert figures(checked) == (2, 160.0, 90.0, 2)
    assert "daar is de klant de ontvanger" in said(checked, "klant")


def test_money_back_without_a_minus_goes_off_under_a_spanish_word(write):
    rows = (
        "13/03/2025;Autorización;P1;60,00;Ana\n14/03/2025;Autorización;P2;90,00;Bea\n"
        "15/03/2025;Devolución;P1;20,00;Ana\n"
    )
    path = write(f"Fecha;Tipo operación;Número de pedido;Importe;Titular\n{rows}")
    with pytest.raises(Ambiguous, match="Tipo operación") as asked:
        read(path)
    assert figures(typed(path, first_answer(asked.value.remedy))) == (2, 150.0, 130.0, 2)
