"""What an HTML text is made of: its elements and attributes without the words, to see that no word became markup."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bones: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bones.append((tag, tuple(name for name, _ in attrs)))
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action"} and tag != "use"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def bones(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return _read(html).bones


def words(html: str) -> str:
    return " ".join(" ".join(_read(html).words).split())


def targets(html: str) -> list[str]:
    return _read(html).targets


def elements(html: str, tag: str) -> int:
    return sum(1 for name, _ in bones(html) if name == tag)
