// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/catalog/hfconfig.h>

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <random>
#include <string>
#include <vector>

using namespace llmd;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit)
{
    return limit == 0 ? 0 : random() % limit;
}

/** Begin and length of a JSON value after one of the colons. */
std::pair<std::size_t, std::size_t> someValue(const std::string& text, Random& random)
{
    const std::size_t start = text.find(": ", below(random, text.size()));
    if (start == std::string::npos)
        return { 0, 0 };
    const std::size_t end = text.find_first_of(",\n}]", start + 2);
    return { start + 2, (end == std::string::npos ? text.size() : end) - start - 2 };
}

std::string mutated(std::string text, Random& random)
{
    static constexpr std::array<const char*, 24> values {
        "null",
        "0",
        "-1",
        "1e999",
        "NaN",
        "-Infinity",
        "1e300",
        "9223372036854775807",
        "2147483648",
        "0.5",
        "\"text\"",
        "\"\"",
        "[]",
        "{}",
        "true",
        "[[[[[[[[]]]]]]]]",
        "{\"a\": {\"b\": {}}}",
        "4194304",
        "1073741824",
        "16384",
        "1",
        "\"\\u0000\"",
        "[1, -2, \"x\", null]",
        "[\"re:((((\", \"*\", \"\", \"re:.*\"]",
    };
    const std::size_t changes = 1 + below(random, 3);
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        switch (below(random, 7)) {
        case 0:
            text.resize(below(random, text.size()));
            break;
        case 1:
            text[below(random, text.size())] = static_cast<char>(random());
            break;
        case 2:
            text.insert(below(random, text.size()),
                        std::string(1 + below(random, 60), "[{\"0,"[below(random, 5)]));
            break;
        case 3:
            text.erase(below(random, text.size()), 1 + below(random, 20));
            break;
        default: {
            const auto [start, length] = someValue(text, random);
            text.replace(start, length, values[below(random, values.size())]);
        }
        }
    }
    return text;
}

/** A value of every parsed model that would show an overflow or a division by zero. */
bool isSane(const ModelArchitecture& model)
{
    for (std::size_t i = 0; i < parameterGroupCount; ++i) {
        const auto group = static_cast<ParameterGroup>(i);
        const double bytes = model.weightBytes(group).value();
        if (model.parameters(group) < 0 || !(bytes >= 0) || bytes > 1e17)
            return false;
    }
    for (const int size : { 1, 2, 3, 8, 1000 })
        (void)tensorParallelObstacle(model, size);
    return model.textParameters() > 0 && model.activeParameters() > 0 && model.layers() > 0
        && model.residentBufferBytes(8).value() >= 0 && !model.quantization.label().empty();
}

} // namespace

/** Damaged configs: an answer or an error, never a crash, and quickly. */
class TestHfConfigRobustness : public QObject
{
    Q_OBJECT

private slots:
    void mutations()
    {
        std::vector<std::string> configs;
        for (const Resource& resource : builtinResources()) {
            if (resource.path.starts_with("catalog/models/") && resource.content.size() < 4000)
                configs.emplace_back(resource.content);
        }
        QVERIFY(configs.size() > 40);
        Random random(20261120);
        QElapsedTimer timer;
        timer.start();
        constexpr int rounds = 20'000;
        int parsed = 0;
        for (int i = 0; i < rounds; ++i) {
            const std::string text = mutated(configs[below(random, configs.size())], random);
            const auto model = parseHfConfig(text, "x.json");
            if (!model) {
                QVERIFY2(!model.error().detail.empty(), text.c_str());
                continue;
            }
            ++parsed;
            QVERIFY2(isSane(*model), text.c_str());
        }
        qInfo("%d of %d mutations still parsed, %lld ms", parsed, rounds, timer.elapsed());
        QVERIFY(parsed > rounds / 50);
        // Under 3 s in a release build; debug and sanitised builds get more room.
        QVERIFY(timer.elapsed() < 60'000);
    }

    void everyTruncationIsAnError()
    {
        const std::string text(builtinResource("catalog/models/openai--gpt-oss-20b.json"));
        QVERIFY(parseHfConfig(text).has_value());
        const std::size_t last = text.find_last_of('}');
        for (std::size_t length = 0; length <= last; ++length)
            QVERIFY(!parseHfConfig(std::string_view(text).substr(0, length)));
    }
};

QTEST_APPLESS_MAIN(TestHfConfigRobustness)
#include "tst_hfconfigrobustness.moc"
