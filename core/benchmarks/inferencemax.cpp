// SPDX-License-Identifier: Apache-2.0
// Aggregated rows of InferenceMAX (InferenceX): one configuration and concurrency each; latencies in SECONDS.
#include "formats.h"

#include <core/base/text.h>

namespace llmd {

namespace {

ServedEngine readPool(const ReportNode& row, const std::string& prefix, const std::string& role)
{
    const auto degree = [&](const char* key) {
        return std::max(1, row[prefix + key].smallCount().value_or(1));
    };
    ServedEngine engine;
    engine.role = role;
    engine.name = row["framework"].text();
    engine.image = row["image"].text();
    engine.version = engineVersionOf(engine.image);
    engine.model = row["model"].text();
    const auto ownHardware = row[prefix + "hw"].text();
    engine.gpu = ownHardware.empty() ? row["hw"].text() : ownHardware;
    engine.replicas = degree("num_workers");
    // Drafting changes the time of a step, so such a run must not match one without.
    const auto drafting = toLower(row["spec_decoding"].text());
    if (!drafting.empty() && drafting != "none" && drafting != "false")
        engine.args["speculative-config"] = "{\"method\":\"" + drafting + "\"}";
    // The widths are those of vLLM's tensor group; experts or attention replicas split the same GPUs.
    const int gpus = degree("tp") * degree("pp") * degree("pcp_size");
    engine.gpusPerWorker = gpus;
    const bool dataParallelAttention = row[prefix + "dp_attention"].flag(false);
    engine.parallelism = dataParallelAttention
        ? Parallelism { 1, degree("pp"), gpus / degree("pp"), degree("ep") > 1 }
        : Parallelism { gpus / degree("pp"), degree("pp"), 1, degree("ep") > 1 };
    return engine;
}

void readTopology(const ReportNode& row, BenchmarkRecord& record)
{
    record.disaggregated = row["disagg"].flag(false);
    const bool perPool = row["prefill_tp"].exists() || row["decode_tp"].exists();
    if (!perPool) {
        record.engines = { readPool(row, "", "replica") };
    } else if (*record.disaggregated) {
        record.engines = { readPool(row, "prefill_", "prefill"),
                           readPool(row, "decode_", "decode") };
    } else {
        // Several nodes without a split; the pool that does not exist has no workers.
        const bool decodes =
            row["decode_tp"].exists() && row["decode_num_workers"].smallCount().value_or(1) > 0;
        record.engines = { readPool(row, decodes ? "decode_" : "prefill_", "replica") };
    }
    const auto prefillGpus = row["num_prefill_gpu"].smallCount();
    const auto decodeGpus = row["num_decode_gpu"].smallCount();
    int gpus = 0;
    for (const auto& engine : record.engines)
        gpus += engine.gpus().value_or(0);
    if (prefillGpus && decodeGpus && *prefillGpus + *decodeGpus > 0) {
        if (gpus != *prefillGpus + *decodeGpus)
            row.warn("num_prefill_gpu and num_decode_gpu disagree with the parallelism; the first "
                     "are used");
        gpus = *prefillGpus + *decodeGpus;
    }
    if (gpus > 0)
        record.gpus = gpus;
    record.router.version = row["router"]["version"].text();
}

/** Rates are given per GPU, with other denominators for prefill and decode GPUs. */
void readRates(const ReportNode& row, BenchmarkRecord& record)
{
    if (!record.gpus)
        return;
    const bool pd = record.disaggregated.value_or(false);
    const auto gpusOf = [&](const char* key, std::string_view role) {
        const auto count = row[key].smallCount();
        if (!pd)
            return static_cast<double>(*record.gpus);
        return static_cast<double>(
            count && *count > 0 ? *count : record.gpusOf(role).value_or(*record.gpus));
    };
    if (const auto value = row["tput_per_gpu"].number())
        record.totalRate = TokensPerSecond(*value * *record.gpus);
    if (const auto value = row["output_tput_per_gpu"].number())
        record.outputRate = TokensPerSecond(*value * gpusOf("num_decode_gpu", "decode"));
    if (const auto value = row["input_tput_per_gpu"].number())
        record.inputRate = TokensPerSecond(*value * gpusOf("num_prefill_gpu", "prefill"));
}

void readRow(const ReportNode& row, BenchmarkDocument& document)
{
    BenchmarkRecord record;
    record.tool = "inferencemax";
    record.model = row["model"].text();
    record.gpu = row["hw"].text();
    record.precision = row["precision"].text();
    record.load.concurrency = row["conc"].smallCount();
    readTopology(row, record);
    readRates(row, record);
    const auto nominal = [&](Metric metric, const char* key, std::optional<Tokens>& load) {
        if (const auto tokens = row[key].positive()) {
            Distribution values;
            values.set(Statistic::Mean, *tokens);
            setMetric(record, metric, values, key);
            load = Tokens(*tokens);
        }
    };
    nominal(Metric::InputLength, "isl", record.load.nominalInput);
    nominal(Metric::OutputLength, "osl", record.load.nominalOutput);
    setMetric(record, Metric::Ttft, readFlatDistribution(row, "_ttft"), "ttft", true);
    setMetric(record, Metric::Tpot, readFlatDistribution(row, "_tpot"), "tpot", true);
    setMetric(record, Metric::Itl, readFlatDistribution(row, "_itl"), "itl", true);
    setMetric(record, Metric::E2e, readFlatDistribution(row, "_e2el"), "e2el", true);
    if (row["power_valid"].exists() && row["power_valid"].flag(false)) {
        if (const auto watts = row["avg_power_w"].positive())
            document.facts.push_back({ "average power", *watts, "W" });
    }
    record.notes = { "no request counts", "isl/osl nominal" };
    deriveMissingE2e(record);
    summariseEngines(record);
    document.records.push_back(std::move(record));
}

bool isRow(const ReportNode& row)
{
    return row["hw"].exists() && row["conc"].exists() && row["tput_per_gpu"].exists();
}

} // namespace

bool isInferenceMaxRows(const ReportNode& root)
{
    if (!root.isArray())
        return isRow(root);
    for (std::size_t i = 0; i < root.size(); ++i) {
        if (isRow(root[i]))
            return true;
    }
    return false;
}

void readInferenceMaxRows(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "inferencemax-agg";
    if (!root.isArray()) {
        readRow(root, document);
        return;
    }
    for (std::size_t i = 0; i < root.size(); ++i) {
        if (isRow(root[i]))
            readRow(root[i], document);
        else
            root.findings().add(Severity::Warning, ErrorCode::MissingField,
                                "left out: a row needs hw, conc and tput_per_gpu", root[i].path());
    }
}

} // namespace llmd
