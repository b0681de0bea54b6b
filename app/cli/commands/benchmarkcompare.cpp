// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../measurements.h"
#include "../needoptions.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/benchmarks/importer.h>
#include <core/benchmarks/recordjson.h>
#include <core/benchmarks/reporttext.h>
#include <core/performance/engine.h>
#include <core/report/comparison.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct Options
{
    std::string store;
    std::vector<std::string> sides;
    std::string baseline;
    std::string predict;
    std::string ttft;
    std::string itl;
    std::string e2e;
    std::vector<std::string> outputs;
};

/** Reads what people name: ids of the store, `b` and the number of a built-in measurement, files and folders. */
class SideReader
{
public:
    SideReader(const Session& session, const Options& options)
        : m_session(session)
        , m_options(options)
    { }

    Result<ComparedSide> read(const std::string& text)
    {
        ComparedSide side { text, text, false, {} };
        std::string names = text;
        if (const auto equals = text.find('='); equals != std::string::npos && equals > 0) {
            side.name = text.substr(0, equals);
            names = text.substr(equals + 1);
            side.source = names;
        }
        for (const auto part : split(names, ',')) {
            const auto added = add(std::string(trimmed(part)), side);
            if (!added)
                return tl::unexpected(added.error());
        }
        if (side.points.empty())
            return failure(ErrorCode::NotFound, "'" + text + "' has no load points");
        return side;
    }

private:
    Result<> add(const std::string& name, ComparedSide& side)
    {
        if (const auto number = parseInteger(name); number && *number > 0)
            return addStored(*number, side);
        if (name.starts_with('b')) {
            if (const auto number = parseInteger(name.substr(1)); number && *number > 0)
                return addBuiltin(static_cast<std::size_t>(*number), side);
        }
        return addFiles(name, side);
    }

    Result<> addStored(std::int64_t id, ComparedSide& side)
    {
        if (!m_store) {
            const auto path = storePath(m_options.store);
            if (!path)
                return tl::unexpected(path.error());
            auto store = BenchmarkStore::open(*path);
            if (!store)
                return tl::unexpected(store.error());
            m_store = std::make_unique<BenchmarkStore>(std::move(*store));
        }
        RecordFilter filter;
        filter.ids = { id };
        filter.superseded = true;
        auto records = m_store->load(filter);
        if (!records)
            return tl::unexpected(records.error());
        if (records->empty())
            return failure(
                ErrorCode::NotFound,
                fmt::format("the store has no load point {}; 'llmd benchmark list' shows "
                            "those that it has",
                            id));
        side.points.push_back(std::move(records->front().record));
        return {};
    }

    Result<> addBuiltin(std::size_t number, ComparedSide& side)
    {
        if (m_builtin.empty()) {
            auto builtin = builtinMeasurements();
            if (!builtin)
                return tl::unexpected(builtin.error());
            m_builtin = std::move(*builtin);
        }
        if (number > m_builtin.size())
            return failure(ErrorCode::NotFound,
                           fmt::format("there is no built-in measurement b{}", number));
        side.points.push_back(m_builtin[number - 1].record);
        return {};
    }

    Result<> addFiles(const std::string& name, ComparedSide& side)
    {
        std::error_code error;
        std::vector<fs::path> files;
        if (fs::is_directory(name, error)) {
            for (auto it = fs::recursive_directory_iterator(name, error);
                 !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
                std::error_code ignored;
                if (it->is_regular_file(ignored))
                    files.push_back(it->path());
            }
            std::sort(files.begin(), files.end());
        } else {
            files.emplace_back(name);
        }
        for (const auto& file : files) {
            const auto text = readFile(file, reportTextLimit);
            if (!text)
                return tl::unexpected(text.error());
            auto report = readReport(*text, file.string());
            if (files.size() == 1)
                m_session.report(report.issues);
            for (auto& record : report.value.records)
                side.points.push_back(std::move(record));
        }
        return {};
    }

    const Session& m_session;
    const Options& m_options;
    std::unique_ptr<BenchmarkStore> m_store;
    std::vector<BuiltinMeasurement> m_builtin;
};

/** Points that cannot be predicted are left out with a message. */
ComparedSide predictionOf(Session& session, const ComparedSide& measured, const Catalog& catalog,
                          const Engine& engine)
{
    RunContext context = session.runContext();
    auto predicted = predictedSide(measured, catalog, engine, context);
    if (predicted.missing > 0)
        session.report({ { .severity = Severity::Warning,
                           .text = fmt::format("{}: {} of {} load points cannot be predicted: {}",
                                               measured.name, predicted.missing,
                                               measured.points.size(), predicted.reason) } });
    return std::move(predicted.side);
}

