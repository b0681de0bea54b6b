#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what is installed beside the programs, without installing it.

    check_packaging.py CHECK SOURCE_DIR BUILD_DIR LLMD

CHECK: desktop, metainfo, mime, man, completions, debian or recipes. What needs no tool is always checked; where a tool is
missing for the rest, that is said and the exit status is 77 (skipped).
"""
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SKIPPED = 77
ID = "org.llm_d.PlannerWorkbench"
MIME = "application/x-llmd-plan"
ICON_SIZES = [16, 32, 48, 64, 128, 256]

failures = []
missing_tools = []


def expect(condition, message):
    if not condition:
        failures.append(message)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)


def tool(name, *arguments, accept=lambda done: done.returncode == 0):
    """Runs a checker where it is installed; what it says is a failure."""
    if not shutil.which(name):
        missing_tools.append(name)
        return
    done = run(name, *arguments)
    expect(accept(done), f"{name} {' '.join(map(str, arguments))}:\n{done.stdout}{done.stderr}")


def desktop_entry(source):
    section = {}
    for line in (source / "resources/desktop" / f"{ID}.desktop").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            expect(key not in section, f"desktop entry: {key} occurs twice")
            section[key] = value
    return section


def check_desktop(source, build, llmd):
    entry = desktop_entry(source)
    main = (source / "app/workbench/main.cpp").read_text(encoding="utf-8")
    expect(entry.get("Icon") == ID, "desktop entry: Icon is not the id of the program")
    expect(f'setDesktopFileName(QStringLiteral("{ID}"))' in main, "main.cpp sets another desktop file name")
    expect(entry.get("Exec", "").split()[0] == "llmd-workbench", "desktop entry: Exec starts something else")
    expect(MIME + ";" in entry.get("MimeType", ""), f"desktop entry: MimeType lacks {MIME}")
    for key in ("GenericName", "Comment", "Keywords"):
        for language in sorted(path.stem.split("_", 1)[1] for path in (source / "translations").glob("llmd_*.ts")):
            expect(entry.get(f"{key}[{language}]"), f"desktop entry: {key} is not translated to {language}")
    for name in (ID, MIME.replace("/", "-")):
        expect((source / f"resources/desktop/{name}.svg").exists(), f"{name}.svg is missing")
        for size in ICON_SIZES:
            path = source / f"resources/desktop/png/{size}/{name}.png"
            expect(path.exists(), f"{path} is missing: run packaging/render-icons")
            if path.exists():  # the size is in the header
                width = int.from_bytes(path.read_bytes()[16:20], "big")
                expect(width == size, f"{path} is {width} pixels wide: run packaging/render-icons")
    tool("desktop-file-validate", source / "resources/desktop" / f"{ID}.desktop",
         accept=lambda done: done.returncode == 0 and not done.stdout.strip())


def check_metainfo(source, build, llmd):
    path = build / "packaging" / f"{ID}.metainfo.xml"
    root = ElementTree.parse(path).getroot()
    version = run(llmd, "--version").stdout.split()[-1]
    expect(root.findtext("id") == ID, "metainfo: wrong id")
    expect(root.findtext("launchable") == f"{ID}.desktop", "metainfo: launches another desktop entry")
    expect(root.find("releases/release").get("version") == version, f"metainfo: the first release is not {version}")
    expect(root.findtext("provides/mediatype") == MIME, "metainfo: other MIME type")
    tool("appstreamcli", "validate", "--no-net", path)


def check_mime(source, build, llmd):
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ElementTree.parse(source / "resources/desktop" / f"{ID}.xml").getroot()
    kind = root.find(f"{space}mime-type")
    expect(kind.get("type") == MIME, "MIME type: wrong name")
    expect(kind.find(f"{space}glob").get("pattern") == "*.llmdplan", "MIME type: wrong pattern")
    expect(kind.find(f"{space}sub-class-of").get("type") == "application/json", "MIME type: plans are JSON")
    window = (source / "widgets/mainwindow").glob("*.cpp")
    expect(any('u"llmdplan"_s' in text.read_text(encoding="utf-8") for text in window), "the window saves another suffix")


def commands_of(llmd, path=()):
    """[(path, help text)] of the program and all commands below, read again and more simply than by the generator."""
    done = run(llmd, *path, "--help")
    expect(done.returncode == 0, f"llmd {' '.join(path)} --help failed")
    found = [(path, done.stdout)]
    if "Subcommands:" in done.stdout:
        for name in re.findall(r"^  ([a-z-]+) ", done.stdout.split("Subcommands:", 1)[1], re.MULTILINE):
            found += commands_of(llmd, path + (name,))
    return found


def options_in(text):
    return sorted(set(re.findall(r"^  (?:-\w,)?(--[a-z0-9-]+)", text, re.MULTILINE)))


def check_man(source, build, llmd):
    folder = build / "packaging/docs/man"
    for path, text in commands_of(llmd):
        page = folder / ("-".join(("llmd",) + path) + ".1")
        expect(page.exists(), f"there is no {page.name}")
        if page.exists():
            content = page.read_text(encoding="utf-8").replace("\\-", "-")
            for option in options_in(text):
                expect(f"\\fB{option}\\fR" in content, f"{page.name} lacks {option}")
            expect(content.index(".SH NAME") < content.index(".SH SYNOPSIS") < content.index(".SH DESCRIPTION"),
                   f"{page.name}: wrong order of sections")
    pages = sorted(folder.glob("*.1")) + sorted((build / "packaging/docs").glob("man-workbench/*.1"))
    for page in pages:
        if shutil.which("groff"):
            done = run("groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-Wbreak", "-z", str(page), env=dict(os.environ, LC_ALL="C.UTF-8"))
            expect(not done.stderr.strip(), f"groff on {page.name}: {done.stderr}")
        elif shutil.which("mandoc"):
            done = run("mandoc", "-T", "lint", "-W", "error", str(page))
            expect(done.returncode == 0, f"mandoc on {page.name}: {done.stdout}")
    if not shutil.which("groff") and not shutil.which("mandoc"):
        missing_tools.append("groff or mandoc")


def bash_completes(script, *words):
    """What bash would offer for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in words)
    program = (f"source '{script}'; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _llmd 2>/dev/null; "
               "printf '%s\\n' \"${COMPREPLY[@]}\"")
    return run("bash", "--norc", "-c", program).stdout.split()


