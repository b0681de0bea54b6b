// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/intent/intent.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

/** The sentences of tests/data/intent with what they state, and how a parse is compared with it. */
namespace llmd::testing {

using Fields = std::map<std::string, std::string>;

struct IntentSentence
{
    std::string category;
    std::vector<std::string> messages;
    Fields expected; ///< field → value, as the data files write it
    std::string where; ///< file:line
    bool heldOut = false; ///< every third one: not looked at while the parser was written
};

inline std::vector<std::string> trimmedParts(std::string_view text, std::string_view separator)
{
    std::vector<std::string> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.emplace_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + separator.size());
    }
}

inline std::string withLineBreaks(std::string text)
{
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
        text.replace(at, 2, "\n");
    return text;
}

inline std::vector<std::filesystem::path> sentenceFiles()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(LLMD_SOURCE_DIR) / "tests" / "data" / "intent"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/** The sentences of data files: `category | message [>> message…] | field=value; …`, where \n in a
 * message is a line break. */
inline std::vector<IntentSentence>
intentSentences(const std::vector<std::filesystem::path>& files = sentenceFiles())
{
    std::vector<IntentSentence> sentences;
    for (const auto& path : files) {
        const auto content = readFile(path);
        if (!content)
            continue;
        int line = 0;
        for (const auto row : split(*content, '\n')) {
            ++line;
            if (trimmed(row).empty() || row.front() == '#')
                continue;
            const auto columns = trimmedParts(row, " |");
            if (columns.size() != 3)
                continue;
            IntentSentence sentence;
            sentence.category = columns[0];
            sentence.messages = trimmedParts(columns[1], ">>");
            for (std::string& message : sentence.messages)
                message = withLineBreaks(message);
            for (const std::string& field : trimmedParts(columns[2], ";")) {
                const auto equals = field.find('=');
                if (equals != std::string::npos)
                    sentence.expected[field.substr(0, equals)] = field.substr(equals + 1);
            }
            sentence.where = path.filename().string() + ":" + std::to_string(line);
            sentence.heldOut = sentences.size() % 3 == 2;
            sentences.push_back(std::move(sentence));
        }
    }
    return sentences;
}

/** Ids that a name of the data files stands for: "a100*", "@nvidia", "h100_sxm". */
inline std::set<std::string> gpuIds(const std::string& text, const Catalog& catalog)
{
    std::set<std::string> ids;
    for (const std::string& name : trimmedParts(text, ",")) {
        for (const Gpu& gpu : catalog.gpus) {
            const bool prefix =
                name.ends_with('*') && gpu.id.starts_with(name.substr(0, name.size() - 1));
            const bool group = name.starts_with('@')
                && (toLower(toString(gpu.vendor)) == name.substr(1)
                    || toLower(gpu.architecture).starts_with(name.substr(1)));
            if (prefix || group || gpu.id == name)
                ids.insert(gpu.id);
        }
    }
    return ids;
}

inline std::set<std::string> modelIds(const std::string& text, const Catalog& catalog)
{
    std::set<std::string> ids;
    for (const std::string& name : trimmedParts(text, ",")) {
        if (name.starts_with('@')) {
            for (const Model& model : catalog.models) {
                if (toLower(model.id.substr(model.id.find('/'))).find(name.substr(1))
                    != std::string::npos)
                    ids.insert(model.id);
            }
        } else if (const Model* model = catalog.findModel(name)) {
            ids.insert(model->id);
        } else {
            ids.insert("unknown model " + name);
        }
    }
    return ids;
}

inline std::string shown(double value)
{
    return printRounded(value, 6);
}

inline std::string shown(const StatedNumber& number)
{
    if (number.min && number.max)
        return *number.min == *number.max ? shown(number.value)
                                          : shown(*number.min) + ".." + shown(*number.max);
    return (number.min ? ">=" : "<=") + shown(number.value);
}

inline std::string shown(const StatedLatency& latency)
{
    std::string text;
    if (latency.percentile)
        text = *latency.percentile == 0 ? "mean:" : "p" + shown(*latency.percentile) + ":";
    return text + shown(std::round(latency.limit.value() * 1e6) / 1e3);
}

inline std::string shown(const std::set<std::string>& ids)
{
    return join({ ids.begin(), ids.end() }, ",");
}

/** "50..80", "<=75/s", "1M/day" with the units of each number read. */
inline std::string normalizedRange(const std::string& text, double (*read)(const std::string&))
{
    if (const auto dots = text.find(".."); dots != std::string::npos) {
        const std::string unit =
            text.find('/') == std::string::npos ? "" : text.substr(text.find('/'));
        return shown(read(text.substr(0, dots) + unit)) + ".." + shown(read(text.substr(dots + 2)));
    }
    if (text.starts_with("<=") || text.starts_with(">="))
        return text.substr(0, 2) + shown(read(text.substr(2)));
    return shown(read(text));
}

inline double readRate(const std::string& text)
{
    if (text.ends_with("/month"))
        return parseCount(text.substr(0, text.find('/'))).value_or(-1) / (365.0 / 12 * 86400);
    const auto rate = parseRate(text);
    return rate ? rate->value() : -1;
}

inline double readCount(const std::string& text)
{
    return parseCount(text).value_or(-1);
}

