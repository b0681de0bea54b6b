#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks objects of Kubernetes' own kinds against its API schemas, unknown fields included.

usage: validate_core_kinds.py FOLDER...     needs the package kubernetes-validate (exit status 77 without it)
The last line says how many objects were checked; exit status 1 when one failed.
"""
import pathlib
import sys

import yaml

try:
    import kubernetes_validate
except ImportError:
    print("kubernetes-validate is not installed")
    sys.exit(77)

CORE = {"v1", "apps/v1", "batch/v1", "policy/v1", "autoscaling/v2", "rbac.authorization.k8s.io/v1"}
VERSION = "1.33"
checked = failed = 0
for folder in sys.argv[1:]:
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        if "values" in path.name:
            continue
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            if not document or document.get("apiVersion") not in CORE:
                continue
            checked += 1
            try:
                kubernetes_validate.validate(document, VERSION, strict=True)
            except kubernetes_validate.ValidationError as error:
                failed += 1
                print(f"FAIL {path} {document['kind']}/{document['metadata']['name']}: {error.message}"[:500])
print(f"{checked} checked, {failed} failed")
sys.exit(failed > 0)
