// SPDX-License-Identifier: GPL-3.0-or-later
#include "reviewstep.h"

#include "fieldspecs.h"
#include "originchip.h"
#include "plaintext.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/languages.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

using Origin = Derivation::Origin;

constexpr std::size_t mostBanners = 6;

QString lengthText(const LengthDistribution& lengths)
{
    return ReviewStep::tr("%1 tokens").arg(plainNumber(lengths.mean));
}

QString targetText(const std::optional<LatencyTarget>& target)
{
    if (!target)
        return ReviewStep::tr("no own limit");
    return ReviewStep::tr("%1 ≤ %2").arg(format::percentile(target->percentile),
                                         plainDuration(target->limit));
}

/** The first few names, and how many more there are. */
QString listText(const QStringList& names)
{
    constexpr qsizetype most = 4;
    if (names.size() <= most)
        return names.join(u", "_s);
    return ReviewStep::tr("%1 and %2 more")
        .arg(names.mid(0, most).join(u", "_s))
        .arg(names.size() - most);
}

QStringList toStrings(const std::vector<std::string>& list)
{
    QStringList names;
    for (const std::string& text : list)
        names << toQString(text);
    return names;
}

ReviewStep::Entry choice(bool stated, const QString& statedText, const QString& defaultText,
                         const QString& derivation)
{
    return { stated ? statedText : defaultText, stated ? Origin::Stated : Origin::Default,
             derivation };
}

QString gpuChoice(const Requirements& requirements, const Catalog& catalog)
{
    const auto gpuNames = [&](const std::vector<std::string>& ids) {
        QStringList names;
        for (const std::string& id : ids) {
            const Gpu* gpu = catalog.findGpu(id);
            names << toQString(gpu ? gpu->name : id);
        }
        return listText(names);
    };
    if (!requirements.gpusIncluded.empty())
        return ReviewStep::tr("only %1").arg(gpuNames(requirements.gpusIncluded));
    return ReviewStep::tr("all but %1").arg(gpuNames(requirements.gpusExcluded));
}

} // namespace

ReviewStep::ReviewStep(Document& document, QWidget* parent)
    : Step(document, tr("Review"),
           tr("Everything that plans are made with. What you stated, what follows from the use "
              "case, what is computed and what "
              "is a default look different."),
           parent)
{
    m_issues = new QWidget(this);
    auto* issues = new QVBoxLayout(m_issues);
    issues->setContentsMargins(0, 0, 0, 0);
    content()->addWidget(m_issues);
    auto* table = new QWidget(this);
    m_grid = new QGridLayout(table);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(fontMetrics().height());
    m_grid->setVerticalSpacing(fontMetrics().height() / 4);
    m_grid->setColumnMinimumWidth(0, charactersWide(*this, 24));
    m_grid->setColumnMinimumWidth(1, charactersWide(*this, 24));
    m_grid->setColumnStretch(1, 2);
    m_grid->setColumnStretch(3, 5);
    content()->addWidget(table);
    addUseCaseRows();
    addTargetRows();
    addChoiceRows();
    addReserveRows();
    content()->addStretch(1);
    auto* row = new QHBoxLayout;
    auto* explore = new QPushButton(themedIcon(u"explore"_s), tr("Explore the options"), this);
    explore->setObjectName(u"review.explore"_s);
    row->addWidget(explore);
    row->addStretch(1);
    content()->addLayout(row);
    connect(explore, &QPushButton::clicked, this, &ReviewStep::optionsRequested);
    ReviewStep::refresh();
}

void ReviewStep::addGroup(const QString& title)
{
    auto* heading = makeHeading(title, TextStyle::Heading, m_grid->parentWidget());
    heading->setContentsMargins(0, fontMetrics().height() * 3 / 4, 0, fontMetrics().height() / 4);
    m_grid->addWidget(heading, m_gridRow++, 0, 1, 5);
}

