"""Works out anew by which use readers may narrow a list: after a restored database, say."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Article
from articles.models.visibility import MAY_BE_LIVE
from licensing import allowed_uses


class Command(BaseCommand):
    """``manage.py index_uses``"""

    help = "Works out the allowed uses of every article; interrupted, it goes on with --resume."

    def add_arguments(self, parser):
        parser.add_argument(
            "--resume", action="store_true", help="Only what is not worked out or has changed."
        )

    def handle(self, *args, resume: bool, **options):
        wanted = (
            allowed_uses.unknown() if resume else Article.objects.filter(status__in=MAY_BE_LIVE)
        )
        allowed_uses.forget(wanted)
        done = 0
        for batch in allowed_uses.make_anew(at=timezone.now()):
            done += batch
            self.stdout.write(f"{done} articles worked out.")
        if not done:
            self.stdout.write("Nothing waits.")
