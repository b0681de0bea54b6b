// SPDX-License-Identifier: Apache-2.0
// Sorting lists that come from the store and from the built-in measurements.
#include "storeorder.h"

#include <core/base/file.h>
#include <core/base/text.h>

#include <algorithm>
#include <array>

namespace llmd {

namespace {

struct OrderColumn
{
    RecordOrder order;
    const char* sql; ///< of `record r JOIN document d`
    bool number;
    bool ofDocument; ///< needs `d`
};

constexpr std::array columns {
    OrderColumn { RecordOrder::Imported, "r.id", true, false },
    OrderColumn { RecordOrder::Model, "r.model", false, false },
    OrderColumn { RecordOrder::Precision, "r.precision", false, false },
    OrderColumn { RecordOrder::Gpu, "r.gpu", false, false },
    OrderColumn { RecordOrder::Gpus, "r.gpus", true, false },
    OrderColumn { RecordOrder::Topology, "r.topology", false, false },
    // A list in JSON, as rows show it.
    OrderColumn { RecordOrder::EngineVersion,
                  "replace(replace(replace(r.engine_versions, '[\"', ''), '\"]', ''), "
                  "'\",\"', ', ')",
                  false, false },
    OrderColumn { RecordOrder::Tool, "r.tool", false, false },
    OrderColumn { RecordOrder::Input, "coalesce(r.input_mean, r.nominal_input)", true, false },
    OrderColumn { RecordOrder::Output, "coalesce(r.output_mean, r.nominal_output)", true, false },
    OrderColumn { RecordOrder::Rate, "r.rate_rps", true, false },
    OrderColumn { RecordOrder::Concurrency, "r.concurrency", true, false },
    OrderColumn { RecordOrder::Ttft, "r.ttft_mean", true, false },
    OrderColumn { RecordOrder::Tpot, "r.tpot_mean", true, false },
    OrderColumn { RecordOrder::E2e, "r.e2e_mean", true, false },
    OrderColumn { RecordOrder::OutputRate, "r.output_tps", true, false },
    // As BenchmarkRecord::successRate has it.
    OrderColumn { RecordOrder::SuccessRate,
                  "CASE WHEN r.total - coalesce(r.incomplete, 0) > 0 THEN "
                  "(r.total - coalesce(r.incomplete, 0) - r.failures) * 1.0 / "
                  "(r.total - coalesce(r.incomplete, 0)) END",
                  true, false },
    OrderColumn { RecordOrder::Date,
                  "coalesce(nullif(r.start, ''), date(d.imported_at, 'unixepoch'))", false, true },
    OrderColumn { RecordOrder::File, "d.file", false, true },
};

const OrderColumn& columnOf(RecordOrder order)
{
    return *std::find_if(columns.begin(), columns.end(),
                         [order](const auto& column) { return column.order == order; });
}

std::optional<double> numberOf(const RecordSummary& row, RecordOrder order)
{
    const auto whole = [](const std::optional<int>& value) {
        return value ? std::optional<double>(*value) : std::nullopt;
    };
    switch (order) {
    case RecordOrder::Gpus:
        return whole(row.gpus);
    case RecordOrder::Input:
        return row.input;
    case RecordOrder::Output:
        return row.output;
    case RecordOrder::Rate:
        return row.rate;
    case RecordOrder::Concurrency:
        return whole(row.concurrency);
    case RecordOrder::Ttft:
        return row.ttft;
    case RecordOrder::Tpot:
        return row.tpot;
    case RecordOrder::E2e:
        return row.e2e;
    case RecordOrder::OutputRate:
        return row.outputRate;
    case RecordOrder::SuccessRate:
        return row.successRate;
    default:
        return static_cast<double>(row.id);
    }
}

const std::string& textOf(const RecordSummary& row, RecordOrder order)
{
    switch (order) {
    case RecordOrder::Model:
        return row.model;
    case RecordOrder::Precision:
        return row.precision;
    case RecordOrder::Gpu:
        return row.gpu;
    case RecordOrder::Topology:
        return row.topology;
    case RecordOrder::EngineVersion:
        return row.engineVersion;
    case RecordOrder::Tool:
        return row.tool;
    case RecordOrder::Date:
        return row.date;
    default:
        return row.file;
    }
}

} // namespace

bool isNumber(RecordOrder order)
{
    return columnOf(order).number;
}

std::string keySql(RecordOrder order)
{
    const auto& column = columnOf(order);
    return std::string("SELECT r.id, ") + column.sql + " FROM record r"
        + (column.ofDocument ? " JOIN document d ON d.id = r.document_id" : "");
}

RecordKey keyOf(const RecordSummary& row, RecordOrder order)
{
    RecordKey key { row.id, !row.builtinSet.empty(), false, 0, {} };
    if (isNumber(order)) {
        const auto number = numberOf(row, order);
        key.missing = !number;
        key.number = number.value_or(0);
    } else {
        key.text = toLower(textOf(row, order));
        key.missing = key.text.empty();
    }
    return key;
}

void sortKeys(std::vector<RecordKey>& keys, bool descending)
{
    std::sort(keys.begin(), keys.end(), [descending](const RecordKey& a, const RecordKey& b) {
        if (a.missing != b.missing)
            return b.missing;
        if (a.number != b.number)
            return descending ? a.number > b.number : a.number < b.number;
        if (a.text != b.text)
            return descending ? a.text > b.text : a.text < b.text;
        return std::pair(a.builtin, a.id) < std::pair(b.builtin, b.id);
    });
}

Result<std::filesystem::path> userStorePath()
{
    const auto folder = userDataFolder();
    if (folder.empty())
        return failure(ErrorCode::InvalidArgument,
                       "neither XDG_DATA_HOME nor HOME is set, so there is no place for a store of "
                       "benchmarks");
    return folder / "benchmarks.db";
}

} // namespace llmd
