// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/project/project.h>
#include <core/search/search.h>

#include <span>
#include <string>
#include <utility>

namespace llmd {

/** How many options of each view a result names. */
constexpr std::size_t sweepViewLength = 100;

/**
 * The result of a shard, or with the only shard of one that of the whole search, as a JSON document ("format": 1,
 * "kind": "llmd-sweep"):
 *
 * - what was searched: `program`, `coefficients`, `engine`, `need` (the requirements as YAML) and `catalog`, a digest of
 *   everything in the catalog that decides; shards join only if all of these are equal;
 * - `shard` (`index` from 1, `count`), `units` of the whole space, `searched`, `cancelled`;
 * - `options` by cost and id: what `llmd recommend --json` says of a candidate, and `ranking`, what views rank by;
 * - `refusals`, `pareto` and `views` as there.
 *
 * There is no time and no host in it: equal searches give equal bytes.
 */
[[nodiscard]] Result<std::string> sweepDocument(const ShardReport& shard, const Shard& part,
                                                const Requirements& requirements,
                                                const std::string& engine);

/**
 * Joins the documents of all shards of one search, in any order, into the very bytes that a single run would have
 * written. `texts`: name for messages and content. Fails, naming the file, on documents that are damaged, stopped early,
 * missing, there twice, or of another search, and on a catalog that is not the one that was searched.
 */
[[nodiscard]] Result<std::string>
mergeSweeps(std::span<const std::pair<std::string, std::string>> texts, const Catalog& catalog);

/**
 * A joined result as a plan to look at: its need and engine, and the best of its views marked for comparison. Figures are
 * computed again and not taken over; an issue says so where another catalog or other coefficients were searched with. Fails on what is
 * no whole result.
 */
[[nodiscard]] Result<Loaded<Project>> projectOfSweep(const std::string& name,
                                                     const std::string& text,
                                                     const Catalog& catalog);

/** A digest of the models, GPUs and prices of a catalog: 16 hexadecimal digits. */
[[nodiscard]] std::string catalogDigest(const Catalog& catalog);

} // namespace llmd
