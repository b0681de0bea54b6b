// SPDX-License-Identifier: Apache-2.0
#include "tracefile.h"

#include "random.h"

#include <core/base/csv.h>
#include <core/base/file.h>
#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace llmd {

namespace {

constexpr double longest = 1e8; ///< tokens of a prompt or an output
constexpr double latestTime = 1e9; ///< s; thirty years
constexpr std::uint32_t hashBlock = 512; ///< tokens of a block in the Mooncake form
constexpr int mostLevels = 100;

constexpr std::array promptNames { "input_length", "prompt_tokens", "input_tokens", "ContextTokens",
                                   "num_prefill_tokens" };
constexpr std::array outputNames { "output_length", "output_tokens", "GeneratedTokens",
                                   "num_decode_tokens" };

/** Collects entries and keeps to the limits; errors name the line. */
class TraceBuilder
{
public:
    TraceBuilder(const std::string& name, const TraceLimits& limits)
        : m_limits(limits)
    {
        m_trace.name = name;
    }

    [[nodiscard]] tl::unexpected<Error> bad(int line, const std::string& what,
                                            ErrorCode code = ErrorCode::InvalidArgument) const
    {
        return failure(code, what, Location { m_trace.name, line, 0 });
    }

    Result<> add(int line, double time, double prompt, double output, double priority)
    {
        if (!(std::abs(time) <= latestTime * 100))
            return bad(line, "the time of the request is out of range");
        if (!(prompt >= 1 && prompt <= longest) || prompt != std::floor(prompt))
            return bad(line,
                       "the prompt length must be a whole number from 1 to 1e8, not "
                           + printNumber(prompt));
        // Requests that failed are in public traces with no output; they load a server like one token.
        if (!(output >= 0 && output <= longest) || output != std::floor(output))
            return bad(line,
                       "the output length must be a whole number from 0 to 1e8, not "
                           + printNumber(output));
        if (!(priority >= 0 && priority < mostLevels) || priority != std::floor(priority))
            return bad(line,
                       "the priority must be a whole number from 0 to 99, not "
                           + printNumber(priority));
        if (m_trace.entries.size() >= m_limits.entries)
            return bad(line, "more than " + std::to_string(m_limits.entries) + " requests",
                       ErrorCode::LimitExceeded);
        TraceEntry entry;
        entry.arrival = time;
        entry.prompt = static_cast<std::uint32_t>(prompt);
        entry.output = static_cast<std::uint32_t>(std::max(1.0, output));
        entry.firstSegment = static_cast<std::uint32_t>(m_trace.segments.size());
        entry.level = static_cast<std::uint8_t>(priority);
        m_trace.levels = std::max(m_trace.levels, entry.level + 1);
        m_trace.entries.push_back(entry);
        return {};
    }

    /** A block of the prompt added last that other prompts have too. */
    Result<> addBlock(int line, std::uint64_t id)
    {
        TraceEntry& entry = m_trace.entries.back();
        const std::uint32_t begin = entry.segments * hashBlock;
        if (begin >= entry.prompt)
            return bad(line, "more hash_ids than the prompt has blocks of 512 tokens");
        if (m_trace.segments.size() >= m_limits.segments)
            return bad(line, "more than " + std::to_string(m_limits.segments) + " hash_ids",
                       ErrorCode::LimitExceeded);
        const std::uint32_t end = std::min(entry.prompt, begin + hashBlock);
        // The length is part of the name: a last block that is not full is no other prompt's full one.
        m_trace.segments.push_back({ scrambled(scrambled(id + 1) ^ (end - begin)) | 1, end });
        ++entry.segments;
        return {};
    }

