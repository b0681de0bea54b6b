// SPDX-License-Identifier: Apache-2.0
#include "specdocument.h"
#include "specfields.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/base/yamlemitter.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace llmd {

namespace {

using specfields::Choice;
using specfields::Field;

/** Specs are small; a bound far above any keeps hostile ones cheap. */
constexpr YamlLimits specLimits { 1u << 20, 32, 20'000, 5'000, 20'000 };
constexpr std::size_t mostFindings = 200;

/** Keys by which people ask for disaggregated serving; see `unplanned`. */
constexpr std::array<std::string_view, 5> disaggregationKeys { "prefill", "decode",
                                                               "disaggregation", "disaggregated",
                                                               "pd" };

bool isAbsent(const YamlNode& node)
{
    return !node.exists() || node.isNull();
}

class Reader
{
public:
    explicit Reader(SpecDocument& document)
        : m_document(document)
    { }

    /** Fields that are there replace those of `service`; null removes. */
    void run(const YamlNode& root)
    {
        m_levels.push_back({ root, {}, { "apiVersion", "kind" } });
        note("apiVersion", root["apiVersion"]);
        note("kind", root["kind"]);
        specfields::visitService(*this, m_document.service);
        reportUnknown();
    }

    void group(const Field& field, const std::function<void()>& fields)
    {
        const YamlNode node = find(field);
        if (isAbsent(node))
            return;
        if (!node.isMapping())
            return bad(field, node, "expected a group of fields, each on its own line below it",
                       "Write its fields on lines of their own, indented below it.");
        m_levels.push_back({ node, pathOf(field) + ".", {} });
        fields();
        reportUnknown();
        m_levels.pop_back();
    }

    template <class Group, class Fields>
    void optionalGroup(const Field& field, std::optional<Group>& value, Fields fields)
    {
        const YamlNode node = m_levels.back().node[field.key];
        if (node.isNull())
            value.reset();
        if (!isAbsent(node) && !value)
            value.emplace();
        group(field, [&] { fields(*value); });
    }

    void text(const Field& field, std::string& value)
    {
        if (auto found = textOf(field)) {
            if (trimmed(*found).empty())
                bad(field, node(field), "it is empty", "Write a text, or remove the line.");
            else
                value = *found;
        }
    }
    void text(const Field& field, std::optional<std::string>& value)
    {
        std::string read;
        text(field, read);
        assign(field, value, read.empty() ? std::nullopt : std::optional(read));
    }
    void count(const Field& field, std::optional<int>& value)
    {
        const auto whole = [](std::string_view written) -> Result<double> {
            auto number = parseCount(written);
            if (number && *number != std::floor(*number))
                return failure(ErrorCode::InvalidArgument,
                               fmt::format("{} is not a whole number", printNumber(*number)));
            return number;
        };
        const auto read = parsed(field, whole, printNumber, "8");
        assign(field, value, read ? std::optional(static_cast<int>(*read)) : std::nullopt);
    }
    void number(const Field& field, std::optional<double>& value)
    {
        assign(field, value, parsed(field, parseCount, printNumber, "500, 5k"));
    }
    void fraction(const Field& field, std::optional<double>& value)
    {
        assign(field, value, parsed(field, parseFraction, printNumber, "0.8, 80%"));
    }
    void flag(const Field& field, std::optional<bool>& value)
    {
        const YamlNode found = find(field);
        std::optional<bool> read;
        if (!isAbsent(found)) {
            if (const auto flag = found.asBool())
                read = *flag;
            else
                bad(field, found, flag.error().detail, "Write true or false.");
        }
        assign(field, value, read);
    }
    void duration(const Field& field, std::optional<Seconds>& value)
    {
        assign(field, value, parsed(field, parseDuration, printDuration, "200ms, 1.5s"));
    }
    void size(const Field& field, std::optional<Bytes>& value)
    {
        assign(field, value, parsed(field, parseSize, printSize, "80GB, 1TB"));
    }
    void bandwidth(const Field& field, std::optional<BytesPerSecond>& value)
    {
        assign(field, value, parsed(field, parseBandwidth, printBandwidth, "900GBs, 400Gbps"));
    }
    void rate(const Field& field, std::optional<RequestsPerSecond>& value)
    {
        assign(field, value, parsed(field, parseRate, printRate, "12.5/s, 300/min"));
    }
    template <class Enum, std::size_t size_>
    void choice(const Field& field, std::optional<Enum>& value,
                const std::array<Choice<Enum>, size_>& choices)
    {
        const auto written = textOf(field);
        std::optional<Enum> read;
        std::vector<std::string> names;
        for (const auto& each : choices) {
            names.emplace_back(each.name);
            if (written && toLower(trimmed(*written)) == toLower(each.name))
                read = each.value;
        }
        if (written && !read) {
            bad(field, node(field),
                fmt::format("'{}' is not one of {}", printableLine(*written, 60),
                            join(names, ", ")),
                "Write one of them.");
            if (const auto nearest = nearestWord(*written, names))
                suggest(field, *nearest, fmt::format("Did you mean {}?", *nearest));
        }
        assign(field, value, read);
    }

private:
    struct Level
    {
        YamlNode node;
        std::string prefix; ///< of the paths of its fields
        std::vector<std::string> known;
    };

    YamlNode node(const Field& field) const { return m_levels.back().node[field.key]; }
    std::string pathOf(const Field& field) const { return m_levels.back().prefix + field.key; }

    void note(std::string_view key, const YamlNode& found)
    {
        if (found.exists())
            m_document.positions[m_levels.back().prefix + std::string(key)] = found.location();
    }

    /** The node of a field; a required one that is absent becomes a finding. */
    YamlNode find(const Field& field)
    {
        m_levels.back().known.emplace_back(field.key);
        YamlNode found = node(field);
        note(field.key, found);
        if (field.required && isAbsent(found))
            add(pathOf(field), m_document.locate(pathOf(field)),
                fmt::format("it is missing; {}", field.help),
                fmt::format("Add '{}:' {}.", field.key,
                            m_levels.size() > 1 ? "below " + groupPath() : "at the top"));
        return found;
    }

    std::optional<std::string> textOf(const Field& field)
    {
        const YamlNode found = find(field);
        if (isAbsent(found))
            return std::nullopt;
        auto value = found.asString();
        if (value)
            return std::move(*value);
        bad(field, found, value.error().detail, "Write one value behind the colon.");
        return std::nullopt;
    }

    /** The value of one parser of base/text.h within the bounds of the field. `forms` shows how it may be written. */
    template <class Parser, class Printer>
    auto parsed(const Field& field, Parser parser, Printer printer, const char* forms)
        -> std::optional<typename decltype(parser(std::string_view()))::value_type>
    {
        using Value = typename decltype(parser(std::string_view()))::value_type;
        const auto written = textOf(field);
        if (!written)
            return std::nullopt;
        const auto value = parser(*written);
        if (!value) {
            bad(field, node(field), value.error().detail, fmt::format("Write it like {}.", forms));
            return std::nullopt;
        }
        const Value low(field.min);
        const Value high(field.max);
        if (*value > high || *value < low || (field.aboveMin && *value == low)) {
            bad(field, node(field),
                fmt::format("{} is out of range: it must be {} {} and at most {}", printer(*value),
                            field.aboveMin ? "above" : "at least", printer(low), printer(high)),
                fmt::format("Write it like {}.", forms));
            if (const Value nearest = *value > high ? high : low; *value > high || !field.aboveMin)
                suggest(field, printer(nearest),
                        fmt::format("The nearest that is allowed is {}.", printer(nearest)));
            return std::nullopt;
        }
        return *value;
    }

    /** Keeps what was there unless the field was written, so that one reader serves files and edits. */
    template <class T>
    void assign(const Field& field, std::optional<T>& value, std::optional<T> read)
    {
        if (read || node(field).isNull())
            value = std::move(read);
    }

    /** Of the fields that are read now. */
    std::string groupPath() const
    {
        const std::string& prefix = m_levels.back().prefix;
        return prefix.substr(0, prefix.size() - 1);
    }

    void add(std::string field, std::optional<Location> where, std::string text,
             std::string suggestion)
    {
        if (m_document.findings.size() < mostFindings)
            m_document.findings.push_back({ .field = std::move(field),
                                            .text = std::move(text),
                                            .suggestion = std::move(suggestion),
                                            .edits = {},
                                            .figure = {},
                                            .where = std::move(where) });
    }
    void bad(const Field& field, const YamlNode& found, std::string text, std::string suggestion)
    {
        add(pathOf(field), found.location(), std::move(text), std::move(suggestion));
    }
    /** A value for the field of the last finding, for people and programs. */
    void suggest(const Field& field, const std::string& value, std::string sentence)
    {
        if (m_document.findings.empty() || m_document.findings.back().field != pathOf(field))
            return; // there were too many to keep this one
        SpecFinding& finding = m_document.findings.back();
        finding.suggestion = std::move(sentence);
        finding.edits = { { pathOf(field), value } };
    }

    /**
     * A key that looks like a slip of the pen is an error: what it was to limit would silently not hold. What resembles
     * nothing is only pointed out.
     */
    void reportUnknown()
    {
        const Level& level = m_levels.back();
        for (const std::string& key : level.node.keys()) {
            if (std::find(level.known.begin(), level.known.end(), key) != level.known.end())
                continue;
            if (m_document.findings.size() >= mostFindings)
                return;
            const YamlNode found = level.node[key];
            const std::string path = level.prefix + printableLine(key, 80);
            if (unplanned(key)) {
                add(path, found.location(), "prefill/decode disaggregation is not planned yet",
                    "Remove it: the plan is for aggregated serving, every replica does both. 'llmd "
                    "recommend' with topology: disaggregated plans servers for each.");
                m_document.findings.back().kind = SpecFinding::Kind::Constraint;
                continue;
            }
            const auto nearest = nearestWord(key, level.known);
            add(path, found.location(), "there is no such field, it has no effect", {});
            SpecFinding& finding = m_document.findings.back();
            if (nearest)
                finding.suggestion = fmt::format("Did you mean {}?", *nearest);
            else {
                finding.level = SpecFinding::Level::Warning;
                finding.suggestion = "Known here are " + join(level.known, ", ") + ".";
            }
        }
    }

    static bool unplanned(std::string_view key)
    {
        return std::find(disaggregationKeys.begin(), disaggregationKeys.end(), toLower(key))
            != disaggregationKeys.end();
    }

    SpecDocument& m_document;
    std::vector<Level> m_levels;
};

/** A finding about apiVersion or kind, if they are not those of a spec. */
void checkHeader(SpecDocument& document, const YamlNode& root, const char* key,
                 const char* expected)
{
    const auto value = root[key].asString();
    if (value && *value == expected)
        return;
    SpecFinding finding;
    finding.field = key;
    finding.where = root[key].exists() ? root[key].location() : root.location();
    finding.text = root[key].exists()
        ? fmt::format("expected {}, not '{}'", expected, printableLine(value.value_or(""), 60))
        : fmt::format("it is missing; expected {}", expected);
    finding.suggestion = fmt::format("Write {}: {}", key, expected);
    finding.edits = {};
    document.findings.push_back(std::move(finding));
}

} // namespace

std::optional<Location> SpecDocument::locate(std::string_view field) const
{
    for (std::string path(field);;) {
        if (const auto found = positions.find(path); found != positions.end())
            return found->second;
        const auto dot = path.rfind('.');
        if (dot == std::string::npos)
            break;
        path.resize(dot);
    }
    const auto root = positions.find("");
    return root == positions.end() ? std::nullopt : std::optional(root->second);
}

SpecDocument readSpec(const YamlNode& root, const std::string& file)
{
    SpecDocument document;
    document.file = file;
    document.positions[""] = root.location();
    if (!root.isMapping()) {
        document.findings.push_back({ .text = "expected a spec: apiVersion: llm-d/v1, kind: "
                                              "InferenceService, metadata and spec",
                                      .suggestion = "'llmd validate --schema' prints the schema.",
                                      .edits = {},
                                      .figure = {},
                                      .where = root.location() });
        return document;
    }
    checkHeader(document, root, "apiVersion", specApiVersion);
    checkHeader(document, root, "kind", specKind);
    Reader(document).run(root);
    return document;
}

Result<std::vector<SpecDocument>> readSpecs(std::string_view text, const std::string& file)
{
    const auto roots = parseYamlDocuments(text, file, specLimits);
    if (!roots)
        return tl::unexpected(roots.error());
    std::vector<SpecDocument> documents;
    for (const YamlNode& root : *roots) {
        if (root.exists() && !root.isNull())
            documents.push_back(readSpec(root, file));
    }
    if (documents.empty())
        return failure(ErrorCode::MissingField,
                       "there is no spec in it; expected apiVersion: llm-d/v1 and kind: "
                       "InferenceService",
                       Location { file, 0, 0 });
    return documents;
}

Result<std::vector<SpecDocument>> readSpecFile(const std::filesystem::path& path)
{
    return readFile(path, specLimits.bytes).and_then([&](const std::string& text) {
        return readSpecs(text, path.string());
    });
}

Result<InferenceService> withEdits(const InferenceService& service,
                                   const std::vector<SpecEdit>& edits)
{
    SpecDocument changed;
    changed.service = service;
    for (const SpecEdit& edit : edits) {
        YamlValue value = edit.value.empty() ? YamlValue() : YamlValue(edit.value);
        const auto parts = split(edit.field, '.');
        for (auto part = parts.rbegin(); part != parts.rend(); ++part)
            value = YamlValue::map({ { std::string(*part), std::move(value) } });
        const auto root = parseYaml(emitYaml(value));
        if (!root)
            return tl::unexpected(root.error());
        SpecDocument one;
        one.service = changed.service;
        Reader(one).run(*root);
        // The edit holds one field; that the others are missing is not its fault.
        for (const SpecFinding& finding : one.findings) {
            if (finding.field == edit.field)
                return failure(ErrorCode::InvalidArgument, finding.field + ": " + finding.text);
        }
        if (!one.positions.contains(edit.field) || one.service == changed.service)
            return failure(ErrorCode::NotFound,
                           fmt::format("{} cannot be set to '{}'", edit.field, edit.value));
        changed.service = std::move(one.service);
    }
    return changed.service;
}

} // namespace llmd
