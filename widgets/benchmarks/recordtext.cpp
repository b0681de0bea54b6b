// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordtext.h"

#include <widgets/support/errortext.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped();
}

/** Two columns: what, and its value; rows without a value are left out. */
class Facts
{
public:
    explicit Facts(const Tones& colors)
        : m_colors(colors)
    { }

    /** `value` is HTML. */
    void add(const QString& name, const QString& value)
    {
        if (!value.isEmpty())
            m_rows += u"<tr><td style='color:%1; padding-right:14px'>%2</td><td>%3</td></tr>"_s.arg(
                m_colors.subtleText.name(), name.toHtmlEscaped(), value);
    }
    void add(const QString& name, const std::string& text) { add(name, escaped(text)); }
    [[nodiscard]] QString html(const QString& title) const
    {
        return m_rows.isEmpty()
            ? QString()
            : u"<h3>%1</h3><table cellpadding='2'>%2</table>"_s.arg(title.toHtmlEscaped(), m_rows);
    }

private:
    const Tones& m_colors;
    QString m_rows;
};

QString tr(const char* text)
{
    return QCoreApplication::translate("RecordText", text);
}

/** The value with where it was found, unless the report itself said it. */
QString withOrigin(const BenchmarkRecord& record, const std::string& field, const QString& html,
                   const Tones& colors)
{
    const Origin origin = record.origin(field);
    if (origin == Origin::Report || html.isEmpty())
        return html;
    return u"%1 <span style='color:%2'>(%3)</span>"_s.arg(
        html, (origin == Origin::ByHand ? colors.warning : colors.subtleText).name(),
        originText(origin));
}

QString engineHtml(const ServedEngine& engine)
{
    const Parallelism& layout = engine.parallelism;
    QString text = tr("%1 × %2, tensor parallel %3")
                       .arg(QString::number(engine.replicas), escaped(engine.role),
                            QString::number(layout.tensor));
    if (layout.pipeline > 1)
        text = tr("%1, pipeline parallel %2").arg(text).arg(layout.pipeline);
    if (layout.data > 1)
        text = tr("%1, data parallel %2").arg(text).arg(layout.data);
    if (layout.expert)
        text = tr("%1, expert parallel").arg(text);
    QString arguments;
    for (const auto& [name, value] : engine.args)
        arguments += u"<br/><code>--%1%2</code>"_s.arg(
            escaped(name), value.empty() ? QString() : u' ' + escaped(value));
    if (!engine.name.empty())
        text = tr("%1: %2").arg(escaped(engine.name), text);
    return text + arguments;
}

QString stackHtml(const BenchmarkRecord& record, const Tones& colors)
{
    Facts facts(colors);
    facts.add(tr("Model"), withOrigin(record, "model", escaped(record.model), colors));
    facts.add(tr("Precision"), withOrigin(record, "precision", escaped(record.precision), colors));
    const QString gpu = escaped(record.gpu);
    facts.add(tr("GPUs"),
              withOrigin(record, "gpu",
                         record.gpus ? tr("%1 × %2")
                                           .arg(*record.gpus)
                                           .arg(gpu.isEmpty() ? tr("GPU of unknown kind") : gpu)
                                     : gpu,
                         colors));
    std::string versions;
    for (const auto& version : record.engineVersions)
        versions += (versions.empty() ? "" : ", ") + version;
    facts.add(tr("Engine version"),
              withOrigin(record, "engine_version", escaped(versions), colors));
    for (const ServedEngine& engine : record.engines) {
        facts.add(tr("Engine"), engineHtml(engine));
        facts.add(tr("Image"), engine.image);
    }
    facts.add(tr("Router"), record.router.version);
    facts.add(tr("Gateway"), record.router.gateway);
    facts.add(
        tr("Router configuration"),
        record.router.config.empty()
            ? QString()
            : u"<code>%1</code>"_s.arg(toQString(record.router.config).left(2000).toHtmlEscaped()));
    return facts.html(tr("What was served"));
}

QString tokensText(const std::optional<Tokens>& tokens)
{
    return tokens ? tr("%1 tokens").arg(format::number(tokens->value())) : QString();
}

