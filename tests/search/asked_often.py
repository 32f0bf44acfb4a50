"""A log of 500 questions in twenty groups, put together from what people at a desk write: five ways to ask, five ways to begin and end."""

# group → five ways in which colleagues ask for the same thing, without sight of how questions are compared
ASKED = {
    "borger-flyttet": (
        "borgeren er flyttet men står stadig på min køreliste",
        "flyt en borger til et andet distrikt",
        "hvordan fjerner jeg en flyttet borger fra kørelisten",
        "borger skal over i nyt distrikt",
        "kørelisten viser en borger der er flyttet til et andet distrikt",
    ),
    "nyt-adgangskort": (
        "mit adgangskort virker ikke i døren",
        "jeg skal bruge et nyt adgangskort",
        "adgangskortet er blevet væk",
        "døren åbner ikke med mit adgangskort",
        "hvor bestiller man adgangskort til en ny kollega",
    ),
    "projektor": (
        "projektoren i mødelokalet viser intet billede",
        "mødelokalets projektor kan ikke finde min pc",
        "intet billede på projektoren",
        "hvordan kobler jeg pc til projektoren",
        "projektoren siger intet signal",
    ),
    "etiketter": (
        "etiketprinteren skriver blanke etiketter",
        "blanke etiketter fra printeren på lageret",
        "etiketterne kommer ud uden tekst på etiketprinteren",
        "der kommer ingen tekst på etiketterne",
        "etiketprinteren printer hvide etiketter",
    ),
    "kvittering": (
        "jeg kan ikke kvittere for et besøg",
        "kvitteringen for besøget bliver ikke gemt",
        "besøg kan ikke kvitteres",
        "kvittere besøg giver en fejl",
        "hvordan kvitterer man for et besøg bagefter",
    ),
    "signatur": (
        "ret min signatur i mailen",
        "signaturen i mine mails har den gamle titel",
        "hvordan skifter jeg mailsignatur",
        "ny signatur til mails for hele afdelingen",
        "min mailsignatur er forkert",
    ),
    "kamera": (
        "kameraet virker ikke i videomøder",
        "de andre kan ikke se mig på kameraet",
        "kameraet er sort når jeg er i videomøde",
        "videomøde uden billede fra mit kamera",
        "hvordan tænder jeg kameraet i et videomøde",
    ),
    "fakturaer": (
        "en faktura ligger hos den forkerte leder",
        "send en faktura videre til en anden godkender",
        "fakturaen er sendt til forkert godkender",
        "jeg kan ikke godkende fakturaen",
        "hvem kan godkende fakturaer når lederen er væk",
    ),
    "ferie-tastet": (
        "min ferie er tastet forkert ind",
        "ret feriedage der er tastet på de forkerte datoer",
        "feriedage mangler i oversigten",
        "hvordan retter jeg en ferie der er tastet forkert",
        "ferien står på den forkerte uge",
    ),
    "delt-mappe": (
        "jeg mangler adgang til en delt mappe",
        "giv en kollega adgang til vores delte mappe",
        "den delte mappe siger adgang nægtet",
        "adgang til fællesmappen for en ny kollega",
        "hvordan får jeg adgang til afdelingens mappe",
    ),
    "elevliste": (
        "elevlisten for 5. b er tom",
        "der mangler elever på klasselisten",
        "klasselisten viser ikke de nye elever",
        "en ny elev står ikke på listen",
        "hvordan kommer en elev på klasselisten",
    ),
    "tastatur": (
        "tastaturet skriver forkerte bogstaver",
        "tastaturet er skiftet til engelsk",
        "jeg kan ikke skrive æ ø og å på tastaturet",
        "hvordan får jeg dansk tastatur igen",
        "bogstaverne på tastaturet passer ikke",
    ),
    "headset-par": (
        "mit headset vil ikke parre med telefonen",
        "headsettet finder ikke telefonen",
        "par et headset med en ny telefon",
        "bluetooth headset kan ikke parres",
        "headset og telefon vil ikke forbinde",
    ),
    "arkivskab": (
        "sagen er arkiveret ved en fejl",
        "hent en arkiveret sag frem igen",
        "jeg kan ikke finde en sag der er arkiveret",
        "hvordan åbner man en arkiveret sag",
        "arkiverede sager skal gøres aktive igen",
    ),
    "underskrift": (
        "borgeren kan ikke skrive digitalt under",
        "digital underskrift fejler for borgeren",
        "dokumentet venter på digital underskrift",
        "hvordan sender jeg et dokument til digital underskrift",
        "underskriften kommer ikke tilbage fra borgeren",
    ),
    "rutebil": (
        "hvordan booker jeg en bil fra bilpuljen",
        "bilpuljen viser ingen ledige biler",
        "min booking af en bil er forsvundet",
        "aflys en bil i bilpuljen",
        "bilen fra puljen er ikke afleveret",
    ),
    "medicinliste": (
        "medicinlisten er ikke opdateret",
        "der mangler medicin på borgerens medicinliste",
        "medicinlisten fra sygehuset kommer ikke ind",
        "hvordan opdaterer jeg medicinlisten",
        "borgerens medicin står dobbelt på medicinlisten",
    ),
    "skaerm": (
        "den ene skærm er sort",
        "min ekstra skærm bliver ikke fundet",
        "ekstra skærm virker ikke efter pausen",
        "hvordan tilslutter jeg to skærme",
        "skærmen til venstre er slukket og vil ikke starte",
    ),
    "scan": (
        "scan til mail kommer ikke frem",
        "jeg modtager ikke mine scanninger på mail",
        "kopimaskinen sender ikke det scannede til min mail",
        "hvordan scanner jeg til mail",
        "scannede dokumenter mangler i mailen",
    ),
    "vikar": (
        "opret en vikar så hun kan logge på",
        "en vikar mangler login til i morgen",
        "vikaren kan ikke logge på med sit login",
        "hvordan får en ny vikar login",
        "login til vikarer i weekenden",
    ),
}
ROUND_IT = ("{}", "hej {}", "{} kan I hjælpe", "{} tak", "det haster {}")


def asked_often() -> list[tuple[str, str]]:
    """(question, group), spread as they would come in over a while: never two of a group in a row."""
    return [
        (around.format(ways[nth]), group)
        for around in ROUND_IT
        for nth in range(len(ROUND_IT))
        for group, ways in ASKED.items()
    ]
