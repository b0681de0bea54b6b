// SPDX-License-Identifier: GPL-3.0-or-later
#include "splitsampler.h"

#include <widgets/document/document.h>
#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString splitSlot = u"splitgrid"_s;
constexpr std::chrono::milliseconds settled { 120 };

/** Price of one GPU of a kind, as the search had it: from an option that uses no other kind. */
std::optional<DollarsPerSecond> priceOf(const SearchReport& report, const Gpu* gpu)
{
    for (const Option& option : report.options) {
        const auto& apart = option.candidate.topology.disaggregation;
        if (option.candidate.gpu == gpu && (!apart || !apart->gpu || apart->gpu == gpu))
            return option.cost / option.totalGpus;
    }
    return std::nullopt;
}

const Gpu* prefillGpu(const Candidate& candidate)
{
    const auto& apart = candidate.topology.disaggregation;
    return apart && apart->gpu ? apart->gpu : candidate.gpu;
}

/** The path that the need names, or else the search's own. */
Transfer transferOf(const Document& document)
{
    Transfer transfer;
    transfer.path = parseTransferPath(document.requirements().kvTransfer).value_or(transfer.path);
    return transfer;
}

} // namespace

SplitSampler::SplitSampler(Document& document, QObject* parent)
    : QObject(parent)
    , m_document(document)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settled);
    connect(&m_settle, &QTimer::timeout, this, &SplitSampler::start);
}

SplitSampler::~SplitSampler()
{
    m_document.jobs().discard(splitSlot);
}

void SplitSampler::request(std::optional<std::size_t> option)
{
    m_wanted = option;
    const auto& report = m_document.report();
    if (!report || !option || *option >= report->options.size()) {
        m_settle.stop();
        m_document.jobs().discard(splitSlot);
        give(nullptr, tr("Select an option in the table or in a chart."));
        return;
    }
    m_settle.start();
}

void SplitSampler::start()
{
    const auto& report = m_document.report();
    if (!report || !m_wanted || *m_wanted >= report->options.size())
        return;
    const Option& option = report->options[*m_wanted];
    const QString id = toQString(option.id);
    const Slo slo = m_document.rankedSlo();
    if (m_grid && m_shownId == id && m_shownReport == report && m_grid->slo == slo)
        return;
    const auto engine = m_document.engines()->find(m_document.reportEngine());
    if (!engine) {
        give(nullptr, toQString(engine.error().detail));
        return;
    }
    if (m_shownId != id)
        give(nullptr, tr("Computing the splits of this option…"));
    using Found = std::shared_ptr<const SplitGrid>;
    m_document.jobs().run<Found>(
        splitSlot, tr("Computing prefill and decode splits"),
        // The report and the engines are held: both may be replaced meanwhile.
        [problem =
             SplitGridProblem { .candidate = option.candidate,
                                .peak = report->need.peakLoad,
                                .slo = slo,
                                .transfer = transferOf(m_document),
                                .prefillPrice = priceOf(*report, prefillGpu(option.candidate)),
                                .decodePrice = priceOf(*report, option.candidate.gpu) },
         report, engines = m_document.engines(),
         engine = *engine](RunContext& context) -> Result<Found> {
            auto grid = splitGrid(problem, *engine, context);
            if (!grid)
                return tl::unexpected(std::move(grid.error()));
            return std::make_shared<const SplitGrid>(std::move(*grid));
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

void SplitSampler::give(std::shared_ptr<const SplitGrid> grid, const QString& reason)
{
    m_grid = std::move(grid);
    m_reason = reason;
    if (!m_grid)
        m_shownId.clear();
    emit changed();
}

} // namespace llmd
