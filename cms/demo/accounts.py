"""One account for each role, with a password made on this machine and told to nobody else."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from cms import roles

PEOPLE = {
    roles.CONTRIBUTOR: ("Noor", "Haddad"),
    roles.EDITOR: ("Ester", "Lindqvist"),
    roles.MANAGING_EDITOR: ("Mateo", "Rojas"),
    roles.RIGHTS_DESK: ("Ruth", "Abara"),
    roles.RIGHTS_MANAGER: ("Ravi", "Menon"),
    "admin": ("Ada", "Okafor"),
}


def logins_path() -> Path:
    """Where the passwords are written, for this machine only."""
    return settings.VAR_DIR / "demo-logins.json"


def make_accounts() -> dict[str, dict[str, str]]:
    """Makes what is missing and returns ``{role: {"username": …, "password": …}}``.

    A password that still works is kept, so that a second call changes nothing.
    """
    path = logins_path()
    known = json.loads(path.read_text()) if path.exists() else {}
    logins = {role: _account(role, known.get(role, {})) for role in PEOPLE}
    if logins != known:
        path.touch(mode=0o600)
        path.write_text(json.dumps(logins, indent=2) + "\n")
    return logins


def _account(role: str, known: dict[str, str]) -> dict[str, str]:
    first, last = PEOPLE[role]
    is_admin = role not in roles.GROUPS
    user, _created = get_user_model().objects.get_or_create(
        username=role,
        defaults={
            "first_name": first,
            "last_name": last,
            "email": f"{first.lower()}@meridian-review.example",
            "is_staff": True,
            "is_superuser": is_admin,
        },
    )
    if not is_admin:
        user.groups.set([Group.objects.get(name=roles.GROUPS[role])])
    password = known.get("password", "")
    if not (password and user.check_password(password)):
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
    return {"username": user.username, "password": password}
