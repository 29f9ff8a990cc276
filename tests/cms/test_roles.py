"""Who may do what: the groups are what the table says, and every door of the admin obeys it.

The table below is written out by hand, so that a change of rights is a change of a test.
"""

from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from articles.models import ChecklistPoint, Correction, FrontPlace, HubPing
from cms import roles
from cms.sitepolicy.models import SitePolicy
from licensing.models import LetterWording
from tests.factories.accounts import make_person
from tests.factories.articles import (
    make_article,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.clearances import make_clearance
from tests.factories.complaints import make_complaint, make_own_notice
from tests.factories.crossposts import make_crosspost
from tests.factories.fees import make_schedule
from tests.factories.followers import make_follower
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.mail import make_mail
from tests.factories.partners import make_partner
from tests.factories.recalls import make_recall
from tests.factories.requests import make_canned_answer, make_granted_request, make_request
from tests.factories.rules import make_rule
from tests.factories.sitepolicy import make_text
from tests.factories.terms import make_template, make_terms, make_terms_for_the_site

PEOPLE = ["contributor", "editor", "managing_editor", "rights_desk", "rights_manager", "admin"]

# v: see · a: add · c: change · d: delete, in the order of PEOPLE. The article is the contributor's
# own draft; whose it is matters, and tests/articles/admin/test_own_drafts.py says how.
ALLOWED = {
    "articles.article": ["vacd", "vac", "vacd", "v", "v", "vacd"],
    "articles.checklistpoint": ["", "v", "vacd", "", "", "vacd"],
    "articles.correction": ["v", "va", "va", "v", "v", "va"],
    "articles.follower": ["", "", "v", "", "", "v"],
    "articles.hubping": ["", "", "", "", "", "v"],
    "articles.frontplace": ["", "vacd", "vacd", "", "", "vacd"],
    "articles.image": ["va", "vac", "vacd", "v", "vc", "vacd"],
    "articles.author": ["va", "vac", "vacd", "v", "v", "vacd"],
    "articles.publication": ["v", "vac", "vacd", "v", "vc", "vacd"],
    "articles.region": ["v", "vac", "vacd", "v", "v", "vacd"],
    "articles.theme": ["v", "vac", "vacd", "v", "v", "vacd"],
    "articles.indepthreport": ["v", "vac", "vacd", "v", "v", "vacd"],
    "taggit.tag": ["va", "vac", "vacd", "v", "v", "vacd"],
    "sitepolicy.sitepolicy": ["v", "v", "va", "v", "va", "va"],
    "licensing.usageterms": ["", "v", "v", "v", "vac", "vac"],
    "licensing.termsassignment": ["", "v", "v", "va", "vacd", "vacd"],
    "licensing.attributiontemplate": ["", "v", "v", "vac", "vac", "vacd"],
    "licensing.feeschedule": ["", "", "", "v", "vac", "vac"],
    "licensing.grantrule": ["", "", "", "v", "vac", "vac"],
    "licensing.letterwording": ["", "", "", "v", "va", "va"],
    "licensing.clearance": ["", "va", "va", "vac", "vacd", "vacd"],
    "licensing.permissionrequest": ["", "", "", "vac", "vac", "vac"],
    "licensing.grant": ["", "", "", "v", "v", "v"],
    "licensing.crosspost": ["", "", "", "va", "va", "va"],
    "licensing.recall": ["", "", "", "v", "v", "v"],
    "licensing.complaint": ["", "", "v", "v", "v", "v"],
    "licensing.ownnotice": ["", "", "", "v", "va", "va"],
    "licensing.partner": ["", "", "", "v", "vac", "vac"],
    "licensing.cannedanswer": ["", "", "", "vac", "vacd", "vacd"],
    "post_office.email": ["", "", "", "", "", "v"],
    "auth.user": ["", "", "", "", "", "vacd"],
    "auth.group": ["", "", "", "", "", "vacd"],
}
ROWS = {
    "articles.checklistpoint": lambda people: ChecklistPoint.objects.create(label="Names"),
    "articles.correction": lambda people: Correction.objects.create(
        article=make_live_article(people=people), number=1, text="Wrong.", dated=timezone.now()
    ),
    "articles.follower": lambda people: make_follower(),
    "articles.article": lambda people: make_article(by=people["contributor"]),
    "articles.frontplace": lambda people: FrontPlace.objects.create(
        article=make_article(by=people["contributor"])
    ),
    "articles.hubping": lambda people: HubPing.objects.create(
        topic="https://news.example/feed.rss", promised_at=timezone.now()
    ),
    "articles.image": lambda people: make_image(developed=True),
    "articles.author": lambda people: make_author(),
    "articles.publication": lambda people: make_publication(),
    "articles.region": lambda people: make_region(),
    "articles.theme": lambda people: make_theme(),
    "articles.indepthreport": lambda people: make_report(),
    "taggit.tag": lambda people: Tag.objects.create(name="water"),
    "sitepolicy.sitepolicy": lambda people: make_text(),
    "licensing.usageterms": lambda people: make_terms(),
    "licensing.termsassignment": lambda people: make_terms_for_the_site(),
    "licensing.attributiontemplate": lambda people: make_template(),
    "licensing.feeschedule": lambda people: make_schedule(),
    "licensing.grantrule": lambda people: make_rule(),
    "licensing.letterwording": lambda people: LetterWording.objects.create(
        letter="lapse", language="en", version=1
    ),
    "licensing.clearance": lambda people: make_clearance(by=people["rights_desk"], grant=False),
    "licensing.permissionrequest": lambda people: make_request(make_live_article(people=people)),
    "licensing.grant": lambda people: make_granted_request(people=people).grants.get(),
    "licensing.crosspost": lambda people: make_crosspost(make_live_article(people=people)),
    "licensing.recall": lambda people: make_recall(people=people),
    "licensing.complaint": lambda people: make_complaint(),
    "licensing.ownnotice": lambda people: make_own_notice(people=people),
    "licensing.partner": lambda people: make_partner(),
    "licensing.cannedanswer": lambda people: make_canned_answer(),
    "post_office.email": lambda people: make_mail(),
    "auth.user": lambda people: User.objects.create_user("somebody"),
    "auth.group": lambda people: Group.objects.create(name="Some group"),
}


def address(model, page, *args):
    return reverse(f"admin:{model.replace('.', '_')}_{page}", args=args)


@pytest.fixture
def desk(people, request):
    """The row of a model."""
    return ROWS[request.node.callspec.params["model"]](people)


@contextmanager
def somebody_tries(person):
    """A client in which ``person`` is logged in; whatever it does is undone for the next one."""
    with transaction.atomic():
        client = Client()
        client.force_login(person)
        yield client
        transaction.set_rollback(True)


def test_every_model_of_the_admin_is_in_the_table_of_who_may_what():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(ALLOWED) == set(ROWS)


@pytest.mark.parametrize("model", ALLOWED)
def test_each_page_opens_for_whom_it_is_meant(desk, people, model):
    right = {"changelist": "v", "add": "a", "change": "v", "history": "v", "delete": "d"}
    # It names who wrote a notice, which is nobody's matter who only reads them.
    right |= {"history": "a"} if model == "articles.correction" else {}
    for role, allowed in zip(PEOPLE, ALLOWED[model], strict=True):
        with somebody_tries(people[role]) as client:
            answers = {
                page: client.get(
                    address(model, page, *([] if page in ("changelist", "add") else [desk.pk]))
                ).status_code
                for page in right
            }
        expected = {page: 200 if right[page] in allowed else 403 for page in right}
        assert answers == expected, role


@pytest.mark.parametrize("model", ALLOWED)
def test_a_direct_post_does_no_more_than_the_buttons(desk, people, model):
    rows = type(desk).objects.filter(pk=desk.pk)
    before = rows.values().get()
    for role, allowed in zip(PEOPLE, ALLOWED[model], strict=True):
        with somebody_tries(people[role]) as client:
            typed = {"name": "Mine now", "_save": "1"}
            changed = client.post(address(model, "change", desk.pk), typed)
            assert (changed.status_code != 403) == ("c" in allowed), role
            added = client.post(address(model, "add"), {})
            assert (added.status_code == 200) == ("a" in allowed), role
            if "c" not in allowed:
                assert rows.values().get() == before, role
            deleted = client.post(address(model, "delete", desk.pk), {"post": "yes"})
            assert deleted.status_code == (302 if "d" in allowed else 403), role
            assert rows.exists() == ("d" not in allowed), role


@pytest.mark.parametrize("model", ALLOWED)
def test_no_list_offers_to_delete_or_merge_many_at_once(desk, people, model):
    """Nothing is deleted or merged without a look at each row."""
    for role, allowed in zip(PEOPLE, ALLOWED[model], strict=True):
        with somebody_tries(people[role]) as client:
            for action in ("delete_selected", "render_tag_form"):
                client.post(
                    address(model, "changelist"),
                    {"action": action, "_selected_action": desk.pk, "index": "0", "post": "yes"},
                )
            assert type(desk).objects.filter(pk=desk.pk).exists(), role
            if "v" in allowed:
                answer = client.get(address(model, "changelist"))
                assert b"delete_selected" not in answer.content, role
                assert b"render_tag_form" not in answer.content, role


@pytest.mark.parametrize("model", ["articles.author", "articles.publication", "articles.image"])
def test_what_a_row_once_said_is_read_and_never_written_through_its_history(desk, people, model):
    version = desk.history.latest()
    before = type(desk).objects.filter(pk=desk.pk).values().get()
    page = f"{address(model, 'history', desk.pk)}{version.pk}/"
    typed = {"name": "Mine now", "slug": "mine", "kind": "person", "language": "en"}
    for role in PEOPLE:
        with somebody_tries(people[role]) as client:
            assert client.get(page).status_code == 200, role
            client.post(page, typed | {"alt_text": "Mine now", "rights_category": "own"})
            assert type(desk).objects.filter(pk=desk.pk).values().get() == before, role
            assert not LogEntry.objects.exists(), role


@pytest.mark.parametrize("model", ["taggit.tag"])
def test_tags_are_not_merged_behind_the_articles_backs(desk, people, model):
    article = make_article(by=people["editor"])
    article.tags.add(desk)
    for role in PEOPLE:
        with somebody_tries(people[role]) as client:
            session = client.session
            session["selected_tag_ids"] = str(desk.pk)
            session.save()
            client.post("/admin/taggit/tag/merge-tags/", {"new_tag_name": "mine"})
            assert list(article.tags.names()) == ["water"], role


@pytest.mark.parametrize("who", ["nobody", "a reader with an account"])
@pytest.mark.parametrize("model", ALLOWED)
def test_who_is_not_of_the_newsroom_gets_the_login_page(people, client, model, who):
    row = ROWS[model](people)
    if who != "nobody":
        client.force_login(User.objects.create_user("reader"))
    pages = [
        ("changelist",),
        ("add",),
        *((name, row.pk) for name in ("change", "delete", "history")),
    ]
    for page in pages:
        for ask in (client.get, client.post):
            answer = ask(address(model, *page))
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/?next=")
    assert type(row).objects.filter(pk=row.pk).exists()


# --- the groups -------------------------------------------------------------------------------


def names_of(group):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in group.permissions.select_related("content_type")
    }


