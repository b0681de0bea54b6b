// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionsearch.h"

#include <widgets/support/theme.h>

#include <QAbstractListModel>
#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr std::size_t resultLimit = 60;
constexpr int visibleRows = 12;

QString iconOf(SearchEntry::Kind kind)
{
    switch (kind) {
    case SearchEntry::Kind::Page:
        return u"file"_s;
    case SearchEntry::Kind::Command:
        return u"chevron-right"_s;
    case SearchEntry::Kind::Field:
        return u"requirements"_s;
    case SearchEntry::Kind::Option:
        return u"explore"_s;
    case SearchEntry::Kind::Model:
        return u"workbench"_s;
    case SearchEntry::Kind::Gpu:
        return u"table"_s;
    }
    return {};
}

} // namespace

/** What fits, best first. */
class SearchEntriesModel final : public QAbstractListModel
{
public:
    void setEntries(std::vector<const SearchEntry*> entries)
    {
        beginResetModel();
        m_entries = std::move(entries);
        endResetModel();
    }

    [[nodiscard]] const SearchEntry& entry(int row) const
    {
        return *m_entries[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const SearchEntry& shown = entry(index.row());
        if (role == Qt::DisplayRole)
            return shown.title;
        if (role == Qt::AccessibleTextRole)
            return ActionSearch::tr("%1: %2 %3")
                .arg(kindText(shown.kind), shown.title, shown.detail);
        if (role == Qt::ToolTipRole)
            return shown.detail.isEmpty() ? shown.title : shown.detail;
        return {};
    }

private:
    std::vector<const SearchEntry*> m_entries;
};

namespace {

/** Icon, title, detail; the kind or the keys at the right. */
class EntryDelegate final : public QStyledItemDelegate
{
public:
    EntryDelegate(const SearchEntriesModel& model, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    { }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& /*index*/) const override
    {
        return { option.fontMetrics.height() * 10, option.fontMetrics.height() * 2 };
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const SearchEntry& entry = m_model.entry(index.row());
        const Tones tone = tones(option.palette);
        const int line = option.fontMetrics.height();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(tone.accent, 1));
            painter->setBrush(tone.accentSoft);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), line / 4.0,
                                     line / 4.0);
        }
        QRect area = option.rect.adjusted(line / 2, 0, -line / 2, 0);
        themedIcon(iconOf(entry.kind))
            .paint(painter, QRect(area.left(), area.center().y() - line / 2, line, line));
        area.setLeft(area.left() + line * 3 / 2);

        const QString right = entry.keys.isEmpty() ? kindText(entry.kind) : entry.keys;
        painter->setPen(tone.subtleText);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, right);
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(right) - line);

        painter->setPen(option.palette.color(QPalette::Text));
        const QString title =
            option.fontMetrics.elidedText(entry.title, Qt::ElideRight, area.width());
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, title);
        area.setLeft(area.left() + option.fontMetrics.horizontalAdvance(title) + line);
        painter->setPen(tone.subtleText);
        if (area.width() > line * 2)
            painter->drawText(
                area, Qt::AlignLeft | Qt::AlignVCenter,
                option.fontMetrics.elidedText(entry.detail, Qt::ElideRight, area.width()));
        painter->restore();
    }

private:
    const SearchEntriesModel& m_model;
};

} // namespace

ActionSearch::ActionSearch(std::vector<SearchEntry> program,
                           std::shared_ptr<const std::vector<SearchEntry>> options, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_program(std::move(program))
    , m_options(std::move(options))
    , m_model(std::make_unique<SearchEntriesModel>())
    , m_line(new QLineEdit(this))
    , m_view(new QListView(this))
{
    setObjectName(u"actionSearch"_s);
    setAccessibleName(tr("Search everything"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_line->setObjectName(u"actionSearch.line"_s);
    m_line->setAccessibleName(tr("What to look for"));
    m_line->setPlaceholderText(tr("Page, command, field, model, GPU or option"));
    m_line->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_line->installEventFilter(this);
    m_view->setObjectName(u"actionSearch.results"_s);
    m_view->setAccessibleName(tr("What fits"));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setModel(m_model.get());
    m_view->setItemDelegate(new EntryDelegate(*m_model, m_view));
    auto* hint = new QLabel(tr("↑ ↓ to move · Enter to go · Esc to leave"), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    setTextStyle(*hint, TextStyle::Caption);

    auto* layout = new QVBoxLayout(this);
    const int gap = fontMetrics().height() / 2;
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(m_line);
    layout->addWidget(m_view, 1);
    layout->addWidget(hint);
    connect(m_line, &QLineEdit::textChanged, this, &ActionSearch::find);
    connect(m_view, &QListView::clicked, this, &ActionSearch::choose);
    find();
}

ActionSearch::~ActionSearch() = default;

void ActionSearch::showEvent(QShowEvent* event)
{
    const QWidget* window = parentWidget()->window();
    const int line = fontMetrics().height();
    resize(std::min(charactersWide(*this, 100), window->width() - 2 * line),
           std::min(line * (2 * visibleRows + 6), window->height() - 4 * line));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, line * 4)));
    QDialog::showEvent(event);
    m_line->setFocus(Qt::PopupFocusReason);
}

void ActionSearch::find()
{
    static const std::vector<SearchEntry> none;
    m_model->setEntries(bestEntries(m_program, m_options ? *m_options : none,
                                    FuzzyPattern(m_line->text()), resultLimit));
    m_view->setCurrentIndex(m_model->index(0));
}

void ActionSearch::choose(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const SearchEntry entry = m_model->entry(index.row());
    accept();
    emit chosen(entry);
}

bool ActionSearch::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int row = m_view->currentIndex().row();
    const int last = m_model->rowCount() - 1;
    const auto go = [this, last](int to) {
        m_view->setCurrentIndex(m_model->index(std::clamp(to, 0, std::max(0, last))));
        return true;
    };
    switch (key) {
    case Qt::Key_Down:
        return go(row == last ? 0 : row + 1);
    case Qt::Key_Up:
        return go(row == 0 ? last : row - 1);
    case Qt::Key_PageDown:
        return go(row + visibleRows);
    case Qt::Key_PageUp:
        return go(row - visibleRows);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_view->currentIndex());
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace llmd