void ReviewStep::addRow(const QString& field, const QString& label, decltype(Row::entry) entry)
{
    QWidget* parent = m_grid->parentWidget();
    Row row { field, std::move(entry), new QLabel(parent), new OriginChip(parent),
              makeNote({}, parent) };
    row.value->setObjectName(u"review."_s + field);
    row.value->setWordWrap(true);
    row.value->setTextFormat(Qt::PlainText);
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.chip->setObjectName(u"review."_s + field + u".origin"_s);
    auto* edit = new QToolButton(parent);
    edit->setText(tr("Edit"));
    edit->setAutoRaise(true);
    edit->setFocusPolicy(Qt::StrongFocus);
    edit->setObjectName(u"review."_s + field + u".edit"_s);
    edit->setAccessibleName(tr("Edit %1").arg(label));
    connect(edit, &QToolButton::clicked, this, [this, field] { emit fieldRequested(field); });
    auto* name = new QLabel(label, parent);
    m_grid->addWidget(name, m_gridRow, 0);
    m_grid->addWidget(row.value, m_gridRow, 1);
    m_grid->addWidget(row.chip, m_gridRow, 2);
    m_grid->addWidget(row.derivation, m_gridRow, 3);
    m_grid->addWidget(edit, m_gridRow, 4);
    ++m_gridRow;
    m_rows.push_back(std::move(row));
}

void ReviewStep::addDerived(const QString& field, const QString& label,
                            std::function<QString(const ResolvedNeed&)> value)
{
    addRow(field, label,
           [name = fromQString(field), value = std::move(value)](
               const Requirements&, const ResolvedNeed* need, const Catalog&) {
               if (!need)
                   return Entry { format::noData(), Origin::Default, {} };
               const Derivation* derivation = findDerivation(*need, name);
               return Entry { value(*need), derivation ? derivation->origin : Origin::Default,
                              derivation ? toQString(derivation->text) : QString() };
           });
}

void ReviewStep::addUseCaseRows()
{
    addGroup(tr("Use case and workload"));
    addRow(u"use_case"_s, tr("Use case"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog& catalog) {
               const UseCase* useCase = catalog.findUseCase(requirements.useCase);
               return Entry { toQString(useCase ? useCase->name : requirements.useCase),
                              Origin::Stated,
                              useCase ? localText(useCase->description) : QString() };
           });
    addRow(
        u"workload.users"_s, tr("Users"),
        [](const Requirements& requirements, const ResolvedNeed* need, const Catalog&) {
            const Derivation* derivation = need ? findDerivation(*need, "workload.users") : nullptr;
            return Entry { requirements.users ? plainNumber(*requirements.users) : tr("not stated"),
                           requirements.users ? Origin::Stated : Origin::Default,
                           derivation ? toQString(derivation->text) : QString() };
        });
    addDerived(u"workload.rate"_s, tr("Mean rate"),
               [](const ResolvedNeed& need) { return format::rate(need.meanLoad.load.rate); });
    addDerived(u"workload.peak_factor"_s, tr("Peak factor"),
               [](const ResolvedNeed& need) -> QString {
                   return u"× "_s + plainNumber(need.peakLoad.load.rate / need.meanLoad.load.rate);
               });
    addDerived(u"workload.peak_rate"_s, tr("Peak rate"),
               [](const ResolvedNeed& need) { return format::rate(need.peakLoad.load.rate); });
    addDerived(u"workload.prompt_tokens"_s, tr("Prompt length"),
               [](const ResolvedNeed& need) { return lengthText(need.meanLoad.prompt); });
    addDerived(u"workload.prompt_variation"_s, tr("Prompt variation"),
               [](const ResolvedNeed& need) -> QString {
                   return u"× "_s + plainNumber(need.meanLoad.prompt.variation);
               });
    addDerived(u"workload.output_tokens"_s, tr("Output length"),
               [](const ResolvedNeed& need) { return lengthText(need.meanLoad.output); });
    addDerived(u"workload.output_variation"_s, tr("Output variation"),
               [](const ResolvedNeed& need) -> QString {
                   return u"× "_s + plainNumber(need.meanLoad.output.variation);
               });
    addDerived(u"workload.shared_prefix_tokens"_s, tr("Shared prefix"),
               [](const ResolvedNeed& need) {
                   return tr("%1 tokens").arg(plainNumber(need.meanLoad.prefix.sharedTokens));
               });
    addDerived(u"workload.prefix_groups"_s, tr("Different prefixes"), [](const ResolvedNeed& need) {
        return format::integer(need.meanLoad.prefix.groups);
    });
    addDerived(u"workload.unique_prompts"_s, tr("Repeating prompts"), [](const ResolvedNeed& need) {
        const int prompts = need.meanLoad.prefix.uniquePrompts;
        return prompts == 0 ? tr("none") : format::integer(prompts);
    });
    addDerived(u"context_tokens"_s, tr("Longest request"), [](const ResolvedNeed& need) {
        return tr("%1 tokens").arg(format::integer(need.contextTokens));
    });
}

