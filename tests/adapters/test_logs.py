"""The log as JSON: one object a line, whatever is in the message, with the fault beside it."""

import json
import logging
import sys

from bot.app.logs import Structured


def structured(message, *values, fault=None):
    record = logging.LogRecord("driftsvagt", logging.WARNING, __file__, 1, message, values, fault)
    text = Structured().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_says_when_where_and_what():
    said = structured("notice %s: %s", 7, "blev udskudt\nlinje 2")
    assert said["message"] == "notice 7: blev udskudt\nlinje 2"
    assert (said["level"], said["logger"]) == ("warning", "driftsvagt")
    assert said["at"].endswith("+00:00")
    assert "fault" not in said


def test_a_fault_comes_with_where_it_was():
    try:
        int("no number")
    except ValueError:
        said = structured("delivery failed", fault=sys.exc_info())
    assert "test_a_fault_comes_with_where_it_was" in said["fault"]
    assert said["fault"].endswith("ValueError: invalid literal for int() with base 10: 'no number'")
