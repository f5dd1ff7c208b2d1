"""Exports in Spanish, Portuguese and Italian: their headers, and what their statuses say of an order."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

# Header of the order, the customer, the day, the status, the currency and the total; what is paid, open, back
SHOPS = {
    "spaans": ("Número de pedido", "Nombre del cliente", "Fecha del pedido", "Estado del pago", "Moneda", "Importe total",
               "Pagado", "Pendiente", "Anulado"),
    "portugees": ("Número do pedido", "Cliente", "Data do pedido", "Situação do pedido", "Moeda", "Valor total",
                  "Pago", "Aguardando pagamento", "Cancelado"),
    "italiaans": ("Numero ordine", "Nome cliente", "Data ordine", "Stato ordine", "Divisa", "Importo totale",
                  "Pagato", "In attesa", "Annullato"),
}  # fmt: skip


@pytest.mark.parametrize("shop", SHOPS)
def test_headers_and_statuses_of_the_south_are_known(write, shop):
    *heads, paid, due, off = SHOPS[shop]
    rows = [
        ("7001", "Huis Aldo", "2025-02-03", paid, "EUR", "40.50"),
        ("7002", "Huis Berta", "2025-02-17", due, "EUR", "900.00"),
        ("7003", "Huis Aldo", "2025-03-09", off, "EUR", "700.00"),
        ("7004", "Huis Carlo", "2025-03-21", paid, "EUR", "12.25"),
    ]
    checked = read(write("\n".join(map(";".join, [heads, *rows]))))
    assert figures(checked) == (2, 52.75, 52.75, 2)
    assert dict(checked.quality.headers) | {"order": heads[0], "valuta": heads[4]} == dict(
        checked.quality.headers
    )
    assert "niet herkend" not in said(checked, "status")


@pytest.mark.parametrize(
    ("word", "counts"),
    [("Não pago", False), ("Da pagare", False), ("No pagado", False), ("Reembolsado", True),
     ("Rimborsato", True), ("Entregue", True), ("Spedito", True), ("Rechazada", False), ("Vencida", False),
     ("Complété", True)],
)  # fmt: skip
def test_words_of_the_south_say_what_became_of_an_order(write, word, counts):
    text = f"Cliente;Fecha;Estado del pago;Total\nA;2025-02-03;Recibido;10,50\nB;2025-02-14;{word};25,00"
    assert figures(read(write(text)))[1] == (35.5 if counts else 10.5)


@pytest.mark.parametrize("header", ["quantidade entregue", "Cantidad enviada", "Quantità spedita"])
def test_a_quantity_of_the_south_is_no_amount(write, header):
    rows = "\n".join(f"{at};Huis {at % 3};2025-0{at}-04;{at * 20 + 5}" for at in range(1, 8))
    with pytest.raises(ColumnsMissing) as error:
        read(write(f"Número de pedido;Cliente;Fecha;{header}\n{rows}"))
    assert f"={header}" not in error.value.remedy


@pytest.mark.parametrize("header", ["FECHA_HORA", "Data e hora", "issued_date"])
def test_a_day_with_its_hour_or_its_issue_is_a_day(write, header):
    text = f"Cliente;{header};Total\nA;6/1/2025 14:30;10,50\nB;23/2/2025 9:05;25,00\n"
    assert figures(read(write(text)))[1] == 35.5


def test_a_french_word_for_done_is_known(write):
    checked = read(write("Client;Date;Statut;Total\nA;2025-02-03;Complété;10,50\nB;2025-02-14;Annulé;25,00"))
    assert figures(checked)[1] == 10.5
    assert "niet herkend" not in said(checked, "status")
