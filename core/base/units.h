// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <concepts>

namespace llmd {

/** Exponents of the base dimensions of a quantity. */
template <int ByteExp, int SecondExp, int FlopExp, int TokenExp, int RequestExp, int DollarExp,
          int WattExp = 0>
struct Dimension
{
    template <class Other>
    struct Times;
    template <int B, int S, int F, int T, int R, int D, int W>
    struct Times<Dimension<B, S, F, T, R, D, W>>
    {
        using Type = Dimension<ByteExp + B, SecondExp + S, FlopExp + F, TokenExp + T,
                               RequestExp + R, DollarExp + D, WattExp + W>;
    };
    using Inverse
        = Dimension<-ByteExp, -SecondExp, -FlopExp, -TokenExp, -RequestExp, -DollarExp, -WattExp>;
};

using Dimensionless = Dimension<0, 0, 0, 0, 0, 0, 0>;

/**
 * A number with a unit that the compiler checks: bytes, seconds, FLOPs, tokens, requests, US dollars and watts and
 * their products. Construction from a bare number is explicit; sums need equal units; products and quotients
 * have the resulting unit, and a quotient of equal units is a plain double.
 */
template <class Dim>
class Quantity
{
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double value) : m_value(value) { }

    /** The number in base units (byte, second, FLOP, token, request, US dollar, watt). */
    [[nodiscard]] constexpr double value() const { return m_value; }

    constexpr auto operator<=>(const Quantity&) const = default;

    constexpr Quantity& operator+=(Quantity other)
    {
        m_value += other.m_value;
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other)
    {
        m_value -= other.m_value;
        return *this;
    }
    constexpr Quantity& operator*=(double factor)
    {
        m_value *= factor;
        return *this;
    }
    constexpr Quantity& operator/=(double factor)
    {
        m_value /= factor;
        return *this;
    }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.m_value + b.m_value); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.m_value - b.m_value); }
    friend constexpr Quantity operator-(Quantity a) { return Quantity(-a.m_value); }
    friend constexpr Quantity operator*(Quantity a, double b) { return Quantity(a.m_value * b); }
    friend constexpr Quantity operator*(double a, Quantity b) { return Quantity(a * b.m_value); }
    friend constexpr Quantity operator/(Quantity a, double b) { return Quantity(a.m_value / b); }

private:
    double m_value = 0;
};

template <class A, class B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b)
{
    using Product = typename A::template Times<B>::Type;
    if constexpr (std::same_as<Product, Dimensionless>)
        return a.value() * b.value();
    else
        return Quantity<Product>(a.value() * b.value());
}

template <class A, class B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b)
{
    using Ratio = typename A::template Times<typename B::Inverse>::Type;
    if constexpr (std::same_as<Ratio, Dimensionless>)
        return a.value() / b.value();
    else
        return Quantity<Ratio>(a.value() / b.value());
}

template <class A>
constexpr auto operator/(double a, Quantity<A> b)
{
    return Quantity<typename A::Inverse>(a / b.value());
}

using Bytes = Quantity<Dimension<1, 0, 0, 0, 0, 0>>;
using Seconds = Quantity<Dimension<0, 1, 0, 0, 0, 0>>;
using Flops = Quantity<Dimension<0, 0, 1, 0, 0, 0>>;
using Tokens = Quantity<Dimension<0, 0, 0, 1, 0, 0>>;
using Requests = Quantity<Dimension<0, 0, 0, 0, 1, 0>>;
using Dollars = Quantity<Dimension<0, 0, 0, 0, 0, 1>>;
using Watts = Quantity<Dimension<0, 0, 0, 0, 0, 0, 1>>;
using BytesPerSecond = Quantity<Dimension<1, -1, 0, 0, 0, 0>>;
using BytesPerToken = Quantity<Dimension<1, 0, 0, -1, 0, 0>>;
using FlopsPerSecond = Quantity<Dimension<0, -1, 1, 0, 0, 0>>;
using TokensPerSecond = Quantity<Dimension<0, -1, 0, 1, 0, 0>>;
using RequestsPerSecond = Quantity<Dimension<0, -1, 0, 0, 1, 0>>;
using DollarsPerSecond = Quantity<Dimension<0, -1, 0, 0, 0, 1>>;

constexpr double kibi = 1024.0;
constexpr double mebi = 1024.0 * kibi;
constexpr double gibi = 1024.0 * mebi;

/** Makers and readers for the edges, where people read ms, GiB and $/h. */
constexpr Seconds milliseconds(double v) { return Seconds(v * 1e-3); }
constexpr Seconds microseconds(double v) { return Seconds(v * 1e-6); }
constexpr double inMilliseconds(Seconds v) { return v.value() * 1e3; }
constexpr Bytes gibibytes(double v) { return Bytes(v * gibi); }
constexpr Bytes gigabytes(double v) { return Bytes(v * 1e9); }
constexpr double inGibibytes(Bytes v) { return v.value() / gibi; }
constexpr BytesPerSecond gigabytesPerSecond(double v) { return BytesPerSecond(v * 1e9); }
constexpr FlopsPerSecond teraflopsPerSecond(double v) { return FlopsPerSecond(v * 1e12); }
constexpr DollarsPerSecond dollarsPerHour(double v) { return DollarsPerSecond(v / 3600.0); }
constexpr double inDollarsPerHour(DollarsPerSecond v) { return v.value() * 3600.0; }
/** A month is 730 h, as cloud price lists count it. */
constexpr double inDollarsPerMonth(DollarsPerSecond v) { return v.value() * 3600.0 * 730.0; }

} // namespace llmd