QString loadHtml(const BenchmarkRecord& record, const Tones& colors)
{
    const MeasuredLoad& load = record.load;
    Facts facts(colors);
    facts.add(tr("Rate"),
              withOrigin(record, "rate", load.rate ? format::rate(*load.rate) : QString(), colors));
    facts.add(tr("Requests at once"),
              load.concurrency ? format::integer(*load.concurrency) : QString());
    const auto mean = [&](Metric metric) {
        const auto value = record.mean(metric);
        return value ? tr("%1 tokens on average").arg(format::number(*value)) : QString();
    };
    const QString prompt = mean(Metric::InputLength);
    const QString answer = mean(Metric::OutputLength);
    facts.add(tr("Prompt"), prompt.isEmpty() ? tokensText(load.nominalInput) : prompt);
    facts.add(tr("Output"), answer.isEmpty() ? tokensText(load.nominalOutput) : answer);
    facts.add(tr("Lengths"), load.lengths);
    facts.add(tr("Prompts from"), load.source);
    facts.add(tr("Shared prefix"), tokensText(load.prefix));
    facts.add(tr("Turns"), load.turns ? format::number(*load.turns) : QString());
    facts.add(tr("Burstiness"), load.burstiness ? format::number(*load.burstiness) : QString());
    facts.add(tr("Duration"), record.duration ? format::duration(*record.duration) : QString());
    return facts.html(tr("Load"));
}

QString resultHtml(const BenchmarkRecord& record, const Tones& colors)
{
    Facts facts(colors);
    const auto rate = [](const std::optional<TokensPerSecond>& value) {
        return value ? format::tokenRate(*value) : QString();
    };
    facts.add(tr("Output"), rate(record.outputRate));
    facts.add(tr("Prompt and output"), rate(record.totalRate));
    facts.add(tr("Completed"), record.requestRate ? format::rate(*record.requestRate) : QString());
    facts.add(tr("Within targets, as reported"),
              record.goodputRate ? format::rate(*record.goodputRate) : QString());
    if (record.total)
        facts.add(tr("Requests"),
                  tr("%1 sent, %2 failed, %3 cut off by the end of the run")
                      .arg(format::integer(*record.total),
                           record.failures ? format::integer(*record.failures) : tr("unknown"),
                           format::integer(record.incomplete.value_or(0))));
    const auto success = record.successRate();
    facts.add(tr("Answered"), success ? format::percent(*success) : QString());
    return facts.html(tr("Results"));
}

QString provenanceHtml(const StoredRecord& stored, const Tones& colors)
{
    const BenchmarkRecord& record = stored.record;
    Facts facts(colors);
    const bool builtin = stored.format == "built-in";
    facts.add(builtin ? tr("Published by") : tr("File"), stored.file);
    facts.add(builtin ? tr("Set") : tr("Folder"), stored.folder);
    if (!builtin) {
        facts.add(tr("Format"), escaped(stored.format) + u' ' + escaped(stored.formatVersion));
        facts.add(tr("Imported"),
                  QLocale().toString(QDateTime::fromSecsSinceEpoch(stored.importedAt),
                                     QLocale::ShortFormat));
    }
    facts.add(tr("Load generator"), escaped(record.tool) + u' ' + escaped(record.toolVersion));
    facts.add(tr("Measured"), record.start);
    facts.add(tr("Experiment"), record.experimentId);
    facts.add(tr("Run"), record.runUid);
    facts.add(tr("Stage"), record.stage ? QString::number(*record.stage) : QString());
    facts.add(tr("Level"), record.level);
    facts.add(tr("Description"), record.description);
    return facts.html(tr("Where it comes from"));
}

QString differencesHtml(const std::vector<MatchDifference>& differences, bool tolerated)
{
    QString items;
    for (const auto& difference : differences) {
        if (difference.tolerated == tolerated)
            items += u"<li>%1</li>"_s.arg(escaped(describe(difference)));
    }
    return items.isEmpty() ? QString() : u"<ul>%1</ul>"_s.arg(items);
}

QString latencies(const BenchmarkRecord& record)
{
    const auto time = [&record](Metric metric) {
        const auto mean = record.mean(metric);
        return mean ? format::duration(Seconds(*mean)) : format::noData();
    };
    return tr("TTFT %1, TPOT %2, E2E %3")
        .arg(time(Metric::Ttft), time(Metric::Tpot), time(Metric::E2e));
}

QString latencies(const Estimate& estimate)
{
    return tr("TTFT %1, TPOT %2, E2E %3")
        .arg(format::duration(estimate.ttft.mean), format::duration(estimate.itl.mean),
             format::duration(estimate.e2e.mean));
}

QString link(const Measurement& measurement)
{
    const BenchmarkRecord& record = measurement.record;
    return u"<a href='%1'>%2</a>"_s.arg(
        escaped(measurement.id),
        tr("%1 on %2, %3")
            .arg(escaped(record.model), escaped(record.gpu), escaped(record.topology())));
}

} // namespace

QString metricName(Metric metric)
{
    switch (metric) {
    case Metric::InputLength:
        return tr("Prompt length");
    case Metric::OutputLength:
        return tr("Output length");
    case Metric::Ttft:
        return tr("TTFT");
    case Metric::Tpot:
        return tr("TPOT");
    case Metric::Itl:
        return tr("ITL");
    case Metric::Ntpot:
        return tr("E2E per output token");
    case Metric::E2e:
        return tr("E2E");
    }
    return {};
}

