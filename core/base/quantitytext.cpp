// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace llmd {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/** The text as an error message shows it: in quotes, short, without control characters. */
std::string shown(std::string_view text)
{
    constexpr std::size_t longest = 60;
    std::string result = "'";
    std::size_t end = std::min(text.size(), longest);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // never half a character
    for (const char c : text.substr(0, end))
        result += static_cast<unsigned char>(c) < 0x20 || c == '\x7f' ? '?' : c;
    return result + (end < text.size() ? "...'" : "'");
}

/** An unsigned decimal number and what follows it, not yet converted, so that a decimal unit adds
 * no rounding. */
struct Quantified
{
    std::string mantissa; // digits with at most one point, no separators
    long exponent = 0;
    std::string_view unit;

    /** mantissa x 10^(exponent + shift), rounded once. */
    [[nodiscard]] std::optional<double> scaled(int shift = 0) const
    {
        const auto text = mantissa + "e" + std::to_string(exponent + shift);
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc {} || end != text.data() + text.size() || !std::isfinite(value))
            return std::nullopt;
        return value;
    }
};

/** Takes "2,500" apart if the commas stand where thousands are; leaves anything else alone. */
std::size_t groupedDigits(std::string_view text, std::string& digits)
{
    std::size_t at = 0;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    if (at == 0 || at > 3 || at >= text.size() || text[at] != ',')
        return 0;
    digits = text.substr(0, at);
    const auto isGroup = [&](std::size_t from) {
        return from + 3 < text.size() && text[from] == ',' && isDigit(text[from + 1])
            && isDigit(text[from + 2]) && isDigit(text[from + 3]);
    };
    while (isGroup(at)) {
        digits += text.substr(at + 1, 3);
        at += 4;
    }
    const bool ends = at == text.size() || (!isDigit(text[at]) && text[at] != ',');
    return ends && digits.size() > 3 ? at : 0;
}

/** Length of the exponent "e-3" at the start of `text`, 0 if it is none. */
std::size_t exponentLength(std::string_view text)
{
    if (text.empty() || (text[0] != 'e' && text[0] != 'E'))
        return 0;
    std::size_t at = 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-'))
        ++at;
    const auto first = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at > first ? at : 0;
}

enum class Grouping { Refused, Allowed };

/** Splits an unsigned number from its unit; nothing if `text` does not start with a number. */
std::optional<Quantified> takeNumber(std::string_view text, Grouping grouping = Grouping::Refused)
{
    Quantified result;
    std::size_t at = grouping == Grouping::Allowed ? groupedDigits(text, result.mantissa) : 0;
    bool digit = at > 0;
    bool point = false;
    for (; at < text.size() && (isDigit(text[at]) || (text[at] == '.' && !point)); ++at) {
        digit = digit || isDigit(text[at]);
        point = point || text[at] == '.';
        result.mantissa += text[at];
    }
    if (!digit)
        return std::nullopt;
    if (const auto length = exponentLength(text.substr(at)); length > 0) {
        auto digits = text.substr(at + 1, length - 1);
        if (digits.front() == '+')
            digits.remove_prefix(1);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), result.exponent);
        constexpr long beyondDouble = 100'000;
        if (error != std::errc {} || std::abs(result.exponent) > beyondDouble)
            result.exponent = digits.front() == '-' ? -beyondDouble : beyondDouble;
        at += length;
    }
    result.unit = trimmed(text.substr(at));
    return result;
}

tl::unexpected<Error> badValue(std::string detail, std::string_view text)
{
    return tl::unexpected<Error>(Error {
        ErrorCode::InvalidArgument, std::move(detail), { std::string(text) }, std::nullopt });
}

/** What a kind of value is called and looks like, for its error messages. */
struct Kind
{
    std::string_view name; // "a duration"
    std::string_view units; // "us, ms, s, m, h, d"
    std::string_view example;
};

tl::unexpected<Error> unknownUnit(const Kind& kind, std::string_view text, std::string_view unit)
{
    std::string detail = shown(text) + " is not " + std::string(kind.name) + ": ";
    detail += unit.empty() ? "the unit is missing" : "unknown unit " + shown(unit);
    detail +=
        "; known units are " + std::string(kind.units) + ", as in " + std::string(kind.example);
    return badValue(std::move(detail), text);
}

