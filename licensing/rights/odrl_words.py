"""The words of ODRL 2.2 that a newsroom's policies may use; JSON-LD itself refuses none.

From the W3C recommendation and its context, with the Creative Commons terms that it takes in. What
2.2 deprecates (copy, share, license, commercialize, append, write and their like) is left out.
"""

ACTIONS = frozenset(
    {
        "aggregate",
        "annotate",
        "anonymize",
        "archive",
        "attribute",
        "compensate",
        "delete",
        "derive",
        "digitize",
        "display",
        "distribute",
        "execute",
        "extract",
        "include",
        "index",
        "inform",
        "modify",
        "nextPolicy",
        "obtainConsent",
        "play",
        "present",
        "print",
        "read",
        "reproduce",
        "reviewPolicy",
        "sell",
        "textToSpeech",
        "transform",
        "translate",
        "use",
        "watermark",
        "cc:Attribution",
        "cc:CommercialUse",
        "cc:DerivativeWorks",
        "cc:Distribution",
        "cc:Notice",
        "cc:Reproduction",
        "cc:ShareAlike",
    }
)
LEFT_OPERANDS = frozenset(
    {
        "count",
        "dateTime",
        "delayPeriod",
        "deliveryChannel",
        "elapsedTime",
        "event",
        "fileFormat",
        "industry",
        "language",
        "media",
        "percentage",
        "product",
        "purpose",
        "recipient",
        "spatial",
        "systemDevice",
        "timeInterval",
        "unitOfCount",
        "version",
        "virtualLocation",
    }
)
OPERATORS = frozenset(
    {
        "eq",
        "gt",
        "gteq",
        "hasPart",
        "isA",
        "isAllOf",
        "isAnyOf",
        "isNoneOf",
        "isPartOf",
        "lt",
        "lteq",
    }
)
