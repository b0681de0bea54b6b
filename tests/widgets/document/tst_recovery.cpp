// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/widgetfixture.h>
#include <widgets/document/filewatch.h>
#include <widgets/document/recovery.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace llmd;
using namespace std::chrono_literals;

namespace {

void rename(Document& document, const char* title)
{
    document.edit(QStringLiteral("title"), QStringLiteral("Rename"),
                  [title](Project& project) { project.requirements.title = title; });
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files);
}

} // namespace

/** Unsaved work survives, in a file of its own; changes from outside are noticed, our own saves are not. */
class TestRecovery : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void theDelayKeepsItsPromise() { QVERIFY(Recovery::delay <= 30s); }

    void unsavedWorkIsKeptAndFoundAfterACrash()
    {
        testing::Workbench bench;
        const QString folder = bench.folder.filePath(QStringLiteral("recovery"));
        const QString path = bench.folder.filePath(QStringLiteral("mine.llmdplan"));
        QVERIFY(bench.document.saveAs(path));
        Recovery recovery(bench.document, folder, 20ms);
        QSignalSpy written(&recovery, &Recovery::written);
        rename(bench.document, "Precious");
        QVERIFY(written.wait());
        // Never over the user's file.
        const auto onDisk = readProject(path.toStdString());
        QVERIFY(onDisk);
        QCOMPARE(onDisk->value.requirements.title, std::string("Support assistant"));
        // While its owner lives, nobody takes it.
        QVERIFY(Recovery::leftBehind(folder).value.empty());
        // What a crash leaves is the file without a living owner of the lock.
        const QString crashed = bench.folder.filePath(QStringLiteral("crashed"));
        QVERIFY(QDir().mkpath(crashed));
        QVERIFY(QFile::copy(recovery.file(), crashed + QStringLiteral("/a.recovery")));
        const auto found = Recovery::leftBehind(crashed);
        QVERIFY(found.issues.empty());
        QCOMPARE(found.value.size(), std::size_t(1));
        const RescuedPlan& plan = found.value.front();
        QCOMPARE(plan.name, QStringLiteral("Precious"));
        QCOMPARE(plan.originalPath, path);
        QVERIFY(qAbs(plan.time.secsTo(QDateTime::currentDateTime())) < 60);
        QVERIFY(plan.project == bench.document.project());

        testing::Workbench after;
        after.document.restore(plan.project, plan.originalPath);
        QVERIFY(after.document.isModified());
        QCOMPARE(after.document.filePath(), path);
        Recovery::discard(plan);
        QVERIFY(Recovery::leftBehind(crashed).value.empty());
    }

    void constantEditingDoesNotPutItOff()
    {
        testing::Workbench bench;
        Recovery recovery(bench.document, bench.folder.filePath(QStringLiteral("r")), 200ms);
        QSignalSpy written(&recovery, &Recovery::written);
        QElapsedTimer time;
        time.start();
        for (int i = 0; written.isEmpty() && time.elapsed() < 5000; ++i) {
            rename(bench.document, qPrintable(QString::number(i)));
            QTest::qWait(20);
        }
        QVERIFY2(time.elapsed() < 3000, qPrintable(QString::number(time.elapsed())));
    }

    void savingAndClosingLeaveNothing()
    {
        testing::Workbench bench;
        const QString folder = bench.folder.filePath(QStringLiteral("recovery"));
        {
            Recovery recovery(bench.document, folder, 10ms);
            QSignalSpy written(&recovery, &Recovery::written);
            rename(bench.document, "One");
            QVERIFY(written.wait());
            QVERIFY(QFile::exists(recovery.file()));
            QVERIFY(bench.document.saveAs(bench.folder.filePath(QStringLiteral("p.llmdplan"))));
            QVERIFY(!QFile::exists(recovery.file()));
            rename(bench.document, "Two");
            QVERIFY(written.wait());
        }
        QCOMPARE(filesIn(folder), QStringList());
    }

    void badRecoveryFilesAreNamedAndLeftAlone()
    {
        const QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("empty.recovery")), {});
        write(folder.filePath(QStringLiteral("text.recovery")), "not json \xff");
        write(folder.filePath(QStringLiteral("plan.recovery")), "{\"format\":1,\"plan\":\"{\"}");
        write(folder.filePath(QStringLiteral("other.recovery")), "{\"format\":9}");
        const auto found = Recovery::leftBehind(folder.path());
        QVERIFY(found.value.empty());
        QCOMPARE(found.issues.size(), std::size_t(4));
        for (const Issue& issue : found.issues)
            QVERIFY(issue.where && !issue.where->file.empty());
        QCOMPARE(filesIn(folder.path()).size(), 4);
        QVERIFY(Recovery::leftBehind(folder.filePath(QStringLiteral("none"))).value.empty());
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        testing::Workbench bench;
        const QString blocked = bench.folder.filePath(QStringLiteral("file"));
        write(blocked, "x");
        Recovery recovery(bench.document, blocked + QStringLiteral("/below"), 10ms);
        QSignalSpy failed(&recovery, &Recovery::failed);
        rename(bench.document, "Kept in memory only");
        QVERIFY(failed.wait());
    }

    void changesFromOutsideAreNoticed()
    {
        testing::Workbench bench;
        const QString path = bench.folder.filePath(QStringLiteral("plan.llmdplan"));
        QVERIFY(bench.document.saveAs(path));
        FileWatch watch(bench.document);
        QSignalSpy changed(&watch, &FileWatch::changedOnDisk);
        QSignalSpy same(&watch, &FileWatch::sameAgain);
        QSignalSpy removed(&watch, &FileWatch::removedFromDisk);

        // Our own save, a neighbour and another formatting are no news.
        rename(bench.document, "Saved here");
        QVERIFY(bench.document.saveAs(path));
        write(bench.folder.filePath(QStringLiteral("neighbour.txt")), "x");
        write(path, QByteArray::fromStdString(printProject(bench.document.project())) + "\n\n");
        QTest::qWait(800);
        QCOMPARE(changed.count(), 0);

        Project other = bench.document.project();
        other.requirements.title = "Written elsewhere";
        QVERIFY(writeProject(other, path.toStdString())); // replaces the file
        QVERIFY(changed.wait());
        QVERIFY(bench.document.open(path));
        QCOMPARE(bench.document.displayName(), QStringLiteral("Written elsewhere"));

        // The file that took its place is watched too.
        other.requirements.title = "And again";
        QVERIFY(writeProject(other, path.toStdString()));
        QVERIFY(changed.wait());
        QVERIFY(bench.document.saveAs(path)); // ours wins
        QVERIFY(!same.isEmpty());

        QTest::qWait(500);
        QVERIFY(QFile::remove(path));
        QVERIFY(removed.wait());
    }

    void anotherFileIsFollowed()
    {
        testing::Workbench bench;
        const QString first = bench.folder.filePath(QStringLiteral("a.llmdplan"));
        const QString second = bench.folder.filePath(QStringLiteral("b.llmdplan"));
        QVERIFY(bench.document.saveAs(first));
        FileWatch watch(bench.document);
        QVERIFY(bench.document.saveAs(second));
        QSignalSpy changed(&watch, &FileWatch::changedOnDisk);
        write(first, "{}");
        QTest::qWait(700);
        QCOMPARE(changed.count(), 0);
        write(second, "{}"); // unreadable is another content too
        QVERIFY(changed.wait());
    }
};

QTEST_MAIN(TestRecovery)
#include "tst_recovery.moc"
