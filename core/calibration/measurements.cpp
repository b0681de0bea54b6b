// SPDX-License-Identifier: Apache-2.0
#include "measurements.h"

#include <core/base/csv.h>
#include <core/base/text.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace llmd {

namespace {

/** Versions and GPUs of what was measured. */
class Seen
{
public:
    void add(const Candidate& candidate)
    {
        m_versions.insert(candidate.engine.version);
        std::string name = candidate.gpu->name;
        if (constexpr std::string_view vendor = "NVIDIA "; name.starts_with(vendor))
            name.erase(0, vendor.size());
        m_gpus.insert(std::move(name));
    }

    /** " of vLLM 0.12.0 to 0.19.0 on H100 SXM and L40S" */
    [[nodiscard]] std::string text() const
    {
        if (m_versions.empty())
            return {};
        std::string versions = toString(*m_versions.begin());
        if (m_versions.size() > 1)
            versions += " to " + toString(*m_versions.rbegin());
        return " of vLLM " + versions + " on " + enumerated({ m_gpus.begin(), m_gpus.end() });
    }

private:
    std::set<SemanticVersion> m_versions;
    std::set<std::string> m_gpus;
};

/** Adds the cases of one file to those of the files before. */
void append(Comparison& all, Comparison more)
{
    all.metrics = std::move(more.metrics);
    all.unit = std::move(more.unit);
    std::move(more.cases.begin(), more.cases.end(), std::back_inserter(all.cases));
}

Result<> addLatency(SpeedComparison& all, const MeasurementFile& file, const Catalog& catalog,
                    const EngineChoice& engine, RunContext& context)
{
    auto evaluation = evaluateLatency(file.text, file.name, catalog, engine, context);
    if (!evaluation)
        return tl::unexpected(evaluation.error());
    append(all.latency, std::move(evaluation->comparison));
    return {};
}

Result<> addServing(SpeedComparison& all, const MeasurementFile& file, const Catalog& catalog,
                    const EngineChoice& engine, RunContext& context)
{
    auto rows = readServingRows(file.text, file.name, catalog);
    if (!rows)
        return tl::unexpected(rows.error());
    // The summary is of aggregated servers; to simulate the others would take half a minute.
    std::erase_if(*rows, [](const ServingRow& row) {
        return row.candidate.topology.disaggregation.has_value();
    });
    auto evaluation = evaluateServing(std::move(*rows), catalog, engine, context);
    if (!evaluation)
        return tl::unexpected(evaluation.error());
    append(all.serving, std::move(evaluation->comparison));
    for (auto& [name, comparison] : evaluation->otherEngines)
        append(all.otherEngines[name], std::move(comparison));
    return {};
}

} // namespace

std::string enumerated(const std::vector<std::string>& parts)
{
    if (parts.size() < 2)
        return join(parts, "");
    return join({ parts.begin(), parts.end() - 1 }, ", ") + " and " + parts.back();
}

Result<MeasurementForm> recogniseMeasurements(const MeasurementFile& file)
{
    if (const std::string_view text = trimmed(file.text); text.starts_with('{'))
        return MeasurementForm::Latency;
    const auto table = parseCsv(file.text, file.name);
    if (!table)
        return tl::unexpected(table.error());
    if (table->column("concurrency") && table->column("model"))
        return MeasurementForm::Serving;
    if (table->column("tp") && table->column("model"))
        return MeasurementForm::Memory;
    return failure(ErrorCode::Unsupported,
                   "not a file of measurements: expected JSON with 'experiments', or CSV with the "
                   "columns model and concurrency (closed-loop points) or model and tp (start-up "
                   "memory)",
                   Location { file.name, 0, 0 });
}

Result<FitData> readFitData(const std::vector<MeasurementFile>& files, const Catalog& catalog)
{
    FitData data;
    for (const auto& file : files) {
        const auto form = recogniseMeasurements(file);
        if (!form)
            return tl::unexpected(form.error());
        if (*form == MeasurementForm::Memory) {
            return failure(ErrorCode::Unsupported,
                           "start-up memory says nothing about speed: fit to latency or serving "
                           "measurements",
                           Location { file.name, 0, 0 });
        }
        if (*form == MeasurementForm::Latency) {
            auto stages = latencyCases(file.text, file.name, catalog);
            if (!stages)
                return tl::unexpected(stages.error());
            std::move(stages->begin(), stages->end(), std::back_inserter(data.stages));
        } else {
            auto rows = readServingRows(file.text, file.name, catalog);
            if (!rows)
                return tl::unexpected(rows.error());
            std::move(rows->begin(), rows->end(), std::back_inserter(data.rows));
        }
    }
    data.cases = fitCases(data.stages, data.rows);
    return data;
}

Result<SpeedComparison> compareSpeed(const std::vector<MeasurementFile>& files,
                                     const Catalog& catalog, const EngineChoice& engine,
                                     RunContext& context)
{
    SpeedComparison all;
    for (const auto& file : files) {
        const auto form = recogniseMeasurements(file);
        if (!form)
            return tl::unexpected(form.error());
        if (*form == MeasurementForm::Memory)
            continue;
        const auto add = *form == MeasurementForm::Latency ? &addLatency : &addServing;
        if (auto added = add(all, file, catalog, engine, context); !added)
            return tl::unexpected(added.error());
    }
    return all;
}

std::string describeStages(const std::vector<LatencyCase>& stages)
{
    Seen seen;
    std::set<std::string> runs;
    for (const auto& stage : stages) {
        seen.add(stage.candidate);
        runs.insert(stage.experiment);
    }
    return std::to_string(stages.size()) + " stages of " + std::to_string(runs.size()) + " runs"
        + seen.text();
}

std::string describePoints(const std::vector<ServingRow>& rows)
{
    Seen seen;
    std::size_t count = 0;
    for (const auto& row : rows) {
        if (row.engine != "vllm" || !row.unsupported.empty() || !row.setApart.empty()
            || row.candidate.topology.disaggregation)
            continue;
        ++count;
        seen.add(row.candidate);
    }
    return std::to_string(count) + " closed-loop points" + seen.text();
}

} // namespace llmd
