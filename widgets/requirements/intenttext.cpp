// SPDX-License-Identifier: GPL-3.0-or-later
#include "intenttext.h"

#include "plaintext.h"

#include <core/base/text.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

struct IntentText
{
    Q_DECLARE_TR_FUNCTIONS(llmd::IntentText)
};

QString tokens(double count)
{
    return IntentText::tr("%1 tokens").arg(plainNumber(count));
}

QString requests(double perSecond)
{
    return IntentText::tr("%1 requests/s").arg(plainNumber(perSecond));
}

QString number(const StatedNumber& stated)
{
    if (stated.min && stated.max && *stated.min < *stated.max)
        return IntentText::tr("%1 to %2").arg(plainNumber(*stated.min), plainNumber(*stated.max));
    if (!stated.min && stated.max)
        return IntentText::tr("up to %1").arg(plainNumber(*stated.max));
    if (stated.min && !stated.max)
        return IntentText::tr("at least %1").arg(plainNumber(*stated.min));
    return plainNumber(stated.value);
}

QString latency(Seconds limit, const std::optional<double>& percentile)
{
    if (!percentile)
        return IntentText::tr("%1 (p95, the usual one)").arg(plainDuration(limit));
    if (*percentile == 0)
        return IntentText::tr("%1 in the mean").arg(plainDuration(limit));
    return IntentText::tr("%1 at %2").arg(plainDuration(limit), format::percentile(*percentile));
}

QString importance(Importance level)
{
    switch (level) {
    case Importance::Low:
        return IntentText::tr("matters little");
    case Importance::Medium:
        return IntentText::tr("matters");
    case Importance::High:
        break;
    }
    return IntentText::tr("matters most");
}

QString list(const std::vector<std::string>& ids)
{
    QStringList texts;
    for (const std::string& id : ids)
        texts << toQString(id);
    constexpr qsizetype most = 4;
    if (texts.size() > most)
        return IntentText::tr("%1 and %2 more")
            .arg(texts.mid(0, most - 1).join(u", "_s))
            .arg(texts.size() - most + 1);
    return texts.join(u", "_s);
}

QString gpus(const std::vector<std::string>& ids, const Catalog& catalog)
{
    std::vector<std::string> texts;
    for (const std::string& id : ids) {
        const Gpu* gpu = catalog.findGpu(id);
        texts.push_back(gpu ? gpu->name : id);
    }
    return list(texts);
}

QString inventory(const std::vector<InventoryItem>& items, const Catalog& catalog)
{
    QStringList texts;
    for (const InventoryItem& item : items) {
        const QString name = gpus({ item.gpu }, catalog);
        texts << (item.perNode > 0 && item.count % item.perNode == 0
                      ? IntentText::tr("%1 × %2 (nodes of %3)")
                            .arg(item.count)
                            .arg(name)
                            .arg(item.perNode)
                      : IntentText::tr("%1 × %2").arg(item.count).arg(name));
    }
    return texts.join(u", "_s);
}

QString useCaseName(const std::string& id, const Catalog& catalog)
{
    const UseCase* useCase = catalog.findUseCase(id);
    return toQString(useCase ? useCase->name : id);
}

/** One value of a field, or an empty text. */
template <class T, class Print> QString of(const std::optional<T>& value, Print print)
{
    return value ? print(*value) : QString();
}

QString loadValue(const Intent& intent, std::string_view field)
{
    if (field == "user_count")
        return of(intent.users, number);
    if (field == "request_rate_rps")
        return of(intent.rate, [](const StatedNumber& stated) {
            return IntentText::tr("%1 requests/s").arg(number(stated));
        });
    if (field == "peak_rate_rps")
        return of(intent.peakRate, requests);
    if (field == "request_rate_per_user_rps")
        return of(intent.ratePerUser, [](double rate) {
            return IntentText::tr("%1 requests per hour and user").arg(plainNumber(rate * 3600));
        });
    if (field == "prompt_tokens")
        return of(intent.promptTokens, tokens);
    if (field == "output_tokens")
        return of(intent.outputTokens, tokens);
    if (field == "context_tokens")
        return of(intent.contextTokens, tokens);
    if (field == "throughput_tokens_per_s")
        return of(intent.throughput,
                  [](double rate) { return IntentText::tr("%1 tokens/s").arg(plainNumber(rate)); });
    return {};
}

