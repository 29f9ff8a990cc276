"""Makes the index of the search again from the articles: after a restored database, say."""

from django.core.management.base import BaseCommand

from articles.search import index


class Command(BaseCommand):
    """``manage.py reindex_search``"""

    help = "Makes the index of the search anew; interrupted, it goes on with --resume."

    def add_arguments(self, parser):
        parser.add_argument(
            "--resume", action="store_true", help="Only what still waits to be made again."
        )

    def handle(self, *args, resume: bool, **options):
        total = index.waiting() if resume else index.outdate_everything()
        made = 0
        for batch in index.make_anew():
            made += batch
            # An editor may publish meanwhile; then there is more than there was to do.
            self.stdout.write(f"{made} of {max(made, total)}")
        self.stdout.write(f"The index holds {made} articles anew." if made else "Nothing waits.")
