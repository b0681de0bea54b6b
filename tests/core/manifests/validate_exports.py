#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a manifest validator over many exports in one process, so that its schemas are read once.

usage: validate_exports.py VALIDATOR FOLDER...     prints "== FOLDER" and the validator's own lines for each; exit status 0 always
"""
import runpy
import sys

import yaml

validator, folders = sys.argv[1], sys.argv[2:]
read, kept = yaml.load_all, {}


def load_all(stream, loader):
    name = getattr(stream, "name", "")
    if "/schemas/" not in str(name):
        return read(stream, loader)
    if name not in kept:
        kept[name] = list(read(stream, loader))
    return kept[name]


yaml.load_all = load_all
for folder in folders:
    print("== " + folder, flush=True)
    sys.argv = [validator, folder]
    try:
        runpy.run_path(validator)
    except SystemExit:
        pass
