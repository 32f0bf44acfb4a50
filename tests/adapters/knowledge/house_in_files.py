"""A small house in files, which tests break in one place at a time."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.storage.knowledge import Complaint, Loaded, load

TODAY = date(2026, 11, 23)

ORGANISATION = """\
name: Fjordby Kommune
zone: Europe/Copenhagen
sites:
  - {id: nord, name: Hjemmeplejen Nord}
people:
  - {id: mia, name: Mia, email: mia@fjordby.example, site: nord, roles: [employee]}
  - {id: sam, name: Sam, email: sam@fjordby.example, site: nord, roles: [employee, superuser]}
  - id: ivo
    name: Ivo
    email: ivo@fjordby.example
    site: nord
    roles: [employee, it]
    language: en
    away:
      - {from: 2026-11-23, to: 2026-11-27}
groups:
  - {id: omsorg-nord, name: Omsorg, tier: superuser, system: omsorg, site: nord, members: [sam], channel: {web: omsorg-nord, slack: C01}, calendar: hus}
  - {id: it, tier: it, members: [ivo], calendar: hus}
"""

CALENDARS = """\
calendars:
  hus:
    zone: Europe/Copenhagen
    weekly:
      mon-fri: ["08:00-16:00"]
    closed: {base: dk_public}
"""

AGREEMENT = """\
schema: 1
contract:
  id: fjordby-support
  title: "Intern aftale"
  kind: agreement
  version: 1
  valid_from: 2026-01-01
  valid_to: null
  reporting_zone: Europe/Copenhagen
severities:
  - {id: alle}
pause_reasons:
  awaiting_employee: {name: "afventer medarbejder", may_start: [superuser, it]}
targets:
  - {id: superuser-reaction, severity: alle, kind: reaction, party: superuser, calendar: hus, budget: {open: PT30M}}
  - {id: it-reaction, severity: alle, kind: reaction, party: it, calendar: hus, budget: {open: PT2H}}
  - {id: answer, severity: alle, kind: resolution, party: it, start: opened, calendar: hus, budget: {open: PT16H}, pausable: [awaiting_employee]}
"""

CONTRACT = """\
schema: 1
contract:
  id: strandvejr-drift
  title: "Driftsaftale"
  kind: contract
  supplier: strandvejr
  systems: [omsorg]
  version: 1
  valid_from: 2026-01-01
  valid_to: null
  reporting_zone: Europe/Copenhagen
  document: "Bilag 7"
  approved: {by: kontraktansvarlig, date: 2025-12-10}
calendars:
  dogn:
    zone: Europe/Copenhagen
    weekly: {mon-sun: ["00:00-24:00"]}
    closed: {base: none}
  hverdag:
    zone: Europe/Copenhagen
    weekly:
      mon-thu: ["08:00-12:00", "12:30-16:00"]
      fri: ["08:00-15:00"]
    closed: {base: dk_public, add: [2026-05-16], remove: [2026-05-25]}
    exceptions:
      - {every: "06-05", hours: ["08:00-12:00"], why: "Grundlovsdag"}
      - {every: "12-24", hours: []}
      - {date: 2026-05-15, hours: [], why: "Aftalt lukkedag"}
severities:
  - {id: A, name: kritisk, notify_always: true, start_channel: phone}
  - {id: B, name: betydende}
pause_reasons:
  awaiting_customer: {name: "afventer kunde", may_start: [supplier, it], remind_after: {calendar: hverdag, business_days: 3}}
defaults:
  party: supplier
  start: handed_over
  requires_complete_report: true
  warnings: [0.50, 0.75, 0.90, 1.00]
  compliance: {rule: percent, percent: 90}
targets:
  - {id: A-reaktion, severity: A, kind: reaction, calendar: dogn, budget: {open: PT30M}, pausable: [], compliance: {rule: each}}
  - {id: A-afhjaelpning, severity: A, kind: resolution, calendar: dogn, budget: {open: PT8H}, pausable: [awaiting_customer]}
  - {id: A-status, severity: A, kind: status, calendar: dogn, budget: {open: PT2H}}
  - {id: B-reaktion, severity: B, kind: reaction, calendar: hverdag, budget: {business_days: 1, mode: same_clock}}
  - {id: B-afhjaelpning, severity: B, kind: resolution, calendar: hverdag, budget: {wall: P1M}, pausable: [awaiting_customer], warnings: [0.25, 1]}