def check_completions(source, build, llmd):
    folder = build / "packaging/docs/completions"
    bash, zsh, fish = folder / "bash/llmd", folder / "zsh/_llmd", folder / "fish/llmd.fish"
    fish_text, zsh_text = fish.read_text(encoding="utf-8"), zsh.read_text(encoding="utf-8")
    commands = commands_of(llmd)
    for path, text in commands:
        offered = bash_completes(bash, "llmd", *path, "--")
        for option in options_in(text):
            expect(option in offered, f"bash offers no {option} for llmd {' '.join(path)}")
            expect(f"-l {option[2:]} " in fish_text, f"fish has no {option}")
            expect(f"{option}=[" in zsh_text or f"{option}[" in zsh_text, f"zsh has no {option}")
        if path:
            expect(path[-1] in bash_completes(bash, "llmd", *path[:-1], path[-1][:2]),
                   f"bash does not complete llmd {' '.join(path)}")
    expect(bash_completes(bash, "llmd", "recommend", "--gpu", "h100_s") == ["h100_sxm"], "bash offers no GPUs")
    expect("kubernetes" in bash_completes(bash, "llmd", "export", "--target", ""), "bash offers no targets")
    for shell, script, check in (("zsh", zsh, "-n"), ("fish", fish, "--no-execute")):
        tool(shell, check, str(script), accept=lambda done: done.returncode == 0 and not done.stderr.strip())


def check_debian(source, build, llmd):
    folder = source / "packaging/debian"
    control = (folder / "control").read_text(encoding="utf-8")
    listed = set(line.split("#")[0].strip() for line in (source / "packaging/packages.txt").read_text().splitlines())
    needed = set(re.findall(r"^\s*([a-z0-9.+-]+)(?::any)?(?: \([^)]*\))?,?$",
                            control.split("Build-Depends:", 1)[1].split("Standards-Version", 1)[0], re.MULTILINE))
    # What the build needs by packages.txt, but for tools that Debian's build brings or only tests use.
    for package in sorted(listed - needed - {"", "g++", "ccache", "binutils", "python3", "python3-yaml",
                                             "python3-jsonschema", "fonts-dejavu-core", "desktop-file-utils",
                                             "appstream", "groff-base", "prometheus"}):
        failures.append(f"debian/control does not depend on {package}, packages.txt has it")
    version = run(llmd, "--version").stdout.split()[-1]
    expect(f"({version})" in (folder / "changelog").read_text(encoding="utf-8").splitlines()[0],
           f"the first entry of debian/changelog is not for {version}")
    for name in ("llmd", "llmd-workbench"):
        expect(f"Package: {name}\n" in control, f"debian/control has no package {name}")
    runtime = (source / "packaging/Containerfile").read_text(encoding="utf-8")
    if shutil.which("objdump"):
        needed_libraries = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", llmd).stdout)
        packages = {"libyaml-cpp": "libyaml-cpp0.7", "libsqlite3": "libsqlite3-0", "libarchive": "libarchive13",
                    "libcurl": "libcurl4", "libfmt": "libfmt9"}
        for library in needed_libraries:
            stem = library.split(".so")[0]
            if stem in ("libc", "libm", "libstdc++", "libgcc_s", "ld-linux-x86-64", "ld-linux-aarch64") or "san" in stem:
                continue
            expect(stem in packages and packages[stem] in runtime, f"packaging/Containerfile installs nothing for {library}")
    else:
        missing_tools.append("objdump")


def check_recipes(source, build, llmd):
    for script in ("packaging/bootstrap", "packaging/make-deb", "packaging/check-deb", "packaging/render-icons",
                   "packaging/appimage/make-appimage"):
        path = source / script
        expect(os.access(path, os.X_OK), f"{script} is not executable")
        done = run("bash", "-n", str(path))
        expect(done.returncode == 0, f"{script}: {done.stderr}")
    try:
        import yaml
    except ImportError:
        missing_tools.append("python3-yaml")
        return
    manifest = yaml.safe_load((source / f"packaging/flatpak/{ID}.yaml").read_text(encoding="utf-8"))
    expect(manifest["id"] == ID and manifest["command"] == "llmd-workbench", "flatpak: wrong id or command")
    expect([key for key in manifest["finish-args"] if "network" in key] == ["--share=network"],
           "flatpak: the monitor needs the network")
    for module in manifest["modules"]:
        expect(module.get("name") and module.get("sources"), f"flatpak: module without name or sources: {module}")
        for entry in module["sources"]:
            expect(entry.get("path") or entry.get("sha256") or entry.get("tag"),
                   f"flatpak: {module['name']} has a source that nothing pins")


def main():
    check, source, build, llmd = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    checks = {name[len("check_"):]: function for name, function in globals().items() if name.startswith("check_")}
    checks[check](source, build, llmd)
    for failure in failures:
        print(f"FAILED: {failure}")
    if failures:
        sys.exit(1)
    if missing_tools:
        print(f"skipped in part: not installed: {', '.join(missing_tools)}; what needs none of them is right")
        sys.exit(SKIPPED)
    print("all right")


if __name__ == "__main__":
    main()