void ReviewStep::addTargetRows()
{
    addGroup(tr("Latency targets"));
    addDerived(u"slo.ttft"_s, tr("Time to first token"),
               [](const ResolvedNeed& need) { return targetText(need.slo.ttft); });
    addDerived(u"slo.itl"_s, tr("Time per output token"),
               [](const ResolvedNeed& need) { return targetText(need.slo.itl); });
    addDerived(u"slo.e2e"_s, tr("Whole answer"),
               [](const ResolvedNeed& need) { return targetText(need.slo.e2e); });
}

void ReviewStep::addChoiceRows()
{
    addGroup(tr("Models, hardware and prices"));
    addRow(u"models"_s, tr("Models"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog& catalog) {
               return choice(!requirements.models.empty(), listText(toStrings(requirements.models)),
                             tr("all %1 of the catalog").arg(catalog.models.size()), {});
           });
    addRow(u"quantizations"_s, tr("Weight formats"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog&) {
               return choice(!requirements.quantizations.empty(),
                             listText(toStrings(requirements.quantizations)), tr("any"), {});
           });
    addRow(u"gpus"_s, tr("GPUs"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog& catalog) {
               const bool stated =
                   !requirements.gpusIncluded.empty() || !requirements.gpusExcluded.empty();
               return choice(stated, stated ? gpuChoice(requirements, catalog) : QString(),
                             tr("all that have a price"), {});
           });
    addRow(
        u"inventory"_s, tr("Inventory"),
        [](const Requirements& requirements, const ResolvedNeed*, const Catalog& catalog) {
            QStringList items;
            for (const InventoryItem& item : requirements.inventory) {
                const Gpu* gpu = catalog.findGpu(item.gpu);
                items << tr("%1 × %2").arg(item.count).arg(toQString(gpu ? gpu->name : item.gpu));
            }
            return choice(!items.isEmpty(), listText(items), tr("any number may be bought"), {});
        });
    addRow(u"max_gpus"_s, tr("At most"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog&) {
               return choice(requirements.maxGpus.has_value(),
                             counted(static_cast<std::size_t>(requirements.maxGpus.value_or(0)),
                                     tr("1 GPU"), tr("%1 GPUs")),
                             tr("no limit"), {});
           });
    addRow(u"budget_per_month"_s, tr("Budget per month"),
           [](const Requirements& requirements, const ResolvedNeed*, const Catalog&) {
               return choice(requirements.budgetPerMonth.has_value(),
                             format::dollars(requirements.budgetPerMonth.value_or(0)),
                             tr("no limit"), {});
           });
    addRow(
        u"price_list"_s, tr("Price list"),
        [](const Requirements& requirements, const ResolvedNeed* need, const Catalog& catalog) {
            const PriceList* list = requirements.priceList.empty()
                ? (catalog.priceLists.empty() ? nullptr : &catalog.priceLists.front())
                : catalog.findPriceList(requirements.priceList);
            const Derivation* derivation = need ? findDerivation(*need, "price_list") : nullptr;
            const bool stated =
                !requirements.priceList.empty() || !requirements.priceOverrides.empty();
            const QString name = list ? toQString(list->name) : toQString(requirements.priceList);
            return choice(stated, name, name, derivation ? toQString(derivation->text) : QString());
        });
}

