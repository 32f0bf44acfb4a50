"""When the bot does not know: suggestions, which system, a person at once, two misses in a row, and polite refusals."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_an_unsure_question_offers_suggestions_and_a_way_out(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: jeg kan ikke komme ind
                   bot til Mia: Jeg er ikke helt sikker. Er det det her? / [En elev har glemt sit login] [Nej, noget andet]
        man 10:01  Mia trykker [Nej, noget andet]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / [✓ Nej, noget andet]
                   bot til Mia: Hvilket system drejer det sig om? / [Skoleportalen] [Telefoni] [Sagsportalen] [Ved ikke]
        man 10:02  Mia trykker [Ved ikke]
                   bot til Mia: #1 jeg kan ikke komme ind (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.02. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Jeg er ikke helt sikker. Er det det her? / Sendt videre som #1. / [✓ Nej, noget andet]
                   bot retter hos Mia: Hvilket system drejer det sig om? / [✓ Ved ikke]
                   bot til #it: #1 jeg kan ikke komme ind (Ingen endnu) / Ingen har den endnu. / “jeg kan ikke komme ind” / Fra: Mia, Hjemmeplejen Nord / Botten viste: forslag: En elev har glemt sit login – 28 % sikker. Hjalp ikke. / Hvorfor her: det er uklart, hvilket system det er / [Jeg tager den]
    """)


def test_menneske_finds_a_person_about_the_last_question(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: der er noget galt med omsorgsjournalen
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia: menneske
                   bot til Mia: #1 der er noget galt med omsorgsjournalen (Venter på en superbruger) / Superbrugerne i Omsorgsjournalen har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #omsorg-nord: #1 der er noget galt med omsorgsjournalen (Ingen endnu) / Ingen har den endnu. / “der er noget galt med omsorgsjournalen” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 12 % sikker på “Samme borger er oprettet to gange” / [Jeg tager den] [Det her er til it]
        man 10:02  Mia: menneske
                   bot til Mia: Jeg finder et menneske. Skriv, hvad det drejer sig om, så sender jeg det videre med det samme.
        man 10:03  Mia: vagtplanen viser den forkerte uge
                   bot til Mia: #2 vagtplanen viser den forkerte uge (Venter på en superbruger) / Superbrugerne i Vagtplan har fået din sag. Nogen tager den senest i dag kl. 10.33. / [Jeg har ikke brug for hjælp længere]
                   bot til #vagtplan-alle: #2 vagtplanen viser den forkerte uge (Ingen endnu) / Ingen har den endnu. / “vagtplanen viser den forkerte uge” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 53 % sikker på “Min vagt står en time forkert” / [Jeg tager den] [Det her er til it]
        man 10:04  Mia: mine
                   bot til Mia: Mine sager / Dine sager lige nu: / #1: der er noget galt med omsorgsjournalen – Venter på en superbruger / #2: vagtplanen viser den forkerte uge – Venter på en superbruger / [#1] [#2]
    """)


def test_menneske_with_words_goes_straight_to_a_person(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: menneske: tabletten er faldet i gulvet
                   bot til Mia: #1 tabletten er faldet i gulvet (Venter på en superbruger) / Superbrugerne i Tablets har fået din sag. Nogen tager den senest i dag kl. 10.30. / [Jeg har ikke brug for hjælp længere]
                   bot til #tablets-nord: #1 tabletten er faldet i gulvet (Ingen endnu) / Ingen har den endnu. / “tabletten er faldet i gulvet” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 10 % sikker på “Jeg har glemt koden til tabletten” / [Jeg tager den] [Det her er til it]
    """)


def test_two_misses_in_a_row_offer_a_person(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: hvorfor er himlen blå i dag
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia: hvorfor blinker den grønne dims
                   bot til Mia: Det lader ikke til, at jeg kan svare på det her. Skal jeg finde et menneske? / [Spørg en superbruger]
        man 10:02  Mia: den grønne dims siger bip
                   bot til Mia: Det lader ikke til, at jeg kan svare på det her. Skal jeg finde et menneske? / [Spørg en superbruger]
    """)


def test_what_is_not_covered_is_said_and_handed_over(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: hvordan bestiller jeg kaffe og brød til et møde
                   bot til Mia: Det kan jeg ikke hjælpe med her. Det er kantinen på Rådhuset, der har mad og kaffe. Bestil hos kantinen@fjordby.example senest klokken 12 dagen før. / Er det et lokale, du mangler, så spørg mig om det. / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 hvordan bestiller jeg kaffe og brød til et møde (Venter på it) / It har fået din sag. Nogen tager den senest i dag kl. 12.01. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det kan jeg ikke hjælpe med her. Det er kantinen på Rådhuset, der har mad og kaffe. Bestil hos kantinen@fjordby.example senest klokken 12 dagen før. / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #it: #1 hvordan bestiller jeg kaffe og brød til et møde (Ingen endnu) / Ingen har den endnu. / “hvordan bestiller jeg kaffe og brød til et møde” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 93 % sikker på “Bestil forplejning til et møde” / Hvorfor her: det er uklart, hvilket system det er / [Jeg tager den]
    """)


