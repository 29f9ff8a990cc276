"""People of the newsroom."""

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
    """A person for each role, and an administrator."""
    people = {role: make_person(role, role=role) for role in roles.GROUPS}
    return people | {"admin": make_person("admin", is_admin=True)}
