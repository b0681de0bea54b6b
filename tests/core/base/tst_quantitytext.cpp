// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace llmd;

namespace {

/** A column of texts and a column of expected values; NaN stands for "refused". */
constexpr double refused = std::numeric_limits<double>::quiet_NaN();

struct Case
{
    const char* text;
    double value;
    const char* message = ""; // part of the refusal
};

void addCases(std::initializer_list<Case> cases)
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("message");
    for (const auto& item : cases)
        QTest::newRow(*item.text ? item.text : "empty")
            << QByteArray(item.text) << item.value << QByteArray(item.message);
}

template <class T> double baseValue(T value)
{
    if constexpr (std::is_arithmetic_v<T>)
        return static_cast<double>(value);
    else
        return value.value();
}

template <class Parse> void checkCase(Parse parse)
{
    QFETCH(QByteArray, text);
    QFETCH(double, value);
    QFETCH(QByteArray, message);
    const auto parsed =
        parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (std::isnan(value)) {
        VERIFY_ERROR(parsed, message.toStdString());
        QVERIFY(parsed.error().code == ErrorCode::InvalidArgument);
    } else {
        VERIFY_OK(parsed);
        QCOMPARE(printNumber(baseValue(*parsed)), printNumber(value)); // exact, not nearly
    }
}

