// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibrationdialog.h"

#include "benchmarklibrary.h"

#include <core/calibration/calibratedengine.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString calibrateSlot = u"benchmarks.calibrate"_s;

CalibratedRunModel::ColumnList runColumns()
{
    using Run = CalibratedRun;
    const QString ms = u"ms"_s;
    const auto number = [&ms](const QString& id, const QString& title, auto field,
                              const QString& toolTip) {
        return Column<Run> { .id = id,
                             .title = title,
                             .unit = ms,
                             .value =
                                 [field](const Run& run) {
                                     const std::optional<double> value = run.*field;
                                     return value ? QVariant(*value) : QVariant();
                                 },
                             .toolTip = toolTip,
                             .numeric = true,
                             .ascendingFirst = true };
    };
    const auto text = [](const QString& id, const QString& title, QString Run::*field) {
        return Column<Run> { .id = id, .title = title, .value = [field](const Run& run) {
                                return QVariant(run.*field);
                            } };
    };
    return {
        text(u"id"_s, CalibratedRunModel::tr("Run"), &Run::id),
        text(u"model"_s, CalibratedRunModel::tr("Model"), &Run::model),
        text(u"gpu"_s, CalibratedRunModel::tr("GPU"), &Run::gpu),
        number(u"itl"_s, CalibratedRunModel::tr("ITL measured"), &Run::measuredItl,
               CalibratedRunModel::tr("Mean time between tokens that was measured")),
        number(u"itl_raw"_s, CalibratedRunModel::tr("ITL raw"), &Run::rawItl,
               CalibratedRunModel::tr("What the engine estimates without corrections")),
        number(u"itl_calibrated"_s, CalibratedRunModel::tr("ITL calibrated"), &Run::calibratedItl,
               CalibratedRunModel::tr("What it estimates with corrections from all runs")),
        number(u"ttft"_s, CalibratedRunModel::tr("TTFT measured"), &Run::measuredTtft,
               CalibratedRunModel::tr("Mean time to first token that was measured")),
        number(u"ttft_raw"_s, CalibratedRunModel::tr("TTFT raw"), &Run::rawTtft,
               CalibratedRunModel::tr("What the engine estimates without corrections")),
        number(u"ttft_calibrated"_s, CalibratedRunModel::tr("TTFT calibrated"),
               &Run::calibratedTtft,
               CalibratedRunModel::tr("What it estimates with corrections from all runs")),
    };
}

QString errorCell(const MetricErrors& errors)
{
    if (errors.count == 0)
        return format::noData();
    const QString mean = format::percent(errors.mean);
    return errors.intervals == 0 ? mean
                                 : CalibrationDialog::tr("%1, %2 inside the 90 % interval")
                                       .arg(mean, format::percent(errors.coverage()));
}

QString cell(const QString& text, bool head = false)
{
    return u"<t%1 align='left' style='padding:2px 14px 2px 0'>%2</t%1>"_s.arg(
        head ? u"h"_s : u"d"_s, text);
}

QString errorsHtml(const CorrectionErrors& errors)
{
    QString html = u"<h3>%1</h3><table><tr>%2%3%4</tr>"_s.arg(
        CalibrationDialog::tr("Mean error of runs that were left out"),
        cell(CalibrationDialog::tr("Figure"), true),
        cell(CalibrationDialog::tr("Before (raw)"), true),
        cell(CalibrationDialog::tr("After (calibrated)"), true));
    const QString names[] = { CalibrationDialog::tr("ITL, mean"),
                              CalibrationDialog::tr("TTFT, mean") };
    for (std::size_t i = 0;
         i < std::min({ std::size(names), errors.before.size(), errors.after.size() }); ++i)
        html += u"<tr>%1%2%3</tr>"_s.arg(cell(names[i]), cell(errorCell(errors.before[i])),
                                         cell(errorCell(errors.after[i])));
    return html + u"</table>"_s;
}

