// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailstext.h"

#include "enginetext.h"
#include "optiontext.h"
#include "timemodel.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace llmd::detailstext {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("DetailsText", text);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped();
}

/** Escaped, with addresses as links that can be followed. */
QString linked(const std::string& text)
{
    static const QRegularExpression address(u"(https?://[^\\s,)'\"<>]+)"_s);
    return escaped(text).replace(address, u"<a href='\\1'>\\1</a>"_s);
}

/** "workload.prompt_tokens" as people read it: "Prompt tokens". */
QString fieldText(const std::string& field)
{
    const QString path = toQString(field);
    QString name = path.section(u'.', -1).replace(u'_', u' ');
    if (path.startsWith(u"slo."))
        return tr("%1 target").arg(name.size() <= 4 ? name.toUpper() : name);
    if (!name.isEmpty())
        name[0] = name[0].toUpper();
    return name;
}

QString termText(const std::string& id)
{
    if (id == "weights")
        return tr("Weights");
    if (id == "activation")
        return tr("Activations");
    if (id == "non_torch")
        return tr("Non-torch");
    if (id == "cuda_graphs")
        return tr("CUDA graphs");
    if (id == "kv_cache")
        return tr("KV cache");
    return fieldText(id);
}

/** Builds the few shapes that all the texts are made of. */
class Writer
{
public:
    explicit Writer(const Tones& tones)
        : m_subtle(tones.subtleText.name())
        , m_warning(tones.warning.name())
        , m_border(tones.border.name())
    { }

    void heading(const QString& text)
    {
        m_html += u"<h4 style='margin:14px 0 4px 0'>%1</h4>"_s.arg(text);
    }
    void title(const QString& text, const QString& below)
    {
        m_html += u"<p style='margin:2px 0 0 0'><span "
                  u"style='font-size:large;font-weight:600'>%1</span><br/>"
                  "<span style='color:%2'>%3</span></p>"_s.arg(text, m_subtle, below);
    }
    void paragraph(const QString& html) { m_html += u"<p style='margin:3px 0'>%1</p>"_s.arg(html); }
    void subtle(const QString& html)
    {
        paragraph(u"<span style='color:%1'>%2</span>"_s.arg(m_subtle, html));
    }
    void warning(const QString& html)
    {
        paragraph(u"<span style='color:%1'>⚠ %2</span>"_s.arg(m_warning, html));
    }
    void beginTable() { m_html += u"<table width='100%' cellspacing='0' cellpadding='3'>"_s; }
    void endTable() { m_html += u"</table>"_s; }
    /** Name at the left, value at the right. */
    void pair(const QString& name, const QString& value)
    {
        m_html += u"<tr><td style='color:%1'>%2</td><td align='right'>%3</td></tr>"_s.arg(
            m_subtle, name, value);
    }
    void cells(const QStringList& texts, const QString& tag = u"td"_s)
    {
        m_html += u"<tr>"_s;
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QString color = tag == u"th"
                ? u" style='color:%1;font-weight:normal'"_s.arg(m_subtle)
                : u" style='white-space:nowrap'"_s; // a figure stays with its unit
            m_html += u"<%1 align='%2'%3>%4</%1>"_s.arg(tag, i == 0 ? u"left"_s : u"right"_s, color,
                                                        texts[i]);
        }
        m_html += u"</tr>"_s;
    }
    [[nodiscard]] QString html() const { return m_html; }

private:
    QString m_html;
    QString m_subtle;
    QString m_warning;
    QString m_border;
};

void writeLatencies(Writer& writer, const Estimate& estimate, const Slo& slo)
{
    writer.heading(tr("Latency at the peak load"));
    writer.beginTable();
    writer.cells({ QString(), tr("mean"), u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s }, u"th"_s);
    const struct
    {
        QString name;
        const LatencyEstimate& latency;
    } rows[] = { { u"TTFT"_s, estimate.ttft },
                 { u"ITL"_s, estimate.itl },
                 { u"E2E"_s, estimate.e2e } };
    for (const auto& [name, latency] : rows)
        writer.cells({ u"<b>%1</b>"_s.arg(name), format::duration(latency.mean),
                       format::duration(latency.p50), format::duration(latency.p90),
                       format::duration(latency.p95), format::duration(latency.p99) });
    writer.endTable();

    writer.beginTable();
    writer.cells({ QString(), tr("90 % interval of the tail"), tr("target"), tr("used") }, u"th"_s);
    const std::optional<LatencyTarget>* targets[] = { &slo.ttft, &slo.itl, &slo.e2e };
    for (std::size_t i = 0; i < std::size(targets); ++i) {
        const auto& [name, latency] = rows[i];
        const auto& target = *targets[i];
        QString limit = u"–"_s;
        QString used = u"–"_s;
        if (target) {
            limit = u"%1 ≤ %2"_s.arg(format::percentile(target->percentile),
                                     format::duration(target->limit));
            used = format::percent(
                std::round(latency.at(target->percentile).value() / target->limit.value() * 100)
                / 100);
        }
        writer.cells({ u"<b>%1</b>"_s.arg(name), intervalText(estimate, latency.tailInterval),
                       limit, used });
    }
    writer.endTable();
    if (const QString advice = saturationAdvice(estimate); !advice.isEmpty())
        writer.warning(advice);
}

