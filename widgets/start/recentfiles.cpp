// SPDX-License-Identifier: GPL-3.0-or-later
#include "recentfiles.h"

#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QAbstractListModel>
#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

enum FileRole { PathRole = Qt::UserRole + 1, DetailRole, PinnedRole };

/** "~/plans", as people know their folders. */
QString shortFolder(const QString& folder)
{
    const QString home = QDir::homePath();
    return folder == home || folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size())
                                                            : folder;
}

/** Name in the first line, folder and time in the second; a star says that it is pinned. */
class FileDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& /*index*/) const override
    {
        const int line = option.fontMetrics.lineSpacing();
        return { line * 12, line * 2 + option.fontMetrics.height() };
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Tones tone = tones(option.palette);
        const int line = option.fontMetrics.lineSpacing();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(option.state & QStyle::State_HasFocus ? QPen(tone.accent, 1.5)
                                                                  : QPen(Qt::NoPen));
            painter->setBrush(tone.accentSoft);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), line / 3.0,
                                     line / 3.0);
        }
        QRect area = option.rect.adjusted(line / 2, line / 2, -line / 2, -line / 2);
        if (index.data(PinnedRole).toBool()) {
            themedIcon(u"star"_s).paint(painter,
                                        QRect(area.right() - line, area.top(), line, line));
            area.setRight(area.right() - line * 3 / 2);
        }
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(
            QRect(area.left(), area.top(), area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideMiddle, area.width()));
        painter->setFont(option.font);
        painter->setPen(tone.subtleText);
        painter->drawText(QRect(area.left(), area.top() + line, area.width(), line),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data(DetailRole).toString(),
                                                        Qt::ElideMiddle, area.width()));
        painter->restore();
    }
};

} // namespace

/** Paths with what a row says of each. */
class RecentFilesModel final : public QAbstractListModel
{
public:
    void setFiles(const QStringList& files, const QStringList& pinned)
    {
        beginResetModel();
        m_rows.clear();
        for (const QString& path : files) {
            const QFileInfo info(path);
            if (info.exists())
                m_rows.push_back({ path, info.lastModified(), pinned.contains(path) });
        }
        std::stable_partition(m_rows.begin(), m_rows.end(),
                              [](const Row& row) { return row.pinned; });
        endResetModel();
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Row& row = m_rows[static_cast<std::size_t>(index.row())];
        const QFileInfo info(row.path);
        const QString detail = tr("%1 · changed %2")
                                   .arg(shortFolder(info.absolutePath()),
                                        QLocale().toString(row.changed, QLocale::ShortFormat));
        switch (role) {
        case Qt::DisplayRole:
            return info.fileName();
        case Qt::ToolTipRole:
        case PathRole:
            return row.path;
        case DetailRole:
            return detail;
        case PinnedRole:
            return row.pinned;
        case Qt::AccessibleTextRole:
            return row.pinned ? tr("%1, pinned, %2").arg(info.fileName(), detail)
                              : tr("%1, %2").arg(info.fileName(), detail);
        default:
            return {};
        }
    }

private:
    static QString tr(const char* text) { return RecentFiles::tr(text); }

    struct Row
    {
        QString path;
        QDateTime changed;
        bool pinned = false;
    };
    std::vector<Row> m_rows;
};

RecentFiles::RecentFiles(Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_model(std::make_unique<RecentFilesModel>())
    , m_view(new QListView(this))
    , m_empty(new QLabel(tr("Plans that you open or save appear here."), this))
{
    m_view->setObjectName(u"start.recent"_s);
    m_view->setAccessibleName(tr("Recent plans"));
    m_view->setModel(m_model.get());
    m_view->setItemDelegate(new FileDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setTabKeyNavigation(false);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    layout->addWidget(m_empty);

    const auto add = [this](const QString& text, Qt::Key key, auto&& run) {
        auto* action = new QAction(text, m_view);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_view->addAction(action);
        return action;
    };
    m_pin = add(tr("&Pin"), Qt::Key_P, [this] {
        const QString path = currentPath();
        if (!path.isEmpty())
            m_settings.setPinned(path, !m_settings.pinnedFiles().contains(path));
    });
    m_remove = add(tr("&Remove From the List"), Qt::Key_Delete,
                   [this] { m_settings.removeRecentFile(currentPath()); });
    const auto open = [this](const QModelIndex& index) {
        emit openRequested(index.data(PathRole).toString());
    };
    // One click is enough, as with the cards; `activated` comes from the keyboard too, and never with `clicked` alike.
    connect(m_view, &QListView::clicked, this, open);
    connect(m_view, &QListView::activated, this, [this, open](const QModelIndex& index) {
        if (!(m_view->hasFocus() && QGuiApplication::mouseButtons() != Qt::NoButton))
            open(index);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RecentFiles::updateActions);
    connect(&settings, &Settings::recentFilesChanged, this, &RecentFiles::refresh);
    refresh();
}

RecentFiles::~RecentFiles() = default;

QString RecentFiles::currentPath() const
{
    return m_view->currentIndex().data(PathRole).toString();
}

void RecentFiles::updateActions()
{
    const QString path = currentPath();
    m_pin->setEnabled(!path.isEmpty());
    m_remove->setEnabled(!path.isEmpty());
    m_pin->setText(m_settings.pinnedFiles().contains(path) ? tr("Un&pin") : tr("&Pin"));
}

void RecentFiles::refresh()
{
    const QString path = currentPath();
    m_model->setFiles(m_settings.recentFiles(), m_settings.pinnedFiles());
    const int rows = m_model->rowCount();
    for (int row = 0; row < rows; ++row) {
        if (m_model->index(row).data(PathRole).toString() == path)
            m_view->setCurrentIndex(m_model->index(row));
    }
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    const int shown = std::min(rows, 6);
    m_view->setFixedHeight(shown * m_view->sizeHintForRow(0) + 2 * m_view->frameWidth());
    updateActions();
}

} // namespace llmd
