"""Time acts: nobody there, nobody claims, silence, and a weekend in which nobody is woken."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_nobody_claims_in_time_and_it_gets_the_ticket(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:28  bot til #printere-nord: #1 er tæt på fristen: Reaktion senest i dag kl. 10.31. 3 min. tilbage af åbningstiden. Tag sagen, så medarbejderen ved, hvem der har den.
        man 10:31  bot til Mia: Ingen superbruger nåede #1, så it har fået den.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på it) / Ingen superbruger nåede den, så it har fået din sag. Nogen tager den senest i dag kl. 12.31. / [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Ingen tog #1 i tide. It har den nu.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / Hvorfor her: ingen superbruger tog den i tide / [Jeg tager den]
        man 10:40  …
        man 10:41  Sam trykker [Jeg tager den] på #1
                   bot til Sam: #1 er ikke din at handle på. Den ligger hos it.
        man 10:42  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 12.42. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 Etiketprinteren skriver blanke etiketter (Ivo har den) / Ivo tog den i dag kl. 10.42. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
    """)


def test_a_claimed_ticket_without_news_is_nudged_once_and_then_goes_back(plays: Plays) -> None:
    plays("""
        man 09:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 09:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 9.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 09:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 11.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 9.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 11:02  bot til Sam: Mia har ikke hørt fra dig om #1 siden i dag kl. 9.02. Skriv en linje, sæt den på hold, eller giv den tilbage. Ellers går den tilbage til gruppen.
        man 13:02  bot til Mia: #1 er tilbage hos gruppen, fordi der ikke skete mere. En anden tager den.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 13.32. / [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: #1 gik tilbage til gruppen, fordi der ikke skete mere.
                   bot til Sam: #1 gik tilbage til gruppen, fordi der ikke skete mere.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / [Jeg tager den] [Det her er til it]
        man 13:29  bot til #printere-nord: #1 er tæt på fristen: Reaktion, 2. runde senest i dag kl. 13.32. 3 min. tilbage af åbningstiden. Tag sagen, så medarbejderen ved, hvem der har den.
        man 13:32  bot til Mia: Ingen superbruger nåede #1, så it har fået den.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på it) / Ingen superbruger nåede den, så it har fået din sag. Nogen tager den senest i dag kl. 15.32. / [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Ingen tog #1 i tide. It har den nu.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / Hvorfor her: ingen superbruger tog den i tide / [Jeg tager den]
        man 14:00  …
    """)


def test_nobody_present_sends_the_ticket_straight_to_it(plays: Plays) -> None:
    plays("""
        man 10:00  Sam: væk til onsdag
                   bot til Sam: Du er væk til onsdag 25. nov. Jeg spørger dig ikke imens. Skriv “tilbage”, når du er her igen.
        man 10:01  Sue: væk
                   bot til Sue: Du er væk. Skriv “tilbage”, når du er her igen.
        man 10:02  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:03  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på it) / Der er ingen superbruger til stede, så it har fået din sag. Nogen tager den senest i dag kl. 12.03. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #it: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / Hvorfor her: ingen superbruger er til stede / [Jeg tager den]
        man 10:04  Sam: tilbage
                   bot til Sam: Velkommen tilbage. Du får kort igen.
        man 10:05  Mia: Etiketprinteren larmer også
                   bot til Mia: Det lader ikke til, at jeg kan svare på det her. Skal jeg finde et menneske? / [Spørg en superbruger]
        man 10:06  Mia trykker [Spørg en superbruger]
                   bot til Mia: #2 Etiketprinteren larmer også (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.36. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det lader ikke til, at jeg kan svare på det her. Skal jeg finde et menneske? / Sendt videre som #2. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #2 Etiketprinteren larmer også (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren larmer også” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 6 % sikker på “Min pc er langsom” / [Jeg tager den] [Det her er til it]
    """)


def test_a_solved_ticket_closes_when_nobody_says_otherwise_and_the_weekend_is_quiet(plays: Plays) -> None:
    plays("""
        fre 14:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        fre 14:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 14.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        fre 14:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i morgen kl. 9.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 14.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        fre 14:05  Sam trykker [Løst] på #1: solution=Vend rullen.
                   bot til Mia: Sam skriver, at #1 er løst: Vend rullen.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst din sag. Virker det? / [Det virker] [Det virker ikke]
                   bot til #printere-nord/1: Sam løste #1: Vend rullen.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst den.
        +1 man 07:00  …
        +1 fre 12:00  …
        +1 fre 15:00  bot til Mia: Du skrev ikke, at #1 stadig driller, så den er lukket. Skriv bare, hvis den kommer igen.
                      bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Lukket) / Sagen er lukket.
                      bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Lukket) / Lukket.
        +2 man 12:00  …
    """)


def test_a_question_in_the_evening_waits_for_it_in_the_morning(plays: Plays) -> None:
    plays("""
        fre 20:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        fre 20:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på it) / Der er ingen superbruger til stede, så it har fået din sag. Nogen tager den senest mandag 30. nov. kl. 10. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #it: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / Hvorfor her: ingen superbruger er til stede / [Jeg tager den]
        +1 man 09:00  …
    """)
