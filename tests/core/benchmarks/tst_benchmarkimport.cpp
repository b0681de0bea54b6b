// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/archivereader.h>
#include <core/benchmarks/importfiles.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <atomic>

using namespace llmd;
using namespace llmd::testing;
namespace fs = std::filesystem;

namespace {

using Outcome = ImportedFile::Outcome;

/** Makes archives with Python's own modules, which also write what a decent tool would not. */
bool makeArchive(const fs::path& script, const std::string& code)
{
    writeText(script, "import io, tarfile, zipfile, gzip, sys\n" + code);
    return QProcess::execute("python3", { QString::fromStdString(script.string()) }) == 0;
}

struct Imported
{
    std::map<std::string, ImportedFile> files; ///< by name relative to the folder
    ImportSummary summary;
};

Result<Imported> importAll(const std::vector<fs::path>& paths, BenchmarkStore& store,
                           const fs::path& base, ManualFields byHand = {})
{
    Imported imported;
    RunContext context;
    ImportOptions options {
        std::move(byHand),
        [&](const ImportedFile& file) {
            auto copy = file;
            copy.document = nullptr;
            imported.files[fs::path(file.name).lexically_relative(base).string()] = copy;
        }
    };
    auto summary = importFiles(paths, store, options, context);
    if (!summary)
        return tl::unexpected(summary.error());
    imported.summary = *summary;
    return imported;
}

std::string outcomeOf(const Imported& imported, const std::string& name)
{
    const auto it = imported.files.find(name);
    return it == imported.files.end() ? "not visited" : std::string(toString(it->second.outcome));
}

/** Counts, and asks to stop after some files. */
class StoppingProgress : public ProgressSink
{
public:
    StoppingProgress(std::stop_source& stop, std::uint64_t after)
        : m_stop(stop)
        , m_after(after)
    { }
    void update(std::uint64_t done, std::uint64_t total, std::string_view) override
    {
        last = done;
        lastTotal = total;
        if (done >= m_after)
            m_stop.request_stop();
    }
    std::uint64_t last = 0;
    std::uint64_t lastTotal = 0;

private:
    std::stop_source& m_stop;
    std::uint64_t m_after;
};

} // namespace

