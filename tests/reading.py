"""What a reader finds in an answer: words, links, and the text of a PDF."""

import io
import re

from bs4 import BeautifulSoup
from pypdf import PdfReader


def body_of(response) -> bytes:
    """The whole body, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def status(client, address: str) -> int:
    """What the address answers with; the answer is read to its end, so that no file stays open."""
    response = client.get(address)
    body_of(response)
    return response.status_code


def soup(response) -> BeautifulSoup:
    """The answer's HTML."""
    return BeautifulSoup(body_of(response), "lxml", from_encoding="utf-8")


def words(node) -> str:
    """The text of an answer or of a part of one, each run of white space one space."""
    text = node if hasattr(node, "get_text") else soup(node)
    spaced = re.sub(r"\s+", " ", text.get_text(" ")).strip()
    return re.sub(r" (?=[.,;:!?)])", "", spaced)


def reader(response) -> PdfReader:
    """The answer's PDF, opened."""
    return PdfReader(io.BytesIO(body_of(response)))


def printed(pdf: PdfReader) -> str:
    """All the words of a PDF; hyphens at line ends are the typesetter's, not the text's."""
    text = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s+", " ", text.replace("\u00ad\n", ""))


def links(response) -> set[str]:
    """Every address the page leads to."""
    return {anchor["href"] for anchor in soup(response).find_all("a", href=True)}


def headlines(response) -> list[str]:
    """The headlines of the cards, in their order."""
    return [card.get_text(strip=True) for card in soup(response).select("main article .p-name")]