    Result<Trace> finish()
    {
        if (m_trace.entries.empty())
            return bad(0, "the trace has no requests", ErrorCode::MissingField);
        auto& entries = m_trace.entries;
        std::stable_sort(
            entries.begin(), entries.end(),
            [](const TraceEntry& a, const TraceEntry& b) { return a.arrival < b.arrival; });
        const double first = entries.front().arrival;
        if (entries.back().arrival - first > latestTime)
            return bad(0, "the trace is longer than thirty years");
        for (auto& entry : entries)
            entry.arrival -= first;
        return std::move(m_trace);
    }

private:
    Trace m_trace;
    TraceLimits m_limits;
};

/** "2023-11-16 18:17:03.979960" as seconds since 1970, without a time zone. */
std::optional<double> parseDateTime(std::string_view text)
{
    if (text.size() < 19 || text[4] != '-' || text[7] != '-' || (text[10] != ' ' && text[10] != 'T')
        || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto part = [&](std::size_t begin, std::size_t length) {
        const auto value = parseInteger(text.substr(begin, length));
        return value ? static_cast<double>(*value) : -1;
    };
    std::string_view secondsText = text.substr(17);
    if (const auto zone = secondsText.find_first_of("Z+-"); zone != std::string_view::npos)
        secondsText = secondsText.substr(0, zone);
    const auto seconds = parseNumber(secondsText);
    const double year = part(0, 4);
    const double month = part(5, 2);
    const double day = part(8, 2);
    const double hour = part(11, 2);
    const double minute = part(14, 2);
    if (!seconds || year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0
        || hour > 23 || minute < 0 || minute > 59 || !(*seconds >= 0 && *seconds < 61))
        return std::nullopt;
    // Days of the civil calendar, counted from March so that the leap day is the last of the year.
    const double shifted = month > 2 ? year : year - 1;
    const double fromMarch = month > 2 ? month - 3 : month + 9;
    const double days = 365 * shifted + std::floor(shifted / 4) - std::floor(shifted / 100)
        + std::floor(shifted / 400) + std::floor((153 * fromMarch + 2) / 5) + day - 1 - 719468;
    return ((days * 24 + hour) * 60 + minute) * 60 + *seconds;
}

using Json = nlohmann::json;

/** The number of the first of these fields; no value if there is none, an error if it is no number. */
template <class Names>
Result<std::optional<double>> jsonNumber(const Json& object, const Names& names,
                                         const TraceBuilder& builder, int line)
{
    for (const char* name : names) {
        const auto found = object.find(name);
        if (found == object.end() || found->is_null())
            continue;
        if (!found->is_number())
            return builder.bad(line, std::string("'") + name + "' must be a number",
                               ErrorCode::WrongType);
        return std::optional<double>(found->template get<double>());
    }
    return std::optional<double>();
}

Result<> readBlocks(const Json& object, TraceBuilder& builder, int line)
{
    const auto found = object.find("hash_ids");
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_array())
        return builder.bad(line, "'hash_ids' must be a list", ErrorCode::WrongType);
    for (const auto& id : *found) {
        if (!id.is_number_integer())
            return builder.bad(line, "'hash_ids' must hold whole numbers", ErrorCode::WrongType);
        const auto value = id.is_number_unsigned()
            ? id.template get<std::uint64_t>()
            : static_cast<std::uint64_t>(id.template get<std::int64_t>());
        if (auto added = builder.addBlock(line, value); !added)
            return added;
    }
    return {};
}

Result<> readJsonLine(std::string_view text, TraceBuilder& builder, int line)
{
    const Json object = Json::parse(text, nullptr, false);
    if (object.is_discarded())
        return builder.bad(line, "not a JSON object on one line", ErrorCode::Syntax);
    if (!object.is_object())
        return builder.bad(line, "expected a JSON object", ErrorCode::WrongType);
    const auto inSeconds =
        jsonNumber(object, std::array { "arrival_s", "arrived_at" }, builder, line);
    const auto inMs = jsonNumber(object, std::array { "timestamp", "timestamp_ms" }, builder, line);
    const auto prompt = jsonNumber(object, promptNames, builder, line);
    const auto output = jsonNumber(object, outputNames, builder, line);
    const auto priority = jsonNumber(object, std::array { "priority" }, builder, line);
    for (const auto* field : { &inSeconds, &inMs, &prompt, &output, &priority }) {
        if (!*field)
            return tl::unexpected(field->error());
    }
    if (!*inSeconds && !*inMs)
        return builder.bad(line, "no time: expected 'timestamp' in ms or 'arrival_s'",
                           ErrorCode::MissingField);
    if (!*prompt || !*output)
        return builder.bad(line, "no lengths: expected 'input_length' and 'output_length'",
                           ErrorCode::MissingField);
    const double time = *inSeconds ? **inSeconds : **inMs * 1e-3;
    return builder.add(line, time, **prompt, **output, priority->value_or(0)).and_then([&] {
        return readBlocks(object, builder, line);
    });
}

Result<Trace> parseJsonLines(std::string_view text, TraceBuilder& builder)
{
    int line = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto row = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        ++line;
        if (row.empty())
            continue;
        if (auto read = readJsonLine(row, builder, line); !read)
            return tl::unexpected(read.error());
    }
    return builder.finish();
}

