"""Every complaint about a file in Danish, by its English sentence. What stands in a file keeps its own name."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "person": "person",
    "site": "arbejdssted",
    "system": "system",
    "supplier": "leverandør",
    "article": "artikel",
    "audience": "målgruppe",
    "superuser group": "superbrugergruppe",
    "it group": "it-gruppe",
    "calendar": "kalender",
    "severity": "fejlklasse",
    "pause reason": "årsag til bero",
    "event": "hændelse",
}

REASONS: Mapping[str, str] = {
    # The file as such
    "is missing": "mangler",
    "is empty": "er tom",
    "is not UTF-8: byte {byte} cannot be read": "er ikke UTF-8: byte {byte} kan ikke læses",
    "has a character that is not text: {problem}": "har et tegn, der ikke er tekst: {problem}",
    "is not YAML: {problem}": "er ikke YAML: {problem}",
    "is a file that nobody reads: files end in .yaml, and stand in articles/, systems/, suppliers/ or contracts/ "
    "or are called organisation, calendars, agreement or glossary": "er en fil, som ingen læser: filer ender på .yaml "
    "og ligger i articles/, systems/, suppliers/ eller contracts/, eller de hedder organisation, calendars, agreement eller glossary",
    "is not a list of articles: each begins with - id:": "er ikke en liste af artikler: hver begynder med - id:",
    # As YAML reads it
    "is an alias (*name): write the text out where it is needed": "er et alias (*navn): skriv teksten dér, hvor den skal stå",
    "is nested too deep": "ligger for mange lag nede",
    "has the tag {tag}: tags are not read here": "har mærket {tag}: mærker læses ikke her",
    "is a key twice (first in line {first})": "står her to gange (første gang i linje {first})",
    "is a merge key: write the keys out where they are needed": "er en flettenøgle: skriv nøglerne dér, hvor de skal stå",
    "is not a key: keys are words": "er ikke en nøgle: nøgler er ord",
    'is read by YAML as {read_as}, not as a word: write "{text}" in quotes': "læses af YAML som {read_as} og ikke som et "
    'ord: skriv "{text}" i anførselstegn',
    'is read by YAML as true or false: write "{text}" in quotes, or true or false if that is meant': "læses af YAML som "
    'sandt eller falsk: skriv "{text}" i anførselstegn, eller true eller false, hvis det er meningen',
    'is read by YAML as a number in base 60: write "{text}" in quotes': "læses af YAML som et tal i 60-talsystemet: "
    'skriv "{text}" i anførselstegn',
    "is a number written in an unusual way: write it with plain digits, or in quotes if it is a word": "er et tal skrevet på "
    "en usædvanlig måde: skriv det med almindelige cifre, eller i anførselstegn, hvis det er et ord",
    "is a number written in an unusual way: write it like 0.75, or in quotes if it is a word": "er et tal skrevet på en "
    "usædvanlig måde: skriv det som 0.75, eller i anførselstegn, hvis det er et ord",
    "is not a plain date: write it like 2026-01-31, or in quotes if it is a word": "er ikke en almindelig dato: skriv den som "
    "2026-01-31, eller i anførselstegn, hvis det er et ord",
    "is not a date that exists": "er en dato, der ikke findes",
    # Types
    "is not a known key here": "er ikke en kendt nøgle her",
    "must be text; if it is, write it in quotes": "skal være tekst; hvis det er det, så skriv det i anførselstegn",
    "must be a whole number": "skal være et helt tal",
    "must be a number": "skal være et tal",
    "must be true or false": "skal være true eller false",
    "must be a date such as 2026-01-31, without quotes": "skal være en dato som 2026-01-31, uden anførselstegn",
    "must be a list": "skal være en liste",
    "must be keys with values": "skal være nøgler med værdier",
    "must be {expected}": "skal være {expected}",
    "needs at least {min_length}": "skal have mindst {min_length}",
    "must be at least {ge}": "skal være mindst {ge}",
    "must be more than {gt}": "skal være mere end {gt}",
    "must be at most {le}": "må højst være {le}",
    # Names
    "is not a known {kind}": "er ikke en kendt {kind}",
    "is not a known {kind}; did you mean {close}?": "er ikke en kendt {kind}; mente du {close}?",
    "is not an id: small letters a-z, digits, - and _, at most 64": "er ikke et id: små bogstaver a-z, cifre, - og _, højst 64",
    "is not an id: letters, digits, - and _, at most 64": "er ikke et id: bogstaver, cifre, - og _, højst 64",
    "is not a mail address": "er ikke en mailadresse",
    "is not a zone: write Area/City, such as Europe/Copenhagen, or UTC": "er ikke en tidszone: skriv Område/By, "
    "som Europe/Copenhagen, eller UTC",
    "is not a zone that exists: write Area/City, such as Europe/Copenhagen, or UTC": "er ikke en tidszone, der findes: skriv "
    "Område/By, som Europe/Copenhagen, eller UTC",
    "is used twice (first in {first})": "er brugt to gange (første gang i {first})",
    "is used twice (first in line {first})": "er brugt to gange (første gang i linje {first})",
    "does not have the role {role}": "har ikke rollen {role}",
    "is before from; both days are included": "ligger før from; begge dage er med",
    "suggests only above what is sure: suggest must not be more than sure": "foreslår først over det, der er sikkert: "
    "suggest må ikke være mere end sure",
    # Articles
    "has fewer than {few} questions; people ask in more ways than that": "har færre end {few} spørgsmål; folk spørger på "
    "flere måder end det",
    "is the article itself": "er artiklen selv",
    "stands twice; a word has one group (first in line {first})": "står to gange; et ord har én gruppe (første gang i linje {first})",
    'is nearly the question "{question}": a test must ask in other words': 'er næsten spørgsmålet "{question}": en prøve skal '
    "spørge med andre ord",
    "stands twice in this article (first in {first})": "står to gange i denne artikel (første gang i {first})",
    "is a question of {article} too ({first})": "er også et spørgsmål i {article} ({first})",
    "has passed (owner: {owner})": "er passeret (ejer: {owner})",
    "does not find this article: the answer is {article}": "finder ikke denne artikel: svaret er {article}",
    "does not find this article: suggested are {articles}": "finder ikke denne artikel: forslagene er {articles}",
    "does not find this article: {article} says that it is not ours": "finder ikke denne artikel: {article} siger, at det ikke er vores",
    "does not find this article: there is no answer": "finder ikke denne artikel: der er intet svar",
    "is answered with this article and should not be": "besvares med denne artikel, og det skal det ikke",
    # Hours and calendars
    "runs backwards: begin with the earlier weekday": "går baglæns: begynd med den første ugedag",
    'is not hours: write one text in quotes, such as "08:00-16:00"': "er ikke en åbningstid: skriv én tekst i anførselstegn, "
    'som "08:00-16:00"',
    "has more than 59 minutes": "har mere end 59 minutter",
    'does not end after it starts; past midnight goes on, such as "22:00-30:00"': "slutter ikke, efter at den begynder; "
    'over midnat tælles videre, som "22:00-30:00"',
    "starts on the next day: let it stand there": "begynder på den næste dag: lad den stå dér",
    "ends after 36:00": "slutter efter 36:00",
    'is not a day of the year: write it like "12-24"': 'er ikke en dag i året: skriv den som "12-24"',
    "is not a day of the year that exists": "er en dag i året, der ikke findes",
    "is not a weekday or a range of them: {weekdays}, mon-thu": "er ikke en ugedag eller en række af dem: {weekdays}, mon-thu",
    "needs either date or every, and not both": "skal have enten date eller every, og ikke begge",
    "leaves no open time within two years": "giver ingen åbningstid inden for to år",
    "has hours that overlap": "har åbningstider, der overlapper",
    "has hours that run into those of {day}": "har åbningstider, der løber ind i dem for {day}",
    "has hours that run into those of the next day": "har åbningstider, der løber ind i den næste dags",
    "has hours that those of the day before run into": "har åbningstider, som den foregående dags løber ind i",
    "is a second exception on the same day (the first is in line {first})": "er en undtagelse nummer to på samme dag "
    "(den første er i linje {first})",
    "is outside the time in which this file is valid": "ligger uden for den tid, som filen gælder i",
    "names {day} again, which {key} already does": "nævner {day} igen; det gør {key} allerede",
    # Spans and numbers
    "is ambiguous as open time: say hours (PT24H) or business_days": "er tvetydigt som åbningstid: skriv timer (PT24H) eller business_days",
    "is ambiguous where a day has 23 or 25 hours: say hours (PT72H) or months (P1M)": "er tvetydigt, når et døgn har 23 eller "
    "25 timer: skriv timer (PT72H) eller måneder (P1M)",
    "must be a whole number of days": "skal være et helt antal dage",
    "is a fraction: business days are whole, or say hours (open: PT4H)": "er en brøk: arbejdsdage er hele, eller skriv timer (open: PT4H)",
    "must be at least one day and less than five years": "skal være mindst én dag og under fem år",
    "must be more than nothing and less than five years": "skal være mere end ingenting og under fem år",
    "must be a span such as {example}": "skal være et tidsrum som {example}",
    "is negative": "er negativt",
    "is not a span: write hours and minutes like PT4H or PT1H30M": "er ikke et tidsrum: skriv timer og minutter som PT4H eller PT1H30M",
    "is no time at all": "er slet ingen tid",
    "is longer than five years": "er mere end fem år",
    "must lie above 0 and at most at 1": "skal ligge over 0 og højst på 1",
    "must rise from one to the next": "skal stige fra den ene til den næste",
    'must be a decimal number in quotes, such as "99.50"': 'skal være et decimaltal i anførselstegn, som "99.50"',
    "has more than two decimals": "har mere end to decimaler",
    "must lie between 0 and 100": "skal ligge mellem 0 og 100",
    "needs percent with rule percent, and without it with rule each": "skal have percent, når rule er percent, og ikke, når rule er each",
    # Contracts
    "is not supported: this edition reads schema 1": "kan ikke læses: denne udgave læser schema 1",
    "needs exactly one of open, business_days and wall": "skal have netop én af open, business_days og wall",
    "has a mode, which belongs to business_days": "har en mode; den hører til business_days",
    "needs mode: same_clock or end_of_day": "skal have mode: same_clock eller end_of_day",
    "is not after valid_from; it is the first day that is not included": "er ikke efter valid_from; det er den første dag, der ikke er med",
    "is a second {kind} target of {party} for severity {severity} (first in line {first})": "er servicemål nummer to af "
    "slagsen {kind} for {party} i fejlklasse {severity} (det første er i linje {first})",
    "has no target of kind {missing}": "har intet servicemål af slagsen {missing}",
    "pauses a reaction, which needs reaction_pausable: true under policies": "sætter en reaktion i bero; det kræver "
    "reaction_pausable: true under policies",
    "does not belong in the house's own agreement": "hører ikke til i husets egen aftale",
    "does not belong in the house's own agreement; its calendars stand in calendars.yaml": "hører ikke til i husets egen "
    "aftale; dens kalendere står i calendars.yaml",
    "is missing: a contract has a supplier, systems and calendars of its own": "mangler: en kontrakt har sin egen leverandør, "
    "sine egne systemer og sine egne kalendere",
    "is the highest severity and has no target of kind status": "er den højeste fejlklasse og har intet servicemål af slagsen status",
    "runs day and night, but contacts have no out_of_hours": "løber døgnet rundt, men contacts har ingen out_of_hours",
    "of {name} is explicit only until {until}, which does not cover next year": "for {name} er kun skrevet ud til {until}, "
    "og det dækker ikke næste år",
    "is shorter than that of the higher severity {severity} ({target})": "er kortere end i den højere fejlklasse {severity} ({target})",
    "has no contract beside it": "har ingen kontrakt ved siden af sig",
    "was activated on {day} with other content: undo the change, or make it a new version in a file of its own": "blev "
    "aktiveret {day} med andet indhold: fortryd ændringen, eller lav den til en ny version i sin egen fil",
    "is not what {file} says": "er ikke det, der står i {file}",
    "of {contract} is already in {file}": "af {contract} står allerede i {file}",
    "is not after that of version {version} ({day})": "er ikke efter den i version {version} ({day})",
    "overlaps version {version}, which is valid to {day}": "overlapper version {version}, som gælder til {day}",
    "leaves a gap: version {version} ends {day}": "efterlader et hul: version {version} slutter {day}",
    "is not activated: driftsvagt contract activate {file}": "er ikke aktiveret: driftsvagt contract activate {file}",
    "is not activated, and does not count before it is: driftsvagt contract activate {file}": "er ikke aktiveret og "
    "gælder først, når den er: driftsvagt contract activate {file}",
}

# What the YAML library says of text that is not YAML. What is not here is left out of a Danish sentence.
PROBLEMS: Mapping[str, str] = {
    "while parsing a block mapping": "mens en gruppe af nøgler læses",
    "while parsing a block collection": "mens en liste læses",
    "while parsing a flow sequence": "mens en liste i [ ] læses",
    "while parsing a flow mapping": "mens nøgler i { } læses",
    "while parsing a flow node": "mens noget i [ ] eller { } læses",
    "did not find expected node content": "indholdet mangler",
    "did not find expected ',' or ']'": "der mangler et komma eller en ]",
    "did not find expected ',' or '}'": "der mangler et komma eller en }",
    "did not find expected '-' indicator": "en linje er rykket skævt ind",
    "found character that cannot start any token": "et tegn, som en tekst ikke kan begynde med; sæt teksten i anførselstegn",
    "while scanning a simple key": "mens en nøgle læses",
    "while scanning a quoted scalar": "mens en tekst i anførselstegn læses",
    "while scanning for the next token": "mens det næste tegn læses",
    "could not find expected ':'": "der mangler et kolon",
    "mapping values are not allowed here": "et kolon står, hvor der ikke kan stå et (sæt teksten i anførselstegn)",
    "did not find expected key": "der mangler en nøgle, eller indrykningen er skæv",
    "found unexpected end of stream": "filen slutter midt i det",
    "found undefined alias": "et alias (*navn) findes ikke",
    "found character '\\t' that cannot start any token": "et tabulatortegn; brug mellemrum",
    "found character '@' that cannot start any token": "@ kan ikke stå først; sæt teksten i anførselstegn",
    "found character '`' that cannot start any token": "` kan ikke stå først; sæt teksten i anførselstegn",
    "expected <block end>, but found '<block mapping start>'": "indrykningen er skæv",
    "expected <block end>, but found '-'": "en streg (-) er rykket forkert ind",
    "expected <block end>, but found '<scalar>'": "en tekst står, hvor den ikke kan stå",
    "expected ',' or ']', but got '<stream end>'": "der mangler en ]",
    "expected the node content, but found '<stream end>'": "filen slutter midt i det",
}
