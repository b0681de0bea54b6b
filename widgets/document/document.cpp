// SPDX-License-Identifier: GPL-3.0-or-later
#include "document.h"

#include "editcommand.h"

#include <core/base/file.h>
#include <core/base/resources.h>
#include <core/base/yamlreader.h>
#include <core/calibration/measuredsearch.h>
#include <core/ranking/ranker.h>
#include <core/search/spaceyaml.h>
#include <core/spec/specrequirements.h>
#include <core/sweep/sweepfile.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <QFileInfo>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString searchSlot = u"search"_s;
// Long enough to gather the steps of a spin box that is held down, short enough to feel immediate.
constexpr std::chrono::milliseconds searchDelay { 120 };

/** Whether two needs can only differ in the order of their options: then no search is due. */
bool sameSearch(const Project& a, const Project& b)
{
    Requirements first = a.requirements;
    Requirements second = b.requirements;
    for (Requirements* requirements : { &first, &second }) {
        requirements->priorities.reset();
        requirements->title.clear();
        requirements->notes.clear();
    }
    return first == second && a.engine == b.engine;
}

/** A new plan from a declarative spec. It opens with errors too: they are shown at the fields that they concern. */
Result<Loaded<Project>> projectFromSpec(const QString& path,
                                        const std::shared_ptr<const Catalog>& catalog)
{
    const auto documents = readSpecFile(fromQString(path));
    if (!documents)
        return tl::unexpected(documents.error());
    for (const SpecFinding& finding : documents->front().findings) {
        if (finding.field.empty() || finding.field == "kind" || finding.field == "apiVersion")
            return failure(ErrorCode::InvalidArgument, finding.text, finding.where);
    }
    auto requirements = requirementsOf(documents->front(), catalog);
    Loaded<Project> loaded;
    loaded.value.requirements = std::move(requirements.value);
    loaded.issues = std::move(requirements.issues);
    if (documents->size() > 1)
        loaded.issues.push_back({ Severity::Warning,
                                  ErrorCode::InvalidArgument,
                                  "The file holds " + std::to_string(documents->size())
                                      + " specs; the first one was opened.",
                                  {},
                                  (*documents)[1].locate({}) });
    return loaded;
}

/** A new plan from a requirements file; an error in any of its fields refuses the file. A spec says what it is. */
Result<Loaded<Project>> projectFromYaml(const QString& path,
                                        const std::shared_ptr<const Catalog>& catalog)
{
    const auto root = readYamlFile(fromQString(path));
    const bool several = !root && readSpecFile(fromQString(path)).has_value();
    if (several || (root && ((*root)["apiVersion"].exists() || (*root)["kind"].exists())))
        return projectFromSpec(path, catalog);
    if (!root)
        return tl::unexpected(root.error());
    auto requirements = readRequirements(*root);
    for (const Issue& issue : requirements.issues) {
        if (issue.severity == Severity::Error)
            return failure(issue.code, issue.text, issue.where);
    }
    Loaded<Project> loaded;
    loaded.value.requirements = std::move(requirements.value);
    loaded.issues = std::move(requirements.issues);
    return loaded;
}

/** A new plan from the joined result of a sweep. */
Result<Loaded<Project>> projectFromSweep(const QString& path, const Catalog& catalog)
{
    const std::string name = fromQString(path);
    return readFile(name).and_then(
        [&](const std::string& text) { return projectOfSweep(name, text, catalog); });
}

/** Whether two sets of limits look at the same points of the latency distributions. */
bool samePercentiles(const Slo& a, const Slo& b)
{
    const auto percentile = [](const std::optional<LatencyTarget>& target) {
        return target ? target->percentile : 95.0;
    };
    return percentile(a.ttft) == percentile(b.ttft) && percentile(a.itl) == percentile(b.itl)
        && percentile(a.e2e) == percentile(b.e2e);
}

} // namespace

Document::Document(std::shared_ptr<const Catalog> catalog, JobRunner& jobs,
                   std::vector<EngineDeclaration> programs, QObject* parent)
    : QObject(parent)
    , m_catalog(std::move(catalog))
    , m_jobs(jobs)
    , m_programs(std::move(programs))
    , m_engines(std::make_shared<const EngineRegistry>(m_catalog, m_programs))
{
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(&m_searchTimer, &QTimer::timeout, this, &Document::startSearch);
    connect(&m_undo, &QUndoStack::cleanChanged, this,
            [this](bool clean) { emit modifiedChanged(!clean); });
    resolveNeed();
    scheduleSearch();
}

Document::~Document()
{
    m_jobs.discard(searchSlot);
}

void Document::setCatalog(std::shared_ptr<const Catalog> catalog)
{
    m_catalog = std::move(catalog);
    m_engines = std::make_shared<const EngineRegistry>(m_catalog, m_programs);
    resolveNeed();
    emit catalogChanged();
    emit needChanged();
    emit issuesChanged();
    scheduleSearch();
}

