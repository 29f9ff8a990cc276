"""Who may do what: a table of Django groups and their permissions, synced after every migrate.

The administrator is a superuser and stands in no group. What a person may do with one row (own
drafts, a colleague's approval) is said by the row and by the table of moves.
"""

from django.apps import apps as installed
from django.utils.translation import gettext_noop

CONTRIBUTOR = "contributor"
EDITOR = "editor"
MANAGING_EDITOR = "managing_editor"
RIGHTS_DESK = "rights_desk"
RIGHTS_MANAGER = "rights_manager"

# Names of the groups as people read them.
GROUPS = {
    CONTRIBUTOR: gettext_noop("Contributor"),
    EDITOR: gettext_noop("Editor"),
    MANAGING_EDITOR: gettext_noop("Managing editor"),
    RIGHTS_DESK: gettext_noop("Rights desk"),
    RIGHTS_MANAGER: gettext_noop("Rights manager"),
}


def _all(actions: str, *models: str) -> set[str]:
    return {
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for model in models
        for action in actions.split()
    }


_HEADINGS = ("articles.region", "articles.theme", "articles.indepthreport", "taggit.tag")
_PEOPLE = ("articles.author", "articles.publication")
_PARTS = ("byline", "galleryimage", "originhop", "reportentry")
_PARTS_OF_AN_ARTICLE = tuple(f"articles.{part}" for part in _PARTS)
_PARTS_OF_OTHERS = ("articles.authorlink",)
_EVERYTHING_PUBLIC = (*_HEADINGS, *_PEOPLE, "articles.image")
_TERMS = ("licensing.usageterms", "licensing.termsassignment", "licensing.attributiontemplate")

_contributor = (
    _all("add change view", "articles.article")
    | _all("add change delete view", *_PARTS_OF_AN_ARTICLE)
    | _all("view", *_EVERYTHING_PUBLIC, "articles.correction", "sitepolicy.sitepolicy")
    | _all("add", "articles.author", "articles.image", "taggit.tag")
    | {"articles.submit_article"}
)
_editor = (
    _contributor
    | _all("add change", *_EVERYTHING_PUBLIC, "articles.correction")
    | _all("add change delete view", *_PARTS_OF_OTHERS, "articles.frontplace")
    | _all("view", *_TERMS)
    | _all("add view", "licensing.clearance")
    | _all("view", "articles.checklistpoint")
    | {
        "articles.view_every_article",
        "articles.edit_any_article",
        "articles.approve_article",
        "articles.publish_article",
    }
)
_managing_editor = (
    _editor
    | _all("delete", "articles.article", *_EVERYTHING_PUBLIC)
    | _all("add", "sitepolicy.sitepolicy")
    | _all("view", "articles.follower", "licensing.complaint")
    | _all("add change delete", "articles.checklistpoint")
    | {"licensing.counter_complaint"}
    | {"articles.erase_follower", "articles.withdraw_article", "licensing.view_evidence"}
    | {"desks.tidy_savedfilter"}
)
_rights_desk = _all(
    "view",
    "articles.article",
    "articles.correction",
    "sitepolicy.sitepolicy",
    *_PARTS_OF_AN_ARTICLE,
    *_PARTS_OF_OTHERS,
    *_EVERYTHING_PUBLIC,
    *_TERMS,
) | {"articles.view_every_article"}
_rights_desk |= _all("add change", "licensing.attributiontemplate")
_rights_desk |= _all("add", "licensing.termsassignment")
_rights_desk |= _all("add change view", "licensing.clearance") | {
    "licensing.request_clearance",
    "licensing.grant_clearance",
    "licensing.view_evidence",
}
_rights_desk |= _all("add change view", "licensing.permissionrequest", "licensing.cannedanswer")
_rights_desk |= _all("view", "licensing.grant", "licensing.grantrule", "licensing.letterwording")
_rights_desk |= _all("view", "licensing.feeschedule")
_rights_desk |= _all("add change view", "licensing.crosspost")
_rights_desk |= _all("change view", "licensing.recall")
_rights_desk |= _all("view", "licensing.complaint", "licensing.ownnotice")
_rights_desk |= _all("view", "licensing.partner")
_rights_desk |= {
    "licensing.acknowledge_complaint",
    "licensing.answer_permissionrequest",
    "licensing.decide_permissionrequest",
    "licensing.issue_grant",
}
_rights_manager = (
    _rights_desk
    | _all("add change", *_TERMS)
    | _all("delete", "licensing.termsassignment", "licensing.clearance")
    | {"licensing.revoke_clearance"}
    | _all("delete", "licensing.cannedanswer")
    | _all("add change", "licensing.grantrule", "licensing.feeschedule")
    | _all("add", "licensing.letterwording")
    | _all("add change", "licensing.partner")
    | _all("add change", "licensing.ownnotice")
    | {"licensing.decide_complaint", "licensing.counter_complaint"}
    | {
        "desks.tidy_savedfilter",
        "licensing.reopen_permissionrequest",
        "licensing.export_permissionrequest",
        "licensing.revoke_grant",
    }
    | _all("change", "articles.publication", "articles.image")
    | _all("add", "sitepolicy.sitepolicy")
)

ROLES: dict[str, set[str]] = {
    CONTRIBUTOR: _contributor,
    EDITOR: _editor,
    MANAGING_EDITOR: _managing_editor,
    RIGHTS_DESK: _rights_desk,
    RIGHTS_MANAGER: _rights_manager,
}


def sync(sender=None, apps=installed, using="default", **kwargs):
    """Gives each group exactly the permissions of the table; idempotent.

    Called after each app is migrated; of a fresh database the last call finds every permission.
    """
    if sender is not None and sender.label not in _APPS:
        return
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for role, wanted in ROLES.items():
        group, _created = group_model.objects.using(using).get_or_create(name=GROUPS[role])
        group.permissions.set([known[name] for name in wanted if name in known])


_APPS = {name.partition(".")[0] for wanted in ROLES.values() for name in wanted}
