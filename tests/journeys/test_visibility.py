"""What is not public appears nowhere: every public address, before and after hidden articles exist.

A new public route is found by itself and fails here until it has a case in tests/newsroom.py.
"""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from articles import checking, hearing, reviewing
from articles.models import ChecklistPoint, Image
from tests.factories import hidden
from tests.newsroom import HEADINGS, Newsroom, routes
from tests.reading import body_of, printed, reader

EDITIONS = (
    "",
    "republish/",
    "republish/preview/?use=community_web",
    "republish/copy.html?use=community_web",
    "print/",
    "article.pdf",
    "card.png",
    "cite/",
    "cite/bibtex",
    "rights/",
    "rights.odrl.json",
    "article.ninjs.json",
)


@pytest.fixture
def newsroom(people):
    return Newsroom(people)


def test_every_public_route_has_a_case_here(newsroom):
    known = set(newsroom.addresses(of=newsroom.headings, picture=newsroom.picture))
    assert set(routes()) == known


def without_tombstones(response) -> bytes:
    """An Atom or RSS feed but for what it says of texts that were public and are withdrawn."""
    tombstone = rb"<at:deleted-entry .*?(?:/>|</at:deleted-entry>)"
    tombstones = tombstone + rb"|<updated>[^<]*</updated><author>"
    return re.sub(tombstones, b"", body_of(response))


def answers(client, cases):
    """Address → status and body (of a PDF: its words) of every case."""
    found = {}
    for addresses in cases.values():
        for address in addresses:
            response = client.get(address)
            if response["Content-Type"] == "application/pdf":
                found[address] = (response.status_code, printed(reader(response)))
            elif ".atom" in address or ".rss" in address:
                found[address] = (response.status_code, without_tombstones(response))
            else:
                found[address] = (response.status_code, body_of(response))
    return found


def talk_about(article, *, by):
    """What colleagues say to each other about an article that is public."""
    remark = reviewing.comment(article, by=by, text="Quux!", passage=article.headline)
    reviewing.answer(remark, by=by, text="Quux.")
    checking.tick(article, ChecklistPoint.objects.create(label="Quux"), by=by)


def test_hidden_articles_change_not_one_byte_of_any_public_page(client, newsroom):
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    before = answers(client, cases)
    assert {address for address, answer in before.items() if answer[0] != 200} == {"/favicon.ico"}
    newsroom.fill()
    talk_about(newsroom.live, by=newsroom.people["editor"])
    after = answers(client, cases)
    assert [address for address in before if after[address] != before[address]] == []
    for address, (_status, body) in after.items():
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        assert "quux" not in text.lower(), address


def test_hidden_articles_change_nothing_for_a_signed_in_editor_either(client, newsroom):
    newsroom.fill()
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    public = answers(client, cases)
    client.force_login(newsroom.people["admin"])
    assert answers(client, cases) == public


def test_headings_of_hidden_articles_alone_answer_like_unknown_ones(client, newsroom):
    newsroom.fill()
    for name in HEADINGS:
        view = f"site:{name}_detail"
        known = client.get(reverse(view, args=[newsroom.alone[name].slug]))
        unknown = client.get(reverse(view, args=["there-is-none"]))
        assert (known.status_code, known.content) == (404, unknown.content), name


def test_the_addresses_of_hidden_articles_answer_like_unknown_ones(client, newsroom):
    newsroom.fill()
    for edition in EDITIONS:
        unknown = client.get(f"/articles/there-is-none/{edition}")
        assert unknown.status_code == 404
        for kind in hidden.UNKNOWN:
            article, former, _image = newsroom.hidden[kind]
            for slug in (article.slug, former):
                address = f"/articles/{quote(slug)}/{edition}"
                response = client.get(address)
                told = (response.status_code, response.content)
                assert told == (404, unknown.content), (kind, address)


