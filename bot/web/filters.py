"""What a list shows is said in its address, so that it can be kept, sent and gone back to. Whatever is not understood says nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from bot.domain.events import Party
from bot.domain.lists import Age, Behind, Pressing, Wanted
from bot.domain.measures import ANSWERED, BREACHED, CLAIMED, HANDED, JUDGED
from bot.domain.people import GroupId, Language, SiteId, SystemId, Tier
from bot.domain.systems import Organisation, SupplierId
from bot.web.words import say

TIERS = {"superbruger": Tier.SUPERUSER, "it": Tier.IT}
HOLDERS: dict[str, frozenset[Party]] = {
    "os": frozenset({Party.SUPERUSER, Party.IT}),
    "superbruger": frozenset({Party.SUPERUSER}),
    "it": frozenset({Party.IT}),
    "leverandoer": frozenset({Party.SUPPLIER}),
    "medarbejder": frozenset({Party.EMPLOYEE}),
}
AGES: dict[str, Age] = {"doegn": "day", "uge": "week", "aeldre": "older"}
PRESSING: dict[str, Pressing] = {"naer": "near", "overskredet": "late", "bero": "held"}
MEASURES = {"overdraget": HANDED, "taget": CLAIMED, "svaret": ANSWERED, "afgjort": JUDGED, "overskredet": BREACHED}
KEYS = ("q", "system", "sted", "gruppe", "led", "venter", "alder", "frist", "leverandoer")
FIGURE = ("maal", "del", "fra", "til")  # what a figure counts; carried along, and not chosen in the form
LONGEST = 100  # characters looked for


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A choice of the form: its name in the address, its label, and what may be chosen; the first says nothing."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """`said` holds what the address says and was understood."""

    said: Mapping[str, str]
    wanted: Wanted

    def href(self, path: str, **changes: str) -> str:
        """An address with some of it changed; an empty value says nothing."""
        query = {key: value for key, value in ({**self.said, **changes}).items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def is_narrowed(self) -> bool:
        return bool(self.said)


def read_filters(request: Request, organisation: Organisation) -> Filters:
    known: dict[str, Mapping[Any, object]] = {
        "system": organisation.systems,
        "sted": organisation.sites,
        "gruppe": organisation.groups,
        "led": TIERS,
        "venter": HOLDERS,
        "alder": AGES,
        "frist": PRESSING,
        "leverandoer": organisation.suppliers,
        "maal": MEASURES,
    }
    said = {key: value for key, among in known.items() if (value := request.query_params.get(key, "")) in among}
    if text := request.query_params.get("q", "").strip()[:LONGEST]:
        said["q"] = text
    behind = _behind(request, said)
    if behind is None:
        said.pop("maal", None)
    return Filters(
        said,
        Wanted(
            system=SystemId(said["system"]) if "system" in said else None,
            site=SiteId(said["sted"]) if "sted" in said else None,
            group=GroupId(said["gruppe"]) if "gruppe" in said else None,
            tier=TIERS.get(said.get("led", "")),
            holders=HOLDERS.get(said.get("venter", ""), frozenset()),
            supplier=SupplierId(said["leverandoer"]) if "leverandoer" in said else None,
            age=AGES.get(said.get("alder", "")),
            pressing=PRESSING.get(said.get("frist", "")),
            text=text,
            behind=behind,
        ),
    )


def fields_of(filters: Filters, organisation: Organisation, language: Language, names: Iterable[str]) -> list[Field]:
    """The form: what may be chosen, and what is."""
    labels: dict[str, dict[str, str]] = {
        "system": {key: each.name for key, each in organisation.systems.items()},
        "sted": {key: each.name for key, each in organisation.sites.items()},
        "gruppe": {key: each.name or key for key, each in organisation.groups.items()},
        "leverandoer": {key: each.name for key, each in organisation.suppliers.items()},
        "led": {key: say(language, f"f.led.{key}") for key in TIERS},
        "venter": {key: say(language, f"f.venter.{key}") for key in HOLDERS},
        "alder": {key: say(language, f"f.alder.{key}") for key in AGES},
        "frist": {key: say(language, f"f.frist.{key}") for key in PRESSING},
    }
    return [
        Field(
            name,
            say(language, f"f.{name}"),
            (
                Option("", say(language, "f.all"), name not in filters.said),
                *(Option(key, label, filters.said.get(name) == key) for key, label in labels[name].items()),
            ),
        )
        for name in names
    ]


def _behind(request: Request, said: dict[str, str]) -> Behind | None:
    """Both days as "2026-11-01"; letters and figures compare as the days do."""
    measure = MEASURES.get(said.get("maal", ""))
    since, until = request.query_params.get("fra", ""), request.query_params.get("til", "")
    if measure is None or not (_is_day(since) and _is_day(until)):
        return None
    part = request.query_params.get("del", "")[:LONGEST]
    said |= {"fra": since, "til": until} | ({"del": part} if part else {})
    return Behind(measure, part, since, until)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text.isascii() and text.replace("-", "").isdigit()
