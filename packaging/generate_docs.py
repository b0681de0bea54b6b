#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes man pages and shell completions from what the programs themselves say under --help.

    generate_docs.py --llmd PROGRAM [--workbench PROGRAM] --sections DIR --output DIR

The build runs it; what it writes is installed. An option that is added to a command therefore needs no second place to be
described in. DIR of --sections holds NAME.1.inc files with hand-written sections (files, examples) in man(7) form.
"""
import argparse
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

# Where CLI11 begins the description of an option.
DESCRIPTION_COLUMN = 30

# Options whose values are ids of the built-in catalog: the list that `llmd catalog` prints.
CATALOG_OF_OPTION = {
    "--gpu": "gpus", "--exclude-gpu": "gpus", "--model": "models", "--use-case": "use-cases",
    "--prices": "prices", "--versions": "versions", "--engine": "engines",
}


@dataclass
class Option:
    names: list[str]            # ["-o", "--output"]; a positional has none
    metavar: str = ""           # "FILE", "TEXT", "" for a flag
    choices: list[str] = field(default_factory=list)
    repeatable: bool = False
    notes: str = ""             # "required", "default 1", "not with --rate"
    description: str = ""
    positional: str = ""        # its name


@dataclass
class Command:
    path: list[str]             # ["benchmark", "import"]
    description: str = ""
    usage: str = ""
    positionals: list[Option] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    commands: list["Command"] = field(default_factory=list)

    @property
    def page(self):
        return "-".join(["llmd", *self.path])


def output_of(program, *arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8", QT_QPA_PLATFORM="offscreen", ASAN_OPTIONS="detect_leaks=0")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, env=environment, timeout=120)
    if done.returncode != 0:
        sys.exit(f"{program} {' '.join(arguments)} failed with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def entries(lines):
    """(name column, description) of the indented lines of one section."""
    found = []
    for line in lines:
        if line.startswith(" " * DESCRIPTION_COLUMN):
            if not found:
                sys.exit(f"unexpected description without an option: {line!r}")
            found[-1][1] = (found[-1][1] + " " + line.strip()).strip()
        elif len(line) >= DESCRIPTION_COLUMN and line[DESCRIPTION_COLUMN - 1] == " " and line[:DESCRIPTION_COLUMN].strip():
            found.append([line[:DESCRIPTION_COLUMN].strip(), line[DESCRIPTION_COLUMN:].strip()])
        else:
            found.append([line.strip(), ""])
    return found


def parse_value(option, words):
    """Reads what follows the names: TYPE[:{a,b}|:TYPE in [1 - 9]][=default] REQUIRED ... Needs: … Excludes: …"""
    notes = []
    match = re.match(r"([A-Z_0-9|]+)?((?::\{[^}]*\}|:[A-Z]+ in \[[^]]*\]|:[A-Z]+)*)(=\S+)?", words)
    option.metavar = match.group(1) or ""
    for check in re.findall(r":(\{[^}]*\}|[A-Z]+ in \[[^]]*\])", match.group(2) or ""):
        if check.startswith("{"):
            option.choices = [choice.split("->")[0] for choice in check[1:-1].split(",")]
        else:
            low, high = re.search(r"\[(\S+) - (\S+)\]", check).groups()
            notes.append(f"{low} to {high}")
    rest = words[match.end():]
    option.repeatable = "..." in rest
    if "REQUIRED" in rest:
        notes.append("required")
    if match.group(3):
        notes.append(f"default {match.group(3)[1:]}")
    for label, text in (("Needs", "needs"), ("Excludes", "not with")):
        others = re.search(rf"{label}:((?: -\S+)+)", rest)
        if others:
            notes.append(f"{text} {', '.join(others.group(1).split())}")
    option.notes = "; ".join(notes)


def parse_option(name, description):
    first, _, rest = name.partition(" ")
    option = Option(names=first.split(","), description=description)
    parse_value(option, rest)
    return option


def parse_positional(name, description):
    first, _, rest = name.partition(" ")
    option = Option(names=[], description=description, positional=first)
    parse_value(option, rest)
    return option


def parse_help(program, path):
    text = output_of(program, *path, "--help")
    command = Command(path)
    head, *sections = re.split(r"\n(?=[A-Z][A-Za-z ]*:\n)", text)
    for line in head.splitlines():
        if line.startswith("Usage: "):
            command.usage = line[len("Usage: "):]
        elif line.strip():
            command.description = (command.description + " " + line.strip()).strip()
    for section in sections:
        title, *lines = section.splitlines()
        for name, description in entries([line for line in lines if line.strip()]):
            if title == "Positionals:":
                command.positionals.append(parse_positional(name, description))
            elif title == "Subcommands:":
                command.commands.append(parse_help(program, path + [name]))
            else:
                command.options.append(parse_option(name, description))
    return command


def parse_qt_help(program):
    """The help of a Qt program: `  -h, --help     Displays help`, continued lines indented further."""
    command = Command([])
    section = ""
    for line in output_of(program, "--help").splitlines():
        if re.match(r"[A-Z][a-z]+:$", line):
            section = line
        elif line.startswith("Usage: "):
            command.usage = "llmd-workbench " + line.split(" ", 2)[2]
        elif not section and line.strip():
            command.description = line.strip()
        elif section == "Options:" and re.match(r"  -", line):
            name, description = re.match(r"  (.*?)(?:  +(.*))?$", line).groups()
            names = [word.rstrip(",") for word in re.findall(r"-\S+", name)]
            metavar = re.search(r"<([^>]*)>", name)
            command.options.append(Option(names, metavar.group(1) if metavar else "", description=description or ""))
        elif section == "Arguments:" and re.match(r"  \S", line):
            name, description = re.match(r"  (.*?)(?:  +(.*))?$", line).groups()
            command.positionals.append(Option([], description=description or "", positional=name))
        elif line.strip():
            last = (command.options if section == "Options:" else command.positionals)[-1]
            last.description = f"{last.description} {line.strip()}".strip()
    return command


# --- man pages -------------------------------------------------------------------------------------------------------

def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + text if text.startswith((".", "\\(aq")) else text


def roff_option(option):
    value = option.metavar or ("VALUE" if option.choices else "")
    names = []
    for name in option.names:
        joiner = "=" if name.startswith("--") else " "
        names.append(f"\\fB{roff(name)}\\fR" + (f"{joiner}\\fI{roff(value)}\\fR" if value else ""))
    label = ", ".join(names) if names else f"\\fI{roff(option.positional)}\\fR"
    notes = option.notes
    if option.choices:
        notes = "; ".join(filter(None, [f"one of: {', '.join(option.choices)}", notes]))
    if option.repeatable and "repeat" not in option.description:
        notes = "; ".join(filter(None, ["may be repeated", notes]))
    text = option.description.rstrip(".") + "." if option.description else ""
    if notes:
        text += f" ({notes})"
    return f".TP\n{label}\n{roff(text)}\n"


def first_sentence(text):
    return re.split(r"(?<=[a-z0-9)])(?<!e\.g)[.:] ", text)[0].rstrip(".")


def synopsis(usage):
    program, *rest = usage.split(" ")
    return f"\\fB{roff(program)}\\fR {roff(' '.join(rest))}".strip()


def man_page(name, version, description, command, sections, see_also):
    page = [f'.\\" SPDX-License-Identifier: Apache-2.0\n.\\" Written by packaging/generate_docs.py from `--help`.\n',
            f'.TH {name.upper().replace("-", chr(92) + "-")} 1 "" "{version}" "llm\\-d Planner Workbench"\n',
            f".SH NAME\n{roff(name)} \\- {roff(first_sentence(description))}\n",
            f".SH SYNOPSIS\n{synopsis(command.usage)}\n",
            f".SH DESCRIPTION\n{roff(description.rstrip('.'))}.\n"]
    if command.commands:
        page.append(".SH COMMANDS\n")
        for sub in command.commands:
            page.append(f".TP\n\\fB{roff(' '.join(sub.path))}\\fR\n{roff(sub.description.rstrip('.'))}.\n"
                        f"See \\fB{roff(sub.page)}\\fR(1).\n")
    if command.positionals:
        page.append(".SH ARGUMENTS\n" + "".join(roff_option(option) for option in command.positionals))
    if command.options:
        page.append(".SH OPTIONS\n" + "".join(roff_option(option) for option in command.options))
    if command.path:
        page.append(".PP\nThe global options of \\fBllmd\\fR(1) may follow the command.\n")
    page.append(sections)
    if see_also:
        page.append(".SH SEE ALSO\n" + ",\n".join(f"\\fB{roff(other)}\\fR(1)" for other in see_also) + "\n")
    return "".join(page)


def walk(command):
    yield command
    for sub in command.commands:
        yield from walk(sub)


def write_man_pages(root, version, sections, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for command in walk(root):
        name = command.page
        extra = sections / f"{name}.1.inc"
        siblings = ["llmd"] if command.path else ["llmd-workbench"]
        if command.commands:
            siblings += [sub.page for sub in command.commands]
        (folder / f"{name}.1").write_text(man_page(
            name, version, command.description, command, extra.read_text() if extra.exists() else "", siblings))


# --- completions -----------------------------------------------------------------------------------------------------

def catalog_ids(program):
    return {kind: [entry["id"] for entry in json.loads(output_of(program, "catalog", kind, "--json"))]
            for kind in sorted(set(CATALOG_OF_OPTION.values()))}


def value_words(option, ids):
    if option.choices:
        return option.choices
    for name in option.names:
        if name in CATALOG_OF_OPTION:
            return ids[CATALOG_OF_OPTION[name]]
    return []


def takes_value(option):
    return bool(option.metavar or option.choices)


def merged_options(root, command):
    """Those of the command and, as they may follow it, the global ones."""
    own = {name for option in command.options for name in option.names}
    return command.options + [o for o in root.options if not own & set(o.names) and "--version" not in o.names]


def bash_completion(program, root, ids):
    function = "_" + program.replace("-", "_")
    cases = []
    for command in walk(root):
        options = merged_options(root, command) if command.path else command.options
        words = " ".join(name for option in options for name in option.names if name.startswith("--") or len(option.names) == 1)
        values = []
        for option in options:
            if not takes_value(option):
                continue
            names = "|".join(option.names)
            known = value_words(option, ids)
            if known:
                values.append(f"        {names}) words='{' '.join(known)}'; kind=words ;;\n")
            elif option.metavar == "DIR":
                values.append(f"        {names}) kind=folder ;;\n")
            elif option.metavar in ("FILE", "PATH"):
                values.append(f"        {names}) kind=file ;;\n")
            else:
                values.append(f"        {names}) kind=none ;;\n")
        positional = [choice for option in command.positionals for choice in option.choices]
        subs = " ".join([sub.path[-1] for sub in command.commands] + positional)
        label = " ".join(command.path)
        cases.append(f"    '{label}')\n        options='{words}'\n        commands='{subs}'\n"
                     f"        case \"$before\" in\n{''.join(values)}        esac ;;\n")
    names = " ".join(f"'{' '.join(command.path)}'" for command in walk(root) if command.path)
    return f"""# SPDX-License-Identifier: Apache-2.0