def test_a_notice_of_withdrawal_names_the_article_and_says_nothing_of_it(client, newsroom):
    newsroom.fill()
    article, former, image = newsroom.hidden["withdrawn"]
    for edition in EDITIONS:
        response = client.get(f"/articles/{article.slug}/{edition}")
        text = response.content.decode()
        assert response.status_code == 410, edition
        for secret in ("standfirst", "body", "picture", "caption", "correction"):
            assert f"Secret {secret}" not in text, edition
        assert str(image.key) not in text, edition
        assert client.get(f"/articles/{former}/{edition}").status_code == 301, edition


def test_pictures_of_hidden_articles_are_the_newsrooms_alone(client, newsroom):
    newsroom.fill()
    copies = newsroom.picture.renditions
    for kind, (_article, _former, image) in newsroom.hidden.items():
        Image.objects.filter(pk=image.pk).update(renditions=copies)
        address = f"/pictures/{image.key}/{copies['version']}/{copies['widths'][0]}.jpg"
        assert client.get(address).status_code == 404, kind


def test_a_search_engine_finds_no_address_that_leads_to_a_hidden_article(client, newsroom):
    newsroom.fill()
    seen, todo = set(), ["/"]
    while todo:
        address = todo.pop()
        response = client.get(address)
        body = body_of(response)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("text/html"):
            found = re.findall(r'(?:href|src)="(/(?!static/|admin/)[^"#]*)', body.decode())
            # Named for programs that send something there; nothing is read there.
            found = [path for path in found if path != "/webmention/"]
            todo += sorted(set(found) - seen)
            seen |= set(found)
    assert f"/articles/{newsroom.live.slug}/" in seen
    assert not [address for address in seen if "secret" in address]


def test_this_test_would_notice_an_article_that_shows(client, newsroom):
    """The guard off: what is hidden changes the pages as soon as it is made public."""
    cases = newsroom.addresses(of=newsroom.headings, picture=newsroom.picture)
    before = answers(client, cases)
    newsroom.fill()
    article, _former, _image = newsroom.hidden["draft"]
    type(article).objects.filter(pk=article.pk).update(
        status="published",
        published_at=newsroom.live.published_at,
        withdrawn_at=None,
        embargo_until=None,
        carry_until=None,
    )
    # Feeds of partners propose what the index of allowed uses was told of.
    hearing.tell(type(article).objects.filter(pk=article.pk))
    after = answers(client, cases)
    changed = {
        name
        for name, addresses in cases.items()
        if any(after[address] != before[address] for address in addresses)
    }
    without_other_articles = {
        "articles:opensearch",
        "articles:service_worker",
        # Names outlets, not articles; the one made public comes from an outlet that stands there.
        "site:publication_list",
        "site:saved",
        "articles:follow_manage",
        "articles:follow_stop",
        "articles:article_card",
        "articles:article_citation",
        "articles:oembed",
        "site:card",
        "articles:article_pdf",
        "articles:picture",
        "articles:sitemap",
        "favicon.ico",
        "licensing:article_ninjs",
        "licensing:article_odrl",
        "licensing:certificate",
        "licensing:clearance_answer",
        "licensing:complaint",
        "rights:complaint_new",
        "licensing:grant_certificate",
        "licensing:grant_check",
        "licensing:invoice_pdf",
        "licensing:permission",
        "licensing:held_copy",
        "licensing:held_copy_preview",
        "licensing:held_copy_file",
        "licensing:recalled_copy",
        "licensing:recalled_partner",
        "licensing:republish_preview",
        "licensing:republish_file",
        "licensing:pixel",
        "licensing:webmention",
        "licensing:partner_feed_borne",
        "licensing:request_file",
        "rights:rights_policy",
        "licensing:robots_txt",
        "licensing:security_txt",
        "licensing:tdm_policy",
        "licensing:tdmrep",
        "rights:terms_detail",
        "licensing:terms_odrl",
    }
    assert changed == set(cases) - without_other_articles
