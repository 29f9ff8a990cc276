"""Usage terms, where they apply, and credit lines."""

from itertools import count

from licensing.actions.terms import assign, install, write_version
from licensing.models import AttributionTemplate, TermsAssignment, TermsVersion, UsageTerms
from licensing.ready_made import READY_MADE
from licensing.rights.conditions import condition
from licensing.rights.facts import Rule
from licensing.rights.vocabulary import Use, Verdict
from tests.factories.articles import make_publication

_numbers = count(1)


def make_rules(rest: Verdict = Verdict.ASK, **verdicts) -> dict[Use, Rule]:
    """Every use answered by ``rest`` but those named: ``print="granted"``, or a Rule."""
    answers = {
        name: answer if isinstance(answer, Rule) else Rule(Verdict(answer))
        for name, answer in verdicts.items()
    }
    return {use: answers.get(use.value, Rule(rest)) for use in Use}


def granted(*conditions: str, **told) -> Rule:
    """Leave under conditions: ``granted("name_author", excerpt_words=150)``."""
    made = [condition(kind) for kind in conditions]
    return Rule(Verdict.GRANTED, (*made, *(condition(kind, value) for kind, value in told.items())))


def make_version(terms: UsageTerms, *, by=None, **fields) -> TermsVersion:
    """The next version of ``terms``."""
    values = {"rules": make_rules(), "text": "<p>What may be done.</p>"}
    return write_version(terms, by=by, **(values | fields))


def make_terms(name: str = "", *, by=None, **fields) -> UsageTerms:
    """Terms with one version that counts from now on."""
    number = next(_numbers)
    terms = UsageTerms.objects.create(name=name or f"Terms {number}", slug=f"terms-{number}")
    make_version(terms, by=by, **fields)
    return terms


def make_terms_for_the_site(terms: UsageTerms | None = None) -> TermsAssignment:
    """The default of the whole site."""
    return assign(terms or make_terms(), by=None)


def make_template(**fields) -> AttributionTemplate:
    """The credit lines of a publication: the house's own."""
    return AttributionTemplate.objects.create(publication=make_publication(), **fields)


def put_community_terms_in_place(*, by) -> TermsAssignment:
    """The ready-made community terms as the default of the whole site."""
    return assign(install(READY_MADE["community-cross-post"], by=by), by=by)
