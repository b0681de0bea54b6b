// SPDX-License-Identifier: Apache-2.0
#include <core/base/file.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

using namespace llmd;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, std::string_view text)
{
    std::ofstream(path, std::ios::binary) << text;
}

unsigned modeOf(const fs::path& path)
{
    struct stat info
    {
    };
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

std::size_t entriesOf(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

} // namespace

class TestFile : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryByte()
    {
        const testing::TemporaryFolder folder;
        const auto content = std::string("a\0\r\n\xff", 5) + std::string(200'000, 'x');
        put(folder / "f", content);
        const auto read = readFile(folder / "f");
        VERIFY_OK(read);
        QVERIFY(*read == content);
        put(folder / "empty", "");
        QCOMPARE(readFile(folder / "empty").value_or("?"), "");
    }

    void readRefusals_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        const auto row = [](const char* tag, QByteArray name, const char* message, ErrorCode code) {
            QTest::newRow(tag) << name << QByteArray(message) << static_cast<int>(code);
        };
        row("missing", "none.yaml", "it does not exist", ErrorCode::NotFound);
        row("missing folder", "no/such/none.yaml", "it does not exist", ErrorCode::NotFound);
        row("folder", "sub", "it is a folder, expected a file", ErrorCode::Io);
        row("file as folder", "file/none.yaml", "a part of the path is a file", ErrorCode::Io);
        row("long name", QByteArray(300, 'n'), "too long", ErrorCode::Io);
        row("long path", QByteArray("d/").repeated(4000), "too long", ErrorCode::Io);
        row("NUL", QByteArray("file\0.png", 9), "NUL character", ErrorCode::InvalidArgument);
        row("loop", "loop", "symbolic links form a loop", ErrorCode::Io);
        row("over the limit", "file", "larger than the limit of 3 bytes", ErrorCode::LimitExceeded);
    }
    void readRefusals()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        const testing::TemporaryFolder folder;
        fs::create_directory(folder / "sub");
        put(folder / "file", "text");
        fs::create_symlink("loop", folder / "loop");
        const auto path = folder / name.toStdString();
        const auto read = readFile(path, 3);
        VERIFY_ERROR(read, message.toStdString());
        QCOMPARE(static_cast<int>(read.error().code), code);
        QVERIFY(read.error().where.has_value());
    }

    void refusesEmptyName()
    {
        VERIFY_ERROR(readFile({}), "the name is empty");
        VERIFY_ERROR(writeFileAtomically({}, "x"), "the name is empty");
    }

    void limitIsInclusive()
    {
        const testing::TemporaryFolder folder;
        put(folder / "f", "1234");
        VERIFY_OK(readFile(folder / "f", 4));
        VERIFY_ERROR(readFile(folder / "f", 3), "larger");
        VERIFY_ERROR(readFile("/dev/zero", 1000), "larger"); // endless
    }

    void readsPipesWithoutHanging()
    {
        const testing::TemporaryFolder folder;
        const auto fifo = folder / "fifo";
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(readFile(fifo).value_or("?"), ""); // nobody writes
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        std::jthread writer([&] {
            for (int i = 0; i < 3; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                if (::write(ends[1], "abc", 3) != 3)
                    break;
            }
            ::close(ends[1]);
        });
        const auto read = readFile("/dev/fd/" + std::to_string(ends[0]));
        ::close(ends[0]);
        QCOMPARE(read.value_or("?"), "abcabcabc");
    }

    void writesAndReplaces()
    {
        const testing::TemporaryFolder folder;
        const auto path = folder / "plan.yaml";
        VERIFY_OK(writeFileAtomically(path, "one"));
        VERIFY_OK(writeFileAtomically(path, std::string("t\0o", 3)));
        QCOMPARE(readFile(path).value_or("?"), std::string("t\0o", 3));
        QCOMPARE(entriesOf(folder.path()), 1u); // no temporary file stays
    }

    void newFilesFollowTheUmask()
    {
        const testing::TemporaryFolder folder;
        const auto old = ::umask(027);
        const auto written = writeFileAtomically(folder / "f", "x");
        ::umask(old);
        VERIFY_OK(written);
        QCOMPARE(modeOf(folder / "f"), 0640u);
    }

    void keepsPermissions()
    {
        const testing::TemporaryFolder folder;
        put(folder / "f", "old");
        QCOMPARE(::chmod((folder / "f").c_str(), 0751), 0);
        VERIFY_OK(writeFileAtomically(folder / "f", "new"));
        QCOMPARE(modeOf(folder / "f"), 0751u);
    }

    void writesThroughSymbolicLinks()
    {
        const testing::TemporaryFolder folder;
        fs::create_directory(folder / "real");
        put(folder / "real/plan.yaml", "old");
        fs::create_symlink("real/plan.yaml", folder / "link");
        fs::create_symlink("link", folder / "link2");
        VERIFY_OK(writeFileAtomically(folder / "link2", "new"));
        QVERIFY(fs::is_symlink(folder / "link2") && fs::is_symlink(folder / "link"));
        QCOMPARE(readFile(folder / "real/plan.yaml").value_or("?"), "new");
        QCOMPARE(entriesOf(folder / "real"), 1u);

        fs::create_symlink("real/later.yaml", folder / "dangling");
        VERIFY_OK(writeFileAtomically(folder / "dangling", "made"));
        QCOMPARE(readFile(folder / "real/later.yaml").value_or("?"), "made");

        fs::create_symlink("loop", folder / "loop");
        VERIFY_ERROR(writeFileAtomically(folder / "loop", "x"), "loop");
    }

    void longNamesNeedNoLongerTemporaryName()
    {
        const testing::TemporaryFolder folder;
        const auto path = folder / std::string(255, 'n');
        VERIFY_OK(writeFileAtomically(path, "x"));
        VERIFY_OK(readFile(path));
    }

    void writeRefusals_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* tag, QByteArray name, const char* message) {
            QTest::newRow(tag) << name << QByteArray(message);
        };
        row("folder", "sub", "it is a folder");
        row("trailing slash", "new/", "cannot write");
        row("missing folder", "none/plan.yaml", "the folder");
        row("file as folder", "file/plan.yaml", "a part of the path is a file");
        row("write-protected", "protected", "the file is write-protected");
        row("long name", QByteArray(300, 'n'), "too long");
        row("NUL", QByteArray("a\0b", 3), "NUL character");
    }
    void writeRefusals()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, message);
        const testing::TemporaryFolder folder;
        fs::create_directory(folder / "sub");
        put(folder / "file", "text");
        put(folder / "protected", "text");
        QCOMPARE(::chmod((folder / "protected").c_str(), 0444), 0);
        const auto before = entriesOf(folder.path());
        VERIFY_ERROR(writeFileAtomically(folder / name.toStdString(), "new"),
                     message.toStdString());
        QCOMPARE(entriesOf(folder.path()), before); // nothing new, nothing lost
        QCOMPARE(readFile(folder / "protected").value_or("?"), "text");
    }

    void refusesReadOnlyFolders()
    {
        // Permission bits do not stop the superuser; /proc takes new files from nobody.
        const testing::TemporaryFolder folder;
        const bool superuser = ::geteuid() == 0;
        const fs::path readOnly = superuser ? fs::path("/proc") : folder.path();
        if (!superuser)
            QCOMPARE(::chmod(readOnly.c_str(), 0555), 0);
        const auto written = writeFileAtomically(readOnly / "llmd-plan.yaml", "x");
        if (!superuser)
            QCOMPARE(::chmod(readOnly.c_str(), 0755), 0);
        VERIFY_ERROR(written, "cannot write '" + (readOnly / "llmd-plan.yaml").string() + "'");
    }

    void devicesAreWrittenNotReplaced()
    {
        VERIFY_OK(writeFileAtomically("/dev/null", "x"));
        struct stat info
        {
        };
        QCOMPARE(::stat("/dev/null", &info), 0);
        QVERIFY(S_ISCHR(info.st_mode));
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const auto written = writeFileAtomically("/dev/fd/" + std::to_string(ends[1]), "out");
        char buffer[8];
        const auto count = ::read(ends[0], buffer, sizeof buffer);
        ::close(ends[0]);
        ::close(ends[1]);
        VERIFY_OK(written);
        QCOMPARE(std::string(buffer, static_cast<std::size_t>(std::max<ssize_t>(count, 0))), "out");
    }

    void fullDeviceIsReported()
    {
        VERIFY_ERROR(writeFileAtomically("/dev/full", "x"), "no space is left");
    }

    void writersAtOnceNeverMix()
    {
        const testing::TemporaryFolder folder;
        const auto path = folder / "f";
        std::atomic<int> failures { 0 };
        const auto write = [&](char letter) {
            for (int i = 0; i < 20; ++i)
                failures += writeFileAtomically(path, std::string(5000, letter)) ? 0 : 1;
        };
        {
            const std::jthread a(write, 'a');
            const std::jthread b(write, 'b');
            for (int i = 0; i < 50; ++i) {
                const auto read = readFile(path);
                if (read
                    && (read->size() != 5000
                        || read->find_first_not_of(read->front()) != read->npos))
                    ++failures;
            }
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(entriesOf(folder.path()), 1u);
    }
};

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
