"""Those who help: give back, send on, wait, resume; and the employee reopens, withdraws, or says thanks."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_a_ticket_is_given_back_and_another_takes_it(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam trykker [Giv tilbage] på #1
                   bot til Mia: #1 er givet tilbage til gruppen. En anden tager den.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.33. / [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: #1 er givet tilbage.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / [Jeg tager den] [Det her er til it]
        man 10:04  Sue trykker [Jeg tager den] på #1
                   bot til Mia: Sue har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sue har den) / Sue har din sag. Du hører fra Sue igen senest i dag kl. 12.04. / [Skriv til Sue] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sue har den) / Sue tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
    """)


def test_a_superuser_sends_it_on_to_it_with_a_note(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam trykker [Send videre til it] på #1: note=Rullen er vendt rigtigt. Det er driveren.
                   bot til Mia: #1 er sendt videre til it.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.03. / [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Sam sendte #1 videre til it.
                   bot til #it/1: Sam: Rullen er vendt rigtigt. Det er driveren. / Internt – Mia ser det ikke
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Gået til it) / Sagen er gået videre til it.
                   bot til #it: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / Hvorfor her: sendt videre af en superbruger / [Jeg tager den]
        man 10:04  Ivo trykker [Jeg tager den] på #1
                   bot til Mia: Ivo har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Ivo har den) / Ivo har din sag. Du hører fra Ivo igen senest i dag kl. 12.04. / [Skriv til Ivo] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #it: #1 Etiketprinteren skriver blanke etiketter (Ivo har den) / Ivo tog den i dag kl. 10.04. / [Svar Mia] [Løst] [Afventer Mia] [Send til leverandøren] [Giv tilbage] [Skriv internt]
    """)


def test_a_hold_for_the_employee_ends_with_her_answer(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam i #1: Hvilken farve har rullen?
                   bot til Mia: Sam: Hvilken farve har rullen? / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.03. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Sam: Hvilken farve har rullen? / Sendt til Mia
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:04  Sam trykker [Afventer Mia] på #1
                   bot til Mia: Sam venter på dit svar i #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på dig) / Sam har spurgt dig om noget og venter på dit svar. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Afventer Mia) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Genoptag] [Send videre til it] [Giv tilbage] [Skriv internt]
        tir 09:00  Mia i #1: den er gul
                   bot til #printere-nord/1: Mia: den er gul / #1 Etiketprinteren skriver blanke etiketter
                   bot til Sam: Mia: den er gul / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 11. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i går kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        tir 09:01  Sam trykker [Afventer Mia] på #1
                   bot til Mia: Sam venter på dit svar i #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på dig) / Sam har spurgt dig om noget og venter på dit svar. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Afventer Mia) / Sam tog den i går kl. 10.02. / [Svar Mia] [Løst] [Genoptag] [Send videre til it] [Giv tilbage] [Skriv internt]
        tir 09:02  Sam trykker [Genoptag] på #1
                   bot til Mia: Sam arbejder videre med #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 11.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i går kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
    """)


def test_words_reach_the_employee_only_from_whoever_has_the_ticket(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Sue i #1: er det ikke den ved kopirummet?
                   bot til #printere-nord/1: Sue: er det ikke den ved kopirummet? / Internt – Mia ser det ikke
        man 10:03  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.03. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.03. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:04  Sam i #1: // hun har vist fået en forkert rulle
                   bot til #printere-nord/1: Sam: hun har vist fået en forkert rulle / Internt – Mia ser det ikke
        man 10:05  Sam i #1: Prøv en ny rulle.
                   bot til Mia: Sam: Prøv en ny rulle. / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.05. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Sam: Prøv en ny rulle. / Sendt til Mia
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.03. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:06  Sue trykker [Svar Mia] på #1: text=Der ligger nye ruller i skabet.
                   bot til Mia: Sue: Der ligger nye ruller i skabet. / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.06. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Sue: Der ligger nye ruller i skabet. / Sendt til Mia
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.03. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
    """)


def test_what_is_not_solved_is_reopened_and_thanks_are_only_thanks(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Sam trykker [Løst] på #1: solution=Vend rullen.
                   bot til Mia: Sam skriver, at #1 er løst: Vend rullen.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst din sag. Virker det? / [Det virker] [Det virker ikke]
                   bot til #printere-nord/1: Sam løste #1: Vend rullen.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst den.
        man 10:04  Mia i #1: tusind tak
                   bot til #printere-nord/1: Mia: tusind tak / #1 Etiketprinteren skriver blanke etiketter
                   bot til Sam: Mia: tusind tak / #1 Etiketprinteren skriver blanke etiketter
        man 10:05  Mia i #1: nej, den skriver stadig blankt
                   bot til Sam: Mia skriver, at #1 stadig driller.
                   bot til Sam: Mia: nej, den skriver stadig blankt / #1 Etiketprinteren skriver blanke etiketter
                   bot til #printere-nord/1: Mia skriver, at #1 stadig driller.
                   bot til #printere-nord/1: Mia: nej, den skriver stadig blankt / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.05. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:06  Sam trykker [Løst] på #1: solution=Ny rulle.
                   bot til Mia: Sam skriver, at #1 er løst: Ny rulle.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst din sag. Virker det? / [Det virker] [Det virker ikke]
                   bot til #printere-nord/1: Sam løste #1: Ny rulle.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst den.
        man 10:07  Mia trykker [Det virker ikke] på #1: why=nu er den helt død
                   bot til Sam: Mia skriver, at #1 stadig driller.
                   bot til Sam: Mia: nu er den helt død / #1 Etiketprinteren skriver blanke etiketter
                   bot til #printere-nord/1: Mia skriver, at #1 stadig driller.
                   bot til #printere-nord/1: Mia: nu er den helt død / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.07. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:08  Mia trykker [Jeg har ikke brug for hjælp længere] på #1
                   bot til Sam: Mia har trukket #1 tilbage.
                   bot til #printere-nord/1: Mia har trukket #1 tilbage.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Trukket tilbage) / Du har trukket sagen tilbage.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Trukket tilbage) / Mia har trukket den tilbage.
        man 10:09  Sam trykker [Løst] på #1: solution=for sent
                   bot til Sam: #1 er trukket tilbage. Skriv et nyt spørgsmål, hvis det driller igen.
    """)


def test_others_can_neither_see_nor_touch_a_ticket(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: Etiketprinteren skriver blanke etiketter
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:02  Liv: status 1
                   bot til Liv: Den sag findes ikke, eller den er ikke din.
        man 10:03  Liv: #1 jeg kan hjælpe
                   bot til Liv: Den sag findes ikke, eller den er ikke din.
        man 10:04  Liv: status 99
                   bot til Liv: Den sag findes ikke, eller den er ikke din.
        man 10:05  Mia: status 1
                   bot til Mia: #1 Etiketprinteren skriver blanke etiketter (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
        man 10:06  Karen: status 1
                   bot til Karen: #1 Etiketprinteren skriver blanke etiketter (Ingen endnu) / Ingen har den endnu. / “Etiketprinteren skriver blanke etiketter” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 4 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
    """)
