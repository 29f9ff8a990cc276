"""Ready-made sets of usage terms, as data: to start from in the admin, and to show in the demo."""

from collections.abc import Mapping
from dataclasses import dataclass

from licensing.rights.conditions import Condition, Kind
from licensing.rights.facts import Rule
from licensing.rights.licences import LICENCES, Licence
from licensing.rights.vocabulary import Use, Verdict


@dataclass(frozen=True)
class ReadyMade:
    """Terms that a newsroom can take as they are, or make its own."""

    slug: str
    name: str
    summary: str
    text: str
    rules: Mapping[Use, Rule]
    licence_url: str = ""


CREDIT = (Condition(Kind.SOURCE), Condition(Kind.AUTHOR), Condition(Kind.LINK))
GRANTED, ASK = Rule(Verdict.GRANTED), Rule(Verdict.ASK)
REFER, REFUSED = Rule(Verdict.REFER), Rule(Verdict.REFUSED)


def _granted(*conditions: Condition) -> Rule:
    return Rule(Verdict.GRANTED, conditions)


def _with(rest: Rule, **rules: Rule) -> dict[Use, Rule]:
    """Every use answered by ``rest``, but those that are named."""
    return {use: rules.get(use.value, rest) for use in Use}


def _excerpt(words: int) -> Rule:
    return _granted(*CREDIT, Condition(Kind.EXCERPT_WORDS, words))


ALL_RIGHTS_RESERVED = ReadyMade(
    "all-rights-reserved",
    "All rights reserved",
    "Quote it and link to it; for everything else, ask us first.",
    """<p>This text is protected by copyright, and every right in it is kept. You are welcome to
link to it and to quote up to 150 words, as long as you name the author and the source and link to
the article.</p>
<p>For anything beyond that (a copy on your site, print, translation, a shortened version, teaching
material, radio or television, or use by a machine) please write to us first. We answer every
request. No answer is not a yes.</p>""",
    _with(ASK, excerpt=_excerpt(150), search_index=GRANTED),
)

_CROSS_POST = (
    Condition(Kind.SOURCE),
    Condition(Kind.AUTHOR),
    Condition(Kind.COPYRIGHT),
    Condition(Kind.LINK),
    Condition(Kind.NO_SEPARATE_SALE),
)
COMMUNITY_CROSS_POST = ReadyMade(
    "community-cross-post",
    "Community cross-post",
    "Community sites may carry it with source, copyright and link; print and commercial use on "
    "request.",
    """<p>Community internet sites that earn no money with it may publish this article on their own
pages without asking, provided each copy</p>
<ul>
<li>names the source and the author,</li>
<li>shows the copyright notice as it stands with us,</li>
<li>carries a working link to the original article, and</li>
<li>is not sold on its own.</li>
</ul>
<p>Teachers may hand it out under the same conditions, and anybody may quote up to 150 words, with
author, source and link.</p>
<p>Publication in print or by a commercial outlet, translations, shortened or edited versions,
broadcasts and use by AI systems need our permission. Tell us what you have in mind, and we will
answer.</p>""",
    _with(
        ASK,
        excerpt=_excerpt(150),
        community_web=_granted(*_CROSS_POST),
        education=_granted(*_CROSS_POST),
        search_index=GRANTED,
    ),
)

FAIR_USE_EXCERPT = ReadyMade(
    "fair-use-excerpt",
    "Fair-use excerpt",
    "Parts of this page are somebody else's and stand here as fair use; ask the rights holder.",
    """<p>This page contains material whose copyright belongs to somebody else. We show it, without
charge, for comment, criticism, news and study, in what we believe to be fair use.</p>
<p>You may quote up to 100 words in the same spirit, naming the author and the source and linking to
it. Fair use is judged anew for each purpose: whoever wants to do more with the material needs the
permission of its holder, which we cannot give. It may not be fed to AI systems.</p>""",
    _with(
        REFER,
        excerpt=_excerpt(100),
        search_index=GRANTED,
        ai_input=REFUSED,
        ai_training=REFUSED,
    ),
)


def _demands(licence: Licence) -> list[str]:
    """What a licence asks for, in the words of an editor; the licence's own text is what binds."""
    if not licence.needs_attribution:
        return [
            "You may copy, change, translate, print and sell it, and you need not ask or name us. "
            "We are glad if you do."
        ]
    said = [
        "You may pass it on, provided you name the author and the source, keep the copyright "
        "notice, name the licence and link to it, and say what you changed."
    ]
    if licence.is_non_commercial:
        said.append("You may not use it commercially; for that, ask us.")
    if licence.is_no_derivatives:
        said.append("You may not pass on a changed or translated version; for that, ask us.")
    if licence.is_share_alike:
        said.append("What you make of it has to stand under the same licence.")
    return said


def _from_licence(licence: Licence) -> ReadyMade:
    paragraphs = [
        f'This article is published under the licence <a href="{licence.url}">{licence.name}</a>. '
        "The text of the licence is what counts; in short:",
        " ".join(_demands(licence)),
        "The licence covers the text. Pictures and quotations of others may stand under terms of "
        "their own; the page says so beside them.",
    ]
    return ReadyMade(
        licence.spdx.lower().replace(".", "-"),
        licence.name,
        _SUMMARIES[licence.spdx],
        "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        licence.rules,
        licence.url,
    )


_SUMMARIES = {
    "CC-BY-4.0": "Free for every use, with credit.",
    "CC-BY-SA-4.0": "Free for every use, with credit; what you make of it stays as free.",
    "CC-BY-ND-4.0": "Free to pass on unchanged, with credit.",
    "CC-BY-NC-4.0": "Free for non-commercial use, with credit.",
    "CC-BY-NC-SA-4.0": "Free for non-commercial use, with credit; what you make of it stays so.",
    "CC-BY-NC-ND-4.0": "Free to pass on unchanged and without commercial purpose, with credit.",
    "CC0-1.0": "Free for every use, without conditions.",
}

READY_MADE: dict[str, ReadyMade] = {
    one.slug: one
    for one in (
        ALL_RIGHTS_RESERVED,
        COMMUNITY_CROSS_POST,
        FAIR_USE_EXCERPT,
        *map(_from_licence, LICENCES.values()),
    )
}
