"""Seals the events that were written before there were seals; for migrations only.

A migration may import it, although code moves on under migrations: the form of a seal never does.
"""

from django.conf import settings

from cms.workflows import seals

BATCH = 500


def seal_what_stands(model, subject: str) -> None:
    """Makes chains of the events of ``model``, whose column ``subject`` says which row moved.

    In the order in which they were recorded, which is that of their keys; ``at`` may lie earlier.
    """
    row, number, previous, batch = None, 0, seals.NOTHING, []
    for event in model.objects.order_by(subject, "pk").iterator(BATCH):
        if getattr(event, subject) != row:
            row, number, previous = getattr(event, subject), 0, seals.NOTHING
        number += 1
        event.number = number
        said = {column: getattr(event, column) for column in seals.COLUMNS}
        line = seals.Line(chain=model._meta.label_lower, row=row, **said)
        event.seal = previous = seals.seal(previous, line, key=settings.LOG_SEAL_KEYS[0])
        batch.append(event)
        if len(batch) == BATCH:
            model.objects.bulk_update(batch, ["number", "seal"])
            batch = []
    model.objects.bulk_update(batch, ["number", "seal"])
