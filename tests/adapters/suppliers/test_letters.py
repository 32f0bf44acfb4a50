"""What a supplier reads, and what is shown where no mail server is set."""

from dataclasses import replace

import pytest
from reports import CASE, PICTURE, reporting, row, titled

from bot.desk.ports import NotSent
from bot.domain.notices import Alarmed, Tell
from bot.suppliers.console import ConsoleSupplier
from bot.suppliers.letter import letter

LETTER = """\
Fjordby Kommune melder en fejl i Sagsportalen. Svar venligst på denne
mail med jeres eget sagsnummer, når et menneske har set den.

“Brevene bliver ikke sendt”

Vores sagsnummer
  S-12

Fejlklasse
  B betydende – En vigtig funktion kan ikke bruges af en afdeling

Siden hvornår
  torsdag 19-11-2026 kl. 11:05

Hvem er ramt
  Borgerservice

Hvor mange er ramt
  12

Hvad er forsøgt
  Genstartet.
  Prøvet en anden pc.

Sådan gør man, når fejlen opstår
  Åbn en sag, tryk Send brev.

Kontakt hos os
  Ivo, 00 00 10 20

Kontrakt
  Driftsaftale, Sagsportalen – Bilag 5

Frister efter kontrakten
  Reaktion 2 t. (hverdag)
"""


def test_the_report_is_a_letter_of_labels_and_values():
    written = letter(row(), PICTURE)
    assert written.body == LETTER
    assert written.subject == "[S-12] B betydende: Brevene bliver ikke sendt"
    assert (written.name, written.address) == ("Kildemose Sag A/S", "hotline@kildemose.example")


def test_a_retried_letter_says_that_it_may_come_twice():
    body = letter(row(tried_unsure=True), PICTURE).body
    assert body == f"Denne mail kan være sendt to gange. Det er den samme sag.\n\n{LETTER}"


def test_long_words_of_people_are_wrapped_and_never_cut():
    address = "https://sagsportalen.example/" + "x" * 90
    body = letter(row(), reporting(steps=f"{'Åbn sagen og tryk. ' * 8}{address}")).body
    assert address in body
    assert all(len(line) <= 72 for line in body.splitlines() if address not in line)


def test_controls_that_people_paste_do_not_reach_the_letter():
    written = letter(row(), titled("Fejl\x00 i\u202e portal\u2028\x85\x0b\x1cbcc: x@y.example"))
    assert written.subject.endswith("Fejl i portal bcc: x@y.example")
    assert not set("\x00\u202e\u2028\x85\x0b\x1c") & set(written.body)


def test_an_erased_report_is_not_sent_as_an_empty_one():
    with pytest.raises(NotSent) as refused:
        letter(row(), replace(PICTURE, texts={CASE.report: ""}))
    assert refused.value.hopeless


def test_suppliers_are_sent_nothing_but_fault_reports():
    alarm = replace(row().tell, notice=Alarmed("undelivered"))
    with pytest.raises(NotSent) as refused:
        letter(row(tell=alarm), PICTURE)
    assert refused.value.hopeless
    assert "Alarmed" in refused.value.why


def test_a_supplier_that_is_no_longer_known_is_not_written_to():
    elsewhere = Tell(replace(row().tell.place, who="rimfrost"), row().tell.notice)
    with pytest.raises(NotSent) as refused:
        letter(row(tell=elsewhere), PICTURE)
    assert refused.value.hopeless


def test_without_a_mail_server_the_mail_is_shown_and_said_not_to_be_sent():
    shown: list[str] = []
    outlet = ConsoleSupplier(shown.append)
    assert outlet.send(row(), PICTURE) == "7"
    heading = (
        "Ingen mailserver er sat op (DRIFTSVAGT_SMTP_URL). Dette ville være sendt til "
        "Kildemose Sag A/S <hotline@kildemose.example>:"
    )
    assert shown == [f"{heading}\n\n[S-12] B betydende: Brevene bliver ikke sendt\n\n{LETTER}"]
    with pytest.raises(NotImplementedError):
        outlet.was_sent(row())
