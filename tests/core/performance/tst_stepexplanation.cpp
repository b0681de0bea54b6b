// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/performance/coefficients.h>
#include <core/performance/engine.h>
#include <core/performance/stepexplanation.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::string shipped()
{
    return std::string(builtinResource("performance/coefficients.yaml"));
}

Workload chat(double rate)
{
    Workload w;
    w.prompt = { LengthDistribution::Shape::LogNormal, 1000, 0.5 };
    w.output = { LengthDistribution::Shape::LogNormal, 300, 0.6 };
    w.load = Load::open(RequestsPerSecond(rate));
    return w;
}

const TimeTerm* find(const TimeExplanation& explanation, std::string_view id)
{
    const auto it = std::find_if(explanation.terms.begin(), explanation.terms.end(),
                                 [id](const TimeTerm& term) { return term.id == id; });
    return it == explanation.terms.end() ? nullptr : &*it;
}

/** Sum of the lines of level 2 whose id starts with the id of their line of level 1. */
double partsOf(const TimeExplanation& explanation, const std::string& id, bool adds)
{
    double sum = 0;
    for (const TimeTerm& term : explanation.terms) {
        if (term.level == 2 && term.adds == adds && term.id.starts_with(id + "."))
            sum += term.time.value();
    }
    return sum;
}

} // namespace

class TestStepExplanation : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    Candidate candidate(const QString& model, const QString& gpu, const Parallelism& parallelism)
    {
        Candidate c;
        c.model = m_catalog->findModel(model.toStdString());
        c.gpu = m_catalog->findGpu(gpu.toStdString());
        const SemanticVersion version { 0, 15, 1 };
        if (c.model && c.gpu)
            c.engine =
                defaultEngineSettings(*c.model, *c.gpu, m_catalog->engineVersion(version), version);
        c.engine.maxModelLen = 8192;
        c.topology.pool.parallelism = parallelism;
        return c;
    }
    Result<Estimate> estimate(const Candidate& c, const Workload& w,
                              const char* engine = "analytic")
    {
        RunContext context;
        return (*m_engines->find(engine))->estimate(c, w, context);
    }
    TimeExplanation explain(const Candidate& c, const Workload& w, const Estimate& e)
    {
        return explainTimes(c, m_catalog->engineVersion(c.engine.version), w, e);
    }

