"""An event → who hears of it: everybody who must, nobody else, each once, and the card last.

Mutants that die here: a note among ourselves reaches the employee; the employee hears her own words; the one who had it is
not told; the group that it left keeps its buttons; a card is sent although nothing on it changed; a phone call is mailed.
"""

from dataclasses import replace

import pytest
from cast import HELPERS, IT, IVO, KAREN, MIA, SAM, SUE, TO_IT, case, fresh, later, log, organisation

from bot.domain.commands import Kind, Milestone, Place
from bot.domain.events import Event, happened_from
from bot.domain.notices import (
    CaseShown,
    CaseTold,
    Directory,
    FaultReported,
    TicketShown,
    TicketTold,
    about_case,
    about_ticket,
    clock_listeners,
)
from bot.domain.people import GroupId, Role, SupportGroup, Tier
from bot.domain.systems import SupplierId
from bot.domain.ticket import Route

BOOK = Directory(organisation())
MINE = Place("web", Kind.DIRECT, "mia")
THEIRS, AT_IT = Place("web", Kind.CHANNEL, "nord"), Place("web", Kind.CHANNEL, "it")
THREAD = Place("web", Kind.THREAD, "nord", "1042")
SAMS = Place("web", Kind.DIRECT, "sam")


def told(before, after):
    """What was said since, as (place, news), and the cards as (place, "card"). `before` is spent, as after a save."""
    saved = replace(before, happened=()) if before else None
    done = replace(after, happened=after.happened[len(before.happened) :]) if before else after
    found = []
    for each in about_ticket(saved, done, BOOK):
        match each.notice:
            case TicketTold(number, news):
                assert number == 1042
                found.append((each.place, news))
            case TicketShown(_, group):
                assert each.key == f"ticket:1042:{group or 'mine'}"
                found.append((each.place, "card"))
    return found


CARDS = [(MINE, "card"), (THEIRS, "card")]


def test_a_new_ticket_is_two_cards():
    assert told(None, fresh()) == CARDS


def test_a_claim_is_told_to_the_employee():
    assert told(fresh(), fresh().claim(SAM, later(1))) == [(MINE, "acknowledged"), *CARDS]


def claimed():
    return fresh().claim(SAM, later(1))


def test_given_back_both_sides_hear():
    assert told(claimed(), claimed().release(SAM, later(2))) == [(MINE, "routed"), (THREAD, "routed"), *CARDS]


def test_sent_on_the_group_that_it_left_and_the_one_it_came_to_see_it():
    moved = told(claimed(), claimed().escalate(SAM, TO_IT, later(2)))
    assert moved == [(MINE, "routed"), (THREAD, "routed"), *CARDS, (AT_IT, "card")]


def test_the_one_who_stayed_silent_is_told_that_it_is_gone():
    nudged = claimed().nudge(later(2))
    assert told(claimed(), nudged) == [(SAMS, "nudged")]
    back = nudged.offer(Route(Tier.SUPERUSER, HELPERS.id, "inactive"), later(3))
    assert told(nudged, back) == [(MINE, "routed"), (THREAD, "routed"), (SAMS, "routed"), *CARDS]


def test_her_words_go_to_those_who_help_and_not_back_to_her():
    assert told(fresh(), fresh().comment(MIA, later(1), "t", "employee")) == [(THREAD, "commented")]
    spoken = claimed().comment(MIA, later(2), "t", "employee")
    assert told(claimed(), spoken) == [(THREAD, "commented"), (SAMS, "commented")]


def test_what_is_carried_and_what_is_kept():
    assert told(claimed(), claimed().comment(SAM, later(2), "t", "employee")) == [
        (MINE, "commented"), (THREAD, "carried"), *CARDS,
    ]  # fmt: skip
    assert told(claimed(), claimed().comment(SUE, later(2), "t", "internal")) == [(THREAD, "kept")]


