"""Secret links: a token that nobody guesses, and the hash that is all we keep of it; pure.

What a link is for is its ``purpose``: a token that was made for one is good for no other. Tokens
are written in letters that mail programs leave alone.
"""

import base64
import hashlib
import hmac
import secrets

RANDOM_BYTES = 32
LONGEST_TOKEN = 64


def random_token() -> str:
    """256 random bits: a token to be told once, or a seed to make one of again and again."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def token_from(seed: str, *, key: str, purpose: str) -> str:
    """The one token that ``seed`` and ``key`` make together; of either alone nobody makes it."""
    made = hmac.new(key.encode(), f"{purpose}:{seed}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def may_be_token(typed: str) -> bool:
    """Whether it is worth looking for."""
    return 0 < len(typed) <= LONGEST_TOKEN


def digest(token: str, *, purpose: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(f"{purpose}:{token}".encode()).hexdigest()
