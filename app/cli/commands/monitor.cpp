// SPDX-License-Identifier: Apache-2.0
#include "../chosenplan.h"
#include "../measurements.h"
#include "../monitortext.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/benchmarks/importer.h>
#include <core/observation/acceptance.h>
#include <core/performance/coefficients.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <utility>

namespace llmd::cli {

namespace {

struct Options
{
    std::string plan;
    std::string candidate;
    std::string prometheus;
    std::vector<std::string> metrics;
    std::string benchmark;
    std::string selector;
    std::string tokenVariable;
    std::string interval = "15s";
    std::string window;
    int scrapes = 0; ///< 0 = until Ctrl+C
    bool once = false;
    bool accept = false;
    bool adapt = false;
    std::string store;
};

/** What a run works on. The engine points into the registry, the plan into the catalog. */
struct Watched
{
    std::shared_ptr<const Catalog> catalog;
    std::unique_ptr<EngineRegistry> engines;
    ObservedPlan plan;
};

/** False if the stop came first. */
bool sleepFor(Seconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::duration<double>(time.value()), [] { return false; });
    return !stop.stop_requested();
}

Result<MonitorSettings> settingsOf(const Options& options)
{
    MonitorSettings settings;
    MetricsEndpoint& endpoint = settings.endpoint;
    endpoint.kind = options.prometheus.empty() ? MetricsEndpoint::Kind::Direct
                                               : MetricsEndpoint::Kind::Prometheus;
    endpoint.urls = options.prometheus.empty() ? options.metrics
                                               : std::vector<std::string> { options.prometheus };
    endpoint.tokenVariable = options.tokenVariable;
    auto selector = parseSelector(options.selector);
    if (!selector)
        return tl::unexpected(withContext("--selector")(selector.error()));
    endpoint.selector = std::move(*selector);
    const auto interval = parseDuration(options.interval);
    if (!interval)
        return tl::unexpected(withContext("--interval")(interval.error()));
    settings.interval = *interval;
    if (!options.window.empty()) {
        const auto window = parseDuration(options.window);
        if (!window)
            return tl::unexpected(withContext("--window")(window.error()));
        settings.window = *window;
    }
    if (auto good = checkSettings(settings); !good)
        return tl::unexpected(good.error());
    return settings;
}

Result<Watched> openPlan(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto text = readFile(options.plan);
    if (!text)
        return tl::unexpected(text.error());
    auto engines = std::make_unique<EngineRegistry>(*catalog, session.enginePrograms());
    auto chosen =
        readChosenPlan(*text, { options.plan, options.candidate }, *catalog, *engines, session);
    if (!chosen)
        return tl::unexpected(chosen.error());
    session.report(chosen->issues);
    // The candidate may point into the report of a search as well as to a variant.
    auto owner = std::make_shared<
        std::pair<std::shared_ptr<const SearchReport>, std::shared_ptr<const Model>>>(
        chosen->report, chosen->variant);
    ObservedPlan plan { chosen->option.candidate, chosen->requirements, chosen->need, *catalog,
                        std::move(owner) };
    return Watched { *catalog, std::move(engines), std::move(plan) };
}

void print(const Session& session, const MonitorUpdate& update, bool line)
{
    if (!session.json)
        session.print(monitorText(update) + "\n");
    else if (line)
        session.print(monitorJson(update).dump(-1, ' ', false,
                                               nlohmann::ordered_json::error_handler_t::replace)
                      + "\n");
    else
        session.printJson(monitorJson(update));
    std::fflush(stdout);
}

Result<std::optional<Adaptation>> adaptTo(Session& session, const Watched& watched,
                                          const MonitorUpdate& update)
{
    const Shift shift =
        shiftOf(update.drift, update.validation ? update.validation->stepFactor : std::nullopt);
    if (!shift.any())
        return std::optional<Adaptation>();
    RunContext context = session.runContext();
    auto adaptation = adapt(watched.plan, shift, watched.engines->standard(),
                            standardCoefficients(), {}, context);
    if (!adaptation)
        return tl::unexpected(adaptation.error());
    return std::optional(std::move(*adaptation));
}

Result<> accept(Session& session, const Options& options, const Watched& watched,
                const MonitorUpdate& update)
{
    if (!update.observation)
        return failure(ErrorCode::NotFound, "nothing was observed that could be accepted");
    const auto path = storePath(options.store);
    if (!path)
        return tl::unexpected(path.error());
    const auto id = acceptObservation(watched.plan, *update.observation, *path);
    if (!id)
        return tl::unexpected(id.error());
    if (!session.json)
        session.print(fmt::format("Accepted as a validated benchmark: record {} of {}\n", *id,
                                  path->string()));
    else
        fmt::print(stderr, "llmd: accepted as record {}\n", *id);
    return {};
}

/** 1 if the last reading failed, 4 if what was compared last deviates. */
ExitCode exitCodeOf(const MonitorUpdate& update)
{
    if (update.state == MonitorState::Unreachable || update.state == MonitorState::NoSeries)
        return ExitCode::Failed;
    return update.validation && update.validation->deviating > 0 ? ExitCode::ValidationErrors
                                                                 : ExitCode::Done;
}

ExitCode finish(Session& session, const Options& options, const Watched& watched,
                const MonitorUpdate& update)
{
    ExitCode code = exitCodeOf(update);
    std::optional<Adaptation> adaptation;
    if (options.adapt) {
        auto adapted = adaptTo(session, watched, update);
        if (!adapted)
            return session.fail(adapted.error());
        adaptation = std::move(*adapted);
        if (!session.json)
            session.print(adaptation ? adaptationText(*adaptation)
                                     : "\nNothing has shifted, so there is nothing to adapt.\n");
    }
    if (session.json && options.once) {
        auto json = monitorJson(update);
        json["adaptation"] = adaptation ? toJson(*adaptation) : nlohmann::ordered_json(nullptr);
        session.printJson(json);
    } else if (session.json && adaptation) {
        session.print(nlohmann::ordered_json { { "adaptation", toJson(*adaptation) } }.dump()
                      + "\n");
    }
    if (options.accept) {
        if (auto accepted = accept(session, options, watched, update); !accepted)
            return session.fail(accepted.error());
    }
    return code;
}

ExitCode watchEndpoint(Session& session, const Options& options)
{
    const auto settings = settingsOf(options);
    if (!settings) {
        (void)session.fail(settings.error());
        return ExitCode::Usage;
    }
    auto watched = openPlan(session, options);
    if (!watched) {
        (void)session.fail(watched.error());
        return isNothingFeasible(watched.error()) ? ExitCode::Infeasible : ExitCode::Failed;
    }
    RunContext context = session.runContext();
    Monitor monitor(watched->plan, *settings, watched->engines->standard());
    if (!options.once)
        fmt::print(stderr, "llmd: watching {}, Ctrl+C ends it\n", settings->endpoint.urls.front());
    std::optional<MonitorUpdate> last;
    for (int made = 0;; ++made) {
        auto update = monitor.poll(context);
        if (!update && update.error().code == ErrorCode::Cancelled)
            break;
        if (!update)
            return session.fail(update.error());
        last = std::move(*update);
        // One sample of a server tells no rates: a second one belongs to "once".
        const bool done = options.once ? last->state != MonitorState::Waiting || made >= 1
                                       : options.scrapes > 0 && made + 1 >= options.scrapes;
        if (!options.once || (done && !session.json))
            print(session, *last, true);
        if (done || !sleepFor(settings->interval, session.stop))
            break;
    }
    // Ctrl+C ends it cleanly: what was seen last still counts.
    return last ? finish(session, options, *watched, *last) : ExitCode::Done;
}

ExitCode compareBenchmark(Session& session, const Options& options)
{
    auto watched = openPlan(session, options);
    if (!watched) {
        (void)session.fail(watched.error());
        return isNothingFeasible(watched.error()) ? ExitCode::Infeasible : ExitCode::Failed;
    }
    const auto text = readFile(options.benchmark);
    if (!text)
        return session.fail(text.error());
    const auto document = readReport(*text, options.benchmark);
    session.report(document.issues);
    if (document.value.records.empty())
        return ExitCode::Failed;
    RunContext context = session.runContext();
    ExitCode code = ExitCode::Done;
    auto list = nlohmann::ordered_json::array();
    for (const BenchmarkRecord& record : document.value.records) {
        MonitorUpdate update;
        update.state = MonitorState::Watching;
        update.observation = observationOf(record);
        auto validation =
            validate(watched->plan, *update.observation, watched->engines->standard(), context);
        if (!validation)
            return session.fail(validation.error());
        update.validation = std::move(*validation);
        update.message = update.validation->summary;
        if (update.validation->deviating > 0)
            code = ExitCode::ValidationErrors;
        if (session.json)
            list.push_back(monitorJson(update));
        else
            print(session, update, true);
    }
    if (session.json)
        session.printJson({ { "file", options.benchmark }, { "runs", std::move(list) } });
    return code;
}

ExitCode monitorCommand(Session& session, const Options& options)
{
    const int sources = (options.prometheus.empty() ? 0 : 1) + (options.metrics.empty() ? 0 : 1)
        + (options.benchmark.empty() ? 0 : 1);
    if (sources != 1) {
        fmt::print(stderr,
                   "llmd: say what to compare with by one of --prometheus, --metrics and "
                   "--benchmark\n");
        return ExitCode::Usage;
    }
    return options.benchmark.empty() ? watchEndpoint(session, options)
                                     : compareBenchmark(session, options);
}

} // namespace