tl::unexpected<Error> outOfRange(const Kind& kind, std::string_view text)
{
    return badValue(shown(text) + " is not " + std::string(kind.name)
                        + ": the number is too large or too close to zero",
                    text);
}

/** The number of a value of `kind`, with the refusals that all kinds share. */
Result<Quantified> takeQuantified(const Kind& kind, std::string_view text, std::string_view rest,
                                  Grouping grouping = Grouping::Refused)
{
    const std::string start = rest.empty() ? "empty text is not " : shown(text) + " is not ";
    const auto refuse = [&](std::string_view why) {
        return badValue(start + std::string(kind.name) + ": " + std::string(why) + ", such as "
                            + std::string(kind.example),
                        text);
    };
    if (rest.empty())
        return refuse("expected a number and a unit");
    if (rest.front() == '-')
        return refuse("it must not be negative; expected a value");
    auto number = takeNumber(rest, grouping);
    if (!number)
        return refuse("it does not start with a number; expected a value");
    if (!number->unit.empty() && number->unit.front() == ',') {
        return refuse(grouping == Grouping::Allowed
                          ? "a comma only separates thousands, the decimal sign is a point"
                          : "the decimal sign is a point and thousands are not separated");
    }
    return std::move(*number);
}

/** A unit whose factor is a power of ten, times a factor that is not (60, 1024, 1/8). */
struct Unit
{
    std::string_view name;
    int shift = 0;
    double factor = 1;
};

template <std::size_t N>
const Unit* findUnit(const std::array<Unit, N>& units, std::string_view name)
{
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const Unit& unit) { return unit.name == name; });
    return found == units.end() ? nullptr : &*found;
}

Result<double> inBaseUnit(const Kind& kind, std::string_view text, const Quantified& number,
                          const Unit& unit)
{
    const auto value = number.scaled(unit.shift);
    if (!value || !std::isfinite(*value * unit.factor))
        return outOfRange(kind, text);
    return *value * unit.factor;
}

constexpr Kind durationKind { "a duration", "us, ms, s, m (minutes), h and d", "200ms" };
constexpr std::array<Unit, 15> durationUnits { {
    { "d", 0, 86400 },
    { "h", 0, 3600 },
    { "m", 0, 60 },
    { "s" },
    { "ms", -3 },
    { "us", -6 },
    { "\u00b5s", -6 },
    { "\u03bcs", -6 },
    { "ns", -9 },
    { "min", 0, 60 },
    { "sec", 0, 1 },
    { "hr", 0, 3600 },
    { "hours", 0, 3600 },
    { "day", 0, 86400 },
    { "days", 0, 86400 },
} };

constexpr Kind sizeKind {
    "a size",
    "B, kB, MB, GB, TB, PB (decimal) and KiB, MiB, GiB, TiB, PiB or Ki, Mi, Gi, Ti, "
    "Pi (binary)",
    "80GiB"
};
constexpr double tebi = 1024 * gibi;
constexpr double pebi = 1024 * tebi;
// The first name of each factor is the one that we print.
constexpr std::array<Unit, 27> sizeUnits { {
    { "PiB", 0, pebi },
    { "TiB", 0, tebi },
    { "GiB", 0, gibi },
    { "MiB", 0, mebi },
    { "KiB", 0, kibi },
    { "PB", 15 },
    { "TB", 12 },
    { "GB", 9 },
    { "MB", 6 },
    { "kB", 3 },
    { "B" },
    { "KB", 3 },
    { "Pi", 0, pebi },
    { "Ti", 0, tebi },
    { "Gi", 0, gibi },
    { "Mi", 0, mebi },
    { "Ki", 0, kibi },
    { "pib", 0, pebi },
    { "tib", 0, tebi },
    { "gib", 0, gibi },
    { "mib", 0, mebi },
    { "kib", 0, kibi },
    { "tb", 12 },
    { "gb", 9 },
    { "mb", 6 },
    { "kb", 3 },
    { "bytes" },
} };

constexpr Kind bandwidthKind {
    "a bandwidth",
    "bps, kbps, Mbps, Gbps, Tbps or b/s (bits) and B/s, kB/s, MB/s, GB/s, "
    "TB/s, GiB/s or GBs (bytes)",
    "400Gbps or 900GB/s"
};

constexpr Kind rateKind { "a rate of requests", "/s, /min, /h, /day, rps, rpm and req/s",
                          "12.5/s" };
