// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidencedialog.h"

#include "plaintext.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return EvidenceModel::tr(text);
}

QString oneDecimal(const QVariant& value)
{
    return format::fixed(value.toDouble(), 1);
}

Column<EvidenceRow> figure(const QString& id, const QString& title, const QString& unit,
                           std::function<double(const EvidenceRow&)> value, const QString& toolTip)
{
    return { .id = id,
             .title = title,
             .unit = unit,
             .value = [value](const EvidenceRow& row) { return QVariant(value(row)); },
             .text = oneDecimal,
             .toolTip = toolTip,
             .numeric = true };
}

void appendModel(RecordModel<EvidenceRow>::ColumnList& columns)
{
    columns.push_back({ .id = u"model"_s,
                        .title = tr("Model"),
                        .value = [](const EvidenceRow& row) { return QVariant(row.model); },
                        .cellToolTip =
                            [](const EvidenceRow& row) {
                                return row.scoresOf == row.model
                                    ? QString()
                                    : tr("Scores of %1, of which this variant keeps %2")
                                          .arg(row.scoresOf, plainPercent(row.kept));
                            } });
    columns.push_back(figure(
        u"quality"_s, tr("Quality"), {}, [](const EvidenceRow& row) { return row.quality; },
        tr("Sum of weight × place over the scores of a model, divided by the weights that are "
           "there")));
    columns.push_back(figure(
        u"covered"_s, tr("Covered"), u"%"_s,
        [](const EvidenceRow& row) { return row.covered * 100; },
        tr("Share of the weights for which the model has a score; below 60 % there is “no data”")));
}

void appendScore(RecordModel<EvidenceRow>::ColumnList& columns)
{
    columns.push_back(
        { .id = u"kind"_s, .title = tr("Evidence"), .value = [](const EvidenceRow& row) {
             return QVariant(toQString(row.part.kind));
         } });
    columns.push_back(figure(
        u"weight"_s, tr("Weight"), u"%"_s,
        [](const EvidenceRow& row) { return row.part.weight * 100; },
        tr("How much this kind of evidence counts for the use case")));
    columns.push_back(figure(
        u"place"_s, tr("Place"), u"%"_s, [](const EvidenceRow& row) { return row.part.place; },
        tr("Share of the other models with a score of this test that have a lower one")));
    columns.push_back(
        { .id = u"benchmark"_s,
          .title = tr("Benchmark"),
          .value =
              [](const EvidenceRow& row) { return QVariant(toQString(row.part.score->benchmark)); },
          .cellToolTip =
              [](const EvidenceRow& row) {
                  return tr("%1 models have a score of it")
                      .arg(format::integer(static_cast<qint64>(row.part.models)));
              } });
    columns.push_back(figure(
        u"score"_s, tr("Score"), {}, [](const EvidenceRow& row) { return row.part.score->score; },
        tr("As published, 0 to 100")));
}

void appendSource(RecordModel<EvidenceRow>::ColumnList& columns)
{
    columns.push_back(
        { .id = u"own"_s,
          .title = tr("From"),
          .value =
              [](const EvidenceRow& row) {
                  return QVariant(row.part.score->userProvided ? tr("you") : tr("published"));
              },
          .cellToolTip =
              [](const EvidenceRow& row) {
                  const QString stated = toQString(row.part.score->statedName);
                  return stated.isEmpty() ? QString() : tr("Stated for “%1”").arg(stated);
              } });
    columns.push_back({ .id = u"date"_s,
                        .title = tr("Date"),
                        .value =
                            [](const EvidenceRow& row) {
                                return QVariant(toQString(row.part.score->source.date));
                            },
                        .toolTip = tr("When the score was read at its source") });
    columns.push_back(
        { .id = u"source"_s,
          .title = tr("Source"),
          .value =
              [](const EvidenceRow& row) {
                  return QVariant(toQString(row.part.score->source.text));
              },
          .toolTip = tr("A double click opens an address in the browser"),
          .cellToolTip =
              [](const EvidenceRow& row) { return toQString(row.part.score->source.text); } });
}

RecordModel<EvidenceRow>::ColumnList evidenceColumns()
{
    RecordModel<EvidenceRow>::ColumnList columns;
    appendModel(columns);
    appendScore(columns);
    appendSource(columns);
    return columns;
}

} // namespace

EvidenceModel::EvidenceModel(QObject* parent)
    : RecordModel(evidenceColumns(), parent)
{ }

void EvidenceModel::setEvidence(std::shared_ptr<const Catalog> catalog, const std::string& useCase)
{
    std::vector<EvidenceRow> rows;
    const QualityIndex index(*catalog, useCase);
    for (const Model& model : catalog->models) {
        const auto evidence = index.evidence(model);
        if (!evidence)
            continue;
        for (const QualityPart& part : evidence->parts)
            rows.push_back({ toQString(model.id), evidence->score, evidence->range,
                             evidence->coveredWeight, part, toQString(evidence->family),
                             evidence->kept });
    }
    setRows(std::move(rows));
    m_catalog = std::move(catalog); // only now may the one of the old rows go
}

EvidenceDialog::EvidenceDialog(std::shared_ptr<const Catalog> catalog, const std::string& useCase,
                               QWidget* parent)
    : QDialog(parent)
    , m_model(std::make_unique<EvidenceModel>())
{
    setObjectName(u"evidenceDialog"_s);
    const UseCase* known = catalog->findUseCase(useCase);
    const QString name = known ? toQString(known->name) : toQString(useCase);
    setWindowTitle(tr("Evidence of quality for %1").arg(name));
    auto* weights = new QLabel(
        tr("Weights: %1. The quality of a model is the weighted mean of its places among all "
           "models "
           "with a score of the same test. A score of yours takes the place of a published one.")
            .arg(weightsText(useCase, *catalog)),
        this);
    weights->setWordWrap(true);
    auto* filter = new QLineEdit(this);
    filter->setObjectName(u"evidenceFilter"_s);
    auto* table = new CopyTableView(this);
    table->setObjectName(u"evidenceTable"_s);
    table->setAccessibleName(tr("Scores behind the quality of each model"));
    table->setAlternatingRowColors(true);
    FilterProxy* proxy = setUpTable(*table, *m_model);
    connectFilterLine(*filter, *proxy);
    m_model->setEvidence(std::move(catalog), useCase);
    fitColumns(*table, 34);
    connect(table, &QAbstractItemView::doubleClicked, this,
            [this, proxy](const QModelIndex& index) {
                static const QRegularExpression address(u"https?://\\S+"_s);
                const EvidenceRow& row = m_model->record(proxy->mapToSource(index).row());
                const auto match = address.match(toQString(row.part.score->source.text));
                if (match.hasMatch())
                    QDesktopServices::openUrl(QUrl(match.captured()));
            });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(weights);
    layout->addWidget(filter);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    resize(charactersWide(*this, 190), fontMetrics().height() * 40);
}

EvidenceDialog::~EvidenceDialog() = default;

QString weightsText(const std::string& useCase, const Catalog& catalog)
{
    QStringList parts;
    for (const QualityWeight& weight : qualityWeights(useCase, catalog))
        parts.append(u"%1 %2"_s.arg(toQString(weight.kind).toLower(), plainPercent(weight.weight)));
    return parts.join(u", "_s);
}

} // namespace llmd