void writeLoad(Writer& writer, const Option& option, const ResolvedNeed& need)
{
    const Estimate& estimate = option.atPeak;
    const int replicas = option.candidate.topology.pool.replicas;
    writer.heading(tr("Load and capacity"));
    writer.beginTable();
    writer.pair(tr("Mean load"), format::rate(need.meanLoad.load.rate));
    writer.pair(tr("Peak load"), format::rate(need.peakLoad.load.rate));
    writer.pair(tr("Capacity within the targets"),
                replicas == 1 ? format::rate(option.capacityPerReplica)
                              : tr("%1 (%2 per replica)")
                                    .arg(format::rate(option.capacityPerReplica * replicas),
                                         format::number(option.capacityPerReplica.value())));
    writer.pair(tr("Output"), format::tokenRate(estimate.outputThroughput));
    writer.pair(tr("Prompt and output"), format::tokenRate(estimate.totalThroughput));
    writer.pair(tr("Running per replica"),
                tr("%1 (%2 of the batch limit)")
                    .arg(format::number(estimate.runningPerReplica),
                         format::percent(estimate.batchUtilization)));
    writer.pair(tr("KV pool in use"), format::percent(estimate.kvUtilization));
    writer.pair(tr("Prompt tokens found in the prefix cache"),
                format::percent(estimate.prefixHitRate));
    writer.endTable();
}

void writeSettings(Writer& writer, const Candidate& candidate)
{
    const EngineSettings& engine = candidate.engine;
    writer.heading(tr("Engine settings"));
    writer.beginTable();
    writer.pair(u"vLLM"_s, escaped(toString(engine.version)));
    writer.pair(u"--max-model-len"_s, format::integer(engine.maxModelLen));
    writer.pair(u"--max-num-seqs"_s, format::integer(engine.maxNumSeqs));
    writer.pair(u"--max-num-batched-tokens"_s, format::integer(engine.maxNumBatchedTokens));
    writer.pair(u"--gpu-memory-utilization"_s, format::fixed(engine.gpuMemoryUtilization, 2));
    writer.pair(tr("Prefix caching"), engine.prefixCaching ? tr("on") : tr("off"));
    writer.pair(tr("Chunked prefill"), engine.chunkedPrefill ? tr("on") : tr("off"));
    writer.endTable();
}

void writeScores(Writer& writer, const Scores& scores, const std::vector<std::string>& qualityParts)
{
    writer.heading(tr("Scores (0 to 100)"));
    writer.beginTable();
    writer.pair(tr("Balanced under your priorities"),
                u"<b>%1</b>"_s.arg(format::fixed(scores.balanced, 1)));
    writer.pair(tr("Cost"), format::fixed(scores.cost, 1));
    writer.pair(tr("Latency"), format::fixed(scores.latency, 1));
    writer.pair(tr("Quality"),
                scores.quality ? format::fixed(*scores.quality, 1) : format::noData());
    writer.pair(tr("Simplicity"), format::fixed(scores.simplicity, 1));
    writer.endTable();
    for (const std::string& part : qualityParts)
        writer.subtle(linked(part));
}

void writeProvenance(Writer& writer, const Estimate& estimate)
{
    const Provenance& provenance = estimate.provenance;
    writer.heading(tr("Where these figures come from"));
    writer.paragraph(tr("<b>%1</b> by engine “%2”, %3.")
                         .arg(provenanceText(provenance.label), escaped(provenance.engine),
                              escaped(provenance.engineVersion)));
    if (!provenance.distance.empty())
        writer.paragraph(escaped(provenance.distance));
    writer.paragraph(u"<a href='page:accuracy'>%1</a>"_s.arg(
        tr("How accurate is that for options of this kind?")));
    for (const std::string& caveat : provenance.caveats)
        writer.warning(escaped(caveat));
}

} // namespace