constexpr Kind moneyKind { "an amount of US dollars", "k, M and B (thousand, million and billion)",
                           "$2.50" };
constexpr Kind countKind { "a count", "k, M, B and T (thousand, million, billion and trillion)",
                           "5k" };

/** Power of ten of a count suffix. */
std::optional<int> countShift(std::string_view suffix)
{
    if (suffix.empty())
        return 0;
    if (suffix.size() > 1)
        return std::nullopt;
    switch (suffix.front()) {
    case 'k':
    case 'K':
        return 3;
    case 'M':
        return 6;
    case 'B':
    case 'G':
        return 9;
    case 'T':
        return 12;
    default:
        return std::nullopt;
    }
}

/** Factor to "per second" of "/min", "rpm", "req/h" and the like. */
std::optional<double> perSecond(std::string_view unit)
{
    if (unit.empty() || unit == "rps" || unit == "qps" || unit == "Hz")
        return 1.0;
    if (unit == "rpm" || unit == "qpm")
        return 60.0;
    const auto slash = unit.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto what = trimmed(unit.substr(0, slash));
    const auto span = trimmed(unit.substr(slash + 1));
    constexpr std::array<std::string_view, 6> requests { "",        "req",      "reqs",
                                                         "request", "requests", "r" };
    if (std::find(requests.begin(), requests.end(), what) == requests.end())
        return std::nullopt;
    if (span == "s" || span == "sec" || span == "second")
        return 1.0;
    if (span == "m" || span == "min" || span == "minute")
        return 60.0;
    if (span == "h" || span == "hr" || span == "hour")
        return 3600.0;
    if (span == "d" || span == "day")
        return 86400.0;
    return std::nullopt;
}

/** The unit of a bandwidth taken apart: prefix, b or B, and a way to say "per second". */
std::optional<Unit> bandwidthUnit(std::string_view name)
{
    Unit unit { name };
    if (!name.empty()) {
        const auto prefix = std::string_view("kmgt").find(lower(name.front()));
        if (prefix != std::string_view::npos) {
            const bool binary = name.size() > 1 && name[1] == 'i';
            const int order = static_cast<int>(prefix) + 1;
            unit.shift = binary ? 0 : 3 * order;
            unit.factor = binary ? std::pow(1024.0, order) : 1.0;
            name.remove_prefix(binary ? 2 : 1);
        }
    }
    if (name == "B/s" || name == "Bs" || name == "Bps")
        return unit;
    if (name != "b/s" && name != "bps" && name != "bit/s")
        return std::nullopt;
    unit.factor /= 8;
    return unit;
}

/** The shortest digits of a positive finite double, and the power of ten of the first one. */
struct Decimal
{
    std::string digits;
    int exponent = 0;
};

Decimal fromScientific(std::string_view text)
{
    Decimal result;
    const auto e = text.find('e');
    for (const char c : text.substr(0, e)) {
        if (isDigit(c))
            result.digits += c;
    }
    auto exponent = text.substr(e + 1);
    if (exponent.front() == '+')
        exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.exponent);
    while (result.digits.size() > 1 && result.digits.back() == '0')
        result.digits.pop_back();
    return result;
}

Decimal shortestDecimal(double value)
{
    std::array<char, 64> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::scientific);
    return fromScientific(
        std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
}