void addMonitor(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "monitor",
        "Hold a running deployment against its plan: deviation, causes and drift; "
        "--json prints one line per reading");
    auto options = std::make_shared<Options>();
    command
        ->add_option("plan", options->plan,
                     "planner.json of an export, or a project of 'llmd recommend -o' or the "
                     "workbench")
        ->required()
        ->type_name("PLAN");
    command->add_option("--candidate", options->candidate,
                        "Id of the configuration in a project; default is the chosen or best one");
    command
        ->add_option("--prometheus", options->prometheus,
                     "Address of Prometheus, such as http://localhost:9090")
        ->type_name("URL");
    command
        ->add_option("--metrics", options->metrics,
                     "Addresses of servers of vLLM, such as http://localhost:8000; their /metrics "
                     "pages are read")
        ->type_name("URL");
    command
        ->add_option("--benchmark", options->benchmark,
                     "Compare a benchmark report instead of a running deployment")
        ->type_name("FILE");
    command->add_option("--selector", options->selector,
                        "Conditions on labels: namespace=\"llm-serving\",model_name=~\"org/.*\"");
    command
        ->add_option("--token-env", options->tokenVariable,
                     "Environment variable that holds a bearer token")
        ->type_name("NAME");
    command->add_option("--interval", options->interval, "Time between readings")
        ->capture_default_str();
    command->add_option("--window", options->window,
                        "Time that is compared with the prediction; default is four intervals and "
                        "at least 60s");
    auto* scrapes = command
                        ->add_option("--scrapes", options->scrapes,
                                     "End after so many readings; default is at Ctrl+C")
                        ->check(CLI::Range(1, 1'000'000));
    command
        ->add_flag("--once", options->once,
                   "Read once (a server's page twice, for rates) and print one document")
        ->excludes(scrapes);
    command->add_flag("--adapt", options->adapt,
                      "At the end say what to change if traffic or speed have shifted");
    command->add_flag("--accept", options->accept,
                      "At the end keep what was observed as a validated benchmark");
    command->add_option("--store", options->store, "Store of benchmarks instead of the user's")
        ->type_name("FILE");
    command->callback([&session, options] {
        session.command = [&session, options] { return monitorCommand(session, *options); };
    });
}

} // namespace llmd::cli
