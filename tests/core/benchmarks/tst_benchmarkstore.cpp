// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/database.h>
#include <core/benchmarks/store.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>

using namespace llmd;
using namespace llmd::testing;

namespace {

using Outcome = SavedReport::Outcome;

/** Saves generated reports until it is killed or has written `count`. Runs in a child process. */
[[noreturn]] void writeReports(const std::filesystem::path& path, int first, int count)
{
    auto store = BenchmarkStore::open(path);
    if (!store)
        ::_exit(2);
    for (int i = first; i < first + count; ++i) {
        const auto text = generatedReport(i);
        if (!store->save(reportFile(text, "report-" + std::to_string(i) + ".json")))
            ::_exit(3);
    }
    ::_exit(0);
}

int statusOf(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

/** Every file in the store is whole: its text is there and gives the very records that are stored. */
std::string firstHalfFile(BenchmarkStore& store)
{
    const auto documents = store.documents();
    if (!documents)
        return describe(documents.error());
    RecordFilter everything;
    everything.superseded = true;
    const auto records = store.load(everything);
    if (!records)
        return describe(records.error());
    std::map<std::int64_t, std::vector<BenchmarkRecord>> byDocument;
    for (const auto& stored : *records)
        byDocument[stored.documentId].push_back(stored.record);
    for (const auto& document : *documents) {
        const auto text = store.rawText(document.id);
        if (!text)
            return describe(text.error());
        if (readReport(*text, document.file).value.records != byDocument[document.id])
            return document.file + " differs";
    }
    return {};
}

} // namespace

class TestBenchmarkStore : public QObject
{
    Q_OBJECT

private slots:
    void everySampleComesBackAsItWentIn()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "a" / "store.db");
        VERIFY_OK(store);
        RecordFilter all;
        all.superseded = true;
        std::size_t expected = 0;
        for (const auto& path : sampleFiles()) {
            const auto text = readFile(path);
            VERIFY_OK(text);
            const auto file = reportFile(*text, path.filename().string());
            const auto saved = store->save(file);
            VERIFY_OK(saved);
            QVERIFY2(saved->outcome == Outcome::Added, path.c_str());
            QCOMPARE(*store->rawText(saved->documentId), *text);
            expected += file.document.records.size();
            all.ids = saved->recordIds;
            const auto loaded = store->load(all);
            VERIFY_OK(loaded);
            QCOMPARE(all.ids.empty() ? std::size_t(0) : loaded->size(),
                     file.document.records.size());
            for (std::size_t i = 0; i < file.document.records.size(); ++i) {
                QVERIFY2((*loaded)[i].record == file.document.records[i], path.c_str());
                QCOMPARE((*loaded)[i].format, file.document.format);
            }
        }
        all.ids.clear();
        QCOMPARE(*store->count(all), static_cast<std::int64_t>(expected));
        QVERIFY(store->checkIntegrity()->empty());
        QVERIFY(firstHalfFile(*store).empty());
        const auto documents = store->documents();
        VERIFY_OK(documents);
        const auto nop = std::find_if(documents->begin(), documents->end(),
                                      [](const auto& d) { return d.format == "nop"; });
        QVERIFY(nop != documents->end());
        QCOMPARE(nop->facts.back(), (BenchmarkFact { "start to ready", 60.5, "s" }));
        QCOMPARE(nop->issues.size(), std::size_t(1));
    }

    void equalContentIsStoredOnce()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto yaml = sample("br02_seconds.yaml");
        QVERIFY(store->save(reportFile(yaml, "a.yaml"))->outcome == Outcome::Added);
        QVERIFY(store->save(reportFile(yaml, "renamed.yaml"))->outcome == Outcome::AlreadyThere);
        // Converting a run again gives it another random uid.
        auto again = yaml;
        again.replace(again.find("11111111"), 8, "99999999");
        QVERIFY(store->save(reportFile(again, "again.yaml"))->outcome == Outcome::AlreadyThere);
        auto other = yaml;
        other.replace(other.find("experiment-1"), 12, "experiment-2");
        QVERIFY(store->save(reportFile(other, "other.yaml"))->outcome == Outcome::Added);
    }

    void theFullestReportOfAMeasurementStandsForTheOthers()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto native = sample("run/stage_0_lifecycle_metrics.json");
        const auto report = sample("br02_seconds.yaml");
        const auto nativeId =
            store->save(reportFile(native, "stage_0_lifecycle_metrics.json"))->recordIds.at(0);
        QCOMPARE(*store->count(), std::int64_t(1));
        const auto reportId = store->save(reportFile(report, "report.yaml"))->recordIds.at(0);
        auto rows = store->list();
        VERIFY_OK(rows);
        QCOMPARE(rows->size(), std::size_t(1));
        QCOMPARE(rows->front().id, reportId);
        RecordFilter all;
        all.superseded = true;
        rows = store->list(all);
        QCOMPARE(rows->size(), std::size_t(2));
        QCOMPARE(rows->front().supersededBy, std::optional(reportId));
        // Without the fuller one, the other is there again.
        QCOMPARE(*store->remove({ reportId }), std::int64_t(1));
        rows = store->list();
        QCOMPARE(rows->size(), std::size_t(1));
        QCOMPARE(rows->front().id, nativeId);
        QCOMPARE(*store->restore({ reportId }), std::int64_t(1));
        QCOMPARE(store->list()->front().id, reportId);
    }

    void removingCanBeUndoneUntilThePurge()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto text = sample("guidellm_schema2.json");
        const auto ids = store->save(reportFile(text, "g.json"))->recordIds;
        QCOMPARE(ids.size(), std::size_t(2));
        const auto before = *store->load();
        QCOMPARE(*store->remove({ ids[0], ids[0], 9999 }), std::int64_t(1));
        QCOMPARE(*store->count(), std::int64_t(1));
        RecordFilter removed;
        removed.removed = true;
        QCOMPARE(store->list(removed)->front().id, ids[0]);
        QCOMPARE(*store->restore(ids), std::int64_t(1));
        QVERIFY((*store->load())[0].record == before[0].record);

        QCOMPARE(*store->remove(ids), std::int64_t(2));
        // Importing the same file again is another way of wanting it back.
        QVERIFY(store->save(reportFile(text, "g.json"))->outcome == Outcome::Restored);
        QCOMPARE(*store->count(), std::int64_t(2));
        QCOMPARE(*store->remove({ ids[1] }), std::int64_t(1));
        QCOMPARE(*store->purge(), std::int64_t(1));
        QCOMPARE(store->documents()->size(), std::size_t(1));
        QCOMPARE(*store->restore({ ids[1] }), std::int64_t(0));
        QCOMPARE(*store->remove({ ids[0] }), std::int64_t(1));
        QCOMPARE(*store->purge(), std::int64_t(1));
        QCOMPARE(store->documents()->size(), std::size_t(0));
        QVERIFY(store->checkIntegrity()->empty());
        QVERIFY(store->save(reportFile(text, "g.json"))->recordIds.at(0) > ids[1]);
    }

    void whatAPersonAddsIsMarked()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto text = sample("guidellm_schema2.json");
        const auto ids = store->save(reportFile(text, "g.json"))->recordIds;
        const ManualFields fields { "other/Model", "fp8", "H100", 2, "0.19.0" };
        QCOMPARE(*store->annotate({ ids[0] }, fields), std::int64_t(1));
        const auto rows = *store->list();
        QVERIFY(rows[0].byHand && !rows[1].byHand);
        QCOMPARE(rows[0].gpu, std::string("H100"));
        QCOMPARE(rows[0].gpus, std::optional(2));
        QCOMPARE(rows[0].engineVersion, std::string("0.19.0"));
        // The report says which model it was.
        QCOMPARE(rows[0].model, std::string("example/Tiny-8B"));
        const auto record = store->load()->front().record;
        QVERIFY(record.origin("gpu") == Origin::ByHand && record.origin("model") == Origin::Report);
        // A slip can be mended.
        QCOMPARE(*store->annotate({ ids[0] }, { .gpu = "H200", .engineVersion = "0.19.1" }),
                 std::int64_t(1));
        QCOMPARE(store->list()->front().gpu, std::string("H200"));
        QCOMPARE(store->list()->front().engineVersion, std::string("0.19.1"));
        QCOMPARE(*store->annotate({ ids[0] }, { .gpu = "H200" }), std::int64_t(0));
        QCOMPARE(*store->annotate({}, fields), std::int64_t(0));
    }

    void filtersFindWhatTheySay()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        for (int i = 0; i < 120; ++i) {
            const auto text = generatedReport(i);
            QVERIFY(isOk(store->save(reportFile(text, "r" + std::to_string(i) + ".json",
                                                i < 60 ? "first_run" : "other"))));
        }
        const auto count = [&](const RecordFilter& filter) { return *store->count(filter); };
        QCOMPARE(count({}), std::int64_t(120));
        QCOMPARE(count({ .gpu = "l40s" }), std::int64_t(40));
        QCOMPARE(count({ .model = "MODEL-7" }), std::int64_t(3));
        QCOMPARE(count({ .tool = "vllm-benchmark" }), std::int64_t(120));
        QCOMPARE(count({ .tool = "vllm" }), std::int64_t(0));
        QCOMPARE(count({ .format = "vllm-bench-serve", .text = "first_run" }), std::int64_t(60));
        QCOMPARE(count({ .text = "first%run" }), std::int64_t(0)); // no pattern, but this very text
        QCOMPARE(count({ .text = "firstXrun" }), std::int64_t(0));
        const auto page = store->list({ .limit = 10, .offset = 115 });
        QCOMPARE(page->size(), std::size_t(5));
        QCOMPARE(page->front().id, std::int64_t(116));
        QCOMPARE(store->models()->size(), std::size_t(40));
        QCOMPARE(*store->gpus(), (std::vector<std::string> { "H100", "L40S" }));
    }

    void keysSortLikeTheRowsThatTheyStandFor()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        for (const auto& path : sampleFiles()) {
            const auto text = readFile(path).value();
            QVERIFY(isOk(store->save(reportFile(text, path.filename().string()))));
        }
        for (int i = 0; i < 40; ++i) {
            const auto text = generatedReport((i * 17) % 40);
            QVERIFY(isOk(store->save(reportFile(text, std::to_string(i) + ".json"))));
        }
        RecordFilter filter;
        filter.superseded = true;
        for (int order = 0; order <= static_cast<int>(RecordOrder::File); ++order) {
            const auto by = static_cast<RecordOrder>(order);
            auto keys = store->keys(filter, by);
            VERIFY_OK(keys);
            // The same from rows that were read: the store and the program have one idea of each value.
            std::vector<RecordKey> expected;
            const auto rows = store->list(filter);
            VERIFY_OK(rows);
            for (const auto& row : *rows)
                expected.push_back(keyOf(row, by));
            for (const bool descending : { false, true }) {
                sortKeys(*keys, descending);
                sortKeys(expected, descending);
                QCOMPARE(keys->size(), expected.size());
                for (std::size_t i = 0; i < expected.size(); ++i) {
                    QVERIFY2((*keys)[i].id == expected[i].id, std::to_string(order).c_str());
                    QVERIFY((*keys)[i].missing == expected[i].missing);
                    QVERIFY(i == 0 || !(*keys)[i - 1].missing || (*keys)[i].missing);
                }
            }
        }
        filter.text = "model-17";
        QCOMPARE(store->keys(filter, RecordOrder::Ttft).value().size(), std::size_t(1));
        RunContext stopped;
        std::stop_source stop;
        stop.request_stop();
        stopped.stop = stop.get_token();
        VERIFY_ERROR(store->keys({}, RecordOrder::Ttft, stopped), "stopped");
    }

    void hostileTextIsOnlyText()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const std::string evil = "x'); DROP TABLE record; --";
        auto text = generatedReport(1);
        text.replace(text.find("example/Model-1"), 15, evil);
        QVERIFY(isOk(store->save(reportFile(text, evil, evil))));
        QCOMPARE(store->list({ .model = evil })->size(), std::size_t(1));
        QCOMPARE(store->list({ .gpu = "' OR 1=1 --" })->size(), std::size_t(0));
        QCOMPARE(*store->annotate({ 1 }, { .precision = evil }), std::int64_t(1));
        QCOMPARE(store->list()->front().precision, evil);
        QCOMPARE(store->list()->front().folder, evil);
        QVERIFY(store->checkIntegrity()->empty());
    }

    void exportAndMergeCarryEverything()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        for (const auto& path : sampleFiles()) {
            const auto text = readFile(path);
            QVERIFY(isOk(store->save(reportFile(*text, path.filename().string()))));
        }
        QVERIFY(isOk(store->annotate({ 1, 2, 3 }, { .precision = "fp8" })));
        writeText(folder / "export.db", "something that was there before");
        QVERIFY(isOk(store->exportTo(folder / "export.db")));
        QVERIFY(isSqliteFile(folder / "export.db"));

        auto copy = BenchmarkStore::open(folder / "copy.db");
        VERIFY_OK(copy);
        RunContext context;
        auto counts = copy->merge(folder / "export.db", context);
        VERIFY_OK(counts);
        QCOMPARE(counts->added, store->documents()->size());
        RecordFilter all;
        all.superseded = true;
        const auto before = *store->load(all);
        const auto after = *copy->load(all);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY2(after[i].record == before[i].record, before[i].file.c_str());
        counts = copy->merge(folder / "export.db", context);
        QCOMPARE(counts->added, std::size_t(0));
        QCOMPARE(counts->alreadyThere, store->documents()->size());

        std::stop_source stop;
        stop.request_stop();
        context.stop = stop.get_token();
        auto third = BenchmarkStore::open(folder / "third.db");
        counts = third->merge(folder / "export.db", context);
        QVERIFY(counts->cancelled && counts->added == 0);
        QVERIFY(!store->exportTo(folder / "missing" / "export.db"));
    }

    void otherFilesAreRefused()
    {
        const TemporaryFolder folder;
        writeText(folder / "text.db", std::string(5000, 'x'));
        VERIFY_ERROR(BenchmarkStore::open(folder / "text.db"), "no SQLite file");
        QCOMPARE(*readFile(folder / "text.db"), std::string(5000, 'x'));
        {
            auto other = Database::open(folder / "other.db", Database::Mode::ReadWrite);
            VERIFY_OK(other);
            QVERIFY(isOk(other->execute("CREATE TABLE bookmark (x); PRAGMA user_version = 1")));
        }
        VERIFY_ERROR(BenchmarkStore::open(folder / "other.db"), "another program");
        VERIFY_ERROR(BenchmarkStore::open({}), "empty");
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        RunContext context;
        QVERIFY(!store->merge(folder / "other.db", context));
        QVERIFY(!store->merge(folder / "missing.db", context));
        QVERIFY(!std::filesystem::exists(folder / "missing.db"));
    }

    void aDamagedStoreIsFoundOut()
    {
        const TemporaryFolder folder;
        {
            auto store = BenchmarkStore::open(folder / "store.db");
            for (int i = 0; i < 200; ++i) {
                const auto text = generatedReport(i);
                QVERIFY(isOk(store->save(reportFile(text, "r.json"))));
            }
            QVERIFY(isOk(store->exportTo(folder / "damaged.db")));
        }
        auto bytes = *readFile(folder / "damaged.db");
        QVERIFY(bytes.size() > 100'000);
        for (std::size_t at = 40'000; at < 60'000; ++at)
            bytes[at] = '\x55';
        writeText(folder / "damaged.db", bytes);
        auto store = BenchmarkStore::open(folder / "damaged.db");
        QVERIFY(!store || !store->checkIntegrity() || !store->checkIntegrity()->empty());
        auto sound = BenchmarkStore::open(folder / "sound.db");
        RunContext context;
        VERIFY_ERROR(sound->merge(folder / "damaged.db", context), "damaged");
        QCOMPARE(*sound->count(), std::int64_t(0));
    }

    void olderSchemasAreBroughtUpToDate()
    {
        const TemporaryFolder folder;
        const auto path = folder / "store.db";
        const auto text = generatedReport(1);
        {
            auto store = BenchmarkStore::open(path);
            VERIFY_OK(store);
            QCOMPARE(store->schemaVersion(), 2);
            QVERIFY(isOk(store->save(reportFile(text, "r.json"))));
        }
        auto migrations = storeMigrations();
        migrations.push_back(
            { "ALTER TABLE document ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';"
              "CREATE INDEX document_colour ON document (colour);" });
        // A step that fails leaves the file as it was.
        auto failing = migrations;
        failing.push_back(
            { "ALTER TABLE document ADD COLUMN size INTEGER; UPDATE nowhere SET x = 1" });
        VERIFY_ERROR(BenchmarkStore::open(path, { &failing }),
                     "bringing the store from version 3 to 4");
        {
            auto store = BenchmarkStore::open(path);
            VERIFY_OK(store);
            QCOMPARE(*store->count(), std::int64_t(1));
        }
        {
            auto store = BenchmarkStore::open(path, { &migrations });
            VERIFY_OK(store);
            QCOMPARE(store->schemaVersion(), 3);
            QCOMPARE(store->load()->front().record,
                     readReport(text, "r.json").value.records.front());
            QVERIFY(store->save(reportFile(text, "r.json"))->outcome == Outcome::AlreadyThere);
            const auto next = generatedReport(2);
            QVERIFY(store->save(reportFile(next, "r.json"))->outcome == Outcome::Added);
            auto database = Database::open(path, Database::Mode::ReadOnly);
            QCOMPARE(*database->integer("SELECT count(*) FROM document WHERE colour = 'blue'"),
                     std::int64_t(2));
        }
        VERIFY_ERROR(BenchmarkStore::open(path), "later version");
    }

    void killedWhileWriting()
    {
        const TemporaryFolder folder;
        const auto path = folder / "store.db";
        std::mt19937 random(7);
        const int rounds = qEnvironmentVariableIsSet("LLMD_KILL_ROUNDS")
            ? qEnvironmentVariableIntValue("LLMD_KILL_ROUNDS")
            : 25;
        int killed = 0;
        std::int64_t before = 0;
        for (int round = 0; round < rounds; ++round) {
            const pid_t child = ::fork();
            QVERIFY(child >= 0);
            if (child == 0)
                writeReports(path, round * 100'000, 100'000);
            ::usleep(static_cast<useconds_t>(2'000 + random() % 60'000));
            ::kill(child, SIGKILL);
            killed += WIFSIGNALED(statusOf(child)) ? 1 : 0;
            auto store = BenchmarkStore::open(path);
            VERIFY_OK(store);
            const auto findings = store->checkIntegrity();
            VERIFY_OK(findings);
            QVERIFY2(findings->empty(), findings->empty() ? "" : findings->front().c_str());
            const auto count = *store->count();
            QVERIFY(count >= before);
            before = count;
        }
        QCOMPARE(killed, rounds);
        auto store = BenchmarkStore::open(path);
        const auto half = firstHalfFile(*store);
        QVERIFY2(half.empty(), half.c_str());
        QVERIFY2(before > rounds, "nothing was being written");
        qInfo("%d rounds, %lld files", rounds, static_cast<long long>(before));
    }

    void twoProgramsAtOnce()
    {
        const TemporaryFolder folder;
        const auto path = folder / "store.db";
        constexpr int each = 300;
        // The ranges overlap by half; both also create the file at the same moment.
        const pid_t one = ::fork();
        if (one == 0)
            writeReports(path, 0, each);
        const pid_t two = ::fork();
        if (two == 0)
            writeReports(path, each / 2, each);
        const int first = statusOf(one);
        const int second = statusOf(two);
        QVERIFY(WIFEXITED(first) && WEXITSTATUS(first) == 0);
        QVERIFY(WIFEXITED(second) && WEXITSTATUS(second) == 0);
        auto store = BenchmarkStore::open(path);
        VERIFY_OK(store);
        QCOMPARE(*store->count(), std::int64_t(each + each / 2));
        QVERIFY(store->checkIntegrity()->empty());
        QVERIFY(firstHalfFile(*store).empty());
    }

    void aReaderSeesWhatAnotherProgramWrote()
    {
        const TemporaryFolder folder;
        auto reader = BenchmarkStore::open(folder / "store.db");
        auto writer = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(reader);
        VERIFY_OK(writer);
        QCOMPARE(*reader->count(), std::int64_t(0));
        const auto text = generatedReport(5);
        QVERIFY(isOk(writer->save(reportFile(text, "r.json"))));
        QCOMPARE(*reader->count(), std::int64_t(1));
        QCOMPARE(*reader->remove({ 1 }), std::int64_t(1));
        QCOMPARE(*writer->count(), std::int64_t(0));
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkStore)
#include "tst_benchmarkstore.moc"
