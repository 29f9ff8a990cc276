"""Under each field of the admin stands in words what belongs there."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from licensing.admin.crosspost_forms import EntryForm
from licensing.admin.own_notices import NoticeForm

# Entered and answered on pages of its own, whose questions depend on the use.
ON_ITS_OWN_PAGES = "licensing.PermissionRequest"
# Entered through a form that is not made from the model.
FORMS = {"licensing.Crosspost": EntryForm, "licensing.OwnNotice": NoticeForm}
OURS = ("articles", "licensing", "sitepolicy", "taggit", "desks")
DESKS = {
    model._meta.label: desk
    for model, desk in admin.site._registry.items()
    if model._meta.app_label in OURS and model._meta.label != ON_ITS_OWN_PAGES
}


@pytest.fixture
def asked():
    request = RequestFactory().get("/admin/")
    request.user = User(is_superuser=True, is_staff=True)
    return request


def bare(form) -> list[str]:
    """The fields of ``form`` that are shown and say nothing."""
    fields = form.base_fields.items()
    return [name for name, field in fields if not (field.help_text or field.widget.is_hidden)]


@pytest.mark.parametrize("label", DESKS)
def test_every_field_that_is_filled_in_says_what_belongs_there(asked, label):
    desk = DESKS[label]
    # What nobody enters through a form of the admin has pages of its own, or is only read.
    if not (desk.has_add_permission(asked) or desk.has_change_permission(asked)):
        return
    assert bare(FORMS.get(label) or desk.get_form(asked)) == []
    for inline in desk.get_inline_instances(asked):
        if inline.has_change_permission(asked) or inline.has_add_permission(asked, None):
            assert bare(inline.get_formset(asked).form) == [], inline
