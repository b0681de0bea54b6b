// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/performance/engine.h>
#include <widgets/tables/recordmodel.h>

#include <memory>
#include <optional>

namespace llmd {

/** What one engine says about an option, or how far it is with it. */
struct EngineRow
{
    enum class State { Waiting, Running, Done, Stopped, Failed };

    EngineInfo info;
    State state = State::Waiting;
    bool searches = false; ///< it made the figures of the search
    QString problem; ///< of Failed: one sentence
    Estimate estimate; ///< of Done
    Seconds elapsed; ///< that the prediction took
    std::shared_ptr<const Estimate> reference; ///< what differences are against; empty without one

    [[nodiscard]] bool done() const { return state == State::Done; }
};

/** Figures of an estimate that engines are compared by. */
enum class EngineFigure { TtftMean, TtftP95, ItlMean, ItlP95, E2eMean, E2eP95, Output };
inline constexpr std::array allEngineFigures { EngineFigure::TtftMean, EngineFigure::TtftP95,
                                               EngineFigure::ItlMean,  EngineFigure::ItlP95,
                                               EngineFigure::E2eMean,  EngineFigure::E2eP95,
                                               EngineFigure::Output };
[[nodiscard]] double figureOf(const Estimate& estimate, EngineFigure figure); ///< base units
[[nodiscard]] QString figureName(EngineFigure figure); ///< "TTFT mean"
/** "131 ms", "2,400 tokens/s". */
[[nodiscard]] QString figureText(const Estimate& estimate, EngineFigure figure);
[[nodiscard]] const IntervalFactors& intervalOf(const Estimate& estimate, EngineFigure figure);
/** Relative difference to the reference; nothing where either is missing or zero. */
[[nodiscard]] std::optional<double> differenceOf(const EngineRow& row, EngineFigure figure);

/** One row per engine. A row that is not done shows a sentence in the first column of figures. */
class EnginesModel final : public RecordModel<EngineRow>
{
    Q_OBJECT

public:
    explicit EnginesModel(QObject* parent = nullptr);

    void setEngines(std::vector<EngineRow> rows);
    /** Changes the row of an engine, if there is one, and what the differences are against. */
    void update(const std::string& id, const std::function<void(EngineRow&)>& change);
    /** What a row says in place of figures; empty if it has them. */
    [[nodiscard]] static QString stateText(const EngineRow& row);
    /** Column whose cell holds `stateText`; from there on the row has no figures. */
    [[nodiscard]] int stateColumn() const;

    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] QVariant extraData(const Column<EngineRow>& column, const EngineRow& row,
                                     int role) const override;

private:
    static void setReference(std::vector<EngineRow>& rows);
};

} // namespace llmd
