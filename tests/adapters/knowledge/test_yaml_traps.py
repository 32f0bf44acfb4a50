"""YAML is read with the line of everything, and what YAML 1.1 reads otherwise than people is refused."""

import pytest

from bot.storage.knowledge.lines import read

TRAPS = [
    ("open: 22:00", 'x:1 x: open 22:00 is read by YAML as a number in base 60: write "22:00" in quotes'),
    ("a: 1\nlate: 190:20:30.15", "x:2 x: late 190:20:30.15 is a number written in an unusual way"),
    ("answer: no", 'x:1 x: answer no is read by YAML as true or false: write "no" in quotes'),
    ("answer: Off", 'x:1 x: answer Off is read by YAML as true or false: write "Off" in quotes'),
    ("on: 1", 'x:1 x: on 1 is read by YAML as bool, not as a word: write "on" in quotes'),
    ("2: two", 'x:1 x: 2 two is read by YAML as int, not as a word: write "2" in quotes'),
    ("code: 010", "x:1 x: code 010 is a number written in an unusual way"),
    ("code: 0x1F", "x:1 x: code 0x1F is a number written in an unusual way"),
    ("code: 1_000", "x:1 x: code 1_000 is a number written in an unusual way"),
    ("code: 1.5e+3", "x:1 x: code 1.5e+3 is a number written in an unusual way"),
    ("code: .inf", "x:1 x: code .inf is a number written in an unusual way"),
    ("day: 2026-02-30", "x:1 x: day 2026-02-30 is not a date that exists"),
    ("day: 2026-02-03T10:00:00", "x:1 x: day 2026-02-03T10:00:00 is not a plain date"),
    ("a: 1\nb: 2\na: 3", "x:3 x: a 1 is a key twice (first in line 1)"),
    ("a:\n  - {k: 1, k: 2}", "x:2 x: a[0].k 1 is a key twice (first in line 2)"),
    ("a: &x [1]\nb: *x", "x:2 x: b is an alias (*name): write the text out where it is needed"),
    ("a: {k: 1}\nb:\n  <<: {k: 2}", "x:3 x: b.<< is a merge key: write the keys out"),
    ("? [a, b]\n: 1", "x:1 x: ? 1 is not a key: keys are words"),
    ("a: !!set {x}", "x:1 x: a has the tag !!set: tags are not read here"),
    ("a: !!binary aGVq", "x:1 x: a has the tag !!binary: tags are not read here"),
    ("a: !!int word", "x:1 x: a word is a number written in an unusual way"),
    ("a: !!python/object/apply:os.system [ls]", "python/object/apply:os.system: tags are not read here"),
    ("a: 1\n b: 2", "x:2 x: is not YAML: mapping values are not allowed in this context"),
    ("a: 1\n---\nb: 2", "x:2 x: is not YAML: expected a single document in the stream, but found another document"),
    ("a: [1\nb: 2", "x:2 x: is not YAML: while parsing a flow sequence"),
    ("a: 1\n\tb: 2", "x:2 x: is not YAML: while scanning a plain scalar, found a tab character"),
    ("a: 1\nb: \x07", "x:2 x: has a character that is not text"),
    ("", "x:1 x: is empty"),
    ("# only a remark", "x:1 x: is empty"),
    ("[" * 60 + "]" * 60, "is nested too deep"),
]


@pytest.mark.parametrize(("text", "sentence"), TRAPS, ids=[text[:25] for text, _ in TRAPS])
def test_what_yaml_reads_otherwise_than_people_is_refused(text: str, sentence: str):
    said = [str(each) for each in read("x", text.encode()).complaints]
    assert len(said) == 1
    assert sentence in said[0]


def test_what_is_not_utf_8_is_refused_with_its_line():
    (complaint,) = read("x", "a: 1\nb: blåbær".encode("latin-1")).complaints
    assert str(complaint) == "x:2 x: is not UTF-8: byte 10 cannot be read"


def test_values_keep_the_line_they_stand_on():
    page = read("x", "\ufeffa: 1\nb:\n  - c: æ\n    d: 'no'\n  - 2026-01-31\ne: [0.5, true, ~, '22:00']\n".encode())
    assert page.complaints == []
    assert page.at(("b", 0)) == {"c": "æ", "d": "no"}
    assert page.at(("b", 1)).isoformat() == "2026-01-31"
    assert page.at(("e",)) == [0.5, True, None, "22:00"]
    assert [page.line(place) for place in [(), ("a",), ("b", 0, "d"), ("b", 1), ("e", 2)]] == [1, 1, 4, 5, 6]


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it():
    page = read("x", b"a:\n  b:\n    c: 1\n")
    assert page.line(("a", "b", "missing", 3)) == 2


def test_several_traps_are_told_together():
    page = read("x", b"a: no\nb: 22:00\nc: 1\nc: 2\n")
    assert [each.line for each in page.complaints] == [1, 2, 4]


def test_a_long_value_is_shortened_in_a_complaint():
    page = read("x", b"a: " + b"word " * 40)
    page.refuse(("a",), "is too long")
    assert len(str(page.complaints[0])) < 100