QString groupsHtml(const Corrections& corrections)
{
    QString html = u"<h3>%1</h3><table><tr>"_s.arg(CalibrationDialog::tr("What is multiplied"));
    for (const QString& title :
         { CalibrationDialog::tr("GPU"), CalibrationDialog::tr("Model"),
           CalibrationDialog::tr("Class"), CalibrationDialog::tr("vLLM"),
           CalibrationDialog::tr("Runs"), CalibrationDialog::tr("Step time ×"),
           CalibrationDialog::tr("90 % interval"), CalibrationDialog::tr("First token ×") })
        html += cell(title, true);
    html += u"</tr>"_s;
    for (const CorrectionGroup& group : correctionGroups(corrections)) {
        const auto& half = group.correction.stepHalfWidth;
        html += u"<tr>"_s;
        for (const std::string* text : { &group.traits.gpu, &group.traits.model,
                                         &group.traits.modelClass, &group.traits.version })
            html += cell(toQString(*text).toHtmlEscaped());
        html += cell(format::integer(static_cast<qint64>(group.runs)))
            + cell(format::fixed(group.correction.step, 3))
            + cell(half ? CalibrationDialog::tr("± %1").arg(format::percent(std::expm1(*half)))
                        : CalibrationDialog::tr("too few runs"))
            + cell(format::fixed(group.correction.firstToken, 3)) + u"</tr>"_s;
    }
    return html + u"</table>"_s;
}

QString leftOutHtml(const std::vector<LeftOutRun>& runs)
{
    std::map<std::string, std::vector<std::string>> reasons;
    for (const auto& run : runs)
        reasons[run.reason].push_back(run.id);
    if (reasons.empty())
        return {};
    QString html = u"<h3>%1</h3><ul>"_s.arg(CalibrationDialog::tr("Runs that teach nothing"));
    for (const auto& [reason, ids] : reasons) {
        QStringList first;
        for (std::size_t i = 0; i < std::min<std::size_t>(5, ids.size()); ++i)
            first << toQString(ids[i]);
        html += u"<li>%1</li>"_s.arg(
            CalibrationDialog::tr("%1 runs (%2): %3")
                .arg(format::integer(static_cast<qint64>(ids.size())),
                     ids.size() > 5 ? CalibrationDialog::tr("%1, …").arg(first.join(u", "))
                                    : first.join(u", "),
                     toQString(reason).toHtmlEscaped()));
    }
    return html + u"</ul>"_s;
}

} // namespace

struct CalibrationDialog::Found
{
    Calibration calibration;
    std::vector<CalibratedRun> runs;
    std::shared_ptr<const Catalog> catalog; ///< the pairs point into it
};

CalibratedRunModel::CalibratedRunModel(QObject* parent)
    : RecordModel(runColumns(), parent)
{ }

