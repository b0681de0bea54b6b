// SPDX-License-Identifier: Apache-2.0
#include <core/base/file.h>
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace fs = std::filesystem;
using namespace llmd;
using namespace llmd::testing;

namespace {

std::vector<std::string> filesBelow(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_directory())
            names.push_back(entry.path().lexically_relative(folder).string());
    }
    std::ranges::sort(names);
    return names;
}

std::vector<ManifestFile> exported(Autoscaler autoscaler, const std::string& gateway = {})
{
    ManifestOptions options;
    options.autoscaler = autoscaler;
    options.gateway = gateway;
    const auto fixture = planFixture();
    const auto plan = fixture.plan();
    return plan ? writeManifests(*plan, options).value_or(std::vector<ManifestFile>())
                : std::vector<ManifestFile>();
}

} // namespace

class TestSaveManifests : public QObject
{
    Q_OBJECT

private slots:
    void writesBytesIntoNewFolders()
    {
        const TemporaryFolder folder;
        const std::vector<ManifestFile> files { { "a.yaml", "x: 1\n" },
                                                { "deep/er/b.txt", std::string("\0\xFF", 2) } };
        VERIFY_OK(saveManifests(files, folder / "new/export"));
        for (const auto& file : files) {
            const auto content = readFile(folder / "new/export" / file.path);
            VERIFY_OK(content);
            QCOMPARE(*content, file.content);
        }
    }

    void badPathsWriteNothing_data()
    {
        QTest::addColumn<std::string>("path");
        const auto row = [](const char* name, std::string path) {
            QTest::newRow(name) << std::move(path);
        };
        row("empty", "");
        row("parent", "../x.yaml");
        row("parent inside", "a/../../x.yaml");
        row("parent at the end", "a/..");
        row("dot", "./x.yaml");
        row("absolute", "/tmp/x.yaml");
        row("empty part", "a//x.yaml");
        row("trailing slash", "a/");
        row("backslash", "a\\..\\x.yaml");
        row("drive", "C:/x.yaml");
        row("NUL", std::string("a\0b", 3));
        row("not UTF-8", "a\xFF.yaml");
        row("long part", std::string(300, 'a'));
    }

    void badPathsWriteNothing()
    {
        QFETCH(std::string, path);
        const TemporaryFolder folder;
        VERIFY_ERROR(
            saveManifests({ { "good.yaml", "x: 1\n" }, { path, "x: 1\n" } }, folder / "export"),
            "not a path inside the export folder");
        QVERIFY(!fs::exists(folder / "export"));
    }

    void linksAreNotFollowed()
    {
        const TemporaryFolder folder;
        fs::create_directory(folder / "outside");
        fs::create_directory(folder / "export");
        fs::create_directory_symlink(folder / "outside", folder / "export/manifests");
        VERIFY_ERROR(saveManifests({ { "manifests/a.yaml", "x: 1\n" } }, folder / "export"),
                     "symbolic link");
        QVERIFY(filesBelow(folder / "outside").empty());

        std::ofstream(folder / "outside/target.yaml") << "old";
        fs::create_symlink(folder / "outside/target.yaml", folder / "export/b.yaml");
        VERIFY_ERROR(saveManifests({ { "b.yaml", "x: 1\n" } }, folder / "export"), "symbolic link");
        QCOMPARE(readFile(folder / "outside/target.yaml").value_or("?"), std::string("old"));
    }

