// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/widgetfixture.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/mainwindow/workspace.h>
#include <widgets/support/theme.h>

#include <QAbstractSpinBox>
#include <QApplication>
#include <QDialog>
#include <QEventLoop>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPrintDialog>
#include <QTimer>

#include <malloc.h>
#include <unistd.h>

#include <random>

using namespace llmd;

namespace {

/** LLMD_MONKEY_EVENTS says how many; the usual run is short. */
int eventCount()
{
    bool given = false;
    const int count = qEnvironmentVariableIntValue("LLMD_MONKEY_EVENTS", &given);
    return given ? count : 1500;
}

int cycleCount()
{
    bool given = false;
    const int count = qEnvironmentVariableIntValue("LLMD_MONKEY_CYCLES", &given);
    return given ? count : 60;
}

/**
 * Sends random input to whatever is on the screen. It works from a timer, so that it goes on inside the event loops of menus and
 * dialogs. It leaves file and print dialogs at once: those could change files that are not its own.
 */
class Monkey : public QObject
{
public:
    explicit Monkey(unsigned seed)
        : m_random(seed)
    { }

    void run(int events)
    {
        m_left = events;
        QEventLoop loop;
        m_loop = &loop;
        goOn();
        loop.exec();
    }

    [[nodiscard]] const QStringList& trail() const { return m_trail; }

private:
    int below(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(count)); }

    /** A timer does not fire again inside its own slot, and the next step may have to come from a nested loop: a new one each time. */
    void goOn()
    {
        QTimer::singleShot(0, this, [this] { act(); });
    }

    void act()
    {
        if (--m_left <= 0) {
            closeAll();
            return;
        }
        goOn();
        if (QWidget* popup = QApplication::activePopupWidget(); popup && ++m_inPopup > 40) {
            m_inPopup = 0;
            popup->close();
            return;
        }
        if (QWidget* modal = QApplication::activeModalWidget()) {
            auto* dialog = qobject_cast<QDialog*>(modal);
            if (dialog
                && (qobject_cast<QFileDialog*>(dialog) || qobject_cast<QPrintDialog*>(dialog)
                    || ++m_inModal > 60)) {
                m_inModal = 0;
                dialog->reject();
                return;
            }
        } else {
            m_inModal = 0;
        }
        QWidget* target = pick();
        if (!target)
            return;
        note(*target);
        switch (below(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            click(*target);
            break;
        case 4:
        case 5:
            key(*target);
            break;
        case 6:
            text(*target);
            break;
        case 7:
            wheel(*target);
            break;
        case 8:
            drag(*target);
            break;
        default:
            window(*target);
        }
    }

    /** Ends the nested loops that are still open, one per turn. */
    void closeAll()
    {
        if (QWidget* popup = QApplication::activePopupWidget()) {
            goOn();
            popup->close();
            return;
        }
        if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
            goOn();
            dialog->reject();
            return;
        }
        m_loop->quit();
    }

    QWidget* pick()
    {
        QWidget* root = QApplication::activePopupWidget();
        if (!root)
            root = QApplication::activeModalWidget();
        if (!root) {
            QWidgetList windows;
            const auto all = QApplication::topLevelWidgets();
            for (QWidget* widget : all) {
                if (widget->isVisible())
                    windows.append(widget);
            }
            if (windows.isEmpty())
                return nullptr;
            root = windows.at(below(static_cast<int>(windows.size())));
        }
        QWidgetList parts { root };
        const auto below_ = root->findChildren<QWidget*>();
        for (QWidget* widget : below_) {
            if (widget->isVisibleTo(root) && widget->isEnabled() && !widget->size().isEmpty())
                parts.append(widget);
        }
        return parts.at(below(static_cast<int>(parts.size())));
    }

    QPoint somewhere(const QWidget& widget)
    {
        return { below(std::max(1, widget.width())), below(std::max(1, widget.height())) };
    }

    void click(QWidget& widget)
    {
        const auto button = below(6) == 0 ? Qt::RightButton : Qt::LeftButton;
        const Qt::KeyboardModifiers modifiers = below(8) == 0 ? Qt::ControlModifier
            : below(8) == 0                                   ? Qt::ShiftModifier
                                                              : Qt::NoModifier;
        QPointer<QWidget> guard(&widget);
        const QPoint position = somewhere(widget);
        QTest::mousePress(&widget, button, modifiers, position);
        if (guard)
            QTest::mouseRelease(guard, button, modifiers, position);
        if (guard && button == Qt::RightButton) {
            QContextMenuEvent menu(QContextMenuEvent::Mouse, position,
                                   guard->mapToGlobal(position));
            QApplication::sendEvent(guard, &menu);
        }
        if (guard && below(10) == 0)
            QTest::mouseDClick(guard, Qt::LeftButton, modifiers, position);
    }

