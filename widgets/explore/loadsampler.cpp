// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadsampler.h"

#include <widgets/document/document.h>
#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString loadSlot = u"loadcurve"_s;
constexpr std::chrono::milliseconds settled { 80 };
constexpr int curvePoints = 48;

} // namespace

LoadSampler::LoadSampler(Document& document, QObject* parent)
    : QObject(parent)
    , m_document(document)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settled);
    connect(&m_settle, &QTimer::timeout, this, &LoadSampler::start);
}

LoadSampler::~LoadSampler()
{
    m_document.jobs().discard(loadSlot);
}

void LoadSampler::request(std::optional<std::size_t> option)
{
    m_wanted = option;
    const auto& report = m_document.report();
    if (!report || !option || *option >= report->options.size()) {
        m_settle.stop();
        m_document.jobs().discard(loadSlot);
        give(nullptr, tr("Select an option in the table or in a chart."));
        return;
    }
    m_settle.start();
}

void LoadSampler::start()
{
    const auto& report = m_document.report();
    if (!report || !m_wanted || *m_wanted >= report->options.size())
        return;
    const Option& option = report->options[*m_wanted];
    const QString id = toQString(option.id);
    const Slo slo = m_document.rankedSlo();
    if (m_curve && m_shownId == id && m_shownReport == report && m_curve->slo == slo)
        return;
    const auto engine = m_document.engines()->find(m_document.reportEngine());
    if (!engine) {
        give(nullptr, toQString(engine.error().detail));
        return;
    }
    if (m_shownId != id)
        give(nullptr, tr("Computing how this option does under load…"));
    LoadCurveProblem problem { .candidate = option.candidate,
                               .shape = report->need.peakLoad,
                               .slo = slo,
                               .gpuPrice = option.cost / option.totalGpus,
                               .points = curvePoints };
    using Found = std::shared_ptr<const DeploymentCurve>;
    m_document.jobs().run<Found>(
        loadSlot, tr("Computing the load curve"),
        // The report and the engines are held: both may be replaced meanwhile.
        [problem = std::move(problem), report, engines = m_document.engines(), engine = *engine,
         parts = option.candidate.topology.independentParts(),
         peak = report->need.peakLoad.load.rate,
         gpus = option.totalGpus](RunContext& context) -> Result<Found> {
            auto curve = loadCurve(problem, *engine, context);
            if (!curve)
                return tl::unexpected(std::move(curve.error()));
            return std::make_shared<const DeploymentCurve>(
                DeploymentCurve { std::move(*curve), parts, gpus, problem.slo, peak });
        },
        this,
        [this, id, report](Result<Found> result) {
            if (result)
                give(std::move(*result), {});
            else
                give(nullptr, errorText(result.error()));
            m_shownId = id;
            m_shownReport = report;
        });
}

void LoadSampler::give(std::shared_ptr<const DeploymentCurve> curve, const QString& reason)
{
    m_curve = std::move(curve);
    m_reason = reason;
    if (!m_curve)
        m_shownId.clear();
    emit changed();
}

} // namespace llmd