/** An expected value in the form that `statedFields` gives. */
inline std::string normalized(const std::string& key, const std::string& value,
                              const Catalog& catalog)
{
    if (key == "users")
        return normalizedRange(value, readCount);
    if (key == "rate" || key == "peak" || key == "rateuser")
        return normalizedRange(value, readRate);
    if (key == "gpu" || key == "nogpu")
        return shown(gpuIds(value, catalog));
    if (key == "model" || key == "nomodel")
        return shown(modelIds(value, catalog));
    if (key == "q" || key == "noq") {
        const auto parts = trimmedParts(value, ",");
        return shown(std::set<std::string>(parts.begin(), parts.end()));
    }
    if (key == "budget")
        return printRounded(readCount(value), 4);
    return value;
}

/** What was expected, with what an inventory implies: which GPUs there are and how many. */
inline Fields expectedFields(const IntentSentence& sentence, const Catalog& catalog)
{
    Fields fields;
    for (const auto& [key, value] : sentence.expected)
        fields[key] = normalized(key, value, catalog);
    if (const auto inventory = fields.find("inv"); inventory != fields.end()) {
        double total = 0;
        std::set<std::string> gpus;
        for (const std::string& item : trimmedParts(inventory->second, ",")) {
            const auto parts = split(item, ':');
            gpus.insert(std::string(parts[0]));
            total += readCount(std::string(parts[1]));
        }
        fields.emplace("gpu", shown(gpus));
        fields.emplace("maxgpu", shown(total));
    }
    return fields;
}

inline std::set<std::string> asSet(const std::vector<std::string>& list)
{
    return { list.begin(), list.end() };
}

/** Every field that a parse states, in the words of the data files. */
inline Fields statedFields(const Intent& intent)
{
    Fields fields;
    const auto put = [&](const char* key, const auto& value) {
        if (value)
            fields[key] = shown(*value);
    };
    if (intent.useCase)
        fields["uc"] = *intent.useCase;
    put("users", intent.users);
    put("rate", intent.rate);
    put("peak", intent.peakRate);
    put("rateuser", intent.ratePerUser);
    put("in", intent.promptTokens);
    put("out", intent.outputTokens);
    put("ctx", intent.contextTokens);
    put("ttft", intent.ttft);
    put("itl", intent.itl);
    put("e2e", intent.e2e);
    put("tps", intent.throughput);
    if (intent.budgetPerMonth)
        fields["budget"] = printRounded(*intent.budgetPerMonth, 4);
    if (intent.maxGpus)
        fields["maxgpu"] = std::to_string(*intent.maxGpus);
    for (const auto& [key, list] :
         { std::pair { "gpu", &intent.gpusIncluded }, std::pair { "nogpu", &intent.gpusExcluded },
           std::pair { "model", &intent.modelsIncluded },
           std::pair { "nomodel", &intent.modelsExcluded },
           std::pair { "q", &intent.quantizations },
           std::pair { "noq", &intent.quantizationsExcluded } }) {
        if (!list->empty())
            fields[key] = shown(asSet(*list));
    }
    std::vector<std::string> inventory;
    for (const InventoryItem& item : intent.inventory)
        inventory.push_back(item.gpu + ":" + std::to_string(item.count)
                            + (item.perNode > 0 ? ":" + std::to_string(item.perNode) : ""));
    if (!inventory.empty())
        fields["inv"] = join(inventory, ",");
    for (const auto& [key, level] :
         { std::pair { "cost", intent.cost }, std::pair { "latency", intent.latency },
           std::pair { "quality", intent.quality } }) {
        if (level)
            fields[key] = toString(*level);
    }
    return fields;
}

/** How one sentence fared. */
struct SentenceScore
{
    int stated = 0;
    int right = 0;
    bool invented = false;
    int unneeded = 0; ///< questions that the sentence gives no reason for
    std::string difference; ///< empty if nothing is wrong
};

/** The questions that a sentence must raise, comma-separated in the data files. */
inline void scoreQuestions(const std::string& expected, const Intent& intent, SentenceScore& score)
{
    std::set<std::string> due;
    if (!expected.empty()) {
        const auto parts = trimmedParts(expected, ",");
        due.insert(parts.begin(), parts.end());
    }
    std::set<std::string> asked;
    for (const IntentQuestion& question : intent.questions)
        asked.insert(question.field);
    for (const std::string& field : due) {
        ++score.stated;
        score.right += asked.count(field) != 0 ? 1 : 0;
        if (asked.count(field) == 0)
            score.difference += " NOT ASKED " + field + ";";
    }
    for (const std::string& field : asked) {
        if (due.count(field) != 0)
            continue;
        ++score.unneeded;
        score.difference += " NEEDLESSLY ASKED " + field + ";";
    }
}

inline SentenceScore scoreOf(const IntentSentence& sentence, const Intent& intent,
                             const Catalog& catalog)
{
    SentenceScore score;
    const Fields expected = expectedFields(sentence, catalog);
    const Fields actual = statedFields(intent);
    const auto due = expected.find("ask");
    scoreQuestions(due != expected.end() ? due->second : "", intent, score);
    for (const auto& [key, value] : expected) {
        if (key == "ask")
            continue;
        ++score.stated;
        bool right = false;
        std::string got = "-";
        if (const auto found = actual.find(key); found != actual.end()) {
            got = found->second;
            right = got == value;
        }
        score.right += right ? 1 : 0;
        if (!right)
            score.difference += " " + key + "=" + value + " got " + got + ";";
    }
    for (const auto& [key, value] : actual) {
        if (expected.count(key) == 0) {
            score.invented = true;
            score.difference += " INVENTED " + key + "=" + value + ";";
        }
    }
    return score;
}

} // namespace llmd::testing