/** Doubles over all magnitudes, most of them with few digits as people write them, some with all. */
double randomValue(testing::Mutator& random)
{
    const double digits = static_cast<double>(random.below(random.below(2) ? 1000 : 1'000'000'000));
    const int exponent = static_cast<int>(random.below(24)) - 9;
    const double value = digits * std::pow(10.0, exponent);
    return random.below(4) == 0 ? value / 7 : value;
}

bool sameBits(double a, double b)
{
    return std::memcmp(&a, &b, sizeof a) == 0;
}

} // namespace

class TestQuantityText : public QObject
{
    Q_OBJECT

private slots:
    void duration_data()
    {
        addCases({ { "250us", 250e-6 },
                   { "250\u00b5s", 250e-6 },
                   { "200ms", 0.2 },
                   { "3 ms", 0.003 },
                   { " 1.5s ", 1.5 },
                   { "2m", 120 },
                   { "2min", 120 },
                   { "1h", 3600 },
                   { "3d", 259200 },
                   { "40ns", 40e-9 },
                   { "1e3ms", 1 },
                   { ".5s", 0.5 },
                   { "0s", 0 },
                   { "", refused, "empty" },
                   { " ", refused, "empty" },
                   { "200", refused, "unit is missing" },
                   { "200 parsecs", refused,
                     "unknown unit 'parsecs'; known units are us, ms, s, m (minutes)" },
                   { "ms", refused, "number" },
                   { "-5ms", refused, "negative" },
                   { "nan s", refused, "number" },
                   { "infs", refused, "number" },
                   { "1e999s", refused, "too large" },
                   { "1e99999999999999999999s", refused, "too large" },
                   { "1.2.3s", refused, "unknown unit" },
                   { "1,5s", refused, "decimal sign is a point" },
                   { "5ms x", refused, "unknown unit 'ms x'" },
                   { "5MS", refused, "unknown unit" } });
    }
    void duration() { checkCase(parseDuration); }

    void size_data()
    {
        addCases({ { "80GB", 80e9 },
                   { "80GiB", 80.0 * (1u << 30) },
                   { "80 GiB", 80.0 * (1u << 30) },
                   { "16Gi", 16.0 * (1u << 30) },
                   { "512Mi", 512.0 * (1u << 20) },
                   { "4Ki", 4096 },
                   { "2Ti", 2 * std::pow(2, 40) },
                   { "2TiB", 2 * std::pow(2, 40) },
                   { "1PiB", std::pow(2, 50) },
                   { "3PB", 3e15 },
                   { "1.5TB", 1.5e12 },
                   { "7MB", 7e6 },
                   { "7MiB", 7.0 * (1u << 20) },
                   { "7kB", 7000 },
                   { "7KB", 7000 },
                   { "7KiB", 7 * 1024 },
                   { "100B", 100 },
                   { "80gb", 80e9 },
                   { "80gib", 80.0 * (1u << 30) },
                   { "0B", 0 },
                   { "80", refused, "unit is missing; known units are B, kB, MB, GB" },
                   { "80Gb", refused, "unknown unit 'Gb'" },
                   { "-1GB", refused, "negative" },
                   { "", refused, "empty" },
                   { "1e308PB", refused, "too large" },
                   { "1e307PiB", refused, "too large" },
                   { "0x10GB", refused, "unknown unit 'x10GB'" } });
    }
    void size() { checkCase(parseSize); }

    void bandwidth_data()
    {
        addCases({ { "400Gbps", 50e9 },
                   { "400Gb/s", 50e9 },
                   { "400gbps", 50e9 },
                   { "100Mbps", 12.5e6 },
                   { "8bps", 1 },
                   { "9.6kbps", 1200 },
                   { "1.6Tb/s", 200e9 },
                   { "900GBs", 900e9 },
                   { "900GB/s", 900e9 },
                   { "900GBps", 900e9 },
                   { "3.35TB/s", 3.35e12 },
                   { "64GiB/s", 64.0 * (1u << 30) },
                   { "500MB/s", 500e6 },
                   { "12kB/s", 12e3 },
                   { "7B/s", 7 },
                   { "900", refused, "unit is missing; known units are bps" },
                   { "900GB", refused, "unknown unit 'GB'" },
                   { "900Gb", refused, "unknown unit 'Gb'" },
                   { "900G", refused, "unknown unit" },
                   { "-900GB/s", refused, "negative" },
                   { "900GB/h", refused, "unknown unit" },
                   { "", refused, "empty" } });
    }
    void bandwidth() { checkCase(parseBandwidth); }

    void rate_data()
    {
        addCases({ { "12.5/s", 12.5 },
                   { "12.5rps", 12.5 },
                   { "12.5 req/s", 12.5 },
                   { "12.5 requests/s", 12.5 },
                   { "5qps", 5 },
                   { "7", 7 },
                   { "2k", 2000 },
                   { "2k rps", 2000 },
                   { "300/min", 5 },
                   { "300rpm", 5 },
                   { "300 / min", 5 },
                   { "1M/day", 1e6 / 86400 },
                   { "86,400/day", 1 },
                   { "40k/h", 40e3 / 3600 },
                   { "0", 0 },
                   { "5/week", refused, "unknown unit '/week'; known units are /s, /min" },
                   { "5 users/s", refused, "unknown unit" },
                   { "-5/s", refused, "negative" },
                   { "/s", refused, "number" },
                   { "inf/s", refused, "number" },
                   { "", refused, "empty" } });
    }
    void rate() { checkCase(parseRate); }

    void money_data()
    {
        addCases({ { "$2.50", 2.5 },
                   { "2.5", 2.5 },
                   { "1.2k", 1200 },
                   { "$40,000", 40000 },
                   { "$1,234,567.89", 1234567.89 },
                   { "3M", 3e6 },
                   { "$ 5", 5 },
                   { "5 USD", 5 },
                   { "USD 5", 5 },
                   { "$4,00", refused, "a comma only separates thousands" },
                   { "1,2345", refused, "a comma only separates thousands" },
                   { "$-5", refused, "negative" },
                   { "-$5", refused, "negative" },
                   { "5 EUR", refused, "unknown unit 'EUR'" },
                   { "$", refused, "empty" },
                   { "", refused, "empty" } });
    }
    void money() { checkCase(parseMoney); }

    void count_data()
    {
        addCases({ { "5k", 5000 },
                   { "5K", 5000 },
                   { "2,500", 2500 },
                   { "1.2M", 1.2e6 },
                   { "1.001k", 1001 },
                   { "7B", 7e9 },
                   { "7G", 7e9 },
                   { "15T", 15e12 },
                   { "0.5", 0.5 },
                   { "1e5", 1e5 },
                   { "2,50", refused, "a comma only separates thousands" },
                   { "5m", refused, "unknown unit 'm'; known units are k, M" },
                   { "5kk", refused, "unknown unit" },
                   { "-5", refused, "negative" },
                   { "five", refused, "number" },
                   { "", refused, "empty" } });
    }
    void count() { checkCase(parseCount); }

    void number_data()
    {
        addCases({ { "5", 5 },
                   { "-2.5e-3", -0.0025 },
                   { "+1", 1 },
                   { "1.", 1 },
                   { ".5", 0.5 },
                   { "1E+3", 1000 },
                   { "0012", 12 },
                   { "", refused, "empty text is not a number" },
                   { " 5", refused, "not a number" },
                   { "5 ", refused, "not a number" },
                   { "5k", refused, "not a number" },
                   { "0x10", refused, "not a number" },
                   { "1_000", refused, "not a number" },
                   { "1,000", refused, "not a number" },
                   { "--5", refused, "not a number" },
                   { "-", refused, "not a number" },
                   { ".", refused, "not a number" },
                   { "1e", refused, "not a number" },
                   { "nan", refused, "not a number" },
                   { "inf", refused, "not a number" },
                   { "-inf", refused, "not a number" },
                   { "1e400", refused, "too large" } });
    }
    void number() { checkCase(parseNumber); }

    void integer_data()
    {
        addCases({ { "5", 5 },
                   { "-7", -7 },
                   { "+7", 7 },
                   { "007", 7 },
                   { "9007199254740992", 9007199254740992.0 },
                   { "5.0", refused, "not a whole number" },
                   { "1e3", refused, "not a whole number" },
                   { "+-7", refused, "not a whole number" },
                   { "+", refused, "not a whole number" },
                   { "", refused, "empty text is not a whole number" },
                   { "0x1f", refused, "not a whole number" },
                   { "9223372036854775808", refused, "too large" } });
    }
    void integer() { checkCase(parseInteger); }

    void fraction_data()
    {
        addCases({ { "95%", 0.95 },
                   { "0.95", 0.95 },
                   { "99.9 %", 0.999 },
                   { "0", 0 },
                   { "1", 1 },
                   { "100%", 1 },
                   { "95", refused, "expected 0 to 1 or 0% to 100%" },
                   { "100.1%", refused, "expected 0 to 1" },
                   { "-1%", refused, "negative" },
                   { "5 percent", refused, "unknown unit" },
                   { "", refused, "empty" } });
    }
    void fraction() { checkCase(parseFraction); }

    void printsTheUnitPeopleExpect()
    {
        QCOMPARE(printDuration(Seconds(0.2)), "200ms");
        QCOMPARE(printDuration(Seconds(0.00025)), "250us");
        QCOMPARE(printDuration(Seconds(1.5)), "1.5s");
        QCOMPARE(printDuration(Seconds(90)), "90s");
        QCOMPARE(printDuration(Seconds(5400)), "90m");
        QCOMPARE(printDuration(Seconds(7200)), "2h");
        QCOMPARE(printDuration(Seconds(259200)), "3d");
        QCOMPARE(printDuration(Seconds(1e-7)), "0.1us");
        QCOMPARE(printDuration(Seconds(0)), "0s");
        QCOMPARE(printSize(gigabytes(80)), "80GB");
        QCOMPARE(printSize(gibibytes(80)), "80GiB");
        QCOMPARE(printSize(gibibytes(1.5)), "1.5GiB");
        QCOMPARE(printSize(Bytes(1000)), "1kB");
        QCOMPARE(printSize(Bytes(512)), "512B");
        QCOMPARE(printSize(Bytes(0)), "0B");
        QCOMPARE(printBandwidth(gigabytesPerSecond(900)), "900GB/s");
        QCOMPARE(printBandwidth(BytesPerSecond(64 * gibi)), "64GiB/s");
        QCOMPARE(printRate(RequestsPerSecond(12.5)), "12.5/s");
    }

    void printedTextReadsBackTheSame()
    {
        testing::Mutator random({}, {}, 7);
        for (int i = 0; i < 20000; ++i) {
            const double value = randomValue(random);
            const auto check = [&](const auto& text, const auto& parsed) {
                QVERIFY2(parsed && sameBits(baseValue(*parsed), value), text.c_str());
            };
            const auto duration = printDuration(Seconds(value));
            check(duration, parseDuration(duration));
            const auto size = printSize(Bytes(value));
            check(size, parseSize(size));
            const auto bandwidth = printBandwidth(BytesPerSecond(value));
            check(bandwidth, parseBandwidth(bandwidth));
            const auto rate = printRate(RequestsPerSecond(value));
            check(rate, parseRate(rate));
            const auto number = printNumber(value);
            check(number, parseNumber(number));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void everyDoubleReadsBackTheSame()
    {
        std::mt19937_64 random(11);
        for (int i = 0; i < 50000; ++i) {
            const auto bits = random();
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value))
                continue;
            const auto text = printNumber(value);
            const auto parsed = parseNumber(text);
            QVERIFY2(parsed && sameBits(*parsed, value), text.c_str());
        }
    }

    void numbersArePrintedShort_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("full");
        QTest::addColumn<QByteArray>("rounded");
        const auto row = [](double value, const char* full, const char* rounded) {
            QTest::newRow(full) << value << QByteArray(full) << QByteArray(rounded);
        };
        row(0, "0", "0");
        row(0.1, "0.1", "0.1");
        row(-2.5, "-2.5", "-2.5");
        row(1e6, "1000000", "1000000");
        row(1234567, "1234567", "1230000");
        row(999.9, "999.9", "1000");
        row(0.00123456, "0.00123456", "0.00123");
        row(1e-7, "0.0000001", "0.0000001");
        row(1e-9, "1e-9", "0.000000001");
        row(1.5e14, "150000000000000", "150000000000000");
        row(1.5e15, "1500000000000000", "1.5e+15");
        row(1.25e20, "1.25e+20", "1.25e+20");
        row(5e-324, "5e-324", "4.94e-324");
        row(std::numeric_limits<double>::infinity(), "inf", "inf");
        row(-std::numeric_limits<double>::infinity(), "-inf", "-inf");
        row(std::numeric_limits<double>::quiet_NaN(), "nan", "nan");
        row(-0.0, "-0", "0");
    }
    void numbersArePrintedShort()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, full);
        QFETCH(QByteArray, rounded);
        QCOMPARE(printNumber(value), full.toStdString());
        QCOMPARE(printRounded(value), rounded.toStdString());
    }

    void roundingTakesTheDigitsAskedFor()
    {
        QCOMPARE(printRounded(3.14159, 1), "3");
        QCOMPARE(printRounded(3.14159, 5), "3.1416");
        QCOMPARE(printRounded(3.14159, 0), "3");
        QCOMPARE(printRounded(0.1, 99), "0.10000000000000001");
    }

    void messagesShowNoRawControlCharactersAndStayShort()
    {
        const auto parsed = parseDuration("5\x1b[31m" + std::string(5000, 'x'));
        QVERIFY(!parsed);
        QVERIFY(parsed.error().detail.find('\x1b') == std::string::npos);
        QVERIFY(parsed.error().detail.size() < 400);
    }
};

QTEST_APPLESS_MAIN(TestQuantityText)
#include "tst_quantitytext.moc"
