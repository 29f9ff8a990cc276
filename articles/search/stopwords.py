"""Words that say nothing of what is sought, in the languages the site speaks: pure.

They are indexed, so that phrases hold; a query leaves them out as long as it asks for more.
"""

from articles.search.words import words

_WRITTEN = {
    "en": "a an and are as at be been by did do does for from had has have how if in into is it its"
    " of on or our that the their them then there these they this to was we were what when where"
    " which who why will with you your",
    "fr": "à au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur leurs"
    " mais ne nous on ou où par pas pour qu que qui quoi sa se ses son sont sur un une vous",
    "es": "a al como con cuando de del donde el ella en es esta este fue ha la las le lo los más"
    " no o para pero por qué que quien se ser si sin sobre son su sus un una unas unos y",
    "de": "als am an auf aus bei das dass dem den der des die doch durch ein eine einem einen"
    " einer eines er es für hat ich ihr im in ist mit nach nicht oder sich sie sind so über um"
    " und uns unter vom von vor war warum was wer wie wir wird wo zu zum zur",
    "ar": "في من على إلى عن مع أن إن أو و ثم هذا هذه ذلك التي الذي الذين هو هي كان كانت لا ما لم"
    " لن قد كل بين بعد قبل عند كيف لماذا متى أين هل",
}
WORDS = {code: frozenset(words(written)) for code, written in _WRITTEN.items()}


def stopwords(language: str) -> frozenset[str]:
    """Those of a language (BCP 47); none where it is not known."""
    return WORDS.get(language.partition("-")[0], frozenset())
