// SPDX-License-Identifier: Apache-2.0
#include "accuracysummary.h"

#include <core/base/jsonfields.h>
#include <core/base/resources.h>

#include <cmath>
#include <limits>
#include <tuple>

namespace llmd {

namespace {

constexpr std::string_view resourcePath = "performance/accuracy.json";
constexpr std::size_t rowLimit = 100'000;

/** The list behind a key; an error if it is not one or too long. */
Result<const nlohmann::json*> list(const JsonFields& fields, const char* key)
{
    if (!fields.has(key) || !fields.json()[key].is_array())
        return fields.bad(ErrorCode::WrongType, key, "a list");
    const auto& items = fields.json()[key];
    if (items.size() > rowLimit)
        return failure(ErrorCode::LimitExceeded, std::string(key) + ": more than 100000 entries");
    return &items;
}

Result<AccuracyRow> readRow(const JsonFields& fields)
{
    AccuracyRow row;
    for (const auto& [key, target] : { std::pair { "engine", &row.engine },
                                       { "data", &row.data },
                                       { "group", &row.group },
                                       { "metric", &row.metric } }) {
        const auto text = fields.text(key);
        if (!text)
            return tl::unexpected(text.error());
        *target = *text;
    }
    const auto count = fields.whole("n", 1, std::numeric_limits<int>::max(), 0);
    if (!count)
        return tl::unexpected(count.error());
    if (*count < 1)
        return fields.bad(ErrorCode::MissingField, "n", "a number of measurements");
    row.count = static_cast<std::size_t>(*count);
    constexpr double largest = 1e6; // of an error as a fraction: anything above is a broken file
    for (const auto& [key, low, target] : { std::tuple { "mean", 0.0, &row.mean },
                                            { "median", 0.0, &row.median },
                                            { "p90", 0.0, &row.p90 },
                                            { "bias", -1.0, &row.bias } }) {
        const auto value = fields.number(key, low, largest);
        if (!value)
            return tl::unexpected(value.error());
        *target = *value;
    }
    const auto coverage = fields.number("coverage", 0, 1, std::numeric_limits<double>::quiet_NaN());
    if (!coverage)
        return tl::unexpected(coverage.error());
    row.coverage = *coverage;
    return row;
}

nlohmann::ordered_json rowJson(const AccuracyRow& row)
{
    nlohmann::ordered_json json = { { "engine", row.engine },
                                    { "data", row.data },
                                    { "group", row.group },
                                    { "metric", row.metric },
                                    { "n", row.count },
                                    { "mean", roundedAccuracy(row.mean) },
                                    { "median", roundedAccuracy(row.median) },
                                    { "p90", roundedAccuracy(row.p90) },
                                    { "bias", roundedAccuracy(row.bias) } };
    if (!std::isnan(row.coverage))
        json["coverage"] = roundedAccuracy(row.coverage);
    return json;
}

const char* precisionClass(Precision precision)
{
    switch (precision) {
    case Precision::Fp32:
        return "FP32";
    case Precision::Bf16:
    case Precision::Fp16:
        return "BF16";
    case Precision::Fp8:
        return "FP8";
    case Precision::Int8:
        return "INT8";
    case Precision::Int4:
        return "INT4";
    case Precision::Mxfp4:
    case Precision::Nvfp4:
        return "FP4";
    }
    return "BF16";
}

} // namespace

bool AccuracyRow::operator==(const AccuracyRow& other) const
{
    return engine == other.engine && data == other.data && group == other.group
        && metric == other.metric && count == other.count && mean == other.mean
        && median == other.median && p90 == other.p90 && bias == other.bias
        && (coverage == other.coverage || (std::isnan(coverage) && std::isnan(other.coverage)));
}

double roundedAccuracy(double fraction)
{
    return std::round(fraction * 1e4) / 1e4;
}

std::string accuracyClass(const ModelArchitecture& architecture, const Gpu& gpu)
{
    const bool moe = architecture.isMoe();
    const ParameterGroup weights = moe ? ParameterGroup::RoutedExperts : ParameterGroup::Attention;
    const Precision stored = architecture.quantization.of(weights).values;
    return std::string(moe ? "MoE" : "dense") + ", " + gpu.architecture + ", "
        + precisionClass(stored);
}

Result<AccuracySummary> readAccuracySummary(std::string_view text, const std::string& fileName)
{
    const auto document = parseJsonText(text, fileName);
    if (!document)
        return tl::unexpected(document.error());
    const JsonFields root(*document, {}, fileName);
    AccuracySummary summary;
    const auto date = root.text("date");
    const auto version = root.text("coefficients_version");
    for (const auto* field : { &date, &version }) {
        if (!*field)
            return tl::unexpected(field->error());
    }
    summary.date = *date;
    summary.coefficientsVersion = *version;
    const auto sources = list(root, "sources");
    const auto rows = list(root, "rows");
    for (const auto* field : { &sources, &rows }) {
        if (!*field)
            return tl::unexpected(field->error());
    }
    for (const auto& source : **sources) {
        if (!source.is_string())
            return root.bad(ErrorCode::WrongType, "sources", "a list of texts");
        summary.sources.push_back(source.get<std::string>());
    }
    for (std::size_t i = 0; i < (*rows)->size(); ++i) {
        auto row = readRow(JsonFields((**rows)[i], "rows[" + std::to_string(i) + "]", fileName));
        if (!row)
            return tl::unexpected(row.error());
        summary.rows.push_back(std::move(*row));
    }
    return summary;
}

std::string writeAccuracySummary(const AccuracySummary& summary)
{
    const auto dumped = [](const nlohmann::ordered_json& json) {
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    const auto lines = [&](const auto& items, auto&& jsonOf) {
        std::string text = "[";
        for (std::size_t i = 0; i < items.size(); ++i)
            text += (i > 0 ? ",\n    " : "\n    ") + dumped(jsonOf(items[i]));
        return text + (items.empty() ? "]" : "\n  ]");
    };
    return "{\n  \"date\": " + dumped(summary.date) + ",\n  \"coefficients_version\": "
        + dumped(summary.coefficientsVersion) + ",\n  \"sources\": "
        + lines(summary.sources,
                [](const std::string& text) { return nlohmann::ordered_json(text); })
        + ",\n  \"rows\": " + lines(summary.rows, rowJson) + "\n}\n";
}

const AccuracySummary& standardAccuracySummary()
{
    static const AccuracySummary standard = readBuiltin(resourcePath, &readAccuracySummary);
    return standard;
}

} // namespace llmd