@pytest.mark.parametrize("role", roles.GROUPS)
def test_a_group_holds_exactly_what_the_table_says(people, role):
    group = Group.objects.get(name=roles.GROUPS[role])
    assert names_of(group) == roles.ROLES[role]


def test_a_group_that_was_tampered_with_is_put_right_at_the_next_migrate(people):
    group = Group.objects.get(name="Contributor")
    group.permissions.add(Permission.objects.get(codename="publish_article"))
    group.permissions.remove(Permission.objects.get(codename="add_article"))
    roles.sync()
    roles.sync()
    assert names_of(group) == roles.ROLES["contributor"]


def test_no_role_may_touch_accounts_or_the_record():
    for role, held in roles.ROLES.items():
        for name in held:
            app, codename = name.split(".")
            assert app in ("articles", "desks", "licensing", "sitepolicy", "taggit"), (role, name)
            assert not codename.endswith(("event", "revision", "formerslug")), (role, name)


def test_nobody_is_given_a_right_to_change_or_delete_a_house_text():
    for held in roles.ROLES.values():
        assert not held & {"sitepolicy.change_sitepolicy", "sitepolicy.delete_sitepolicy"}


def test_somebody_without_a_role_sees_an_empty_desk(people, client):
    client.force_login(make_person("newcomer"))
    answer = client.get("/admin/")
    assert answer.status_code == 200
    assert answer.context["app_list"] == []


def test_a_version_of_a_house_text_stays_what_it_is_for_everybody(people, client):
    policy = make_text("<p>As it stood.</p>")
    client.force_login(people["admin"])
    for page in ("change", "delete"):
        url = address("sitepolicy.sitepolicy", page, policy.pk)
        assert client.post(url, {"text": "<p>Other</p>", "post": "yes"}).status_code == 403
    assert SitePolicy.objects.get().text == "<p>As it stood.</p>"
