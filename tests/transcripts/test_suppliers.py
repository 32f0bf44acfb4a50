"""IT hands over to the supplier: a complete report, two clocks and one holder, and time that warns."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_an_incomplete_report_is_refused_field_by_field(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [Medicinkortet er ikke opdateret] [Nej, noget andet]
        man 10:01  Mia: menneske
                   bot til Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot til #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 11.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam trykker [Send videre til it] på #1: note=Det gælder alle.
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.03. / [Jeg har ikke brug for hjælp længere]
                   bot til #omsorg-nord/1: Sam sendte #1 videre til it.
                   bot til #it/1: Sam: Det gælder alle. / Internt – Mia ser det ikke
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 10:04  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.04. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        man 10:05  Ivo trykker [Send til leverandøren] på #1: severity=B | since=snart | who= | how_many=mange | tried=Genstart | steps=Åbn kørelisten | contact=Ivo
                   bot til Ivo: Der mangler noget: Hvem er ramt: Udfyld dette., Siden hvornår: Det kan jeg ikke læse som et tidspunkt. Skriv for eksempel “i går 9.30”., Hvor mange er ramt: Skriv et antal, gerne et skøn.
        man 10:06  Ivo trykker [Send til leverandøren] på #1: severity=Z | since=+1 år
                   bot til Ivo: Der mangler noget: Fejlklasse, efter kontraktens egne ord: Vælg en af mulighederne., Hvem er ramt: Udfyld dette., Hvor mange er ramt: Udfyld dette., Hvad er forsøgt: Udfyld dette., Sådan gør man, når fejlen opstår: Udfyld dette., Kontakt hos os: Udfyld dette., Siden hvornår: Det kan jeg ikke læse som et tidspunkt. Skriv for eksempel “i går 9.30”.
    """)


