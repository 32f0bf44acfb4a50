"""Whatever is wrong in a file can be said in Danish as well, with the same things named."""

import ast
import re
from pathlib import Path
from string import Formatter

import bot.storage.knowledge
from bot.storage.knowledge.complaints import Complaint, Reason
from bot.storage.knowledge.danish import KINDS, REASONS
from bot.storage.knowledge.shape import _SAID

FOLDER = Path(bot.storage.knowledge.__file__).parent
SENTENCE_IS = {"wrong": 0, "refuse": 1, "warn": 1, "of": 0, "Unreadable": 0, "_known": 0}  # which argument says it


def calls():
    for file in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, tree, getattr(node.func, "id", getattr(node.func, "attr", "")), node.args


def told():
    """Every sentence that the source holds: where it is said, or as a constant beside it."""
    for file, tree, name, args in calls():
        place = SENTENCE_IS.get(name)
        if place is None or name == "_known" or len(args) <= place:
            continue
        inside = args[place].args if isinstance(args[place], ast.Call) else []  # a table's `get`, with what is usual
        for said in (args[place], *inside):
            if isinstance(said, ast.Constant):
                yield said.value
        for named in ast.walk(args[place]):
            if isinstance(named, ast.Name) and named.id.startswith("_"):
                yield from constants(tree, named.id, file)
    yield from _SAID.values()
    yield "has hours that overlap"
    yield from ("has hours that run into those of the next day", "has hours that those of the day before run into")


def constants(tree, name, file):
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if getattr(target, "id", "") == name:
                value = ast.literal_eval(node.value)
                yield from value.values() if isinstance(value, dict) else [value]
                return
    assert name.startswith("_reason") or any(isinstance(n, ast.FunctionDef) and n.name == name for n in tree.body), (
        file,
        name,
    )


def fields(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_about_a_file_has_its_danish():
    assert len(set(told())) > 80
    assert set(told()) - set(REASONS) == set()


def test_no_danish_is_left_over_and_each_names_what_the_english_names():
    assert set(REASONS) - set(told()) == set()
    for english, danish in REASONS.items():
        assert fields(english) == fields(danish), english


def test_every_kind_of_thing_that_a_file_may_name_has_its_danish():
    kinds = {args[0].value for _, _, name, args in calls() if name == "_known"}
    assert kinds
    assert kinds | {"person"} == set(KINDS)


def test_a_complaint_keeps_file_line_path_and_value_and_changes_only_its_words():
    reason = Reason.of("is not a known {kind}; did you mean {close}?", kind="calendar", close="hverdag")
    complaint = Complaint(
        "contracts/x.yaml", 47, "x-drift", reason, path="targets[A-reaktion].calendar", value="hverdage"
    )
    where = "contracts/x.yaml:47 x-drift: targets[A-reaktion].calendar hverdage"
    assert str(complaint) == f"{where} is not a known calendar; did you mean hverdag?"
    assert complaint.said("da") == f"{where} er ikke en kendt kalender; mente du hverdag?"


def test_what_a_library_says_may_have_braces():
    assert Reason.of("cannot {be}").said("da") == "cannot {be}"


def test_a_file_that_is_no_yaml_is_told_in_one_language(house):
    house.write("articles/ny.yaml", "- id: [\n")
    (broken,) = house.load().refusals
    assert "er ikke YAML: mens noget i [ ] eller { } læses, indholdet mangler" in broken.said("da")
    assert "expected" not in broken.said("da")
    assert "is not YAML: while parsing a flow" in str(broken)
    unknown = Reason.of("is not YAML: {problem}", problem="never heard of {x}")
    assert unknown.said("da") == "er ikke YAML: fejlen er her eller lige før"
    assert unknown.said("en") == "is not YAML: never heard of {x}"


def test_who_refers_to_an_article_in_a_file_that_cannot_be_read_is_not_to_blame(house):
    house.write("articles/ny.yaml", "- id: [\n")
    house.change("articles/pc.yaml", "see_also: [kaffe]", "see_also: [i-den-nye-fil]")
    assert [each.file.rpartition("/")[2] for each in house.load().refusals] == ["ny.yaml"]


def test_no_danish_speaks_english():
    english = re.compile(r"\b(the|is not|must|write|with|which)\b")
    assert [each for each in REASONS.values() if english.search(each)] == []
