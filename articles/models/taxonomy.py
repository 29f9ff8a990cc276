"""Where a text is about (region), what it is about (theme), and the dossier it stands in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.slugs import Named, Slugged
from cms.richtext.fields import RichTextField
from cms.richtext.vocabulary import NOTE
from cms.text import validate_single_line, validate_text


class SubjectQuerySet(models.QuerySet):
    """Headings in a tree that are …"""

    def told_whether_live(self, at=None):
        """… each with ``has_live``: whether something is public under it, itself."""
        articles = self.model._meta.get_field("articles")
        live = articles.related_model.objects.live(at)
        under = live.filter(**{articles.field.name: models.OuterRef("pk")})
        return self.annotate(has_live=models.Exists(under))

    def with_live_articles(self, at=None):
        """… fit to be shown: something under them, or under one below them, is public.

        Asks the tree at once, with one query; the QuerySet it returns is lazy as ever.
        """
        rows = self.model.objects.told_whether_live(at).order_by()
        tree = {
            pk: (parent, has_live)
            for pk, parent, has_live in rows.values_list("pk", "parent_id", "has_live")
        }
        shown = set()
        for pk, (_parent, has_live) in tree.items():
            step = pk if has_live else None
            while step is not None and step not in shown:
                shown.add(step)
                step = tree[step][0]
        return self.filter(pk__in=shown)


class Subject(Named):
    """A heading in a tree."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("within"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("The wider heading this one belongs to. Empty for the widest."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        max_length=1000,
        validators=[validate_text],
        help_text=_("One or two sentences. They stand on its page."),
    )

    objects = SubjectQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    @classmethod
    def parents(cls) -> dict[int, int | None]:
        """Row → its parent, for the whole tree: one small query."""
        return dict(cls.objects.values_list("pk", "parent_id"))

    def ancestors(self) -> list:
        """The headings above this one, widest first: one query for the tree, one for the rows."""
        parents, chain, step = self.parents(), [], self.parent_id
        while step and step not in chain:
            chain.append(step)
            step = parents.get(step)
        found = type(self).objects.in_bulk(chain)
        return [found[pk] for pk in reversed(chain)]

    def family(self) -> set[int]:
        """The keys of this heading and of all below it."""
        family, grew = {self.pk}, True
        parents = self.parents()
        while grew:
            born = {pk for pk, parent in parents.items() if parent in family} - family
            family |= born
            grew = bool(born)
        return family


class Region(Subject):
    """A part of the world."""

    class Meta(Subject.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="a_region_is_not_within_itself"
            )
        ]


class Theme(Subject):
    """A matter."""

    class Meta(Subject.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="a_theme_is_not_within_itself"
            )
        ]


class InDepthReportQuerySet(models.QuerySet):
    """In-depth reports that are …"""

    def with_live_articles(self, at=None):
        """… fit to be shown: something in them is public. ``live_count`` says how much."""
        live = ReportEntry._meta.get_field("article").related_model.objects.live(at)
        within = live.filter(report_entries__report=models.OuterRef("pk")).order_by()
        counted = within.values("report_entries__report").annotate(number=models.Count("pk"))
        return self.filter(models.Exists(within)).annotate(
            live_count=models.Subquery(counted.values("number"))
        )


class InDepthReport(Slugged):
    """A dossier: an introduction and articles in the editors' own order."""

    title = models.CharField(
        _("title"),
        max_length=200,
        validators=[validate_single_line],
        help_text=_("The name of the report, as a headline."),
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=1000,
        validators=[validate_text],
        help_text=_("One or two sentences under the title."),
    )
    intro = RichTextField(
        _("introduction"),
        extensions=NOTE,
        blank=True,
        help_text=_("What holds these articles together. Stands above them."),
    )
    articles = models.ManyToManyField(
        "articles.Article", through="articles.ReportEntry", related_name="reports"
    )

    objects = InDepthReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("in-depth report")
        verbose_name_plural = _("in-depth reports")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def live_articles(self, at=None) -> list:
        """The public articles of this report in the editors' order, ready for cards."""
        live = self._meta.get_field("articles").related_model.objects.live(at).for_cards()
        places = self.entries.values_list("article", "position")
        order = {article: (position, article) for article, position in places}
        return sorted(live.filter(pk__in=order), key=lambda article: order[article.pk])


class ReportEntry(models.Model):
    """An article's place in an in-depth report."""

    report = models.ForeignKey(
        InDepthReport,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("in-depth report"),
        help_text=_("The report in which this article stands."),
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="report_entries",
        verbose_name=_("article"),
        help_text=_("An article of this report."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest number comes first.")
    )

    class Meta:
        verbose_name = _("place in an in-depth report")
        verbose_name_plural = _("places in in-depth reports")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "article"], name="an_article_stands_once_in_a_report"
            )
        ]

    def __str__(self):
        return f"{self.report}: {self.article}"
