// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorddetails.h"

#include "benchmarklibrary.h"
#include "distributionmodel.h"
#include "recordtext.h"

#include <widgets/document/document.h>
#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBrowser>
#include <QUrl>

#include <string_view>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString rawSlot = u"benchmarks.raw"_s;
const QString matchSlot = u"benchmarks.match"_s;
constexpr std::size_t rawLimit = 2u
    << 20; // more cannot be read by people, and would take seconds to lay out
constexpr std::size_t nearShown = 8;

/** The id of a measurement as the finder has it: "17" of the store, "b3" built in. */
std::optional<RecordKey> keyOfId(QString id)
{
    RecordKey key;
    if (id.startsWith(u'b')) {
        key.builtin = true;
        id.remove(0, 1);
    }
    bool ok = false;
    key.id = id.toLongLong(&ok);
    return ok ? std::optional(key) : std::nullopt;
}

} // namespace

/** What a match is looked for, with everything that it points to. */
struct RecordDetails::Planned
{
    std::shared_ptr<const SearchReport> report;
    std::shared_ptr<const Catalog> catalog;
    Option option;
    Workload workload;

    [[nodiscard]] QString name() const
    {
        return tr("%1 on %2, %3")
            .arg(toQString(option.candidate.model->displayName),
                 toQString(option.candidate.gpu->name),
                 toQString(option.candidate.topology.label()));
    }
};

