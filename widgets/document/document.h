// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/catalog.h>
#include <core/performance/engine.h>
#include <core/project/project.h>
#include <core/ranking/uncertainty.h>
#include <core/search/search.h>

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace llmd {

class JobRunner;
class Ranker;

/**
 * The one document behind all pages: the project with undo and its file, and the results that follow from it. Pages
 * read from it, change it only through `edit`, and listen to its signals. Results are recomputed, never undone.
 */
class Document final : public QObject
{
    Q_OBJECT

public:
    /** `programs` are external engines beside the built-in ones. */
    Document(std::shared_ptr<const Catalog> catalog, JobRunner& jobs,
             std::vector<EngineDeclaration> programs = {}, QObject* parent = nullptr);
    ~Document() override;

    [[nodiscard]] const Project& project() const { return m_project; }
    [[nodiscard]] const Requirements& requirements() const { return m_project.requirements; }
    [[nodiscard]] const std::shared_ptr<const Catalog>& catalog() const { return m_catalog; }
    /** Plans with another catalog from now on, e.g. with a model that the user added; searches again. */
    void setCatalog(std::shared_ptr<const Catalog> catalog);
    /** Uses other external engines beside the built-in ones from now on; searches again. */
    void setPrograms(std::vector<EngineDeclaration> programs);
    /**
     * From now on searches know what was measured: measurements of this store and the built-in ones stand in place of estimates, and
     * corrections that are switched on are applied. Without it everything is estimated.
     */
    void setMeasurements(const std::filesystem::path& store);
    [[nodiscard]] bool usesMeasurements() const { return m_store.has_value(); }
    /** Runs that the estimates of the report were corrected by. */
    [[nodiscard]] std::size_t correctionRuns() const { return m_correctionRuns; }
    /** Searches again if it uses measurements: some were added, removed or switched on. */
    void measurementsChanged();
    /** What jobs hold on to: the registry changes with the catalog, and a job may outlive both. */
    [[nodiscard]] const std::shared_ptr<const EngineRegistry>& engines() const { return m_engines; }
    [[nodiscard]] JobRunner& jobs() const { return m_jobs; }

    /**
     * One undoable change. `fieldId` names the field ("requirements.ttft"): changes of one field within a second
     * become one step, and a step that ends where it began vanishes. `text` is shown in the Edit menu.
     */
    void edit(const QString& fieldId, const QString& text,
              const std::function<void(Project&)>& change);
    [[nodiscard]] QUndoStack* undoStack() { return &m_undo; }

    /** The need with defaults filled in; empty if the requirements contradict themselves (`needError` says why). */
    [[nodiscard]] const std::optional<ResolvedNeed>& need() const { return m_need; }
    [[nodiscard]] const std::optional<Error>& needError() const { return m_needError; }
    /** Findings of the file as it was opened and of the need as it is now. */
    [[nodiscard]] std::vector<Issue> issues() const;

    /** Newest search result, or nullptr before the first. It may be of an earlier state while a search runs. */
    [[nodiscard]] const std::shared_ptr<const SearchReport>& report() const { return m_report; }
    /** Id of the engine that made the figures of the report; empty before the first. */
    [[nodiscard]] const std::string& reportEngine() const { return m_reportEngine; }
    [[nodiscard]] const Ranking& ranking() const { return m_ranking; }
    [[nodiscard]] const std::vector<RankingInput>& rankingInputs() const { return m_inputs; }
    /** Limits that the present ranking obeys: those of the need, or of the preview while a target is dragged. */
    [[nodiscard]] const Slo& rankedSlo() const { return m_rankedSlo; }
    /** Weights of the present ranking, those of the preview while a slider is dragged. */
    [[nodiscard]] const Priorities& rankedPriorities() const { return m_rankedPriorities; }
    /** The present ranking with what it was made of; refers to this document until the next signal. */
    [[nodiscard]] RankedOptions ranked() const
    {
        return { m_inputs, m_ranking, m_rankedPriorities, m_rankedSlo };
    }
    [[nodiscard]] View view() const; ///< of the project; Balanced if its name is unknown
    /** A search is under way or about to start: the report is of an earlier state. */
    [[nodiscard]] bool isSearching() const;
    /** The option that Export works on: the chosen one, or else the best of the current view; nullptr if none. */
    [[nodiscard]] const Option* chosenOption() const;
    [[nodiscard]] const Option* findOption(const QString& id) const;
    /** Position in `report()->options`, or nothing. */
    [[nodiscard]] std::optional<std::size_t> optionIndex(const QString& id) const;
    /** The option that the user looks at, for pages that show more about it; not part of the plan. */
    [[nodiscard]] const Option* selectedOption() const { return findOption(m_selectedId); }
    void selectOption(const QString& id);

    [[nodiscard]] QString filePath() const { return m_path; }
    [[nodiscard]] QString displayName() const; ///< title, file name or "Untitled plan"
    [[nodiscard]] bool isModified() const { return !m_undo.isClean(); }
    /**
     * Opens a plan, or requirements or a declarative spec in YAML as a new plan without a file of its own. On failure the document stays as
     * it was.
     */
    [[nodiscard]] Result<> open(const QString& path);
    /** Starts from a sample that is built into the program ("samples/chatbot.llmdplan"). */
    [[nodiscard]] Result<> openSample(const QString& resourcePath);
    [[nodiscard]] Result<> saveAs(const QString& path);
    void reset(Project project, const QString& path = {}); ///< replaces everything and clears undo
    /** The same for work that was rescued: it counts as not saved. */
    void restore(Project project, const QString& path);
    /** The plan as its file holds it, or as it began without one. */
    [[nodiscard]] const Project& savedProject() const { return m_saved; }
    /** Nothing was opened and nothing was stated: there is no plan yet. */
    [[nodiscard]] bool isBlank() const;

    /**
     * Preview of latency limits while a target line is dragged: re-ranks the present options at once without an undo
     * step or a search. Ends with `edit` or `cancelPreview`.
     */
    void previewSlo(const Slo& slo);
    /** The same for weights while a slider is dragged. */
    void previewPriorities(const Priorities& priorities);
    void cancelPreview();

    /** Shows a result that was found elsewhere, by the engine of this id, until the next search. */
    void setReport(std::shared_ptr<const SearchReport> report, std::string engine);

    /** Stops a running search; what it found so far becomes the report. */
    void cancelSearch();
    /** Searches again although nothing changed, e.g. after a cancelled search. */
    void searchAgain();

signals:
    void catalogChanged();
    void projectChanged();
    void needChanged();
    void issuesChanged();
    void reportChanged(); ///< new options
    void rankingChanged(); ///< same options, other order or scores
    void selectedOptionChanged();
    void filePathChanged();
    void saved(); ///< to `filePath`
    void modifiedChanged(bool modified);
    void searchingChanged(bool searching);
    void searchFailed(const llmd::Error& error);

private:
    friend class EditCommand;
    void applyProject(const Project& project);
    void resolveNeed();
    void scheduleSearch();
    void startSearch();
    void finishSearch(Result<std::shared_ptr<const SearchReport>> result, std::string engine);
    void useInputs(std::vector<RankingInput> inputs);
    void rerank(const Slo& slo, const Priorities& priorities);
    void setSearching(bool searching);

    std::shared_ptr<const Catalog> m_catalog;
    JobRunner& m_jobs;
    std::vector<EngineDeclaration> m_programs;
    std::shared_ptr<const EngineRegistry>
        m_engines; // shared with searches that may outlive the document
    Project m_project;
    Project m_saved;
    QUndoStack m_undo;
    QString m_path;
    std::vector<Issue> m_fileIssues;
    std::optional<ResolvedNeed> m_need;
    std::optional<Error> m_needError;
    std::shared_ptr<const SearchReport> m_report;
    std::string m_reportEngine;
    std::optional<std::filesystem::path> m_store; ///< of measurements
    std::size_t m_correctionRuns = 0;
    std::string m_measurementObstacle;
    QString m_selectedId;
    std::unordered_map<std::string, std::size_t> m_indexOfId;
    std::vector<RankingInput> m_inputs;
    std::unique_ptr<Ranker> m_ranker; ///< of the inputs; nullptr without a report
    Ranking m_ranking;
    Slo m_rankedSlo;
    Priorities m_rankedPriorities;
    QTimer m_searchTimer; // coalesces edits
    bool m_searching = false;
};

} // namespace llmd