class TestBenchmarkImport : public QObject
{
    Q_OBJECT

private slots:
    void aResultsFolderCompletesItsReports()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto imported = importAll({ sampleFolder() / "run" }, *store, sampleFolder());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "run/stage_0_lifecycle_metrics.json"), std::string("added"));
        QCOMPARE(outcomeOf(*imported, "run/run_metadata.yaml"), std::string("added"));
        QCOMPARE(outcomeOf(*imported, "run/summary_lifecycle_metrics.json"),
                 std::string("left out"));
        const auto records = store->load();
        VERIFY_OK(records);
        QCOMPARE(records->size(), std::size_t(1));
        const auto& record = records->front().record;
        QCOMPARE(record.model, std::string("example/Tiny-8B"));
        QCOMPARE(record.toolVersion, std::string("v0.6.1"));
        QCOMPARE(record.experimentId, std::string("run-7"));
        QCOMPARE(record.stage, std::optional(0));
        QCOMPARE(record.load.nominalInput->value(), 1024.0);
        QVERIFY(record.origin("model") == Origin::Sidecar);
        QVERIFY(record.origin("stage") == Origin::Config);
        QVERIFY(record.origin("rate") == Origin::Report);
    }

    void aSummaryAloneIsTaken()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto path = sampleFolder() / "run" / "summary_lifecycle_metrics.json";
        const auto imported = importAll({ path }, *store, sampleFolder());
        VERIFY_OK(imported);
        QCOMPARE(imported->summary.records, std::size_t(1));
        QCOMPARE(store->load()->front().record.level, std::string("summary (mixes stages)"));
    }

    void foldersHoldOtherThingsToo()
    {
        const TemporaryFolder folder;
        const auto runs = folder / "runs";
        writeText(runs / "a" / "anything.dat", generatedReport(1)); // recognised by content
        writeText(runs / "a" / "stdout.log", "starting version: 3\nall: [good\n");
        writeText(runs / "a" / "plot.png", std::string("\x89PNG\0\0", 6));
        writeText(runs / "a" / "values.yaml", "version: 3\nreplicas: 2\n");
        writeText(runs / "b" / "cut.json", generatedReport(2).substr(0, 200));
        writeText(runs / "b" / ".hidden" / "r.json", generatedReport(3));
        writeText(runs / "empty.json", "");
        fs::create_directory_symlink(runs / "a", runs / "b" / "again");
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto imported = importAll({ runs }, *store, runs);
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "a/anything.dat"), std::string("added"));
        QCOMPARE(outcomeOf(*imported, "a/plot.png"), std::string("left out"));
        QCOMPARE(outcomeOf(*imported, "a/values.yaml"), std::string("left out"));
        QCOMPARE(outcomeOf(*imported, "b/cut.json"), std::string("failed"));
        QCOMPARE(imported->files.at("b/cut.json").issues.front().severity, Severity::Error);
        QCOMPARE(outcomeOf(*imported, "b/.hidden/r.json"), std::string("not visited"));
        QCOMPARE(outcomeOf(*imported, "b/again/anything.dat"), std::string("not visited"));
        QCOMPARE(*store->count(), std::int64_t(1));
        // What somebody names is meant to be a report.
        const auto named =
            importAll({ runs / "a" / "values.yaml", runs / "missing.json" }, *store, runs);
        VERIFY_OK(named);
        QCOMPARE(outcomeOf(*named, "a/values.yaml"), std::string("failed"));
        QCOMPARE(outcomeOf(*named, "missing.json"), std::string("failed"));
    }

    void whatIsMissingIsAddedByHand()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto path = sampleFolder() / "guidellm_schema2.json";
        QVERIFY(isOk(importAll({ path }, *store, sampleFolder(), { .gpu = "H100", .gpus = 2 })));
        // The second time nothing new is read, yet more is said about it.
        const auto again =
            importAll({ path }, *store, sampleFolder(), { .engineVersion = "0.19.0" });
        VERIFY_OK(again);
        QCOMPARE(again->summary.alreadyThere, std::size_t(1));
        const auto record = store->load()->front().record;
        QCOMPARE(record.gpu, std::string("H100"));
        QCOMPARE(record.engineVersions, std::vector<std::string> { "0.19.0" });
        QVERIFY(record.origin("gpus") == Origin::ByHand
                && record.origin("engine_version") == Origin::ByHand);
    }

    void aPreviewStoresNothing()
    {
        std::size_t records = 0;
        std::vector<std::string> formats;
        RunContext context;
        const auto summary = previewFiles({ sampleFolder() },
                                          { {},
                                            [&](const ImportedFile& file) {
                                                records += file.document->records.size();
                                                if (file.outcome == Outcome::Added)
                                                    formats.push_back(file.format);
                                            } },
                                          context);
        VERIFY_OK(summary);
        QVERIFY(summary->records > 20 && summary->records <= records);
        std::sort(formats.begin(), formats.end());
        formats.erase(std::unique(formats.begin(), formats.end()), formats.end());
        QCOMPARE(formats.size(), std::size_t(13));
    }

    void archivesAreReadLikeFolders_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::newRow("zip") << "a.zip"
                             << "z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)\n"
                                "for n, d in files: z.write(d, n)\nz.close()\n";
        QTest::newRow("tar.gz")
            << "a.tar.gz"
            << "t = tarfile.open(out, 'w:gz')\nfor n, d in files: t.add(d, n)\nt.close()\n";
        QTest::newRow("tar.xz without its name")
            << "a"
            << "t = tarfile.open(out, 'w:xz')\nfor n, d in files: t.add(d, n)\nt.close()\n";
        QTest::newRow("tar")
            << "a.tar"
            << "t = tarfile.open(out, 'w')\nfor n, d in files: t.add(d, n)\nt.close()\n";
    }
    void archivesAreReadLikeFolders()
    {
        QFETCH(QString, name);
        QFETCH(QString, code);
        const TemporaryFolder folder;
        const auto out = folder / name.toStdString();
        std::string files = "files = [";
        for (const auto& path : fs::directory_iterator(sampleFolder() / "run"))
            files += "('./run/" + path.path().filename().string() + "', '" + path.path().string()
                + "'), ";
        QVERIFY(makeArchive(folder / "make.py",
                            "out = '" + out.string() + "'\n" + files + "]\n" + code.toStdString()));
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto imported = importAll({ out }, *store, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(imported->summary.failed, std::size_t(0));
        QCOMPARE(imported->summary.records, std::size_t(1));
        const auto records = store->load();
        QCOMPARE(records->front().record.model, std::string("example/Tiny-8B"));
        QCOMPARE(records->front().file, out.string() + "/run/stage_0_lifecycle_metrics.json");
    }

    void oneCompressedFile()
    {
        const TemporaryFolder folder;
        const auto out = folder / "report.json.gz";
        writeText(folder / "report.json", generatedReport(4));
        QVERIFY(makeArchive(folder / "make.py",
                            "gzip.open('" + out.string() + "', 'w').write(open('"
                                + (folder / "report.json").string() + "', 'rb').read())\n"));
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto imported = importAll({ out }, *store, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "report.json.gz/report.json"), std::string("added"));
    }

    void hostileArchives()
    {
        const TemporaryFolder folder;
        const auto text = generatedReport(9);
        writeText(folder / "r.json", text);
        const auto report = "r = open('" + (folder / "r.json").string() + "', 'rb').read()\n";
        const auto zip = folder / "evil.zip";
        QVERIFY(makeArchive(folder / "zip.py",
                            report + "z = zipfile.ZipFile('" + zip.string()
                                + "', 'w')\nfor n in ['../up.json', '/etc/abs.json', "
                                  "'a/../../b.json', 'C:\\\\x.json', "
                                  "'..\\\\w.json', 'fine.json']: z.writestr(n, r)\nz.close()\n"));
        const auto tar = folder / "evil.tar";
        QVERIFY(makeArchive(
            folder / "tar.py",
            report + "t = tarfile.open('" + tar.string()
                + "', 'w')\ni = tarfile.TarInfo('link.json'); i.type = tarfile.SYMTYPE; i.linkname "
                  "= "
                  "'/etc/passwd'; t.addfile(i)\ni = tarfile.TarInfo('/abs.json'); i.size = len(r); "
                  "t.addfile(i, io.BytesIO(r))\ni = tarfile.TarInfo('dev'); i.type = "
                  "tarfile.CHRTYPE; "
                  "t.addfile(i)\ni = tarfile.TarInfo('ok.json'); i.size = len(r); t.addfile(i, "
                  "io.BytesIO(r))\nt.close()\n"));
        for (const auto& [path, refused] : { std::pair { zip, 5 }, { tar, 3 } }) {
            std::vector<ArchiveRefusal> refusals;
            std::vector<std::string> names;
            QVERIFY(isOk(readArchive(
                path,
                [&](const ArchiveEntry& entry) {
                    names.push_back(entry.path);
                    return entry.content == text;
                },
                refusals)));
            QCOMPARE(names.size(), std::size_t(1));
            QCOMPARE(refusals.size(), static_cast<std::size_t>(refused));
        }
        auto store = BenchmarkStore::open(folder / "store.db");
        const auto imported = importAll({ zip }, *store, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "evil.zip/fine.json"), std::string("added"));
        QCOMPARE(imported->files.at("evil.zip").issues.size(), std::size_t(5));
        QCOMPARE(*store->count(), std::int64_t(1));
    }

    void bombsAndDamage()
    {
        const TemporaryFolder folder;
        const auto bomb = folder / "bomb.tar.gz";
        // 400 files of 1 MiB of zeros each pack to less than 1 MiB.
        QVERIFY(makeArchive(
            folder / "bomb.py",
            "t = tarfile.open('" + bomb.string()
                + "', 'w:gz')\nfor k in range(400):\n i = tarfile.TarInfo('%d.json' % k); i.size = "
                  "1 << 20; t.addfile(i, io.BytesIO(bytes(1 << 20)))\nt.close()\n"));
        auto store = BenchmarkStore::open(folder / "store.db");
        auto imported = importAll({ bomb }, *store, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "bomb.tar.gz"), std::string("failed"));
        QVERIFY(imported->files.at("bomb.tar.gz").issues.back().text.find("bomb")
                != std::string::npos);
        QVERIFY(imported->files.size() < 120);

        const auto keep = [](const ArchiveEntry&) { return true; };
        std::vector<ArchiveRefusal> refusals;
        VERIFY_ERROR(readArchive(bomb, keep, refusals, { .entries = 10 }), "more than 10 files");
        VERIFY_ERROR(readArchive(bomb, keep, refusals, { .totalBytes = 5u << 20 }),
                     "unpacks to more than");
        refusals.clear();
        QVERIFY(
            isOk(readArchive(bomb, keep, refusals, { .entryBytes = 1000, .ratio = 1'000'000 })));
        QCOMPARE(refusals.size(), std::size_t(400));

        auto bytes = *readFile(bomb);
        writeText(folder / "cut.tar.gz", bytes.substr(0, bytes.size() / 2));
        imported = importAll({ folder / "cut.tar.gz" }, *store, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "cut.tar.gz"), std::string("failed"));
        QCOMPARE(*store->count(), std::int64_t(0));
    }

    void anExportedStoreIsImportedLikeAnythingElse()
    {
        const TemporaryFolder folder;
        auto first = BenchmarkStore::open(folder / "first.db");
        QVERIFY(isOk(importAll({ sampleFolder() }, *first, folder.path())));
        QVERIFY(isOk(first->exportTo(folder / "export.db")));
        auto second = BenchmarkStore::open(folder / "second.db");
        const auto imported = importAll({ folder / "export.db" }, *second, folder.path());
        VERIFY_OK(imported);
        QCOMPARE(outcomeOf(*imported, "export.db"), std::string("added"));
        QCOMPARE(*second->count(), *first->count());
        QCOMPARE(imported->summary.records,
                 static_cast<std::size_t>(*first->count({ .superseded = true })));
    }

    void thousandsOfFilesStopWhenAsked()
    {
        const TemporaryFolder folder;
        constexpr int count = 5000;
        for (int i = 0; i < count; ++i)
            writeText(folder / "runs" / std::to_string(i % 10) / (std::to_string(i) + ".json"),
                      generatedReport(i));
        const auto path = folder / "store.db";
        std::uint64_t stored = 0;
        {
            auto store = BenchmarkStore::open(path);
            VERIFY_OK(store);
            std::stop_source stop;
            StoppingProgress progress(stop, 500);
            RunContext context;
            context.stop = stop.get_token();
            context.progress = &progress;
            std::uint64_t told = 0;
            const auto summary = importFiles({ folder / "runs" }, *store,
                                             { {}, [&](const ImportedFile&) { ++told; } }, context);
            VERIFY_OK(summary);
            QVERIFY(summary->cancelled);
            stored = static_cast<std::uint64_t>(*store->count());
            QCOMPARE(stored, told);
            QCOMPARE(stored, summary->added);
            QVERIFY2(stored >= 500 && stored < count, std::to_string(stored).c_str());
            QCOMPARE(progress.lastTotal, std::uint64_t(count));
            QVERIFY(store->checkIntegrity()->empty());
        }
        // The next attempt takes the rest.
        auto store = BenchmarkStore::open(path);
        RunContext context;
        QElapsedTimer timer;
        timer.start();
        const auto summary = importFiles({ folder / "runs" }, *store, {}, context);
        VERIFY_OK(summary);
        qInfo("%d files in %lld ms", static_cast<int>(summary->added),
              static_cast<long long>(timer.elapsed()));
        QCOMPARE(summary->alreadyThere, stored);
        QCOMPARE(summary->added, count - stored);
        QCOMPARE(*store->count(), std::int64_t(count));
    }

    void theOrderDoesNotDependOnThreads()
    {
        const TemporaryFolder folder;
        std::vector<std::vector<std::string>> orders;
        for (const unsigned threads : { 1u, 4u }) {
            auto store = BenchmarkStore::open(folder / ("store" + std::to_string(threads)));
            RunContext context;
            context.threads = threads;
            QVERIFY(isOk(importFiles({ sampleFolder() }, *store, {}, context)));
            std::vector<std::string> order;
            const auto rows = *store->list({ .superseded = true });
            for (const auto& row : rows)
                order.push_back(row.file + std::to_string(row.id));
            orders.push_back(order);
        }
        QVERIFY(!orders[0].empty());
        QCOMPARE(orders[0], orders[1]);
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkImport)
#include "tst_benchmarkimport.moc"
