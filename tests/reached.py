"""How far somebody has read at one place, or at one part of it; None if they were never there."""

from dataclasses import replace


def reached(marks, person, place):
    return marks.reached_under(person, replace(place, thread="")).get(place.thread)
