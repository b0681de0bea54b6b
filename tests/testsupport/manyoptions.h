// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/search.h>

#include <memory>
#include <random>
#include <string>

namespace llmd::testing {

/** A report with as many options as asked for, with figures that cover their usual ranges; of the shipped catalog. */
inline std::shared_ptr<const SearchReport> manyOptions(std::size_t count)
{
    auto catalog = loadCatalog();
    if (!catalog)
        return nullptr;
    auto report = std::make_shared<SearchReport>();
    report->catalog = catalog->value;
    std::mt19937 random(7);
    std::uniform_real_distribution<double> spread(0, 1);
    for (std::size_t i = 0; i < count; ++i) {
        Option option;
        option.id = "option-" + std::to_string(i);
        option.candidate.model = &catalog->value->models[i % catalog->value->models.size()];
        option.candidate.gpu = &catalog->value->gpus[i % catalog->value->gpus.size()];
        option.candidate.topology.pool.parallelism.tensor = 1 << (i % 4);
        option.candidate.topology.pool.replicas = 1 + static_cast<int>(i % 8);
        option.totalGpus = option.candidate.topology.gpus();
        option.cost = dollarsPerHour(1 + static_cast<double>(i) * 0.01);
        const auto latency = [&](double least, double most) {
            const double value = least + (most - least) * spread(random);
            return LatencyEstimate { Seconds(value * 0.6), Seconds(value * 0.5),
                                     Seconds(value * 0.9), Seconds(value),
                                     Seconds(value * 1.2), { 0.9, 1.1 },
                                     { 0.8, 1.2 } };
        };
        option.atPeak.ttft = latency(0.02, 0.42);
        option.atPeak.itl = latency(0.005, 0.035);
        option.atPeak.e2e = latency(2, 22);
        option.atPeak.outputThroughput = TokensPerSecond(500 + 5000 * spread(random));
        report->options.push_back(std::move(option));
    }
    return report;
}

} // namespace llmd::testing
