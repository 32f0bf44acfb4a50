"""What happened in Fjordby from Tuesday the 10th to Tuesday the 24th of November 2026, half past nine."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.stage import Stage, Story
from bot.demo.stories import Asked, Escalated, Step, answered, held, solved, waiting, with_supplier
from bot.domain.commands import Milestone, Report

ZONE = ZoneInfo("Europe/Copenhagen")


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZONE)


BEGIN = at(10, "07:30")
NOW = at(24, "09:30")

_ANSWERED = (
    (10, "08:12", "mia", "jeg har glemt koden til tabletten"),
    (10, "09:40", "bo", "hvordan deler jeg min kalender i outlook"),
    (10, "13:05", "yusuf", "hvordan kommer jeg på vpn hjemmefra"),
    (11, "08:31", "anton", "hvordan melder jeg mig syg"),
    (11, "10:15", "grace", "i forgot my password"),
    (11, "14:20", "amina", "scan til mail virker ikke"),
    (12, "09:02", "liv", "papirstop i printeren"),
    (12, "11:48", "oluf", "hvor finder jeg min lønseddel"),
    (13, "08:20", "bo", "autosvar når jeg er på ferie"),
    (13, "12:10", "mia", "bytte vagt med en kollega"),
    (16, "09:15", "yusuf", "en elev har glemt sit login til skoleportalen"),
    (16, "10:33", "amina", "mikrofonen virker ikke i teams"),
    (17, "07:55", "liv", "tabletten synkroniserer ikke"),
    (17, "13:30", "bo", "min pc er meget langsom"),
    (18, "08:44", "oluf", "barnets første sygedag"),
    (18, "14:02", "anton", "jeg har fået en mistænkelig mail"),
    (19, "09:26", "mia", "der mangler besøg på min køreliste"),
    (19, "11:11", "amina", "hvordan viderestiller jeg telefonen"),
    (20, "08:05", "yusuf", "gæste wifi til et kursus"),
    (20, "10:50", "bo", "min postkasse er fuld"),
    (23, "08:17", "liv", "jeg har glemt min adgangskode til pc'en"),
    (23, "13:40", "anton", "printeren hænger i køen"),
    (24, "08:41", "bo", "hvordan bestiller jeg et program til min pc"),
)

_SOLVED = (
    (10, "10:22", "liv", "omsorgsjournalen viser to af samme borger efter flytning", "omsorgsjournalen", "sam",
     ((2, "sam", "Hvilket hold ligger hun på?"), (5, "liv", "hold 3")), "Jeg har lagt de to sammen. Tryk opdater på listen."),
    (11, "09:05", "bo", "fællespostkassen i outlook sender ikke", "outlook", "lone",
     ((4, "lone", "Står der noget i Udbakke?"), (9, "bo", "ja tre mails")), "Udbakken var låst af en stor fil. Den er slettet, og resten er sendt."),
    (12, "10:40", "amina", "sagsportalen siger at dokumentet er låst af mig selv", "sagsportalen", "kasper",
     ((3, "kasper", "Jeg låser det op for dig."),), "Låst op. Luk altid fanen, før du lukker pc'en."),
    (13, "09:33", "yusuf", "skoleportalen viser forkert skema for 5.b", "skoleportalen", "signe",
     ((6, "signe", "Jeg ser på det."),), "Skemaet er genindlæst fra kontoret."),
    (16, "08:48", "mia", "vagtplanen viser min vagt en time forkert", "vagtplan", "sam",
     ((2, "sam", "Er det kun på tabletten?"), (7, "mia", "ja, på pc er det rigtigt")), "Tabletten stod på vintertid i Lissabon. Tidszonen er rettet."),
    (17, "10:05", "oluf", "printeren i hjemmeplejen nord skriver kun lyserødt", "printere", "sue",
     ((3, "sue", "Jeg skifter patronen."),), "Ny cyan-patron."),
    (18, "09:50", "bo", "dockingstationen viser kun en skærm på min pc", "pc", "gustav",
     ((4, "gustav", "Prøv at bytte de to kabler."), (8, "bo", "så virker de begge")), "Kablerne sad i de forkerte porte."),
    (19, "13:15", "liv", "kan ikke kvittere for medicin i omsorgsjournalen", "omsorgsjournalen", "sue",
     ((2, "sue", "Står der et rødt kryds ud for dit navn?"), (4, "liv", "ja!")), "Autorisationen var udløbet og er fornyet."),
    (20, "11:25", "amina", "telefonen i borgerservice ringer ikke når køen er åben", "telefoni", "dorte",
     ((5, "dorte", "Du var logget ud af køen. Prøv nu."),), "Logget ind i køen igen."),
    (23, "09:12", "anton", "printeren på åbrinken skriver med striber", "printere", "emil",
     ((6, "emil", "Jeg renser den."),), "Renset. Skriv, hvis det kommer igen."),
)  # fmt: skip

_B = Milestone
_RUNNING_REPORT = Report(
    "B", "23-11 8.45", "Hjemmeplejen Nord og Syd", "ca. 40", "Genstart, ny kode, andet netværk",
    "Åbn kørelisten på en tablet. Listen er fra i går.", "Ivo, it",
)  # fmt: skip

_ESCALATED = (
    Escalated(
        Asked(at(10, "09:48"), "bo", "udskrifter fra rådhuset forsvinder i printerkøen", "printere"), "gustav", "ivo",
        at(10, "10:30"), Report("B", "10-11 9.15", "Rådhuset, 2. sal", "25", "Genstart af kø og printer", "Send en udskrift. Den står i køen og forsvinder.", "Ivo, it"),
        (Step(at(10, "10:36"), _B.RECEIVED, source="mail"), Step(at(10, "11:02"), _B.ACKNOWLEDGED), Step(at(10, "12:20"), _B.WORK_STARTED), Step(at(10, "13:45"), _B.WORKAROUND, note="Brug printeren på 1. sal."), Step(at(11, "09:20"), _B.RESOLVED, source="mail"), Step(at(11, "10:05"), _B.ACCEPT)),
        "Rimfrost har skiftet køens driver.",
    ),
    Escalated(
        Asked(at(11, "08:40"), "mia", "omsorgsjournalen logger mig ud hele tiden på tabletten", "omsorgsjournalen"), "sam", "ivo",
        at(11, "09:15"), Report("B", "11-11 7.30", "Hjemmeplejen Nord", "18", "Nyt login, genstart, andet netværk", "Log ind, vent to minutter, tryk på en borger.", "Ivo, it"),
        (Step(at(11, "10:50"), _B.ACKNOWLEDGED, note="Ada undskylder: vagten var syg."), Step(at(11, "11:10"), _B.WORK_STARTED), Step(at(11, "14:30"), _B.WORKAROUND, source="mail"), Step(at(11, "15:20"), _B.STATUS, source="mail"), Step(at(12, "08:35"), _B.RESOLVED, source="mail"), Step(at(12, "09:30"), _B.ACCEPT)),
        "Strandvejr har rettet sessionens udløb.",
    ),
    Escalated(
        Asked(at(13, "12:28"), "amina", "omstillingen til borgerservice svarer slet ikke på telefonerne", "telefoni"), "dorte", "henrik",
        at(13, "13:05"), Report("A", "13-11 12.20", "Alle borgere, der ringer", "300", "Genstart af telefoner, prøvet fra mobil", "Ring til hovednummeret. Der er ingen klartone.", "Henrik, it"),
        (Step(at(13, "13:07"), _B.CALLED), Step(at(13, "13:12"), _B.RECEIVED), Step(at(13, "13:16"), _B.ACKNOWLEDGED), Step(at(13, "14:30"), _B.STATUS), Step(at(13, "15:40"), _B.WORKAROUND, note="Opkald går til mobilvagten."), Step(at(13, "17:05"), _B.STATUS), Step(at(13, "18:10"), _B.RESOLVED, source="mail"), Step(at(16, "08:30"), _B.ACCEPT)),
        "Hejrevang har skiftet en fejlramt omstilling.",
    ),
    Escalated(
        Asked(at(17, "09:20"), "oluf", "vagtplanen viser alle nattevagter en time forskudt", "vagtplan"), "nadia", "freja",
        at(17, "10:15"), Report("B", "17-11 6.00", "Alle med nattevagt", "60", "Sammenlignet med papirplanen", "Åbn nattevagter for uge 48.", "Freja, it"),
        (Step(at(17, "10:41"), _B.RECEIVED, source="mail"), Step(at(17, "10:55"), _B.ACKNOWLEDGED),
            Step(at(17, "14:30"), _B.WORKAROUND, source="mail", note="Brug listevisningen."), Step(at(18, "09:15"), _B.PAUSE, "awaiting_customer", "mail", "De mangler en logfil fra os.")),
    ),
    Escalated(
        Asked(at(18, "10:25"), "amina", "forkert logo i brevskabelonen i sagsportalen", "sagsportalen"), "kasper", "tove",
        at(18, "11:40"), Report("C", "18-11 10.00", "Borgerservice", "12", "Hentet skabelonen igen", "Opret et brev. Logoet er det gamle.", "Tove, it"),
        (Step(at(18, "12:50"), _B.RECEIVED, source="mail"), Step(at(19, "09:10"), _B.ACKNOWLEDGED), Step(at(20, "10:00"), _B.STATUS, source="mail")),
    ),
    Escalated(
        Asked(at(23, "08:52"), "mia", "kørelisten i omsorgsjournalen opdateres ikke på tablets", "omsorgsjournalen"), "sam", "ivo",
        at(23, "10:00"), _RUNNING_REPORT,
        (Step(at(23, "10:04"), _B.RECEIVED, source="mail"), Step(at(23, "10:34"), _B.ACKNOWLEDGED, note="Ada er på den."), Step(at(23, "11:00"), _B.PAUSE, "awaiting_customer", "mail", "Ada beder om en logfil."), Step(at(23, "14:30"), _B.RESUME, note="Logfil sendt."), Step(at(23, "15:30"), _B.STATUS, source="mail")),
    ),
    Escalated(
        Asked(at(23, "11:40"), "bo", "udskrifter til farveprinteren på rådhuset kommer dobbelt", "printere"), "lone", "ivo",
        at(23, "12:30"), Report("B", "23-11 11.00", "Rådhuset, stuen", "15", "Ny driver, genstart", "Send en udskrift i farver.", "Ivo, it"),
        (Step(at(23, "12:41"), _B.RECEIVED, source="mail"), Step(at(23, "13:20"), _B.ACKNOWLEDGED)),
    ),
)  # fmt: skip


def stories(stage: Stage) -> Iterator[Story]:
    for nth, (day, clock, who, text) in enumerate(_ANSWERED):
        yield answered(stage, at(day, clock), who, text, says_so=nth % 5 != 0)
    for day, clock, who, text, system, helper, talk, solution in _SOLVED:
        yield solved(stage, Asked(at(day, clock), who, text, system), helper, talk, solution, confirms=day % 3 != 0)
    for story in _ESCALATED:
        yield with_supplier(stage, story)
    yield from _still_open(stage)


def _still_open(stage: Stage) -> Iterator[Story]:
    """What lies on the desk when the curtain rises."""
    yield held(
        stage, Asked(at(20, "13:20"), "mia", "jeg kan ikke se plejecenter åbrinken i kalenderen i outlook", "outlook"),
        "lone", "Hej Mia. Ser du den, hvis du søger på “Åbrinken”?",
    )  # fmt: skip
    yield held(
        stage, Asked(at(23, "14:05"), "bo", "skærmen blinker på pc'en i mødelokale 2", "pc"), "gustav",
        "Blinker den også, når du trækker stikket til docken ud og sætter det i igen?",
    )  # fmt: skip
    yield waiting(stage, Asked(at(23, "15:10"), "yusuf", "ny medarbejder mangler login til pc og skoleportalen", "pc"))
    yield solved(
        stage, Asked(at(24, "08:52"), "oluf", "besøg mangler på kørelisten i omsorgsjournalen efter vagtbytte", "omsorgsjournalen"),
        "sue", ((5, "sue", "Jeg kan se dem hos mig. Prøv at trykke på skyen."), (18, "oluf", "nu er de der")), "Tryk på skyen øverst efter et vagtbytte.",
    )  # fmt: skip
    yield waiting(
        stage, Asked(at(24, "09:06"), "amina", "stregkoder læses ikke når jeg scanner i sagsportalen", "sagsportalen")
    )
    yield waiting(
        stage,
        Asked(
            at(24, "09:14"), "liv", "borger flyttet men står stadig på min liste i omsorgsjournalen", "omsorgsjournalen"
        ),
    )
    yield waiting(
        stage,
        Asked(
            at(24, "09:28"),
            "mia",
            "nu kan jeg ikke signere i omsorgsjournalen, knappen er helt grå",
            "omsorgsjournalen",
        ),
    )
