// SPDX-License-Identifier: Apache-2.0
#include "processengine.h"

#include "enginechecks.h"
#include "engineprotocol.h"

#include <core/base/subprocess.h>
#include <core/base/text.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace llmd {

/** Hands out the right to run a program; waiting ends when the run is cancelled. */
class ProcessSlots
{
public:
    explicit ProcessSlots(int count)
        : m_free(count)
    { }

    /** Holds the right from its construction on, unless the run was stopped while it waited. */
    class Use
    {
    public:
        Use(ProcessSlots& slots, const std::stop_token& stop)
            : m_slots(slots)
            , m_granted(slots.acquire(stop))
        { }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use()
        {
            if (m_granted)
                m_slots.release();
        }
        [[nodiscard]] bool isGranted() const { return m_granted; }

    private:
        ProcessSlots& m_slots;
        bool m_granted;
    };

private:
    [[nodiscard]] bool acquire(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [this] { return m_free > 0; }))
            return false;
        --m_free;
        return true;
    }
    void release()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_free;
        }
        m_changed.notify_one();
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_free; // guarded by m_mutex
};

namespace {

/** Variables that nearly every program needs. Numbers are printed with a point, whatever the user's language. */
const std::vector<std::string> usualVariables { "PATH", "TMPDIR" };
constexpr const char* numberLocale = "LC_ALL=C.UTF-8";

std::string engineId(const EngineDeclaration& declaration)
{
    return "process:" + declaration.id;
}

std::vector<std::string> environmentOf(const EngineDeclaration& declaration)
{
    std::vector<std::string> result { numberLocale };
    std::vector<std::string> names = usualVariables;
    names.insert(names.end(), declaration.environment.begin(), declaration.environment.end());
    for (const auto& name : names) {
        if (const char* value = std::getenv(name.c_str()); value && name != "LC_ALL")
            result.push_back(name + "=" + value);
    }
    return result;
}

/** Whether one of the programs is there that the declared one calls in turn. */
Result<> checkNeeds(const EngineDeclaration& declaration)
{
    std::vector<std::string> tried;
    for (const auto& need : declaration.needsOneOf) {
        std::string name = need;
        if (need.starts_with('$')) {
            const char* value = std::getenv(need.c_str() + 1);
            name = value ? value : "";
        }
        if (!name.empty() && findProgram(name, declaration.file.parent_path()))
            return {};
        tried.push_back(need);
    }
    if (tried.empty())
        return {};
    return failure(ErrorCode::NotFound,
                   "needs one of the programs " + join(tried, ", ")
                       + ", and none is in the folders of PATH or named by a variable");
}

Result<std::filesystem::path> programOf(const EngineDeclaration& declaration)
{
    return findProgram(declaration.command.front(), declaration.file.parent_path())
        .and_then([&](std::filesystem::path path) {
            return checkNeeds(declaration).map([&] { return std::move(path); });
        })
        .map_error([&](Error error) {
            error.detail += "; install it or correct " + declaration.file.string();
            return error;
        });
}

Result<SubprocessSpec> specOf(const EngineDeclaration& declaration)
{
    auto program = programOf(declaration);
    if (!program)
        return tl::unexpected(program.error());
    SubprocessSpec spec;
    spec.program = std::move(*program);
    spec.arguments.assign(declaration.command.begin() + 1, declaration.command.end());
    spec.environment = environmentOf(declaration);
    std::error_code ignored;
    spec.workingFolder = std::filesystem::absolute(declaration.file, ignored).parent_path();
    spec.timeLimit = declaration.timeLimit;
    return spec;
}

/** What a program says last is mostly why it failed. */
std::string lastLine(std::string_view text)
{
    text = trimmed(text);
    const auto start = text.rfind('\n');
    return printableLine(start == std::string_view::npos ? text : text.substr(start + 1));
}

/** The error that a run ended in, if it did not end well. */
Result<> checkEnd(const SubprocessResult& run, const SubprocessSpec& spec,
                  const EngineDeclaration& declaration)
{
    const std::string said = lastLine(run.errorTail);
    const std::string last = said.empty() ? std::string("; it wrote nothing to standard error")
                                          : "; its last words: " + said;
    const std::string where = " in " + declaration.file.string();
    using End = SubprocessResult::End;
    switch (run.end) {
    case End::Cancelled:
        return failure(ErrorCode::Cancelled, "stopped on request");
    case End::TimedOut:
        return failure(ErrorCode::LimitExceeded,
                       "gave no answer within " + printDuration(spec.timeLimit)
                           + " and was ended; raise `time_limit`" + where + last);
    case End::TooMuchOutput:
        return failure(ErrorCode::LimitExceeded,
                       "wrote more than " + printSize(Bytes(static_cast<double>(spec.outputLimit)))
                           + " to standard output and was ended; expected one JSON document");
    case End::Signalled: {
        const char* name = ::sigdescr_np(run.status);
        return failure(ErrorCode::Io,
                       "was ended by signal " + std::to_string(run.status)
                           + (name ? std::string(" (") + name + ")" : std::string()) + last);
    }
    case End::Exited:
        if (run.status != 0)
            return failure(ErrorCode::Io, "ended with status " + std::to_string(run.status) + last);
    }
    return {};
}

class ProcessPredictor final : public Predictor
{
public:
    ProcessPredictor(const EngineDeclaration& declaration, ProcessSlots& slots, SubprocessSpec spec,
                     EngineQuestion question)
        : m_declaration(declaration)
        , m_slots(slots)
        , m_spec(std::move(spec))
        , m_question(std::move(question))
    { }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        if (const auto checked = checkLoad(load); !checked)
            return tl::unexpected(checked.error());
        EngineQuestion question = m_question;
        question.workload.load = load;
        const auto run =
            runOnce(engineRequest(question, { context.seed, m_spec.timeLimit }), context);
        if (!run)
            return tl::unexpected(run.error());
        const auto named = withContext(engineId(m_declaration));
        if (const auto ended = checkEnd(*run, m_spec, m_declaration); !ended) {
            return tl::unexpected(
                ended.error().code == ErrorCode::Cancelled ? ended.error() : named(ended.error()));
        }
        auto estimate = readEngineAnswer(run->output, question).map_error(named);
        if (estimate)
            addProvenance(*estimate);
        return estimate;
    }

private:
    Result<SubprocessResult> runOnce(const std::string& request, const RunContext& context) const
    {
        const ProcessSlots::Use slot(m_slots, context.stop);
        if (!slot.isGranted())
            return SubprocessResult { .end = SubprocessResult::End::Cancelled };
        return runSubprocess(m_spec, request, context.stop)
            .map_error(withContext(engineId(m_declaration)));
    }