QString overview(const Option& option, const Scores& scores, const ResolvedNeed& need,
                 const std::vector<std::string>& qualityParts, const Tones& tones)
{
    Writer writer(tones);
    const Candidate& candidate = option.candidate;
    writer.title(modelText(*candidate.model).toHtmlEscaped(),
                 tr("%1 on %2<br/>%3 weights · %4")
                     .arg(sizeText(candidate.topology), escaped(candidate.gpu->name),
                          weightsText(*candidate.model).toHtmlEscaped(),
                          provenanceText(option.atPeak.provenance.label)));
    writer.beginTable();
    writer.pair(tr("Cost per month"),
                u"<b>%1</b>"_s.arg(format::dollars(inDollarsPerMonth(option.cost))));
    writer.pair(tr("Cost per hour"), format::dollars(inDollarsPerHour(option.cost)));
    writer.endTable();
    if (!option.meetsTargets)
        writer.warning(tr("Does not meet all targets."));
    writeLatencies(writer, option.atPeak, need.slo);
    writeLoad(writer, option, need);
    writeScores(writer, scores, qualityParts);
    writeSettings(writer, candidate);
    for (const std::string& approximation : candidate.model->architecture.approximations)
        writer.warning(escaped(approximation));
    writeProvenance(writer, option.atPeak);
    return writer.html();
}

QString memory(const MemoryLedger& ledger, const Tones& tones)
{
    Writer writer(tones);
    writer.beginTable();
    writer.pair(tr("Usable on each GPU"), format::gibibytes(ledger.usable));
    writer.pair(tr("Budget (gpu_memory_utilization)"), format::gibibytes(ledger.budget));
    writer.pair(tr("KV cache of one replica"),
                tr("%1 tokens").arg(format::number(ledger.kvCacheTokens)));
    writer.pair(tr("KV bytes per token and GPU"),
                format::bytes(Bytes(ledger.kvBytesPerToken.value())));
    writer.pair(tr("Sequences of full length at once"), format::number(ledger.maxConcurrency));
    writer.pair(tr("Version profile"), escaped(ledger.versionProfile));
    writer.endTable();
    if (!ledger.fits)
        writer.warning(tr("Short of %1 per GPU. %2")
                           .arg(format::gibibytes(ledger.shortfall), escaped(ledger.remedy)));
    writer.heading(tr("How each part follows"));
    for (const MemoryTerm& term : ledger.terms)
        writer.paragraph(u"<b>%1</b> %2<br/>%3"_s.arg(termText(term.id).toHtmlEscaped(),
                                                      format::gibibytes(term.bytes),
                                                      escaped(term.derivation)));
    return writer.html();
}

QString timeTerm(const TimeTerm& term, const TimeExplanation& explanation, const Tones& tones)
{
    Writer writer(tones);
    writer.paragraph(
        term.adds ? tr("<b>%1</b> · %2 · %3")
                        .arg(timeTermName(term).toHtmlEscaped(), format::duration(term.time),
                             format::percent(term.share))
                  : tr("<b>%1</b> · %2 alone, overlapping with other work")
                        .arg(timeTermName(term).toHtmlEscaped(), format::duration(term.time)));
    if (!term.derivation.empty())
        writer.paragraph(escaped(term.derivation));
    for (const CoefficientNote& note : term.sources) {
        const QString unit = note.unit == "1" ? QString() : QChar(QChar::Nbsp) + escaped(note.unit);
        writer.paragraph(tr("<b>%1</b> = %2%3 · %4")
                             .arg(escaped(note.id), format::number(note.value, 4), unit,
                                  originText(note.origin)));
        writer.subtle(escaped(note.reading));
    }
    if (!explanation.remark.empty())
        writer.warning(escaped(explanation.remark));
    else if (!term.sources.empty())
        writer.subtle(tr("Coefficients: %1, from %2.")
                          .arg(escaped(standardCoefficientNotes().version),
                               escaped(standardCoefficientNotes().data)));
    return writer.html();
}

QString need(const ResolvedNeed& need, const Tones& tones)
{
    Writer writer(tones);
    writer.subtle(tr("Every value that the plans are sized for, and where it came from."));
    const auto originText = [](Derivation::Origin origin) {
        switch (origin) {
        case Derivation::Origin::Stated:
            return tr("stated by you");
        case Derivation::Origin::UseCase:
            return tr("from the use case");
        case Derivation::Origin::Computed:
            return tr("computed");
        case Derivation::Origin::Default:
            break;
        }
        return tr("default");
    };
    for (const Derivation& derivation : need.derivations)
        writer.paragraph(u"<b>%1</b> <span style='color:%2'>· %3</span><br/>%4"_s.arg(
            fieldText(derivation.field).toHtmlEscaped(), tones.subtleText.name(),
            originText(derivation.origin), escaped(derivation.text)));
    return writer.html();
}

} // namespace llmd::detailstext
