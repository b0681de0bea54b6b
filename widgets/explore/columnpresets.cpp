// SPDX-License-Identifier: GPL-3.0-or-later
#include "columnpresets.h"

#include "optionsmodel.h"

#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QActionGroup>
#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>

#include <vector>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

struct Preset
{
    QString name;
    QStringList columns; ///< ids; empty = those that are shown at first
};

QString tr(const char* text)
{
    return QCoreApplication::translate("ColumnPresets", text);
}

std::vector<Preset> presets()
{
    const QStringList what { u"rank"_s, u"balanced"_s, u"model"_s, u"gpu"_s, u"topology"_s };
    return {
        { tr("Overview"), {} },
        { tr("Cost and Size"),
          what
              + QStringList { u"deployment"_s, u"gpus"_s, u"cost_per_month"_s,
                              u"cost_per_million_tokens"_s, u"capacity"_s, u"cost_score"_s } },
        { tr("Latency"),
          what
              + QStringList { u"ttft_p95"_s, u"itl_p95"_s, u"e2e_p95"_s, u"latency_score"_s,
                              u"label"_s } },
        { tr("Throughput"),
          what
              + QStringList { u"gpus"_s, u"throughput"_s, u"output_per_gpu"_s, u"output_per_user"_s,
                              u"capacity"_s, u"kv_utilization"_s } },
        { tr("Settings"),
          what
              + QStringList { u"quantization"_s, u"max_num_seqs"_s, u"max_num_batched_tokens"_s,
                              u"kv_utilization"_s, u"engine"_s, u"option_id"_s } },
    };
}

bool isShown(const OptionsModel& model, int column, const Preset& preset)
{
    const auto& known = model.columns()[static_cast<std::size_t>(column)];
    return preset.columns.isEmpty() ? !known.hidden : preset.columns.contains(known.id);
}

} // namespace

void addColumnPresets(QMenu& menu, CopyTableView& view, const OptionsModel& model)
{
    // The menu is filled anew each time that it opens.
    qDeleteAll(menu.findChildren<QActionGroup*>(Qt::FindDirectChildrenOnly));
    auto* group = new QActionGroup(&menu);
    for (const Preset& preset : presets()) {
        QAction* action = menu.addAction(preset.name);
        action->setCheckable(true);
        group->addAction(action);
        bool present = true;
        for (int column = 0; column < model.columnCount(); ++column)
            present &= view.isColumnHidden(column) != isShown(model, column, preset);
        action->setChecked(present);
        QObject::connect(action, &QAction::triggered, &view, [&view, &model, preset] {
            for (int column = 0; column < model.columnCount(); ++column)
                view.setColumnHidden(column, !isShown(model, column, preset));
            fitColumns(view, 27);
        });
    }
    menu.addSeparator();
}

} // namespace llmd