def test_the_supplier_solves_it_and_every_side_sees_who_has_it(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [Medicinkortet er ikke opdateret] [Nej, noget andet]
        man 10:01  Mia: menneske
                   bot til Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot til #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 11.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam trykker [Send videre til it] på #1
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.03. / [Jeg har ikke brug for hjælp længere]
                   bot til #omsorg-nord/1: Sam sendte #1 videre til it.
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 10:04  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.04. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        man 10:05  Ivo trykker [Send til leverandøren] på #1: severity=B | since=9.30 | who=Hjemmeplejen Nord | how_many=ca. 40 | tried=Genstart af tablets for 010165-1234 | steps=Åbn kørelisten, se gårsdagens besøg | contact=Ivo, it
                   bot til Ivo: Jeg fjernede et CPR-nummer fra din besked, før den blev gemt. Skriv gerne uden – vi finder borgeren i systemet. Slet også din egen besked, hvis den stadig kan læses.
                   bot til mail strandvejr: [S-1] B betydende: kørelisten i omsorgsjournalen opdateres ikke / Fjordby Kommune melder en fejl i Omsorgsjournalen. Svar venligst på denne mail med jeres eget sagsnummer, når et menneske har set den. / “kørelisten i omsorgsjournalen opdateres ikke” / Vores sagsnummer: S-1 / Fejlklasse: B betydende – En vigtig funktion er ramt, eller svartiden er væsentligt forringet for mange brugere, og en omgåelse er besværlig / Siden hvornår: mandag 23-11-2026 kl. 09:30 / Hvem er ramt: Hjemmeplejen Nord / Hvor mange er ramt: ca. 40 / Hvad er forsøgt: Genstart af tablets for [CPR] / Sådan gør man, når fejlen opstår: Åbn kørelisten, se gårsdagens besøg / Kontakt hos os: Ivo, it / Kontrakt: Driftsaftale, Omsorgsjournalen – Bilag 7, Servicemål, v1.2 / Frister efter kontrakten: Reaktion 1 t. (hverdag); Midlertidig løsning 6 t. (hverdag); Afhjælpning 8 t. (hverdag); Statusmelding 1 arbejdsdag (hverdag)
                   bot til #it/S-1: Ivo sendte S-1 til Strandvejr Systemer A/S.
                   bot til #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / Leverandør: Strandvejr Systemer A/S / Fejlklasse: B betydende / Sager: #1 / [Vis uret] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: #1 er sendt til leverandøren. Ivo følger den og vender tilbage.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 10:20  Ivo trykker [Modtaget] på S-1: at=10.10 | source=mail
                   bot til #it/S-1: Strandvejr Systemer A/S har modtaget S-1.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 10:40  Ivo trykker [Kvitteret af et menneske] på S-1: at=10.35
                   bot til #it/S-1: Et menneske hos Strandvejr Systemer A/S har kvitteret for S-1.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 11:00  Ivo trykker [Sæt i bero] på S-1: detail=awaiting_customer | at=10.50
                   bot til #it/S-1: S-1 er sat i bero: afventer kunde.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (I bero: afventer kunde) / Strandvejr Systemer A/S venter på os. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Slut på bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Vis uret] [Giv tilbage] [Skriv internt]
                   bot til Mia: Leverandøren er vendt tilbage om #1. Ivo ser på det nu.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 12. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 11:30  Ivo trykker [Slut på bero] på S-1: at=11.20
                   bot til #it/S-1: Bero på S-1 er slut. Uret løber igen.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: Leverandøren arbejder videre med #1. Ivo følger den.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 14:00  Ivo trykker [Midlertidig løsning] på S-1
                   bot til #it/S-1: Strandvejr Systemer A/S har givet en midlertidig løsning på S-1.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 15:00  Ivo trykker [Meldt løst] på S-1
                   bot til #it/S-1: Strandvejr Systemer A/S melder S-1 løst. Prøv løsningen, og godkend eller afvis den.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Meldt løst, afventer vores prøve) / Strandvejr Systemer A/S venter på os. / [Vis uret] [Godkend løsningen] [Afvis løsningen]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Vis uret] [Giv tilbage] [Skriv internt]
                   bot til Mia: Leverandøren er vendt tilbage om #1. Ivo ser på det nu.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 16. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 15:30  Ivo trykker [Afvis løsningen] på S-1
                   bot til #it/S-1: Ivo har afvist løsningen på S-1. Uret løber igen.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: Leverandøren arbejder videre med #1. Ivo følger den.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        tir 07:00  bot til #it: Godmorgen. Her er leverandørerne. / 2 frister er halvt brugt eller mere: / S-1 Strandvejr Systemer A/S: Reaktion, 2. runde over 50 % brugt, frist i dag kl. 8.30, 30 min. tilbage / S-1 Strandvejr Systemer A/S: Afhjælpning over 50 % brugt, frist i dag kl. 11.05, 3 t. 5 min. tilbage / Åbne sager efter led og alder / Venter på    under 1 døgn  1–7 døgn  over 7 døgn  i alt / Superbruger             0         0            0      0 / It                      0         0            0      0 / Leverandør              1         0            0      1 / Medarbejder             0         0            0      0 / I alt                   1         0            0      1
        tir 08:24  bot til #it: S-1 er tæt på fristen: Reaktion, 2. runde hos Strandvejr Systemer A/S senest i dag kl. 8.30. 6 min. tilbage af åbningstiden. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 08:30  bot til #it: S-1: fristen er nu. Reaktion, 2. runde hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.30. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Reaktion, 2. runde hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.30. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 08:30  Ivo trykker [Meldt løst] på S-1
                   bot til #it/S-1: Strandvejr Systemer A/S melder S-1 løst. Prøv løsningen, og godkend eller afvis den.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Meldt løst, afventer vores prøve) / Strandvejr Systemer A/S venter på os. / [Vis uret] [Godkend løsningen] [Afvis løsningen]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i går kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Vis uret] [Giv tilbage] [Skriv internt]
                   bot til Mia: Leverandøren er vendt tilbage om #1. Ivo ser på det nu.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 9.30. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        tir 08:30:01  bot til #it: S-1 er overskredet: Reaktion, 2. runde hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.30. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Reaktion, 2. runde hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.30. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 09:00  Ivo trykker [Godkend løsningen] på S-1
                   bot til #it/S-1: Ivo har godkendt løsningen på S-1.
                   bot til #it/S-1: S-1 er afsluttet.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Afsluttet) / Strandvejr Systemer A/S løste den ti 24-11 08:30. / [Vis uret]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i går kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 9.30. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        tir 09:05  Ivo trykker [Løst] på #1: solution=Leverandøren har rettet kørelisten.
                   bot til Mia: Ivo skriver, at #1 er løst: Leverandøren har rettet kørelisten.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Løst) / Ivo har løst din sag. Virker det? / [Det virker] [Det virker ikke]
                   bot til #it/1: Ivo løste #1: Leverandøren har rettet kørelisten.
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Løst) / Ivo har løst den.
        tir 09:06  Mia trykker [Det virker] på #1
                   bot til Mia: Godt. #1 er lukket.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Lukket) / Sagen er lukket.
                   bot til Ivo: Mia siger, at det virker. #1 er lukket.
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Lukket) / Lukket.
    """)


def test_not_confirmed_received_near_due_and_breached_are_each_told_once(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [Medicinkortet er ikke opdateret] [Nej, noget andet]
        man 10:01  Mia: menneske
                   bot til Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot til #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Det her er til it] på #1
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.02. / [Jeg har ikke brug for hjælp længere]
                   bot til #omsorg-nord/1: Sam sendte #1 videre til it.
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 10:04  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.04. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        man 10:05  Ivo trykker [Send til leverandøren] på #1: severity=B | since=9.30 | who=Nord | how_many=40 | tried=Genstart | steps=Åbn kørelisten | contact=Ivo
                   bot til mail strandvejr: [S-1] B betydende: kørelisten i omsorgsjournalen opdateres ikke / Fjordby Kommune melder en fejl i Omsorgsjournalen. Svar venligst på denne mail med jeres eget sagsnummer, når et menneske har set den. / “kørelisten i omsorgsjournalen opdateres ikke” / Vores sagsnummer: S-1 / Fejlklasse: B betydende – En vigtig funktion er ramt, eller svartiden er væsentligt forringet for mange brugere, og en omgåelse er besværlig / Siden hvornår: mandag 23-11-2026 kl. 09:30 / Hvem er ramt: Nord / Hvor mange er ramt: 40 / Hvad er forsøgt: Genstart / Sådan gør man, når fejlen opstår: Åbn kørelisten / Kontakt hos os: Ivo / Kontrakt: Driftsaftale, Omsorgsjournalen – Bilag 7, Servicemål, v1.2 / Frister efter kontrakten: Reaktion 1 t. (hverdag); Midlertidig løsning 6 t. (hverdag); Afhjælpning 8 t. (hverdag); Statusmelding 1 arbejdsdag (hverdag)
                   bot til #it/S-1: Ivo sendte S-1 til Strandvejr Systemer A/S.
                   bot til #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / Leverandør: Strandvejr Systemer A/S / Fejlklasse: B betydende / Sager: #1 / [Vis uret] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: #1 er sendt til leverandøren. Ivo følger den og vender tilbage.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 10:35  bot til #it: Strandvejr Systemer A/S har ikke bekræftet, at de har modtaget S-1. Ring på +45 00 00 21 00, og log svaret.
        man 10:59  bot til #it: S-1 er tæt på fristen: Reaktion hos Strandvejr Systemer A/S senest i dag kl. 11.05. 6 min. tilbage af åbningstiden. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        man 11:05  bot til #it: S-1: fristen er nu. Reaktion hos Strandvejr Systemer A/S skulle være på plads i dag kl. 11.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Reaktion hos Strandvejr Systemer A/S skulle være på plads i dag kl. 11.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        man 11:05:01  bot til #it: S-1 er overskredet: Reaktion hos Strandvejr Systemer A/S skulle være på plads i dag kl. 11.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Reaktion hos Strandvejr Systemer A/S skulle være på plads i dag kl. 11.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        man 15:29  bot til #it: S-1 er tæt på fristen: Midlertidig løsning hos Strandvejr Systemer A/S senest i morgen kl. 8.05. 36 min. tilbage af åbningstiden. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 07:00  bot til #it: Godmorgen. Her er leverandørerne. / 3 frister er halvt brugt eller mere: / S-1 Strandvejr Systemer A/S: Reaktion overskredet i går kl. 11.05, 4 t. 55 min. over / S-1 Strandvejr Systemer A/S: Midlertidig løsning over 90 % brugt, frist i dag kl. 8.05, 5 min. tilbage / S-1 Strandvejr Systemer A/S: Afhjælpning over 50 % brugt, frist i dag kl. 10.05, 2 t. 5 min. tilbage / Åbne sager efter led og alder / Venter på    under 1 døgn  1–7 døgn  over 7 døgn  i alt / Superbruger             0         0            0      0 / It                      0         0            0      0 / Leverandør              1         0            0      1 / Medarbejder             0         0            0      0 / I alt                   1         0            0      1
        tir 08:05  bot til #it: S-1: fristen er nu. Midlertidig løsning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Midlertidig løsning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 08:05:01  bot til #it: S-1 er overskredet: Midlertidig løsning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Midlertidig løsning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 8.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 09:17  bot til #it: S-1 er tæt på fristen: Afhjælpning hos Strandvejr Systemer A/S senest i dag kl. 10.05. 48 min. tilbage af åbningstiden. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 10:05  bot til #it: S-1: fristen er nu. Afhjælpning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 10.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Afhjælpning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 10.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 10:05:01  bot til #it: S-1 er overskredet: Afhjælpning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 10.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Afhjælpning hos Strandvejr Systemer A/S skulle være på plads i dag kl. 10.05. Ring til Strandvejr Systemer A/S på +45 00 00 21 00, og log, hvad de siger.
        tir 12:00  …
        tir 12:01  Ivo: oversigt
                   bot til Ivo: Overblik / Åbne sager: 1. Leverandørsager: 1. / S-1 Strandvejr Systemer A/S: Reaktion overskredet, løber, i går kl. 11.05 (9 t. 56 min. brugt af 1 t.; 8 t. 56 min. over) / Åbne sager efter led og alder / Venter på    under 1 døgn  1–7 døgn  over 7 døgn  i alt / Superbruger             0         0            0      0 / It                      0         0            0      0 / Leverandør              0         1            0      1 / Medarbejder             0         0            0      0 / I alt                   0         1            0      1 / [S-1]
        tir 12:02  Karen: ur S-1
                   bot til Karen: Minutregnskab for S-1 / Reaktion (fejlklasse B) er overskredet med 8 t. 57 min. i åbningstiden. Brugt 9 t. 57 min. af 1 t. Fristen var mandag 23-11-2026 kl. 11:05. / Midlertidig løsning (fejlklasse B) er overskredet med 3 t. 57 min. i åbningstiden. Brugt 9 t. 57 min. af 6 t. Fristen var tirsdag 24-11-2026 kl. 08:05. / Afhjælpning (fejlklasse B) er overskredet med 1 t. 57 min. i åbningstiden. Brugt 9 t. 57 min. af 8 t. Fristen var tirsdag 24-11-2026 kl. 10:05. / Statusmelding (fejlklasse B) løber. Brugt 9 t. 57 min. af 1 arbejdsdag. Fristen er tirsdag 24-11-2026 kl. 16:00. / Reaktion, B-reaktion. Kalender: hverdag. / #      Fra             Til             Tæller  Bero  Lukket  Forklaring / 1      ma 23-11 10:05  ma 23-11 11:05      60                Åbningstid; fristen nået (sum 60) / 2      ma 23-11 11:05  ma 23-11 16:00     295                Efter fristen (sum 355) / 3      ma 23-11 16:00  ti 24-11 08:00                   960  Uden for åbningstid / 4      ti 24-11 08:00  ti 24-11 12:02     242                Efter fristen (sum 597) / I alt                  1557 min           597     0     960  597 + 0 + 960 = 1557
        tir 12:03  Sam: ur S-1
                   bot til Sam: Den sag findes ikke, eller den er ikke din.
    """)


