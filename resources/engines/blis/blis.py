#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets the BLIS simulator answer the planner: reads a request from standard input, writes the files that BLIS wants into a
temporary folder, runs `blis run`, and turns its metrics into an answer on standard output.

A model for adapters of your own: `main` is the protocol, the rest is BLIS. Only the standard library is used; nothing is
downloaded. LLMD_BLIS names the program, LLMD_BLIS_REQUESTS the number of requests to simulate.
"""
import json
import math
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

PROTOCOL = 1

# Coefficients "iter29" of BLIS' trained-physics model, as its defaults.yaml had them in August 2026 (Apache-2.0). Passed on
# the command line, so that the result does not depend on the folder that BLIS is started in.
ALPHA = "15563.199579,777.3455,45.907545"
BETA = ("0.152128,0.0,1.36252915,0.752037,32.09546717,4.41684444,126.024825,481.8613888,0.0,1.94710771,0.752037")

# Flags that an older BLIS knows by another name or not at all. Without the rest the adapter would answer another question.
OLD_NAMES = {"--max-num-seqs": "--max-num-running-reqs", "--max-num-batched-tokens": "--max-num-scheduled-tokens"}
DISPENSABLE = {"--cache-signal-delay", "--timeout", "--max-model-len", "--kv-cache-dtype"}

DTYPES = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}
WEIGHT_BITS = {"fp8": 8, "int8": 8, "int4": 4, "mxfp4": 4, "nvfp4": 4}
FEWEST_REQUESTS, MOST_REQUESTS, STEADY_REQUESTS = 500, 6000, 2000
MOST_CLIENTS = 1000


class Refused(Exception):
    """Why BLIS cannot answer this request; shown to the user as it is."""


def find_program():
    for name in (os.environ.get("LLMD_BLIS"), "blis", "inference-sim"):
        if name and shutil.which(name):
            return shutil.which(name)
    raise Refused("the BLIS program is missing: install github.com/inference-sim/inference-sim or set LLMD_BLIS")


# --- What BLIS is told of the model and the GPU -----------------------------------------------------------------------

def layer_split(model):
    """Keys for the layers with and without experts: BLIS knows all, every n-th, or all but the first ones."""
    order = [model["layer_groups"][i]["feed_forward"]["experts"] > 0 for i in model["layer_order"]]
    experts, layers = sum(order), len(order)
    if experts in (0, layers):
        return {}
    if not any(order[:layers - experts]):
        return {"first_k_dense_replace": layers - experts}
    step = layers // experts - 1
    if layers % experts == 0 and all(sum(order[i:i + step + 1]) == 1 for i in range(0, layers, step + 1)):
        return {"interleave_moe_layer_step": step}
    raise Refused("BLIS knows no model whose expert layers are spread like this")


def one(values, what):
    """The only value of a figure; BLIS has one for all layers."""
    values = {v for v in values if v}
    if len(values) > 1:
        raise Refused(f"BLIS has one {what} for all layers, this model has {sorted(values)}")
    return values.pop() if values else 0


def feed_forward(model):
    parts = [group["feed_forward"] for group in model["layer_groups"]]
    dense = one((p["dense_parameters"] // (3 * model["hidden_size"]) for p in parts), "feed-forward width")
    if not model["mixture_of_experts"]:
        return {"intermediate_size": dense}
    expert = one((p["moe_intermediate_size"] for p in parts), "expert width")
    shared = one((p["shared_expert_parameters"] // (3 * model["hidden_size"]) for p in parts), "shared expert width")
    config = {"num_local_experts": one((p["experts"] for p in parts), "number of experts"),
              "num_experts_per_tok": one((p["experts_per_token"] for p in parts), "number of active experts"),
              "intermediate_size": dense or expert, "moe_intermediate_size": expert}
    if dense:
        config["intermediate_size_mlp"] = dense
    if shared:
        config["shared_expert_intermediate_size"] = shared
    return {**config, **layer_split(model)}


def model_config(model, notes):
    """A Hugging Face config.json with the fields that BLIS reads."""
    mixers = [group["mixer"] for group in model["layer_groups"]]
    kinds = {mixer["kind"] for mixer in mixers}
    if kinds & {"recurrent", "none"}:
        raise Refused("BLIS knows no layers without attention")
    if kinds & {"sliding_window", "chunked_attention"}:
        notes.append("BLIS knows no windowed attention: all layers attend to the whole context.")
    config = {"architectures": [model["class"]], "model_type": model["model_type"], "hidden_act": "silu",
              "num_hidden_layers": model["layers"], "hidden_size": model["hidden_size"],
              "num_attention_heads": one((m["query_heads"] for m in mixers), "number of heads"),
              "num_key_value_heads": one((m["kv_heads"] for m in mixers), "number of KV heads"),
              "head_dim": one((m["head_dim"] for m in mixers), "head size"),
              "vocab_size": model["vocabulary_size"], "max_position_embeddings": model["max_positions"],
              "tie_word_embeddings": model["tied_embeddings"], "torch_dtype": DTYPES.get(model["dtype"], "bfloat16")}
    if "mla" in kinds:
        notes.append("BLIS reads the KV cache of latent attention as if it were not compressed: pessimistic.")
        config["kv_lora_rank"] = one((m["kv_lora_rank"] for m in mixers), "latent width")
        config["qk_rope_head_dim"] = one((m["rope_head_dim"] for m in mixers), "rotary width")
    bits = WEIGHT_BITS.get(model["quantization"]["label"])
    if bits:
        config["quantization_config"] = {"quant_method": "fp8" if bits == 8 else "gptq", "bits": bits}
    return {**config, **feed_forward(model)}


def hardware(gpu, model):
    """One entry of hardware_config.json; the two shares (mfu*) serve another step-time model and only have to be there."""
    multiplied = model["quantization"]["activations"]
    eight_bit = {"fp8": gpu["flops_per_s"]["fp8"], "int8": gpu["flops_per_s"]["int8"]}.get(multiplied, 0)
    return {"TFlopsPeak": (gpu["flops_per_s"]["bf16"] or gpu["flops_per_s"]["fp16"]) / 1e12, "TFlopsFP8": eight_bit / 1e12,
            "BwPeakTBs": gpu["memory_bandwidth_bytes_per_s"] / 1e12, "MemoryGiB": gpu["usable_memory_bytes"] / 2**30,
            "mfuPrefill": 0.45, "mfuDecode": 0.30}


# --- What BLIS is told of the workload --------------------------------------------------------------------------------

def request_count(workload):
    wanted = int(os.environ.get("LLMD_BLIS_REQUESTS") or 0)
    if wanted > 0:
        return wanted
    load = workload["load"]
    if load["kind"] == "closed":
        rounds = workload["rounds"] or 10
        return round(min(MOST_REQUESTS, max(FEWEST_REQUESTS, load["concurrency"] * rounds)))
    run = load["rate_rps"] * workload["duration_s"]
    return round(min(MOST_REQUESTS, max(FEWEST_REQUESTS, run or STEADY_REQUESTS)))


def lengths(shape, mean, variation):
    """A length distribution; what is left of a prompt after its shared prefix keeps the variation."""
    if shape == "constant" or variation == 0:
        return {"type": "constant", "params": {"value": max(1, round(mean))}}
    if shape == "uniform":
        low, high = max(1, mean * (1 - variation)), mean * (1 + variation)
        points = sorted({round(low + (high - low) * i / 63) for i in range(64)})
        return {"type": "empirical", "params": {str(point): 1 / len(points) for point in points}}
    sigma = math.sqrt(math.log(1 + variation**2))
    return {"type": "pareto_lognormal", "params": {"alpha": 2, "xm": 1, "mu": math.log(mean) - sigma**2 / 2,
                                                   "sigma": sigma, "mix_weight": 0}}


def prefixes(request, notes):
    """Length of the shared start of prompts, and how many different ones there are."""
    workload, engine = request["workload"], request["candidate"]["engine"]
    prompt, prefix = workload["prompt_tokens"], workload["prefix"]
    if not engine["prefix_caching"]:
        return 0, 1
    repeats = prefix["unique_prompts"]
    if repeats and prompt["shape"] == "constant" and workload["load"]["kind"] == "open" and repeats <= MOST_CLIENTS:
        # Whole prompts come back. vLLM finds whole blocks of them, and never the last token.
        return (round(prompt["mean"]) - 1) // engine["block_size"] * engine["block_size"], repeats
    if repeats:
        notes.append("Repeated prompts are not simulated here, only their common prefix.")
    return min(round(prefix["shared_tokens"]), max(0, round(prompt["mean"]) - 1)), min(prefix["groups"], MOST_CLIENTS)


def arrival(workload):
    if workload["arrivals"] == "constant":
        return {"process": "constant"}
    if workload["arrivals"] == "bursty" and workload["burstiness"] > 1:
        return {"process": "gamma", "cv": math.sqrt(workload["burstiness"])}
    return {"process": "poisson"}


def workload_spec(request, count, notes):
    workload = request["workload"]
    load = workload["load"]
    prefix, groups = prefixes(request, notes)
    arrivals = arrival(workload)
    closed = load["kind"] == "closed"
    if closed:
        groups = max(1, min(groups, math.floor(load["concurrency"])))
    elif arrivals["process"] != "poisson" and groups > 1:
        # Only of Poisson streams the sum is again such a stream.
        notes.append("All prompts share one prefix: several streams of this arrival process are not one of them.")
        groups = 1
    prompt, output = workload["prompt_tokens"], workload["output_tokens"]
    rest = prompt["mean"] - prefix
    clients = []
    for i in range(groups):
        client = {"id": f"c{i}", "tenant_id": "t", "slo_class": "standard", "streaming": True,
                  "input_distribution": lengths(prompt["shape"], rest, prompt["variation"] * prompt["mean"] / rest),
                  "output_distribution": lengths(output["shape"], output["mean"], output["variation"])}
        if prefix:
            client.update(prefix_group=f"p{i}", prefix_length=prefix)
        if closed:
            share = round(load["concurrency"] * (i + 1) / groups) - round(load["concurrency"] * i / groups)
            client["concurrency"] = max(1, share)
        else:
            client.update(rate_fraction=1 / groups, arrival=arrivals)
        clients.append(client)
    spec = {"version": "2", "seed": request["seed"], "category": "language", "num_requests": count, "clients": clients}
    if not closed:
        spec["aggregate_rate"] = load["rate_rps"]
    return spec


# --- Running it -------------------------------------------------------------------------------------------------------

def options(request, folder, notes):
    candidate = request["candidate"]
    engine, topology, model = candidate["engine"], candidate["topology"], candidate["model"]
    if topology["pipeline_parallel"] > 1:
        raise Refused("BLIS knows no pipeline parallelism")
    data = topology["data_parallel"]
    if data > 1 and (topology["expert_parallel"] or not model["mixture_of_experts"]):
        raise Refused("BLIS knows data parallelism for mixture-of-experts models without expert parallelism only")
    if not engine["chunked_prefill"]:
        notes.append("BLIS always prefills in chunks.")
    blocks = int(candidate["kv_cache"]["tokens"] / data // engine["block_size"])
    pairs = {"--model": "planner/model", "--model-config-folder": str(folder), "--hardware": "planner",
             "--hardware-config": str(folder / "hardware.json"), "--defaults-filepath": str(folder / "defaults.yaml"),
             "--latency-model": "trained-physics", "--alpha-coeffs": ALPHA, "--beta-coeffs": BETA,
             "--tp": topology["tensor_parallel"], "--total-kv-blocks": max(1, blocks),
             "--max-num-seqs": engine["max_num_seqs"], "--max-num-batched-tokens": engine["max_num_batched_tokens"],
             "--block-size-in-tokens": engine["block_size"], "--gpu-memory-utilization": engine["gpu_memory_utilization"],
             "--max-model-len": engine["max_model_len"], "--workload-spec": str(folder / "workload.json"),
             "--seed": request["seed"], "--timeout": -1, "--cache-signal-delay": 0, "--log": "error",
             "--metrics-path": str(folder / "metrics.json")}
    if data > 1:
        pairs["--dp"] = data
    if engine["kv_cache_dtype"] != "auto":
        pairs["--kv-cache-dtype"] = engine["kv_cache_dtype"]
    switches = ["--enable-expert-parallel"] if topology["expert_parallel"] and model["mixture_of_experts"] else []
    return pairs, switches


def arguments(program, pairs, switches, notes):
    """The command line in the words of this version of BLIS."""
    known = set(subprocess.run([program, "run", "--help"], capture_output=True, text=True, timeout=20).stdout.split())
    line = [program, "run"]
    for name, value in pairs.items():
        name = name if name in known else OLD_NAMES.get(name, name)
        if name in known:
            line += [f"{name}={value}"]
        elif name in DISPENSABLE:
            notes.append(f"This version of BLIS has no {name}.")
        else:
            raise Refused(f"{program} has no option {name}: this adapter is for BLIS of August 2026")
    return line + switches


def simulate(request, folder, notes):
    """Runs BLIS and gives its metrics."""
    candidate = request["candidate"]
    files = {"config.json": model_config(candidate["model"], notes),
             "hardware.json": {"planner": hardware(candidate["gpu"], candidate["model"])},
             # JSON is YAML. BLIS reads this file before it looks at the coefficients of the command line.
             "defaults.yaml": {"version": "planner"},
             "workload.json": workload_spec(request, request_count(request["workload"]), notes)}
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    program = find_program()
    line = arguments(program, *options(request, folder, notes), notes)
    try:
        run = subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                             timeout=request["time_limit_s"] * 0.9)
    except subprocess.TimeoutExpired:
        raise Refused("BLIS did not finish in time; overloaded servers can make it spin on preemptions") from None
    if run.returncode != 0:
        said = run.stderr.strip().splitlines()
        raise Refused(f"BLIS ended with status {run.returncode}: {said[-1] if said else 'no message'}")
    try:
        return json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"BLIS wrote no metrics: {error}") from None


# --- What the metrics say ---------------------------------------------------------------------------------------------

def quantile(ordered, share):
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def latency(requests, key):
    values = sorted(r[key] for r in requests)
    answer = {"mean_ms": sum(values) / len(values)}
    return {**answer, **{f"p{p}_ms": quantile(values, p / 100) for p in (50, 90, 95, 99)}}


def steady(requests, workload):
    """Leaves out the start into an empty server, unless it belongs to the question, and the end without arrivals."""
    skipped = 0 if workload["cold_start"] and workload["duration_s"] else len(requests) // 10
    return requests[skipped:len(requests) - len(requests) // 20]


def rate_of(requests, counted):
    """Completions per second while counted requests arrived. The run's own figure includes the end without arrivals."""
    start, end = counted[0]["arrived_at"], counted[-1]["arrived_at"]
    done = sum(start < r["arrived_at"] + r["e2e_ms"] / 1000 <= end for r in requests)
    return done / (end - start) if end > start else 0


