"""What the logs must not keep: secret addresses, whoever mentions them."""

import logging
import re

from cms.secret_pages import SECRET_BELOW

# Whatever stands in an address where a secret would: a whole one, a shortened or mistyped one.
SECRET = re.compile(rf"(/(?:{'|'.join(SECRET_BELOW)})/)(?!new/|feed\.)[^/\s\"'?]+")


class WithoutSecrets(logging.Filter):
    """Puts dots where a record names a secret address."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = SECRET.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
