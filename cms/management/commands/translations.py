"""Collects every message that the code shows, and makes the translations ready to be read.

Django's ``makemessages`` with the choices of this house: a catalogue for each app, no line numbers,
no guesses, and nothing in a file that changes although no message did.
"""

import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import makemessages

from cms import catalogs

IGNORED = ["tests", "static", "docs", "var", "demo", "migrations", "*-before"]


class TidyBuildFile(makemessages.BuildFile):
    """A template made into Python for xgettext, beside which nobody works: not in the tree."""

    @property
    def work_path(self):
        if not self.is_templatized:
            return self.path
        name = Path(self.path).as_posix().replace("/", "%")
        return str(self.command.workshop / f"{name}.py")

    def postprocess_messages(self, msgs):
        return msgs.replace(self.work_path, Path(self.path).as_posix())


class Command(makemessages.Command):
    """``manage.py translations``"""

    help = "Collects the messages of the site for every language, and compiles the translations."
    build_file_class = TidyBuildFile
    # What looks like the message before is no translation of this one.
    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    # The sentences of ``licensing.rights`` stand in Sentence("…") without a mark.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=Sentence"]

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--compile",
            action="store_true",
            help="Only make ready what is translated; this needs no GNU gettext.",
        )
        how.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; exit code 1 if a file would change.",
        )

    def handle(self, *args, **options):
        self.root = settings.BASE_DIR
        if options["check"]:
            self._check()
            return
        if not options["compile"]:
            self._collect()
        for source in catalogs.sources(self.root):
            catalog = catalogs.read(source.path)
            source.compiled_path.write_bytes(catalogs.compiled(catalog))
            done = sum(1 for one in catalog if one.id and _is_translated(one))
            self.stdout.write(f"{source.app} {source.language}: {done} of {len(catalog)}")

    def _check(self) -> None:
        with TemporaryDirectory() as folder:
            self.root = Path(folder)
            pairs = list(
                zip(catalogs.sources(settings.BASE_DIR), catalogs.sources(self.root), strict=True)
            )
            for ours, copy in pairs:
                copy.path.parent.mkdir(parents=True)
                shutil.copy(ours.path, copy.path)
            self._collect()
            stale = [
                f"{ours.app} {ours.language}"
                for ours, copy in pairs
                if ours.path.read_bytes() != copy.path.read_bytes()
                or ours.compiled_path.read_bytes() != catalogs.compiled(catalogs.read(ours.path))
            ]
        if stale:
            raise CommandError(f"Run manage.py translations: {', '.join(stale)} would change.")

    def _collect(self) -> None:
        with TemporaryDirectory() as folder, chdir(settings.BASE_DIR):
            self.workshop = Path(folder)
            super().handle(
                locale=catalogs.languages(),
                exclude=[],
                domain="django",
                verbosity=0,
                all=False,
                extensions=["html,txt,py"],
                symlinks=False,
                ignore_patterns=list(IGNORED),
                use_default_ignore_patterns=True,
                no_wrap=True,
                no_location=False,
                # In which file a message stands helps to translate it; lines would only churn.
                add_location="file",
                no_obsolete=True,
                keep_pot=False,
            )
        for source in catalogs.sources(self.root):
            written = source.path.read_text(encoding="utf-8")
            catalog = catalogs.read(source.path)
            source.path.write_text(
                catalogs.with_our_head(written, source, catalog), encoding="utf-8"
            )

    def find_files(self, root):
        """Every file with words, each at the catalogue of its app."""
        found = super().find_files(root)
        for file in found:
            file.locale_dir = str(self.root / _app_of(Path(file.dirpath).parts) / "locale")
        self.locale_paths = [str(self.root / app / "locale") for app in catalogs.APPS]
        return found


def _app_of(parts: tuple[str, ...]) -> str:
    """``templates/admin/licensing`` and ``licensing/admin`` are the words of ``licensing``."""
    places = parts[1:] if parts[:1] == ("templates",) else parts
    places = places[1:] if places[:1] == ("admin",) and parts[0] == "templates" else places
    return places[0] if places and places[0] in catalogs.APPS else "cms"


def _is_translated(message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms) and not message.fuzzy
