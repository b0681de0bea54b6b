// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/qualityfile.h>
#include <core/ranking/quality.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;

namespace {

const Catalog& shipped()
{
    static const auto loaded = loadCatalog();
    static const Catalog none;
    return loaded ? *loaded->value : none;
}

const std::string header = "model,benchmark,score,source,date\n";

QString issueTexts(const std::vector<Issue>& issues)
{
    QString text;
    for (const Issue& issue : issues)
        text += QString::fromStdString(describe(issue)) + "\n";
    return text;
}

} // namespace

class TestQualityFile : public QObject
{
    Q_OBJECT

private slots:
    void readsScores()
    {
        const auto read = readQualityScores(
            "model,benchmark,score,mode,source,date\n"
            "Qwen/Qwen3-14B,IFEval,88.5,non-thinking,\"our lab, harness 0.4\",2026-10-01\n"
            "# a remark\n"
            "meta-llama/Llama-3.1-8B-Instruct,MMLU-Pro,47,,our lab,2026-10-02\n",
            "scores.csv", shipped());
        VERIFY_OK(read);
        QVERIFY2(read->issues.empty(), qPrintable(issueTexts(read->issues)));
        QCOMPARE(read->value.size(), std::size_t(2));
        const QualityScore& first = read->value[0];
        QCOMPARE(first.family, std::string("Qwen/Qwen3-14B"));
        QCOMPARE(first.benchmark, std::string("IFEval"));
        QCOMPARE(first.score, 88.5);
        QCOMPARE(first.mode, std::string("non-thinking"));
        QCOMPARE(first.source.text, std::string("our lab, harness 0.4"));
        QCOMPARE(first.source.date, std::string("2026-10-01"));
        QVERIFY(first.userProvided);
    }

