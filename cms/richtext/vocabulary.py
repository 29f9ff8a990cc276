"""What rich text may hold, as the editor's own configuration; the sanitiser is derived from it."""

# Tiptap's one injected <style>, allowed by its hash; a browser test tells when it has changed.
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

FOOTNOTE_CLASS = "footnote"
LINK_SCHEMES = ["http", "https", "mailto", "tel"]

# What stands above a list of notes, in the languages that are pasted here.
NOTE_HEADINGS = frozenset(
    word.casefold()
    for word in [
        "Note", "Notes", "Footnote", "Footnotes", "Endnote", "Endnotes", "Reference",
        "References", "Notes and references", "Source", "Sources", "Note de bas de page",
        "Notes de bas de page", "Référence", "Références", "Notes et références", "Nota",
        "Notas", "Nota al pie", "Notas al pie", "Referencia", "Referencias", "Anmerkung",
        "Anmerkungen", "Fußnote", "Fußnoten", "Endnoten", "Quellen", "Einzelnachweise",
        "Nota di testo", "Note a piè di pagina", "Referências", "Noten", "Voetnoten",
        "Примечание", "Примечания", "Сноски", "Notlar", "Dipnotlar", "هامش", "هوامش",
        "الهوامش", "ملاحظة", "ملاحظات", "الملاحظات", "حواشي", "الحواشي", "مراجع", "المراجع",
        "注", "注释", "註", "注釈", "脚注",
    ]
)  # fmt: skip

# No drop-down: it opens by mouse only, and a button that is always in sight needs no learning.
MENU = {
    "groups": [
        {"group": "headings"},
        {"group": "lists"},
        {"group": "nodes -blockType -lists"},
        {"group": "marks"},
        {"group": "link"},
        {"group": "footnote"},
        {"group": "table"},
        {"group": "history"},
    ]
}

# Short texts: a biography, a disclaimer, a note to readers.
NOTE = {
    "Paragraph": True,
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": LINK_SCHEMES},
    "Menu": MENU,
}

# An article.
BODY = NOTE | {
    "Heading": {"levels": [2, 3, 4]},
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Footnote": True,
}


def allow_footnote(config, allow_list):
    """A footnote is kept where its mark belongs: ``<span class="footnote">the note</span>``."""
    allow_list["tags"].add("span")
    classes = allow_list.setdefault("allowed_classes", {})
    classes.setdefault("span", set()).add(FOOTNOTE_CLASS)