def test_cpr_numbers_are_removed_and_the_sender_is_told(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: etiketten til borgeren 010165-1234 er blank på etiketprinteren
                   bot til Mia: Jeg fjernede et CPR-nummer fra din besked, før den blev gemt. Skriv gerne uden – vi finder borgeren i systemet. Slet også din egen besked, hvis den stadig kan læses.
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Mia trykker [Spørg en superbruger]
                   bot til Mia: #1 etiketten til borgeren [CPR] er blank på etiketprinteren (Venter på en superbruger) / Superbrugerne i Printere har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #printere-nord: #1 etiketten til borgeren [CPR] er blank på etiketprinteren (Ingen endnu) / Ingen har den endnu. / “etiketten til borgeren [CPR] er blank på etiketprinteren” / Fra: Mia, Hjemmeplejen Nord / Botten viste: intet – 2 % sikker på “Jeg har sendt personoplysninger til den forkerte” / [Jeg tager den] [Det her er til it]
        man 10:02  Sam trykker [Jeg tager den] på #1
                   bot til Mia: Sam har taget #1.
                   bot retter hos Mia: #1 etiketten til borgeren [CPR] er blank på etiketprinteren (Sam har den) / Sam har din sag. Du hører fra Sam igen senest i dag kl. 12.02. / [Skriv til Sam] [Jeg har ikke brug for hjælp længere]
                   bot retter hos #printere-nord: #1 etiketten til borgeren [CPR] er blank på etiketprinteren (Sam har den) / Sam tog den i dag kl. 10.02. / [Svar Mia] [Løst] [Afventer Mia] [Send videre til it] [Giv tilbage] [Skriv internt]
        man 10:03  Mia i #1: og heller ikke 020265 – 4321 eller 0303651234
                   bot til Mia: Jeg fjernede 2 CPR-numre fra din besked, før den blev gemt. Skriv gerne uden – vi finder borgeren i systemet. Slet også din egen besked, hvis den stadig kan læses.
                   bot til #printere-nord/1: Mia: og heller ikke [CPR] eller [CPR] / #1 etiketten til borgeren [CPR] er blank på etiketprinteren
                   bot til Sam: Mia: og heller ikke [CPR] eller [CPR] / #1 etiketten til borgeren [CPR] er blank på etiketprinteren
    """)


def test_strange_questions_are_answered_politely(plays: Plays) -> None:
    plays("""
        man 10:00  Mia: 🙂🙂🙂
                   bot til Mia: Der stod ikke noget, jeg kan læse. Skriv med dine egne ord, hvad der driller.
        man 10:01  Mia: …?!
                   bot til Mia: Der stod ikke noget, jeg kan læse. Skriv med dine egne ord, hvad der driller.
        man 10:02  Mia: '; DROP TABLE tickets; --
                   bot til Mia: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:03  Mia: <script>alert(1)</script>
                   bot til Mia: Det lader ikke til, at jeg kan svare på det her. Skal jeg finde et menneske? / [Spørg en superbruger]
        man 10:04  Mia: hjælp
                   bot til Mia: Sådan bruger du mig / Skriv, hvad der driller, med dine egne ord. Kender jeg ikke svaret, finder jeg et menneske, og du skal ikke skrive det igen. / menneske: find et menneske med det samme / mine: dine sager / status 7: hvor en sag er / #7 tekst: skriv i en sag / væk til mandag / tilbage: til superbrugere og it: du bliver ikke spurgt imens
        man 10:05  Ivo: help
                   bot til Ivo: Sådan bruger du mig / Skriv, hvad der driller, med dine egne ord. Kender jeg ikke svaret, finder jeg et menneske, og du skal ikke skrive det igen. / menneske: find et menneske med det samme / mine: dine sager / status 7: hvor en sag er / #7 tekst: skriv i en sag / væk til mandag / tilbage: til superbrugere og it: du bliver ikke spurgt imens / oversigt: til it og kontraktansvarlige
        man 10:06  Mia: væk til snart
                   bot til Mia: “snart” forstod jeg ikke. Skriv for eksempel “væk til mandag” eller “væk til 27-11”.
        man 10:07  Mia: oversigt
                   bot til Mia: Det er for it og kontraktansvarlige.
    """)


def test_english_is_complete(plays: Plays) -> None:
    plays("""
        man 10:00  Grace: my tablet is locked
                   bot til Grace: I am not quite sure. Is it this? / [Jeg har glemt koden til tabletten] [No, something else]
        man 10:01  Grace: the label printer prints blank labels
                   bot til Grace: I did not find an answer to that. Would you like a superuser to take a look? / [Ask a superuser]
        man 10:02  Grace: human
                   bot til Grace: #1 the label printer prints blank labels (Waiting for a superuser) / The superusers of Printere have your ticket. Someone will take it no later than today at 10:32. / [I no longer need help]
                   bot retter hos Grace: I did not find an answer to that. Would you like a superuser to take a look? / Passed on as #1. / [✓ Ask a superuser]
                   bot til #printere-syd: #1 the label printer prints blank labels (Ingen endnu) / Ingen har den endnu. / “the label printer prints blank labels” / Fra: Grace, Hjemmeplejen Syd / Botten viste: intet – 7 % sikker på “Der kommer tomme sider ud af kopimaskinen” / [Jeg tager den] [Det her er til it]
        man 10:05  Grace: mine
                   bot til Grace: My tickets / Your tickets right now: / #1: the label printer prints blank labels – Waiting for a superuser / [#1]
        man 10:06  Grace: help
                   bot til Grace: How to use me / Tell me in your own words what is wrong. If I do not know the answer, I find a person, and you need not write it again. / human: find a person straight away / mine: your tickets / status 7: where a ticket is / #7 text: write in a ticket / away until monday / back: for superusers and IT: nobody asks you in the meantime
    """)
