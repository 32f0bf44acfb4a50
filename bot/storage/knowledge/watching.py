"""Knowledge that follows its files while the desk runs. A broken file changes nothing but the mood of whoever broke it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from bot.desk.ports import Known
from bot.storage.knowledge.complaints import Complaint
from bot.storage.knowledge.files import files_in
from bot.storage.knowledge.load import Loaded, load_files

Tell = Callable[[tuple[Complaint, ...]], None]


class KnowledgeRefused(ValueError):
    """There is nothing good to begin with. `complaints` say why."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(map(str, complaints)))


class LiveKnowledge:
    """The last good reading of a directory. Any thread may ask and refresh; `tell` hears of each new set of complaints once."""

    def __init__(self, directory: Path, today: Callable[[], date], tell: Tell) -> None:
        """Raises KnowledgeRefused if the files cannot be used as they are."""
        self._directory = directory
        self._today = today
        self._tell = tell
        self._refreshing = Lock()
        files = files_in(directory)
        self._seen = (files.fingerprint(), today())
        self._good = load_files(files, self._seen[1])
        if self._good.known is None:
            raise KnowledgeRefused(self._good.refusals)
        self._known = self._good.known
        self._told: tuple[Complaint, ...] = ()
        self._say(self._good.complaints)

    def now(self) -> Known:
        return self._known

    def loaded(self) -> Loaded:
        """The last good reading, with its glossary and warnings."""
        return self._good

    def refresh(self) -> bool:
        """Reads the files again if a byte of them, or the date, is another than last time. True if `now()` changed."""
        with self._refreshing:
            files = files_in(self._directory)
            # Bytes, not times of change: an edit within the same tick, or a restored copy, is seen all the same.
            seen = (files.fingerprint(), self._today())
            if seen == self._seen:
                return False
            self._seen = seen
            loaded = load_files(files, seen[1])
            self._say(loaded.complaints)
            if loaded.known is None:
                return False
            self._good, self._known = loaded, loaded.known
            return True

    def _say(self, complaints: tuple[Complaint, ...]) -> None:
        if complaints and complaints != self._told:
            self._tell(complaints)
        self._told = complaints
