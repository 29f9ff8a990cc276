"""What time does to recalls: holders are told, and reminded after three days and a week."""

from datetime import datetime

from django.utils.translation import ngettext

from cms.clock import duty
from licensing.actions import recalls


@duty("holders of copies are told")
def tell_holders(*, at: datetime) -> str:
    """Some of those who are still to be told; the rest comes with the next stroke."""
    told = recalls.tell_some(at=at)
    return ngettext("%d holder was told.", "%d holders were told.", told) % told if told else ""


@duty("holders of copies are reminded")
def remind_holders(*, at: datetime) -> str:
    """Those who have not said what became of their copies."""
    reminded = recalls.remind_some(at=at)
    said = ngettext("%d holder was reminded.", "%d holders were reminded.", reminded)
    return said % reminded if reminded else ""
