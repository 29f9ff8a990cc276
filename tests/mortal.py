"""A worker that is killed again and again: ``python -m tests.mortal SECONDS SECONDS …``.

Each time a child does the clock's duties, delivers mail and decides what is to be decided, over
and over, until it is killed with SIGKILL after so many seconds. At the end one child is let live.
"""

import os
import signal
import sys
import time

import django
from django.db import connections, transaction
from django.utils import timezone

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 models come after the set-up

from articles import duties as article_duties  # noqa: E402, F401 registers what comes with time
from cms.clock import do_duties  # noqa: E402
from cms.outbox.delivery import CLAIM, deliver  # noqa: E402
from cms.workflows.actions import MoveNotAllowed  # noqa: E402
from licensing import duties  # noqa: E402, F401 registers what comes with time
from licensing.actions import requests, settling  # noqa: E402
from licensing.models import PermissionRequest, RequestStatus  # noqa: E402

DESK = "rights_desk"


def decide_all(after=lambda: None) -> bool:
    """Decides what is to be decided, and calls ``after`` each. Returns whether anything was."""
    by = get_user_model().objects.get(username=DESK)
    rows = PermissionRequest.objects.filter(
        status__in=[RequestStatus.IN_REVIEW, RequestStatus.QUOTED]
    )
    found = list(rows.order_by("pk"))
    for permission_request in found:
        try:
            if permission_request.status == RequestStatus.IN_REVIEW:
                settling.issue(permission_request, by=by)
            else:
                requests.accept(permission_request)
        except MoveNotAllowed:
            continue
        after()
    return bool(found)


def work() -> bool:
    """One round of all that is due. Returns whether anything was left to decide."""
    anything = decide_all(after=deliver)
    do_duties(at=timezone.now())
    deliver()
    return anything


def live() -> None:
    """Until killed."""
    while True:
        work()


def warm_up() -> None:
    """What a worker reads once, templates and the like, is read before it can be killed."""
    with transaction.atomic():
        decide_all()
        transaction.set_rollback(True)


def main() -> int:
    warm_up()
    for length in map(float, sys.argv[1:]):
        # A connection that is shared with a child that dies is no connection any more.
        connections.close_all()
        child = os.fork()
        if child == 0:
            live()
        time.sleep(length)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    while work():
        pass
    # What a dead worker had claimed is free again once its claim is too old.
    deliver(now=lambda: timezone.now() + 2 * CLAIM)
    return 0


if __name__ == "__main__":
    sys.exit(main())