QString statisticName(Statistic statistic)
{
    switch (statistic) {
    case Statistic::Mean:
        return tr("mean");
    case Statistic::StdDev:
        return tr("standard deviation");
    case Statistic::Min:
        return tr("smallest");
    case Statistic::Max:
        return tr("largest");
    default:
        return format::percentile(percentage(statistic).value_or(50));
    }
}

QString originText(Origin origin)
{
    switch (origin) {
    case Origin::Report:
        return tr("stated by the report");
    case Origin::Config:
        return tr("read from the load generator's configuration");
    case Origin::Sidecar:
        return tr("read from another file of the folder");
    case Origin::ByHand:
        return tr("added by hand");
    }
    return {};
}

QString recordHtml(const StoredRecord& stored, const Tones& colors)
{
    return stackHtml(stored.record, colors) + loadHtml(stored.record, colors)
        + resultHtml(stored.record, colors) + provenanceHtml(stored, colors);
}

QString findingsHtml(const StoredRecord& stored, const StoredDocument* document,
                     const Tones& colors)
{
    QString html;
    QString items;
    for (const auto& note : stored.record.notes)
        items += u"<li>%1</li>"_s.arg(escaped(note));
    if (!items.isEmpty())
        html += u"<h3>%1</h3><ul>%2</ul>"_s.arg(tr("Corrected, renamed or derived"), items);
    items.clear();
    QString facts;
    for (const auto& issue : document ? document->issues : std::vector<Issue>())
        items += u"<li><b>%1</b>: %2 %3</li>"_s.arg(severityText(issue.severity).toHtmlEscaped(),
                                                    escaped(issue.subject), escaped(issue.text));
    for (const auto& fact : document ? document->facts : std::vector<BenchmarkFact>())
        facts +=
            u"<tr><td style='padding-right:14px'>%1</td><td align='right'>%2 %3</td></tr>"_s.arg(
                escaped(fact.name), format::number(fact.value), escaped(fact.unit));
    if (!items.isEmpty())
        html += u"<h3>%1</h3><ul>%2</ul>"_s.arg(tr("Found when it was read"), items);
    if (!facts.isEmpty())
        html +=
            u"<h3>%1</h3><table cellpadding='2'>%2</table>"_s.arg(tr("Also in the file"), facts);
    return html.isEmpty() ? u"<p style='color:%1'>%2</p>"_s.arg(
               colors.subtleText.name(), tr("Nothing was found or corrected."))
                          : html;
}

QString versionVerdict(VersionCheck check)
{
    switch (check) {
    case VersionCheck::Compatible:
        return tr("✓ same release of the engine");
    case VersionCheck::Different:
        return tr("✗ another release of the engine: never applied by itself");
    case VersionCheck::Unknown:
        return tr("? version not stated: cannot be verified");
    }
    return {};
}

QString matchHtml(const MatchOutcome& outcome, const Estimate& estimate, const QString& optionName,
                  const Tones& colors)
{
    QString html = u"<h3>%1</h3>"_s.arg(tr("Plan: %1").arg(optionName.toHtmlEscaped()));
    if (outcome.applied) {
        const AppliedMeasurement& applied = *outcome.applied;
        html += u"<p><b>%1</b><br/>%2</p>"_s.arg(
            applied.interpolated ? tr("● Measured at the loads around this one: interpolated")
                                 : tr("● Exactly this was measured"),
            latencies(applied.estimate));
        QString from;
        for (const auto& measurement : applied.from)
            from += u"<li>%1</li>"_s.arg(link(*measurement));
        html += u"<ul>%1</ul>"_s.arg(from);
        if (const QString tolerated = differencesHtml(applied.tolerated, true);
            !tolerated.isEmpty())
            html += u"<p>%1</p>%2"_s.arg(tr("Within the tolerances:"), tolerated);
    } else {
        html += u"<p><b>%1</b></p>"_s.arg(tr("○ This was not measured: the estimate stands"));
    }
    html += u"<p style='color:%1'>%2</p>"_s.arg(
        colors.subtleText.name(),
        tr("Estimate of engine “%1”: %2")
            .arg(escaped(estimate.provenance.engine), latencies(estimate)));
    if (!outcome.near.empty())
        html += u"<h3>%1</h3>"_s.arg(tr("Nearest others and what they differ in"));
    for (const auto& match : outcome.near)
        html += u"<p>%1<br/>%2<br/>%3</p>%4"_s.arg(
            link(*match.measurement), latencies(match.measurement->record),
            versionVerdict(match.version), differencesHtml(match.differences, false));
    return html;
}

} // namespace llmd
