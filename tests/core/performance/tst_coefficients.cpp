// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/performance/coefficients.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;

namespace {

std::string shipped()
{
    return std::string(builtinResource("performance/coefficients.yaml"));
}

std::string replaced(const std::string& from, const std::string& to)
{
    std::string text = shipped();
    const auto at = text.find(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

} // namespace

class TestCoefficients : public QObject
{
    Q_OBJECT

private slots:
    void shippedFileIsReadCompletely()
    {
        const auto read = readCoefficients(shipped(), "coefficients.yaml");
        VERIFY_OK(read);
        QCOMPARE(*read, standardCoefficients());
        QVERIFY(!read->version.empty() && !read->data.empty());
        // Units: microseconds in the file, seconds in the struct.
        QVERIFY(read->layerOverhead > 5e-6 && read->layerOverhead < 100e-6);
        QVERIFY(read->requestOverhead > 1e-3 && read->requestOverhead < 20e-3);
        QVERIFY(read->factors("Hopper").measured);
        QVERIFY(!read->factors("no such generation").measured);
        QCOMPARE(read->factors("no such generation").weightBandwidth, 1.0);
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing") << "  kv_bandwidth:"
                                 << "  kv_band:"
                                 << "kv_bandwidth";
        QTest::newRow("out of range") << "  weight_bandwidth: { value: "
                                      << "  weight_bandwidth: { value: 7"
                                      << "outside its range";
        QTest::newRow("other unit") << "unit: us, range: [0, 5000]"
                                    << "unit: ms, range: [0, 5000]"
                                    << "unit must be 'us'";
        QTest::newRow("text") << "  weight_bandwidth: { value: "
                              << "  weight_bandwidth: { value: fast"
                              << "weight_bandwidth";
        QTest::newRow("zero factor") << "Hopper, weight_bandwidth: 1"
                                     << "Hopper, weight_bandwidth: 0"
                                     << "positive";
        QTest::newRow("negative factor") << "Hopper, weight_bandwidth: 1"
                                         << "Hopper, weight_bandwidth: -1"
                                         << "not negative";
        QTest::newRow("no version") << "version:"
                                    << "versions:"
                                    << "version";
    }

    void badFilesAreRefused()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        const std::string text = replaced(from.toStdString(), to.toStdString());
        QVERIFY2(!text.empty(), "the shipped file no longer holds the text that the test replaces");
        VERIFY_ERROR(readCoefficients(text, "coefficients.yaml"), message.toStdString());
    }

    void rooflineHasNoOverheads()
    {
        const Coefficients roofline = rooflineCoefficients();
        for (const auto& field : coefficientFields()) {
            if (field.unit == "us" || field.unit == "ms")
                QCOMPARE(roofline.*field.member, 0.0);
        }
        QCOMPARE(roofline.weightBandwidth, 1.0);
        QVERIFY(!roofline.smoothMaximum);
    }
};

QTEST_APPLESS_MAIN(TestCoefficients)
#include "tst_coefficients.moc"