CalibrationDialog::CalibrationDialog(BenchmarkLibrary& library, Document& document,
                                     Settings& settings, QWidget* parent)
    : QDialog(parent)
    , m_library(library)
    , m_document(document)
    , m_settings(settings)
    , m_model(std::make_unique<CalibratedRunModel>())
    , m_banner(new StatusBanner(this))
    , m_headline(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_errors(new QTextBrowser(this))
    , m_table(new CopyTableView(this))
    , m_active(new QCheckBox(tr("&Correct estimates with what these runs teach"), this))
    , m_export(new QPushButton(tr("&Share Runs…"), this))
{
    setObjectName(u"calibrationDialog"_s);
    setWindowTitle(tr("Calibrate With Your Runs"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildLayout();
    connect(m_active, &QCheckBox::clicked, this, &CalibrationDialog::setActive);
    connect(&document.jobs(), &JobRunner::progressChanged, this,
            [this](const QString& slot, double fraction) {
                if (slot != calibrateSlot)
                    return;
                m_progress->setRange(0, fraction < 0 ? 0 : 1000);
                m_progress->setValue(static_cast<int>(fraction * 1000));
            });
    resize(charactersWide(*this, 130), fontMetrics().height() * 42);
    start();
}

CalibrationDialog::~CalibrationDialog()
{
    m_document.jobs().discard(calibrateSlot);
}

void CalibrationDialog::buildLayout()
{
    m_headline->setObjectName(u"calibrationHeadline"_s);
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_progress->setAccessibleName(tr("Progress of the calibration"));
    m_errors->setObjectName(u"calibrationErrors"_s);
    m_errors->setAccessibleName(tr("Errors before and after, and what is corrected"));
    m_errors->setOpenLinks(false);
    m_table->setObjectName(u"calibrationRuns"_s);
    m_table->setAccessibleName(tr("Runs: measured, raw and calibrated"));
    m_table->setAlternatingRowColors(true);
    m_table->setPlaceholderText(
        tr("No run of the library teaches anything about this engine yet."));
    setUpTable(*m_table, *m_model);
    m_active->setObjectName(u"calibrationActive"_s);
    m_active->setEnabled(false);
    m_export->setObjectName(u"calibrationExport"_s);
    m_export->setToolTip(tr("Writes the runs behind the corrections as a file that others can "
                            "import"));
    m_export->setEnabled(false);
    connect(m_export, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Share Runs"), QDir(m_settings.lastFolder()).filePath(u"calibration.db"_s),
            tr("Stores of benchmarks (*.db)"));
        if (!path.isEmpty())
            exportTo(path);
    });
    auto* import = new QPushButton(tr("&Take Over Runs…"), this);
    import->setObjectName(u"calibrationImport"_s);
    connect(import, &QPushButton::clicked, this, [this] {
        const QString path =
            QFileDialog::getOpenFileName(this, tr("Take Over Runs"), m_settings.lastFolder(),
                                         tr("Stores of benchmarks (*.db);;All files (*)"));
        if (!path.isEmpty())
            importFrom(path);
    });
    auto* close = new QPushButton(tr("Close"), this);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);

    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_errors);
    split->addWidget(m_table);
    split->setChildrenCollapsible(false);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_active, 1);
    buttons->addWidget(import);
    buttons->addWidget(m_export);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_banner);
    layout->addWidget(m_headline);
    layout->addWidget(m_progress);
    layout->addWidget(split, 1);
    layout->addLayout(buttons);
}

void CalibrationDialog::start()
{
    m_progress->show();
    m_progress->setRange(0, 0);
    m_headline->setText(tr("Comparing your runs with what engine “%1” predicts for them …")
                            .arg(toQString(m_document.project().engine)));
    m_document.jobs().run<std::shared_ptr<const Found>>(
        calibrateSlot, tr("Calibrating"),
        [file = m_library.file(), catalog = m_document.catalog(), engines = m_document.engines(),
         id = m_document.project().engine](
            RunContext& context) -> Result<std::shared_ptr<const Found>> {
            const auto engine = engines->find(id);
            if (!engine)
                return tl::unexpected(engine.error());
            auto found = std::make_shared<Found>();
            found->catalog = catalog;
            auto store = openStoreIfThere(file);
            if (!store)
                return tl::unexpected(store.error());
            if (!*store)
                return std::shared_ptr<const Found>(std::move(found));
            auto calibration = calibrationOf(**store, *catalog, **engine, context);
            if (!calibration)
                return tl::unexpected(calibration.error());
            found->calibration = std::move(*calibration);
            const CalibratedEngine calibrated(**engine, found->calibration.corrections);
            for (const CorrectionPair& pair : found->calibration.corrections.pairs()) {
                CalibratedRun run { toQString(pair.id),
                                    toQString(pair.candidate.model->displayName),
                                    toQString(pair.candidate.gpu->name),
                                    inMilliseconds(pair.measuredItl),
                                    inMilliseconds(pair.predicted.itl.mean),
                                    {},
                                    {},
                                    inMilliseconds(pair.predicted.ttft.mean),
                                    {} };
                if (pair.measuredTtft)
                    run.measuredTtft = inMilliseconds(*pair.measuredTtft);
                if (const auto after =
                        calibrated.estimate(pair.candidate, pair.workload, context)) {
                    run.calibratedItl = inMilliseconds(after->itl.mean);
                    run.calibratedTtft = inMilliseconds(after->ttft.mean);
                }
                found->runs.push_back(std::move(run));
            }
            return std::shared_ptr<const Found>(std::move(found));
        },
        this, [this](const Result<std::shared_ptr<const Found>>& result) { finish(result); });
}

