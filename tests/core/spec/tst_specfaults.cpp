// SPDX-License-Identifier: Apache-2.0
#include "specfixture.h"

#include <core/base/text.h>
#include <core/base/yamlreader.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <functional>
#include <set>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** One line `key: value` of the example that has every field. */
struct FieldLine
{
    std::size_t index; ///< of the line, from 0
    std::string indent;
    std::string key;
    std::string value;
    std::string path;

    [[nodiscard]] bool isText() const
    {
        static const std::set<std::string> texts { "name",       "namespace", "revision",
                                                   "draftModel", "gpuType",   "useCase" };
        return texts.contains(key);
    }
    [[nodiscard]] int line() const { return static_cast<int>(index) + 1; }
};

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

std::string textOf(const std::vector<std::string>& lines)
{
    return join(lines, "\n");
}

std::vector<FieldLine> fieldLines(const std::vector<std::string>& lines)
{
    std::vector<FieldLine> fields;
    std::vector<std::string> groups;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        const auto colon = line.find(':');
        if (line.starts_with('#') || colon == std::string::npos)
            continue;
        const auto indent = line.find_first_not_of(' ');
        groups.resize(indent / 2);
        const std::string key = line.substr(indent, colon - indent);
        const std::string value(trimmed(std::string_view(line).substr(colon + 1)));
        if (value.empty()) {
            groups.push_back(key);
            continue;
        }
        fields.push_back({ i, line.substr(0, indent), key, value,
                           groups.empty() ? key : join(groups, ".") + "." + key });
    }
    return fields;
}

/** A way to damage the line of a field. */
struct Fault
{
    const char* name;
    std::function<std::string(const FieldLine&)> change; ///< gives the new line, or lines
    bool hurtsTexts = true; ///< a free text stays a text under it
    bool refused = false; ///< no document is read at all
};

} // namespace