    void somethingInTheWay()
    {
        const TemporaryFolder folder;
        fs::create_directories(folder / "export/a.yaml");
        std::ofstream(folder / "export/manifests") << "a file";
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, folder / "export"), "is in the way");
        VERIFY_ERROR(saveManifests({ { "manifests/b.yaml", "x" } }, folder / "export"),
                     "is in the way");
        std::ofstream(folder / "file") << "x";
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, folder / "file"), "expected a folder");
        VERIFY_ERROR(saveManifests({}, folder / "file"), "is a file");
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, folder / "file/below"), "");
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, {}), "no export folder");
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" }, { "a.yaml", "y" } }, folder / "export2"),
                     "written twice");
    }

    void readOnlyFolder()
    {
        const TemporaryFolder folder;
        fs::create_directory(folder / "export");
        fs::permissions(folder.path(), fs::perms(0755));
        fs::permissions(folder / "export", fs::perms(0555));
        // Root may write everywhere, so it becomes nobody for a moment.
        constexpr uid_t nobody = 65534;
        const bool root = ::geteuid() == 0;
        QVERIFY(!root || ::seteuid(nobody) == 0);
        const auto file = saveManifests({ { "a.yaml", "x" } }, folder / "export");
        const auto below = saveManifests({ { "m/a.yaml", "x" } }, folder / "export");
        QVERIFY(!root || ::seteuid(0) == 0);
        fs::permissions(folder / "export", fs::perms::owner_all);
        VERIFY_ERROR(file, (folder / "export").string());
        VERIFY_ERROR(below, "cannot be created");
        QVERIFY(filesBelow(folder / "export").empty());
    }

    void unwritableFileSystem()
    {
        // Holds for root too: /proc takes no new folders.
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, "/proc/llmd-export"),
                     "/proc/llmd-export");
        VERIFY_ERROR(saveManifests({ { "a.yaml", "x" } }, fs::path("/tmp") / std::string(300, 'n')),
                     "");
    }

    void anotherExportReplacesTheFirst()
    {
        const TemporaryFolder folder;
        VERIFY_OK(saveManifests(exported(Autoscaler::Hpa, "gateway"), folder / "export"));
        QVERIFY(fs::exists(folder / "export/manifests/40-http-route.yaml"));
        std::ofstream(folder / "export/manifests/99-mine.yaml") << "mine";
        VERIFY_OK(saveManifests(exported(Autoscaler::None), folder / "export"));
        // What only the first had would be applied with the second; what it did not write stays.
        QVERIFY(!fs::exists(folder / "export/manifests/40-http-route.yaml"));
        QVERIFY(!fs::exists(folder / "export/manifests/60-autoscaling.yaml"));
        QVERIFY(!fs::exists(folder / "export/optional"));
        QVERIFY(fs::exists(folder / "export/manifests/99-mine.yaml"));
        auto expected = std::vector<std::string> { "manifests/99-mine.yaml" };
        for (const auto& file : exported(Autoscaler::None))
            expected.push_back(file.path);
        std::ranges::sort(expected);
        QCOMPARE(filesBelow(folder / "export"), expected);
    }

    void aForgedPlanFileRemovesNothingElse()
    {
        const TemporaryFolder folder;
        fs::create_directories(folder / "export/sub");
        std::ofstream(folder / "outside.yaml") << "keep";
        std::ofstream(folder / "export/sub/keep.yaml") << "keep";
        fs::create_symlink(folder / "outside.yaml", folder / "export/link.yaml");
        const nlohmann::json forged { { "kind", plannerFileKind },
                                      { "files",
                                        { "../outside.yaml", (folder / "outside.yaml").string(),
                                          "link.yaml", "sub", 7, nullptr,
                                          nlohmann::json::object() } } };
        std::ofstream(folder / "export/planner.json") << forged.dump();
        VERIFY_OK(saveManifests(exported(Autoscaler::None), folder / "export"));
        QVERIFY(fs::exists(folder / "outside.yaml"));
        QVERIFY(fs::is_symlink(folder / "export/link.yaml"));
        QVERIFY(fs::exists(folder / "export/sub/keep.yaml"));
        const nlohmann::json other { { "kind", "other" }, { "files", { "sub/keep.yaml" } } };
        for (const std::string& broken :
             { std::string(), std::string("{"), std::string("[1]"), other.dump() }) {
            std::ofstream(folder / "export/planner.json") << broken;
            VERIFY_OK(saveManifests(exported(Autoscaler::None), folder / "export"));
            QVERIFY(fs::exists(folder / "export/sub/keep.yaml"));
        }
    }
};

QTEST_APPLESS_MAIN(TestSaveManifests)
#include "tst_savemanifests.moc"
