"""Words and what is attached to them: a list of links under the words, in every messenger. Only the web gives the files out."""

from collections.abc import Sequence

from bot.domain.attachments import MEGABYTE, Attachment, names_of
from bot.domain.people import Language
from bot.wording.message import Link, Span
from bot.wording.say import say


def with_attachments(
    body: str, attachments: Sequence[Attachment], language: Language, base_url: str = ""
) -> tuple[Span, ...]:
    """Where nothing was written, the words are the files' names, and the list says them already."""
    if not attachments:
        return (body,)
    written = "" if body == names_of(attachments) else f"{body}\n\n"
    spans: list[Span] = [f"{written}{say(language, 'attached')}"]
    for each in attachments:
        link = Link(each.name, f"{base_url}/fil/{each.id}")
        spans += ["\n- ", link, f" ({size_words(each.size, language)})"]
    return tuple(spans)


def size_words(size: int, language: Language) -> str:
    """Of bytes, as people say it: "1,2 MB"."""
    if size < 1024:
        return f"{size} byte" if language == "da" or size == 1 else f"{size} bytes"
    if size < MEGABYTE - 512:
        return f"{round(size / 1024)} kB"
    said = f"{size / MEGABYTE:.1f}".removesuffix(".0")
    return f"{said.replace('.', ',') if language == 'da' else said} MB"