    void drag(QWidget& widget)
    {
        QPointer<QWidget> guard(&widget);
        QTest::mousePress(&widget, Qt::LeftButton, {}, somewhere(widget));
        for (int i = below(6); i > 0 && guard; --i)
            QTest::mouseMove(guard, somewhere(*guard));
        if (guard)
            QTest::mouseRelease(guard, Qt::LeftButton, {}, somewhere(*guard));
    }

    void key(QWidget& widget)
    {
        static constexpr Qt::Key keys[] = {
            Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Return,   Qt::Key_Escape, Qt::Key_Space,
            Qt::Key_Up,  Qt::Key_Down,    Qt::Key_Left,     Qt::Key_Right,  Qt::Key_Home,
            Qt::Key_End, Qt::Key_PageUp,  Qt::Key_PageDown, Qt::Key_Delete, Qt::Key_Backspace,
            Qt::Key_F1,  Qt::Key_F2,      Qt::Key_Z,        Qt::Key_Y,      Qt::Key_K,
            Qt::Key_1,   Qt::Key_2,       Qt::Key_3,        Qt::Key_4,      Qt::Key_5,
            Qt::Key_A,   Qt::Key_C,       Qt::Key_V,        Qt::Key_F,      Qt::Key_I,
            Qt::Key_N,   Qt::Key_S,       Qt::Key_Plus,     Qt::Key_Minus,
        };
        Qt::KeyboardModifiers modifiers;
        if (below(3) == 0)
            modifiers |= Qt::ControlModifier;
        if (below(6) == 0)
            modifiers |= Qt::ShiftModifier;
        if (below(12) == 0)
            modifiers |= Qt::AltModifier;
        const Qt::Key code = keys[below(static_cast<int>(std::size(keys)))];
        // Every new window takes memory and time; a few are enough.
        if (code == Qt::Key_N && QApplication::topLevelWidgets().size() > 12)
            return;
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus && below(2) ? focus : &widget, code, modifiers);
    }

    void text(QWidget& widget)
    {
        static const QStringList texts {
            QStringLiteral("0"),     QStringLiteral("-1"),     QStringLiteral("1e308"),
            QStringLiteral("nan"),   QStringLiteral("500 ms"), QStringLiteral("<b>x</b>"),
            QStringLiteral("%1 %n"), QStringLiteral("h100"),   QString::fromUtf8("中文 ä"),
            QString(300, u'w'),      QStringLiteral("llama"),  QStringLiteral("\"'`$(x)"),
        };
        const QString& typed = texts.at(below(static_cast<int>(texts.size())));
        QWidget* focus = QApplication::focusWidget();
        QPointer<QWidget> goal(focus && below(2) ? focus : &widget);
        if (auto* line = qobject_cast<QLineEdit*>(goal.data()); line && !line->isReadOnly()) {
            line->setText(typed);
            emit line->textEdited(typed);
            if (goal)
                QTest::keyClick(goal, Qt::Key_Return);
            return;
        }
        for (const QChar letter : typed.left(6)) {
            if (!goal)
                return;
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
            QApplication::sendEvent(goal, &press);
        }
    }

    void wheel(QWidget& widget)
    {
        const QPoint position = somewhere(widget);
        const Qt::KeyboardModifiers modifiers =
            below(3) == 0 ? Qt::ControlModifier : Qt::NoModifier;
        QWheelEvent event(position, widget.mapToGlobal(position), {}, { 0, below(2) ? 120 : -120 },
                          Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&widget, &event);
    }

    void window(QWidget& widget)
    {
        QWidget* top = widget.window();
        switch (below(5)) {
        case 0:
            if (qobject_cast<MainWindow*>(top))
                top->resize(400 + below(1400), 300 + below(900));
            break;
        case 1:
            applyColorScheme(below(2) ? ColorScheme::Dark : ColorScheme::Light);
            break;
        case 2:
            if (auto* main = qobject_cast<MainWindow*>(top)) {
                const auto pages = workbenchPages();
                main->showPage(
                    pages[static_cast<std::size_t>(below(static_cast<int>(pages.size())))].info.id);
            }
            break;
        case 3:
            if (auto* main = qobject_cast<MainWindow*>(top)) {
                const auto actions = main->findChildren<QAction*>();
                QAction* action = actions.at(below(static_cast<int>(actions.size())));
                const QString id = action->objectName();
                const bool leaves = id == u"file.quit" || id == u"file.close"
                    || (id == u"file.new_window" && QApplication::topLevelWidgets().size() > 12);
                if (action->isEnabled() && !leaves)
                    action->trigger();
            }
            break;
        default:
            widget.setFocus();
        }
    }

    void note(const QWidget& widget)
    {
        m_trail.append(QString::fromLatin1(widget.metaObject()->className()) + u' '
                       + widget.objectName());
        if (m_trail.size() > 20)
            m_trail.removeFirst();
    }

    std::mt19937 m_random;
    QEventLoop* m_loop = nullptr;
    int m_left = 0;
    int m_inModal = 0;
    int m_inPopup = 0;
    QStringList m_trail;
};

