// SPDX-License-Identifier: Apache-2.0
#include <core/base/yamlreader.h>
#include <core/sweep/sweepexport.h>
#include <core/sweep/sweepfile.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>

using namespace llmd;

namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

std::string documentOf(const Requirements& need, std::shared_ptr<const Catalog> catalog,
                       const Shard& shard, unsigned threads = 2)
{
    const test::FakeEngine engine;
    RunContext context;
    context.threads = threads;
    const auto report = searchShard({ need, {} }, shard, std::move(catalog), engine, context);
    return sweepDocument(*report, shard, need, "fake").value();
}

Texts shardsOf(const Requirements& need, const std::shared_ptr<const Catalog>& catalog,
               std::size_t count)
{
    Texts texts;
    for (std::size_t i = 0; i < count; ++i)
        texts.emplace_back("shard-" + std::to_string(i), documentOf(need, catalog, { i, count }));
    return texts;
}

Requirements chatNeed()
{
    Requirements need;
    need.users = 20'000;
    return need;
}

} // namespace

class TestSweep : public QObject
{
    Q_OBJECT

private slots:
    void shardsJoinToTheBytesOfOneRun()
    {
        const auto catalog = test::smallCatalog();
        std::mt19937 random(2);
        Requirements tight = chatNeed();
        tight.ttft = LatencyTarget { 95, milliseconds(90) };
        tight.maxGpus = 6;
        Requirements impossible = chatNeed();
        impossible.itl = LatencyTarget { 95, milliseconds(0.1) };
        for (const Requirements& need : { chatNeed(), tight, impossible }) {
            const std::string whole = documentOf(need, catalog, {}, 1);
            QCOMPARE(QString::fromStdString(documentOf(need, catalog, {}, 4)),
                     QString::fromStdString(whole));
            for (const std::size_t count : { 1, 2, 3, 5, 40 }) { // 40: more than there are units
                Texts texts = shardsOf(need, catalog, count);
                std::shuffle(texts.begin(), texts.end(), random);
                const auto merged = mergeSweeps(texts, *catalog);
                QVERIFY2(merged, merged ? "" : describe(merged.error()).c_str());
                QVERIFY2(*merged == whole, testing::firstDifference(*merged, whole).c_str());
            }
        }
    }

    void opensAsAPlan()
    {
        const auto catalog = test::smallCatalog();
        const Requirements need = chatNeed();
        const std::string whole = documentOf(need, catalog, {});
        const auto opened = projectOfSweep("all.json", whole, *catalog);
        QVERIFY2(opened, opened ? "" : describe(opened.error()).c_str());
        QVERIFY(opened->value.requirements == need);
        QCOMPARE(opened->value.engine, std::string("fake"));
        const auto document = nlohmann::json::parse(whole);
        QVERIFY(!opened->value.shortlist.empty());
        QCOMPARE(opened->value.shortlist.front(),
                 document["views"]["balanced"][0].get<std::string>());
        QVERIFY(opened->issues.empty());
        // Another catalog is said, a part is refused, and so is any other JSON.
        Catalog other = *catalog;
        other.models.pop_back();
        QCOMPARE(projectOfSweep("all.json", whole, other)->issues.size(), std::size_t(1));
        const auto part = projectOfSweep("p.json", documentOf(need, catalog, { 0, 2 }), *catalog);
        QVERIFY(!part && part.error().detail.find("part 1 of 2") != std::string::npos);
        QVERIFY(!projectOfSweep("x.json", "{}", *catalog));
    }

    void agreesWithTheSearch()
    {
        const auto catalog = test::smallCatalog();
        const test::FakeEngine engine;
        RunContext context;
        const auto report = search({ chatNeed(), {} }, catalog, engine, context).value();
        const auto json = nlohmann::json::parse(documentOf(chatNeed(), catalog, {}));
        QCOMPARE(json["searched"].get<std::uint64_t>(), report->searched);
        QCOMPARE(json["options"].size(), report->options.size());
        for (std::size_t i = 0; i < report->options.size(); ++i)
            QCOMPARE(json["options"][i]["id"].get<std::string>(), report->options[i].id);
        QCOMPARE(json["pareto"].size(), report->pareto.size());
        for (std::size_t i = 0; i < report->pareto.size(); ++i)
            QCOMPARE(json["pareto"][i].get<std::string>(), report->options[report->pareto[i]].id);
        QCOMPARE(json["refusals"].size(), report->refusals.size());
        for (const Refusal& refusal : report->refusals) {
            const auto& all = json["refusals"];
            QVERIFY(std::any_of(all.begin(), all.end(), [&](const auto& each) {
                return each["constraint"] == std::string(toString(refusal.constraint))
                    && each["count"] == refusal.count && each["nearest"] == refusal.nearest;
            }));
        }
        QVERIFY(!json["views"]["balanced"].empty());
    }

