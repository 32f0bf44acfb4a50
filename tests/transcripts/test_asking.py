"""An employee asks: answered, offered, or handed to a person. Nothing is typed twice."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_a_known_question_is_answered_at_once_with_its_source(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: jeg har glemt min adgangskode til pc
                   bot til Mia: Jeg har glemt min adgangskode / 1. Tryk Glemt adgangskode på pc'ens login-skærm, eller gå ind på Fjordnet fra telefonen og vælg Min konto. / 2. Skriv din arbejdsmail, og godkend på telefonen. / 3. Vælg en ny adgangskode på mindst 14 tegn. Tre ord efter hinanden er let at huske. / 4. Vent to minutter, og log på. Skift den også på mobilen, når den spørger. / Er kontoen spærret, åbner den igen efter et kvarter. Kan du ikke godkende på telefonen, så tryk »Hjalp ikke«. Skriv aldrig koden til nogen, heller ikke til os. / Ansvarlig: identitet@fjordby.example · Gennemgås senest 31-1-2027 / [Det hjalp] [Hjalp ikke] [Godkendelsesappen virker ikke efter telefonskift] [Jeg har glemt koden til tabletten]
        man 10:01  Mia trykker [Det hjalp]
                   bot retter hos Mia: Jeg har glemt min adgangskode / 1. Tryk Glemt adgangskode på pc'ens login-skærm, eller gå ind på Fjordnet fra telefonen og vælg Min konto. / [✓ Det hjalp] [Hjalp ikke]
    """)


def test_an_answer_that_did_not_help_becomes_a_ticket_with_the_same_words(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: jeg har glemt min adgangskode til pc
                   bot til Mia: Jeg har glemt min adgangskode / 1. Tryk Glemt adgangskode på pc'ens login-skærm, eller gå ind på Fjordnet fra telefonen og vælg Min konto. / 2. Skriv din arbejdsmail, og godkend på telefonen. / 3. Vælg en ny adgangskode på mindst 14 tegn. Tre ord efter hinanden er let at huske. / 4. Vent to minutter, og log på. Skift den også på mobilen, når den spørger. / Er kontoen spærret, åbner den igen efter et kvarter. Kan du ikke godkende på telefonen, så tryk »Hjalp ikke«. Skriv aldrig koden til nogen, heller ikke til os. / Ansvarlig: identitet@fjordby.example · Gennemgås senest 31-1-2027 / [Det hjalp] [Hjalp ikke] [Godkendelsesappen virker ikke efter telefonskift] [Jeg har glemt koden til tabletten]
        man 10:01  Mia trykker [Hjalp ikke]
                   bot til Mia: #1 jeg har glemt min adgangskode til pc (Venter på en superbruger) / Superbrugerne i Pc har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg har glemt min adgangskode / 1. Tryk Glemt adgangskode på pc'ens login-skærm, eller gå ind på Fjordnet fra telefonen og vælg Min konto. / Sendt videre som #1. / [✓ Hjalp ikke]
                   bot til #pc-alle: #1 jeg har glemt min adgangskode til pc (Ingen endnu) / Ingen har den endnu. / “jeg har glemt min adgangskode til pc” / Fra: Mia, Hjemmeplejen Nord / Botten viste: Jeg har glemt min adgangskode – 99 % sikker. Hjalp ikke. / [Jeg tager den] [Det her er til it]
    """)


def test_the_first_superuser_to_claim_gets_the_ticket(plays: Plays) -> None:
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
        man 10:03  Sue trykker [Jeg tager den] på #1
                   bot til Sue: Sam tog #1 for 1 minut siden.
        man 10:05  Sam i #1: Hej Mia. Sidder rullen rigtigt?
                   bot til Mia: Sam: Hej Mia. Sidder rullen rigtigt? / #1 Etiketprinteren skriver blanke etiketter
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.05. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot til #printere-nord/1: Sam: Hej Mia. Sidder rullen rigtigt? / Sendt til Mia
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:06  Mia i #1: nej, den sad omvendt
                   bot til #printere-nord/1: Mia: nej, den sad omvendt / #1 Etiketprinteren skriver blanke etiketter
                   bot til Sam: Mia: nej, den sad omvendt / #1 Etiketprinteren skriver blanke etiketter
        man 10:07  Sue i #1: den sidder ofte omvendt
                   bot til #printere-nord/1: Sue: den sidder ofte omvendt / Internt – Mia ser det ikke
        man 10:08  Sam trykker [Løst] på #1: solution=Vend rullen, så pilen peger ud.
                   bot til Mia: Sam skriver, at #1 er løst: Vend rullen, så pilen peger ud.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst din sag. Virker det? / [Det virker] [Det virker ikke]
                   bot til #printere-nord/1: Sam løste #1: Vend rullen, så pilen peger ud.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Løst) / Sam har løst den.
        man 10:09  Mia i #1: tak
                   bot til #printere-nord/1: Mia: tak / #1 Etiketprinteren skriver blanke etiketter
                   bot til Sam: Mia: tak / #1 Etiketprinteren skriver blanke etiketter
        man 10:10  Mia trykker [Det virker] på #1
                   bot til Mia: Godt. #1 er lukket.
                   bot retter hos Mia: #1 Etiketprinteren skriver blanke etiketter (Lukket) / Sagen er lukket.
                   bot til Sam: Mia siger, at det virker. #1 er lukket.
                   bot retter hos #printere-nord: #1 Etiketprinteren skriver blanke etiketter (Lukket) / Lukket.
    """)
