"""People of the newsroom."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from cms import roles


def make_person(username: str, *, role: str | None = None, is_admin: bool = False) -> User:
    """A person who may enter the admin, in the group of ``role``."""
    person = User.objects.create_user(
        username, password="a long enough password", is_staff=True, is_superuser=is_admin
    )
    if role:
        person.groups.add(Group.objects.get(name=roles.GROUPS[role]))
    return person


def one_of_each_role() -> dict[str, User]:
    """A person for each role, and an administrator: in three statements, for nearly every test."""
    password = make_password("a long enough password")
    people = {
        name: User(username=name, password=password, is_staff=True, is_superuser=name == "admin")
        for name in [*roles.GROUPS, "admin"]
    }
    User.objects.bulk_create(people.values())
    groups = {group.name: group for group in Group.objects.all()}
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user=people[role], group=groups[name]) for role, name in roles.GROUPS.items()
    )
    return people