RecordDetails::RecordDetails(BenchmarkLibrary& library, Document& document, QWidget* parent)
    : QTabWidget(parent)
    , m_library(library)
    , m_document(document)
    , m_distributions(std::make_unique<DistributionModel>())
    , m_summary(addText(u"recordSummary"_s, tr("&Summary")))
    , m_table(new CopyTableView(this))
    , m_findings(nullptr)
    , m_raw(new QPlainTextEdit(this))
    , m_match(nullptr)
{
    setObjectName(u"recordDetails"_s);
    setDocumentMode(true);
    m_table->setObjectName(u"recordDistributions"_s);
    m_table->setAccessibleName(tr("Distributions of the measurement"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setPlaceholderText(tr("The report states no distributions."));
    setUpTable(*m_table, *m_distributions);
    addTab(m_table, tr("&Distributions"));
    m_findings = addText(u"recordFindings"_s, tr("F&indings"));
    m_raw->setObjectName(u"recordRaw"_s);
    m_raw->setAccessibleName(tr("The report as it was imported"));
    m_raw->setReadOnly(true);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setTabChangesFocus(true);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    addTab(m_raw, tr("&Report"));
    m_match = addText(u"recordMatch"_s, tr("&Plan"));
    connect(m_match, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (const auto key = keyOfId(link.toString()))
            emit recordRequested(*key);
    });
    connect(this, &QTabWidget::currentChanged, this, [this] {
        showRaw();
        showMatch();
    });
    setRecord(std::nullopt);
}

RecordDetails::~RecordDetails()
{
    m_document.jobs().discard(rawSlot);
    m_document.jobs().discard(matchSlot);
}

QTextBrowser* RecordDetails::addText(const QString& name, const QString& title)
{
    auto* text = new QTextBrowser(this);
    text->setObjectName(name);
    text->setAccessibleName(QString(title).remove(u'&'));
    text->setFrameShape(QFrame::NoFrame);
    text->setOpenLinks(false);
    text->document()->setDocumentMargin(fontMetrics().height() * 0.75);
    addTab(text, title);
    return text;
}

void RecordDetails::setRecord(const std::optional<RecordKey>& key)
{
    m_key = key;
    showRecord();
    m_rawStale = true;
    showRaw();
    showMatch();
}

void RecordDetails::refresh()
{
    m_matchStale = true;
    setRecord(m_key);
}

void RecordDetails::showRecord()
{
    const Tones colors = tones(palette());
    m_stored.reset();
    const auto say = [this](const QString& text) {
        m_distributions->setRows({});
        m_summary->setPlainText(text);
        m_findings->setPlainText(text);
    };
    if (!m_key) {
        say(tr(
            "Select a measurement to see what was served, under which load, and what came out."));
        return;
    }
    auto stored = m_library.record(*m_key);
    if (!stored) {
        say(errorText(stored.error()));
        return;
    }
    m_stored = std::move(*stored);
    m_summary->setHtml(recordHtml(*m_stored, colors));
    m_distributions->setRecord(m_stored->record);
    for (int column = 0; column < m_distributions->columnCount(); ++column)
        m_table->setColumnHidden(column, !m_distributions->hasValues(column));
    fitColumns(*m_table, 24);
    std::optional<StoredDocument> document;
    if (m_stored->documentId > 0) {
        if (auto found = m_library.document(m_stored->documentId))
            document = std::move(*found);
    }
    m_findings->setHtml(findingsHtml(*m_stored, document ? &*document : nullptr, colors));
}

void RecordDetails::showRaw()
{
    if (!m_rawStale || currentWidget() != m_raw)
        return;
    m_rawStale = false;
    if (!m_stored || m_stored->documentId == 0) {
        m_document.jobs().discard(rawSlot);
        m_raw->setPlainText(m_stored ? tr("Built-in measurements are tables of published figures; "
                                          "there is no report file.")
                                     : QString());
        return;
    }
    m_document.jobs().run<QString>(
        rawSlot, tr("Reading the report"),
        [file = m_library.file(), id = m_stored->documentId](RunContext&) -> Result<QString> {
            auto store = BenchmarkStore::open(file);
            if (!store)
                return tl::unexpected(store.error());
            auto text = store->rawText(id);
            if (!text)
                return tl::unexpected(text.error());
            if (text->size() <= rawLimit)
                return toQString(*text);
            return tr("The first %1 of %2 MB:")
                       .arg(rawLimit / 1e6, 0, 'f', 1)
                       .arg(static_cast<double>(text->size()) / 1e6, 0, 'f', 1)
                + u"\n\n"_s + toQString(std::string_view(*text).substr(0, rawLimit));
        },
        this,
        [this](Result<QString> text) {
            m_raw->setPlainText(text ? *text : errorText(text.error()));
        });
}

void RecordDetails::showMatch()
{
    if (!m_matchStale || currentWidget() != m_match)
        return;
    const auto& report = m_document.report();
    const Option* option = m_document.selectedOption();
    if (!option)
        option = m_document.chosenOption();
    if (!report || !option) {
        m_match->setPlainText(tr("There is no plan to compare with: state a need under "
                                 "Requirements, then measurements of the proposed deployment "
                                 "show here."));
        return;
    }
    m_matchStale = false;
    auto planned = std::make_shared<const Planned>(
        Planned { report, m_document.catalog(), *option, report->need.peakLoad });
    m_planned = planned;
    m_match->setPlainText(tr("Looking for measurements of this deployment …"));
    m_document.jobs().run<MatchOutcome>(
        matchSlot, tr("Matching measurements"),
        [planned, file = m_library.file(),
         builtin = m_library.sharedBuiltin()](RunContext&) -> Result<MatchOutcome> {
            auto store = openStoreIfThere(file);
            if (!store)
                return tl::unexpected(store.error());
            MeasurementFinder finder(*planned->catalog, store->get(),
                                     builtin ? *builtin : std::vector<BuiltinMeasurement>());
            return finder.find(
                { planned->option.candidate, planned->workload, planned->option.atPeak },
                nearShown);
        },
        this, [this](const Result<MatchOutcome>& outcome) { fillMatch(outcome); });
}

void RecordDetails::fillMatch(const Result<MatchOutcome>& outcome)
{
    if (!outcome) {
        m_outcome.reset();
        m_match->setPlainText(errorText(outcome.error()));
        return;
    }
    m_outcome = *outcome;
    const int position = m_match->verticalScrollBar()->value();
    m_match->setHtml(
        matchHtml(*m_outcome, m_planned->option.atPeak, m_planned->name(), tones(palette())));
    m_match->verticalScrollBar()->setValue(position);
}

void RecordDetails::changeEvent(QEvent* event)
{
    QTabWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_match)
        return;
    showRecord();
    if (m_outcome)
        fillMatch(*m_outcome);
}

} // namespace llmd
