"""What may go wrong in a command and is nobody's mistake in the program: told in a line, with an exit code, no stack trace."""

from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

from bot.cli.screen import stop

if TYPE_CHECKING:
    from bot.domain.people import Language

REFUSED, WRONG_SETTING, UNREACHABLE = 1, 2, 3


class Commands(TyperGroup):
    """Every command below has the same ways of failing."""

    def invoke(self, ctx: Any) -> object:
        try:
            return super().invoke(ctx)
        except _expected() as fault:
            stop(*_sentences(fault), code=_code(fault))


def _expected() -> tuple[type[Exception], ...]:
    """Imported when something has failed, not before."""
    from sqlalchemy.exc import OperationalError

    from bot.domain.refusals import Refused
    from bot.search import IndexNotBuiltError
    from bot.settings import SettingsRefused
    from bot.storage.knowledge import KnowledgeRefused

    return SettingsRefused, KnowledgeRefused, Refused, IndexNotBuiltError, OperationalError


def _sentences(fault: Exception) -> tuple[str, ...]:
    from sqlalchemy.exc import OperationalError

    from bot.domain.refusals import NoSuchCase, Refused
    from bot.search import IndexNotBuiltError
    from bot.storage.knowledge import KnowledgeRefused

    match fault:
        case OperationalError():
            return (f"The database (DRIFTSVAGT_DATABASE_URL) does not answer: {_first_line(fault.orig or fault)}",)
        case IndexNotBuiltError():
            return (f"The search index could not be built: {fault}",)
        case KnowledgeRefused():
            return tuple(each.said(_language()) for each in fault.complaints)
        case NoSuchCase(case_id):
            return (f"There is no case {case_id}. Write a ticket as 1042, a supplier case as S-12.",)
        case Refused():
            return (f"The desk says no: {type(fault).__name__} {fault}",)
        case _:
            return tuple(str(fault).splitlines())


def _language() -> "Language":
    """Of the settings, if they are right: a wrong one has been told before any file is read."""
    from bot.settings import Settings

    return Settings().language


def _code(fault: Exception) -> int:
    from sqlalchemy.exc import OperationalError

    from bot.settings import SettingsRefused

    if isinstance(fault, SettingsRefused):
        return WRONG_SETTING
    return UNREACHABLE if isinstance(fault, OperationalError) else REFUSED


def _first_line(fault: BaseException) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)