template <class Names> std::string firstColumn(const CsvTable& table, const Names& names)
{
    for (const char* name : names) {
        if (table.column(name))
            return name;
    }
    return {};
}

/** The time of a row in seconds, whatever form the table has it in. */
Result<double> csvTime(const CsvTable& table, const CsvRow& row, const std::string& column,
                       const TraceBuilder& builder)
{
    if (const auto dated = parseDateTime(table.text(row, column)))
        return *dated;
    const auto number = table.number(row, column);
    if (!number)
        return tl::unexpected(number.error());
    if (!*number)
        return builder.bad(row.line, "no time in column '" + column + "'", ErrorCode::MissingField);
    const bool inMs = column == "timestamp" || column == "timestamp_ms";
    return **number * (inMs ? 1e-3 : 1);
}

Result<Trace> parseTable(std::string_view text, TraceBuilder& builder, const std::string& name,
                         const TraceLimits& limits)
{
    const auto table = parseCsv(text, name, { .bytes = limits.bytes, .rows = limits.entries + 1 });
    if (!table)
        return tl::unexpected(table.error());
    const std::string time =
        firstColumn(*table, std::array { "arrival_s", "arrived_at", "timestamp", "timestamp_ms" });
    const std::string prompt = firstColumn(*table, promptNames);
    const std::string output = firstColumn(*table, outputNames);
    if (time.empty() || prompt.empty() || output.empty())
        return builder.bad(1,
                           "expected columns for the time ('timestamp' in ms or 'arrival_s'), "
                           "'input_length' and 'output_length'",
                           ErrorCode::MissingField);
    for (const auto& row : table->rows) {
        const auto at = csvTime(*table, row, time, builder);
        const auto promptTokens = table->number(row, prompt);
        const auto outputTokens = table->number(row, output);
        const auto priority = table->number(row, "priority");
        if (!at)
            return tl::unexpected(at.error());
        for (const auto* field : { &promptTokens, &outputTokens, &priority }) {
            if (!*field)
                return tl::unexpected(field->error());
        }
        if (!*promptTokens || !*outputTokens)
            return builder.bad(row.line, "a length is missing", ErrorCode::MissingField);
        if (auto added =
                builder.add(row.line, *at, **promptTokens, **outputTokens, priority->value_or(0));
            !added)
            return tl::unexpected(added.error());
    }
    return builder.finish();
}

} // namespace

Result<Trace> parseTrace(std::string_view text, const std::string& name, const TraceLimits& limits)
{
    TraceBuilder builder(name, limits);
    if (text.size() > limits.bytes)
        return builder.bad(0, "larger than " + printSize(Bytes(static_cast<double>(limits.bytes))),
                           ErrorCode::LimitExceeded);
    if (trimmed(text).starts_with('{'))
        return parseJsonLines(text, builder);
    return parseTable(text, builder, name, limits);
}

Result<Trace> readTrace(const std::filesystem::path& path, const TraceLimits& limits)
{
    return readFile(path, limits.bytes).and_then([&](const std::string& text) {
        return parseTrace(text, path.string(), limits);
    });
}

} // namespace llmd
