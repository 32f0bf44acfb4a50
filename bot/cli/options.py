"""What several commands take as options: a month, and a language to speak in."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.desk.ports import Known
    from bot.domain.people import Language
    from bot.domain.picture import Picture
    from bot.reports.month import Month
    from bot.wording.say import Voice


def month_of(text: str, when: int, known: "Known") -> "Month":
    from bot.reports.month import Month

    if not text:
        return Month.at(when, known.organisation.zone)
    try:
        return Month.read(text)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--month") from None


def voice_of(picture: "Picture", language: str) -> "Voice":
    from bot.wording.say import Voice

    chosen: dict[str, Language] = {"da": "da", "en": "en"}
    if language not in chosen:
        raise typer.BadParameter("da or en", param_hint="--lang")
    voice = Voice(picture)
    voice.language = chosen[language]
    return voice