QString limitValue(const Intent& intent, std::string_view field)
{
    const auto target = [](const StatedLatency& stated) {
        return latency(stated.limit, stated.percentile);
    };
    if (field == "ttft_ms")
        return of(intent.ttft, target);
    if (field == "itl_ms")
        return of(intent.itl, target);
    if (field == "e2e_ms")
        return of(intent.e2e, target);
    if (field == "budget_usd_month")
        return of(intent.budgetPerMonth, [](double dollars) {
            return IntentText::tr("%1 per month").arg(format::dollars(dollars));
        });
    if (field == "max_gpus")
        return of(intent.maxGpus, [](int count) { return plainNumber(count); });
    if (field == "priorities.cost")
        return of(intent.cost, importance);
    if (field == "priorities.latency")
        return of(intent.latency, importance);
    if (field == "priorities.quality")
        return of(intent.quality, importance);
    return {};
}

QString share(const Requirements& requirements, double Priorities::*weight)
{
    if (!requirements.priorities)
        return {};
    const Priorities& p = *requirements.priorities;
    const double sum = p.cost + p.latency + p.quality + p.simplicity;
    return sum > 0 ? plainPercent(p.*weight / sum) : QString();
}

QString planLimit(const Requirements& need, std::string_view field)
{
    const auto target = [](const LatencyTarget& stated) {
        return latency(stated.limit, stated.percentile);
    };
    if (field == "ttft_ms")
        return of(need.ttft, target);
    if (field == "itl_ms")
        return of(need.itl, target);
    if (field == "e2e_ms")
        return of(need.e2e, target);
    if (field == "budget_usd_month")
        return of(need.budgetPerMonth, [](double dollars) {
            return IntentText::tr("%1 per month").arg(format::dollars(dollars));
        });
    if (field == "max_gpus")
        return of(need.maxGpus, [](int count) { return plainNumber(count); });
    if (field == "priorities.cost")
        return share(need, &Priorities::cost);
    if (field == "priorities.latency")
        return share(need, &Priorities::latency);
    return field == "priorities.quality" ? share(need, &Priorities::quality) : QString();
}

} // namespace

