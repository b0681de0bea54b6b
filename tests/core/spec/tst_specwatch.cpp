// SPDX-License-Identifier: Apache-2.0
#include "specfixture.h"

#include <core/base/filewatcher.h>
#include <core/spec/specwatch.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <fstream>
#include <thread>

using namespace llmd;
using namespace llmd::testing;
using namespace std::chrono_literals;

/** With real files. */
class TestSpecWatch : public QObject
{
    Q_OBJECT

    static void write(const std::filesystem::path& path, const std::string& text)
    {
        std::ofstream(path) << text;
    }

private slots:
    void changesOfAFile()
    {
        TemporaryFolder folder;
        const auto path = folder / "a.yaml";
        write(path, "one");
        FileWatcher watcher(path, { .interval = 5ms, .settle = 60ms });
        std::stop_source stop;
        QCOMPARE(watcher.next(stop.get_token()).value(), std::string("one"));

        // Touched, taken back and written in pieces: one change, the settled one.
        std::jthread writer([&] {
            write(path, "one");
            std::this_thread::sleep_for(20ms);
            write(path, "t");
            std::this_thread::sleep_for(20ms);
            write(path, "tw");
            std::this_thread::sleep_for(20ms);
            write(path, "two");
        });
        QCOMPARE(watcher.next(stop.get_token()).value(), std::string("two"));
        writer.join();

        // Editors replace files; for a moment there is none.
        std::jthread replacer([&] {
            std::filesystem::remove(path);
            std::this_thread::sleep_for(100ms);
            write(folder / "b.yaml", "three");
            std::filesystem::rename(folder / "b.yaml", path);
        });
        QCOMPARE(watcher.next(stop.get_token()).value(), std::string("three"));

        std::jthread stopper([&] {
            std::this_thread::sleep_for(50ms);
            stop.request_stop();
        });
        QVERIFY(!watcher.next(stop.get_token()));
    }

    void keepsTheLastGoodPlan()
    {
        SpecFixture fixture;
        TemporaryFolder folder;
        const auto out = folder / "out";
        SpecWatch watch(out, {});
        const auto take = [&](const std::string& text) {
            auto event = watch.take(text, "spec.yaml", fixture.catalog(), fixture.planner());
            return event ? *event : WatchEvent {};
        };
        const WatchEvent first = take(specText("minimal"));
        QVERIFY(first.applied);
        QVERIFY(!first.diff);
        const auto planText = readFile(out / executionPlanFile);
        VERIFY_OK(planText);

        for (const std::string& bad :
             { std::string("a: [1"), std::string(), with(specText("minimal"), "ttftP99", "ttftP9"),
               with(specText("minimal"), "ttftP99: 200ms", "ttftP99: 1ms"),
               specText("minimal") + "---\n" + specText("batch") }) {
            const WatchEvent event = take(bad);
            QVERIFY(!event.applied);
            QVERIFY(event.error || hasErrors(event.findings));
            QCOMPARE(readFile(out / executionPlanFile).value(), *planText);
        }

        const WatchEvent next = take(
            with(specText("minimal"), "minTokensPerSecond: 5000", "minTokensPerSecond: 10000"));
        QVERIFY(next.applied);
        QVERIFY(next.diff && next.diff->level == ReloadLevel::Live);
        QVERIFY(next.contentHash != first.contentHash);
        QVERIFY(readFile(out / executionPlanFile).value() != *planText);
        // What was there before can be rolled back to.
        QCOMPARE(readFile(out / previousExport / executionPlanFile).value(), *planText);
        QVERIFY(readFile(out / previousExport / "manifests/10-model-server.yaml").has_value());

        // A second run starts from what the first one left.
        SpecWatch again(out, {});
        QVERIFY(again.lastGood().has_value());
        QVERIFY(again.lastGood()->sameDecisions(*watch.lastGood()));

        // What cannot be written leaves the plan as it was too.
        std::filesystem::remove_all(out);
        write(out, "a file in the way");
        const WatchEvent blocked = take(specText("minimal"));
        QVERIFY(!blocked.applied);
        QVERIFY(blocked.error.has_value());
    }
};

QTEST_APPLESS_MAIN(TestSpecWatch)
#include "tst_specwatch.moc"
