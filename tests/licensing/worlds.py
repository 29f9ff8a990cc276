"""A newsroom in which anything may happen to rights, one verb after another, by a seeded die."""

from datetime import timedelta
from random import Random

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import actions, hearing
from articles.models import Article, Byline, OriginHop, ReportEntry
from cms.workflows.actions import MoveNotAllowed
from licensing.actions import clearances
from licensing.actions.terms import assign, unassign, write_version
from licensing.models import Clearance, ClearanceStatus
from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Rule
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.articles import house, make_article, make_author, make_publication
from tests.factories.clearances import make_clearance
from tests.factories.headings import make_report
from tests.factories.terms import make_terms

DAY = timedelta(days=1)
CONDITIONS = (
    Condition(Kind.SOURCE),
    Condition(Kind.NOT_BEFORE, 24),
    Condition(Kind.NOT_BEFORE, 60),
    Condition(Kind.ONLY_WITHIN, 4),
)
USES = (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT, Use.ADAPTATION)


class World:
    """Articles, outlets, authors, reports and terms; ``happen()`` does one thing to them."""

    def __init__(self, people, seed: int):
        self.people = people
        self.die = Random(seed)  # noqa: S311, a die, no secret
        self.outlets = [house(), make_publication(), make_publication()]
        self.authors = [make_author(), make_author()]
        self.reports = [make_report(), make_report()]
        self.terms = [self._terms() for _number in range(3)]
        assign(self.terms[0], by=None)
        for outlet in self.outlets[1:]:
            self._clear(publication=outlet, passes_on=list(USES), covers=["web", "translation"])
        for _number in range(3):
            self.publish()

    def happen(self) -> str:
        """Something happens; its name."""
        verbs = (
            *(self.publish, self.schedule, self.revise, self.withdraw, self.reinstate),
            *(self.clear, self.clear, self.revoke, self.put, self.take_away, self.write),
            *(self.join, self.translate),
        )
        verb = self.die.choice(verbs)
        try:
            verb()
        except (MoveNotAllowed, ValidationError):
            return f"{verb.__name__}, refused"
        return verb.__name__

    # --- articles ---

    def publish(self):
        self._approved(actions.publish, dated=timezone.now() - self._days(0, 3))

    def schedule(self):
        self._approved(actions.schedule, publish_at=timezone.now() + self._days(1, 2))

    def revise(self):
        article = self._article()
        article.embargo_until = self.die.choice([None, timezone.now() + self._days(1, 2)])
        article.originating_publication = self.die.choice([None, *self.outlets[1:]])
        if article.originating_publication is None:
            article.hops.all().delete()
        if article.publication == article.originating_publication:
            article.originating_publication = None
        article.save()
        article.bylines.all().delete()
        Byline.objects.create(article=article, author=self.die.choice(self.authors))
        actions.revise(article, by=self.people["editor"])

    def translate(self):
        article = self._article()
        if article.is_carried:
            step = {"step": "translated", "publication": self.die.choice(self.outlets)}
            OriginHop.objects.create(article=article, position=article.hops.count(), **step)
            actions.revise(article, by=self.people["editor"])

    def withdraw(self):
        actions.withdraw(self._article(), by=self.people["managing_editor"], reason="So.")

    def reinstate(self):
        if article := Article.objects.filter(status="withdrawn").first():
            actions.reinstate(article, by=self.people["managing_editor"], reason="So.")

    def join(self):
        """As the page of a report has it."""
        article, report = self._article(), self.die.choice(self.reports)
        if not ReportEntry.objects.filter(article=article, report=report).delete()[0]:
            ReportEntry.objects.create(article=article, report=report, position=1)
        hearing.tell(Article.objects.filter(pk=article.pk))

    # --- leave ---

    def clear(self):
        subject = self.die.choice(
            [
                {"article": self._article()},
                {"author": self.die.choice(self.authors)},
                {"publication": self.die.choice(self.outlets[1:])},
            ]
        )
        start, end = self.die.choice([(None, None), (None, 2), (1, None), (1, 3)])
        today = timezone.localdate()
        first, *others = self.die.sample(USES, 4)
        self._clear(
            **subject,
            passes_on=others,
            forbids=self.die.choice([[], [], [first]]),
            conditions=self.die.choice([[], [], ["non_commercial"], ["no_edits"]]),
            valid_from=today + start * DAY if start else None,
            valid_until=today + end * DAY if end else None,
        )

    def revoke(self):
        held = list(Clearance.objects.filter(status=ClearanceStatus.GRANTED).order_by("pk"))
        if held:
            clearances.revoke(self.die.choice(held), by=self.people["admin"], reason="So.")

    def _clear(self, **fields):
        make_clearance(by=self.people["rights_desk"], **fields)

    # --- terms ---

    def put(self):
        assign(self.die.choice(self.terms), by=None, **self._place())

    def take_away(self):
        unassign(by=None, **self._place())

    def write(self):
        ahead = self.die.choice([None, None, timezone.now() + self._days(1, 3)])
        terms = self.die.choice(self.terms)
        write_version(terms, rules=self._rules(), text="<p>So.</p>", by=None, valid_from=ahead)

    def _terms(self):
        return make_terms(rules=self._rules())

    def _rules(self) -> dict[Use, Rule]:
        verdicts = (*[Verdict.GRANTED] * 5, Verdict.ASK, Verdict.REFUSED)
        return {
            use: Rule(self.die.choice(verdicts), tuple(self.die.sample(CONDITIONS, 1)))
            for use in USES
        }

    def _place(self) -> dict:
        return self.die.choice(
            [
                {},
                {"article": self._article()},
                {"report": self.die.choice(self.reports)},
                {"publication": self.die.choice(self.outlets)},
            ]
        )

    # --- parts ---

    def _article(self) -> Article:
        return self.die.choice(list(Article.objects.order_by("pk")))

    def _approved(self, move, **told):
        publication, origin = self.die.choice(self.outlets), self.die.choice(self.outlets)
        if origin == publication or origin.is_house:
            origin = None
        article = make_article(
            by=self.people["contributor"],
            authors=[self.die.choice(self.authors)],
            publication=publication,
            originating_publication=origin,
            cleared=False,
        )
        actions.submit(article, by=self.people["contributor"])
        actions.approve(article, by=self.people["editor"])
        move(article, by=self.people["editor"], **told)

    def _days(self, least: int, most: int) -> timedelta:
        return self.die.randint(least, most) * DAY