QString intentFieldName(std::string_view field)
{
    const auto names = [] {
        const auto tr = [](const char* text) { return IntentText::tr(text); };
        return QHash<QString, QString> {
            { u"use_case"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Use case")) },
            { u"user_count"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Users")) },
            { u"request_rate_rps"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Mean rate")) },
            { u"peak_rate_rps"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Peak rate")) },
            { u"request_rate_per_user_rps"_s,
              tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Rate of one user")) },
            { u"prompt_tokens"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Prompt length")) },
            { u"output_tokens"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Output length")) },
            { u"context_tokens"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Longest request")) },
            { u"ttft_ms"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Time to first token")) },
            { u"itl_ms"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Time per output token")) },
            { u"e2e_ms"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Whole answer")) },
            { u"latency"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Latency")) },
            { u"tokens"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Tokens")) },
            { u"correction"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Correction")) },
            { u"throughput_tokens_per_s"_s,
              tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Throughput")) },
            { u"budget_usd_month"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Budget")) },
            { u"max_gpus"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "GPUs at most")) },
            { u"gpus_include"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "GPUs")) },
            { u"gpus_exclude"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Never these GPUs")) },
            { u"inventory"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Inventory")) },
            { u"models_include"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Models")) },
            { u"models_exclude"_s,
              tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Never these models")) },
            { u"quantization"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Weight formats")) },
            { u"quantization_exclude"_s,
              tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Never these formats")) },
            { u"priorities.cost"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Cost")) },
            { u"priorities.latency"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Speed")) },
            { u"priorities.quality"_s, tr(QT_TRANSLATE_NOOP("llmd::IntentText", "Quality")) },
        };
    }();
    return names.value(toQString(field), toQString(field));
}

QString intentValue(const Intent& intent, std::string_view field, const Catalog& catalog)
{
    if (field == "use_case")
        return of(intent.useCase, [&](const std::string& id) { return useCaseName(id, catalog); });
    if (field == "gpus_include")
        return gpus(intent.gpusIncluded, catalog);
    if (field == "gpus_exclude")
        return gpus(intent.gpusExcluded, catalog);
    if (field == "inventory")
        return inventory(intent.inventory, catalog);
    if (field == "models_include")
        return list(intent.modelsIncluded);
    if (field == "models_exclude")
        return list(intent.modelsExcluded);
    if (field == "quantization")
        return list(intent.quantizations);
    if (field == "quantization_exclude")
        return list(intent.quantizationsExcluded);
    const QString load = loadValue(intent, field);
    return load.isEmpty() ? limitValue(intent, field) : load;
}

QString planValue(const Requirements& need, std::string_view field, const Catalog& catalog)
{
    if (field == "use_case")
        return useCaseName(need.useCase, catalog);
    if (field == "user_count")
        return of(need.users, [](double users) { return plainNumber(users); });
    if (field == "request_rate_rps" || field == "request_rate_per_user_rps"
        || field == "throughput_tokens_per_s")
        return of(need.rate, [](RequestsPerSecond rate) { return requests(rate.value()); });
    if (field == "peak_rate_rps")
        return of(need.peakFactor, [](double factor) {
            return IntentText::tr("%1 times the mean").arg(plainNumber(factor));
        });
    if (field == "prompt_tokens")
        return of(need.promptTokens, tokens);
    if (field == "output_tokens")
        return of(need.outputTokens, tokens);
    if (field == "context_tokens")
        return of(need.contextTokens, [](int count) { return tokens(count); });
    if (field == "gpus_include")
        return gpus(need.gpusIncluded, catalog);
    if (field == "gpus_exclude")
        return gpus(need.gpusExcluded, catalog);
    if (field == "inventory")
        return inventory(need.inventory, catalog);
    if (field == "models_include" || field == "models_exclude")
        return list(need.models);
    if (field == "quantization" || field == "quantization_exclude")
        return list(need.quantizations);
    return planLimit(need, field);
}

QString questionText(const IntentQuestion& question)
{
    const std::string& field = question.field;
    const bool several = question.choices.size() == 2;
    if (field == "latency")
        return IntentText::tr("Is this the time to the first token, per output token, or of the "
                              "whole answer?");
    if (field == "tokens")
        return IntentText::tr(
            "Are these tokens of the prompt, of the output, or of both together?");
    if (field == "correction")
        return IntentText::tr("Which of these does the new number replace?");
    if (field == "user_count")
        return several ? IntentText::tr("Which number of users is to be planned for?")
                       : IntentText::tr("How many users are there, about?");
    if (field == "request_rate_rps")
        return several ? IntentText::tr("Which rate is the mean of the whole service?")
                       : IntentText::tr("How many requests per second are there, about?");
    if (field == "throughput_tokens_per_s")
        return IntentText::tr("Is this the speed of one user, or of all together?");
    if (field == "budget_usd_month")
        return IntentText::tr("How many US dollars per month are these?");
    if (field == "gpus_include" && question.choices.empty())
        return IntentText::tr("The catalog has no such GPU. Which other one may it be?");
    if (field == "models_include")
        return question.choices.empty()
            ? IntentText::tr("The catalog has no such model. Which other one may it be?")
            : IntentText::tr("Which of these models is meant?");
    if (field == "quantization")
        return IntentText::tr("Which weights are meant?");
    if (field == "use_case")
        return IntentText::tr("Which of these use cases is it?");
    if (question.choices == std::vector<std::string> { "s", "ms" })
        return IntentText::tr("Seconds or milliseconds?");
    return toQString(question.question);
}

QString choiceText(const IntentQuestion& question, const std::string& choice,
                   const Catalog& catalog)
{
    const std::string& field = question.field;
    if (field == "use_case")
        return useCaseName(choice, catalog);
    if (field == "gpus_include")
        return gpus({ choice }, catalog);
    if (choice == "one user")
        return IntentText::tr("One user");
    if (choice == "all users")
        return IntentText::tr("All together");
    if (choice == "s")
        return IntentText::tr("Seconds");
    if (choice == "ms")
        return IntentText::tr("Milliseconds");
    if (field == "user_count" || field == "request_rate_rps") {
        const auto value = parseNumber(choice);
        return value ? plainNumber(*value, 6) : toQString(choice);
    }
    return intentFieldName(choice);
}

} // namespace llmd