void Document::setPrograms(std::vector<EngineDeclaration> programs)
{
    m_programs = std::move(programs);
    setCatalog(m_catalog);
}

void Document::setMeasurements(const std::filesystem::path& store)
{
    m_store = store;
    scheduleSearch();
}

void Document::measurementsChanged()
{
    if (m_store)
        scheduleSearch();
}

void Document::edit(const QString& fieldId, const QString& text,
                    const std::function<void(Project&)>& change)
{
    Project after = m_project;
    change(after);
    if (after == m_project) {
        cancelPreview();
        return;
    }
    m_undo.push(new EditCommand(*this, fieldId, text, m_project, std::move(after)));
}

void Document::applyProject(const Project& project)
{
    const bool searchDue = !sameSearch(m_project, project);
    const bool nameChanges = m_project.requirements.title != project.requirements.title;
    m_project = project;
    resolveNeed();
    emit projectChanged();
    if (nameChanges)
        emit filePathChanged();
    emit needChanged();
    emit issuesChanged();
    if (m_need)
        rerank(m_need->slo, m_need->priorities);
    if (searchDue)
        scheduleSearch();
}

void Document::resolveNeed()
{
    auto need = resolve(m_project.requirements, *m_catalog);
    if (need) {
        m_need = std::move(*need);
        m_needError.reset();
    } else {
        m_need.reset();
        m_needError = std::move(need.error());
    }
}

std::vector<Issue> Document::issues() const
{
    std::vector<Issue> all = m_fileIssues;
    if (const auto engine = m_engines->find(m_project.engine); !engine)
        all.push_back({ Severity::Error, engine.error().code, engine.error().detail, "engine",
                        engine.error().where });
    if (m_needError)
        all.push_back(
            { Severity::Error, m_needError->code, m_needError->detail, {}, m_needError->where });
    else if (m_need)
        all.insert(all.end(), m_need->issues.begin(), m_need->issues.end());
    if (!m_measurementObstacle.empty())
        all.push_back({ Severity::Warning, ErrorCode::Io, m_measurementObstacle, {}, {} });
    return all;
}

View Document::view() const
{
    return parseView(m_project.view).value_or(View::Balanced);
}

void Document::scheduleSearch()
{
    if (!m_need) {
        m_searchTimer.stop();
        m_jobs.discard(searchSlot);
        setSearching(false);
        return;
    }
    setSearching(true);
    m_searchTimer.start();
}

void Document::searchAgain()
{
    scheduleSearch();
}

void Document::cancelSearch()
{
    m_jobs.cancel(searchSlot);
}

bool Document::isSearching() const
{
    return m_searching;
}

void Document::setSearching(bool searching)
{
    if (searching == m_searching)
        return;
    m_searching = searching;
    emit searchingChanged(searching);
}

void Document::startSearch()
{
    const auto engine = m_engines->find(m_project.engine);
    if (!engine) {
        setSearching(false);
        emit searchFailed(engine.error());
        return;
    }
    using Found = InformedSearch;
    m_jobs.run<Found>(
        searchSlot, tr("Searching configurations"),
        [requirements = m_project.requirements, space = m_project.space, catalog = m_catalog,
         engines = m_engines, engine = *engine,
         store = m_store](RunContext& context) -> Result<Found> {
            auto tried = readSpaceText(space, "space", *catalog);
            if (!tried)
                return tl::unexpected(tried.error());
            const SearchProblem problem { requirements, std::move(tried->value) };
            if (store)
                return searchInformed(problem, catalog, *engine, *store, context);
            auto found = search(problem, catalog, *engine, context);
            if (!found)
                return tl::unexpected(found.error());
            return Found { { std::move(*found), {}, {} }, 0, {} };
        },
        this,
        [this, id = m_project.engine](Result<Found> result) {
            if (result) {
                m_correctionRuns = result->correctionRuns;
                if (result->obstacle != m_measurementObstacle) {
                    m_measurementObstacle = result->obstacle;
                    emit issuesChanged();
                }
            }
            finishSearch(std::move(result).map(
                             [](InformedSearch found) { return std::move(found.found.report); }),
                         id);
        });
}

void Document::finishSearch(Result<std::shared_ptr<const SearchReport>> result, std::string engine)
{
    // An edit may have come in while this result was on its way; then the next search is already scheduled.
    setSearching(m_searchTimer.isActive());
    if (result)
        setReport(std::move(*result), std::move(engine));
    else
        emit searchFailed(result.error());
}

