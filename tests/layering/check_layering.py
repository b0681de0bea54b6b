#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Enforces the layers: no Qt in core, no upward include, no feature folder of widgets/ reaching into another one,
no processEvents, qcustomplot.h only behind its wrapper, and a command line that links no Qt.

usage: check_layering.py SOURCE_DIR LLMD_PROGRAM
"""
import pathlib
import re
import subprocess
import sys

root, program = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]

# An include may only point to the same folder or to one further left.
CORE_ORDER = ["base", "catalog", "workload", "intent", "candidate", "memory", "performance", "benchmarks", "search",
              "tuning", "ranking", "plan", "manifests", "spec", "calibration", "observation", "project", "report", "sweep"]
# Folders of widgets/ that every page may use, in their own order.
WIDGET_COMMON = ["support", "tables", "charts", "document"]

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
problems = []


def sources(folder):
    for pattern in ("*.h", "*.cpp"):
        yield from sorted((root / folder).rglob(pattern))


def includes(path):
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        local = path.parent / name
        yield name, str(local.resolve().relative_to(root)) if local.exists() else name


for path in sources("core"):
    layer = path.relative_to(root / "core").parts[0]
    if layer not in CORE_ORDER:
        problems.append(f"{path}: folder '{layer}' has no place in the order of core")
        continue
    for written, target in includes(path):
        if re.match(r"Q[A-Z]|Qt|qcustomplot", written):
            problems.append(f"{path}: core includes Qt: {written}")
        if target.startswith(("widgets/", "app/")):
            problems.append(f"{path}: core includes an upper layer: {target}")
        if target.startswith("core/") and target.split("/")[1] in CORE_ORDER:
            if CORE_ORDER.index(target.split("/")[1]) > CORE_ORDER.index(layer):
                problems.append(f"{path}: '{layer}' may not include '{target}'")

for path in sources("widgets"):
    feature = path.relative_to(root / "widgets").parts[0]
    text = path.read_text(encoding="utf-8")
    if "processEvents" in text:
        problems.append(f"{path}: processEvents is banned; use the job runner")
    for written, target in includes(path):
        if target.startswith("app/"):
            problems.append(f"{path}: widgets includes app: {target}")
        if written.endswith("qcustomplot.h") and path.name != "qcp.h":
            problems.append(f"{path}: only widgets/charts/qcp.h includes qcustomplot.h")
        if target.startswith("widgets/"):
            other = target.split("/")[1]
            if other != feature and feature != "mainwindow" and other not in WIDGET_COMMON:
                problems.append(f"{path}: feature '{feature}' may not include feature '{other}'")
            if feature in WIDGET_COMMON and other in WIDGET_COMMON \
                    and WIDGET_COMMON.index(other) > WIDGET_COMMON.index(feature):
                problems.append(f"{path}: '{feature}' may not include '{other}'")

for path in sources("app/cli"):
    for written, target in includes(path):
        if re.match(r"Q[A-Z]|Qt", written) or target.startswith("widgets/"):
            problems.append(f"{path}: the command line includes {written}")

linked = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
if "libQt" in linked:
    problems.append(f"{program} links Qt")

for path in list(sources("core")) + list(sources("widgets")) + list(sources("app")) + list(sources("tests")):
    if "SPDX-License-Identifier:" not in path.read_text(encoding="utf-8")[:200]:
        problems.append(f"{path}: no SPDX line")

print("\n".join(problems) or "layers hold")
sys.exit(bool(problems))
