// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoresdialog.h"

#include "plaintext.h"
#include "userrules.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString kindOf(const std::string& benchmark, const Catalog& catalog)
{
    for (const QualityKind& kind : catalog.qualityKinds) {
        if (std::find(kind.benchmarks.begin(), kind.benchmarks.end(), benchmark)
            != kind.benchmarks.end())
            return toQString(kind.name);
    }
    return {};
}

/** The figure of the same model and test that is in use so far; one of the user's before a published one. */
QString figureBefore(const QualityScore& score, const Catalog& catalog)
{
    const Model* model = catalog.findModel(score.family);
    const std::string family = model && !model->family.empty() ? model->family : score.family;
    const QualityScore* before = nullptr;
    for (const QualityScore& other : catalog.qualityScores) {
        const bool same = other.benchmark == score.benchmark
            && (other.family == score.family || other.family == family);
        if (same && (!before || (other.userProvided && !before->userProvided)))
            before = &other;
    }
    if (!before)
        return {};
    const QString figure = format::fixed(before->score, 1);
    return before->userProvided ? ScoresDialog::tr("%1 (yours)").arg(figure)
                                : ScoresDialog::tr("%1 (published)").arg(figure);
}

Column<ScoreRow> textColumn(const QString& id, const QString& title,
                            std::function<QString(const ScoreRow&)> text, const QString& toolTip)
{
    return { .id = id,
             .title = title,
             .value = [text](const ScoreRow& row) { return QVariant(text(row)); },
             .toolTip = toolTip };
}

RecordModel<ScoreRow>::ColumnList scoreColumns()
{
    const auto tr = [](const char* text) { return ScoresModel::tr(text); };
    RecordModel<ScoreRow>::ColumnList columns;
    columns.push_back(
        textColumn(u"stated"_s, tr("Name in the file"),
                   [](const ScoreRow& row) { return toQString(row.score.statedName); }, {}));
    columns.push_back(textColumn(
        u"model"_s, tr("Taken for the model"),
        [](const ScoreRow& row) { return toQString(row.score.family); },
        tr("Name resolution: the model of the catalog that the scores will count for")));
    columns.push_back(textColumn(u"benchmark"_s, tr("Benchmark"),
                                 [](const ScoreRow& row) { return toQString(row.score.benchmark); },
                                 {}));
    columns.push_back({ .id = u"score"_s,
                        .title = tr("Score"),
                        .value = [](const ScoreRow& row) { return QVariant(row.score.score); },
                        .text = [](const QVariant& v) { return format::fixed(v.toDouble(), 1); },
                        .toolTip = tr("0 to 100"),
                        .numeric = true });
    columns.push_back(textColumn(
        u"before"_s, tr("Takes the place of"),
        [](const ScoreRow& row) { return row.before.isEmpty() ? format::noData() : row.before; },
        tr("The score of this model and test that is in use so far")));
    columns.push_back(textColumn(
        u"kind"_s, tr("Counts as"),
        [](const ScoreRow& row) {
            return row.kind.isEmpty() ? ScoresModel::tr("does not count") : row.kind;
        },
        tr("Kind of evidence that holds this test")));
    columns.push_back(
        textColumn(u"date"_s, tr("Date"),
                   [](const ScoreRow& row) { return toQString(row.score.source.date); }, {}));
    columns.push_back(
        textColumn(u"source"_s, tr("Source"),
                   [](const ScoreRow& row) { return toQString(row.score.source.text); }, {}));
    return columns;
}

} // namespace

ScoresModel::ScoresModel(const std::vector<QualityScore>& scores, const Catalog& catalog,
                         QObject* parent)
    : RecordModel(scoreColumns(), parent)
{
    std::vector<ScoreRow> rows;
    for (const QualityScore& score : scores)
        rows.push_back({ score, figureBefore(score, catalog), kindOf(score.benchmark, catalog) });
    setRows(std::move(rows));
}

ScoresDialog::ScoresDialog(const Loaded<std::vector<QualityScore>>& read, const Catalog& catalog,
                           const QString& fileName, QWidget* parent)
    : QDialog(parent)
    , m_model(std::make_unique<ScoresModel>(read.value, catalog))
{
    setObjectName(u"scoresDialog"_s);
    setWindowTitle(tr("Scores of %1").arg(fileName));
    auto* summary = new QLabel(counted(read.value.size(), tr("1 score would be imported as yours."),
                                       tr("%1 scores would be imported as yours.")),
                               this);
    auto* table = new CopyTableView(this);
    table->setObjectName(u"scoresTable"_s);
    table->setAccessibleName(tr("Scores of the file"));
    table->setAlternatingRowColors(true);
    setUpTable(*table, *m_model);
    fitColumns(*table, 34);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(summary);
    layout->addWidget(table, 3);
    if (!read.issues.empty()) {
        auto* label = new QLabel(tr("What was &noticed"), this);
        auto* issues = new QPlainTextEdit(this);
        issues->setObjectName(u"scoresIssues"_s);
        issues->setReadOnly(true);
        issues->setTabChangesFocus(true);
        issues->setPlainText(issueLines(read.issues).trimmed());
        label->setBuddy(issues);
        layout->addWidget(label);
        layout->addWidget(issues, 1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(charactersWide(*this, 170), fontMetrics().height() * 32);
}

ScoresDialog::~ScoresDialog() = default;

} // namespace llmd
