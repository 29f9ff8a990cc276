"""A whole request, as the mail server of the house sees it."""

from cms.outbox.delivery import deliver
from tests.factories.articles import house
from tests.factories.requests import REQUESTER, make_billed_request

DESK = "rights@house.example"


def test_the_letters_of_a_request_arrive_each_once_at_one_address(people, mail_server):
    ours = house()
    ours.rights_contact = DESK
    ours.save()
    asked = make_billed_request(people=people, language="ar")
    deliver()
    deliver()
    reached = [envelope.rcpt_tos for envelope in mail_server.envelopes]
    assert sorted(reached) == [[REQUESTER]] * 5 + [[DESK]] * 2
    for message in mail_server.messages:
        assert message["Subject"].strip().startswith(asked.number)
        assert message.get_body(["plain"]) and message.get_body(["html"])
    arabic = [message for message in mail_server.messages if message["To"] == REQUESTER]
    assert len({message["Subject"] for message in arabic}) == 5
    assert all("تحية طيبة" in message.get_body(["plain"]).get_content() for message in arabic)
