#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands in for the BLIS simulator where it is not installed: knows its command line and files of August 2026, refuses what
that would refuse, and predicts something simple from them. It shows that the adapter speaks BLIS' language, not that BLIS
is right.

STANDIN_LOG: folder that gets what was asked. STANDIN_MODE: "old" for the flags of earlier versions, "alien" for a program
without them, "fail" to end with an error, "slow" to take for ever, "few" to complete nothing.
"""
import json
import math
import os
import pathlib
import random
import sys
import time

MODE = os.environ.get("STANDIN_MODE", "")
FLAGS = {"--model": str, "--model-config-folder": str, "--hardware": str, "--hardware-config": str, "--defaults-filepath": str,
         "--latency-model": str, "--alpha-coeffs": str, "--beta-coeffs": str, "--tp": int, "--dp": int, "--total-kv-blocks": int,
         "--max-num-seqs": int, "--max-num-batched-tokens": int, "--block-size-in-tokens": int, "--gpu-memory-utilization": float,
         "--max-model-len": int, "--workload-spec": str, "--seed": int, "--timeout": int, "--cache-signal-delay": int, "--log": str,
         "--metrics-path": str, "--kv-cache-dtype": str, "--num-instances": int, "--routing-policy": str}
SWITCHES = {"--enable-expert-parallel"}
if MODE == "old":
    for new, old in (("--max-num-seqs", "--max-num-running-reqs"), ("--max-num-batched-tokens", "--max-num-scheduled-tokens")):
        FLAGS[old] = FLAGS.pop(new)
    del FLAGS["--cache-signal-delay"], FLAGS["--timeout"]
if MODE == "alien":
    FLAGS = {"--scenario": str, "--catalog": str}

CLIENT = {"id", "tenant_id", "slo_class", "streaming", "input_distribution", "output_distribution", "prefix_group", "prefix_length",
          "concurrency", "rate_fraction", "arrival", "timeout", "think_time_us"}
SPEC = {"version", "seed", "category", "clients", "aggregate_rate", "num_requests", "horizon"}
PARAMS = {"constant": {"value"}, "pareto_lognormal": {"alpha", "xm", "mu", "sigma", "mix_weight"}}


def fatal(text):
    print(f'level=fatal msg="{text}"', file=sys.stderr)
    sys.exit(1)


def need(condition, text):
    if not condition:
        fatal(text)


def parse(arguments):
    values = {}
    for argument in arguments:
        name, _, value = argument.partition("=")
        need(name in FLAGS or name in SWITCHES, f"unknown flag: {name}")
        try:
            values[name] = FLAGS[name](value) if name in FLAGS else True
        except ValueError:
            fatal(f"invalid argument {value!r} for {name}")
    return values


def known(mapping, keys, what):
    need(set(mapping) <= keys, f"{what}: field {sorted(set(mapping) - keys)} not found")


def mean(distribution):
    kind, params = distribution["type"], distribution["params"]
    if kind == "empirical":
        need(all(key.isdigit() for key in params), "empirical key is not an integer")
        return sum(int(key) * share for key, share in params.items()) / sum(params.values())
    need(kind in PARAMS, f"unknown distribution type {kind}")
    need(set(params) >= PARAMS[kind], f"{kind} requires parameters")
    return params["value"] if kind == "constant" else math.exp(params["mu"] + params["sigma"]**2 / 2)


def check_spec(spec):
    known(spec, SPEC, "spec")
    need(spec["version"] == "2" and spec["category"] == "language" and spec["clients"], "bad spec")
    for client in spec["clients"]:
        known(client, CLIENT, "client")
        need(client["slo_class"] in ("", "critical", "standard", "sheddable", "batch", "background"), "unknown slo_class")
        if "concurrency" in client:
            need(client["concurrency"] > 0 and "rate_fraction" not in client, "concurrency and rate_fraction are exclusive")
        else:
            need(client["arrival"]["process"] in ("poisson", "gamma", "weibull", "constant"), "unknown process")
            need(client["rate_fraction"] > 0 and spec["aggregate_rate"] > 0, "rate must be positive")


def requests_of(spec, step_ms, seats):
    """Arrivals of one stream; above what the seats can serve, latencies grow with the backlog."""
    rng = random.Random(spec["seed"])
    client = spec["clients"][0]
    prompt = client.get("prefix_length", 0) + mean(client["input_distribution"])
    output = mean(client["output_distribution"])
    service = (40 + step_ms * output) / 1000
    in_flight = sum(c.get("concurrency", 0) for c in spec["clients"])
    rate = spec.get("aggregate_rate") or in_flight / service
    at, result = 0.0, []
    for index in range(spec["num_requests"]):
        at += rng.expovariate(rate)
        wait = max(0.0, index / (seats / service) - at) if not in_flight else 0.0
        ttft = 40 * rng.uniform(0.9, 1.3) + wait * 1000
        result.append({"arrived_at": at, "requestID": f"request_{index}", "num_prefill_tokens": round(prompt),
                       "num_decode_tokens": round(output), "ttft_ms": ttft, "itl_ms": step_ms,
                       "e2e_ms": ttft + step_ms * (output - 1), "scheduling_delay_ms": wait * 1000, "round_index": 0})
    return result


def main():
    need(sys.argv[1:2] == ["run"], "unknown command")
    if sys.argv[2:] == ["--help"]:
        print("Usage:\n  blis run [flags]\n\nFlags:\n" + "\n".join(f"      {name} value   text" for name in [*FLAGS, *SWITCHES]))
        return
    values = parse(sys.argv[2:])
    config = json.loads(pathlib.Path(values["--model-config-folder"], "config.json").read_text())
    spec = json.loads(pathlib.Path(values["--workload-spec"]).read_text())
    hardware = json.loads(pathlib.Path(values["--hardware-config"]).read_text())[values["--hardware"]]
    known(json.loads(pathlib.Path(values["--defaults-filepath"]).read_text()),
          {"version", "defaults", "workloads", "trained_physics_coefficients", "lora"}, "defaults")
    if os.environ.get("STANDIN_LOG"):
        pathlib.Path(os.environ["STANDIN_LOG"], "asked.json").write_text(
            json.dumps({"flags": values, "config": config, "hardware": hardware, "workload": spec}))
    need(MODE != "fail", "KV capacity auto-calculation failed")
    if MODE == "slow":
        time.sleep(600)
    need(len(values["--alpha-coeffs"].split(",")) == 3 and len(values["--beta-coeffs"].split(",")) == 11, "coefficients")
    need(values["--total-kv-blocks"] > 0 and values["--tp"] > 0, "blocks and tp must be positive")
    for key in ("num_hidden_layers", "hidden_size", "num_attention_heads", "num_key_value_heads", "vocab_size", "intermediate_size"):
        need(config.get(key, 0) > 0, f"{key} must be > 0")
    need(("num_local_experts" in config) == ("num_experts_per_tok" in config), "experts without active experts")
    need(config["torch_dtype"] in ("bfloat16", "float16", "float32"), "torch_dtype")
    for key in ("TFlopsPeak", "BwPeakTBs", "mfuPrefill", "mfuDecode"):
        need(hardware[key] > 0, f"{key} must be positive")
    check_spec(spec)
    weights = config["num_hidden_layers"] * config["hidden_size"] * (4 * config["hidden_size"] + 3 * config["intermediate_size"]) * 2
    step_ms = weights / values["--tp"] / (hardware["BwPeakTBs"] * 1e12) * 1000
    requests = [] if MODE == "few" else requests_of(spec, step_ms, values.get("--max-num-seqs", 128))
    metrics = {"instance_id": "cluster", "completed_requests": len(requests), "preemption_count": 0, "cache_hit_rate": 0.25,
               "dropped_unservable": 0, "length_capped_requests": 2, "requests": requests}
    pathlib.Path(values["--metrics-path"]).write_text(json.dumps(metrics))


main()
