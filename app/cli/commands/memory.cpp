// SPDX-License-Identifier: Apache-2.0
#include "../candidateoptions.h"
#include "../texttable.h"

#include <core/memory/memoryledger.h>
#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

std::string ledgerText(const OwnedCandidate& owned, const MemoryLedger& ledger)
{
    const Candidate& candidate = owned.candidate;
    std::string text =
        fmt::format("{} on {} {}, vLLM {} (memory profile: {})\n\n", candidate.model->id,
                    candidate.gpu->name, candidate.topology.pool.parallelism.label(),
                    toString(candidate.engine.version), ledger.versionProfile);
    TextTable table({ { "per GPU" }, { "GiB", TextTable::Align::Right }, { "how" } });
    table.addRow(
        { "usable", fmt::format("{:.2f}", inGibibytes(ledger.usable)), "what the driver reports" });
    table.addRow({ "budget", fmt::format("{:.2f}", inGibibytes(ledger.budget)),
                   fmt::format("gpu_memory_utilization {:g} x usable",
                               candidate.engine.gpuMemoryUtilization) });
    for (const auto& term : ledger.terms)
        table.addRow({ term.id, fmt::format("{:.2f}", inGibibytes(term.bytes)), term.derivation });
    text += table.print();
    text += fmt::format("\nKV pool: {:.0f} tokens, {:.1f} sequences of {} tokens\n",
                        ledger.kvCacheTokens, ledger.maxConcurrency, candidate.engine.maxModelLen);
    text += ledger.fits
        ? fmt::format("Fits, {:.2f} GiB to spare.\n", -inGibibytes(ledger.shortfall))
        : fmt::format("Does not fit: {:.2f} GiB short. {}\n", inGibibytes(ledger.shortfall),
                      ledger.remedy);
    return text;
}

ExitCode memory(Session& session, const CandidateOptions& options)
{
    const auto owned = options.read(session);
    if (!owned)
        return session.fail(owned.error());
    const Candidate& candidate = owned->candidate;
    const auto ledger =
        memoryLedger(candidate, owned->catalog->engineVersion(candidate.engine.version));
    if (!ledger)
        return session.fail(ledger.error());
    if (session.json) {
        nlohmann::ordered_json json = toJson(candidate);
        json.update(toJson(*ledger));
        session.printJson(json);
    } else {
        session.print(ledgerText(*owned, *ledger));
    }
    return ledger->fits ? ExitCode::Done : ExitCode::Infeasible;
}

} // namespace

void addMemory(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "memory", "Show the GPU memory ledger of one configuration, term by term");
    auto options = std::make_shared<CandidateOptions>();
    options->addTo(*command, false);
    command->callback([&session, options] {
        session.command = [&session, options] { return memory(session, *options); };
    });
}

} // namespace llmd::cli
