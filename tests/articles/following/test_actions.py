"""Ask, confirm, change, stop: nobody follows for another, and who stops is erased at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import Email

from articles.following import actions, digests, links, noting
from articles.following.headings import whole_site
from articles.models import Follower, Following
from cms.outbox.letters import MailRefused
from tests.factories.articles import make_author, make_live_article
from tests.factories.followers import heading_of, make_asked, make_follower, the_next_morning
from tests.factories.headings import make_region, make_theme
from tests.racing import race

pytestmark = pytest.mark.django_db
INES = "ines@harbour.example"


def letters(kind: str) -> list[Email]:
    found = Email.objects.filter(promise__template=f"articles/mail/follow_{kind}")
    return list(found.order_by("pk"))


def followed(follower) -> set:
    return {link.key for link in Following.objects.filter(follower=follower)}


def test_who_asks_is_sent_a_link_and_follows_nothing_yet():
    follower = make_asked(email=INES)
    (mail,) = letters("confirm")
    assert mail.to == [INES]
    assert links.manage_address(links.token_of(follower)) in mail.message
    assert follower.confirmed_at is None and follower.due_at is None
    assert not Follower.objects.confirmed().exists()


def test_only_a_hash_of_the_token_is_kept_and_a_guess_finds_nobody():
    follower = make_asked()
    token = links.token_of(follower)
    assert len(token) == 43
    kept = " ".join(str(value) for value in Follower.objects.values().get().values())
    assert token not in kept
    assert links.find(token) == follower
    for guess in ("", token[:-1], token + "x", "x" * 10_000, follower.token_hash, follower.seed):
        assert links.find(guess) is None


def test_a_new_key_of_the_site_makes_new_tokens_and_old_keys_are_still_known(settings):
    follower = make_asked()
    old, settings.SECRET_KEY_FALLBACKS = links.token_of(follower), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert links.token_of(follower) == old
    settings.SECRET_KEY_FALLBACKS = []
    new = links.token_of(follower)
    assert new != old and links.find(new) == follower and links.find(old) is None


@pytest.mark.parametrize("email", ["INES@Harbour.Example", " ines@harbour.example "])
def test_an_address_follows_once_however_it_is_typed(email):
    make_asked(email=INES)
    make_asked(email=email)
    assert Follower.objects.get().email == INES


@pytest.mark.parametrize("host", ["zürich.example", "xn--zrich-kva.example", "Ｚürich.example"])
def test_a_domain_is_one_however_it_is_spelt(host):
    # All of these are delivered to one person, who is to be flooded under none of them.
    assert actions.normalised(f"ines@{host}") == "ines@zürich.example"


def test_a_domain_that_only_machines_spell_stays_as_it_is():
    assert actions.normalised("ines@xn--fa-hia.example") == "ines@xn--fa-hia.example"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ines",
        "a@b",
        "a,b@c.example",
        '"a b"@c.example',
        "a@b.example\nBcc: c@d.example",
        # Longer than a domain may be, once it is written for machines.
        f"ines@{'ü' * 60}.example",
    ],
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(MailRefused):
        make_asked(email=email)
        pytest.fail("It was taken.") if email else actions.normalised(email)


def test_asking_again_before_confirming_adds_and_a_form_sent_twice_is_one_mail():
    region, theme, at = make_region(), make_theme(), timezone.now().replace(minute=2, second=0)
    follower = make_asked(region, email=INES, at=at)
    make_asked(region, email=INES, at=at)
    make_asked(theme, email=INES, at=at)
    assert followed(follower) == {("region", region.pk), ("theme", theme.pk)}
    assert len(letters("confirm")) == 2


def test_whoever_types_the_address_of_a_follower_changes_nothing():
    region, theme = make_region(), make_theme()
    follower = make_follower(region, email=INES, frequency="weekly")
    make_asked(theme, email=INES, frequency="daily", language="fr")
    assert followed(follower) == {("region", region.pk)}
    follower.refresh_from_db()
    assert (follower.frequency, follower.language) == ("weekly", "en")
    (mail,) = letters("manage")
    assert f"?theme={theme.slug}" in mail.message


def test_confirming_twice_is_confirming_once():
    follower = make_asked()
    told = {"what": [whole_site()], "frequency": "daily", "language": "en"}
    assert [actions.confirm(follower, **told) for _ in range(2)] == [True, False]


def test_what_was_unticked_is_followed_no_more():
    region, theme = make_region(), make_theme()
    follower = make_follower(region, theme)
    actions.change(follower, what=[heading_of(theme)], frequency="weekly", language="de")
    assert followed(follower) == {("theme", theme.pk)}
    before = follower.due_at
    follower.refresh_from_db()
    assert follower.due_at > before and follower.language == "de"


def test_who_stops_leaves_no_address_anywhere_and_can_come_back(people):
    follower = make_follower(make_author(), email=INES)
    make_live_article(people=people)
    Follower.objects.update(told=0)
    Following.objects.update(author=None)
    at = the_next_morning(follower)
    noting.note(at=at)
    assert digests.send_due(at=at) == 1
    assert actions.stop(follower) and not actions.stop(follower)
    row = Follower.objects.get()
    assert (row.email, row.seed, row.due_at) == ("", "", None)
    assert not Following.objects.exists() and not Email.objects.filter(to=INES).exists()
    assert not actions.change(row, what=[whole_site()], frequency="daily", language="en")
    assert not actions.confirm(row, what=[whole_site()], frequency="daily", language="en")
    make_asked(email=INES)
    assert Follower.objects.unconfirmed().get().pk != row.pk


def test_who_never_confirms_is_forgotten_after_a_week():
    week_ago = timezone.now() - timedelta(days=7, minutes=1)
    old = make_asked(email=INES, at=week_ago)
    fresh, confirmed = make_asked(), make_follower(at=week_ago)
    assert actions.forget(at=timezone.now(), most=10) == 1
    assert set(Follower.objects.all()) == {fresh, confirmed}
    assert not Email.objects.filter(to=INES).exists()
    assert not Follower.objects.filter(pk=old.pk).exists()


def test_the_row_of_who_stopped_goes_after_a_year():
    follower = make_follower()
    actions.stop(follower, at=timezone.now() - timedelta(days=366))
    actions.forget(at=timezone.now(), most=10)
    assert not Follower.objects.exists()


def test_nothing_is_followed_twice_nor_two_things_in_one_row():
    follower, region, theme = make_asked(), make_region(), make_theme()
    for fields in ({}, {"region": region, "theme": theme}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Following.objects.create(follower=follower, **fields)
    Following.objects.create(follower=follower, region=region)
    with pytest.raises(IntegrityError), transaction.atomic():
        Following.objects.create(follower=follower, region=region)


# --- Races ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_for_one_address_at_once_one_row_comes(people):
    outcomes = race([partial(make_asked, email=INES)] * 4)
    assert {type(outcome) for outcome in outcomes} == {Follower}
    assert Follower.objects.count() == 1 and len(letters("confirm")) <= 2


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_while_the_address_is_being_erased_is_answered_all_the_same(people):
    for _round in range(5):
        standing = make_asked(email=INES, at=timezone.now() - 2 * actions.UNCONFIRMED_KEPT)
        outcomes = race(
            [
                partial(actions.stop, standing),
                partial(actions.forget, at=timezone.now(), most=10),
                *[partial(make_asked, email=INES)] * 3,
            ]
        )
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        Follower.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_of_a_stop_and_a_digest_at_once_no_mail_is_left(people):
    for _round in range(5):
        follower = make_follower(email=INES)
        make_live_article(people=people)
        at = the_next_morning(follower)
        noting.note(at=at)
        send = partial(transaction.atomic(digests.send_due), at=at)
        outcomes = race([partial(actions.stop, follower), send])
        assert outcomes[0] is True and outcomes[1] in (0, 1)
        assert not Email.objects.filter(to=INES).exists()
        assert Follower.objects.get(pk=follower.pk).email == ""
