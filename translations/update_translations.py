#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the translation files up to date with the sources, or checks that they are.

    update_translations.py [--lupdate PROGRAM] [--check]

A text is identified by itself and its disambiguation (the second argument of tr()), not by the class that it stands in:
many texts come from free functions, which have no class, and equal texts are translated once. So each file has one context,
"llmd", and the translator of widgets/support/languages.cpp looks there whatever the context is. Two meanings of one English
text need a disambiguation. Translations of texts that are gone are dropped; new texts are added as unfinished.

--check changes nothing; its exit status is 1 where a file is not up to date and 77 where there is no lupdate.
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(Path(__file__).resolve().parent.glob("llmd_*.ts"))
SOURCES = ["app/workbench", "widgets"]
# Fixed English texts that the workbench shows with localText(): where they are, and what they look like there.
FIXED_TEXTS = [
    ("resources/catalog/use-cases.yaml", re.compile(r'^    (?:name|description): "(.*)"$', re.MULTILINE), None),
    ("core/search/wording.cpp", re.compile(r'return "([^"]+)";'), "std::string describe(Constraint"),
]


def find_lupdate(given):
    for candidate in (given, "/usr/lib/qt6/bin/lupdate", shutil.which("lupdate6"), shutil.which("lupdate-qt6"),
                      shutil.which("lupdate")):
        if candidate and Path(candidate).exists():
            return candidate
    return None


def messages_of(path):
    """{(text, disambiguation): (message element, comments for translators)} of a .ts file."""
    found = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        key = (message.findtext("source"), message.findtext("comment") or "")
        comments = [text for text in [message.findtext("extracomment")] if text]
        if key in found:
            comments = found[key][1] + [text for text in comments if text not in found[key][1]]
            if message.get("numerus") != "yes":
                message = found[key][0]
        found[key] = (message, comments)
    return found


def texts_of_sources(lupdate):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.ts"
        done = subprocess.run([lupdate, "-silent", "-no-obsolete", "-locations", "none", *SOURCES, "-ts", str(path)],
                              cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"lupdate failed: {done.stderr.strip()}")
        return fixed_texts() | messages_of(path)


def fixed_texts():
    """Those of FIXED_TEXTS in the form of messages_of(); a pattern that finds nothing is a mistake here."""
    found = {}
    for name, pattern, function in FIXED_TEXTS:
        content = (ROOT / name).read_text(encoding="utf-8")
        if function:
            content = content[content.index(function):].split("\n}\n", 1)[0]
        texts = pattern.findall(content)
        if not texts:
            sys.exit(f"no fixed texts were found in {name}: its form has changed, adapt FIXED_TEXTS")
        for text in texts:
            found[(text, "")] = (ElementTree.Element("message"), [])
    return found


def translation_of(message, numerus):
    """The inner XML of <translation>, and whether it is finished."""
    element = message.find("translation") if message is not None else None
    forms = [form.text or "" for form in element.findall("numerusform")] if element is not None else []
    text = element.text or "" if element is not None else ""
    finished = element is not None and element.get("type") is None
    if numerus:
        forms = forms or ["", ""]
        inner = "".join(f"\n            <numerusform>{escape(form)}</numerusform>" for form in forms) + "\n        "
        return inner, finished and all(forms)
    return escape(text), finished and bool(text)


def file_text(language, texts, old):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>",
             f'<TS version="2.1" language="{language}" sourcelanguage="en">', "<context>", "    <name>llmd</name>"]
    for (source, comment), (message, comments) in sorted(texts.items(), key=lambda item: item[0]):
        numerus = message.get("numerus") == "yes"
        inner, finished = translation_of(old.get((source, comment), (None, []))[0], numerus)
        lines.append('    <message numerus="yes">' if numerus else "    <message>")
        lines.append(f"        <source>{escape(source)}</source>")
        if comment:
            lines.append(f"        <comment>{escape(comment)}</comment>")
        if comments:
            lines.append(f"        <extracomment>{escape(' '.join(comments))}</extracomment>")
        lines.append(f"        <translation{'' if finished else ' type=' + chr(34) + 'unfinished' + chr(34)}>{inner}"
                     "</translation>")
        lines.append("    </message>")
    return "\n".join(lines + ["</context>", "</TS>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lupdate", help="lupdate of Qt 6; looked for where it usually is")
    parser.add_argument("--check", action="store_true", help="change nothing, fail where a file is not up to date")
    arguments = parser.parse_args()
    lupdate = find_lupdate(arguments.lupdate)
    if not lupdate:
        print("lupdate of Qt 6 is not installed (qt6-l10n-tools); nothing was looked at", file=sys.stderr)
        sys.exit(77)
    texts = texts_of_sources(lupdate)
    stale = False
    for path in FILES:
        language = path.stem.split("_", 1)[1]
        before = path.read_text(encoding="utf-8")
        old = messages_of(path)
        after = file_text(language, texts, old)
        missing = [key[0] for key, (message, _) in texts.items()
                   if not translation_of(old.get(key, (None, []))[0], message.get("numerus") == "yes")[1]]
        gone = [key[0] for key in old if key not in texts]
        print(f"{path.name}: {len(texts)} texts, {len(missing)} not translated, {len(gone)} gone from the sources")
        if arguments.check:
            for text in missing[:20]:
                print(f"  not translated: {text}")
            stale = stale or bool(missing) or bool(gone)
        elif before != after:
            path.write_text(after, encoding="utf-8")
    if stale:
        print("Bring them up to date: cmake --build BUILD --target update-translations, then translate what is new.")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
