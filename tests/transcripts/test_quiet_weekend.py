"""Quiet hours for a supplier's clock: what is crossed when IT has gone home waits for Monday, and only the latest is told."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_a_breach_after_hours_on_friday_is_told_on_monday_morning_once_and_the_weekend_is_silent(plays: Plays) -> None:
    plays("""
        fre 13:55  Mia: kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [Medicinkortet er ikke opdateret] [Nej, noget andet]
        fre 13:56  Mia: menneske
                   bot til Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 14.26. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot til #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
        fre 13:57  Sam trykker [Det her er til it] på #1
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på it) / It har fået din sag. Nogen tager den senest mandag 30. nov. kl. 8.57. / [Jeg har ikke brug for hjælp længere]
                   bot til #omsorg-nord/1: Sam sendte #1 videre til it.
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        fre 13:59  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 14.59. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 13.59. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        fre 14:00  Ivo trykker [Send til leverandøren] på #1: severity=B | since=9.30 | who=Nord | how_many=40 | tried=Genstart | steps=Åbn kørelisten | contact=Ivo
                   bot til mail strandvejr: [S-1] B betydende: kørelisten i omsorgsjournalen opdateres ikke / Fjordby Kommune melder en fejl i Omsorgsjournalen. Svar venligst på denne mail med jeres eget sagsnummer, når et menneske har set den. / “kørelisten i omsorgsjournalen opdateres ikke” / Vores sagsnummer: S-1 / Fejlklasse: B betydende – En vigtig funktion er ramt, eller svartiden er væsentligt forringet for mange brugere, og en omgåelse er besværlig / Siden hvornår: fredag 27-11-2026 kl. 09:30 / Hvem er ramt: Nord / Hvor mange er ramt: 40 / Hvad er forsøgt: Genstart / Sådan gør man, når fejlen opstår: Åbn kørelisten / Kontakt hos os: Ivo / Kontrakt: Driftsaftale, Omsorgsjournalen – Bilag 7, Servicemål, v1.2 / Frister efter kontrakten: Reaktion 1 t. (hverdag); Midlertidig løsning 6 t. (hverdag); Afhjælpning 8 t. (hverdag); Statusmelding 1 arbejdsdag (hverdag)
                   bot til #it/S-1: Ivo sendte S-1 til Strandvejr Systemer A/S.
                   bot til #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / Leverandør: Strandvejr Systemer A/S / Fejlklasse: B betydende / Sager: #1 / [Vis uret] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 13.59. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: #1 er sendt til leverandøren. Ivo følger den og vender tilbage.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        fre 14:01  Ivo trykker [Modtaget] på S-1
                   bot til #it/S-1: Strandvejr Systemer A/S har modtaget S-1.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        fre 14:54  bot til #it: S-1 er tæt på fristen: Reaktion hos Strandvejr Systemer A/S senest i dag kl. 15. 6 min. tilbage af åbningstiden. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        fre 23:00  …
        lør 12:00  …
        søn 12:00  …
        +1 man 06:59  …
        +1 man 07:00  bot til #it: S-1 er overskredet: Reaktion hos Strandvejr Systemer A/S skulle være på plads i fredags kl. 15. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                      bot til #it: Godmorgen. Her er leverandørerne. / 1 frister er halvt brugt eller mere: / S-1 Strandvejr Systemer A/S: Reaktion overskredet i fredags kl. 15, intet tilbage / Åbne sager efter led og alder / Venter på    under 1 døgn  1–7 døgn  over 7 døgn  i alt / Superbruger             0         0            0      0 / It                      0         0            0      0 / Leverandør              0         1            0      1 / Medarbejder             0         0            0      0 / I alt                   0         1            0      1
                      bot til Karen: S-1 er overskredet: Reaktion hos Strandvejr Systemer A/S skulle være på plads i fredags kl. 15. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        +1 man 07:00  …
        +1 man 07:30  …
    """)
