"""A directory of YAML files → the knowledge, or complaints with file and line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.desk.ports import Known
from bot.domain.articles import ArticleId
from bot.domain.contracts import Contract, Contracts
from bot.domain.service_hours import Calendar
from bot.domain.systems import Organisation
from bot.storage.knowledge.articles import Found, articles_of, check_articles, glossary_of
from bot.storage.knowledge.calendars import Validity, calendars_of
from bot.storage.knowledge.complaints import Complaint, refusals
from bot.storage.knowledge.contract_warnings import warn_of_contract
from bot.storage.knowledge.contracts import contract_of
from bot.storage.knowledge.files import Files, Pages, files_in, missing_page, pages_of
from bot.storage.knowledge.locks import lock_of
from bot.storage.knowledge.organisation import names_in, organisation_of
from bot.storage.knowledge.page import Page
from bot.storage.knowledge.shape import Names
from bot.storage.knowledge.versions import Signed, check_versions, joined

_PAST_YEARS, _FUTURE_YEARS = 5, 3  # for which the house's own closed days are made explicit


@dataclass(frozen=True, slots=True)
class Loaded:
    """`known` is None if anything was refused; `good` is what is right all the same, to look at. `golden_lines` has the line of each test question of each article."""

    known: Known | None
    complaints: tuple[Complaint, ...]
    glossary: tuple[tuple[str, ...], ...] = ()
    golden_lines: Mapping[tuple[ArticleId, str], int] = field(default_factory=dict)
    signed: tuple[Signed, ...] = ()
    good: Known | None = None

    @property
    def refusals(self) -> tuple[Complaint, ...]:
        return refusals(self.complaints)


def load(directory: Path, today: date) -> Loaded:
    """Everything, or everything that is wrong with it. `today` decides what has passed its review date."""
    return load_files(files_in(directory), today)


def load_articles(directory: Path) -> Loaded:
    """Articles (and a glossary) that belong to no organisation: for trying the search on a collection."""
    pages = pages_of(files_in(directory))
    found = articles_of(pages.articles, {}, loose=True)
    glossary = glossary_of(pages.glossary) if pages.glossary else ()
    known = Known(Organisation(), {each.article.id: each.article for each in found})
    missing = () if pages.articles else (missing_page(pages.directory, "articles"),)
    return _loaded(known, (*pages.for_search(), *missing), glossary, found)


def load_files(files: Files, today: date) -> Loaded:
    pages = pages_of(files)
    names = names_in(pages.organisation, pages.calendars, pages.systems, pages.suppliers)
    organisation = organisation_of(pages.organisation, pages.systems, pages.suppliers, names)
    house = house_calendars(pages.calendars, today)
    signed = _signed(pages, names, house, today)
    contracts = joined(signed)
    found = articles_of(pages.articles, names)
    check_articles(found, today)
    glossary = glossary_of(pages.glossary) if pages.glossary else ()
    known = Known(
        organisation=organisation,
        articles={each.article.id: each.article for each in found},
        contracts=contracts,
        calendars=house,
        agreement=_agreement(contracts, today),
    )
    return _loaded(known, pages.all(), glossary, found, tuple(signed))


def house_calendars(page: Page, today: date) -> Mapping[str, Calendar]:
    """The house's own hours are not signed, so they hold for every date, and their closed days for the years around now."""
    for place, key in page.keys(()):
        if key != "calendars":
            page.refuse(place, "is not a known key here")
    closed_from, closed_until = date(today.year - _PAST_YEARS, 1, 1), date(today.year + _FUTURE_YEARS + 1, 1, 1)
    return calendars_of(page, Validity(date.min, None, closed_from, closed_until))


def _signed(pages: Pages, names: Names, house: Mapping[str, Calendar], today: date) -> list[Signed]:
    signed = []
    for page in pages.contracts:
        lock_page = pages.lock_for(page)
        lock = lock_of(lock_page, page) if lock_page else None
        contract = contract_of(page, names, house, lock, today)
        if contract:
            warn_of_contract(page, contract, lock, today)
            signed.append(Signed(page, contract, lock))
    check_versions(pages.contracts)
    known_locks = {lock.file for lock in map(pages.lock_for, pages.contracts) if lock}
    for name, page in pages.locks.items():
        if name not in known_locks:
            page.refuse((), "has no contract beside it", line=1)
    return signed


def _agreement(contracts: Contracts, today: date) -> Contract | None:
    """The house's promises in force, else the newest there are."""
    every = [each for each in contracts.versions if each.kind == "agreement"]
    begun = [each for each in every if each.valid_from <= today]
    return next(reversed(begun or every), None)


def _loaded(
    known: Known,
    pages: Iterable[Page],
    glossary: tuple[tuple[str, ...], ...],
    found: Iterable[Found],
    signed: tuple[Signed, ...] = (),
) -> Loaded:
    complaints = sorted((each for page in pages for each in page.complaints), key=lambda each: (each.file, each.line))
    lines = {
        (each.article.id, question): each.page.line((*each.place, "tests", key, number))
        for each in found
        for key, questions in (("matches", each.article.golden.matches), ("not", each.article.golden.excludes))
        for number, question in enumerate(questions)
    }
    is_whole = not any(each.is_refusal for each in complaints)
    return Loaded(known if is_whole else None, tuple(complaints), glossary, lines, signed, known)
