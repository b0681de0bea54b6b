// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/file.h>
#include <core/benchmarks/importer.h>
#include <core/benchmarks/store.h>

#include <QtGlobal>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

/** Sample reports and generated ones for the tests of the importers and the store. */
namespace llmd::testing {

/** For QVERIFY around a call that is made for its effect: VERIFY_OK would make it twice. */
template <class T> bool isOk(const Result<T>& result)
{
    if (!result)
        qWarning("%s", describe(result.error()).c_str());
    return result.has_value();
}

inline std::filesystem::path sampleFolder()
{
    return LLMD_SOURCE_DIR "/tests/data/benchmarks";
}

inline std::string sample(const std::string& name)
{
    return readFile(sampleFolder() / name).value_or(std::string());
}

/** All files of the sample folder that are meant to be read. */
inline std::vector<std::filesystem::path> sampleFiles()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sampleFolder())) {
        const auto name = entry.path().filename();
        if (entry.is_regular_file() && name != "expected.json" && name != "make_samples.py")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/** A small report of `vllm bench serve` that differs from every other `number`. */
inline std::string generatedReport(int number)
{
    const auto text = [](double value) { return std::to_string(value); };
    const double ttft = 100 + number * 0.001;
    return "{\"date\": \"20260818-100112\", \"model_id\": \"example/Model-"
        + std::to_string(number % 40)
        + "\", \"num_prompts\": 100, \"completed\": 99, \"failed\": 1, \"request_rate\": "
        + text(1 + number % 50) + ", \"duration\": 50.5, \"total_input_tokens\": 99000, "
        + "\"total_output_tokens\": 9900, \"output_throughput\": " + text(500 + number * 0.01)
        + ", \"gpu\": \"" + (number % 3 ? "H100" : "L40S") + "\", \"tp\": 2, \"mean_ttft_ms\": "
        + text(ttft) + ", \"median_ttft_ms\": " + text(ttft) + ", \"p99_ttft_ms\": "
        + text(ttft * 2) + ", \"mean_tpot_ms\": 12.5, \"p99_tpot_ms\": 15.5, \"mean_e2el_ms\": "
        + text(ttft + 1237.5) + "}";
}

inline void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/** `document` refers to `content`, which must stay. */
inline ReportFile reportFile(const std::string& content, std::string name,
                             std::string folder = "runs")
{
    auto report = readReport(content, name);
    return { std::move(name), std::move(folder), content, std::move(report.value),
             std::move(report.issues) };
}

} // namespace llmd::testing