def is_saturated(requests, workload, rate):
    """More arrives than is served, and who comes later waits longer."""
    if workload["load"]["kind"] == "closed" or rate > 0.95 * workload["load"]["rate_rps"]:
        return False
    quarter = len(requests) // 4
    early = sum(r["e2e_ms"] for r in requests[quarter:2 * quarter])
    late = sum(r["e2e_ms"] for r in requests[3 * quarter:4 * quarter])
    return late > 1.3 * early


def answer_of(metrics, workload, notes):
    requests = sorted((r for r in metrics.get("requests", []) if r["e2e_ms"] > 0), key=lambda r: r["arrived_at"])
    if len(requests) < 40:
        raise Refused(f"BLIS completed {len(requests)} requests only, too few to say anything")
    for key, text in (("preemption_count", "preemptions, after which BLIS starts a request anew"),
                      ("dropped_unservable", "requests that do not fit into the KV pool were left out"),
                      ("length_capped_requests", "requests were cut at the longest sequence"),
                      ("kv_allocation_failures", "failed KV allocations")):
        if metrics.get(key):
            notes.append(f"{metrics[key]} {text}.")
    counted = steady(requests, workload)
    observed = rate_of(requests, counted)
    saturated = is_saturated(counted, workload, observed)
    # Below saturation all that arrives is served in the long run; the rest is chance of a finite run.
    rate = observed if saturated else workload["load"].get("rate_rps", observed)
    delay = sum(r["scheduling_delay_ms"] for r in counted) / len(counted)
    e2e = latency(counted, "e2e_ms")
    notes.append(f"{len(counted)} of {len(requests)} simulated requests counted.")
    return {"ttft": latency(counted, "ttft_ms"), "itl": latency(counted, "itl_ms"), "e2e": e2e,
            "request_rate_rps": rate, "saturated": saturated, "running": rate * max(0, e2e["mean_ms"] - delay) / 1000,
            "waiting": rate * delay / 1000, "queueing_ms": delay,
            "prefix_hit_rate": min(1, max(0, metrics.get("cache_hit_rate", 0))),
            "engine_version": "BLIS trained-physics, coefficients iter29"}


def main():
    # The planner asks with SIGTERM: leave through `finally`, so that the temporary folder goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    request = json.load(sys.stdin)
    answer, notes = {"protocol": PROTOCOL}, []
    try:
        if request["protocol"] != PROTOCOL:
            raise Refused(f"this adapter speaks protocol {PROTOCOL}, not {request['protocol']}")
        with tempfile.TemporaryDirectory(prefix="llmd-blis-") as folder:
            metrics = simulate(request, pathlib.Path(folder), notes)
        answer.update(answer_of(metrics, request["workload"], notes), notes=notes)
    except Refused as refused:
        answer["error"] = str(refused)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
