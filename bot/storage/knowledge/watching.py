"""Knowledge that follows its files while the desk runs. A broken file changes nothing but the mood of whoever broke it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock

from bot.desk.ports import Known
from bot.storage.knowledge.complaints import Complaint
from bot.storage.knowledge.files import Files, files_in
from bot.storage.knowledge.load import Loaded, load_files

Tell = Callable[[tuple[Complaint, ...]], None]


class KnowledgeRefused(ValueError):
    """There is nothing good to begin with. `complaints` say why."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(map(str, complaints)))


class LiveKnowledge:
    """The last good reading of a directory. Any thread may ask and refresh; `tell` hears of each new set of complaints once."""

    def __init__(
        self,
        directory: Path,
        today: Callable[[], date],
        tell: Tell,
        last_good: Path | None = None,
        again: Callable[[Files, date], Loaded] = load_files,
        *,
        lenient: bool = False,
    ) -> None:
        """`last_good` keeps a copy of what was good, so that a file broken during a stop does not keep the desk shut.
        `again` reads what has changed while the desk runs. `lenient`: what is right of broken files will do, to look at.

        Raises KnowledgeRefused if the files cannot be used as they are, and there is no good copy.
        """
        self._directory = directory
        self._last_good = last_good
        self._again = again
        self._today = today
        self._tell = tell
        self._refreshing = Lock()
        files = files_in(directory)
        self._seen = (files.fingerprint(), today())
        found = load_files(files, self._seen[1])
        self._good = found if found.known else self._earlier(found)
        if self._good.known is None and lenient:
            self._good = replace(self._good, known=self._good.good)
        if self._good.known is None:
            raise KnowledgeRefused(found.refusals)
        self._known = self._good.known
        self._told: tuple[Complaint, ...] = ()
        if found.known:
            self._keep(files)
        self._say(found.complaints)

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
            loaded = self._again(files, seen[1])
            self._say(loaded.complaints)
            if loaded.known is None:
                return False
            self._good, self._known = loaded, loaded.known
            self._keep(files)
            return True

    def _earlier(self, broken: Loaded) -> Loaded:
        """What was good before the files were broken, if it was kept and still is."""
        if not (self._last_good and self._last_good.is_dir()):
            return broken
        earlier = load_files(files_in(self._last_good), self._seen[1])
        return earlier if earlier.known else broken

    def _keep(self, files: Files) -> None:
        """Written beside and renamed: a copy that is half there is never taken for a good one."""
        if self._last_good is None:
            return
        fresh = self._last_good.with_name(f"{self._last_good.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for name, content in files.contents.items():
            copy = fresh / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        shutil.rmtree(self._last_good, ignore_errors=True)
        fresh.rename(self._last_good)

    def _say(self, complaints: tuple[Complaint, ...]) -> None:
        if complaints and complaints != self._told:
            self._tell(complaints)
        self._told = complaints