/** Damaged specs: every finding has its place, nothing crashes or hangs, and nothing that is written is taken for something else. */
class TestSpecFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<SpecFixture>(); }

    /** Each of the faults at each field of the example, some 500 specs. */
    void everyFieldDamaged()
    {
        const auto value = [](const char* text) {
            return
                [text](const FieldLine& field) { return field.indent + field.key + ": " + text; };
        };
        const std::vector<Fault> faults {
            { "sequence", value("[1, 2]") },
            { "mapping", value("{a: b}") },
            { "unit", value("12parsec"), false },
            { "huge", value("999999999999999999999999999999"), false },
            { "negative", value("-1"), false },
            { "not a number", value(".nan"), false },
            { "another script", value("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"), false },
            { "hidden characters", value("\"80\xe2\x80\xae GB\""), false },
            { "twice",
              [](const FieldLine& field) {
                  const std::string line = field.indent + field.key + ": " + field.value;
                  return line + "\n" + line;
              },
              true, true },
            { "broken quote", value("\"80GB"), true, true },
            { "tag", value("!!python/object:os.system x"), true, true },
        };
        const auto lines = linesOf(specText("everything"));
        const auto fields = fieldLines(lines);
        QVERIFY(fields.size() > 45);
        int specs = 0;
        for (const FieldLine& field : fields) {
            for (const Fault& fault : faults) {
                if (field.isText() && !fault.hurtsTexts)
                    continue;
                auto damaged = lines;
                damaged[field.index] = fault.change(field);
                checkDamaged(textOf(damaged), field, fault);
                ++specs;
            }
        }
        QVERIFY(specs > 400);
    }

    /** What is missing is either required, and said so, or assumed. */
    void everyFieldMissing()
    {
        const auto lines = linesOf(specText("everything"));
        const std::set<std::string> required { "apiVersion",
                                               "kind",
                                               "metadata.name",
                                               "spec.model.name",
                                               "spec.resources.gpuType",
                                               "spec.model.speculative.draftModel" };
        for (const FieldLine& field : fieldLines(lines)) {
            for (const bool empty : { false, true }) {
                auto damaged = lines;
                if (empty)
                    damaged[field.index] = field.indent + field.key + ":";
                else
                    damaged.erase(damaged.begin() + static_cast<std::ptrdiff_t>(field.index));
                const auto documents = readSpecs(textOf(damaged), "t.yaml");
                VERIFY_OK(documents);
                const SpecFinding* finding = findingAt(documents->front().findings, field.path);
                QVERIFY2((finding != nullptr) == required.contains(field.path), field.path.c_str());
                verifyPlaces(m_fixture->compile(documents->front()).findings);
            }
        }
    }

    /** Keys that are not known, at every place: pointed out where they are. */
    void extraKeys()
    {
        const auto lines = linesOf(specText("everything"));
        for (const FieldLine& field : fieldLines(lines)) {
            for (const std::string& key : { field.key + "s", std::string("zzzzzzzzzzzzzzzz"),
                                            std::string("\"\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87\"") }) {
                auto damaged = lines;
                damaged[field.index] += "\n" + field.indent + key + ": 1";
                const auto documents = readSpecs(textOf(damaged), "t.yaml");
                VERIFY_OK(documents);
                const auto& findings = documents->front().findings;
                QVERIFY2(findings.size() == 1, fieldsOf(findings).c_str());
                QCOMPARE(findings.front().where->line, field.line() + 1);
                QVERIFY(!findings.front().suggestion.empty());
                const bool slip = key == field.key + "s";
                QVERIFY2((findings.front().level == SpecFinding::Level::Error) == slip,
                         fieldsOf(findings).c_str());
            }
        }
    }

    /** Anchors and aliases mean what they repeat; bombs of them are refused quickly. */
    void anchors()
    {
        const auto plain = readSpecs(specText("minimal"), "a.yaml")->front().service;
        const auto anchored = readSpecs(with(with(specText("minimal"), "maxContextLength: 8192",
                                                  "maxContextLength: &length 8192"),
                                             "maxReplicas: 8", "maxReplicas: *length"),
                                        "a.yaml");
        VERIFY_OK(anchored);
        QCOMPARE(anchored->front().service.serving.scaling.maxReplicas.value(), 8192);
        QCOMPARE(anchored->front().service.model.maxContextLength, plain.model.maxContextLength);
        VERIFY_ERROR(readSpecs(with(specText("minimal"), "8192", "*nothing"), "a.yaml"),
                     "a.yaml:12:23");
        VERIFY_ERROR(readSpecs(with(specText("minimal"),
                                    "    latency:", "    <<: {latency: 1}\n    latency:"),
                               "a.yaml"),
                     "a.yaml:");

        std::string laughs =
            with(specText("minimal"), "maxContextLength: 8192", "maxContextLength: *j");
        std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
        for (char c = 'b'; c <= 'j'; ++c) {
            bomb += std::string(1, c) + ": &" + c + " [";
            for (int i = 0; i < 10; ++i)
                bomb += (i ? ", *" : "*") + std::string(1, static_cast<char>(c - 1));
            bomb += "]\n";
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!readSpecs(bomb + laughs, "laughs.yaml"));
        QVERIFY(!readSpecs(std::string(100'000, '['), "deep.yaml"));
        QVERIFY(!readSpecs(std::string(2u << 20, 'x'), "long.yaml"));
        std::string many;
        for (int i = 0; i < 20'000; ++i)
            many += "---\na: 1\n";
        QVERIFY(!readSpecs(many, "many.yaml") || readSpecs(many, "many.yaml")->size() <= 20'000);
        QVERIFY2(timer.elapsed() < 20'000, "hostile texts took too long");
    }

    /** Whatever is damaged: findings with places or an error, bounded. */
    void fuzz()
    {
        Mutator mutator({ specText("everything"), specText("minimal"), specText("speculative") },
                        { ": ",       "- ",   "&a ",   "*a",   "{",
                          "[",        "\"",   "'",     "|",    ">",
                          "!!str ",   "<<: ", "1e999", "-1",   "99999999999999999999",
                          "\xc3\xa4", "\xff", "---\n", "null", "~",
                          "spec:\n",  "\t",   "200ms", "80GB", "400Gbps",
                          "0x10",     "yes" },
                        11);
        int read = 0;
        for (int i = 0; i < 10'000; ++i) {
            const std::string text = mutator.next();
            const auto documents = readSpecs(text, "fuzz.yaml");
            if (!documents) {
                QVERIFY(!documents.error().detail.empty());
                continue;
            }
            for (const SpecDocument& document : *documents) {
                ++read;
                QVERIFY(document.findings.size() <= 210);
                verifyPlaces(document.findings);
                // Planning takes longer than reading: one in forty is planned.
                if (i % 40 == 0)
                    verifyPlaces(m_fixture->compile(document).findings);
            }
        }
        QVERIFY(read > 1000);
    }

    /** Texts from the spec in every file that is written come back as they were, whatever YAML thinks of them. */
    void hostileTexts()
    {
        Mutator mutator({ "x" }, {}, 23);
        const InferenceService plain = readSpecs(specText("everything"), "a.yaml")->front().service;
        int written = 0;
        for (int i = 0; i < 60; ++i) {
            InferenceService service = plain;
            const std::string hostile = "v\": x\n  evil: true #" + mutator.hostileString();
            service.model.revision = hostile;
            service.model.speculative->draftModel = hostile;
            const SpecCompilation result = m_fixture->compile(service);
            QVERIFY2(result.compiled, fieldsOf(result.findings).c_str());
            const auto files = writeSpecFiles(*result.compiled, {});
            if (!files) // refused, with the reason
                continue;
            ++written;
            for (const ManifestFile& file : *files) {
                if (!file.path.ends_with(".yaml"))
                    continue;
                const auto documents = parseYamlDocuments(file.content, file.path);
                VERIFY_OK(documents);
                for (const YamlNode& document : *documents) {
                    for (const std::string& key : document.keys())
                        QVERIFY2(key != "evil", file.path.c_str());
                }
            }
            const auto plan = readExecutionPlan(files->back().content);
            VERIFY_OK(plan);
            QCOMPARE(plan->model.draftModel, hostile);
            QVERIFY(plan->sameDecisions(result.compiled->plan));
        }
        QVERIFY(written > 0);
    }

    /** Names of objects are checked, so nothing hostile gets that far. */
    void hostileNames()
    {
        Mutator mutator({ "x" }, {}, 29);
        for (int i = 0; i < 200; ++i) {
            InferenceService service = readSpecs(specText("minimal"), "a.yaml")->front().service;
            service.name = mutator.hostileString();
            const SpecCompilation result = m_fixture->compile(service);
            if (result.compiled) {
                QVERIFY(service.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-")
                        == std::string::npos);
            } else {
                QVERIFY2(findingAt(result.findings, "metadata.name"),
                         fieldsOf(result.findings).c_str());
            }
        }
    }

private:
    static void verifyPlaces(const std::vector<SpecFinding>& findings)
    {
        for (const SpecFinding& finding : findings) {
            QVERIFY2(finding.where && finding.where->line > 0 && finding.where->column > 0,
                     finding.field.c_str());
            QVERIFY(!finding.text.empty());
        }
    }

    void checkDamaged(const std::string& text, const FieldLine& field, const Fault& fault)
    {
        const std::string what = std::string(fault.name) + " at " + field.path;
        const auto documents = readSpecs(text, "t.yaml");
        QVERIFY2(documents.has_value() != fault.refused, what.c_str());
        if (!documents) {
            QVERIFY2(documents.error().where && documents.error().where->line >= field.line(),
                     what.c_str());
            return;
        }
        const SpecFinding* finding = findingAt(documents->front().findings, field.path);
        QVERIFY2(finding, (what + "\n" + fieldsOf(documents->front().findings)).c_str());
        QVERIFY2(finding->where && finding->where->line == field.line(), what.c_str());
        QVERIFY2(!finding->suggestion.empty(), what.c_str());
        const SpecCompilation result = m_fixture->compile(documents->front());
        QVERIFY2(!result.compiled, what.c_str());
        verifyPlaces(result.findings);
    }

    std::unique_ptr<SpecFixture> m_fixture;
};

QTEST_APPLESS_MAIN(TestSpecFaults)
#include "tst_specfaults.moc"