/** Without an exponent where the number has its first digit within 10^-lowest and 10^highest. */
std::string layOut(const Decimal& decimal, int lowest, int highest)
{
    const auto& [digits, exponent] = decimal;
    if (digits == "0")
        return "0";
    const int count = static_cast<int>(digits.size());
    if (exponent < lowest || exponent >= highest) {
        auto text = digits.substr(0, 1);
        if (count > 1)
            text += "." + digits.substr(1);
        return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
    if (exponent < 0)
        return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (exponent + 1 >= count)
        return digits + std::string(static_cast<std::size_t>(exponent) + 1 - digits.size(), '0');
    const auto whole = static_cast<std::size_t>(exponent + 1);
    return digits.substr(0, whole) + "." + digits.substr(whole);
}

constexpr int lowestPlain = -7;
constexpr int highestPlain = 16;

std::string notFinite(double value)
{
    if (std::isnan(value))
        return "nan";
    return value < 0 ? "-inf" : "inf";
}

/**
 * Value in the unit of the shortest text among those in which it is at least 1 and reads back the
 * same; the earlier unit wins a tie. `base` is the unit that always works.
 */
template <std::size_t N, class Parse>
std::string printInBestUnit(double value, const std::array<Unit, N>& units, std::string_view base,
                            Parse parsesBack)
{
    std::string baseText = printNumber(value) + std::string(base);
    if (!std::isfinite(value) || value <= 0)
        return baseText;
    const auto decimal = shortestDecimal(value);
    std::string best;
    double smallest = std::numeric_limits<double>::infinity();
    std::string inSmallest = baseText;
    for (const auto& unit : units) {
        const double scale = unit.factor * std::pow(10.0, unit.shift);
        std::string text = unit.factor == 1
            ? layOut({ decimal.digits, decimal.exponent - unit.shift }, lowestPlain, highestPlain)
            : printNumber(value / unit.factor);
        text += unit.name;
        if (!parsesBack(text))
            continue;
        if (scale < smallest) {
            smallest = scale;
            inSmallest = text;
        }
        if (value >= scale && (best.empty() || text.size() < best.size()))
            best = text;
    }
    return best.empty() ? inSmallest : best;
}

} // namespace

Result<Seconds> parseDuration(std::string_view text)
{
    const auto number = takeQuantified(durationKind, text, trimmed(text));
    if (!number)
        return tl::unexpected(number.error());
    const auto* unit = findUnit(durationUnits, number->unit);
    if (!unit)
        return unknownUnit(durationKind, text, number->unit);
    return inBaseUnit(durationKind, text, *number, *unit).map([](double v) { return Seconds(v); });
}

Result<Bytes> parseSize(std::string_view text)
{
    const auto number = takeQuantified(sizeKind, text, trimmed(text));
    if (!number)
        return tl::unexpected(number.error());
    const auto* unit = findUnit(sizeUnits, number->unit);
    if (!unit)
        return unknownUnit(sizeKind, text, number->unit);
    return inBaseUnit(sizeKind, text, *number, *unit).map([](double v) { return Bytes(v); });
}

Result<BytesPerSecond> parseBandwidth(std::string_view text)
{
    const auto number = takeQuantified(bandwidthKind, text, trimmed(text));
    if (!number)
        return tl::unexpected(number.error());
    const auto unit = bandwidthUnit(number->unit);
    if (!unit)
        return unknownUnit(bandwidthKind, text, number->unit);
    return inBaseUnit(bandwidthKind, text, *number, *unit).map([](double v) {
        return BytesPerSecond(v);
    });
}

Result<RequestsPerSecond> parseRate(std::string_view text)
{
    const auto number = takeQuantified(rateKind, text, trimmed(text), Grouping::Allowed);
    if (!number)
        return tl::unexpected(number.error());
    auto unit = number->unit;
    int shift = 0;
    if (!unit.empty() && unit.front() != 'r') {
        if (const auto suffix = countShift(unit.substr(0, 1))) {
            shift = *suffix;
            unit = trimmed(unit.substr(1));
        }
    }
    const auto seconds = perSecond(unit);
    if (!seconds)
        return unknownUnit(rateKind, text, number->unit);
    const auto value = number->scaled(shift);
    if (!value)
        return outOfRange(rateKind, text);
    return RequestsPerSecond(*value / *seconds);
}

Result<Dollars> parseMoney(std::string_view text)
{
    auto rest = trimmed(text);
    if (rest.starts_with('$'))
        rest = trimmed(rest.substr(1));
    else if (rest.starts_with("USD"))
        rest = trimmed(rest.substr(3));
    auto number = takeQuantified(moneyKind, text, rest, Grouping::Allowed);
    if (!number)
        return tl::unexpected(number.error());
    auto suffix = number->unit;
    if (suffix.ends_with("USD"))
        suffix = trimmed(suffix.substr(0, suffix.size() - 3));
    const auto shift = countShift(suffix);
    if (!shift)
        return unknownUnit(moneyKind, text, number->unit);
    return inBaseUnit(moneyKind, text, *number, { "", *shift }).map([](double v) {
        return Dollars(v);
    });
}

Result<double> parseCount(std::string_view text)
{
    const auto number = takeQuantified(countKind, text, trimmed(text), Grouping::Allowed);
    if (!number)
        return tl::unexpected(number.error());
    const auto shift = countShift(number->unit);
    if (!shift)
        return unknownUnit(countKind, text, number->unit);
    return inBaseUnit(countKind, text, *number, { "", *shift });
}

