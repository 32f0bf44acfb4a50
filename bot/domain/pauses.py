"""When a clock stands still (sat i bero): pauses folded from events, and which of them a target honours."""

from typing import Literal, NamedTuple

from bot.domain.events import PauseDisputed, PauseEnded, PauseSettled, PauseStarted
from bot.domain.history import Fact, History
from bot.domain.intervals import FOREVER, Intervals, union

AWAITING_ACCEPTANCE = "awaiting_acceptance"  # between a claim and its rejection; made by the fold, in no contract
Disputed = Literal["stands", "falls"]
_ENDS = ("closed", "cancelled", "duplicate_of")


class Pause(NamedTuple):
    """`end` is FOREVER while it is open. `stands` is None while a dispute is unsettled."""

    id: str
    reason: str
    start: int
    end: int = FOREVER
    stands: bool | None = True
    role: str = ""  # of whoever paused; empty for what the fold made

    def counts(self, disputed: Disputed) -> bool:
        return disputed == "stands" if self.stands is None else self.stands


def pauses_of(history: History) -> tuple[tuple[Pause, ...], tuple[str, ...]]:
    """Every pause of the case in order of its start, and the anomalies met."""
    if "pause_started" not in history.by_type and "pause_ended" not in history.by_type:
        return (), ()
    fold = _Fold()
    for fact in history.all("pause_ended", "pause_started", "pause_disputed", "pause_settled", *_ENDS):
        fold.apply(fact)
    pauses = [pause for pause in (*fold.over, *fold.open.values()) if pause.start < pause.end]
    if len(pauses) > 1:
        pauses.sort(key=lambda pause: (pause.start, pause.end, pause.id))
    if fold.views:
        pauses = [pause._replace(stands=fold.views.get(pause.id, pause.stands)) for pause in pauses]
    if fold.orphans:
        fold.anomalies.add("orphan_pause_end")
    return tuple(pauses), tuple(sorted(fold.anomalies))


def effective(pauses: tuple[Pause, ...], reasons: frozenset[str], disputed: Disputed = "stands") -> tuple[Pause, ...]:
    """Those with one of the reasons that count."""
    return tuple([pause for pause in pauses if pause.reason in reasons and pause.counts(disputed)])


def covered(pauses: tuple[Pause, ...]) -> Intervals:
    return union([(pause.start, pause.end) for pause in pauses]) if pauses else ()


def waiting(history: History, now: int, reason: str = "awaiting_customer") -> Intervals:
    """The time in which the case waited for that reason: the customer's own share, shown beside the supplier's."""
    waited = covered(tuple(pause for pause in pauses_of(history)[0] if pause.reason == reason))
    return tuple((start, min(end, now)) for start, end in waited if start < now)


class _Fold:
    def __init__(self) -> None:
        self.open: dict[str, Pause] = {}
        self.over: list[Pause] = []
        self.views: dict[str, bool | None] = {}
        self.orphans: dict[str, int] = {}
        self.anomalies: set[str] = set()

    def apply(self, fact: Fact) -> None:
        match fact.what:
            case PauseStarted(pause_id, reason):
                self._start(pause_id, reason, fact)
            case PauseEnded(pause_id):
                self._end(pause_id, fact.at)
            case PauseDisputed(pause_id):
                self.views.setdefault(pause_id, None)
            case PauseSettled(pause_id, stands):
                self.views[pause_id] = stands
            case _:  # nothing waits any more
                if self.open and fact.type == "closed":
                    self.anomalies.add("pause_without_end_at_close")
                for pause_id in tuple(self.open):
                    self._end(pause_id, fact.at)

    def _start(self, pause_id: str, reason: str, fact: Fact) -> None:
        if self.orphans.get(pause_id) == fact.at:
            # Ended in the second in which it began: the ranks put the end first, and the pause is empty.
            del self.orphans[pause_id]
        elif pause_id not in self.open:
            self.open[pause_id] = Pause(pause_id, reason, fact.at, role=fact.role)

    def _end(self, pause_id: str, at: int) -> None:
        pause = self.open.pop(pause_id, None)
        if pause is None:
            self.orphans[pause_id] = at
        else:
            self.over.append(pause._replace(end=at))
