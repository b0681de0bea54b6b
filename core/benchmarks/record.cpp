// SPDX-License-Identifier: Apache-2.0
#include "record.h"

#include <core/base/text.h>
#include <core/catalog/engineversion.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

constexpr std::array<std::string_view, statisticCount> statisticNames {
    "mean", "stddev", "min", "p0p1", "p1",  "p5",    "p10", "p25",
    "p50",  "p75",    "p90", "p95",  "p99", "p99p9", "max"
};

/** Takes `value` for an empty `field`, or for one that a person filled; returns whether it did. */
template <class T, class Empty>
bool fill(BenchmarkRecord& record, T& field, const T& value, Empty isEmpty, const char* name,
          Origin origin)
{
    const bool replaceable = origin == Origin::ByHand && record.origin(name) == Origin::ByHand;
    if (isEmpty(value) || (!isEmpty(field) && !replaceable) || field == value)
        return false;
    field = value;
    record.origins[name] = origin;
    return true;
}

bool fillText(BenchmarkRecord& record, std::string& field, const std::string& value,
              const char* name, Origin origin)
{
    return fill(
        record, field, value, [](const std::string& t) { return t.empty(); }, name, origin);
}

template <class T>
bool fillOptional(BenchmarkRecord& record, std::optional<T>& field, const std::optional<T>& value,
                  const char* name, Origin origin)
{
    return fill(
        record, field, value, [](const auto& o) { return !o.has_value(); }, name, origin);
}

} // namespace

std::string_view toString(Statistic statistic)
{
    return statisticNames[static_cast<std::size_t>(statistic)];
}

std::optional<double> percentage(Statistic statistic)
{
    switch (statistic) {
    case Statistic::Mean:
    case Statistic::StdDev:
        return std::nullopt;
    case Statistic::Min:
        return 0.0;
    case Statistic::P0p1:
        return 0.1;
    case Statistic::P1:
        return 1.0;
    case Statistic::P5:
        return 5.0;
    case Statistic::P10:
        return 10.0;
    case Statistic::P25:
        return 25.0;
    case Statistic::P50:
        return 50.0;
    case Statistic::P75:
        return 75.0;
    case Statistic::P90:
        return 90.0;
    case Statistic::P95:
        return 95.0;
    case Statistic::P99:
        return 99.0;
    case Statistic::P99p9:
        return 99.9;
    case Statistic::Max:
        return 100.0;
    }
    return std::nullopt;
}

bool Distribution::isEmpty() const
{
    return std::none_of(m_values.begin(), m_values.end(),
                        [](const auto& v) { return v.has_value(); });
}

bool Distribution::isAllZero() const
{
    return !isEmpty() && std::all_of(m_values.begin(), m_values.end(), [](const auto& v) {
        return !v || *v == 0;
    });
}

void Distribution::scale(double factor)
{
    for (auto& value : m_values) {
        if (value)
            *value *= factor;
    }
}

std::string_view toString(Metric metric)
{
    switch (metric) {
    case Metric::InputLength:
        return "isl";
    case Metric::OutputLength:
        return "osl";
    case Metric::Ttft:
        return "ttft";
    case Metric::Tpot:
        return "tpot";
    case Metric::Itl:
        return "itl";
    case Metric::Ntpot:
        return "ntpot";
    case Metric::E2e:
        return "e2e";
    }
    return "";
}

bool isLatency(Metric metric)
{
    return metric != Metric::InputLength && metric != Metric::OutputLength;
}

std::string_view toString(Origin origin)
{
    switch (origin) {
    case Origin::Report:
        return "report";
    case Origin::Config:
        return "config";
    case Origin::Sidecar:
        return "sidecar";
    case Origin::ByHand:
        return "by hand";
    }
    return "";
}

std::optional<int> ServedEngine::gpus() const
{
    if (!gpusPerWorker || *gpusPerWorker <= 0)
        return std::nullopt;
    return replicas * workers * *gpusPerWorker;
}

const Distribution* BenchmarkRecord::metric(Metric wanted) const
{
    const auto it = metrics.find(wanted);
    return it == metrics.end() ? nullptr : &it->second.values;
}

std::optional<double> BenchmarkRecord::mean(Metric wanted) const
{
    const auto* distribution = metric(wanted);
    return distribution ? (*distribution)[Statistic::Mean] : std::nullopt;
}

std::optional<double> BenchmarkRecord::successRate() const
{
    if (!total || !failures)
        return std::nullopt;
    const long long finished = *total - incomplete.value_or(0);
    if (finished <= 0)
        return std::nullopt;
    return static_cast<double>(finished - *failures) / static_cast<double>(finished);
}

Origin BenchmarkRecord::origin(const std::string& field) const
{
    const auto it = origins.find(field);
    return it == origins.end() ? Origin::Report : it->second;
}