Result<double> parseNumber(std::string_view text)
{
    auto rest = text;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    const auto number = takeNumber(rest);
    // takeNumber drops blanks around a unit; here nothing at all may follow.
    const bool whole = number && number->unit.empty() && !isBlank(rest.back());
    if (!whole) {
        std::string detail = text.empty() ? "empty text" : shown(text);
        detail += " is not a number; expected digits with a decimal point, such as 1.5";
        return badValue(std::move(detail), text);
    }
    const auto value = number->scaled();
    if (!value)
        return badValue(shown(text) + " is too large or too close to zero for a number", text);
    return negative ? -*value : *value;
}

Result<long long> parseInteger(std::string_view text)
{
    auto rest = text;
    if (rest.starts_with('+') && rest.size() > 1 && isDigit(rest[1]))
        rest.remove_prefix(1);
    long long value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error == std::errc::result_out_of_range)
        return badValue(shown(text) + " is too large for a whole number", text);
    if (error != std::errc {} || end != rest.data() + rest.size()) {
        std::string detail = text.empty() ? "empty text" : shown(text);
        return badValue(detail + " is not a whole number; expected digits only, such as 8", text);
    }
    return value;
}

Result<double> parseFraction(std::string_view text)
{
    constexpr Kind kind { "a fraction", "%", "95% or 0.95" };
    const auto number = takeQuantified(kind, text, trimmed(text));
    if (!number)
        return tl::unexpected(number.error());
    if (!number->unit.empty() && number->unit != "%")
        return unknownUnit(kind, text, number->unit);
    const auto value = number->scaled(number->unit == "%" ? -2 : 0);
    if (!value)
        return outOfRange(kind, text);
    if (*value > 1) {
        return badValue(
            shown(text) + " is not a fraction: expected 0 to 1 or 0% to 100%, such as 95% or 0.95",
            text);
    }
    return *value;
}

std::string printDuration(Seconds value)
{
    static constexpr std::array<Unit, 6> units {
        { { "d", 0, 86400 }, { "h", 0, 3600 }, { "m", 0, 60 }, { "s" }, { "ms", -3 }, { "us", -6 } }
    };
    return printInBestUnit(value.value(), units, "s",
                           [&](const std::string& text) { return parseDuration(text) == value; });
}

std::string printSize(Bytes value)
{
    static constexpr std::array<Unit, 11> units { { { "PiB", 0, pebi },
                                                    { "TiB", 0, tebi },
                                                    { "GiB", 0, gibi },
                                                    { "MiB", 0, mebi },
                                                    { "KiB", 0, kibi },
                                                    { "PB", 15 },
                                                    { "TB", 12 },
                                                    { "GB", 9 },
                                                    { "MB", 6 },
                                                    { "kB", 3 },
                                                    { "B" } } };
    return printInBestUnit(value.value(), units, "B",
                           [&](const std::string& text) { return parseSize(text) == value; });
}

std::string printBandwidth(BytesPerSecond value)
{
    static constexpr std::array<Unit, 9> units { { { "TiB/s", 0, tebi },
                                                   { "GiB/s", 0, gibi },
                                                   { "MiB/s", 0, mebi },
                                                   { "KiB/s", 0, kibi },
                                                   { "TB/s", 12 },
                                                   { "GB/s", 9 },
                                                   { "MB/s", 6 },
                                                   { "kB/s", 3 },
                                                   { "B/s" } } };
    return printInBestUnit(value.value(), units, "B/s",
                           [&](const std::string& text) { return parseBandwidth(text) == value; });
}

std::string printRate(RequestsPerSecond value)
{
    return printNumber(value.value()) + "/s";
}

std::string printNumber(double value)
{
    if (!std::isfinite(value))
        return notFinite(value);
    return (std::signbit(value) ? "-" : "")
        + layOut(shortestDecimal(std::abs(value)), lowestPlain, highestPlain);
}

std::string printRounded(double value, int digits)
{
    if (!std::isfinite(value))
        return notFinite(value);
    std::array<char, 64> buffer;
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                      std::chars_format::scientific, std::clamp(digits, 1, 17) - 1);
    const auto text =
        std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const auto rounded = layOut(fromScientific(text), -15, 15);
    return value < 0 && rounded != "0" ? "-" + rounded : rounded;
}

} // namespace llmd