    void addProvenance(Estimate& estimate) const
    {
        Provenance& provenance = estimate.provenance;
        provenance.engine = engineId(m_declaration);
        provenance.distance = "predicted by the external program " + m_declaration.name
            + (estimate.e2e.meanInterval.stated ? "." : "; it states no interval.");
        const auto& validated = m_declaration.validatedGpus;
        const auto& gpu = m_question.candidate.gpu->id;
        if (std::find(validated.begin(), validated.end(), gpu) == validated.end())
            provenance.caveats.push_back("The declaration names no validation on "
                                         + m_question.candidate.gpu->name + ".");
    }

    const EngineDeclaration& m_declaration;
    ProcessSlots& m_slots;
    SubprocessSpec m_spec;
    EngineQuestion m_question;
};

} // namespace

ProcessEngine::ProcessEngine(std::shared_ptr<const Catalog> catalog, EngineDeclaration declaration)
    : m_catalog(std::move(catalog))
    , m_declaration(std::move(declaration))
    , m_slots(std::make_unique<ProcessSlots>(m_declaration.maxParallel))
{ }

ProcessEngine::~ProcessEngine() = default;

EngineInfo ProcessEngine::info() const
{
    const auto program = programOf(m_declaration);
    return { .id = engineId(m_declaration),
             .name = m_declaration.name,
             .description = m_declaration.description,
             .percentiles = m_declaration.percentiles,
             .mixtureOfExperts = m_declaration.mixtureOfExperts,
             .prefillDecodeDisaggregation = m_declaration.prefillDecodeDisaggregation,
             .validatedGpus = m_declaration.validatedGpus,
             .declaredIn = m_declaration.file.string(),
             .unavailable = program ? std::string() : program.error().detail };
}

Result<std::unique_ptr<Predictor>> ProcessEngine::predictor(const Candidate& candidate,
                                                            const Workload& shape) const
{
    const auto context = withContext(engineId(m_declaration));
    const EngineVersionProfile& profile = m_catalog->engineVersion(candidate.engine.version);
    auto ledger = checkedMemory(candidate, profile, shape);
    if (!ledger)
        return tl::unexpected(ledger.error());
    if (candidate.model->architecture.isMoe() && !m_declaration.mixtureOfExperts)
        return failure(
            ErrorCode::Unsupported,
            engineId(m_declaration)
                + ": its declaration does not say that it can predict mixture-of-experts "
                  "models such as "
                + candidate.model->id);
    const EngineSettings& settings = candidate.engine;
    if (settings.speculative || settings.lora || settings.offload.any())
        return failure(ErrorCode::Unsupported,
                       engineId(m_declaration)
                           + ": the protocol does not tell programs of speculative decoding, LoRA "
                             "adapters and a KV cache outside the GPU");
    auto spec = specOf(m_declaration);
    if (!spec)
        return tl::unexpected(context(spec.error()));
    return std::make_unique<ProcessPredictor>(m_declaration, *m_slots, std::move(*spec),
                                              EngineQuestion { candidate, shape, *ledger });
}

} // namespace llmd