std::optional<int> BenchmarkRecord::gpusOf(std::string_view role) const
{
    int sum = 0;
    for (const auto& engine : engines) {
        if (engine.role != role)
            continue;
        const auto count = engine.gpus();
        if (!count)
            return std::nullopt;
        sum += *count;
    }
    return sum > 0 ? std::optional(sum) : std::nullopt;
}

std::string BenchmarkRecord::topology() const
{
    std::vector<std::string> parts;
    for (const auto& engine : engines) {
        if (!engine.gpus())
            continue; // placeholders of runs against a server that was already there
        std::string part =
            fmt::format("{} x {}", engine.replicas * engine.workers, engine.parallelism.label());
        if (disaggregated.value_or(false))
            part += " " + engine.role;
        parts.push_back(std::move(part));
    }
    return join(parts, " + ");
}

void Sidecar::merge(const Sidecar& other)
{
    const auto take = [](auto& field, const auto& value, bool empty) {
        if (empty)
            field = value;
    };
    take(model, other.model, model.empty());
    take(tool, other.tool, tool.empty());
    take(toolVersion, other.toolVersion, toolVersion.empty());
    take(experimentId, other.experimentId, experimentId.empty());
    take(description, other.description, description.empty());
    take(start, other.start, start.empty());
    take(nominalInput, other.nominalInput, !nominalInput);
    take(nominalOutput, other.nominalOutput, !nominalOutput);
}

bool ManualFields::isEmpty() const
{
    return model.empty() && precision.empty() && gpu.empty() && !gpus && engineVersion.empty();
}

bool addByHand(BenchmarkRecord& record, const ManualFields& fields)
{
    const auto by = Origin::ByHand;
    bool changed = fillText(record, record.model, fields.model, "model", by);
    changed |= fillText(record, record.precision, fields.precision, "precision", by);
    changed |= fillText(record, record.gpu, fields.gpu, "gpu", by);
    changed |= fillOptional(record, record.gpus, fields.gpus, "gpus", by);
    const bool versionKnown =
        std::any_of(record.engineVersions.begin(), record.engineVersions.end(),
                    [](const auto& v) { return v != "unknown"; });
    if ((!versionKnown || record.origin("engine_version") == by) && !fields.engineVersion.empty()
        && record.engineVersions != std::vector { fields.engineVersion }) {
        record.engineVersions = { fields.engineVersion };
        record.origins["engine_version"] = by;
        for (auto& engine : record.engines)
            engine.version = fields.engineVersion;
        changed = true;
    }
    return changed;
}

bool addFromSidecar(BenchmarkRecord& record, const Sidecar& sidecar)
{
    const auto from = Origin::Sidecar;
    bool changed = fillText(record, record.model, sidecar.model, "model", from);
    changed |= fillText(record, record.description, sidecar.description, "description", from);
    changed |= fillText(record, record.experimentId, sidecar.experimentId, "experiment_id", from);
    changed |= fillText(record, record.start, sidecar.start, "start", from);
    // A folder may hold files of a second tool; its version is not ours then.
    if (record.tool == sidecar.tool || sidecar.tool.empty())
        changed |= fillText(record, record.toolVersion, sidecar.toolVersion, "tool_version", from);
    changed |= fillOptional(record, record.load.nominalInput, sidecar.nominalInput, "input", from);
    changed |=
        fillOptional(record, record.load.nominalOutput, sidecar.nominalOutput, "output", from);
    return changed;
}

std::string engineVersionOf(std::string_view image)
{
    image = trimmed(image);
    if (image.find("@sha256:") != std::string_view::npos)
        return {};
    const auto slash = image.rfind('/');
    const auto colon = image.rfind(':');
    const bool hasTag =
        colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    if (!hasTag && slash != std::string_view::npos)
        return {}; // an image without a tag
    const auto tag = hasTag ? image.substr(colon + 1) : image;
    if (hasTag && image.substr(0, colon).find("llm-d") != std::string_view::npos)
        return {};
    auto version = trimmed(tag);
    if (!parseVersion(version))
        return {};
    if (version.front() == 'v' || version.front() == 'V')
        version.remove_prefix(1);
    // A commit such as "9d9b1f1c" starts with a digit too.
    const auto dot = version.find_first_not_of("0123456789");
    if (dot == std::string_view::npos || version[dot] != '.')
        return {};
    // What follows the version proper says how the image was built: "0.26.0-x86_64", "0.26.0+cu128".
    return std::string(version.substr(0, version.find_first_of("+-_")));
}

std::string measurementKey(const BenchmarkRecord& record)
{
    std::string key = record.tool + "|";
    int known = 0;
    const auto add = [&](std::optional<double> value) {
        key += value ? fmt::format("{:.6g}|", *value) : "|";
        known += value ? 1 : 0;
    };
    for (const auto metric : { Metric::Ttft, Metric::Tpot, Metric::E2e })
        add(record.mean(metric));
    add(record.outputRate ? std::optional(record.outputRate->value()) : std::nullopt);
    return known >= 2 ? key : std::string();
}

} // namespace llmd