double residentMegabytes()
{
    malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return static_cast<double>(file.readAll().split(' ').value(1).toLong() * sysconf(_SC_PAGESIZE))
        / (1 << 20);
}

} // namespace

/** Random input and many lives of a document: nothing breaks, nothing grows. */
class TestMonkey : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void randomEvents_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::newRow("1") << 1U;
        QTest::newRow("2") << 20261125U;
    }
    void randomEvents()
    {
        QFETCH(unsigned, seed);
        QTemporaryDir folder;
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        settings.setTourDone(true);
        settings.setLastFolder(folder.path());
        settings.setDataFolder(folder.path());
        WorkspaceOptions options;
        options.recoveryFolder = folder.filePath(QStringLiteral("recovery"));
        Workspace workspace(settings, std::move(options));
        QVERIFY(workspace.load());
        const QString path = folder.filePath(QStringLiteral("plan.llmdplan"));
        QVERIFY(writeProject(testing::Workbench::sample(), path.toStdString()));
        workspace.start({ path });
        Monkey monkey(seed);
        QElapsedTimer time;
        time.start();
        monkey.run(eventCount() / 2);
        qInfo("%d events in %.1f s", eventCount() / 2, static_cast<double>(time.elapsed()) * 1e-3);
        // What the window says of itself still holds.
        const auto windows = workspace.windows();
        for (MainWindow* window : windows) {
            QVERIFY(!window->currentPageId().isEmpty());
            window->document().undoStack()->setClean();
        }
        QVERIFY(workspace.quit());
        QTRY_VERIFY(workspace.windows().empty());
        // The file was only touched by saving, and saving writes what can be read.
        QVERIFY(readProject(path.toStdString()));
    }

    void manyLives()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("plan.llmdplan"));
        // Small, so that the search is not what takes the time.
        Project plan = testing::Workbench::sample();
        plan.requirements.models = { "meta-llama/Llama-3.1-8B-Instruct" };
        plan.requirements.gpusIncluded = { "h100_sxm" };
        QVERIFY(writeProject(plan, path.toStdString()));
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        settings.setTourDone(true);
        const int cycles = cycleCount();
        double early = 0;
        for (int cycle = 0; cycle < cycles; ++cycle) {
            WorkspaceOptions options;
            options.recoveryFolder = folder.filePath(QStringLiteral("recovery"));
            Workspace workspace(settings, std::move(options));
            QVERIFY(workspace.load());
            workspace.start({ path });
            MainWindow& window = *workspace.windows().front();
            window.showPage(cycle % 2 ? QStringLiteral("explore") : QStringLiteral("compare"));
            Document& document = window.document();
            QVERIFY(QTest::qWaitFor([&] { return !document.isSearching(); }, 30000));
            const auto edit = [&](double users) {
                document.edit(QStringLiteral("users"), QStringLiteral("Users"),
                              [users](Project& project) { project.requirements.users = users; });
            };
            edit(cycle + 10);
            document.undoStack()->undo();
            document.undoStack()->redo();
            QVERIFY(document.saveAs(path));
            QVERIFY(workspace.quit());
            QVERIFY(QTest::qWaitFor([&] { return workspace.windows().empty(); }));
            // What Qt, fonts and pools keep is there after the first tenth.
            if (cycle == cycles / 10)
                early = residentMegabytes();
        }
        const double late = residentMegabytes();
        const double perCycle = (late - early) / (cycles - cycles / 10) * 1024;
        qInfo("%d cycles: %.1f MB after a tenth, %.1f MB at the end, %.1f KB per cycle", cycles,
              early, late, perCycle);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(perCycle < 60, "every life of a document leaves memory behind");
#endif
    }
};

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