Result<std::vector<ComparedSide>> sidesOf(Session& session, const Options& options)
{
    SideReader reader(session, options);
    std::vector<ComparedSide> sides;
    for (const auto& text : options.sides) {
        auto side = reader.read(text);
        if (!side)
            return tl::unexpected(side.error());
        sides.push_back(std::move(*side));
    }
    if (options.predict.empty())
        return sides;
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.predict);
    if (!engine)
        return tl::unexpected(engine.error());
    const std::size_t measured = sides.size();
    for (std::size_t i = 0; i < measured; ++i) {
        auto side = predictionOf(session, sides[i], **catalog, **engine);
        if (!side.points.empty())
            sides.push_back(std::move(side));
    }
    return sides;
}

Result<Slo> targetsOf(const Options& options)
{
    Slo slo;
    for (const auto& [name, text, target] : { std::tuple { "--ttft", &options.ttft, &slo.ttft },
                                              { "--itl", &options.itl, &slo.itl },
                                              { "--e2e", &options.e2e, &slo.e2e } }) {
        if (text->empty())
            continue;
        const auto parsed = parseTarget(*text);
        if (!parsed)
            return tl::unexpected(withContext(name)(parsed.error()));
        *target = *parsed;
    }
    return slo;
}

Result<std::size_t> baselineOf(const std::vector<ComparedSide>& sides, const std::string& name)
{
    if (name.empty())
        return 0;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        if (sides[i].name == name)
            return i;
        known.push_back(sides[i].name);
    }
    return failure(
        ErrorCode::NotFound,
        fmt::format("--baseline: no side is called '{}'; they are {}", name, join(known, ", ")));
}

Json comparisonJson(const std::vector<ComparedSide>& sides, const Report& report)
{
    Json json { { "title", report.title }, { "sides", Json::array() } };
    for (const auto& side : sides) {
        Json points = Json::array();
        for (const auto& point : side.points)
            points.push_back(toJson(point));
        json["sides"].push_back({ { "name", side.name },
                                  { "source", side.source },
                                  { "predicted", side.predicted },
                                  { "points", points } });
    }
    json["warnings"] = comparisonWarnings(sides);
    json["tables"] = Json::array();
    for (const auto& block : report.blocks) {
        const auto* table = std::get_if<ReportTable>(&block);
        if (!table)
            continue;
        Json columns = Json::array();
        for (const auto& column : table->columns)
            columns.push_back(column.title);
        json["tables"].push_back(
            { { "title", table->title }, { "columns", columns }, { "rows", table->rows } });
    }
    return json;
}

ExitCode compare(Session& session, const Options& options)
{
    const auto targets = targetsOf(options);
    if (!targets)
        return session.fail(targets.error());
    for (const auto& output : options.outputs) {
        if (const auto format = reportFormatOf(output); !format)
            return session.fail(format.error());
    }
    const auto sides = sidesOf(session, options);
    if (!sides)
        return session.fail(sides.error());
    const auto baseline = baselineOf(*sides, options.baseline);
    if (!baseline)
        return session.fail(baseline.error());
    const Report report = comparisonReport(*sides, { *baseline, *targets, today() });
    for (const auto& output : options.outputs) {
        if (const auto written = writeReport(report, output); !written)
            return session.fail(written.error());
    }
    if (session.json)
        session.printJson(comparisonJson(*sides, report));
    else if (options.outputs.empty())
        session.print(reportMarkdown(report));
    else
        session.print(join(options.outputs, "\n") + "\n");
    return ExitCode::Done;
}

} // namespace

void addBenchmarkCompare(CLI::App& group, Session& session)
{
    auto* command =
        group.add_subcommand("compare",
                             "Compare runs with each other and with predictions. A side is ids of "
                             "load points, built-in ones (b12), report files or "
                             "folders, several with commas; NAME=… gives it a name");
    auto options = std::make_shared<Options>();
    command
        ->add_option("side", options->sides, "Sides of the comparison; the first is the baseline")
        ->required()
        ->type_name("[NAME=]WHAT");
    command->add_option("--store", options->store, "Store to use instead of the user's")
        ->type_name("FILE");
    command->add_option("--baseline", options->baseline, "Name of the side to compare with");
    command->add_option("--predict", options->predict,
                        "Also what this engine predicts for each side, for example analytic");
    command->add_option("--ttft", options->ttft, "Target to shade, for example 300ms or p95=300ms");
    command->add_option("--itl", options->itl, "The same for the time per token");
    command->add_option("--e2e", options->e2e, "The same for whole requests");
    command
        ->add_option(
            "--report", options->outputs,
            "Write the report; the name's end says how: .html, .md or .csv; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->callback([&session, options] {
        session.command = [&session, options] { return compare(session, *options); };
    });
}

} // namespace llmd::cli