def test_a_missed_status_message_is_told_even_though_its_round_is_over(plays: Plays) -> None:
    plays("""
        man 09:00  Mia: telefonen ringer slet ikke i telefoni
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 09:01  Mia: menneske
                   bot til Mia: #1 telefonen ringer slet ikke i telefoni (Venter på en superbruger) / Superbrugerne i Telefoni har fået din sag. Nogen tager den senest i dag kl. 9.16. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #telefoni-alle: #1 telefonen ringer slet ikke i telefoni (Ingen endnu) / Ingen har den endnu. / “telefonen ringer slet ikke i telefoni” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 14 % sikker på “Jeg kan ikke logge på opkaldskøen” / [Jeg tager den] [Det her er til it]
        man 09:02  Dorte trykker [Det her er til it] på #1
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 telefonen ringer slet ikke i telefoni (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 11.02. / [Jeg har ikke brug for hjælp længere]
                   bot til #telefoni-alle/1: Dorte sendte #1 videre til it.
                   bot retter hos #telefoni-alle: #1 telefonen ringer slet ikke i telefoni (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 telefonen ringer slet ikke i telefoni (Ingen endnu) / Ingen har den endnu. / “telefonen ringer slet ikke i telefoni” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 14 % sikker på “Jeg kan ikke logge på opkaldskøen” / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 09:04  Henrik trykker [Jeg tager den] på #1
                   bot til Mia: Henrik har taget #1.
                   bot retter hos Mia: #1 telefonen ringer slet ikke i telefoni (Henrik har den) / Henrik har din sag. Du hører fra Henrik igen senest i dag kl. 10.04. / [Skriv til Henrik] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 telefonen ringer slet ikke i telefoni (Henrik har den) / Henrik tog den i dag kl. 9.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        man 09:05  Henrik trykker [Send til leverandøren] på #1: severity=A | since=8.50 | who=Alle | how_many=200 | tried=Genstart | steps=Ring op | contact=Henrik
                   bot til mail hejrevang: [S-1] A kritisk: telefonen ringer slet ikke i telefoni / Fjordby Kommune melder en fejl i Telefoni. Svar venligst på denne mail med jeres eget sagsnummer, når et menneske har set den. / “telefonen ringer slet ikke i telefoni” / Vores sagsnummer: S-1 / Fejlklasse: A kritisk – Kommunens hovednummer, nødkald eller en hel lokation kan ikke ringe ud eller kaldes op / Siden hvornår: mandag 23-11-2026 kl. 08:50 / Hvem er ramt: Alle / Hvor mange er ramt: 200 / Hvad er forsøgt: Genstart / Sådan gør man, når fejlen opstår: Ring op / Kontakt hos os: Henrik / Kontrakt: Driftsaftale, Telefoni og omstilling – Bilag 3, Servicemål og beredskab, v1.1 / Frister efter kontrakten: Reaktion 15 min. (dogn); Midlertidig løsning 4 t. (dogn); Afhjælpning 8 t. (dogn); Statusmelding 1 t. (dogn)
                   bot til #it/S-1: Henrik sendte S-1 til Hejrevang Telefoni A/S. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00 nu. Uret starter ved opkaldet.
                   bot til #it: S-1 telefonen ringer slet ikke i telefoni (Løber) / Hejrevang Telefoni A/S har sagen. Fejlklasse A kritisk. / Leverandør: Hejrevang Telefoni A/S / Fejlklasse: A kritisk / Sager: #1 / [Vis uret] [Jeg har ringet] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 telefonen ringer slet ikke i telefoni (Hos leverandøren) / Henrik tog den i dag kl. 9.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: #1 er sendt til leverandøren. Henrik følger den og vender tilbage.
                   bot retter hos Mia: #1 telefonen ringer slet ikke i telefoni (Hos leverandøren) / Fejlen ligger hos leverandøren, og Henrik følger den. Uret løber hos dem nu. / [Skriv til Henrik] [Jeg har ikke brug for hjælp længere]
        man 09:06  Henrik trykker [Jeg har ringet] på S-1
                   bot til #it/S-1: Henrik ringede til Hejrevang Telefoni A/S om S-1. Uret løber.
                   bot retter hos #it: S-1 telefonen ringer slet ikke i telefoni (Løber) / Hejrevang Telefoni A/S har sagen. Fejlklasse A kritisk. / [Vis uret] [Jeg har ringet] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 09:08  Henrik trykker [Kvitteret af et menneske] på S-1
                   bot til #it/S-1: Et menneske hos Hejrevang Telefoni A/S har kvitteret for S-1.
                   bot retter hos #it: S-1 telefonen ringer slet ikke i telefoni (Løber) / Hejrevang Telefoni A/S har sagen. Fejlklasse A kritisk. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 10:00  bot til #it: S-1 er tæt på fristen: Statusmelding hos Hejrevang Telefoni A/S senest i dag kl. 10.06. 6 min. tilbage af åbningstiden. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 10:06  bot til #it: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 10.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 10.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 10:06:01  bot til #it: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 10.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 10.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 11:00  bot til #it: S-1 er tæt på fristen: Statusmelding hos Hejrevang Telefoni A/S senest i dag kl. 11.06. 6 min. tilbage af åbningstiden. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 11:06  bot til #it: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 11.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 11.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 11:06:01  bot til #it: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 11.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 11.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 12:00  bot til #it: S-1 er tæt på fristen: Statusmelding hos Hejrevang Telefoni A/S senest i dag kl. 12.06. 6 min. tilbage af åbningstiden. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 12:06  bot til #it: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 12.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                   bot til Karen: S-1: fristen er nu. Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 12.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 12:06:01  bot til #it: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 12.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
                      bot til Karen: S-1 er overskredet: Statusmelding hos Hejrevang Telefoni A/S skulle være på plads i dag kl. 12.06. Ring til Hejrevang Telefoni A/S på +45 00 00 54 00, og log, hvad de siger.
        man 12:30  …
    """)