void CalibrationDialog::finish(const Result<std::shared_ptr<const Found>>& result)
{
    m_progress->hide();
    if (!result) {
        m_headline->clear();
        m_banner->showError(result.error());
        return;
    }
    m_found = *result;
    const Calibration& calibration = m_found->calibration;
    const bool any = !calibration.corrections.isEmpty();
    const QString engine = toQString(m_document.project().engine);
    m_headline->setText(
        any ? tr("%1 runs teach something about engine “%2”; %3 were left out. Nothing of it is "
                 "stored: remove the runs, and it is gone.")
                  .arg(format::integer(static_cast<qint64>(calibration.pairs.pairs.size())), engine,
                       format::integer(static_cast<qint64>(calibration.pairs.leftOut.size())))
            : tr("No run of the library teaches anything about engine “%1” yet. Import runs of "
                 "vLLM with known model, GPU, topology, version and load; built-in measurements "
                 "are no news, the engine was fitted to them.")
                  .arg(engine));
    m_errors->setHtml(
        (any ? errorsHtml(calibration.errors) + groupsHtml(calibration.corrections) : QString())
        + leftOutHtml(calibration.pairs.leftOut));
    m_model->setRows(m_found->runs);
    fitColumns(*m_table, 30);
    m_active->setChecked(calibration.active);
    m_active->setEnabled(any || calibration.active);
    m_export->setEnabled(any);
}

void CalibrationDialog::setActive(bool active)
{
    m_active->setEnabled(false);
    m_library.change(
        active ? tr("Switching corrections on") : tr("Switching corrections off"),
        [active](BenchmarkStore& store, RunContext&) -> Result<QString> {
            if (const auto set = setCorrectionsActive(store, active); !set)
                return tl::unexpected(set.error());
            return QString();
        },
        this,
        [this, active](const Result<QString>& result) {
            m_active->setEnabled(true);
            if (!result) {
                m_active->setChecked(!active);
                m_banner->showError(result.error());
                return;
            }
            m_banner->showMessage(StatusBanner::Kind::Success,
                                  active ? tr("Estimates are corrected from now on.")
                                         : tr("Estimates are the engine's own again."));
        });
}

void CalibrationDialog::exportTo(const QString& path)
{
    if (!m_found)
        return;
    m_library.change(
        tr("Writing runs"),
        [found = m_found, path](BenchmarkStore& store, RunContext&) -> Result<QString> {
            if (const auto written =
                    exportCorrectionRuns(store, found->calibration.corrections, fromQString(path));
                !written)
                return tl::unexpected(written.error());
            return path;
        },
        this,
        [this](const Result<QString>& result) {
            if (!result) {
                m_banner->showError(result.error());
                return;
            }
            m_settings.setLastFolder(QFileInfo(*result).absolutePath());
            m_banner->showMessage(StatusBanner::Kind::Success, tr("Saved %1").arg(*result));
        });
}

void CalibrationDialog::importFrom(const QString& path)
{
    m_library.change(
        tr("Taking over runs"),
        [path](BenchmarkStore& store, RunContext& context) -> Result<QString> {
            const auto merged = store.merge(fromQString(path), context);
            if (!merged)
                return tl::unexpected(merged.error());
            return tr("%1 load points in %2 reports were added, %3 reports were there already.")
                .arg(merged->records)
                .arg(merged->added)
                .arg(merged->alreadyThere);
        },
        this,
        [this](const Result<QString>& result) {
            if (!result) {
                m_banner->showError(result.error());
                return;
            }
            m_banner->showMessage(StatusBanner::Kind::Success, *result);
            start();
        });
}

} // namespace llmd