private slots:
    void initTestCase()
    {
        auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void partsAddUp_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("gpu");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<int>("pipeline");
        QTest::addColumn<bool>("eager");
        QTest::newRow("dense") << "Qwen/Qwen3-14B"
                               << "h100_sxm" << 1 << 1 << false;
        QTest::newRow("dense TP4 PP2") << "meta-llama/Llama-3.3-70B-Instruct"
                                       << "h100_sxm" << 4 << 2 << false;
        QTest::newRow("FP8") << "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic"
                             << "h100_sxm" << 4 << 1 << false;
        QTest::newRow("experts, windows, FP4") << "openai/gpt-oss-120b"
                                               << "a100_80_sxm" << 2 << 1 << false;
        QTest::newRow("another vendor") << "meta-llama/Llama-3.1-8B-Instruct"
                                        << "mi300x" << 2 << 1 << false;
        QTest::newRow("without CUDA graphs") << "meta-llama/Llama-3.1-8B-Instruct"
                                             << "h100_sxm" << 1 << 1 << true;
    }

    void partsAddUp()
    {
        QFETCH(QString, model);
        QFETCH(QString, gpu);
        QFETCH(int, tensor);
        QFETCH(int, pipeline);
        QFETCH(bool, eager);
        Candidate c = candidate(model, gpu, { .tensor = tensor, .pipeline = pipeline });
        QVERIFY(c.model && c.gpu);
        c.engine.enforceEager = eager;
        for (const char* engine : { "analytic", "roofline" }) {
            const auto e = estimate(c, chat(3), engine);
            VERIFY_OK(e);
            const TimeExplanation explanation = explain(c, chat(3), *e);
            QCOMPARE(explanation.remark, std::string());
            QVERIFY(explanation.sequences >= 1 && explanation.context > 1000);
            double sum = 0;
            for (const TimeTerm* term : explanation.partsOfStep())
                sum += term->time.value();
            COMPARE_NEAR(sum, e->step.total.value(), 1e-5);
            // What the weights take is split without rest, and so are the plain sums.
            double weights = 0;
            for (const TimeTerm& term : explanation.terms) {
                if (term.id.starts_with("linear.weights."))
                    weights += term.time.value();
            }
            COMPARE_NEAR(weights, e->step.weights.value(), 0.002);
            for (const char* id : { "layers", "step_overhead", "sampler", "kv_read" }) {
                const TimeTerm* whole = find(explanation, id);
                const double parts = partsOf(explanation, id, true);
                if (whole && parts > 0)
                    COMPARE_NEAR(parts, whole->time.value(), 0.005);
            }
            double ttft = 0;
            for (const TimeTerm& term : explanation.terms) {
                if (term.id.starts_with("ttft."))
                    ttft += term.time.value();
            }
            COMPARE_NEAR(ttft, e->ttft.mean.value(), 0.001);
        }
    }

    void everyTermIsDerivedAndNamesItsSource()
    {
        const Candidate c = candidate("openai/gpt-oss-120b", "h100_sxm", { .tensor = 2 });
        const auto e = estimate(c, chat(4));
        VERIFY_OK(e);
        const TimeExplanation explanation = explain(c, chat(4), *e);
        for (const TimeTerm& term : explanation.terms) {
            QVERIFY2(!term.derivation.empty() && term.derivation.back() == '.', term.id.c_str());
            QVERIFY2(!term.name.empty(), term.id.c_str());
            const bool made = term.level == 2 || term.id == "kv_read" || term.id == "collectives";
            QVERIFY2(!made || !term.sources.empty(), term.id.c_str());
            for (const CoefficientNote& note : term.sources) {
                QVERIFY2(!note.reading.empty() && !note.origin.empty(), note.id.c_str());
                QVERIFY2(standardCoefficientNotes().find(note.id), note.id.c_str());
            }
        }
    }

    /** 8B parameters of two bytes in the layers, 128256 x 4096 in the head; see the model's card. */
    void figuresFollowFromTheModel()
    {
        const Candidate c = candidate("meta-llama/Llama-3.1-8B-Instruct", "h100_sxm", {});
        const auto e = estimate(c, chat(4));
        VERIFY_OK(e);
        const TimeExplanation explanation = explain(c, chat(4), *e);
        const double rate = 3350e9 * standardCoefficients().weightBandwidth;
        COMPARE_NEAR(find(explanation, "linear.weights.attention")->time.value(),
                     32 * 2.0 * (2 * 4096 * 4096 + 2 * 4096 * 1024) / rate, 1e-6);
        COMPARE_NEAR(find(explanation, "linear.weights.dense")->time.value(),
                     32 * 2.0 * 3 * 4096 * 14336 / rate, 1e-6);
        COMPARE_NEAR(find(explanation, "linear.weights.head")->time.value(),
                     2.0 * 128256 * 4096 / rate, 1e-6);
        QVERIFY(find(explanation, "linear.weights.dense")->derivation.find("11.3 GB")
                != std::string::npos);
        // 8 heads of 128, keys and values, two bytes, 32 layers: 128 KiB per token.
        const double bytes = explanation.sequences * explanation.context * 131072;
        COMPARE_NEAR(find(explanation, "kv_read")->time.value(),
                     bytes / (3350e9 * standardCoefficients().kvBandwidth), 1e-4);
        // The batch is what Little's law says of the decoding part.
        const double decoding = 4 * 299 * e->itl.mean.value();
        COMPARE_NEAR(explanation.sequences, decoding, 0.05);
    }

    void expertsThatABatchTouches()
    {
        const Candidate c = candidate("openai/gpt-oss-120b", "h100_sxm", { .tensor = 2 });
        const auto e = estimate(c, chat(1));
        VERIFY_OK(e);
        const TimeExplanation explanation = explain(c, chat(1), *e);
        const double padding =
            standardCoefficients().graphPadding * std::min(1.0, explanation.sequences / 8);
        // The chance of an expert of gamma-distributed popularity to be left alone by all tokens.
        const double shape = standardCoefficients().expertPopularityShape;
        const double tokens = explanation.sequences + padding;
        const double touched = 1 - std::pow(1 - tokens * std::log1p(-4.0 / 128) / shape, -shape);
        const TimeTerm* experts = find(explanation, "linear.weights.experts");
        QVERIFY(experts);
        const std::string expected =
            "4 of 128 experts; together the batch touches " + printRounded(touched * 100) + " %";
        QVERIFY2(experts->derivation.find(expected) != std::string::npos,
                 experts->derivation.c_str());
    }

    void otherEnginesAreNotTakenApart()
    {
        const Candidate c = candidate("meta-llama/Llama-3.1-8B-Instruct", "h100_sxm", {});
        auto e = estimate(c, chat(4));
        VERIFY_OK(e);
        e->provenance.engine = "process:other";
        e->step.total = e->step.total * 40000;
        e->step.keyValueRead = e->step.total * 0.5;
        const TimeExplanation foreign = explain(c, chat(4), *e);
        QVERIFY(foreign.remark.find("process:other") != std::string::npos);
        QCOMPARE(foreign.sequences, 0.0);
        QCOMPARE(find(foreign, "kv_read")->share, 0.5);
        for (const TimeTerm& term : foreign.terms)
            QVERIFY2(term.sources.empty() || term.id.starts_with("ttft."), term.id.c_str());

        e->step = {};
        const TimeExplanation none = explain(c, chat(4), *e);
        QVERIFY(!none.remark.empty());
        QVERIFY(none.partsOfStep().empty());
        QVERIFY(find(none, "ttft"));
    }

    void notesBelongToTheValues()
    {
        const CoefficientNotes& notes = standardCoefficientNotes();
        for (const CoefficientField& field : coefficientFields()) {
            const CoefficientNote* note = notes.find(field.id);
            QVERIFY2(note, std::string(field.id).c_str());
            COMPARE_NEAR(note->value * unitScale(field.unit), standardCoefficients().*field.member,
                         1e-12);
            QVERIFY2(note->origin == "fit" || note->origin == "published"
                         || note->origin == "assumed",
                     note->id.c_str());
        }
        for (const ArchitectureFactors& factors : standardCoefficients().architectures)
            QVERIFY2(notes.find(factors.architecture), factors.architecture.c_str());
        QCOMPARE(notes.version, standardCoefficients().version);
        QVERIFY(!notes.find("no such value"));
    }

    void badNotesAreRefused()
    {
        const auto without = [](const std::string& key) {
            std::string text = shipped();
            text.replace(text.find(key), key.size(), "lost:");
            return readCoefficientNotes(text, "coefficients.yaml");
        };
        for (const char* key : { "version:", "data:", "origin:", "reading:", "unit:", "value:" })
            QVERIFY2(!without(key), key);
        VERIFY_ERROR(readCoefficientNotes("a: [", "x.yaml"), "x.yaml");
    }

    void anyNotesFileIsSurvived()
    {
        Mutator mutator({ shipped() }, { "{", "}", "[", ": ", "- ", "\"", "1e999", "&a", "*a" });
        int read = 0;
        for (int i = 0; i < 300; ++i)
            read += readCoefficientNotes(mutator.next(), "fuzz.yaml") ? 1 : 0;
        QVERIFY(read < 300);
    }
};

QTEST_APPLESS_MAIN(TestStepExplanation)
#include "tst_stepexplanation.moc"
