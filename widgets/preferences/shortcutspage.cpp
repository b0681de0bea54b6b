// SPDX-License-Identifier: GPL-3.0-or-later
#include "shortcutspage.h"

#include <widgets/support/settings.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>

#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

class ShortcutsPage::Model final : public RecordModel<ActionShortcut>
{
public:
    Model()
        : RecordModel(columns())
    { }

private:
    static ColumnList columns()
    {
        Column<ActionShortcut> text { u"action"_s, ShortcutsPage::tr("Command") };
        text.value = [](const ActionShortcut& row) { return row.text; };
        Column<ActionShortcut> keys { u"keys"_s, ShortcutsPage::tr("Keys") };
        keys.value = [](const ActionShortcut& row) {
            return row.keys.toString(QKeySequence::NativeText);
        };
        Column<ActionShortcut> changed { u"changed"_s, ShortcutsPage::tr("Changed") };
        changed.value = [](const ActionShortcut& row) {
            return row.keys == row.standard ? QString()
                : row.standard.isEmpty()
                ? ShortcutsPage::tr("had none")
                : ShortcutsPage::tr("was %1").arg(row.standard.toString(QKeySequence::NativeText));
        };
        return { text, keys, changed };
    }
};

ShortcutsPage::ShortcutsPage(std::vector<ActionShortcut> rows, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_model(std::make_unique<Model>())
    , m_view(new CopyTableView(this))
    , m_filter(new QLineEdit(this))
{
    m_model->setRows(std::move(rows));
    m_proxy = setUpTable(*m_view, *m_model);
    m_view->setObjectName(u"preferences.shortcuts"_s);
    m_view->setAccessibleName(tr("Commands and their keys"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->horizontalHeader()->setStretchLastSection(true);
    fitColumns(*m_view, 60);
    m_filter->setObjectName(u"preferences.shortcutFilter"_s);
    m_filter->setAccessibleName(tr("Words to look for"));
    m_filter->setPlaceholderText(tr("Filter"));
    connectFilterLine(*m_filter, *m_proxy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_filter);
    column->addWidget(m_view, 1);
    buildEditor();
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        setConflict({});
        showCurrent();
    });
    m_view->selectRow(0);
    showCurrent();
}

ShortcutsPage::~ShortcutsPage() = default;

void ShortcutsPage::buildEditor()
{
    m_label = new QLabel(this);
    m_keys = new QKeySequenceEdit(this);
    m_keys->setObjectName(u"preferences.keys"_s);
    m_label->setBuddy(m_keys);
    m_clear = new QPushButton(tr("&No Keys"), this);
    m_clear->setObjectName(u"preferences.clearKeys"_s);
    m_reset = new QPushButton(tr("&Reset"), this);
    m_reset->setObjectName(u"preferences.resetKeys"_s);
    auto* all = new QPushButton(tr("Reset &All"), this);
    all->setObjectName(u"preferences.resetAllKeys"_s);
    m_conflict = new QLabel(this);
    m_conflict->setObjectName(u"preferences.conflict"_s);
    m_conflict->setTextFormat(Qt::PlainText);
    m_conflict->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_label);
    row->addWidget(m_keys, 1);
    row->addWidget(m_clear);
    row->addWidget(m_reset);
    row->addWidget(all);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(row);
    column->addWidget(m_conflict);
    connect(m_keys, &QKeySequenceEdit::editingFinished, this, [this] {
        if (!m_showing)
            take(m_keys->keySequence());
    });
    connect(m_clear, &QPushButton::clicked, this, [this] { take({}); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (const ActionShortcut* chosen = current())
            take(chosen->standard);
    });
    connect(all, &QPushButton::clicked, this, &ShortcutsPage::resetAll);
}

const ActionShortcut* ShortcutsPage::current() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? &m_model->record(m_proxy->mapToSource(index).row()) : nullptr;
}

void ShortcutsPage::showCurrent()
{
    const ActionShortcut* row = current();
    m_showing = true;
    m_label->setText(row ? tr("&Keys of “%1”:").arg(QString(row->text).replace(u'&', u"&&"_s))
                         : tr("&Keys:"));
    m_keys->setKeySequence(row ? row->keys : QKeySequence());
    m_keys->setEnabled(row);
    m_clear->setEnabled(row && !row->keys.isEmpty());
    m_reset->setEnabled(row && row->keys != row->standard);
    m_showing = false;
}

void ShortcutsPage::take(const QKeySequence& keys)
{
    const ActionShortcut* row = current();
    if (!row || keys == row->keys)
        return;
    const auto& rows = m_model->rows();
    const auto owner =
        std::find_if(rows.begin(), rows.end(), [&keys, row](const ActionShortcut& other) {
            return other.id != row->id && !keys.isEmpty() && !other.keys.isEmpty()
                && (other.keys.matches(keys) != QKeySequence::NoMatch
                    || keys.matches(other.keys) != QKeySequence::NoMatch);
        });
    if (owner != rows.end()) {
        setConflict(tr("%1 belongs to “%2”. Choose other keys, or take them from it first.")
                        .arg(keys.toString(QKeySequence::NativeText), owner->text));
        showCurrent();
        return;
    }
    setConflict({});
    store(row->id, keys);
}

void ShortcutsPage::store(const QString& id, const QKeySequence& keys)
{
    std::vector<ActionShortcut> rows = m_model->rows();
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&id](const ActionShortcut& other) { return other.id == id; });
    if (row == rows.end())
        return;
    row->keys = keys;
    if (keys == row->standard)
        m_settings.setShortcut(id, std::nullopt);
    else
        m_settings.setShortcut(id, keys.toString(QKeySequence::PortableText));
    const int shown = m_view->currentIndex().row();
    m_model->setRows(std::move(rows));
    m_view->selectRow(shown);
    showCurrent();
}

void ShortcutsPage::resetAll()
{
    std::vector<ActionShortcut> rows = m_model->rows();
    for (ActionShortcut& row : rows)
        row.keys = row.standard;
    m_settings.clearShortcuts();
    m_model->setRows(std::move(rows));
    setConflict({});
    m_view->selectRow(0);
    showCurrent();
}

void ShortcutsPage::setConflict(const QString& text)
{
    m_conflict->setText(text);
    m_conflict->setVisible(!text.isEmpty());
}

} // namespace llmd
