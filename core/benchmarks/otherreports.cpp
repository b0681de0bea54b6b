// SPDX-License-Identifier: Apache-2.0
// The nop harness (times of model loading) and rows of llm-d-planner's database.
#include "formats.h"

#include <core/base/text.h>

#include <algorithm>

namespace llmd {

bool isNop(const ReportNode& root)
{
    return root["vllm_metrics"].isArray() && root["scenario"]["platform"]["engines"].isArray();
}

void readNop(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "nop";
    document.formatVersion = root["version"].text();
    const auto servers = root["vllm_metrics"];
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const auto server = servers[i];
        const auto add = [&](const std::string& name, const ReportNode& node, const char* unit) {
            if (const auto value = node.number())
                document.facts.push_back({ name, *value, unit });
        };
        add("model load", server["load"]["time"], "s");
        add("model size", server["load"]["size"], "GiB");
        add("model load rate", server["load"]["transfer_rate"], "GiB/s");
        add("dynamo bytecode transform", server["dynamo_bytecode_transform"], "s");
        add("torch.compile", server["torch_compile"], "s");
        add("memory profiling", server["memory_profiling"]["time"], "s");
        add("cached graph load", server["load_cached_compiled_graph"], "s");
        const auto start = server["vllm_start_timestamp"].number();
        const auto ready = server["vllm_ready_timestamp"].number();
        if (start && ready && *ready >= *start)
            document.facts.push_back({ "start to ready", *ready - *start, "s" });
    }
    root.findings().add(Severity::Info, ErrorCode::Unsupported,
                        "times of model loading, no load point to compare");
}

namespace {

BenchmarkRecord readPlannerRow(const ReportNode& row)
{
    constexpr double ms = 1e-3;
    BenchmarkRecord record;
    record.tool = row["source"].text();
    record.model =
        row["model_hf_repo"].exists() ? row["model_hf_repo"].text() : row["model_id"].text();
    record.gpu = row["hardware"].text();
    record.gpus = row["hardware_count"].smallCount();
    if (const auto rate = row["requests_per_second"].positive())
        record.load.rate = RequestsPerSecond(*rate);
    const auto version = engineVersionOf(row["framework_version"].text());
    ServedEngine engine;
    engine.name = row["framework"].text();
    engine.image = row["docker_image"].text();
    engine.version = version.empty() ? engineVersionOf(engine.image) : version;
    engine.model = record.model;
    engine.gpu = record.gpu;
    engine.gpusPerWorker = record.gpus;
    record.engines.push_back(std::move(engine));
    const auto length = [&](Metric metric, const char* mean, const char* nominal) {
        Distribution values;
        const auto value = row[mean].positive();
        values.set(Statistic::Mean, value ? value : row[nominal].positive());
        setMetric(record, metric, values, value ? mean : nominal);
    };
    length(Metric::InputLength, "mean_input_tokens", "prompt_tokens");
    length(Metric::OutputLength, "mean_output_tokens", "output_tokens");
    const auto latency = [&](Metric metric, const std::string& name) {
        Distribution values;
        for (const auto statistic :
             { Statistic::Mean, Statistic::P90, Statistic::P95, Statistic::P99 }) {
            if (const auto value = row[name + "_" + std::string(toString(statistic))].positive())
                values.set(statistic, *value * ms);
        }
        setMetric(record, metric, values, name, true);
    };
    latency(Metric::Ttft, "ttft");
    latency(Metric::Itl, "itl");
    latency(Metric::E2e, "e2e");
    if (const auto rate = row["tokens_per_second"].positive())
        record.outputRate = TokensPerSecond(*rate);
    summariseEngines(record);
    return record;
}

} // namespace

bool isPlannerDatabase(const ReportNode& root)
{
    const auto rows = root["benchmarks"];
    constexpr std::size_t enough = 100; // rows may lack what was not measured
    for (std::size_t i = 0; i < std::min(rows.size(), enough); ++i) {
        const auto row = rows[i];
        if ((row["model_hf_repo"].exists() || row["model_id"].exists()) && row["hardware"].exists()
            && row["ttft_mean"].exists())
            return true;
    }
    return false;
}

void readPlannerDatabase(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "planner-database";
    const auto rows = root["benchmarks"];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        if (row["confidence_level"].text() == "estimated") {
            row.findings().add(Severity::Info, ErrorCode::Unsupported,
                               "left out: the row says that it is an estimate", row.path());
            continue;
        }
        document.records.push_back(readPlannerRow(row));
    }
}

} // namespace llmd
