"""Whatever stands in a file, it is read or told: it never stops the program."""

from datetime import date
from typing import Any

import yaml
from house_in_files import FILES, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.knowledge.files import Files
from bot.storage.knowledge.load import load_files

ODD = [None, [], {}, 0, -1, 1.5, "", True, "x", [None], [[1]], [{}], {"id": []}, date(2026, 1, 1), 10**40]


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(each for key, member in inside for each in places(member, (*place, key)))]


def put(value: Any, place: tuple[Any, ...], odd: Any) -> Any:
    if not place:
        return odd
    inside = value
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = odd
    return value


@st.composite
def broken_houses(draw: st.DrawFn) -> Files:
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    if draw(st.booleans()):
        value = yaml.safe_load(text)
        text = yaml.safe_dump(put(value, draw(st.sampled_from(places(value))), draw(st.sampled_from(ODD))))
    else:
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(list(":[}\n\t\0'\"#&*!|é-"))) + text[at + draw(st.integers(0, 9)) :]
    return Files("knowledge", {each: FILES[each].encode() for each in FILES} | {name: text.encode()})


@given(broken_houses())
@settings(max_examples=80, deadline=None)
def test_a_file_with_nonsense_in_it_is_read_or_told(files: Files):
    loaded = load_files(files, TODAY)
    assert (loaded.known is None) == bool(loaded.refusals)
    for complaint in loaded.complaints:
        assert complaint.file.startswith("knowledge/")
        assert 1 <= complaint.line <= files.contents[complaint.file.removeprefix("knowledge/")].count(b"\n") + 2