void ReviewStep::addReserveRows()
{
    addGroup(tr("Priorities, reserve and versions"));
    addDerived(u"priorities"_s, tr("Priorities"), [](const ResolvedNeed& need) {
        const Priorities& p = need.priorities;
        return tr("%1 / %2 / %3 / %4")
            .arg(plainPercent(p.cost), plainPercent(p.latency), plainPercent(p.quality),
                 plainPercent(p.simplicity));
    });
    addRow(u"headroom"_s, tr("Head-room"),
           [](const Requirements& requirements, const ResolvedNeed* need, const Catalog&) {
               const Derivation* derivation = need ? findDerivation(*need, "headroom") : nullptr;
               return Entry { plainPercent(requirements.headroom),
                              derivation ? derivation->origin : Origin::Default,
                              derivation ? toQString(derivation->text) : QString() };
           });
    addRow(u"min_replicas"_s, tr("Minimum replicas"),
           [](const Requirements& requirements, const ResolvedNeed* need, const Catalog&) {
               const Derivation* derivation =
                   need ? findDerivation(*need, "min_replicas") : nullptr;
               return Entry { format::integer(requirements.minReplicas),
                              derivation ? derivation->origin : Origin::Default,
                              derivation ? toQString(derivation->text) : QString() };
           });
    for (const auto& [field, title, member, open] :
         { std::tuple { "topology", tr("Topology"), &Requirements::topology, tr("open") },
           { "kv_transfer", tr("KV transfer"), &Requirements::kvTransfer, u"rdma"_s } }) {
        addRow(QString::fromLatin1(field), title,
               [field, member, open](const Requirements& requirements, const ResolvedNeed* need,
                                     const Catalog&) {
                   const Derivation* derivation = need ? findDerivation(*need, field) : nullptr;
                   const std::string& value = requirements.*member;
                   return Entry { value.empty() ? open : toQString(value),
                                  derivation ? derivation->origin : Origin::Default,
                                  derivation ? toQString(derivation->text) : QString() };
               });
    }
    addRow(u"version_row"_s, tr("Versions"),
           [](const Requirements& requirements, const ResolvedNeed* need, const Catalog& catalog) {
               const VersionRow* row = requirements.versionRow.empty()
                   ? (catalog.versionRows.empty() ? nullptr : &catalog.versionRows.front())
                   : catalog.findVersionRow(requirements.versionRow);
               const Derivation* derivation = need ? findDerivation(*need, "version_row") : nullptr;
               return Entry { row ? tr("vLLM %1").arg(toQString(toString(row->vllm)))
                                  : toQString(requirements.versionRow),
                              derivation ? derivation->origin : Origin::Default,
                              derivation ? toQString(derivation->text) : QString() };
           });
}

void ReviewStep::refreshIssues()
{
    const auto issues = document().issues();
    const std::size_t shown = std::min(issues.size(), mostBanners);
    while (m_banners.size() < shown) {
        auto* banner = new StatusBanner(m_issues);
        banner->setClosable(false);
        m_issues->layout()->addWidget(banner);
        m_banners.push_back(banner);
    }
    for (std::size_t i = 0; i < m_banners.size(); ++i) {
        if (i >= shown) {
            m_banners[i]->dismiss();
            continue;
        }
        const Issue& issue = issues[i];
        const auto kind = issue.severity == Severity::Error ? StatusBanner::Kind::Error
            : issue.severity == Severity::Warning           ? StatusBanner::Kind::Warning
                                                            : StatusBanner::Kind::Information;
        QList<QAction*> actions;
        if (!issue.subject.empty()) {
            auto* go = new QAction(tr("Go to the field"), m_banners[i]);
            connect(go, &QAction::triggered, this,
                    [this, field = toQString(issue.subject)] { emit fieldRequested(field); });
            actions << go;
        }
        m_banners[i]->showMessage(kind, toQString(issue.text), actions);
    }
}

void ReviewStep::refresh()
{
    Step::refresh();
    refreshIssues();
    const auto& need = document().need();
    for (const Row& row : m_rows) {
        const Entry entry =
            row.entry(document().requirements(), need ? &*need : nullptr, *document().catalog());
        row.value->setText(entry.value);
        QFont font = row.value->font();
        font.setBold(entry.origin == Origin::Stated);
        row.value->setFont(font);
        row.chip->setOrigin(entry.origin);
        row.derivation->setText(entry.derivation);
    }
}

StepSummary ReviewStep::summary() const
{
    const auto issues = document().issues();
    if (issues.empty())
        return { tr("No findings"), StepButton::State::Normal };
    const bool error = std::any_of(issues.begin(), issues.end(), [](const Issue& issue) {
        return issue.severity == Severity::Error;
    });
    return { counted(issues.size(), tr("1 finding"), tr("%1 findings")),
             error ? StepButton::State::Error : StepButton::State::Warning };
}

} // namespace llmd
