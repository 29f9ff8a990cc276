"""A text that others hold is put right: by HTTP from the editor's form to the holder's answer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction
from licensing import recall_letters
from licensing.actions import partners as verbs
from licensing.actions import recalls
from licensing.models import Crosspost, Delivery, RecalledCopy
from tests.browsing import HOSTILE
from tests.factories.articles import house, make_live_article
from tests.factories.complaints import upheld
from tests.factories.crossposts import make_crosspost
from tests.factories.partners import fetch, make_partner
from tests.factories.recalls import (
    NOTICE,
    TEXT,
    page_in,
    put_right,
    rewrite,
    taken_by,
    tell_all,
    told,
    told_at,
)
from tests.factories.takings import free_for_community_sites
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(people):
    ours = house()
    ours.rights_contact = "rights@house.example"
    ours.save()
    free_for_community_sites()
    body = TEXT.format(year=1931)
    return make_live_article(
        people=people, slug="lamplighter", headline="The last lamplighter", body=body
    )


def wording(response) -> str:
    return words(soup(response).select_one("main"))


def recalled_page(client, article, people, **fields) -> str:
    """The page to which the letter to Ines leads, once the text was put right."""
    taken_by("ines", article)
    put_right(article, by=people["editor"], year=1913, **fields)
    tell_all()
    return page_in(told("ines")[-1])


def test_from_the_notice_to_the_answer(client, article, people):
    grant = taken_by("ines", article)
    make_crosspost(article, grant=grant, url="https://outlet.example/lamps/")
    Crosspost.objects.update(next_check_at=None)
    rewrite(article, by=people["editor"], year=1913)

    # The editor is told whom it reaches, and writes the notice.
    client.force_login(people["editor"])
    form = reverse("admin:articles_correction_add")
    shown = client.get(form, {"article": article.pk})
    assert "1 holder of a copy is told." in soup(shown).text
    asked = {"article": article.pk, "kind": "correction", "placement": "end", "text": NOTICE}
    moment = soup(shown)
    asked |= {
        field["name"]: field.get("value", "") for field in moment.select("input[name^=dated]")
    }
    assert client.post(form, asked).status_code == 302
    assert Correction.objects.get().text == NOTICE
    client.logout()

    # The clock tells the holder; the letter says what was changed, and leads to a page.
    assert tell_all() == 1
    page = page_in(told("ines")[0])
    response = client.get(page)
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    main = soup(response).select_one("main")
    assert [one.text for one in main.select("del")] == ["1931"]
    assert [one.text for one in main.select("ins")] == ["1913"]
    assert NOTICE in words(main) and "https://outlet.example/lamps/" in words(main)
    text = main.find("a", string="Get the text as it is now")["href"]
    assert "1913" in client.get(text).content.decode()
    # Looking is not answering.
    assert RecalledCopy.objects.get().answered_at is None

    # The page of the licence names it as well, until it is answered.
    licence = page.partition("changes/")[0]
    assert page in client.get(licence).content.decode()
    assert client.post(page, {"answer": "put_right"}).status_code == 302
    copy = RecalledCopy.objects.get()
    assert (copy.answer, copy.answered_by) == ("put_right", None)
    assert Crosspost.objects.get().next_check_at == copy.answered_at
    assert "Put right" in wording(client.get(page))
    assert page not in client.get(licence).content.decode()
    client.post(page, {"answer": "removed"})
    copy.refresh_from_db()
    assert copy.answer == "put_right"

    # The desk sees who has answered.
    client.force_login(people["rights_desk"])
    assert "Ines" in wording_of_the_desk(client.get(copy.recall.get_admin_url()))


def wording_of_the_desk(response) -> str:
    assert response.status_code == 200
    return words(soup(response).select_one("#content"))


def test_nobody_without_the_link_sees_or_answers(client, article, people):
    page = recalled_page(client, article, people)
    token, number = page.split("/")[2], page.split("/")[4]
    taken_by("noor", article)
    other = put_right(article, by=people["editor"], kind="clarification")
    tell_all()
    theirs = page_in(told("noor")[0]).split("/")
    strangers = [
        reverse("licensing:recalled_copy", args=["x" * 43, number]),
        reverse("licensing:recalled_copy", args=[theirs[2], number]),
        reverse("licensing:recalled_copy", args=[token, theirs[4]]),
        reverse("licensing:recalled_copy", args=[token, 10**30]),
    ]
    assert other.pk
    for address in strangers:
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "removed"}).status_code == 404
    assert not RecalledCopy.objects.exclude(answered_at=None).exists()


def test_a_partner_sees_and_answers_by_the_link_of_its_letter_alone(client, article, people):
    partner, other = make_partner(), make_partner()
    fetch(partner), fetch(other)
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    page, theirs = (page_in(told_at(one.email)[0]) for one in (partner, other))
    response = client.get(page)
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    said = wording(response)
    assert NOTICE in said and partner.outlet in said and "Your feed has the text" in said
    assert "Back to your licence" not in said
    assert [one.text for one in soup(response).select("del, ins")] == ["1931", "1913"]
    token, number = page.split("/")[2], page.split("/")[4]
    strangers = [theirs.replace(theirs.split("/")[2], token), page.replace(token, partner.token)]
    strangers += [page.replace(f"/{number}/", f"/{10**30}/"), page.replace(token, "é" * 43)]
    for address in strangers:
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "removed"}).status_code == 404
    assert client.post(page, {"answer": "burnt"}).status_code == 400
    assert client.post(page, {"answer": "put_right"}).status_code == 302
    copy = RecalledCopy.objects.get(partner=partner)
    assert (copy.answer, copy.answered_by) == ("put_right", None)
    assert "Put right" in wording(client.get(page))
    assert RecalledCopy.objects.open().get().partner == other
    # Only of a feed that gives it, whole, is that said.
    verbs.switch_off(partner, by=people["rights_manager"])
    Delivery.objects.filter(partner=other).update(is_whole=False)
    for address in (page, theirs):
        assert "Your feed has the text" not in wording(client.get(address))
    # The desk sees both.
    client.force_login(people["rights_desk"])
    desk = wording_of_the_desk(client.get(copy.recall.get_admin_url()))
    assert other.outlet in desk and "Given by its feed" in desk
    client.logout()
    RecalledCopy.objects.update(told_at=timezone.now() - recall_letters.LASTS)
    assert client.get(page).status_code == 410


def test_a_notice_about_a_text_that_is_withheld_since_is_told_nowhere(client, article, people):
    partner = make_partner()
    fetch(partner)
    page = recalled_page(client, article, people)
    theirs = page_in(told_at(partner.email)[0])
    upheld(article, people=people)
    tell_all()
    for address in (page, theirs, page_in(told("ines")[-1]), page_in(told_at(partner.email)[-1])):
        content = client.get(address).content.decode()
        assert NOTICE not in content and "withheld after a complaint" in content
    for letter in (told("ines")[-1], told_at(partner.email)[-1]):
        assert NOTICE not in letter.message


def test_an_answer_that_is_not_on_the_page_is_none(client, article, people):
    page = recalled_page(client, article, people, kind="correction")
    for answer in ("", "burnt", *HOSTILE):
        response = client.post(page, {"answer": answer})
        assert response.status_code == 400
    assert RecalledCopy.objects.open().exists()


def test_a_text_that_is_gone_shows_its_holders_nothing_new(client, article, people):
    page = recalled_page(client, article, people)
    Article.objects.filter(pk=article.pk).update(
        headline="A secret title", carry_until=timezone.now()
    )
    response = client.get(page)
    assert response.status_code == 200
    said = wording(response)
    assert "1913, and nobody" not in said and "A secret title" not in response.content.decode()
    assert "The last lamplighter" in said and "Get the text" not in said


def test_who_holds_a_retracted_text_may_place_the_notice_above_it(client, article, people):
    page = recalled_page(client, article, people, kind="retraction")
    said = wording(client.get(page))
    assert "We no longer stand by a text that you hold" in said
    assert "I placed the notice above it" in said and "Get the text" not in said


def test_the_page_speaks_the_language_of_the_letter(client, article, people):
    taken_by("ines", article, language="ar")
    put_right(article, by=people["editor"], year=1913)
    tell_all()
    mail = told("ines")[0]
    response = client.get(page_in(mail))
    assert response["Content-Language"] == "ar" and soup(response).html["dir"] == "rtl"
    assert "<del>1931</del>" in mail.html_message and 'dir="rtl"' in mail.html_message


def test_the_feeds_say_what_was_put_right_and_what_is_gone(client, article, people):
    before = client.get(reverse("articles:article_list_feed", args=["atom"])).content
    put_right(article, by=people["editor"], year=1913)
    after = client.get(reverse("articles:article_list_feed", args=["atom"])).content
    assert before != after and b"1913" in after


def test_the_desk_records_what_it_heard_by_telephone(client, article, people):
    recalled_page(client, article, people)
    copy = RecalledCopy.objects.get()
    address = reverse("admin:licensing_recall_answer", args=[copy.recall_id, copy.pk])
    client.force_login(people["rights_desk"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "burnt"}).status_code == 200
    told_on = {"answer": "removed", "note": "By telephone."}
    assert client.post(address, told_on).status_code == 302
    copy.refresh_from_db()
    assert (copy.answer, copy.answered_by, copy.note) == (
        "removed",
        people["rights_desk"],
        "By telephone.",
    )
    page = wording_of_the_desk(client.get(copy.recall.get_admin_url()))
    assert "By telephone." in page
    listed = client.get(reverse("admin:licensing_recall_changelist"), {"answered": "1"})
    assert "The last lamplighter" in wording_of_the_desk(listed)


@pytest.mark.parametrize("role", ["contributor", "editor", "managing_editor"])
def test_names_of_holders_are_for_the_rights_desk_alone(client, article, people, role):
    recalled_page(client, article, people)
    copy = RecalledCopy.objects.get()
    client.force_login(people[role])
    addresses = [
        reverse("admin:licensing_recall_changelist"),
        copy.recall.get_admin_url(),
        reverse("admin:licensing_recall_answer", args=[copy.recall_id, copy.pk]),
        reverse("admin:licensing_recall_change", args=[0]),
    ]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.post(addresses[2], {"answer": "removed"}).status_code == 403
    assert recalls.RECORDS == "licensing.change_recall"