    void refusesWhatDoesNotBelongTogether()
    {
        const auto catalog = test::smallCatalog();
        const Texts shards = shardsOf(chatNeed(), catalog, 3);
        const auto fails = [&](const Texts& texts, const char* why) {
            const auto merged = mergeSweeps(texts, *catalog);
            return !merged && QString::fromStdString(describe(merged.error())).contains(why);
        };
        QVERIFY(fails({}, "nothing"));
        QVERIFY(fails({ shards[0], shards[2] }, "missing: 2"));
        QVERIFY(fails({ shards[0], shards[1], shards[1], shards[2] }, "twice"));
        Requirements other = chatNeed();
        other.users = 21'000;
        Texts mixed = shards;
        mixed[1] = shardsOf(other, catalog, 3)[1];
        QVERIFY(fails(mixed, "need"));
        mixed[1] = shardsOf(chatNeed(), catalog, 4)[1];
        QVERIFY(fails(mixed, "one of 4"));
        auto dearer = test::smallCatalog();
        dearer->priceLists[0].perGpu["big"] = dollarsPerHour(3);
        const auto elsewhere = mergeSweeps(shards, *dearer);
        QVERIFY(!elsewhere && elsewhere.error().detail.find("catalog") != std::string::npos);
        mixed = shards;
        auto stopped = nlohmann::json::parse(mixed[0].second);
        stopped["cancelled"] = true;
        mixed[0].second = stopped.dump();
        QVERIFY(fails(mixed, "stopped"));
        const test::FakeEngine engine;
        RunContext context;
        QVERIFY(!searchShard({ chatNeed(), {} }, { 3, 3 }, catalog, engine, context));
        QVERIFY(!searchShard({ chatNeed(), {} }, { 0, 0 }, catalog, engine, context));
    }

    void survivesDamage()
    {
        const auto catalog = test::smallCatalog();
        Requirements need = chatNeed();
        need.models = { "acme/small-8b" };
        need.gpusIncluded = { "big" };
        need.maxGpus = 4;
        const std::string sample = documentOf(need, catalog, {});
        testing::Mutator mutator({ sample.substr(0, 19'000), sample },
                                 { "{", "}", "[", "]", "null", "-1", "1e999", "\"\"", "true", "0.5",
                                   "\"index\"", "18446744073709551615" });
        for (int i = 0; i < 3000; ++i) {
            const Texts texts { { "damaged", mutator.next() } };
            const auto merged = mergeSweeps(texts, *catalog);
            if (!merged)
                QVERIFY(!merged.error().detail.empty());
        }
        // Every field in turn with something that it is not.
        const auto whole = nlohmann::json::parse(sample);
        for (const auto& [key, value] : whole.items()) {
            for (const auto& bad : { nlohmann::json(), nlohmann::json(-3), nlohmann::json("x"),
                                     nlohmann::json::array({ 1 }), nlohmann::json::object() }) {
                auto damaged = whole;
                damaged[key] = bad;
                const Texts texts { { "damaged", damaged.dump() } };
                (void)mergeSweeps(texts, *catalog);
            }
        }
    }

    void exportsJobs()
    {
        SweepExportOptions options;
        options.shards = 12;
        options.parallel = 4;
        options.engine = "simulation";
        const auto files = exportSweep(chatNeed(), options);
        QVERIFY(files);
        QCOMPARE(files->size(), std::size_t(2));
        const QString job = QString::fromStdString((*files)[1].content);
        QVERIFY(job.contains("completions: 12") && job.contains("parallelism: 4"));
        QVERIFY(job.contains("completionMode: Indexed"));
        QVERIFY(job.contains("$(JOB_COMPLETION_INDEX)"));
        // The need in the ConfigMap reads back to what was asked for.
        const auto documents = parseYamlDocuments((*files)[0].content);
        QVERIFY(documents);
        options.name = "Bad Name";
        QVERIFY(!exportSweep(chatNeed(), options));
        options = {};
        options.image = "x y; rm";
        QVERIFY(!exportSweep(chatNeed(), options));
        options = {};
        options.shards = 0;
        QVERIFY(!exportSweep(chatNeed(), options));
    }

    /** Checked by tools that know Kubernetes' schemas, where they are there. */
    void exportsPassTheValidator()
    {
        const QString tool = QStringLiteral(LLMD_SHARED_DIR "/tools/validate_manifests.py");
        if (!QFile::exists(tool))
            QSKIP("the manifest validator is not here");
        QTemporaryDir folder;
        SweepExportOptions options;
        const auto job = exportSweep(chatNeed(), options);
        options.target = SweepExportOptions::Target::RayJob;
        options.name = "llmd-ray";
        const auto ray = exportSweep(chatNeed(), options);
        QVERIFY(job && ray);
        QVERIFY(saveSweepExport(*job, folder.filePath("job").toStdString()));
        QVERIFY(saveSweepExport(*ray, folder.filePath("ray").toStdString()));
        // There is a schema for a RayService, whose cluster is written like that of a RayJob.
        QFile file(folder.filePath("ray/rayjob.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(file.readAll());
        file.close();
        QVERIFY(text.contains("kind: RayJob"));
        text.replace("kind: RayJob", "kind: RayService")
            .replace("rayClusterSpec:", "rayClusterConfig:");
        for (const char* own :
             { "entrypoint:", "shutdownAfterJobFinishes:", "ttlSecondsAfterFinished:" })
            text.remove(QRegularExpression(QString("\n  %1[^\n]*").arg(own)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.toUtf8());
        file.close();
        for (const char* each : { "job", "ray" }) {
            QProcess process;
            process.start("python3", { tool, folder.filePath(each) });
            QVERIFY(process.waitForFinished(60'000));
            QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput().constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