def test_a_hold_and_its_end_are_told_and_her_own_answer_is_not():
    held = claimed().hold(SAM, later(2))
    assert told(claimed(), held) == [(MINE, "pause_started"), *CARDS]
    assert told(held, held.resume(SAM, later(3))) == [(MINE, "pause_ended"), *CARDS]
    assert told(held, held.comment(MIA, later(3), "t", "employee")) == [
        (THREAD, "commented"),
        (SAMS, "commented"),
        *CARDS,
    ]


def test_solved_confirmed_reopened_withdrawn():
    solved = claimed().resolve(SAM, later(2), "t")
    assert told(claimed(), solved) == [(MINE, "resolved_claimed"), (THREAD, "resolved_claimed"), *CARDS]
    assert told(solved, solved.confirm(MIA, later(3))) == [(MINE, "closed"), (SAMS, "closed"), *CARDS]
    assert told(solved, solved.lapse(later(3))) == [(MINE, "closed"), *CARDS]
    assert told(solved, solved.reopen(MIA, later(3))) == [(SAMS, "reopened"), (THREAD, "reopened"), *CARDS]
    assert told(claimed(), claimed().cancel(MIA, later(3))) == [(SAMS, "cancelled"), (THREAD, "cancelled"), *CARDS]
    assert told(fresh(), fresh().cancel(MIA, later(3))) == [(THREAD, "cancelled"), *CARDS]


def test_a_solved_ticket_without_an_assignee_is_offered_again_when_reopened():
    solved = replace(claimed().resolve(SAM, later(2), "t"), assignee=None)
    assert told(solved, solved.reopen(MIA, later(3))) == [(THREAD, "reopened"), *CARDS]


def test_a_nudge_for_nobody_is_no_nudge():
    assert told(fresh(), fresh().nudge(later(1))) == []


def test_waiting_for_the_supplier_again_is_said_as_again():
    at_it = fresh().escalate(SAM, TO_IT, later(1)).claim(IVO, later(2))
    handed = at_it.hand_over(IVO, later(3), 12)
    ours = handed.supplier_waits_for_us(IVO.id, later(4), later(4))

    def whys(before, after):
        done = replace(after, happened=after.happened[len(before.happened) :])
        return [each.notice.why for each in about_ticket(before, done, BOOK) if isinstance(each.notice, TicketTold)]

    assert whys(at_it, handed) == ["awaiting_supplier"]
    assert whys(handed, ours) == ["awaiting_supplier"]
    assert whys(ours, ours.we_wait_for_supplier(IVO.id, later(5), later(5))) == ["awaiting_supplier.again"]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("asked", {"outcome": "none"}), ("helped", {"article": "vpn"}), ("not_helped", {}), ("triaged", {}),
        ("contract_assigned", {"contract": "c", "version": 1}), ("severity_set", {"severity": "A"}), ("handed_over", {}),
        ("supplier_received", {}), ("info_requested", {}), ("info_provided", {}), ("work_started", {}),
        ("status_message", {}), ("workaround", {}), ("resolution_accepted", {}), ("resolution_rejected", {}),
        ("pause_disputed", {"pause_id": "p"}), ("pause_settled", {"pause_id": "p", "stands": True}),
        ("duplicate_of", {"case_id": "#1"}), ("voided", {"reason": "r"}), ("corrected", {"reason": "r"}),
    ],
)  # fmt: skip
def test_what_is_no_tickets_business_says_nothing(kind, payload):
    event = Event("#1042/9", "#1042", happened_from(kind, payload), later(1), later(1), corrects="#1042/1")
    assert list(about_ticket(fresh(), replace(fresh(), happened=(event,)), BOOK)) == []


# Where people and groups are met


def test_people_are_met_where_they_asked_if_that_is_connected():
    book = Directory(organisation(), ("web", "slack"))
    assert book.person(MIA.id, "slack").messenger == "slack"
    assert book.person(MIA.id, "teams").messenger == "web"
    assert book.person(MIA.id).messenger == "web"


