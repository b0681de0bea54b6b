// SPDX-License-Identifier: GPL-3.0-or-later
#include "reviewdialog.h"

#include <core/report/review.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/reportdocument.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QDate>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString reviewSlot = u"review.save"_s;
constexpr int mostOptions = 100;

/** What a worker writes: values, and results that are kept alive. */
struct ReviewRequest
{
    std::shared_ptr<const SearchReport> report;
    Ranking ranking;
    View view = View::Balanced;
    Requirements requirements;
    std::string chosen;
    std::string title;
    std::string notes;
    std::string date;
    std::size_t top = 10;
    QString logo;
};

Result<QString> writeReview(const ReviewRequest& request, const QString& path,
                            const RunContext& context)
{
    std::optional<ReportLogo> logo;
    if (!request.logo.isEmpty()) {
        auto read = readLogo(fromQString(request.logo));
        if (!read)
            return tl::unexpected(read.error());
        logo = std::move(*read);
    }
    Report report = plannedReview({ .search = *request.report,
                                    .ranking = request.ranking,
                                    .view = request.view,
                                    .top = request.top,
                                    .title = request.title,
                                    .date = request.date,
                                    .notes = request.notes,
                                    .chosen = request.chosen,
                                    .stated = {} },
                                  request.requirements);
    report.logo = std::move(logo);
    if (const auto saved = saveReport(report, path, context); !saved)
        return tl::unexpected(saved.error());
    return path;
}

} // namespace

ReviewDialog::ReviewDialog(Document& document, Settings& settings, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_settings(settings)
    , m_banner(new StatusBanner(this))
    , m_title(new QLineEdit(toQString(document.requirements().title), this))
    , m_notes(new QPlainTextEdit(toQString(document.requirements().notes), this))
    , m_options(new QSpinBox(this))
    , m_logo(new QLineEdit(this))
    , m_save(nullptr)
{
    setObjectName(u"reviewDialog"_s);
    setWindowTitle(tr("Review Report"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildLayout();
    const auto update = [this] { m_save->setEnabled(m_document.report() != nullptr); };
    connect(&document, &Document::reportChanged, this, update);
    update();
    resize(charactersWide(*this, 84), fontMetrics().height() * 22);
}

void ReviewDialog::buildLayout()
{
    auto* about = new QLabel(
        tr("The need and its assumptions, the ranked options with charts and intervals, what was "
           "refused and why, and the chosen plan with its files: for people who decide without "
           "this program."),
        this);
    about->setWordWrap(true);
    m_title->setObjectName(u"reviewTitle"_s);
    m_title->setPlaceholderText(tr("Serving plan"));
    m_notes->setObjectName(u"reviewNotes"_s);
    m_notes->setTabChangesFocus(true);
    m_notes->setPlaceholderText(
        tr("What reviewers should know: context, open questions, decisions. "
           "A blank line begins a new paragraph."));
    m_options->setObjectName(u"reviewOptions"_s);
    m_options->setRange(1, mostOptions);
    m_options->setValue(10);
    m_logo->setObjectName(u"reviewLogo"_s);
    m_logo->setPlaceholderText(tr("none; a PNG or JPEG of at most 2 MB"));
    m_logo->setClearButtonEnabled(true);
    m_logo->setAccessibleName(tr("Logo"));
    auto* choose = new QPushButton(tr("C&hoose…"), this);
    connect(choose, &QPushButton::clicked, this, &ReviewDialog::askLogo);
    auto* logo = new QHBoxLayout;
    logo->addWidget(m_logo, 1);
    logo->addWidget(choose);
    auto* logoLabel = new QLabel(tr("&Logo"), this);
    logoLabel->setBuddy(m_logo);
    auto* form = new QFormLayout;
    form->addRow(tr("&Title"), m_title);
    form->addRow(tr("&Notes"), m_notes);
    form->addRow(tr("Ranked &options"), m_options);
    form->addRow(logoLabel, logo);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel,
                                         Qt::Horizontal, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(u"reviewSave"_s);
    m_save->setText(tr("&Save…"));
    m_save->setToolTip(tr("As web page, PDF, Markdown or table"));
    connect(m_save, &QPushButton::clicked, this, &ReviewDialog::askSave);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_banner);
    layout->addWidget(about);
    layout->addLayout(form, 1);
    layout->addWidget(buttons);
}

void ReviewDialog::askLogo()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Logo of the Report"), m_settings.lastFolder(),
                                     tr("Pictures (*.png *.jpg *.jpeg)"));
    if (!path.isEmpty())
        m_logo->setText(path);
}

void ReviewDialog::askSave()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save Review Report"), QDir(m_settings.lastFolder()).filePath(tr("review.html")),
        reportFileFilters());
    if (!path.isEmpty())
        saveTo(path);
}

void ReviewDialog::saveTo(const QString& path)
{
    if (!m_document.report())
        return;
    const Option* chosen = m_document.chosenOption();
    ReviewRequest request { m_document.report(),
                            m_document.ranking(),
                            m_document.view(),
                            m_document.requirements(),
                            chosen ? chosen->id : std::string(),
                            fromQString(m_title->text().trimmed()),
                            fromQString(m_notes->toPlainText()),
                            fromQString(QDate::currentDate().toString(Qt::ISODate)),
                            static_cast<std::size_t>(m_options->value()),
                            m_logo->text().trimmed() };
    m_save->setEnabled(false);
    m_document.jobs().run<QString>(
        reviewSlot, tr("Writing the review report"),
        [request = std::move(request), path](RunContext& context) {
            return writeReview(request, path, context);
        },
        this,
        [this](const Result<QString>& written) {
            m_save->setEnabled(true);
            if (!written) {
                m_banner->showError(written.error());
                return;
            }
            m_settings.setLastFolder(QFileInfo(*written).absolutePath());
            emit saved(*written);
            accept();
        });
}

} // namespace llmd
