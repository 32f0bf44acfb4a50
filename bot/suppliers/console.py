"""Where no mail server is set: shows the mail that would have been sent, and says that it was not."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.desk.ports import Waiting
from bot.domain.picture import Picture
from bot.suppliers.letter import letter
from bot.wording.say import Voice


@dataclass(frozen=True, slots=True)
class ConsoleSupplier:
    """An outlet that cannot tell whether an earlier attempt was printed: paper does not answer."""

    write: Callable[[str], None]

    def send(self, row: Waiting, picture: Picture) -> str:
        written = letter(row, picture)
        heading = Voice(picture).say("mail.not_sent", to=f"{written.name} <{written.address}>")
        self.write(f"{heading}\n\n{written.subject}\n\n{written.body}")
        return row.message_id or str(row.id)

    def was_sent(self, row: Waiting) -> str | None:
        raise NotImplementedError
