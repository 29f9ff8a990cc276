"""Which verb makes which move of a request or a grant; the desk's buttons and the tests read it."""

from licensing.actions import desk, endings, grants, requests, settling

REQUEST_VERBS = {
    "confirm": requests.confirm,
    "settle": settling.settle,
    "review": desk.review,
    "ask_back": desk.ask_back,
    "answer": requests.answer,
    "quote": desk.quote,
    "counter": requests.counter,
    "accept": requests.accept,
    "invoice": settling.invoice,
    "record_payment": settling.record_payment,
    "issue": settling.issue,
    "refer": settling.refer,
    "decline": settling.decline,
    "withdraw": requests.withdraw,
    "lapse": endings.lapse,
    "reopen": endings.reopen,
    "transfer": endings.transfer,
    "merge": endings.merge,
    "close": endings.close,
}
# A grant is issued by its request, and superseded by the one that takes its place.
GRANT_VERBS = {
    "issue": grants.issue,
    "activate": grants.activate,
    "revoke": grants.revoke,
    "supersede": grants.extend,
    "expire": grants.expire,
}