# bash completion for {program}; written by packaging/generate_docs.py from `--help`.
{function}() {{
    local current before command='' index word joined kind='' words='' options='' commands=''
    local known=({names})
    COMPREPLY=()
    current=${{COMP_WORDS[COMP_CWORD]}}
    before=${{COMP_WORDS[COMP_CWORD - 1]}}
    # bash splits "--option=value" at the sign.
    if [ "$current" = "=" ]; then
        current=''
    elif [ "$before" = "=" ] && [ "$COMP_CWORD" -ge 2 ]; then
        before=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    for ((index = 1; index < COMP_CWORD; ++index)); do
        word=${{COMP_WORDS[index]}}
        joined="${{command:+$command }}$word"
        for name in "${{known[@]}}"; do
            [ "$name" = "$joined" ] && command=$joined
        done
    done
    case "$command" in
{''.join(cases)}    esac
    case "$kind" in
    words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
    folder) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    none) ;;
    *)
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        elif [ -n "$commands" ]; then
            mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
        else
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
        fi ;;
    esac
}}
complete -F {function} {program}
"""


def short(text):
    return first_sentence(text).replace("'", "’")


def zsh_text(text):
    return short(text).replace("[", "(").replace("]", ")").replace(":", "\\:").replace("`", "").replace('"', "")


def zsh_option(option, ids):
    text = zsh_text(option.description)
    value = ""
    if takes_value(option):
        words = value_words(option, ids)
        action = f"({' '.join(words)})" if words else "_files -/" if option.metavar == "DIR" else \
            "_files" if option.metavar in ("FILE", "PATH") else " "
        value = f":{(option.metavar or 'value').lower()}:{action}"
    star = "*" if option.repeatable else ""
    return [f"'{star}{name}{'=' if value and name.startswith('--') else ''}[{text}]{value}'" for name in option.names]


def zsh_completion(program, root, ids):
    functions = []
    for command in walk(root):
        name = "_" + "_".join([program, *command.path]).replace("-", "_")
        options = merged_options(root, command) if command.path else command.options
        specs = [spec for option in options for spec in zsh_option(option, ids)]
        if command.commands:
            listed = "\n".join(f"        '{sub.path[-1]}:{zsh_text(sub.description)}'" for sub in command.commands)
            branches = "\n".join(f"        {sub.path[-1]}) {name}_{sub.path[-1].replace('-', '_')} ;;"
                                 for sub in command.commands)
            lines = " \\\n        ".join(specs + ["'1:command:->command'", "'*::argument:->argument'"])
            functions.append(f"""{name}() {{
    local context state state_descr line
    typeset -A opt_args
    local -a commands=(
{listed}
    )
    _arguments -C \\
        {lines}
    case $state in
    command) _describe command commands ;;
    argument)
        case $line[1] in
{branches}
        esac ;;
    esac
}}
""")
        else:
            choices = [choice for option in command.positionals for choice in option.choices]
            rest = f"'*:argument:({' '.join(choices)})'" if choices else "'*:file:_files'"
            lines = " \\\n        ".join(specs + [rest])
            functions.append(f"{name}() {{\n    _arguments \\\n        {lines}\n}}\n")
    main = "_" + program.replace("-", "_")
    return (f"#compdef {program}\n# SPDX-License-Identifier: Apache-2.0\n"
            f"# zsh completion for {program}; written by packaging/generate_docs.py from `--help`.\n\n"
            + "\n".join(functions) + f"\n{main} \"$@\"\n")


def fish_condition(root, command):
    if not command.path:
        return "__fish_use_subcommand"
    conditions = [f"__fish_seen_subcommand_from {word}" for word in command.path]
    children = [sub.path[-1] for sub in command.commands]
    if children:
        conditions.append(f"not __fish_seen_subcommand_from {' '.join(children)}")
    return "; and ".join(conditions)


def fish_completion(program, root, ids):
    lines = ["# SPDX-License-Identifier: Apache-2.0\n",
             f"# fish completion for {program}; written by packaging/generate_docs.py from `--help`.\n"]

    def add(option, condition):
        words = [f"complete -c {program}"]
        if condition:
            words.append(f"-n '{condition}'")
        for name in option.names:
            words.append(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
        if takes_value(option):
            known = value_words(option, ids)
            words.append(f"-x -a '{' '.join(known)}'" if known else
                         "-r -F" if option.metavar in ("FILE", "PATH", "DIR") else "-x")
        lines.append(" ".join(words + [f"-d '{short(option.description)}'"]) + "\n")

    for option in root.options:
        add(option, "")
    for command in walk(root):
        condition = fish_condition(root, command)
        for sub in command.commands:
            lines.append(f"complete -c {program} -f -n '{condition}' -a {sub.path[-1]} -d '{short(sub.description)}'\n")
        for option in command.positionals:
            if option.choices:
                lines.append(f"complete -c {program} -f -n '{condition}' -a '{' '.join(option.choices)}'\n")
        if command.path:
            for option in command.options:
                if "--help" not in option.names:
                    add(option, condition)
    return "".join(lines)


def write_completions(program, root, ids, folder):
    for shell, text in (("bash", bash_completion(program, root, ids)), ("zsh", zsh_completion(program, root, ids)),
                        ("fish", fish_completion(program, root, ids))):
        name = {"bash": program, "zsh": f"_{program}", "fish": f"{program}.fish"}[shell]
        (folder / shell).mkdir(parents=True, exist_ok=True)
        (folder / shell / name).write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--llmd", required=True)
    parser.add_argument("--workbench")
    parser.add_argument("--sections", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()

    version = output_of(arguments.llmd, "--version").strip()
    root = parse_help(arguments.llmd, [])
    write_man_pages(root, version, arguments.sections, arguments.output / "man")
    write_completions("llmd", root, catalog_ids(arguments.llmd), arguments.output / "completions")
    if arguments.workbench:
        workbench = parse_qt_help(arguments.workbench)
        extra = (arguments.sections / "llmd-workbench.1.inc").read_text()
        (arguments.output / "man-workbench").mkdir(parents=True, exist_ok=True)
        (arguments.output / "man-workbench" / "llmd-workbench.1").write_text(
            man_page("llmd-workbench", version.replace("llmd ", "llmd-workbench "), workbench.description, workbench,
                     extra, ["llmd"]))
        write_completions("llmd-workbench", workbench, {}, arguments.output / "completions-workbench")


if __name__ == "__main__":
    main()