void Document::setReport(std::shared_ptr<const SearchReport> report, std::string engine)
{
    m_report = std::move(report);
    m_reportEngine = std::move(engine);
    m_indexOfId.clear();
    useInputs({});
    m_ranking = {};
    m_rankedSlo = m_need ? m_need->slo : Slo {};
    m_rankedPriorities = m_need ? m_need->priorities : Priorities {};
    if (m_report) {
        m_indexOfId.reserve(m_report->options.size());
        for (std::size_t i = 0; i < m_report->options.size(); ++i)
            m_indexOfId.emplace(m_report->options[i].id, i);
        const ResolvedNeed& need = m_need ? *m_need : m_report->need;
        m_rankedSlo = need.slo;
        m_rankedPriorities = need.priorities;
        useInputs(llmd::rankingInputs(*m_report, need.slo));
        m_ranking = m_ranker->rank(need.priorities, need.slo);
    }
    emit reportChanged();
}

void Document::useInputs(std::vector<RankingInput> inputs)
{
    m_ranker.reset();
    m_inputs = std::move(inputs);
    if (m_report)
        m_ranker = std::make_unique<Ranker>(m_inputs);
}

void Document::rerank(const Slo& slo, const Priorities& priorities)
{
    const bool samePoints = samePercentiles(m_rankedSlo, slo);
    m_rankedSlo = slo;
    m_rankedPriorities = priorities;
    if (!m_report)
        return;
    if (!samePoints)
        useInputs(llmd::rankingInputs(*m_report, slo));
    m_ranking = m_ranker->rank(priorities, slo);
    emit rankingChanged();
}

void Document::previewSlo(const Slo& slo)
{
    if (m_need)
        rerank(slo, m_need->priorities);
}

void Document::previewPriorities(const Priorities& priorities)
{
    if (m_need)
        rerank(m_need->slo, priorities);
}

void Document::cancelPreview()
{
    if (m_need)
        rerank(m_need->slo, m_need->priorities);
}

std::optional<std::size_t> Document::optionIndex(const QString& id) const
{
    const auto it = m_indexOfId.find(fromQString(id));
    return it == m_indexOfId.end() ? std::nullopt : std::optional(it->second);
}

const Option* Document::findOption(const QString& id) const
{
    const auto index = optionIndex(id);
    return index ? &m_report->options[*index] : nullptr;
}

void Document::selectOption(const QString& id)
{
    if (id == m_selectedId)
        return;
    m_selectedId = id;
    emit selectedOptionChanged();
}

const Option* Document::chosenOption() const
{
    if (!m_report)
        return nullptr;
    if (const Option* chosen = findOption(toQString(m_project.chosen)))
        return chosen;
    const auto& order = m_ranking.of(view());
    return order.empty() ? nullptr : &m_report->options[order.front()];
}

QString Document::displayName() const
{
    if (!m_project.requirements.title.empty())
        return toQString(m_project.requirements.title);
    return m_path.isEmpty() ? tr("Untitled plan") : QFileInfo(m_path).fileName();
}

Result<> Document::open(const QString& path)
{
    const bool isYaml =
        path.endsWith(u".yaml", Qt::CaseInsensitive) || path.endsWith(u".yml", Qt::CaseInsensitive);
    const bool isSweep = path.endsWith(u".json", Qt::CaseInsensitive);
    auto loaded = isYaml ? projectFromYaml(path, m_catalog)
        : isSweep        ? projectFromSweep(path, *m_catalog)
                         : readProject(fromQString(path));
    if (!loaded)
        return tl::unexpected(std::move(loaded.error()));
    reset(std::move(loaded->value), isYaml || isSweep ? QString() : path);
    m_fileIssues = std::move(loaded->issues);
    emit issuesChanged();
    return {};
}

Result<> Document::openSample(const QString& resourcePath)
{
    const std::string name = fromQString(resourcePath);
    auto loaded = parseProject(builtinResource(name), name);
    if (!loaded)
        return tl::unexpected(std::move(loaded.error()));
    reset(std::move(loaded->value));
    return {};
}

Result<> Document::saveAs(const QString& path)
{
    if (auto written = writeProject(m_project, fromQString(path)); !written)
        return written;
    m_saved = m_project;
    m_undo.setClean();
    if (path != m_path) {
        m_path = path;
        emit filePathChanged();
    }
    emit saved();
    return {};
}

void Document::restore(Project project, const QString& path)
{
    reset(std::move(project), path);
    m_undo.resetClean();
}

bool Document::isBlank() const
{
    return m_path.isEmpty() && m_project == Project {};
}

void Document::reset(Project project, const QString& path)
{
    m_jobs.discard(searchSlot);
    m_searchTimer.stop();
    m_project = std::move(project);
    m_saved = m_project;
    m_path = path;
    m_fileIssues.clear();
    m_undo.clear();
    resolveNeed();
    setReport(nullptr, {});
    emit projectChanged();
    emit filePathChanged();
    emit needChanged();
    emit issuesChanged();
    scheduleSearch();
}

} // namespace llmd
