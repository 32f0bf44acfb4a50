"""The files of a knowledge directory as they are at one moment, sorted by what they hold."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.storage.knowledge.lines import read
from bot.storage.knowledge.locks import SUFFIX, lock_name
from bot.storage.knowledge.page import Page

_KINDS = ("articles", "systems", "suppliers", "contracts")
_SINGLE = ("organisation", "calendars", "glossary")


@dataclass(frozen=True, slots=True)
class Files:
    """Names are relative to the directory, with `/`. Everything is read at once, and made sense of afterwards."""

    directory: str
    contents: Mapping[str, bytes]

    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Pages:
    """Every file as a page. A file that must be there and is not is a page that says so."""

    directory: str
    organisation: Page
    calendars: Page
    glossary: Page | None
    articles: tuple[Page, ...]
    systems: tuple[Page, ...]
    suppliers: tuple[Page, ...]
    contracts: tuple[Page, ...]  # and agreements
    locks: Mapping[str, Page]  # by the name of the lock file
    strangers: tuple[Page, ...]  # named so that nobody would read them

    def all(self) -> tuple[Page, ...]:
        house = (self.organisation, self.calendars, *self.systems, *self.suppliers, *self.contracts)
        return (*house, *self.locks.values(), *self.strangers, *self.for_search())

    def for_search(self) -> tuple[Page, ...]:
        return (*self.articles, self.glossary) if self.glossary else self.articles

    def lock_for(self, contract: Page) -> Page | None:
        return self.locks.get(lock_name(contract.file))


def files_in(directory: Path) -> Files:
    """Reads every YAML file. A file that disappears meanwhile was not there."""
    contents = {}
    for path in sorted(directory.rglob("*.y*ml")):
        name = path.relative_to(directory).as_posix()
        if path.suffix in {".yaml", ".yml"} and not any(part.startswith(".") for part in name.split("/")):
            try:
                contents[name] = path.read_bytes()
            except (FileNotFoundError, IsADirectoryError):
                continue
    return Files(directory.as_posix(), contents)


def pages_of(files: Files) -> Pages:
    sorted_names: dict[str, list[Page]] = {}
    for name, content in files.contents.items():
        sorted_names.setdefault(_kind(name), []).append(read(f"{files.directory}/{name}", content))
    several = {kind: tuple(pages) for kind, pages in sorted_names.items()}

    def one(kind: str) -> Page | None:
        return next(iter(several.get(kind, ())), None)

    locks = {page.file: page for page in several.get("lock", ())}
    strangers = several.get("stranger", ())
    for page in strangers:
        page.refuse((), _STRANGE, line=1)
    return Pages(
        directory=files.directory,
        organisation=one("organisation") or missing_page(files.directory, "organisation.yaml"),
        calendars=one("calendars") or missing_page(files.directory, "calendars.yaml"),
        glossary=one("glossary"),
        articles=several.get("articles", ()),
        systems=several.get("systems", ()),
        suppliers=several.get("suppliers", ()),
        contracts=several.get("contracts", ()),
        locks=locks,
        strangers=strangers,
    )


def missing_page(directory: str, name: str) -> Page:
    page = Page(f"{directory}/{name}", None, {})
    page.refuse((), "is missing", line=1)
    return page


_STRANGE = (
    "is a file that nobody reads: files end in .yaml, and stand in articles/, systems/, suppliers/ or contracts/ "
    "or are called organisation, calendars, agreement or glossary"
)


def _kind(name: str) -> str:
    folder, _, _ = name.partition("/")
    if not name.endswith(".yaml"):
        return "stranger"
    if name.endswith(SUFFIX):
        return "lock"
    if "/" in name:
        return folder if folder in _KINDS else "stranger"
    # Earlier versions of the house's agreement keep standing beside it: agreement-v1.yaml.
    if name.startswith("agreement"):
        return "contracts"
    stem = name.removesuffix(".yaml")
    return stem if stem in _SINGLE else "stranger"