def test_the_hold_for_the_supplier_returns_when_the_employee_has_answered(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [Medicinkortet er ikke opdateret] [Nej, noget andet]
        man 10:01  Mia: menneske
                   bot til Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot til #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Det her er til it] på #1
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.02. / [Jeg har ikke brug for hjælp længere]
                   bot til #omsorg-nord/1: Sam sendte #1 videre til it.
                   bot retter hos #omsorg-nord: #1 kørelisten i omsorgsjournalen opdateres ikke (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ingen endnu) / Ingen har den endnu. / “kørelisten i omsorgsjournalen opdateres ikke” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: Medicinkortet er ikke opdateret – 16 % sikker. Hjalp ikke. / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 10:04  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.04. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
        man 10:05  Ivo trykker [Send til leverandøren] på #1: severity=B | since=9.30 | who=Nord | how_many=40 | tried=Genstart | steps=Åbn kørelisten | contact=Ivo
                   bot til mail strandvejr: [S-1] B betydende: kørelisten i omsorgsjournalen opdateres ikke / Fjordby Kommune melder en fejl i Omsorgsjournalen. Svar venligst på denne mail med jeres eget sagsnummer, når et menneske har set den. / “kørelisten i omsorgsjournalen opdateres ikke” / Vores sagsnummer: S-1 / Fejlklasse: B betydende – En vigtig funktion er ramt, eller svartiden er væsentligt forringet for mange brugere, og en omgåelse er besværlig / Siden hvornår: mandag 23-11-2026 kl. 09:30 / Hvem er ramt: Nord / Hvor mange er ramt: 40 / Hvad er forsøgt: Genstart / Sådan gør man, når fejlen opstår: Åbn kørelisten / Kontakt hos os: Ivo / Kontrakt: Driftsaftale, Omsorgsjournalen – Bilag 7, Servicemål, v1.2 / Frister efter kontrakten: Reaktion 1 t. (hverdag); Midlertidig løsning 6 t. (hverdag); Afhjælpning 8 t. (hverdag); Statusmelding 1 arbejdsdag (hverdag)
                   bot til #it/S-1: Ivo sendte S-1 til Strandvejr Systemer A/S.
                   bot til #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / Leverandør: Strandvejr Systemer A/S / Fejlklasse: B betydende / Sager: #1 / [Vis uret] [Modtaget] [Kvitteret af et menneske] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
                   bot til Mia: #1 er sendt til leverandøren. Ivo følger den og vender tilbage.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 10:10  Ivo trykker [Kvitteret af et menneske] på S-1
                   bot til #it/S-1: Et menneske hos Strandvejr Systemer A/S har kvitteret for S-1.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 10:15  Ivo trykker [Sæt i bero] på S-1: detail=awaiting_customer
                   bot til #it/S-1: S-1 er sat i bero: afventer kunde.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (I bero: afventer kunde) / Strandvejr Systemer A/S venter på os. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Slut på bero] [Ret fejlklasse]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Vis uret] [Giv tilbage] [Skriv internt]
                   bot til Mia: Leverandøren er vendt tilbage om #1. Ivo ser på det nu.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.15. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
        man 10:16  Ivo trykker [Afventer Mia] på #1
                   bot til Mia: Ivo venter på dit svar i #1.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Venter på dig) / Ivo har spurgt dig om noget og venter på dit svar. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Afventer Mia) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Genoptag] [Vis uret] [Giv tilbage] [Skriv internt]
        man 10:20  Ivo trykker [Slut på bero] på S-1
                   bot til #it/S-1: Bero på S-1 er slut. Uret løber igen.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Løber) / Strandvejr Systemer A/S har sagen. Fejlklasse B betydende. / [Vis uret] [Arbejdet begyndt] [Midlertidig løsning] [Meldt løst] [Statusmelding] [Sæt i bero] [Ret fejlklasse]
        man 10:25  Mia i #1: det er på alle tablets
                   bot til #it/1: Mia: det er på alle tablets / #1 kørelisten i omsorgsjournalen opdateres ikke
                   bot til Ivo: Mia: det er på alle tablets / #1 kørelisten i omsorgsjournalen opdateres ikke
                   bot til Mia: Leverandøren arbejder videre med #1. Ivo følger den.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Fejlen ligger hos leverandøren, og Ivo følger den. Uret løber hos dem nu. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Hos leverandøren) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Vis uret] [Skriv internt]
        man 10:30  Ivo trykker [Meldt løst] på S-1: at=10.12
                   bot til #it/S-1: Strandvejr Systemer A/S melder S-1 løst. Prøv løsningen, og godkend eller afvis den.
                   bot retter hos #it: S-1 kørelisten i omsorgsjournalen opdateres ikke (Meldt løst, afventer vores prøve) / Strandvejr Systemer A/S venter på os. / [Vis uret] [Godkend løsningen] [Afvis løsningen]
                   bot retter hos #it: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Vis uret] [Giv tilbage] [Skriv internt]
                   bot til Mia: Leverandøren er vendt tilbage om #1. Ivo ser på det nu.
                   bot retter hos Mia: #1 kørelisten i omsorgsjournalen opdateres ikke (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 11.30. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
    """)
