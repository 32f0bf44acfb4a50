"""A little knowledge of Fjordby Kommune, for the search's tests alone."""

from bot.domain.articles import Article, ArticleId
from bot.domain.people import GroupId, SystemId

PHRASINGS = {
    "adgangskode": (
        "Jeg har glemt min adgangskode",
        "Hvordan nulstiller jeg mit kodeord",
        "Min adgangskode er udløbet",
        "kan ikke huske koden til min computer",
    ),
    "vpn": (
        "Hvordan kommer jeg på VPN hjemmefra",
        "VPN-forbindelsen falder ud hele tiden",
        "fjernadgang til drevene hjemme",
        "kan ikke logge på netværket hjemmefra",
    ),
    "etiketprinter": (
        "Etiketprinteren skriver blanke etiketter",
        "labelprinteren i medicinrummet virker ikke",
        "der kommer ingen tekst på etiketterne",
        "nye labels til printeren",
    ),
    "printer": (
        "Hvordan printer jeg på begge sider",
        "printeren i kopirummet sidder fast i papir",
        "min udskrift kommer ikke ud",
        "hvordan tilføjer jeg en printer",
    ),
    "kalender": (
        "Hvordan deler jeg min kalender i Outlook",
        "en kollega skal kunne se mine aftaler",
        "giv adgang til min Outlook-kalender",
        "se andres kalender",
    ),
    "postkasse": (
        "Min postkasse er fuld",
        "jeg kan ikke sende mails, fordi der ikke er plads",
        "Outlook siger at indbakken er fyldt",
        "hvordan arkiverer jeg gamle mails",
    ),
    "vagtplan": (
        "Hvor ser jeg min vagtplan",
        "min vagt står forkert i vagtplanen",
        "bytte en vagt med en kollega",
        "vagtplanen på mobilen",
    ),
    "loenseddel": (
        "Hvor finder jeg min lønseddel",
        "der er fejl i min løn",
        "lønsedlen er ikke kommet",
        "hvornår får jeg løn",
    ),
    "tablet": (
        "Skærmen på min tablet er knust",
        "tabletten vil ikke tænde",
        "tabletten lader ikke op",
        "min iPad er gået i stykker",
    ),
    "teams": (
        "Der er ingen lyd i Teams",
        "mikrofonen virker ikke i mødet",
        "mit kamera er sort i Teams",
        "de andre kan ikke høre mig",
    ),
    "kantine": (
        "Hvordan bestiller jeg mad til en privat fest",
        "kan kantinen levere til min fødselsdag",
        "smørrebrød til en reception i familien",
        "leje kantinen en lørdag",
    ),
    "lederloen": (
        "Hvordan indstiller jeg en medarbejder til løntillæg",
        "lokal lønforhandling for ledere",
        "frist for indstilling til løntillæg",
        "godkend tillæg til medarbejder",
    ),
}
GLOSSARY = (("adgangskode", "kodeord", "password"), ("printer", "skriver"), ("vagtplan", "shift schedule"))


def article(name: str, phrasings: tuple[str, ...], *, covered: bool = True, audience: str = "") -> Article:
    return Article(
        ArticleId(name),
        phrasings,
        {"da": f"Svar om {name}."},
        system=SystemId(f"system-{name}"),
        covered=covered,
        audience=frozenset({audience} - {""}),
        group=None if covered else GroupId("service"),
    )


ARTICLES = tuple(
    article(name, texts, covered=name != "kantine", audience="it" if name == "lederloen" else "")
    for name, texts in PHRASINGS.items()
)
