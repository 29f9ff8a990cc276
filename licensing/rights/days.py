"""Days and moments as parts of a sentence: in English here, and told apart from words, so that
whoever translates the sentence writes them as the reader does.
"""

from datetime import date, datetime

from licensing.rights.vocabulary import Sentence

DAY = "{day:%-d %B %Y}"
MOMENT = "{moment:%-d %B %Y, %H:%M %Z}"


def in_days(day: date) -> Sentence:
    """“3 May 2027”, as a part of another sentence."""
    return Sentence(DAY, (("day", day),))


def in_hours(moment: datetime) -> Sentence:
    """“3 May 2027, 14:00 UTC”, as a part of another sentence."""
    return Sentence(MOMENT, (("moment", moment),))
