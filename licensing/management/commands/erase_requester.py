"""Forgets somebody who asked for permissions, or complained, and now wishes to be forgotten."""

from django.core.management.base import BaseCommand

from licensing.actions import complaint_erasure
from licensing.actions.erasure import forget


class Command(BaseCommand):
    """``manage.py erase_requester ines@example.org``"""

    help = "Erases the personal data of whoever wrote from this e-mail address, where we may."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that stands in the requests and complaints")

    def handle(self, *args, email, **options):
        became = forget(email.strip())
        complaint_erasure.forget(email.strip(), became)
        for number in became.erased:
            self.stdout.write(f"{number}: erased.")
        for number, reasons in became.kept:
            self.stdout.write(f"{number}: kept. {' '.join(str(reason) for reason in reasons)}")
        if not (became.erased or became.kept):
            self.stdout.write("No request or complaint names this address.")
