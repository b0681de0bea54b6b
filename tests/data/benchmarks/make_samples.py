#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the sample reports of this folder and expected.json, what an importer must read from them, from one set of made-up figures.

The layouts follow the published schemas and writers of each tool. usage: make_samples.py (in this folder)
"""
import copy
import json
import pathlib

import yaml

HERE = pathlib.Path(__file__).parent
LONG = ["p0p1", "p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "p99p9"]
ALL = ["mean", "min", *LONG, "max"]
DOTTED = {"p0p1": "p0.1", "p99p9": "p99.9", "p50": "median"}


def spread(mean, width):
    """A distribution in base units with every figure, the mean first."""
    quantiles = [-1.9, -1.7, -1.3, -1.0, -0.5, 0.05, 0.55, 1.1, 1.5, 2.2, 2.9]
    values = dict(zip(LONG, (mean + width * q for q in quantiles)))
    return {"mean": mean, "min": mean - 2 * width, "max": mean + 3 * width, **values}


RUN = {"isl": spread(1024.5, 16), "osl": spread(128.25, 8), "ttft": spread(0.21, 0.04), "tpot": spread(0.0125, 0.0006),
       "itl": spread(0.0126, 0.003), "ntpot": spread(0.0141, 0.0007), "e2e": spread(1.8025, 0.11)}
RATES = {"input_tps": 8196.0, "output_tps": 1026.0, "total_tps": 9222.0, "rps": 8.0}
NAMES = {"ttft": "time_to_first_token", "tpot": "time_per_output_token", "itl": "inter_token_latency",
         "ntpot": "normalized_time_per_output_token", "e2e": "request_latency"}
MODEL, GPU, IMAGE = "example/Tiny-8B", "NVIDIA-L40S", "docker.io/vllm/vllm-openai:v0.19.1"
expected = {}


def only(stats, keys):
    return {k: stats[k] for k in keys}


def scaled(stats, factor):
    return {k: v * factor for k, v in stats.items()}


def write(name, text):
    (HERE / name).parent.mkdir(exist_ok=True)
    (HERE / name).write_text(text, encoding="utf-8")


def put_json(name, document, **options):
    write(name, json.dumps(document, indent=1, **options) + "\n")


def put_yaml(name, document):
    write(name, yaml.safe_dump(document, sort_keys=True))


def expect(name, fmt, version, points):
    expected[name] = {"format": fmt, "format_version": version, "points": points}


def point(tool, tool_version, **fields):
    base = {"tool": tool, "tool_version": tool_version, "model": None, "gpus": None, "engine_versions": [], "rate_qps": None,
            "concurrency": None, "total": 400, "failures": 4, "incomplete": None, **copy.deepcopy(RUN), **RATES, "warnings": []}
    base.update(fields)
    return base


# --- llm-d-benchmark reports -------------------------------------------------------------------------------------------------------------
def br_latency(unit, names=NAMES, stats=RUN, extra=""):
    factor = {"s": 1, "ms": 1000}[unit]
    return {names[m]: {"units": unit + ("" if m in ("ttft", "e2e") else "/token"), **scaled(stats[m], factor)} for m in names}


def engine(role, replicas, tp, image=IMAGE, count=None):
    return {"metadata": {"schema_version": "0.0.1", "label": "", "cfg_id": "0" * 64},
            "standardized": {"kind": "inference_engine", "tool": "vllm", "tool_version": image, "role": role, "replicas": replicas,
                             "model": {"name": MODEL},
                             "accelerator": {"model": GPU, "count": tp if count is None else count,
                                             "parallelism": {"tp": tp, "dp": 1, "dp_local": 1, "workers": 1, "ep": 1, "pp": 1}}},
            "native": {"args": {"max_model_len": "4096", "enable-prefix-caching": None}, "envars": {}}}


def br2(version, unit, tool="inference-perf", stack=None, rate=8.0):
    return {"version": version,
            "run": {"uid": "11111111-2222-3333-4444-555555555555", "eid": "experiment-1", "time": {"duration": "PT1M5.5S"}},
            "scenario": {"stack": stack if stack is not None else [engine("replica", 2, 2)],
                         "load": {"metadata": {"schema_version": "0.0.1"}, "native": {"args": {}, "config": {}},
                                  "standardized": {"tool": tool, "tool_version": "v1", "parallelism": 1, "source": "random", "stage": 3,
                                                   "input_seq_len": {"distribution": "gaussian", "value": 1024},
                                                   "output_seq_len": {"distribution": "fixed", "value": 128}, "rate_qps": rate}}},
            "results": {"request_performance": {"aggregate": {
                "requests": {"total": 400, "failures": 4, "incomplete": 2, "input_length": {"units": "count", **RUN["isl"]},
                             "output_length": {"units": "count", **RUN["osl"]}},
                "latency": br_latency(unit),
                "throughput": {"input_token_rate": {"units": "tokens/s", "mean": 8196.0},
                               "output_token_rate": {"units": "tokens/s", "mean": 1026.0},
                               "total_token_rate": {"units": "tokens/s", "mean": 9222.0},
                               "request_rate": {"units": "queries/s", "mean": 8.0}}}}}}


def br_point(tool="inference-perf", tool_version="v1", **fields):
    base = {"stage": 3, "model": MODEL, "pd": False, "gpus": 4, "gpu_model": GPU, "engine_versions": ["0.19.1"], "rate_qps": 8.0,
            "run_uid": "11111111-2222-3333-4444-555555555555", "eid": "experiment-1", "incomplete": 2}
    base.update(fields)
    return point(tool, tool_version, **base)


put_yaml("br02_seconds.yaml", br2("0.2", "s"))
expect("br02_seconds.yaml", "benchmark-report", "0.2", [br_point()])
put_json("br021_milliseconds.json", br2("0.2.1", "ms"))
expect("br021_milliseconds.json", "benchmark-report", "0.2.1", [br_point()])

pd = br2("v0.2", "s", stack=[engine("prefill", 3, 1), engine("decode", 1, 4, "ghcr.io/llm-d/llm-d-cuda:v0.3.1"),
                             {"metadata": {"label": "EPP"}, "native": {"config": {"kind": "EndpointPickerConfig", "plugins": [
                                 {"type": "kv-cache-scorer"}]}},
                              "standardized": {"kind": "generic", "tool": "inference_scheduler", "tool_version": ""}}])
put_yaml("br02_pd_llmd_image.yaml", pd)
expect("br02_pd_llmd_image.yaml", "benchmark-report", "0.2",
       [br_point(pd=True, gpus=7, engine_versions=["0.19.1", "unknown"], warnings=["engine version unknown"])])

concurrent = br2("0.2", "s", rate=320)
concurrent["scenario"]["load"]["standardized"]["concurrency"] = 16
put_yaml("br02_concurrent_rate_is_count.yaml", concurrent)
expect("br02_concurrent_rate_is_count.yaml", "benchmark-report", "0.2", [
    br_point(rate_qps=None, concurrency=16, warnings=["rate_qps of a concurrent load is its number of requests: ignored"])])

infinite = json.dumps(br2("0.2", "s"), indent=1).replace('"rate_qps": 8.0', '"rate_qps": Infinity, "concurrency": Infinity')
write("br02_infinite_rate.json", "\ufeff" + infinite)
expect("br02_infinite_rate.json", "benchmark-report", "0.2", [br_point(rate_qps=None)])

failed = br2("0.2", "s")
failed["results"]["request_performance"]["aggregate"] = {"requests": {"total": 400, "failures": 400}}
put_yaml("br02_all_failed.yaml", failed)
nothing = {m: None for m in RUN} | {r: None for r in RATES}
expect("br02_all_failed.yaml", "benchmark-report", "0.2", [br_point(failures=400, incomplete=None, **nothing)])

partial = br2("0.2.1", "s")
del partial["scenario"]
put_yaml("inference-perf.partial.stage_0.yaml", partial)
expect("inference-perf.partial.stage_0.yaml", "benchmark-report", "0.2.1", [
    br_point(tool=None, tool_version=None, stage=None, model=None, gpus=None, gpu_model=None, engine_versions=[], rate_qps=None)])

mislabelled = br2("0.2", "ms", tool="guidellm")
latency = mislabelled["results"]["request_performance"]["aggregate"]["latency"]
latency["request_latency"] = {"units": "ms", **RUN["e2e"]}
del latency["normalized_time_per_output_token"]
latency["time_per_output_token"] = {"units": "ms/token", **scaled(RUN["ntpot"], 1000)}
latency["inter_token_latency"] = {"units": "ms/token", **scaled(RUN["tpot"], 1000)}
put_yaml("br02_guidellm_mislabelled.yaml", mislabelled)
expect("br02_guidellm_mislabelled.yaml", "benchmark-report", "0.2", [
    br_point(tool="guidellm", itl=RUN["tpot"],
             warnings=["guidellm: TPOT->NTPOT, ITL->TPOT", "request_latency mislabelled ms (is s): corrected"])])

sessions = br2("0.2", "s")
sessions["results"] = {"session_performance": {"sessions": {"total": 10, "session_duration": {"units": "s", "mean": 4.5}}}}
put_yaml("br02_sessions_only.yaml", sessions)
expect("br02_sessions_only.yaml", "benchmark-report", "0.2", [])


def br1(latency, tool="inference-perf", quoted=True, **metrics):
    accelerator = {"model": "L40S", "count": 2, "memory": 48, "parallelism": {"tp": 2, "dp": 1, "pp": 1, "ep": 1}}
    return {"version": "0.1" if quoted else 0.1,
            "scenario": {"host": {"accelerator": [accelerator, copy.deepcopy(accelerator)], "type": ["prefill", "decode"]},
                         "platform": {"engine": [{"name": IMAGE, "args": {"--tensor-parallel-size": 2}} for _ in range(2)]},
                         "model": {"name": MODEL}, "load": {"name": tool, "args": {"num_prompts": 404}, "metadata": {"stage": 3}}},
            "metrics": {"time": {"duration": 50.0},
                        "requests": {"total": 400, **metrics, "input_length": {"units": "count", **RUN["isl"]},
                                     "output_length": {"units": "count", **RUN["osl"]}},
                        "latency": latency,
                        "throughput": {"input_tokens_per_sec": 8196.0, "output_tokens_per_sec": 1026.0, "total_tokens_per_sec": 9222.0,
                                       "requests_per_sec": 8.0}},
            "metadata": {"eid": "experiment-1"}}


def br1_point(**fields):
    base = {"tool_version": None, "pd": True, "gpu_model": "L40S", "rate_qps": None, "run_uid": None, "incomplete": None}
    base.update(fields)
    return br_point(**base)


put_yaml("br01_pd.yaml", br1(br_latency("ms"), failures=4))
expect("br01_pd.yaml", "benchmark-report", "0.1", [br1_point()])
old_names = {"p50": "median", "p0p1": "p001", "p1": "p01", "p5": "p05", "p99p9": "p999"}
old = {n: {old_names.get(k, k): v for k, v in stats.items()} for n, stats in br_latency("s").items()}
for stats in old.values():
    stats["units"] = stats["units"].replace("s", "ms", 1)
put_yaml("br01_old_names_mislabelled.yaml", br1(old, quoted=False, failures=4))
expect("br01_old_names_mislabelled.yaml", "benchmark-report", "0.1",
       [br1_point(warnings=["all latencies mislabelled ms (are s): corrected"])])
zeros = br_latency("s")
for name in ("time_to_first_token", "time_per_output_token", "inter_token_latency"):
    zeros[name] = {"units": zeros[name]["units"], "mean": 0.0}
put_yaml("br01_vllm_zeros_total_is_completed.yaml", br1(zeros, tool="vllm-benchmark"))
expect("br01_vllm_zeros_total_is_completed.yaml", "benchmark-report", "0.1", [
    br1_point(tool="vllm-benchmark", total=404, ttft=None, tpot=None, itl=None,
              warnings=["total counted answered requests: num_prompts taken instead"])])


# --- inference-perf -----------------------------------------------------------------------------------------------------------------------
def ip_stats(stats):
    return {DOTTED.get(k, k): v for k, v in stats.items()}


def ip(stage=True, streaming=True, new=False, concurrency=None):
    summary = {"count": 404, "schedule_delay": ip_stats(spread(0.001, 0.0002))}
    if stage:
        summary |= {"send_duration": 50.0, "requested_rate": 400 if concurrency else 8.0, "achieved_rate": 8.0}
    if concurrency:
        summary["concurrency"] = concurrency
    latency = {NAMES[m]: ip_stats(RUN[m]) if streaming or m in ("e2e", "ntpot") else None for m in NAMES}
    lengths = {"prompt_tokens": {"total": 1, "cached": 0, **ip_stats(RUN["isl"])}, "output_tokens": {"total": 1, **ip_stats(RUN["osl"])}} \
        if new else {"prompt_len": ip_stats(RUN["isl"]), "output_len": ip_stats(RUN["osl"])}
    successes = {"count": 400, "latency": latency, **lengths,
                 "throughput": {"input_tokens_per_sec": 8196.0, "output_tokens_per_sec": 1026.0, "total_tokens_per_sec": 9222.0,
                                "requests_per_sec": 8.0}}
    if new:
        successes["goodput_metrics"] = {"goodput_percentage": 42.5, "request_goodput": 3.4}
    return {"load_summary": summary, "successes": successes, "failures": {"count": 4, "request_latency": None}}


def ip_point(**fields):
    return point("inference-perf", None, **{"total": 404, "goodput_percentage": None, "level": "stage", "rate_qps": 8.0} | fields)


put_json("run/stage_0_lifecycle_metrics.json", ip())
expect("run/stage_0_lifecycle_metrics.json", "inference-perf", "prompt_len", [ip_point()])
put_json("run/summary_lifecycle_metrics.json", ip(stage=False))
expect("run/summary_lifecycle_metrics.json", "inference-perf", "prompt_len", [ip_point(rate_qps=None, level="summary (mixes stages)")])
put_yaml("run/config.yaml", {"api": {"streaming": True}, "server": {"model_name": MODEL, "type": "vllm"},
                             "data": {"type": "random", "input_distribution": {"mean": 1024}, "output_distribution": {"mean": 128}},
                             "load": {"type": "constant", "stages": [{"rate": 8.0, "duration": 50}]}})
expect("run/config.yaml", "unknown", None, [])
put_yaml("run/run_metadata.yaml", {"harness_name": "inference-perf", "harness_version": "v0.6.1", "experiment_id": "run-7",
                                   "model": MODEL, "harness_start": "2026-08-18T09:00:00+00:00"})
expect("run/run_metadata.yaml", "unknown", None, [])
put_json("inference-perf_concurrent_new_layout.json", ip(new=True, concurrency=16))
expect("inference-perf_concurrent_new_layout.json", "inference-perf", "head(prompt_tokens)",
       [ip_point(rate_qps=None, concurrency=16, goodput_percentage=42.5)])
put_json("inference-perf_not_streaming.json", ip(streaming=False))
expect("inference-perf_not_streaming.json", "inference-perf", "prompt_len", [ip_point(ttft=None, tpot=None, itl=None)])
put_json("inference-perf_sessions.json", {"stage_metadata": {"concurrent_sessions": 8}, "num_sessions": 40, "num_sessions_failed": 1,
                                          "sessions_per_second": 0.07, "session_duration_sec": ip_stats(spread(110, 20)),
                                          "kv_cache_hit_percent": 69.2})
expect("inference-perf_sessions.json", "inference-perf-session", None, [])

# --- GuideLLM -----------------------------------------------------------------------------------------------------------------------------
GUIDE = {"prompt_token_count": ("isl", 1), "output_token_count": ("osl", 1), "time_to_first_token_ms": ("ttft", 1000),
         "inter_token_latency_ms": ("tpot", 1000), "time_per_output_token_ms": ("ntpot", 1000), "request_latency": ("e2e", 1)}
GUIDE_NAMES = {"p0p1": "p001", "p1": "p01", "p5": "p05", "p99p9": "p999"}


def summary(stats, factor):
    values = scaled(stats, factor)
    return {"successful": {"mean": values["mean"], "median": values["p50"], "std_dev": 0.25 * factor, "min": values["min"],
                           "max": values["max"], "count": 9, "percentiles": {GUIDE_NAMES.get(k, k): values[k] for k in LONG}},
            "errored": {"mean": 0.0}}


def guide_benchmark(strategy):
    metrics = {name: summary(RUN[m], f) for name, (m, f) in GUIDE.items()}
    for name, rate in (("prompt_tokens_per_second", 8196.0), ("output_tokens_per_second", 1026.0), ("tokens_per_second", 9222.0),
                       ("requests_per_second", 8.0)):
        metrics[name] = {"successful": {"mean": rate, "percentiles": {"p50": 1e9}}}
    metrics["request_totals"] = {"successful": 390, "errored": 4, "incomplete": 6, "total": 400}
    return {"type_": "generative_benchmark", "config": {"id_": "b", "strategy": strategy}, "metrics": metrics, "duration": 50.0,
            "requests": {"successful": [{"prompt": "x" * 40}, {"prompt": "[}\""}], "errored": [], "incomplete": []}}


def guide_point(stage, version, **fields):
    stats = {m: {**RUN[m], "stddev": 0.25} for m in ("isl", "osl", "e2e")}
    stats |= {m: {**RUN[m], "stddev": 0.25} for m in ("ttft", "tpot", "ntpot")}
    return point("guidellm", version, stage=stage, model=MODEL, incomplete=6, itl=None, **stats, **fields)


put_json("guidellm_schema2.json", {"metadata": {"version": 2, "guidellm_version": "0.7.3"},
                                   "config": {"spec": {"backend": {"model": MODEL}, "data": [{"prompt_tokens": 1024}]}},
                                   "benchmarks": [guide_benchmark({"type_": "concurrent", "streams": 8}),
                                                  guide_benchmark({"type_": "poisson", "rate": 9.5})]})
expect("guidellm_schema2.json", "guidellm", "schema 2",
       [guide_point(0, "0.7.3", concurrency=8), guide_point(1, "0.7.3", rate_qps=9.5)])
put_yaml("guidellm_schema1.yaml", {"metadata": {"version": 1, "guidellm_version": "0.5.1"}, "args": {"model": MODEL},
                                   "benchmarks": [guide_benchmark({"type_": "throughput", "max_concurrency": 512})]})
expect("guidellm_schema1.yaml", "guidellm", "schema 1", [guide_point(0, "0.5.1")])
silent = guide_benchmark({"type_": "synchronous"})
for name in ("time_to_first_token_ms", "inter_token_latency_ms", "time_per_output_token_ms"):
    silent["metrics"][name] = {"successful": {"mean": 0.0, "median": 0.0, "percentiles": {"p50": 0.0}}}
put_json("guidellm_04_not_streaming.json", {"args": {"backend_kwargs": {"model": MODEL}}, "benchmarks": [silent]})
expect("guidellm_04_not_streaming.json", "guidellm", "unversioned",
       [guide_point(0, None, concurrency=1) | {"ttft": None, "tpot": None, "ntpot": None}])

columns = [("Run Info", "Run ID", ""), ("Run Info", "Backend", ""), ("Run Info", "Profile", ""), ("Benchmark", "Strategy", ""),
           ("Timings", "Duration", "Sec"), ("Request Counts", "Incomplete", ""), ("Request Counts", "Errored", ""),
           ("Request Counts", "Total", "")]
cells = ["id", json.dumps({"model": MODEL}), json.dumps({"kind": "concurrent", "streams": [8]}), "concurrent", 50.0, 6, 4, 400]
for group, metric, name, factor in (("Request Latency", "Successful Sec", "e2e", 1), ("Time to First Token", "Successful ms", "ttft", 1000),
                                    ("Time per Output Token", "Successful ms", "ntpot", 1000),
                                    ("Inter Token Latency", "Successful ms", "tpot", 1000)):
    values = scaled(RUN[name], factor)
    listed = ["min", *[p for p in LONG if p not in ("p50", "p99p9")], "max"]
    columns += [(group, metric, s) for s in ("Mean", "Median", "Std Dev", "Percentiles")]
    cells += [values["mean"], values["p50"], 0.25 * factor, json.dumps([values[k] for k in listed])]
columns.append(("Server Throughput", "Successful Requests/Sec", "Mean"))
cells.append(8.0)


def quoted(cell):
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"') else text


write("guidellm.csv", "\n".join(",".join(quoted(c[i]) for c in columns) for i in range(3)) + "\n" + ",".join(map(quoted, cells)) + "\n")
csv_stats = {m: {**only(RUN[m], [k for k in ALL if k != "p99p9"]), "stddev": 0.25} for m in ("ttft", "tpot", "ntpot", "e2e")}
expect("guidellm.csv", "guidellm-csv", "3-row header",
       [{"tool": "guidellm", "total": 400, "failures": 4, "incomplete": 6, **csv_stats, "rps": 8.0, "warnings": []}])


# --- vllm bench serve and InferenceMAX ----------------------------------------------------------------------------------------------------
def vllm(metrics, percentiles, **more):
    document = {"date": "20260818-100112", "backend": "vllm", "model_id": MODEL, "num_prompts": 400, "request_rate": 8.0, "burstiness": 1.0,
                "max_concurrency": None, "duration": 50.0, "completed": 396, "total_input_tokens": 405702, "total_output_tokens": 50787,
                "request_throughput": 8.0, "output_throughput": 1026.0, "total_token_throughput": 9222.0}
    for name in metrics:
        stats = scaled(RUN["e2e" if name == "e2el" else name], 1000)
        document |= {f"mean_{name}_ms": stats["mean"], f"median_{name}_ms": stats["p50"], f"std_{name}_ms": 250.0}
        document |= {f"{DOTTED.get(p, p)}_{name}_ms": stats[p] for p in percentiles}
    return document | more


def vllm_point(tool, percentiles, **fields):
    kept = ["mean", *percentiles, "p50"]
    stats = {m: {**only(RUN[m], kept), "stddev": 0.25} for m in ("ttft", "tpot", "itl", "e2e")}
    base = {"model": MODEL, "rate_qps": 8.0, "isl": {"mean": 405702 / 396}, "osl": {"mean": 50787 / 396}, "ntpot": None,
            "input_tps": 405702 / 50, "goodput_rps": None}
    return point(tool, None, **stats, **(base | fields))


derived = {"mean": RUN["ttft"]["mean"] + RUN["tpot"]["mean"] * (50787 / 396 - 1)}
plain = vllm(("ttft", "tpot", "itl"), ["p99"], request_rate="inf", max_concurrency=32)
put_json("vllm_bench_defaults.json", plain)
default_point = vllm_point("vllm-benchmark", ["p99"], rate_qps=None, concurrency=32, warnings=["e2e mean derived: ttft + tpot x (osl - 1)"])
default_point["e2e"] = derived
expect("vllm_bench_defaults.json", "vllm-bench-serve", None, [default_point])
full = vllm(("ttft", "tpot", "itl", "e2el"), [p for p in LONG if p != "p50"], failed=4, request_goodput=6.5)
write("vllm_bench_appended.json", json.dumps(full) + "\n" + json.dumps(full | {"request_rate": 16.0, "max_concurrency": 64}) + "\n")
full_point = vllm_point("vllm-benchmark", [p for p in LONG if p != "p50"], goodput_rps=6.5)
expect("vllm_bench_appended.json", "vllm-bench-serve", None, [full_point, full_point | {"rate_qps": 16.0, "concurrency": 64}])
raw = vllm(("ttft", "tpot", "itl", "e2el"), ["p90", "p99", "p99p9"], max_concurrency=64, input_lens=[1, 2], itls=[[0.1], [0.2]])
raw |= {"request_rate": float("inf"), "request_goodput:": None, "best_of": 1, "mean_ignored_ms": float("nan")}
put_json("inferencemax_raw.json", raw)
expect("inferencemax_raw.json", "inferencemax-raw", None,
       [vllm_point("inferencemax", ["p90", "p99", "p99p9"], rate_qps=None, concurrency=64)])


def imax(**more):
    row = {"hw": "b200", "conc": 64, "image": "vllm/vllm-openai:v0.19.1", "model": MODEL, "framework": "vllm", "precision": "fp8",
           "disagg": False, "isl": 1024, "osl": 128, "tput_per_gpu": 2305.5}
    for name in ("ttft", "tpot", "itl", "e2el"):
        stats = RUN["e2e" if name == "e2el" else name]
        row |= {f"mean_{name}": stats["mean"], f"median_{name}": stats["p50"], f"std_{name}": 0.25, f"p99.9_{name}": stats["p99p9"]}
    return row | more


def imax_point(**fields):
    stats = {m: {**only(RUN[m], ["mean", "p50", "p99p9"]), "stddev": 0.25} for m in ("ttft", "tpot", "itl", "e2e")}
    return point("inferencemax", None, **({"model": MODEL, "gpu_model": "b200", "gpus": 4, "pd": False, "engine_versions": ["0.19.1"],
                                          "concurrency": 64, "total": None, "failures": None, "isl": {"mean": 1024},
                                          "osl": {"mean": 128}, "ntpot": None, "rps": None,
                                          "warnings": ["no request counts", "isl/osl nominal"]} | stats | fields))


put_json("inferencemax_rows.json", [
    imax(tp=4, pp=1, ep=4, dp_attention="true", output_tput_per_gpu=256.5, input_tput_per_gpu=2049.0),
    imax(disagg=True, prefill_tp=1, prefill_num_workers=1, decode_tp=1, decode_num_workers=3, num_prefill_gpu=1, num_decode_gpu=3,
         output_tput_per_gpu=342.0, input_tput_per_gpu=8196.0)])
expect("inferencemax_rows.json", "inferencemax-agg", None, [imax_point(), imax_point(pd=True)])

# --- the others ---------------------------------------------------------------------------------------------------------------------------
AIPERF = {"time_to_first_token": ("ttft", "ms", 1000), "inter_token_latency": ("tpot", "s", 1), "request_latency": ("e2e", "ms", 1000),
          "input_sequence_length": ("isl", "tokens", 1), "output_sequence_length": ("osl", "tokens", 1)}
AI_KEYS = ["min", "max", "p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99"]
records = {name: {"unit": unit, "avg": RUN[m]["mean"] * f, "std": 0.25 * f, **scaled(only(RUN[m], AI_KEYS), f)}
           for name, (m, unit, f) in AIPERF.items()}
records |= {"request_count": {"unit": "requests", "avg": 396}, "request_throughput": {"unit": "requests/sec", "avg": 8.0},
            "output_token_throughput": {"unit": "tokens/sec", "avg": 1026.0}, "total_token_throughput": {"unit": "tokens/sec", "avg": 9222.0}}
put_json("aiperf_records.json", {"schema_version": "1.0", "aiperf_version": "0.3.0", "records": records,
                                 "error_summary": [{"count": 3}, {"count": 1}],
                                 "input_config": {"endpoint": {"model_names": [MODEL]}, "loadgen": {"concurrency": 16}}})
ai_stats = {m: {**only(RUN[m], ["mean", *AI_KEYS]), "stddev": 0.25} for m in ("ttft", "tpot", "e2e", "isl", "osl")}
expect("aiperf_records.json", "aiperf", "1.0",
       [point("aiperf", "0.3.0", model=MODEL, itl=None, ntpot=None, input_tps=None, **ai_stats)])
put_yaml("nop.yaml", {"version": "0.1", "scenario": {"platform": {"engines": [{"name": "a", "version": "0.19.1"}]}, "model": {"name": MODEL}},
                      "vllm_metrics": [{"load": {"time": 12.5, "size": 15.0}, "vllm_start_timestamp": 10.0, "vllm_ready_timestamp": 70.5}]})
expect("nop.yaml", "nop", "0.1", [])
put_json("planner_database.json", {"benchmarks": [
    {"model_hf_repo": MODEL, "hardware": "L40S", "hardware_count": 2, "framework": "vllm", "framework_version": "0.19.1", "source": "guidellm",
     "prompt_tokens": 1024, "output_tokens": 128, "requests_per_second": 8.0, "tokens_per_second": 1026.0,
     **{f"{n}_{s}": RUN[n][s] * 1000 for n in ("ttft", "itl", "e2e") for s in ("mean", "p90", "p95", "p99")}},
    {"model_hf_repo": MODEL, "hardware": "L40S", "ttft_mean": 1.0, "confidence_level": "estimated"}]})
four = ["mean", "p90", "p95", "p99"]
expect("planner_database.json", "planner-database", None, [
    point("guidellm", None, model=MODEL, pd=False, gpus=2, gpu_model="L40S", engine_versions=["0.19.1"], rate_qps=8.0, total=None,
          failures=None, isl={"mean": 1024}, osl={"mean": 128}, ttft=only(RUN["ttft"], four), tpot=None, itl=only(RUN["itl"], four),
          ntpot=None, e2e=only(RUN["e2e"], four), input_tps=None, total_tps=None, rps=None)])
put_yaml("no_report.yaml", {"apiVersion": "v1", "kind": "ConfigMap"})
expect("no_report.yaml", "unknown", None, [])

put_json("expected.json", expected, sort_keys=True)