policies:
  severity_raise: carry_elapsed
  accept_within: {calendar: hverdag, business_days: 10}
availability:
  - {system: omsorg, calendar: hverdag, target_percent: "99.50", window_notice: {calendar: hverdag, business_days: 5}}
contacts:
  hours: {calendar: hverdag, ref: strandvejr-servicedesk}
  out_of_hours: {calendar: dogn, ref: strandvejr-vagt, channel: phone}
"""

ARTICLES = """\
- id: vpn-hjemme
  questions:
    - Hvordan kommer jeg på VPN hjemmefra
    - vpn virker ikke
    - hjemmearbejde kræver vpn
    - fjernadgang til drevene
    - connect from home
  answer:
    da: Åbn klienten.
    en: Open the client.
  system: omsorg
  owner: ivo@fjordby.example
  review_by: 2027-06-30
  audience: [employee, it]
  see_also: [kaffe]
  tests:
    matches:
      - sidder i sommerhuset og mangler mappen
    not:
      - hvem bestiller kage

- id: kaffe
  questions: [kaffe til møde, bestil kaffe, mødeforplejning, brød og kaffe, kan vi få te]
  answer: Det klarer kantinen.
  owner: ivo
  review_by: 2027-06-30
  covered: false
"""

FILES = {
    "organisation.yaml": ORGANISATION,
    "calendars.yaml": CALENDARS,
    "agreement.yaml": AGREEMENT,
    "contracts/strandvejr-v1.yaml": CONTRACT,
    "articles/pc.yaml": ARTICLES,
    "glossary.yaml": "groups:\n  - [kode, password]\n  - [skærm, monitor]\n",
    "systems/omsorg.yaml": """\
id: omsorg
name: Omsorgsjournalen
aliases: [journalen]
owner: ivo
superuser_groups: [omsorg-nord]
it_group: it
supplier: strandvejr
claim_within: 30 min
site_aware: true
""",
    "suppliers/strandvejr.yaml": """\
id: strandvejr
name: Strandvejr Systemer A/S
mail: servicedesk@strandvejr.example
phone: "+45 00 00 21 00"
ladder:
  - {name: Vagttelefon, phone: "+45 00 00 21 12"}
  - {name: Ada, mail: ada@strandvejr.example}
""",
}
CONTRACT_FILE = "contracts/strandvejr-v1.yaml"


@dataclass(frozen=True)
class House:
    directory: Path

    def write(self, name: str, text: str) -> None:
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def text(self, name: str) -> str:
        return (self.directory / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> int:
        """Replaces the one place where the old words stand; the line on which the new ones begin."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def remove(self, name: str) -> None:
        (self.directory / name).unlink()

    def load(self, today: date = TODAY) -> Loaded:
        return load(self.directory, today)

    def where(self, name: str, line: int) -> str:
        return f"{self.directory.as_posix()}/{name}:{line} "

    def refusal(self) -> str:
        """The only refusal there is, as it is told."""
        loaded = self.load()
        assert loaded.known is None
        assert len(loaded.refusals) == 1, [str(each) for each in loaded.refusals]
        return str(loaded.refusals[0])

    def warnings(self, today: date = TODAY) -> list[Complaint]:
        """Everything but what is said of every contract that was never activated."""
        loaded = self.load(today)
        assert loaded.known is not None, [str(each) for each in loaded.refusals]
        return [each for each in loaded.complaints if not each.reason.sentence.startswith("is not activated: ")]


SECOND = "contracts/strandvejr-v2.yaml"


def second_version(house: House, valid_from: str, *, first_ends: str = "null", version: int = 2) -> None:
    """The contract again, later."""
    text = house.text(CONTRACT_FILE)
    text = text.replace("version: 1", f"version: {version}")
    text = text.replace("valid_from: 2026-01-01", f"valid_from: {valid_from}")
    house.write(SECOND, text.replace("date: 2026-05-15", "date: 2027-05-07"))
    house.change(CONTRACT_FILE, "valid_to: null", f"valid_to: {first_ends}")
