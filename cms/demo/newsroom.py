"""From the files of the demo newsroom to rows, through the same verbs as an editor's work."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles import actions, correcting, darkroom
from articles.imaging.intake import examine
from articles.models import (
    Article,
    Author,
    Byline,
    FrontPlace,
    GalleryImage,
    Image,
    InDepthReport,
    OriginHop,
    Publication,
    Region,
    Theme,
)
from cms.demo.clearances import DemoClearances
from cms.demo.complaints import DemoComplaints
from cms.demo.crossposts import DemoCopies
from cms.demo.followers import DemoFollowers
from cms.demo.partners import make_partner
from cms.demo.permissions import DemoPermissions
from cms.demo.recalls import DemoRecalls
from cms.demo.reviews import DemoReviews
from cms.demo.takings import take_copies
from cms.demo.terms import DemoTerms
from cms.sitepolicy.actions import write_version
from cms.sitepolicy.models import SitePolicy

HERE = Path(__file__).parent
PICTURE_FIELDS = (
    "caption",
    "credit_line",
    "creator",
    "copyright_notice",
    "source",
    "usage_terms",
    "rights_category",
    "credit_url",
)
ARTICLE_FIELDS = (
    "headline",
    "standfirst",
    "language",
    "original_url",
    "reader_note",
    "editorial_note",
    "copyright_holders",
    "copyright_year",
)


class DemoNewsroom:
    """Loads what is missing; what stands already, by its address, is left as it is."""

    def __init__(self, *, people: dict, say: Callable[[str], None], now: datetime | None = None):
        self.people = people
        self.say = say
        self.now = now or timezone.now()
        self.data = tomllib.loads((HERE / "newsroom.toml").read_text())
        self.rows: dict[str, dict] = {}
        self.clearances = DemoClearances(people=people, now=self.now)
        self.terms = DemoTerms(people=people)

    def load(self) -> None:
        """Everything, in an order in which each thing finds what it stands on."""
        self.house_texts()
        self.pictures()
        self.publications()
        self.authors()
        self.headings("regions", Region)
        self.headings("themes", Theme)
        self.clearances.load(self.data["clearances"], self.rows)
        self.usage_terms()
        self.articles()
        self.reports()
        self.front_page()
        self.terms.put(self.data["terms"], self.rows)
        DemoPermissions(people=self.people, now=self.now).load(self.rows["articles"])
        take_copies(self.rows["articles"])
        DemoCopies(people=self.people, now=self.now).load(self.rows["articles"])
        DemoRecalls(people=self.people, now=self.now).load(self.rows["articles"])
        DemoComplaints(people=self.people, now=self.now).load(self.rows["articles"])
        DemoReviews(people=self.people, now=self.now).load(self.data, self.rows["articles"])
        DemoFollowers(now=self.now).load()
        feed = make_partner(by=self.people["rights_manager"], now=self.now)
        self.say(f"A partner's feed: {feed}")

    def usage_terms(self) -> None:
        """The ready-made sets, and where they apply as far as those places stand by now."""
        self.terms.install()
        self.terms.put(self.data["terms"], self.rows)

    def house_texts(self) -> None:
        for text in self.data["policies"]:
            if not SitePolicy.objects.filter(kind=text["kind"], language=text["language"]).exists():
                write_version(**text, by=self.people["admin"], valid_from=self.now)

    def pictures(self) -> None:
        found = self.rows["pictures"] = {}
        known = {image.alt_text: image for image in Image.objects.all()}
        missing = [row for row in self.data["pictures"] if row["alt"] not in known]
        if missing:
            self.say(f"Developing {len(missing)} pictures …")
        for row in self.data["pictures"]:
            found[row["key"]] = known.get(row["alt"]) or self._picture(row)

    @transaction.atomic
    def _picture(self, row: dict) -> Image:
        with (HERE / row["file"]).open("rb") as file:
            facts = examine(file, name=row["file"])
            image = Image(
                alt_text=row["alt"],
                width=facts.width,
                height=facts.height,
                file_format=facts.format,
                uploaded_by=self.people["editor"],
                **{name: row[name] for name in PICTURE_FIELDS if name in row},
            )
            image.original.save(row["file"], File(file), save=False)
        image.save()
        darkroom.develop(image)
        return image

    def publications(self) -> None:
        found = self.rows["publications"] = {}
        for row in self.data["publications"]:
            fields = {name: value for name, value in row.items() if name not in ("key", "slug")}
            found[row["key"]], _created = Publication.objects.get_or_create(
                slug=row["slug"], defaults=fields
            )

    def authors(self) -> None:
        found = self.rows["authors"] = {}
        for row in self.data["authors"]:
            author, created = Author.objects.get_or_create(
                slug=row["slug"],
                defaults={
                    "name": row["name"],
                    "kind": row["kind"],
                    "bio": row["bio"],
                    "photo": self.rows["pictures"].get(row.get("picture")),
                },
            )
            if created:
                for link in row.get("links", []):
                    author.links.create(**link)
            found[row["key"]] = author

    def headings(self, kind: str, model) -> None:
        found = self.rows[kind] = {}
        for row in self.data[kind]:
            found[row["key"]], _created = model.objects.get_or_create(
                slug=row["slug"],
                defaults={
                    "name": row["name"],
                    "description": row.get("description", ""),
                    "parent": found[row["parent"]] if "parent" in row else None,
                },
            )

    def articles(self) -> None:
        found = self.rows["articles"] = {}
        groups: dict[str, Article] = {}
        for path in sorted((HERE / "articles").glob("*.html")):
            row, body = _parted(path.read_text())
            article = Article.objects.filter(slug=row["slug"]).first()
            head = groups.get(row.get("translation_group"))
            if article is None:
                article = self._article(row, body, head)
            found[row["key"]] = article
            if "translation_group" in row:
                groups.setdefault(row["translation_group"], article)

    @transaction.atomic
    def _article(self, row: dict, body: str, head: Article | None) -> Article:
        entered_at = self._published_at(row) or self.now - timedelta(days=1)
        publication = self.rows["publications"]
        writer = self._writer(row)
        article = Article(
            slug=row["slug"],
            body=body,
            publication=publication[row.get("publication", "meridian")],
            originating_publication=publication.get(row.get("originating_publication")),
            original_date=parse_date(row.get("original_date", "")),
            translation_of=head,
            follows_revision=head.revisions.first().number if head else None,
            featured_image=self.rows["pictures"].get(row.get("picture")),
            created_by=writer,
            **{name: row[name] for name in ARTICLE_FIELDS if name in row},
        )
        if "embargo_in_days" in row:
            article.embargo_until = self.now + timedelta(days=row["embargo_in_days"])
        article.full_clean()
        article.save()
        self._hang_on(article, row)
        if clearance := row.get("clearance"):
            self.clearances.for_article(article, clearance)
        actions.revise(article, by=writer, at=entered_at)
        self._move(article, row, entered_at)
        self._correct(article, row)
        self._change(article, row)
        return article

    def _writer(self, row: dict):
        """Every third article is the editor's own, so that a contributor does not see them all."""
        number = len(self.rows["articles"])
        return self.people["editor" if number % 3 == 2 else "contributor"]

    def _hang_on(self, article: Article, row: dict) -> None:
        pictures, publications = self.rows["pictures"], self.rows["publications"]
        article.regions.set(self.rows["regions"][key] for key in row.get("regions", []))
        article.themes.set(self.rows["themes"][key] for key in row.get("themes", []))
        article.tags.set(row.get("tags", []))
        for position, byline in enumerate(row["bylines"]):
            author = self.rows["authors"][byline.pop("author")]
            Byline.objects.create(article=article, author=author, position=position, **byline)
        for position, entry in enumerate(row.get("gallery", [])):
            image = pictures[entry.pop("picture")]
            GalleryImage.objects.create(article=article, image=image, position=position, **entry)
        for position, hop in enumerate(row.get("hops", [])):
            hop |= {
                "publication": publications[hop["publication"]],
                "date": parse_date(hop["date"]),
            }
            OriginHop.objects.create(article=article, position=position, **hop)

    def _correct(self, article: Article, row: dict) -> None:
        for notice in row.get("corrections", []):
            at = self.now - timedelta(days=notice.pop("days_ago"))
            correcting.correct(article, by=self.people["editor"], at=at, **notice)

    def _change(self, article: Article, row: dict) -> None:
        """What was changed after readers had seen it, and of which they have still to be told."""
        if "changes" not in row:
            return
        article.refresh_from_db()
        for old, new in row["changes"]:
            article.body = article.body.replace(old, new)
        article.save(update_fields=["body"])
        at = self.now - timedelta(hours=row["changed_hours_ago"])
        actions.revise(article, by=self.people["editor"], at=at)

    def _published_at(self, row: dict) -> datetime | None:
        if "published_days_ago" in row:
            return self.now - timedelta(days=row["published_days_ago"])
        published = row.get("published")
        return parse_datetime(published) if isinstance(published, str) else published

    def _move(self, article: Article, row: dict, at: datetime) -> None:
        """The moves that lead to the status of the file, each by whoever would make it."""
        status, people = row["status"], self.people
        if status == "draft" and "sent_back" not in row:
            return
        actions.submit(article, by=article.created_by, at=at)
        if status == "draft":
            reason, back_at = row["sent_back"], at + timedelta(hours=5)
            actions.send_back(article, by=people["editor"], reason=reason, at=back_at)
        if status in ("draft", "in_review"):
            return
        actions.approve(article, by=people["managing_editor"], at=at)
        if status == "scheduled":
            publish_at = self.now + timedelta(days=row["publish_in_days"])
            actions.schedule(article, by=people["editor"], publish_at=publish_at, at=at)
        if status in ("published", "withdrawn"):
            actions.publish(article, by=people["editor"], dated=self._published_at(row), at=at)
        if status == "withdrawn":
            reason = row["withdrawn_reason"]
            actions.withdraw(
                article,
                by=people["managing_editor"],
                reason=reason,
                notice=reason,
                at=self.now - timedelta(days=row["withdrawn_days_ago"]),
            )

    def reports(self) -> None:
        found = self.rows["reports"] = {}
        for row in self.data["reports"]:
            report, created = InDepthReport.objects.get_or_create(
                slug=row["slug"],
                defaults={name: row[name] for name in ("title", "standfirst", "intro")},
            )
            found[row["key"]] = report
            if created:
                for position, key in enumerate(row["articles"]):
                    article = self.rows["articles"][key]
                    report.entries.create(article=article, position=position)
                    actions.revise(article, by=self.people["editor"], at=self.now)

    def front_page(self) -> None:
        """The editors' order, as long as nobody has made another."""
        if FrontPlace.objects.exists():
            return
        for number, key in enumerate(self.data["front_page"], start=1):
            FrontPlace.objects.create(article=self.rows["articles"][key], position=10 * number)


def _parted(text: str) -> tuple[dict, str]:
    """Front matter and body of an article's file."""
    _before, front_matter, body = text.split("+++\n", 2)
    return tomllib.loads(front_matter), body
