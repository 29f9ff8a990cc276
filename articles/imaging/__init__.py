"""Pictures: let in, credited, made ready for the page; no model, no storage, no network.

``intake.examine`` is the one door for a foreign file, ``credits`` reads and writes who made it,
``renditions.render`` makes what a reader is sent. The original is evidence: kept, never served.
"""
