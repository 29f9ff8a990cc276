"""Loads the demo newsroom and an account for each role; safe to call again."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from cms.demo.accounts import logins_path, make_accounts
from cms.demo.newsroom import DemoNewsroom


class Command(BaseCommand):
    """``manage.py demo``"""

    help = "Loads the demo newsroom with accounts for each role. Only where DEBUG is on."

    def add_arguments(self, parser):
        parser.add_argument(
            "--logins", action="store_true", help="Only print the logins of the demo accounts."
        )

    def handle(self, *args, logins, **options):
        if not settings.DEBUG:
            raise CommandError("The demo makes accounts, so it runs only where DEBUG is on.")
        accounts = make_accounts()
        if not logins:
            users = get_user_model().objects.in_bulk(
                [account["username"] for account in accounts.values()], field_name="username"
            )
            people = {role: users[account["username"]] for role, account in accounts.items()}
            DemoNewsroom(people=people, say=self.stdout.write).load()
        width = max(len(role) for role in accounts)
        self.stdout.write("Demo logins:")
        for role, account in accounts.items():
            name, password = account["username"], account["password"]
            self.stdout.write(f"  {role:<{width}}  {name:<{width}}  {password}")
        self.stdout.write(f"  (also in {logins_path()})")
