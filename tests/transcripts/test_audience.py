"""Who may have an answer: an article for some people is, to everybody else, an article that does not exist."""

from collections.abc import Callable

Plays = Callable[[str], None]


def test_an_answer_for_those_who_help_is_not_even_hinted_at_to_somebody_else(plays: Plays) -> None:
    plays("""
        man 10:00  Yusuf: skal flytte mange elever til nye hold
                   bot til Yusuf: Jeg er ikke helt sikker. Er det det her? / [En elev har glemt sit login] [Nej, noget andet]
        man 10:01  Malthe: skal flytte mange elever til nye hold
                   bot til Malthe: Flyt en elev til en anden klasse eller et andet hold / Vent til efter skoletid, for eleverne bliver logget af. / 1. Vælg Administration, så Hold og klasser, og find eleven. / 2. Tryk Flyt, vælg ny klasse, og skriv datoen. Vælg aldrig en dato, der er gået. / 3. Sæt kryds ved Tag beskeder med, så forældrene beholder tråden. / 4. Tjek elevens skema dagen efter. / Mange på én gang: brug Hent liste og Læs liste ind. Siger den Konflikt, så send sagen videre til IT med klassernes navne. / Ansvarlig: skole-it@fjordby.example · Gennemgås senest 31-5-2027 / [Det hjalp] [Hjalp ikke] [Skemaet i Skoleportalen er forkert]
    """)


def test_what_only_it_may_read_a_superuser_does_not_get(plays: Plays) -> None:
    plays("""
        man 10:00  Malthe: hvordan udsteder jeg et engangspas til en kollega
                   bot til Malthe: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / [Spørg en superbruger]
        man 10:01  Malthe trykker [Spørg en superbruger]
                   bot til Malthe: #1 hvordan udsteder jeg et engangspas til en kollega (Venter på en superbruger) / Superbrugerne i Outlook har fået din sag. Nogen tager den senest i dag kl. 10.31. / [Jeg har ikke brug for hjælp længere]
                   bot retter hos Malthe: Det fandt jeg ikke et svar på. Skal en superbruger se på det? / Sendt videre som #1. / [✓ Spørg en superbruger]
                   bot til #outlook-alle: #1 hvordan udsteder jeg et engangspas til en kollega (Ingen endnu) / Ingen har den endnu. / “hvordan udsteder jeg et engangspas til en kollega” / Fra: Malthe, Fjordskolen / Botten viste: intet – 8 % sikker på “Viderestil min telefon til en kollega” / [Jeg tager den] [Det her er til it]
        man 10:02  Ivo: hvordan udsteder jeg et engangspas til en kollega
                   bot til Ivo: Jeg er ikke helt sikker. Er det det her? / [Nulstil MFA for en medarbejder] [Nej, noget andet]
    """)
