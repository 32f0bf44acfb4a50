"""Messages as the desk words them, one for each part that a page must be able to draw."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.articles import ArticleId
from bot.domain.commands import (
    Cancel,
    ChooseSystem,
    Claim,
    Comment,
    Escalate,
    HandOver,
    Hold,
    ItDidNotHelp,
    ItHelped,
    Place,
    Release,
    Resolve,
    ShowArticle,
)
from bot.domain.people import Language, PersonId, SystemId
from bot.messengers.web.post import Post
from bot.messengers.web.render import Seal, View
from bot.wording.message import Bar, Button, Form, Input, Link, Mention, Message, Strong, Table

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 8, 46, tzinfo=UTC)  # a Monday, 9.46 in Fjordby
MIA, SAM = PersonId("mia"), PersonId("sam")
NAMES = {"mia": "Mia", "sam": "Sam", "sue": "Sue", "ivo": "Ivo"}


def view(reader: PersonId = MIA, language: Language = "da", prefix: str = "") -> View:
    return View(
        reader,
        language,
        COPENHAGEN,
        NOW,
        lambda person: NAMES.get(person, person),
        lambda: Seal("nonce", "token"),
        prefix,
        "http://desk.example",
    )


def post(message: Message, *, author: str = "", place: str = "web:direct:mia", edited: bool = False) -> Post:
    return Post(12, Place.read(place), message, NOW, PersonId(author), is_edited=edited)


ANSWER = Message(
    (
        "Du kan selv låse tabletten op. Det tager to minutter:\n\n1. Hold ",
        Strong("tænd-knappen"),
        " inde i ti sekunder.\n2. Tryk Glemt pinkode.\n3. Vælg en ny kode.\n\nSe også ",
        Link("siden om tablets", "https://fjordnet.example/tablets"),
        " og ",
        Link("din sag", "http://desk.example/sag/7"),
        ".",
    ),
    key="question:a1",
    source=("Tabletten er låst", "Ejer: Sue, superbruger", "Gennemgået 3. nov. – igen senest 1. maj"),
    buttons=(Button("Det hjalp", ItHelped("a1"), "primary"), Button("Hjalp ikke", ItDidNotHelp("a1"))),
)
SUGGESTIONS = Message(
    ("Mente du en af disse?",),
    key="question:a2",
    buttons=(
        Button("Etiketprinteren skriver blanke etiketter", ShowArticle("a2", ArticleId("etiket-blank")), chosen=True),
        Button("Skift rulle i etiketprinteren", ShowArticle("a2", ArticleId("etiket-rulle"))),
        Button("Printeren trækker ikke papir", ShowArticle("a2", ArticleId("papir")), off=True),
        Button("Ingen af dem – spørg en superbruger", ItDidNotHelp("a2"), "danger"),
    ),
)
WHICH_SYSTEM = Message(
    ("Det fandt jeg ikke et sikkert svar på. ", Strong("Hvilket system drejer det sig om?")),
    buttons=(
        Button("Omsorgsjournalen", ChooseSystem("a3", SystemId("omsorgsjournalen")), "primary", chosen=True),
        Button("Ved ikke", ChooseSystem("a3", None), off=True),
    ),
)
MY_CARD = Message(
    ("Sam har din sag. Superbruger i Omsorgsjournalen. Tog den kl. 9.07.",),
    key="ticket:1042:mine",
    number="#1042",
    title="Kan ikke signere medicin, knappen er grå",
    state="Sam har den",
    tone="ok",
    bars=(
        Bar(
            "Du hører fra Sam igen",
            "Nyt fra Sam senest i dag kl. 10.40. Gået 6 minutter, 54 minutter tilbage.",
            "senest i dag kl. 10.40",
            "54 min. tilbage",
            (("used", 0, 100),),
        ),
    ),
    buttons=(
        Button(
            "Skriv til Sam",
            Comment(1042, ""),
            form=Form(Comment(1042, ""), "", "Send", (Input("text", "text", "Besked til Sam", required=True),)),
        ),
        Button("Jeg har ikke brug for hjælp længere", Cancel(1042), "danger", confirm="Skal sagen lukkes?"),
    ),
)
GROUP_CARD = Message(
    (),
    key="ticket:1044:omsorg-nord",
    number="#1044",
    title="Borger flyttet, men står stadig på min liste",
    state="Tæt på fristen",
    tone="warn",
    quote="hun flyttede til åbrinken i torsdags men ligger stadig hos mig",
    fields=(("Spurgt af", "Liv, Hjemmeplejen Nord, kl. 9.21"), ("Botten viste", "Afslut et forløb – 58 % sikker.")),
    bars=(
        Bar(
            "Går til it",
            "Reaktion senest i dag kl. 9.51. Brugt 25 af 30 minutter.",
            "i dag kl. 9.51",
            "5 min. tilbage af 30",
            (("used", 0, 833),),
            tone="warn",
            marks=(500, 750, 900),
        ),
    ),
    buttons=(
        Button("Jeg tager den", Claim(1044), "primary"),
        Button("Det her er til it", Escalate(1044), "danger"),
    ),
)
CLAIMED_CARD = Message(
    ("Spurgt af Mia. Taget af Sam efter 4 minutter.",),
    key="ticket:1042:omsorg-nord",
    number="#1042",
    title="Kan ikke signere medicin",
    state="Du har den",
    tone="ok",
    buttons=(
        Button(
            "Løst",
            Resolve(1042),
            form=Form(Resolve(1042), "Hvad løste det?", "Gem", (Input("solution", "text", "Løsning", required=True),)),
        ),
        Button("Afventer Mia", Hold(1042)),
        Button("Giv tilbage", Release(1042), "danger"),
    ),
)
SUPPLIER_CARD = Message(
    ("Afhjælpning er overskredet.",),
    key="case:12",
    number="S-12",
    title="Kørelisten opdateres ikke på tablets",
    state="Overskredet, løber",
    tone="late",
    bars=(
        Bar(
            "Afhjælpning",
            "Afhjælpning: overskredet med 20 minutter.",
            "i dag kl. 13.45",
            "20 min. over",
            (("used", 0, 250), ("paused", 250, 720), ("used", 720, 1000), ("over", 1000, 1042)),
            due=1000,
            tone="late",
        ),
        Bar("Statusmelding", "Statusmelding: i bero.", "fristen står stille", "", (("paused", 0, 400),), due=None),
    ),
    table=Table("Minutregnskab", ("#", "Fra", "Tæller"), (("1", "to 19-11 13:20", "160"),), (2,), ("I alt", "", "160")),
)
REPORT_FORM = Message(
    ("Leverandøren skal have det hele med.",),
    form=Form(
        HandOver(7),
        "Meld fejlen til Strandvejr",
        "Send til leverandøren",
        (
            Input(
                "severity", "choice", "Fejlklasse", required=True, options=(("A", "A kritisk"), ("B", "B betydende"))
            ),
            Input(
                "since",
                "line",
                "Siden hvornår",
                required=True,
                hint="For eksempel “i går 9.30”",
                error="Skriv, hvornår",
            ),
            Input(
                "who", "choice", "Hvem er ramt", options=tuple((f"s{n}", f"Sted {n}") for n in range(8)), initial="s2"
            ),
            Input("steps", "text", "Sådan genskabes det", initial="1. Åbn listen"),
            Input("contact", "check", "Jeg er kontaktperson", initial="ja"),
            Input("until", "date", "Indtil"),
        ),
    ),
)
PRIVATE = Message(("Sue tog #1039 for 1 minut siden, så du behøver ikke gøre noget.",), only_for=MIA)
FROM_SAM = Message(
    ("Hej ", Mention(MIA, "Mia"), ". Står der “Ikke synkroniseret”?"), who="Sam", role="superbruger", number="#1042"
)
NOTE = Message(("Samme som #1018?",), internal=True)

POSTS: dict[str, Post] = {
    "answer": post(ANSWER),
    "suggestions": post(SUGGESTIONS, edited=True),
    "which-system": post(WHICH_SYSTEM),
    "my-card": post(MY_CARD, edited=True),
    "group-card": post(GROUP_CARD, place="web:channel:omsorg-nord"),
    "claimed-card": post(CLAIMED_CARD, place="web:channel:omsorg-nord"),
    "supplier-card": post(SUPPLIER_CARD, place="web:channel:it"),
    "report-form": post(REPORT_FORM, place="web:channel:it"),
    "only-for-mia": post(PRIVATE),
    "from-sam": post(FROM_SAM),
    "note-of-sue": post(NOTE, author="sue", place="web:thread:omsorg-nord:1042"),
    "my-words": post(Message(("Ja! lige siden jeg lavede ny kode",), number="#1042"), author="mia"),
}