    void namesAreMatched_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("how");
        QTest::newRow("id") << "Qwen/Qwen3-14B"
                            << "Qwen/Qwen3-14B"
                            << "id";
        QTest::newRow("case") << "qwen/qwen3-14b"
                              << "Qwen/Qwen3-14B"
                              << "id";
        QTest::newRow("spelling") << "qwen / qwen3 14b"
                                  << "Qwen/Qwen3-14B"
                                  << "id in another spelling";
        QTest::newRow("no publisher") << "qwen3-14b"
                                      << "Qwen/Qwen3-14B"
                                      << "id without the publisher";
        QTest::newRow("spaces") << "Llama 3.1 8B Instruct"
                                << "meta-llama/Llama-3.1-8B-Instruct"
                                << "id without the publisher";
        QTest::newRow("instruct") << "llama 3.1 8b"
                                  << "meta-llama/Llama-3.1-8B-Instruct"
                                  << "id without the publisher with \"instruct\" added";
    }

    void namesAreMatched()
    {
        QFETCH(QString, name);
        QFETCH(QString, id);
        QFETCH(QString, how);
        const auto match = matchModelName(name.toStdString(), shipped());
        VERIFY_OK(match);
        QCOMPARE(QString::fromStdString(match->model->id), id);
        QCOMPARE(QString::fromStdString(match->how), how);
        QCOMPARE(match->exact, how == "id");
    }

    void unknownNamesAreRefused()
    {
        VERIFY_ERROR(matchModelName("Qwen3-14C", shipped()), "did you mean Qwen3-14B?");
        VERIFY_ERROR(matchModelName("  ", shipped()), "missing");
        // Two publishers, none of them unquantised: nobody guesses.
        Catalog catalog;
        for (const char* id : { "a/Same-7B", "b/Same-7B" }) {
            Model model;
            model.id = id;
            model.family = id;
            catalog.models.push_back(model);
        }
        VERIFY_ERROR(matchModelName("same 7b", catalog), "may be any of a/Same-7B, b/Same-7B");
    }

    void matchesAreReported()
    {
        const auto read = readQualityScores(header + "qwen3-14b,ifeval,80,lab,2026-10-01\n",
                                            "scores.csv", shipped());
        VERIFY_OK(read);
        QCOMPARE(read->value.size(), std::size_t(1));
        QCOMPARE(read->value[0].family, std::string("Qwen/Qwen3-14B"));
        QCOMPARE(read->value[0].benchmark, std::string("IFEval"));
        QCOMPARE(read->value[0].statedName, std::string("qwen3-14b"));
        const QString texts = issueTexts(read->issues);
        QVERIFY2(texts.contains("scores.csv:2") && texts.contains("taken for Qwen/Qwen3-14B")
                     && texts.contains("taken for IFEval"),
                 qPrintable(texts));
        QVERIFY(!read->hasErrors());
    }

    void faultsHaveTheirLines()
    {
        const auto read =
            readQualityScores(header
                                  + "Qwen/Qwen3-14B,IFEval,80,lab,2026-10-01\n" // good
                                    "nobody/knows,IFEval,80,lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,,80,lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,180,lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,high,lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,,lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,80,,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,80,lab,01.10.2026\n"
                                    "Qwen/Qwen3-14B,IFEval,80,lab,2026-13-01\n"
                                    "Qwen/Qwen3-14B,Our tickets,70,lab,2026-10-01\n",
                              "scores.csv", shipped());
        VERIFY_OK(read);
        QCOMPARE(read->value.size(), std::size_t(2));
        std::vector<int> lines;
        for (const Issue& issue : read->issues) {
            if (issue.severity == Severity::Error)
                lines.push_back(issue.where->line);
        }
        QVERIFY2((lines == std::vector<int> { 3, 4, 5, 6, 7, 8, 9, 10 }),
                 qPrintable(issueTexts(read->issues)));
        QVERIFY2(issueTexts(read->issues).contains("scores.csv:11: warning: benchmark: no kind of"),
                 qPrintable(issueTexts(read->issues)));
        VERIFY_ERROR(readQualityScores("model,score\nx,1\n", "scores.csv", shipped()), "benchmark");
        VERIFY_ERROR(readQualityScores(header + "a,b\n", "scores.csv", shipped()), "scores.csv:2");
    }

    void writtenScoresReadBack()
    {
        const auto read = readQualityScores(
            header + "Qwen/Qwen3-14B,IFEval,80.25,\"lab \"\"A\"\", harness\",2026-10-01\n", "a.csv",
            shipped());
        VERIFY_OK(read);
        const auto again = readQualityScores(writeQualityScores(read->value), "b.csv", shipped());
        VERIFY_OK(again);
        QVERIFY(again->value == read->value);
    }

    void ownScoresCountInTheCatalog()
    {
        testing::TemporaryFolder folder;
        VERIFY_OK(writeFileAtomically(folder / "quality.csv",
                                      header + "Qwen/Qwen3-14B,IFEval,99.5,our lab,2026-10-01\n"));
        CatalogOptions options;
        options.overrideFolders = { folder.path() };
        const auto own = loadCatalog(options);
        QVERIFY(own && own->issues.empty());
        const std::string chat = "chatbot_conversational";
        const auto before = qualityOf(*shipped().findModel("Qwen/Qwen3-14B"), chat, shipped());
        const auto after = qualityOf(*own->value->findModel("Qwen/Qwen3-14B"), chat, *own->value);
        QVERIFY(before && after && after->score > before->score);
        const auto lines = describe(*after);
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("IFEval 99.5 (your own: our lab, 2026-10-01)") != std::string::npos;
        }));
        // The same by a file of any name; a later one replaces what an earlier one said.
        VERIFY_OK(writeFileAtomically(folder / "more.csv",
                                      header + "Qwen/Qwen3-14B,IFEval,1,our lab,2026-11-01\n"));
        options.qualityFiles = { folder / "more.csv" };
        const auto more = loadCatalog(options);
        QVERIFY(more);
        QCOMPARE(more->value->qualityScores.size(), own->value->qualityScores.size());
        QVERIFY(qualityOf(*more->value->findModel("Qwen/Qwen3-14B"), chat, *more->value)->score
                < after->score);
        // A file that cannot be read is told and changes nothing.
        options.qualityFiles = { folder / "none.csv" };
        const auto none = loadCatalog(options);
        QVERIFY(none && !none->issues.empty());
    }

    void fuzzedFilesNeverCrash()
    {
        const std::string good = header
            + "Qwen/Qwen3-14B,IFEval,80,lab,2026-10-01\n"
              "llama 3.1 8b,MMLU-Pro,47.5,\"lab, two\",2026-10-02\n";
        testing::Mutator mutator({ good }, { "\"", ",", "\n", "1e999", "nan", "-0", "/" }, 17);
        for (int i = 0; i < 300; ++i) {
            const auto read = readQualityScores(mutator.next(), "fuzz.csv", shipped());
            if (!read)
                continue;
            for (const QualityScore& score : read->value) {
                QVERIFY(score.score >= 0 && score.score <= 100);
                QVERIFY(shipped().findModel(score.family));
                QVERIFY(!score.source.text.empty() && !score.benchmark.empty());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestQualityFile)
#include "tst_qualityfile.moc"
