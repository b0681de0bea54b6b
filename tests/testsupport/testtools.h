// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/error.h>
#include <core/base/file.h>

#include <QByteArray>
#include <QTest>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

/** Small helpers that tests of every layer share. */
namespace llmd::testing {

/** Within `relative` of `expected`; both zero, or both the same infinity, count as near. */
inline bool isNear(double actual, double expected, double relative)
{
    if (actual == expected)
        return true;
    return std::abs(actual - expected) <= relative * std::abs(expected);
}

inline std::string nearMessage(double actual, double expected, double relative)
{
    const double deviation = expected != 0 ? actual / expected - 1 : actual;
    return "actual " + std::to_string(actual) + ", expected " + std::to_string(expected)
        + " within " + std::to_string(relative * 100) + " %, deviates by "
        + std::to_string(deviation * 100) + " %";
}

/** A folder of its own for one test, removed at the end. */
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        auto name = (std::filesystem::temp_directory_path() / "llmd-test-XXXXXX").string();
        if (::mkdtemp(name.data()))
            m_path = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            std::filesystem::remove_all(m_path, ignored);
    }

    /** Empty if it could not be made. */
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const
    {
        return m_path / name;
    }

private:
    std::filesystem::path m_path;
};

/** The lines in which two texts first differ, for a message. */
inline std::string firstDifference(std::string_view actual, std::string_view expected)
{
    int line = 1;
    while (!actual.empty() || !expected.empty()) {
        const auto a = actual.substr(0, actual.find('\n'));
        const auto e = expected.substr(0, expected.find('\n'));
        if (a != e || actual.size() - a.size() == 0 || expected.size() - e.size() == 0) {
            if (actual == expected)
                return "no difference";
            return "line " + std::to_string(line) + ": actual '" + std::string(a) + "', expected '"
                + std::string(e) + "'" + (a == e ? " and then one of them ends" : "");
        }
        actual.remove_prefix(a.size() + 1);
        expected.remove_prefix(e.size() + 1);
        ++line;
    }
    return "no difference";
}

/**
 * Compares `actual` with `tests/golden/NAME`; empty if they are equal, else what differs. With
 * LLMD_UPDATE_GOLDEN=1 in the environment the file is written instead, so that a wanted change is
 * reviewed in the diff of the repository.
 */
inline std::string compareWithGolden(std::string_view actual, std::string_view name)
{
    const auto path = std::filesystem::path(LLMD_SOURCE_DIR) / "tests" / "golden" / name;
    if (qEnvironmentVariableIntValue("LLMD_UPDATE_GOLDEN") == 1) {
        std::error_code ignored;
        std::filesystem::create_directories(path.parent_path(), ignored);
        const auto written = writeFileAtomically(path, actual);
        return written ? std::string() : describe(written.error());
    }
    const auto expected = readFile(path);
    if (!expected)
        return describe(expected.error()) + " (run once with LLMD_UPDATE_GOLDEN=1 to create it)";
    if (*expected == actual)
        return {};
    return path.string() + " differs, " + firstDifference(actual, *expected)
        + " (LLMD_UPDATE_GOLDEN=1 accepts the new text)";
}

} // namespace llmd::testing

/** Like QCOMPARE for doubles, with a relative tolerance that the test states. */
#define COMPARE_NEAR(actual, expected, relative)                                                   \
    do {                                                                                           \
        const double nearActual = (actual);                                                        \
        const double nearExpected = (expected);                                                    \
        QVERIFY2(llmd::testing::isNear(nearActual, nearExpected, (relative)),                      \
                 llmd::testing::nearMessage(nearActual, nearExpected, (relative)).c_str());        \
    } while (false)

/** Fails with the difference unless `actual` equals the file `tests/golden/NAME`. */
#define COMPARE_GOLDEN(actual, name)                                                               \
    do {                                                                                           \
        const auto goldenDifference = llmd::testing::compareWithGolden((actual), (name));          \
        QVERIFY2(goldenDifference.empty(), goldenDifference.c_str());                              \
    } while (false)

/** Fails with the whole error message unless `result` (a Result<T>) holds a value. */
#define VERIFY_OK(result)                                                                          \
    QVERIFY2((result).has_value(),                                                                 \
             (result).has_value() ? "" : llmd::describe((result).error()).c_str())

/** Fails unless `result` is an error whose detail contains `part`. */
#define VERIFY_ERROR(result, part)                                                                 \
    do {                                                                                           \
        QVERIFY2(!(result).has_value(), "expected an error");                                      \
        const std::string errorPart = (part);                                                      \
        QVERIFY2(                                                                                  \
            llmd::describe((result).error()).find(errorPart) != std::string::npos,                 \
            ("'" + llmd::describe((result).error()) + "' lacks '" + errorPart + "'").c_str());     \
    } while (false)