def test_a_group_is_met_in_the_first_connected_messenger_where_it_has_a_channel():
    group = SupportGroup(GroupId("nord"), Tier.SUPERUSER, "dag", (), channels=(("slack", "C1"), ("web", "nordkanal")))
    house = organisation(groups={group.id: group})
    assert Directory(house, ("web", "slack")).group(group.id) == Place("web", Kind.CHANNEL, "nordkanal")
    assert Directory(house, ("teams", "slack")).group(group.id) == Place("slack", Kind.CHANNEL, "C1")
    assert Directory(house, ("teams",)).group(group.id) == Place("teams", Kind.CHANNEL, "nord")
    assert Directory(house).group(GroupId("gone")) == Place("web", Kind.CHANNEL, "gone")
    assert Directory(house).threads(group.id, "#7") == (Place("web", Kind.THREAD, "nordkanal", "7"),)
    assert Directory(house).threads(group.id, "S-7") == (Place("web", Kind.THREAD, "nordkanal", "S-7"),)
    assert Directory(house, ("slack", "web")).channels(group.id) == (
        Place("slack", Kind.CHANNEL, "C1"),
        Place("web", Kind.CHANNEL, "nordkanal"),
    )
    assert Directory(house).channels(GroupId("gone")) == (Place("web", Kind.CHANNEL, "gone"),)


def test_its_channel_is_that_of_the_group_concerned_or_of_the_first_there_is():
    assert BOOK.it() == BOOK.group(IT.id)
    assert BOOK.it(HELPERS.id) == THEIRS
    assert Directory(organisation(groups={})).it() == Place("web", Kind.CHANNEL, "it")


# A supplier case


def steps(before, after):
    """As `told`; the supplier's mail as "mail"."""
    done = replace(after, version=1, happened=after.happened[len(before.happened) if before else 0 :])
    found = []
    for each in about_case(done if before else replace(done, version=0), IT.id, BOOK):
        match each.notice:
            case FaultReported(12):
                assert each.place == BOOK.supplier(SupplierId("rimfrost"))
                found.append("mail")
            case CaseTold(12, news, _, detail):
                assert each.place == Place("web", Kind.THREAD, "it", "S-12")
                found.append(f"{news} {detail}".strip())
            case CaseShown(12):
                assert (each.place, each.key) == (AT_IT, "case:12")
                found.append("card")
    return found


def test_a_new_case_is_a_mail_a_word_in_its_thread_and_a_card():
    assert steps(None, case()) == ["mail", "handed_over mail", "card"]


@pytest.mark.parametrize(
    ("milestone", "detail", "said"),
    [
        (Milestone.RECEIVED, "", ["supplier_received", "card"]),
        (Milestone.PAUSE, "awaiting_customer", ["pause_started awaiting_customer", "card"]),
        (Milestone.CALLED, "", ["handed_over phone", "card"]),
        (Milestone.RESOLVED, "", ["resolved_claimed", "card"]),
        (Milestone.CANCEL, "", ["cancelled", "card"]),
    ],
)
def test_every_step_is_told_in_its_thread_and_a_call_is_not_mailed(milestone, detail, said):
    assert steps(case(), log(case(), milestone, 1, detail)) == said


def test_a_severity_is_told_when_it_changes():
    changed = log(case(), Milestone.RECEIVED, 1)
    both = log(changed, Milestone.SEVERITY, 2, "2")
    assert steps(case(), both) == ["supplier_received", "severity_set 2", "card"]


def test_a_case_to_which_nothing_happened_is_not_told():
    assert list(about_case(replace(case(), happened=()), IT.id, BOOK)) == []


# Clocks


def test_contract_managers_hear_from_due_on():
    house = organisation()
    assert list(clock_listeners(house, BOOK, "near")) == []
    for news in ("due", "breached"):
        assert list(clock_listeners(house, BOOK, news)) == [Place("web", Kind.DIRECT, KAREN.id)]
    assert house.having(Role.CONTRACT_MANAGER) == (KAREN,)
