"""Which verb makes which move of a request, grant, copy or complaint; buttons and tests read it."""

from licensing.actions import (
    complaints,
    crossposts,
    desk,
    endings,
    grants,
    requests,
    settling,
    taking,
)

REQUEST_VERBS = {
    "confirm": requests.confirm,
    "take": taking.give,
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
CROSSPOST_VERBS = {
    "verify": crossposts.verify,
    "object": crossposts.object_to,
    "resolve": crossposts.resolve,
    "mark_gone": crossposts.mark_gone,
}
COMPLAINT_VERBS = {
    "acknowledge": complaints.acknowledge,
    "uphold": complaints.uphold,
    "reject": complaints.reject,
    "counter": complaints.counter,
    "close": complaints.close,
    "restore": complaints.restore,
    "reopen": complaints.reopen,
}
