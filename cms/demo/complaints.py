"""The demo's complaints: one that waits, one that was rejected, one because of which a text is
withheld, and a notice of our own to somebody who copied us.
"""

from datetime import datetime, timedelta

from articles.addresses import site
from articles.models import Article
from licensing import own_notices
from licensing.actions import complaints
from licensing.actions import own_notices as notices
from licensing.models import Complaint, Crosspost, OwnNotice

SIGNED = {"is_in_good_faith": True, "is_accurate": True}


class DemoComplaints:
    """Enters each and takes it as far as it has come, as both sides would."""

    def __init__(self, *, people: dict, now: datetime):
        self.people, self.now = people, now
        self.desk, self.manager = people["rights_desk"], people["rights_manager"]

    def load(self, found: dict[str, Article]) -> None:
        """``found``: articles by key. Does nothing where anybody has complained before."""
        if not Complaint.objects.exists():
            self._upheld(found["tide-bell"])
            self._rejected(found["eye-vans"])
            self._received(found["verges"])
        copy = Crosspost.objects.out_of_line().select_related("article").first()
        if copy and not OwnNotice.objects.exists():
            self._our_own(copy)

    def _ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _complain(self, article: Article, *, days: float, **told) -> Complaint:
        return complaints.submit(
            articles=[article],
            addresses=f"{site()}{article.get_absolute_url()}",
            at=self._ago(days),
            **SIGNED,
            **told,
        )

    def _upheld(self, article: Article) -> None:
        complaint = self._complain(
            article,
            days=12,
            work="“A bell for the tide”, an essay in Harbour Quarterly 3/2021, pages 14 to 22.",
            claim="The first two paragraphs are translated from it, sentence by sentence, unnamed.",
            name="Ines Carvalho",
            standing="author",
            email="ines@harbour-quarterly.example",
            contact="Rua do Cais 4, Setúbal",
            language="en",
            signature="Ines Carvalho",
        )
        complaints.acknowledge(complaint, by=self.desk, at=self._ago(11))
        complaints.write(
            complaint, text="Could you send us the pages?", by=self.desk, at=self._ago(11)
        )
        complaints.message(complaint, text="They are on their way.", at=self._ago(10))
        complaints.uphold(
            complaint,
            reason="We have read both side by side. You are right, and we apologise.",
            by=self.manager,
            at=self._ago(9),
        )

    def _rejected(self, article: Article) -> None:
        complaint = self._complain(
            article,
            days=20,
            work="The name “Vaigai Eye Trust”.",
            claim="The name of our trust may be printed with our leave only.",
            name="R. Selvam",
            standing="agent",
            holder="Vaigai Eye Trust",
            email="office@vaigai-eye.example",
            language="en",
            signature="R. Selvam",
        )
        complaints.acknowledge(complaint, by=self.desk, at=self._ago(19))
        complaints.reject(
            complaint,
            reason="A name is no work, and to report on somebody one has to name them.",
            by=self.manager,
            at=self._ago(17),
        )

    def _received(self, article: Article) -> None:
        self._complain(
            article,
            days=2,
            work="Three photographs of verges, taken in May 2024, on my website.",
            claim="The second picture is cut from one of them.",
            name="Joris Claes",
            standing="owner",
            email="joris@claes-photo.example",
            language="en",
            signature="Joris Claes",
        )

    def _our_own(self, copy: Crosspost) -> None:
        look = own_notices.evidence_of(copy)
        notices.send(
            copy.article,
            url=copy.url,
            sent_to=f"abuse@{copy.host}",
            subject=own_notices.subject(copy.article),
            text=own_notices.text(copy.article, copy.url, by=self.manager, evidence=look),
            by=self.manager,
            evidence=look,
            at=self._ago(1),
        )
